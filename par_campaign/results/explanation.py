"""Why a number stands as it does: index, rank, award and rows of a scorecard, in sentences.

Who may read which: provincial staff all of it; a unit its own scorecard as it claimed it, the appraised
points from when the campaign lets it, and its place once the results are published, as the sentences on
places speak of other units too.
"""

from dataclasses import asdict, replace

import frappe
from frappe import _

from par_campaign.permissions import roles
from par_campaign.results import in_force, seen, selection, store
from par_campaign.saying import bold, say
from par_campaign.scoring import explain
from par_campaign.scoring.campaign import evaluate_card
from par_campaign.states import SETTLED


@frappe.whitelist()
def why(scorecard: str) -> dict[str, list[str]]:
	"""Sentences on a scorecard's index, its places and how it stands for each award."""
	doc = _readable(scorecard)
	index = _sentences_on_index(doc)
	if not _may_see_places(doc):
		return {"index": index, "rank": [], "awards": []}
	model, results, waiting = in_force.ranked(doc.campaign)
	return {
		"index": index,
		"rank": [s for row in results.ranking if row.unit == doc.unit for s in explain.explain_rank(row)]
		+ [_("No rank: not handed in yet.") for card in waiting if card.unit == doc.unit],
		"awards": [explain.explain_award(row) for row in results.awards if row.unit == doc.unit]
		+ (_sentences_on_proposals(doc, model) if roles.is_provincial() else []),
	}


@frappe.whitelist()
def rows(scorecard: str) -> list[dict[str, str]]:
	"""A scorecard's areas, criteria and rows with what each adds to the sums, each to be asked about in turn."""
	doc = _readable(scorecard)
	criteria_set, card = store.criteria_set(doc.criteria_set), seen.card_of(doc)
	return [asdict(row) for row in explain.outline(criteria_set, evaluate_card(criteria_set, card))]


@frappe.whitelist()
def why_row(scorecard: str, code: str) -> list[str]:
	"""Sentences on one row of a scorecard: rule, inputs, persons, and what it adds to the sums."""
	doc = _readable(scorecard)
	criteria_set, card = store.criteria_set(doc.criteria_set), seen.card_of(doc)
	if code not in {row.code for row in criteria_set.criteria}:
		frappe.throw(
			say(
				_("Row {0}: there is no such row in {1}."),
				bold(code),
				criteria_set.title,
			)
		)
	return explain.explain_row(criteria_set, _with_names(card, code), evaluate_card(criteria_set, card), code)


def _readable(scorecard: str):
	doc = frappe.get_doc("PAR Unit Scorecard", scorecard)
	doc.check_permission("read")
	return doc


def _with_names(card, code: str):
	"""The card with the names of the persons behind a row beside their accounts."""
	lines = tuple(
		replace(line, claimed_by=_named(line.claimed_by), appraised_by=_named(line.appraised_by))
		if line.code == code
		else line
		for line in card.lines
	)
	return replace(card, lines=lines)


def _named(user: str) -> str:
	name = frappe.utils.get_fullname(user) if user else ""
	return user if name in ("", user) else f"{name}, {user}"


def _sentences_on_index(doc) -> list[str]:
	criteria_set, card = store.criteria_set(doc.criteria_set), seen.card_of(doc)
	result = evaluate_card(criteria_set, card, store.bands(doc.campaign))
	return explain.explain_index(criteria_set, card, result)


def _sentences_on_proposals(doc, model) -> list[str]:
	"""Votes and decisions: the province's business."""
	sentences = []
	for proposal in model.proposals:
		if proposal.unit == doc.unit:
			needed = selection.threshold(model, frappe._dict(doc.as_dict(), award_level=proposal.level))
			sentences += explain.explain_proposal(proposal, model.vote_base, needed)
	return sentences


def _may_see_places(doc) -> bool:
	if roles.is_provincial():
		return True
	state = frappe.db.get_value("PAR Campaign", doc.campaign, "workflow_state")
	return state in SETTLED
