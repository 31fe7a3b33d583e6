"""A scorecard's numbers, worked out by `scoring` from its rows and written on the document."""

import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze
from par_campaign.results import store, stored_totals
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.errors import ClaimError
from par_campaign.states import BEING_APPRAISED, ScorecardState

# what is worked out here, and so never taken from a client
CARD_NUMBERS = (*stored_totals.CARD_FIELDS, "missing_count")


def keep(card) -> None:
	"""Leave every number as it is stored: that of a published scorecard, whatever a client sends."""
	before = card.get_doc_before_save()
	for field in CARD_NUMBERS:
		card.set(field, before.get(field))
	stored = {line.code: line for line in before.lines}
	for line in card.lines:
		for field in stored_totals.LINE_FIELDS:
			line.set(field, stored[line.code].get(field))
	card.set("areas", before.areas)


def recompute(card) -> None:
	"""Check every claim, then set scores, totals per area, index and class."""
	criteria_set = store.criteria_set(card.criteria_set)
	leaves = {leaf.code: leaf for leaf in criteria_set.leaves()}
	fill_system_claims(card, leaves)
	check_claims(card, leaves)
	count_evidence(card)
	result = _result(card)
	set_line_scores(card, result)
	set_totals(card, result)
	set_missing_count(card)
	set_areas(card, criteria_set, result)


def _result(card):
	return evaluate_card(store.criteria_set(card.criteria_set), store.card(card), store.bands(card.campaign))


def fill_system_claims(card, leaves: dict) -> None:
	"""Rows the system claims itself: days handed in late, known from the hand-in on."""
	for line in card.lines:
		if leaves[line.code].auto == "Late days":
			days = str(card.late_days or 0) if card.submitted_on else None
			line.self_claim = line.appraised_claim = days


def check_claims(card, leaves: dict) -> None:
	"""Bring claims into their stored form; refuse with every wrong one named."""
	faults = []
	for line in card.lines:
		for field in ("self_claim", "appraised_claim"):
			try:
				line.set(field, canonical(leaves[line.code], line.get(field)))
			except ClaimError as error:
				faults.append(_fault(line, field, str(error)))
		if not line.applicable and not leaves[line.code].may_not_apply:
			faults.append(_fault(line, "applicable", _("this row applies to every unit.")))
		if _reason_missing(card, line):
			faults.append(_fault(line, "appraisal_note", _("say why the score differs from the claim.")))
	if faults:
		frappe.throw(lines(faults), title=_("Check These Rows"))


def _reason_missing(card, line) -> bool:
	if card.workflow_state not in (*BEING_APPRAISED, ScorecardState.APPRAISED) or line.rule == "External":
		return False
	if (line.appraisal_note or "").strip() or not line.is_appraised:
		return False
	changed = (line.appraised_claim or "") != (line.self_claim or "")
	return changed or bool(line.appraised_applicable) != bool(line.applicable)


def _fault(line, field: str, message: str) -> str:
	label = _(frappe.get_meta("PAR Scorecard Line").get_label(field))
	return say(_("Row {0}, {1}: {2}"), bold(line.code), label, message)


def count_evidence(card) -> None:
	"""Write on each row how many documents show it (rejected ones do not count)."""
	counts = store.evidence_counts([card.name]).get(card.name, {})
	for line in card.lines:
		line.evidence_count = counts.get(line.code, 0)


def set_line_scores(card, result) -> None:
	for line in card.lines:
		_put(line, stored_totals.line_columns(result.lines[line.code], bool(card.round)))


def set_totals(card, result) -> None:
	_put(card, stored_totals.fields_of(card.campaign, card.criteria_set, result, bool(card.round)))


def set_areas(card, criteria_set, result) -> None:
	# rows are kept and updated, so that the history shows changes and not rows replaced
	rows = {row.code: row for row in card.areas}
	for area in criteria_set.criteria:
		if area.parent or area.code not in result.totals.rows:
			continue
		row = rows.get(area.code) or card.append("areas", {"code": area.code})
		row.title = area.title
		_put(row, stored_totals.area_columns(area.code, result, bool(card.round)))


def _put(row, values: dict) -> None:
	"""Set numbers and words. The database keeps 0 for no number, and read again that would look like a change: each
	save would leave a line in the history."""
	for field, value in values.items():
		if value is not None or row.get(field):
			row.set(field, store.stored(value))


def set_missing_count(card) -> None:
	card.missing_count = sum(
		1
		for line in card.lines
		if line.applicable and line.rule != "External" and line.score_type == "Normal" and not line.self_claim
	)


def store_evidence_counts(card) -> None:
	"""Write the counts, and what is missing, without a save: evidence is not a change of the score. Published totals
	stay as they are."""
	stored = {line.code: line.evidence_count for line in card.lines}
	count_evidence(card)
	set_totals(card, _result(card))
	for line in card.lines:
		if line.evidence_count != stored[line.code]:
			line.db_set("evidence_count", line.evidence_count, update_modified=False)
	if not freeze.is_published(card):
		values = {field: card.get(field) for field in ("missing_evidence", "worked_out")}
		card.db_set(values, update_modified=False)
