"""What must be there before a scorecard moves on; every gap is named at once."""

import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_query import ledger
from par_campaign.results import store
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.demands import lacks_explanation

SYSTEM_RULES = ("External",)


def require_complete(card) -> None:
	"""Refuse the hand-in while rows are unclaimed or unexplained.

	Missing evidence does not stop it: it is flagged, and such a row counts only what the appraiser
	grants.
	"""
	gaps = hand_in_gaps(card)
	if gaps:
		frappe.throw(lines(gap["message"] for gap in gaps), title=_("Not Ready to Hand In"))


def hand_in_gaps(card) -> list[dict]:
	"""Rows that keep the scorecard from being handed in: code, field and what to do."""
	gaps, leaves = [], {leaf.code: leaf for leaf in store.criteria_set(card.criteria_set).leaves()}
	for line in card.lines:
		if line.rule in SYSTEM_RULES or is_system_filled(card, line):
			continue
		if not line.applicable:
			if not _text(line.explanation):
				gaps.append(_gap(line, "explanation", _("say why the row does not apply.")))
			continue
		if not _text(line.self_claim):
			if line.score_type == "Normal":
				gaps.append(_gap(line, "self_claim", _("enter what you claim, 0 or No if nothing.")))
			continue
		evidence, explanation = bool(line.evidence_count), line.explanation or ""
		if lacks_explanation(leaves[line.code], line.self_score, evidence=evidence, explanation=explanation):
			gaps.append(_gap(line, "explanation", _("explain the score.")))
	return gaps


def require_answers(card) -> None:
	"""Refuse to hand in again while a question of the appraisers has no answer."""
	gaps = answer_gaps(card)
	if gaps:
		frappe.throw(lines(gap["message"] for gap in gaps), title=_("Questions without Answer"))


def answer_gaps(card) -> list[dict]:
	"""Questions that were sent to the unit and are still open."""
	return [
		{
			"code": query.code,
			"field": "query",
			"query": query.name,
			"what": _("answer the question."),
			"message": say(
				_("Row {0}: answer the question “{1}”."),
				bold(query.code),
				query.question,
			),
		}
		for query in ledger.open_questions(card)
	]


def is_system_filled(card, line) -> bool:
	"""Whether the system claims this row itself (days handed in late)."""
	return line.code in card.auto_codes()


def _gap(line, field: str, mend: str) -> dict:
	label = _(frappe.get_meta("PAR Scorecard Line").get_label(field))
	return {
		"code": line.code,
		"field": field,
		"what": mend,
		"message": say(_("Row {0}, {1}: {2}"), bold(line.code), label, mend),
	}


def require_appraised(card) -> None:
	"""Refuse to close the appraisal while a row has no appraised score."""
	if empty := unappraised(card):
		frappe.throw(
			say(_("Row {0}: no appraised score yet. Grant what is shown, or 0."), bold(", ".join(empty))),
			title=_("Appraisal Not Complete"),
		)


def unappraised(card) -> list[str]:
	"""Rows that still wait for an appraised score."""
	return [
		line.code
		for line in card.lines
		if line.appraised_applicable
		and line.rule not in SYSTEM_RULES
		and not _text(line.appraised_claim)
		# a bonus or deduction nobody claims needs no answer
		and not (line.score_type != "Normal" and not _text(line.self_claim))
	]


def _text(value) -> str:
	return (value or "").strip()
