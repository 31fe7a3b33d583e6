"""A scorecard's numbers, worked out by `scoring` from its rows and written on the document."""

from decimal import Decimal

import frappe
from frappe import _

from par_campaign.results import store
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.claims import ClaimError, canonical

# what is worked out here, and so never taken from a client
CARD_NUMBERS = (
	"self_earned",
	"self_bonus",
	"self_deduction",
	"self_index",
	"maximum",
	"provisional",
	"earned",
	"bonus",
	"deduction",
	"index_score",
	"band",
	"trace",
	"missing_evidence",
	"missing_count",
)
LINE_NUMBERS = ("self_score", "self_trace", "appraised_score", "trace")


def keep(card) -> None:
	"""Leave every number as it is stored: that of a published scorecard, whatever a client sends."""
	before = card.get_doc_before_save()
	for field in CARD_NUMBERS:
		card.set(field, before.get(field))
	stored = {line.code: line for line in before.lines}
	for line in card.lines:
		for field in LINE_NUMBERS:
			line.set(field, stored[line.code].get(field))
	card.set("areas", before.areas)


def recompute(card) -> None:
	"""Check every claim, then set scores, totals per area, index and class."""
	criteria_set = store.criteria_set(card.criteria_set)
	leaves = {leaf.code: leaf for leaf in criteria_set.leaves()}
	fill_system_claims(card, leaves)
	check_claims(card, leaves)
	count_evidence(card)
	result = evaluate_card(criteria_set, store.card(card), store.bands(card.campaign))
	set_line_scores(card, result)
	set_totals(card, result)
	set_areas(card, criteria_set, result)
	set_completeness(card, result)


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
	if card.workflow_state not in ("Under Appraisal", "Returned", "Appraised") or line.rule == "External":
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
		of_line = result.lines[line.code]
		_put(line, self_score=of_line.self_points)
		line.self_trace = of_line.self_trace
		_put(line, appraised_score=of_line.points if card.round else None)
		line.trace = of_line.trace if card.round else None


def _put(row, **numbers) -> None:
	"""Set numbers. The database keeps 0 for none, and read again that would look like a change: each save
	would leave a line in the history."""
	for field, value in numbers.items():
		if value is not None or row.get(field):
			row.set(field, None if value is None else float(value))


def set_totals(card, result) -> None:
	mine, counted = result.self_totals, result.totals
	_put(
		card,
		self_earned=mine.earned,
		self_bonus=mine.bonus,
		self_deduction=mine.deduction,
		self_index=mine.index,
		maximum=counted.maximum,
	)
	card.provisional = int(bool(result.missing_external))
	appraised = bool(card.round)
	_put(
		card,
		earned=counted.earned if appraised else None,
		bonus=counted.bonus if appraised else None,
		deduction=counted.deduction if appraised else None,
		index_score=counted.index if appraised else None,
	)
	card.band = result.band if appraised else None
	card.trace = counted.trace if appraised else None


def set_areas(card, criteria_set, result) -> None:
	# rows are kept and updated, so that the history shows changes and not rows replaced
	rows = {row.code: row for row in card.areas}
	for area in criteria_set.criteria:
		if area.parent or area.code not in result.totals.rows:
			continue
		row = rows.get(area.code) or card.append("areas", {"code": area.code})
		counted, mine = result.totals.rows[area.code], result.self_totals.rows[area.code]
		row.title = area.title
		_put(
			row,
			maximum=counted.maximum,
			self_score=mine.earned,
			appraised_score=counted.earned if card.round else None,
			percent=_percent(counted) if card.round else None,
		)


def _percent(row) -> Decimal | None:
	return row.earned / row.maximum * 100 if row.maximum else None


def set_completeness(card, result) -> None:
	card.missing_evidence = ", ".join(result.missing_evidence)
	card.missing_count = sum(
		1
		for line in card.lines
		if line.applicable and line.rule != "External" and line.score_type == "Normal" and not line.self_claim
	)


def store_evidence_counts(card) -> None:
	"""Write the counts and what is missing without a save: evidence is not a change of the score."""
	stored = {line.code: line.evidence_count for line in card.lines}
	count_evidence(card)
	criteria_set = store.criteria_set(card.criteria_set)
	set_completeness(card, evaluate_card(criteria_set, store.card(card), store.bands(card.campaign)))
	for line in card.lines:
		if line.evidence_count != stored[line.code]:
			line.db_set("evidence_count", line.evidence_count, update_modified=False)
	card.db_set("missing_evidence", card.missing_evidence, update_modified=False)
