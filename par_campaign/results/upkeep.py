"""Keeping stored numbers true: worked out anew where a rule has changed, and compared with what they follow from."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import frappe
from frappe import _

from par_campaign.results import store, stored_totals
from par_campaign.saying import bold, say
from par_campaign.scoring.campaign import score_cards
from par_campaign.scoring.decimals import comma
from par_campaign.scoring.model import Campaign, CardResult
from par_campaign.states import UNDER_WAY

CARD, LINE, AREA = "PAR Unit Scorecard", "PAR Scorecard Line", "PAR Scorecard Area"
WORDS = ("trace", "self_trace")  # in the language of whoever saved: told apart by nothing else
BASIS = "worked_from"
AT_ONCE = 100  # documents written in one statement
DUST = Decimal("0.00000001")  # what the database's nine decimals may make of a number

Changes = dict[str, dict[str, dict]]  # by doctype, then by name: the fields that are stored otherwise


def refresh(campaign: str) -> int:
	"""Work out anew what a change of the campaign's rules or of the program moves; returns how many scorecards it
	moved. No permission is asked here: whoever may change the rules has been asked."""
	frappe.clear_document_cache("PAR Campaign", campaign)
	outdated = stored_totals.stale(stored_totals.stored({"campaign": campaign}))
	return work_out_again(campaign) if outdated else 0


def refresh_all() -> None:
	"""After an update of the program: every campaign whose results are not published."""
	for name in campaigns_in(UNDER_WAY):
		refresh(name)


def campaigns_in(states: Iterable[str]) -> list[str]:
	"""Campaigns in one of the states."""
	return frappe.get_all(
		"PAR Campaign", {"workflow_state": ("in", list(states))}, pluck="name", order_by="name"
	)


def work_out_again(campaign: str) -> int:
	"""Bring every stored number to what follows from the rows; returns how many scorecards that moved.

	Claims and scores given stay as they are, so nobody's open form is refused.
	"""
	model = store.campaign(campaign)
	changes = changed(model, score_cards(model).cards, with_basis=True)
	for doctype, updates in changes.items():
		if updates:
			frappe.db.bulk_update(doctype, updates, chunk_size=AT_ONCE, update_modified=False)
	for name in changes[CARD]:
		frappe.clear_document_cache(CARD, name)
	return len(changes[CARD])


def differences(model: Campaign, results: Mapping[str, CardResult]) -> list[dict]:
	"""The scorecards on which another number is stored than follows from their rows: doctype, name, and a sentence in
	`text`. None as it should be."""
	changes = changed(model, results)
	names = {card.unit: card.unit_name for card in model.cards}
	return [
		{
			"doctype": CARD,
			"name": row.name,
			"text": _sentence(names[row.unit], row.worked_out, results[row.unit]),
		}
		for row in stored_totals.stored({"name": ("in", list(changes[CARD]) or [""])})
	]


def _sentence(unit_name: str, worked_out: str | None, result: CardResult) -> str:
	index = stored_totals.totals_of("", worked_out).totals.index if worked_out else None
	if index == result.totals.index:
		return say(_("{0}: its points, sums or class."), bold(unit_name))
	return say(
		_("{0}: index {1} is stored, {2} follows from its rows."),
		bold(unit_name),
		"–" if index is None else comma(index),
		comma(result.totals.index),
	)


def changed(model: Campaign, results: Mapping[str, CardResult], *, with_basis: bool = False) -> Changes:
	"""What is stored otherwise than it follows; with the basis also what is right, but was worked out from something
	else than holds now. A scorecard of which a row differs is always among the scorecards."""
	changes: Changes = {CARD: {}, LINE: {}, AREA: {}}
	appraised = {card.unit: card.appraised for card in model.cards}
	units, whole, moved = {}, {}, set()
	cards = _cards(model.name)
	for row in cards:
		result = results[row.unit]
		units[row.name] = row.unit
		whole[row.name] = stored_totals.fields_of(model.name, row.criteria_set, result, appraised[row.unit])
		_compare(changes, CARD, row, whole[row.name], unless=() if with_basis else (BASIS,))
	for row in _children(LINE, units, stored_totals.LINE_FIELDS):
		result, is_appraised = results[units[row.parent]], appraised[units[row.parent]]
		moved |= _compare(
			changes, LINE, row, stored_totals.line_columns(result.lines[row.code], is_appraised)
		)
	for row in _children(AREA, units, stored_totals.AREA_FIELDS):
		result, is_appraised = results[units[row.parent]], appraised[units[row.parent]]
		moved |= _compare(changes, AREA, row, stored_totals.area_columns(row.code, result, is_appraised))
	for row in cards:
		if row.name in moved:
			changes[CARD].setdefault(row.name, _stored_values(row, whole[row.name]))
	return changes


def _cards(campaign: str) -> list[frappe._dict]:
	return frappe.get_all(
		CARD,
		filters={"campaign": campaign},
		fields=["name", "unit", "criteria_set", *stored_totals.CARD_FIELDS],
		order_by="name",
	)


def _children(doctype: str, units: Mapping[str, str], fields: Iterable[str]) -> list[frappe._dict]:
	return frappe.get_all(
		doctype,
		filters={"parent": ("in", list(units) or [""]), "parenttype": CARD},
		fields=["name", "parent", "code", *fields],
		order_by="parent, idx",
	)


def _compare(changes: Changes, doctype: str, row, wanted: dict, unless: tuple[str, ...] = ()) -> set[str]:
	"""Note what a row stores otherwise; returns the scorecard that is moved by it, in a set, or an empty one."""
	differs = {
		field
		for field, value in wanted.items()
		if field not in (*WORDS, *unless) and not _same(row.get(field), value)
	}
	if not differs:
		return set()
	if differs - {BASIS, "worked_out"}:  # with other numbers come other words
		differs |= {field for field in WORDS if field in wanted}
	changes[doctype][row.name] = _stored_values(row, {field: wanted[field] for field in differs})
	return {row.get("parent") or row.name}


def _same(stored, value) -> bool:
	"""Whether a column holds a value; the database keeps 0 for no number."""
	if isinstance(value, Decimal) or (value is None and isinstance(stored, float)):
		return abs(store.decimal(stored) - (value or 0)) < DUST
	return (stored or None) == (value or None)


def _stored_values(row, wanted: dict) -> dict:
	return {
		field: 0 if value is None and isinstance(row.get(field), float) else store.stored(value)
		for field, value in wanted.items()
	}
