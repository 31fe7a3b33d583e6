"""Keeping the appraised part (permission level 1) from a unit until its campaign shows it.

Frappe strips such fields when a document is loaded, but not from what a save returns, and it keeps
every field's old and new value in the document's history, which goes to whoever may read the
document. Both are mended here.
"""

from collections.abc import Iterable

import frappe
from frappe.core.doctype.version.version import get_diff

from par_campaign.permissions import roles
from par_campaign.states import APPRAISAL_CLOSED, SETTLED

AT_ONCE = "When appraised"


def may_see_appraisal(campaign: str, scorecard: str) -> bool:
	"""Whether the unit may read the appraised scores of its scorecard by now."""
	card = frappe.db.get_value(
		"PAR Unit Scorecard",
		{"name": scorecard, "campaign": campaign},
		["name", "campaign", "workflow_state", "round"],
		as_dict=True,
	)
	return bool(card and shown_to_units([card]))


def shown_to_units(cards: Iterable) -> set[str]:
	"""Names of those scorecards (rows with name, campaign, workflow_state, round) whose appraised scores
	their units may read by now: one query whatever their number."""
	cards = list(cards)
	campaigns = _when_shown({card.campaign for card in cards})
	return {
		card.name
		for card in cards
		if campaigns[card.campaign].workflow_state in SETTLED
		or (card.workflow_state in APPRAISAL_CLOSED and _is_shown(campaigns[card.campaign], card.round))
	}


def shown(cards: Iterable) -> set[str]:
	"""Names of those scorecards (rows as for `shown_to_units`) whose appraised part the session's user may see."""
	cards = list(cards)
	return {card.name for card in cards} if roles.is_provincial() else shown_to_units(cards)


def round_is_shown(campaign: str, number: int) -> bool:
	"""Whether units may by now see what a closed round gave: the campaign says so for the first round
	and, where it wishes, apart for the later ones."""
	return _is_shown(_when_shown({campaign})[campaign], number)


def _when_shown(campaigns: set[str]) -> dict:
	rows = frappe.get_all(
		"PAR Campaign",
		filters={"name": ("in", campaigns)},
		fields=["name", "workflow_state", "units_see_appraisal", "units_see_review"],
		order_by="name",
	)
	return {row.name: row for row in rows}


def _is_shown(campaign, number: int | None) -> bool:
	first, later = campaign.units_see_appraisal, campaign.units_see_review
	when = (later or first) if (number or 0) > 1 else first
	return campaign.workflow_state in SETTLED or when == AT_ONCE


def is_hidden(card) -> bool:
	"""Whether the session's user may not see the appraised part of this scorecard."""
	return not roles.is_provincial() and not may_see_appraisal(card.campaign, card.name)


def closed_fields(doctype: str) -> set[str]:
	"""Fields of the appraised part."""
	return {df.fieldname for df in frappe.get_meta(doctype).fields if df.permlevel}


def strip(card, values: dict) -> dict:
	"""Take the appraised part out of a scorecard's plain values."""
	for field in closed_fields(card.doctype):
		values.pop(field, None)
	for table in card.meta.get_table_fields():
		fields = closed_fields(table.options)
		for row in values.get(table.fieldname) or ():
			for field in fields:
				row.pop(field, None)
	return values


def empty(card) -> None:
	"""Take the appraised part out of the document itself, which is then not to be saved."""
	for field in closed_fields(card.doctype):
		card.set(field, None)
	for table in card.meta.get_table_fields():
		fields = closed_fields(table.options)
		for row in card.get(table.fieldname):
			row.update(dict.fromkeys(fields))


def save_history(card) -> None:
	"""Keep the change in two parts: the unit's on the scorecard, the appraisers' on their round."""
	diff = get_diff(card.get_doc_before_save(), card)
	if not diff:
		return
	own, appraisal = _split(card, diff)
	_insert(card.doctype, card.name, own)
	_insert("PAR Appraisal", f"{card.name}-R{card.round or 1}", appraisal)


def _split(card, diff: dict) -> tuple[dict, dict]:
	closed = closed_fields(card.doctype)
	told = [
		c for c in diff["changed"] if not card.meta.get_field(c[0]).hidden
	]  # what no form shows is no change
	own = {**diff, "changed": [c for c in told if c[0] not in closed], "row_changed": []}
	appraisal = {**diff, "changed": [c for c in told if c[0] in closed], "row_changed": []}
	appraisal["added"] = appraisal["removed"] = []
	for table, row_name, index, changes in diff["row_changed"]:
		closed = closed_fields(card.meta.get_options(table))
		for part, wanted in ((own, False), (appraisal, True)):
			if kept := [c for c in changes if (c[0] in closed) is wanted]:
				part["row_changed"].append([table, row_name, index, kept])
	return own, appraisal


def _insert(doctype: str, name: str, diff: dict) -> None:
	if not any(diff.get(key) for key in ("changed", "added", "removed", "row_changed")):
		return
	version = frappe.new_doc("Version")
	version.set_impersonator(diff)
	version.update(
		{
			"ref_doctype": doctype,
			"docname": name,
			"data": frappe.as_json(diff, indent=None, separators=(",", ":")),
		}
	)
	version.insert(ignore_permissions=True)  # history is written by the system, as Frappe's own is
