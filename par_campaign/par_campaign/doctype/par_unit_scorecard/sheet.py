"""What the score sheet in the form shows, and the preview of what is being typed into it.

Each call reads the scorecard anew by its name: the form's own copy is the client's word.
Nothing is written here; values are saved with the scorecard as ever.
"""

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.par_campaign.doctype.par_task import api as plan
from par_campaign.par_campaign.doctype.par_unit_scorecard import completeness, freeze
from par_campaign.permissions import appraisers, deadlines, roles, secrecy
from par_campaign.permissions.arguments import records
from par_campaign.results import seen, store
from par_campaign.scoring.claims import canonical, readable
from par_campaign.scoring.decimals import ZERO, format_vi
from par_campaign.scoring.demands import demanded
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.rules import describe_rule
from par_campaign.states import BEING_APPRAISED, HELD_BY_UNIT, WITH_APPRAISERS, ScorecardState

CLAIMS = ("self_claim", "appraised_claim")
UNIT_EDITS = ("self_claim", "explanation", "applicable")
APPRAISED_EDITS = ("appraised_claim", "appraised_applicable")


@frappe.whitelist()
def load(scorecard: str) -> dict:
	"""Everything the sheet and the head of the form show beside the scorecard's own values."""
	card = _readable(scorecard)
	leaves = {leaf.code: leaf for leaf in store.criteria_set(card.criteria_set).leaves()}
	return {
		"may": _rights(card),
		"time": _times(card),
		"rows": _rows(card, leaves),
		"numbers": _numbers(card),
		"evidence": _evidence(card),
		"queries": queries.of_card(card.name),
		"tasks": plan.of_card(card),
		"people": _people(card),
	}


@frappe.whitelist()
def preview(scorecard: str, edits: str | dict) -> dict:
	"""The numbers that would follow from values not yet saved: `edits` holds fields by row code.

	A claim its rule does not allow counts as empty and is named under `errors`.
	"""
	card = _readable(scorecard)
	edits = records(edits, dict)
	hidden = secrecy.is_hidden(card)
	fields = UNIT_EDITS if hidden else UNIT_EDITS + APPRAISED_EDITS
	for line in card.lines:
		for field, value in (edits.get(line.code) or {}).items():
			if field in fields:
				line.set(field, value)
	return _numbers(card)


@frappe.whitelist()
def rounds(scorecard: str) -> list[dict]:
	"""The closed appraisal rounds the user may see, oldest first: each row's score and reason, whose, when."""
	card = _readable(scorecard)
	records = frappe.get_list(
		"PAR Appraisal",
		filters={"scorecard": card.name, "docstatus": 1},
		fields=["name", "round", "closed_by", "closed_on", "self_index", "index_score"],
		order_by="round",
	)
	scores = frappe.get_all(
		"PAR Appraisal Change",
		filters={"parent": ("in", [record.name for record in records]), "parenttype": "PAR Appraisal"},
		fields=["parent", "code", "self_score", "score", "note", "appraised_by", "appraised_on"],
		order_by="parent, idx",
	)
	names = {user: frappe.utils.get_fullname(user) for user in {row.appraised_by for row in scores} if user}
	for row in scores:
		row.appraised_by = names.get(row.appraised_by)
	for record in records:
		record.closed_by = frappe.utils.get_fullname(record.closed_by)
		record.scores = {row.code: row for row in scores if row.parent == record.name}
	if records:
		records[-1].since = _since(card, records[-1])
	return records


def _since(card, record) -> list[str]:
	"""Why the index is not the one at the close of the last round, in sentences; none where it is the same."""
	now, then = seen.result_of(card).totals.index, store.decimal(record.index_score)
	if now == then:
		return []
	sources = _values_since(card, record.closed_on)
	return [
		_("Round {0} was closed with {1}; the index now is {2}.").format(
			record.round, format_vi(then), format_vi(now)
		),
		_("Values from outside that have come in since: {0}.").format("; ".join(sources))
		if sources
		else _("The rules or the scores have changed since."),
	]


