"""One criterion over all units: what a council agency that knows its area works through.

Every scorecard is saved through its own controller, so the rules are those of the score sheet. A
call saves all of its rows or none; what is wrong is named unit by unit. A row somebody else has
changed since it was read is a conflict, another row of the same scorecard is not: agencies work on
the same scorecards at the same time, each in its areas.
"""

import hashlib
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import cint

from par_campaign.par_campaign.doctype.par_query import api as query_api
from par_campaign.par_campaign.doctype.par_unit_scorecard import sheet
from par_campaign.permissions import appraisers, roles
from par_campaign.permissions.arguments import parsed
from par_campaign.results import store
from par_campaign.saying import bold, plain, say
from par_campaign.scoring.claims import readable
from par_campaign.scoring.model import Leaf, RuleKind
from par_campaign.scoring.rules import score
from par_campaign.states import ScorecardState

CARD_FIELDS = (
	"name", "campaign", "unit", "unit_name", "cluster", "criteria_set", "workflow_state", "submitted_by",
	"answered_by", "round", "taken_out", "missing_evidence",
)  # fmt: skip
LINE_FIELDS = (
	"parent", "name", "code", "applicable", "self_claim", "self_score", "explanation", "evidence_count",
	"answered", "appraised_applicable", "appraised_claim", "appraised_score", "appraisal_note", "appraised_by",
	"appraised_on", "is_appraised",
)  # fmt: skip
# what a row that is to be saved says
SENT = ("scorecard", "stamp", "appraised_claim", "appraised_applicable", "appraisal_note")
# what a conflict is judged by: the claim the appraiser saw, and what stood in their own fields
STAMPED = (
	"applicable", "self_claim", "explanation", "appraised_applicable", "appraised_claim", "appraisal_note",
	"is_appraised",
)  # fmt: skip
UNITS_OWN = ("self_claim", "self_score", "explanation")
MOST_ROWS = 1000


def require_reader(campaign: str) -> None:
	"""Refuse who does not work for the province, or may not read the campaign."""
	if not roles.is_provincial():
		frappe.throw(_("The appraisal grid is for the council's appraisers."), frappe.PermissionError)
	frappe.has_permission("PAR Campaign", doc=campaign, throw=True)


def _group_set(campaign: str, unit_group: str) -> str:
	doc = frappe.get_cached_doc("PAR Campaign", campaign)
	for row in doc.groups:
		if row.unit_group == unit_group:
			return row.criteria_set
	frappe.throw(say(_("Group {0} is not in this campaign."), bold(unit_group)))


# --- reading ---------------------------------------------------------------------------------------


@frappe.whitelist()
def choices(campaign: str) -> list[dict]:
	"""Groups of a campaign with the rows the user appraises, in document order."""
	require_reader(campaign)
	doc = frappe.get_cached_doc("PAR Campaign", campaign)
	return [
		{"unit_group": row.unit_group, "rows": list(_choice_rows(campaign, row.criteria_set))}
		for row in doc.groups
	]


def _choice_rows(campaign: str, criteria_set: str) -> Iterable[dict]:
	model = store.criteria_set(criteria_set)
	mine = {
		leaf.code
		for leaf in model.leaves()
		if leaf.rule.kind is not RuleKind.EXTERNAL and not leaf.auto and _appraises(campaign, leaf.code)
	}
	for row in model.criteria:
		leaf = row.code in mine
		if leaf or any(code.startswith(f"{row.code}.") for code in mine):
			yield {"code": row.code, "title": row.title, "leaf": leaf, "maximum": float(row.maximum or 0)}


def _appraises(campaign: str, code: str) -> bool:
	return appraisers.appraises_row(frappe._dict(campaign=campaign), code)


