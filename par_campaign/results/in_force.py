"""Which data results rest on: what was published for as long as it is published, else what stands now.

Publishing fixes scorecards, rules, quotas and ranks. What council and chairman decide afterwards is added
to them: it settles who holds a place, and moves no number.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import frappe

from par_campaign.permissions import secrecy
from par_campaign.results import payload, store
from par_campaign.scoring.campaign import decide, evaluate, score_cards
from par_campaign.scoring.model import Campaign, Card, Results


def version_in_force(campaign: str):
	"""The published version (name, version, digest, and payload_sha256 for `payload.read`) that holds now; None
	before the results are published and while they are taken back for correction. No permission is checked here."""
	row = frappe.db.get_value("PAR Campaign", campaign, ["workflow_state", "published_result"])
	if not row:
		raise frappe.DoesNotExistError
	state, name = row
	if state not in secrecy.PUBLISHED_STATES or not name:
		return None
	fields = ["name", "version", "digest", "payload_sha256"]
	return frappe.db.get_value("PAR Published Result", name, fields, as_dict=True)


def campaign(name: str) -> tuple[Campaign, tuple[Card, ...]]:
	"""The campaign its results follow from, with the award proposals as they stand today, and the scorecards
	that are left out because nobody has handed them in."""
	version = version_in_force(name)
	return _handed_in(_joined(name, version), version)


def ranked(name: str) -> tuple[Campaign, Results, tuple[Card, ...]]:
	"""The campaign and its results over the units that have handed in, and the scorecards of those that have
	not. While results are published their digest is the published one: it is on paper, and proposals that are
	decided later do not change it.

	A sheet still being filled in has no place among the others and takes none of an award: it would say
	Yếu of a unit that has not begun, or stand first with what nobody has answered for. Once published, every
	unit stands as published.
	"""
	if held := _scored().get(name):
		model, scored, waiting = held
		model = replace(model, proposals=store.proposals(name))
		return model, decide(model, scored), waiting
	version = version_in_force(name)
	model, waiting = _handed_in(_joined(name, version), version)
	results = evaluate(model)
	return model, replace(results, digest=version.digest) if version else results, waiting


@contextmanager
def scored_once(name: str) -> Iterator[None]:
	"""While one request moves many proposals: scorecards are read and scored once, proposals each time.

	Only for steps that change no score; what `ranked` gives meanwhile carries no digest.
	"""
	model, waiting = campaign(name)
	_scored()[name] = (model, score_cards(model), waiting)
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
	return card.state == "Draft" and not card.disqualified


def _joined(name: str, version) -> Campaign:
	if version is None:
		return store.campaign(name)
	return replace(payload.read(version), proposals=store.proposals(name))