def _values_since(card, closed_on) -> list[str]:
	"""Documents submitted or taken back since then that gave the unit a value."""
	document, value = frappe.qb.DocType("PAR External Result"), frappe.qb.DocType("PAR External Value")
	query = (
		frappe.qb.from_(value)
		.join(document)
		.on((value.parent == document.name) & (value.parenttype == "PAR External Result"))
		.select(document.source, document.document_number, document.criterion_code)
		.where((document.campaign == card.campaign) & (value.unit == card.unit))
		.where((document.docstatus > 0) & (document.modified > closed_on))
		.orderby(document.modified)
	)
	return [f"{source}, {number or '–'} ({code})" for source, number, code in query.run()]


def _readable(scorecard: str):
	card = frappe.get_doc("PAR Unit Scorecard", scorecard)
	card.check_permission("read")
	return card


def _rights(card) -> dict:
	"""What the user may do by role, unit and state. The controllers check it all again."""
	administrator = frappe.session.user == "Administrator"
	own, works = roles.belongs_to(card.unit), roles.works_for(card.unit)
	state, published = card.workflow_state, freeze.is_published(card)
	appraiser = appraisers.may_appraise(card)
	appraises = appraiser and not published
	managers = {roles.MANAGER, roles.LEAD}
	shown = bool(card.round) and not secrecy.is_hidden(card)
	return {
		"own": own,
		"claim": works and state in HELD_BY_UNIT and not card.taken_out and card.has_permission("write"),
		"request_review": roles.is_head(card.unit)
		and shown
		and state == ScorecardState.APPRAISED
		and _is_review_time(card),
		"appraiser": appraiser,
		"appraise": appraises and state == ScorecardState.UNDER_APPRAISAL,
		"review": appraises and state in WITH_APPRAISERS,
		"ask": appraises and state in BEING_APPRAISED,
		"decide": appraiser and state in (ScorecardState.UNDER_APPRAISAL, ScorecardState.APPRAISED),
		"manage": administrator or (not own and bool(managers & set(frappe.get_roles()))),
		"see_appraisal": shown,
		"plan": plan.may_plan(card),
		"published": published,
	}


def _is_review_time(card) -> bool:
	window = frappe.db.get_value("PAR Campaign", card.campaign, ["review_from", "review_until"], as_dict=True)
	start, end = window.review_from, window.review_until
	now = now_datetime()
	return bool(start or end) and (not start or now >= start) and (not end or now <= end)


def _times(card) -> dict:
	campaign = frappe.get_cached_doc("PAR Campaign", card.campaign)
	now, deadline = now_datetime(), deadlines.hand_in_deadline(card)
	return {
		"now": now,
		"deadline": deadline,
		"due": deadlines.due_of(card, deadline),  # the moment that counts now: to hand in, or to answer
		"closed": deadlines.is_closed_now(card),
		"late_days": deadlines.days_late(deadline, now),
		"supplement_deadline": campaign.supplement_deadline,
	}


# --- the sheet's structure ----------------------------------------------------------------------


def _rows(card, leaves: dict) -> list[dict]:
	"""Areas, criteria and leaves in document order; leaves with what their input needs."""
	document = frappe.get_cached_doc("PAR Criteria Set", card.criteria_set)
	guidance = {row.code: row.guidance for row in document.criteria}
	found = []
	for criterion in store.criteria_set(card.criteria_set).criteria:
		row = {"code": criterion.code, "title": criterion.title, "level": criterion.code.count(".")}
		row["score_type"] = criterion.score_type.value
		if criterion.code in leaves:
			row |= _leaf(card, criterion)
		found.append(row | {"guidance": guidance.get(criterion.code) or ""})
	return found


def _leaf(card, leaf) -> dict:
	return leaf_input(leaf) | {"mine": appraisers.appraises_row(card, leaf.code)}


def leaf_input(leaf) -> dict:
	"""What a row's input needs to know of its rule; the appraisal grid takes the same inputs."""
	rule = leaf.rule
	return {
		"rule": rule.kind.value,
		"help": describe_rule(leaf),
		"maximum": float(leaf.maximum),
		"step": float(rule.step or 0),
		"options": [{"label": option.label, "points": float(option.points)} for option in rule.options],
		"inputs": [{"name": name, "label": label} for name, label in rule.inputs],
		"source": rule.source,
		"demand": demanded(leaf).value,
		"may_not_apply": leaf.may_not_apply,
		"auto": leaf.auto,
	}


# --- numbers ----------------------------------------------------------------------------------------