@frappe.whitelist()
def grid(campaign: str, unit_group: str, code: str) -> dict:
	"""A criterion with the row of every unit of the group: claim, evidence, appraised score and note.

	The units whose row is the user's to appraise now come first. Of a sheet that is still being filled in
	nothing is shown: nobody answers for it yet.
	"""
	require_reader(campaign)
	leaf = find_leaf(campaign, unit_group, code)
	cards = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign, "unit_group": unit_group},
		fields=list(CARD_FIELDS),
		order_by="cluster, unit_name",
	)
	lines = {
		line.parent: line
		for line in frappe.get_all(
			"PAR Scorecard Line",
			filters={
				"parent": ("in", [card.name for card in cards]),
				"parenttype": "PAR Unit Scorecard",
				"code": code,
			},
			fields=list(LINE_FIELDS),
			order_by="parent",
		)
	}
	evidence = _evidence([card.name for card in cards if card.workflow_state != ScorecardState.DRAFT], code)
	queries = _queries(campaign, code)
	rows = [
		_row(card, lines[card.name], leaf)
		| {"evidence": evidence.get(card.name, []), "queries": queries.get(card.name, [])}
		for card in cards
		if card.name in lines
	]
	return {
		"criterion": _criterion(leaf, _group_set(campaign, unit_group)),
		"rows": sorted(rows, key=lambda row: not row["editable"]),
	}


def find_leaf(campaign: str, unit_group: str, code: str) -> Leaf:
	"""The scored row `code` of the group's criteria set; raises where there is none."""
	criteria_set = store.criteria_set(_group_set(campaign, unit_group))
	leaf = next((leaf for leaf in criteria_set.leaves() if leaf.code == code), None)
	if not leaf:
		frappe.throw(say(_("Row {0} is not scored in the criteria set of {1}."), code, unit_group))
	return leaf


def _criterion(leaf: Leaf, criteria_set: str) -> dict:
	row = {"code": leaf.code, "title": leaf.title, "score_type": leaf.score_type.value}
	return row | sheet.leaf_input(leaf) | {"guidance": store.guidance(criteria_set).get(leaf.code) or ""}


def _evidence(scorecards: list[str], code: str) -> dict[str, list[dict]]:
	item, row = frappe.qb.DocType("PAR Evidence Item"), frappe.qb.DocType("PAR Evidence Criterion")
	query = (
		frappe.qb.from_(item)
		.join(row)
		.on(row.parent == item.name)
		.select(
			item.scorecard,
			item.name,
			item.title,
			item.document_number,
			item.document_date,
			item.file,
			item.file_name,
			item.reference,
			item.issuer,
			item.status,
			item.status_reason,
			item.supplementary,
			item.same_file,
			item.codes,
		)
		.where(item.scorecard.isin(scorecards or [""]) & (row.code == code))
		.orderby(item.creation)
	)
	found: dict[str, list[dict]] = {}
	for entry in query.run(as_dict=True):
		entry["codes"] = (entry["codes"] or "").split(", ")
		found.setdefault(entry.pop("scorecard"), []).append(entry)
	return found


def _queries(campaign: str, code: str) -> dict[str, list[dict]]:
	"""Questions on the row and requests to review it, by scorecard."""
	found: dict[str, list[dict]] = {}
	for query in frappe.get_list(
		"PAR Query",
		filters={"campaign": campaign, "code": code},
		fields=["scorecard", *query_api.FIELDS],
		order_by="creation",
		limit_page_length=0,
	):
		found.setdefault(query.pop("scorecard"), []).append(query)
	return found


def _row(card, line, leaf: Leaf) -> dict:
	why_not = _why_not(card, leaf)
	handed_in = card.workflow_state != ScorecardState.DRAFT
	if not handed_in:
		line.update(dict.fromkeys(UNITS_OWN), applicable=1)
	return {
		"handed_in": handed_in,
		"scorecard": card.name,
		"unit": card.unit,
		"unit_name": card.unit_name,
		"cluster": card.cluster,
		"state": card.workflow_state,
		"editable": not why_not,
		"why_not": why_not,
		"claim_text": readable(leaf, line.self_claim) if line.self_claim else "",
		"appraised_text": readable(leaf, line.appraised_claim) if line.appraised_claim else "",
		"claim_trace": _trace(leaf, line),
		"lacks_evidence": _lacks_evidence(card, line),
		"appraised_by_name": frappe.utils.get_fullname(line.appraised_by) if line.appraised_by else "",
		"stamp": stamp(line),
		**{field: line[field] for field in LINE_FIELDS if field not in ("parent", "name", "code")},
	}


def _trace(leaf: Leaf, line) -> str:
	"""How the claimed points come about, where more than the claim is to be said."""
	worked = score(leaf, line.self_claim) if leaf.rule.kind is not RuleKind.EXTERNAL else None
	return worked[1] if worked and line.applicable else ""


