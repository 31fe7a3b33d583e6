"""What documents say of themselves: made, published, revised, closed. Most are written once and never changed."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr

from par_campaign.audit.entry import Entry, Scope
from par_campaign.permissions import watched
from par_campaign.results import store
from par_campaign.scoring.decimals import format_vi

# made in the campaign: the kind, and the field that says what was made
MADE = {
	"PAR Award Proposal": (watched.AWARD, "award_level"),
	"PAR External Result": (watched.EXTERNAL, "source"),
	"PAR Evidence Item": (watched.EVIDENCE, "title"),
}
MOST = 4000


def records(scope: Scope) -> list[Entry]:
	"""One query for each kind of record."""
	found = [*_rounds(scope), *_queries(scope), *_notices(scope), *_memberships(scope), *_revised_rows(scope)]
	for doctype, (kind, field) in MADE.items():
		found += _made(doctype, kind, field, scope)
	if not scope.unit:
		found += [*_published(scope), *_revisions(scope), *_revised_sets(scope)]
	return found


def _rows(doctype: str, scope: Scope, fields: str, **filters) -> list:
	"""Documents of the campaign, and of the unit if one is asked for."""
	has_unit = frappe.get_meta(doctype).has_field("unit")
	if scope.unit and not has_unit:
		return []
	of_unit = {"unit": scope.unit} if scope.unit else {}
	names = ["name", "owner", "creation", *(["unit"] if has_unit else []), *fields.split()]
	filters = {"campaign": scope.campaign, **of_unit, **filters}
	return frappe.get_all(doctype, filters, names, order_by="creation desc", limit=MOST)


def _made(doctype: str, kind: str, field: str, scope: Scope) -> Iterator[Entry]:
	for row in _rows(doctype, scope, field):
		yield Entry(
			row.creation,
			row.owner,
			kind,
			doctype,
			row.name,
			_("Made"),
			new=cstr(row[field]),
			unit=row.unit or "",
		)


def _rounds(scope: Scope) -> Iterator[Entry]:
	fields = "scorecard round closed_by closed_on index_before index_score conclusion"
	for row in _rows("PAR Appraisal", scope, fields, docstatus=1):
		yield Entry(
			row.closed_on,
			row.closed_by,
			watched.SCORE,
			"PAR Unit Scorecard",
			row.scorecard,
			_("Appraisal closed, round {0}: index").format(row.round),
			_number(row.index_before),
			_number(row.index_score),
			cstr(row.conclusion),
			row.unit,
		)


def _published(scope: Scope) -> Iterator[Entry]:
	fields = "version published_on published_by digest correction_reason"
	for row in _rows("PAR Published Result", scope, fields):
		yield Entry(
			row.published_on,
			row.published_by,
			watched.PUBLICATION,
			"PAR Published Result",
			row.name,
			_("Results published, version {0}").format(row.version),
			new=cstr(row.digest),
			why=cstr(row.correction_reason),
		)


def _revisions(scope: Scope) -> Iterator[Entry]:
	fields = "unit_group old_set new_set reason applied_by applied_on"
	for row in _rows("PAR Set Revision", scope, fields):
		what = _("Criteria set put into force: {0}").format(row.unit_group)
		yield Entry(
			row.applied_on,
			row.applied_by,
			watched.REVISION,
			"PAR Set Revision",
			row.name,
			what,
			row.old_set,
			row.new_set,
			row.reason,
		)


def _revised_rows(scope: Scope) -> Iterator[Entry]:
	"""What a revision took off scorecards or moved on them."""
	change, revision = frappe.qb.DocType("PAR Set Revision Change"), frappe.qb.DocType("PAR Set Revision")
	card = frappe.qb.DocType("PAR Unit Scorecard")
	query = (
		frappe.qb.from_(change)
		.join(revision)
		.on(change.parent == revision.name)
		.join(card)
		.on(change.scorecard == card.name)
		.select(revision.applied_on, revision.applied_by, revision.reason, card.unit, change.star)
		.where(revision.campaign == scope.campaign)
		.orderby(revision.applied_on, order=frappe.qb.desc)
		.limit(MOST)
	)
	query = query.where(card.unit == scope.unit) if scope.unit else query
	for row in query.run(as_dict=True):
		what = f"{row.code}: {_(row.change)}" if row.code else _("Index")
		yield Entry(
			row.applied_on,
			row.applied_by,
			watched.REVISION,
			"PAR Unit Scorecard",
			row.scorecard,
			what,
			_claim_and_score(row.old_appraised_claim or row.old_claim, row.old_score or row.old_self_score),
			_number(row.new_score or row.new_self_score),
			row.reason,
			row.unit,
		)


def _revised_sets(scope: Scope) -> Iterator[Entry]:
	row, criteria_set = frappe.qb.DocType("PAR Campaign Group"), frappe.qb.DocType("PAR Criteria Set")
	groups = frappe.qb.from_(row).select(row.unit_group).where(row.parent == scope.campaign)
	query = (
		frappe.qb.from_(criteria_set)
		.select(
			criteria_set.name,
			criteria_set.owner,
			criteria_set.creation,
			criteria_set.previous_version,
			criteria_set.version,
			criteria_set.revision_reason,
		)
		.where(criteria_set.unit_group.isin(groups) & criteria_set.previous_version.isnotnull())
		.orderby(criteria_set.creation)
	)
	for found in query.run(as_dict=True):
		what = _("Revision drafted, version {0}").format(found.version)
		yield Entry(
			found.creation,
			found.owner,
			watched.REVISION,
			"PAR Criteria Set",
			found.name,
			what,
			cstr(found.previous_version),
			found.name,
			cstr(found.revision_reason),
		)


def _queries(scope: Scope) -> Iterator[Entry]:
	fields = "scorecard kind code question asked_by asked_on sent_on due closed_by closed_on outcome"
	for row in _rows("PAR Query", scope, fields):
		about = f"{row.code}: {_(row.kind)}"
		card = ("PAR Unit Scorecard", row.scorecard)
		yield Entry(
			row.asked_on, row.asked_by, watched.QUESTION, *card, about, new=cstr(row.question), unit=row.unit
		)
		if row.sent_on and row.due:
			what = _("{0}, answer by").format(about)
			yield Entry(
				row.sent_on, row.asked_by, watched.DEADLINE, *card, what, new=cstr(row.due), unit=row.unit
			)
		if row.closed_on:
			yield Entry(
				row.closed_on,
				row.closed_by,
				watched.QUESTION,
				*card,
				about,
				new=_("Closed"),
				why=cstr(row.outcome),
				unit=row.unit,
			)


def _notices(scope: Scope) -> Iterator[Entry]:
	"""What the clock did: hand-in closed and opened again."""
	for row in _rows("PAR Notice", scope, "scorecard kind due sent_on", kind=("!=", "Reminder")):
		yield Entry(
			row.sent_on,
			row.owner,
			watched.DEADLINE,
			"PAR Unit Scorecard",
			cstr(row.scorecard),
			_(row.kind),
			new=cstr(row.due),
			unit=cstr(row.unit),
		)


def _memberships(scope: Scope) -> Iterator[Entry]:
	"""Who was given a unit of the campaign: it decides on whom they may not judge."""
	permission, card = frappe.qb.DocType("User Permission"), frappe.qb.DocType("PAR Unit Scorecard")
	units = frappe.qb.from_(card).select(card.unit).where(card.campaign == scope.campaign)
	query = (
		frappe.qb.from_(permission)
		.select(permission.name, permission.owner, permission.creation, permission.user, permission.for_value)
		.where((permission.allow == "PAR Unit") & permission.for_value.isin(units))
		.orderby(permission.creation)
	)
	for row in query.run(as_dict=True):
		yield Entry(
			row.creation,
			row.owner,
			watched.MEMBERSHIP,
			"User Permission",
			row.name,
			_("Belongs to a unit: {0}").format(row.user),
			new=row.for_value,
			unit=row.for_value,
		)


def _claim_and_score(claim, points) -> str:
	return " · ".join(part for part in (cstr(claim), _number(points)) if part)


def _number(value) -> str:
	return "" if value is None else format_vi(store.decimal(value))