def _numbers(card) -> dict:
	"""Points and traces per row, sums per area and criterion, and the index."""
	criteria_set = store.criteria_set(card.criteria_set)
	errors = _drop_faulty_claims(card, criteria_set)
	result = seen.result_of(card)
	shown = bool(card.round) and not secrecy.is_hidden(card)
	leaves = {leaf.code: leaf for leaf in criteria_set.leaves()}
	numbers = {
		"lines": {line.code: _line(leaves[line.code], line, result, shown) for line in card.lines},
		"sums": {
			row.code: _sum(row.code, result, shown) for row in criteria_set.criteria if row.code not in leaves
		},
		"maximum": float(result.self_totals.maximum),
		"self_index": float(result.self_totals.index),
		"missing_evidence": list(result.missing_evidence),
		"missing_external": list(result.missing_external),
		"gaps": _gaps(card, result),
		"errors": errors,
	}
	if shown:
		numbers |= {"index": float(result.totals.index), "band": result.band, "trace": result.totals.trace}
		numbers["unappraised"] = completeness.unappraised(card)
	return numbers


def _drop_faulty_claims(card, criteria_set) -> dict[str, dict[str, str]]:
	leaves = {leaf.code: leaf for leaf in criteria_set.leaves()}
	errors: dict[str, dict[str, str]] = {}
	for line in card.lines:
		for field in CLAIMS:
			try:
				line.set(field, canonical(leaves[line.code], line.get(field)))
			except ClaimError as error:
				errors.setdefault(line.code, {})[field] = str(error)
				line.set(field, None)
	return errors


def _gaps(card, result) -> list[dict]:
	"""What the hand-in would be refused for, with what is typed but not saved taken into account."""
	for line in card.lines:
		line.self_score = _float(result.lines[line.code].self_points)
	gaps = completeness.hand_in_gaps(card)
	return gaps + completeness.answer_gaps(card) if card.workflow_state == ScorecardState.RETURNED else gaps


def _line(leaf, line, result, shown: bool) -> dict:
	of_line = result.lines[leaf.code]
	row = {
		"self": _float(of_line.self_points),
		"self_trace": _bare(leaf, of_line.self_trace),
		"self_text": readable(leaf, line.self_claim) if line.self_claim else "",
	}
	if shown:
		row["points"] = _float(of_line.points)
		row["trace"] = _bare(leaf, of_line.trace)
		row["text"] = readable(leaf, line.appraised_claim) if line.appraised_claim else ""
	return row


def _bare(leaf, trace: str) -> str:
	return trace.removeprefix(f"{leaf.code}: ")


def _sum(code: str, result, shown: bool) -> dict:
	"""Sums of a heading: as the index takes them, or plain ones where only bonus or deduction stands."""
	mine, counted = result.self_totals.rows.get(code), result.totals.rows.get(code)
	if mine is None:
		below = [line for leaf, line in result.lines.items() if leaf.startswith(f"{code}.")]
		row = {"self": float(sum((line.self_points or ZERO for line in below), ZERO))}
		return row | ({"points": float(sum((line.points or ZERO for line in below), ZERO))} if shown else {})
	row = {"self": float(mine.earned), "maximum": float((counted if shown else mine).maximum)}
	return row | ({"points": float(counted.earned)} if shown else {})


def _float(value: Decimal | None) -> float | None:
	return None if value is None else float(value)


# --- evidence and people ------------------------------------------------------------------------------


def _evidence(card) -> list[dict]:
	items = frappe.get_list(
		"PAR Evidence Item",
		filters={"scorecard": card.name},
		fields=[
			"name",
			"title",
			"document_number",
			"document_date",
			"issuer",
			"file",
			"file_name",
			"reference",
			"status",
			"status_reason",
			"supplementary",
			"same_file",
			"reviewed_by",
		],
		order_by="creation",
		limit_page_length=0,
	)
	codes = frappe.get_all(
		"PAR Evidence Criterion",
		filters={"parent": ("in", [item.name for item in items]), "parenttype": "PAR Evidence Item"},
		fields=["parent", "code"],
		order_by="parent, idx",
	)
	for item in items:
		item["codes"] = [row.code for row in codes if row.parent == item.name]
	return items


def _people(card) -> dict[str, str]:
	"""Names to show for the accounts on the sheet."""
	users = {card.submitted_by, card.answered_by}
	if not secrecy.is_hidden(card):
		users |= {line.appraised_by for line in card.lines}
	return {user: frappe.utils.get_fullname(user) for user in users if user}