def _lacks_evidence(card, line) -> bool:
	missing = (card.missing_evidence or "").split(", ")
	return card.workflow_state != ScorecardState.DRAFT and line.code in missing


def _why_not(card, leaf: Leaf) -> str:
	"""Why the user cannot appraise this row; empty when they can."""
	if card.taken_out:
		return _("Out of the campaign")
	if card.workflow_state != ScorecardState.UNDER_APPRAISAL:
		return _(card.workflow_state)
	if roles.belongs_to(card.unit):
		return _("Your own unit")
	if leaf.auto or leaf.rule.kind is RuleKind.EXTERNAL:
		return _("Filled by the system")
	if not appraisers.may_appraise(card) or not appraisers.appraises_row(card, leaf.code):
		return _("Not among your areas")
	return ""


def stamp(line) -> str:
	"""Changes exactly when something on the row changes that an appraiser goes by."""
	content = "\x1f".join(str(line.get(field) or "") for field in STAMPED)
	return hashlib.sha256(content.encode()).hexdigest()[:16]


# --- saving ----------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def save_grid(campaign: str, unit_group: str, code: str, rows: str | list[dict]) -> dict:
	"""Save the appraised scores of one criterion for several units, all or none.

	Each row: `scorecard`, `stamp` as read, and of `appraised_claim`, `appraised_applicable`,
	`appraisal_note` what is to stand. Returns the grid anew, or `errors` by scorecard.
	"""
	require_reader(campaign)
	find_leaf(campaign, unit_group, code)
	rows = [_sent(row) for row in parsed(rows, list, dict)]
	if len(rows) > MOST_ROWS:
		frappe.throw(say(_("Rows: a list of at most {0} is expected."), MOST_ROWS))
	frappe.db.savepoint("par_grid")
	errors = [error for row in rows if (error := _save_row(campaign, unit_group, code, row))]
	if errors:
		frappe.db.rollback(save_point="par_grid")
		return {"saved": 0, "errors": errors}
	return {"saved": len(rows), "errors": [], **grid(campaign, unit_group, code)}


def _sent(row: dict) -> dict:
	"""What is read of a row; the form may send back all it was given."""
	return parsed({field: row[field] for field in SENT if field in row}, dict)


def _save_row(campaign: str, unit_group: str, code: str, row: dict) -> dict | None:
	name = str(row.get("scorecard") or "")
	try:
		card = frappe.get_doc("PAR Unit Scorecard", name, for_update=True)
		card.check_permission("write")
		_set_row(card, campaign, unit_group, code, row)
		card.save()
	except frappe.DoesNotExistError:
		return {"scorecard": name, "message": _("There is no such scorecard.")}
	except (frappe.ValidationError, frappe.PermissionError) as error:
		# said once, beside its row, and not also as a box
		frappe.clear_messages()
		return {"scorecard": name, "message": plain(error), "conflict": isinstance(error, Conflict)}
	return None


class Conflict(frappe.ValidationError):
	"""Somebody has changed the row since it was read."""


def _set_row(card, campaign: str, unit_group: str, code: str, row: dict) -> None:
	if (card.campaign, card.unit_group) != (campaign, unit_group):
		frappe.throw(_("This scorecard belongs to another campaign or group."))
	line = next((line for line in card.lines if line.code == code), None)
	if not line:
		frappe.throw(say(_("Row {0} is not on this scorecard."), code))
	if stamp(line) != row.get("stamp"):
		frappe.throw(
			say(
				_("{0} has changed this row meanwhile: {1}. Load the grid again."),
				line.appraised_by or card.modified_by,
				line.appraised_claim or "–",
			),
			Conflict,
		)
	if card.workflow_state != ScorecardState.UNDER_APPRAISAL:
		frappe.throw(say(_("The scorecard is {0}, not under appraisal."), _(card.workflow_state)))
	for field in ("appraised_claim", "appraisal_note"):
		if field in row:
			line.set(field, str(row[field] or "").strip() or None)
	if "appraised_applicable" in row:
		line.appraised_applicable = cint(row["appraised_applicable"])
	line.is_appraised = 1  # a row that is accepted as claimed has been looked at as well
