"""Which data results rest on: what was published for as long as it is published, else what stands now.

Publishing fixes scorecards, rules, quotas and ranks. What council and chairman decide afterwards is added
to them: it settles who holds a place, and moves no number.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import frappe

from par_campaign.results import payload, store, stored_totals
from par_campaign.scoring.campaign import Scored, decide, evaluate, rank_cards, score_cards
from par_campaign.scoring.model import Campaign, Card, Results
from par_campaign.states import SETTLED, ScorecardState


def version_in_force(campaign: str):
	"""The published version (name, version, digest, and what `payload` reads its data by) that holds now; None
	before the results are published and while they are taken back for correction. No permission is checked here."""
	row = frappe.db.get_value("PAR Campaign", campaign, ["workflow_state", "published_result"])
	if not row:
		raise frappe.DoesNotExistError
	state, name = row
	if state not in SETTLED or not name:
		return None
	fields = ["name", "version", "digest", "payload_sha256", "totals_sha256"]
	return frappe.db.get_value("PAR Published Result", name, fields, as_dict=True)


def campaign(name: str) -> tuple[Campaign, tuple[Card, ...]]:
	"""The campaign its results follow from, with the award proposals as they stand today, and the scorecards
	that are left out because nobody has handed them in."""
	version = version_in_force(name)
	return _handed_in(_joined(name, version), version)


def worked_out(name: str) -> tuple[Campaign, Results, tuple[Card, ...]]:
	"""The campaign with all its rows and its results over the units that have handed in, worked out from the rows,
	and the scorecards of those that have not: what documents are made from. Who is left out is said by `ranked`.

	While results are published their digest is the published one: it is on paper, and proposals that are
	decided later do not change it.
	"""
	version = version_in_force(name)
	model, waiting = _handed_in(_joined(name, version), version)
	results = evaluate(model)
	return model, replace(results, digest=version.digest) if version else results, waiting


def ranked(name: str) -> tuple[Campaign, Results, tuple[Card, ...]]:
	"""Ranking and award selection over the stored totals of the units that have handed in, and the scorecards of
	those that have not: the same as `worked_out` gives, but no row is read, and none is in the answer. It carries
	a digest only while results are published, the published one: else it would be of rows as well.

	A sheet still being filled in has no place among the others and takes none of an award: it would say
	Yếu of a unit that has not begun, or stand first with what nobody has answered for. Once published, every
	unit stands as published.
	"""
	model, scored, waiting, digest = _scored().get(name) or _scored_now(name)
	model = replace(model, proposals=store.proposals(name))
	return model, replace(decide(model, scored), digest=digest), waiting


def _scored_now(name: str) -> tuple[Campaign, Scored, tuple[Card, ...], str]:
	version = version_in_force(name)
	if version is None:
		model, cards = store.campaign(name, with_rows=False), stored_totals.of_campaign(name)
	elif version.totals_sha256:
		model, cards = payload.read_totals(version)
	else:  # published by a program that kept no totals, and its data could not be read when the site was migrated
		model = payload.read(version)
		cards = score_cards(model).cards
	model, waiting = _handed_in(model, version)
	scored = rank_cards(model, {card.unit: cards[card.unit] for card in model.cards})
	return model, scored, waiting, version.digest if version else ""


@contextmanager
def scored_once(name: str) -> Iterator[None]:
	"""While one request moves many proposals: totals are read and ranked once, proposals each time. Only for steps
	that change no score."""
	_scored()[name] = _scored_now(name)
	try:
		yield
	finally:
		del _scored()[name]


def _scored() -> dict:
	"""What this request holds, by campaign."""
	if not hasattr(frappe.local, "par_scored_once"):
		frappe.local.par_scored_once = {}
	return frappe.local.par_scored_once


def _handed_in(model: Campaign, version) -> tuple[Campaign, tuple[Card, ...]]:
	"""The campaign without the scorecards its units still hold for the first time, and those scorecards."""
	waiting = () if version else tuple(card for card in model.cards if _is_waited_for(card))
	if not waiting:
		return model, ()
	return replace(model, cards=tuple(card for card in model.cards if not _is_waited_for(card))), waiting


def _is_waited_for(card: Card) -> bool:
	return card.state == ScorecardState.DRAFT and not card.disqualified


def _joined(name: str, version) -> Campaign:
	if version is None:
		return store.campaign(name)
	return replace(payload.read(version), proposals=store.proposals(name))
