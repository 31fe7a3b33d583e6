"""What a reader may see of a scorecard's numbers: the one rule for form, lists, prints, documents and explanations.

What is kept from a unit until its campaign shows it is what stands on permission level 1; `secrecy` says until when.
Numbers for such a reader are worked out from what is left, so that nothing hidden is in a sum.
"""

from collections.abc import Iterable
from dataclasses import replace

import frappe

from par_campaign.permissions import secrecy
from par_campaign.results import store, stored_totals
from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.model import Card, CardResult


def card_of(doc) -> Card:
	"""The scoring model of a scorecard, saved or not, as the session's user may see it."""
	return as_claimed(doc) if secrecy.is_hidden(doc) else store.card(doc)


def as_claimed(doc) -> Card:
	"""A scorecard with nothing on it that stands on permission level 1."""
	card = store.card(secrecy.strip(doc, doc.as_dict()))
	lines = tuple(replace(line, appraised_applicable=None) for line in card.lines)
	return replace(card, appraised=False, lines=lines)


def result_of(doc) -> CardResult:
	"""Points, sums, index and class of a scorecard, saved or not, as the session's user may see them."""
	return evaluate_card(store.criteria_set(doc.criteria_set), card_of(doc), store.bands(doc.campaign))


def totals_of(cards: Iterable) -> dict[str, CardResult]:
	"""Totals by name of scorecards (rows with name, campaign, workflow_state, round) the user may read, each as the
	user may see it: the stored ones, but of those whose appraisal is hidden (a unit's own few)."""
	cards = list(cards)
	open_names = secrecy.shown(cards)
	found = stored_totals.of_cards(open_names)
	for card in cards:
		if card.name not in open_names:
			found[card.name] = result_of(frappe.get_doc("PAR Unit Scorecard", card.name))
	return found
