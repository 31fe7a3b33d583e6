"""The scorecards a report may show to whoever asks, in a few queries whatever their number.

A script report gets none of Frappe's list conditions by itself: `readable` takes them from
`frappe.get_list`, and everything below goes by the scorecards it has let through.
"""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _

from par_campaign.permissions import roles, secrecy
from par_campaign.results import store
from par_campaign.scoring.model import CardResult
from par_campaign.states import APPRAISAL_CLOSED
from par_campaign.statistics.areas import AreaScore

CARD_FIELDS = (
	"name",
	"campaign",
	"unit",
	"unit_name",
	"unit_group",
	"cluster",
	"criteria_set",
	"workflow_state",
	"round",
)
NARROWED_BY = ("unit", "unit_group", "cluster")


def readable(filters: Mapping, fields: Iterable[str] = ()) -> list[frappe._dict]:
	"""Scorecards of `filters.campaign` the session's user may read, narrowed by the other filters.

	A unit's people get their own unit's and no other. Raises where the campaign itself is not theirs
	to see. `fields` are further fields open to everybody who may read the scorecard (level 0).
	"""
	require_campaign(filters.get("campaign"))
	wanted = {"campaign": filters["campaign"]}
	wanted |= {field: filters[field] for field in NARROWED_BY if filters.get(field)}
	return frappe.get_list(
		"PAR Unit Scorecard",
		filters=wanted,
		fields=[*CARD_FIELDS, *fields],
		order_by="unit_group, cluster, unit_name",
		limit_page_length=0,
	)


def names_by_unit(campaign: str) -> dict[str, str]:
	"""Scorecards of a campaign the session's user may read, by unit: what a row leads to."""
	rows = frappe.get_list(
		"PAR Unit Scorecard",
		filters={"campaign": campaign},
		fields=["unit", "name"],
		order_by="unit",
		limit_page_length=0,
	)
	return {row.unit: row.name for row in rows}


def require_campaign(campaign: str | None) -> None:
	"""Refuse a campaign the session's user may not see."""
	frappe.has_permission("PAR Campaign", doc=campaign, throw=True)


def with_appraisal(cards: Iterable[frappe._dict]) -> list[frappe._dict]:
	"""Those of the cards whose appraised scores the session's user may see, and that have any."""
	begun = [card for card in cards if card.round]
	shown = secrecy.shown(begun)
	return [card for card in begun if card.name in shown]


def closed(cards: Iterable[frappe._dict]) -> list[frappe._dict]:
	"""Those whose appraisal is closed: numbers of a round under way still move."""
	return [card for card in cards if card.workflow_state in APPRAISAL_CLOSED]


def areas_of(cards: Iterable, found: Mapping[str, CardResult]) -> dict[str, list[AreaScore]]:
	"""Areas by scorecard name, of the results by name the reader may see (`seen.totals_of`)."""
	cards = list(cards)
	titles = _titles({card.criteria_set for card in cards})
	return {card.name: _areas(found[card.name], titles[card.criteria_set]) for card in cards}


def _titles(sets: Iterable[str]) -> dict[str, dict[str, str]]:
	return {
		name: {row.code: row.title for row in criteria_set.criteria if not row.parent}
		for name, criteria_set in store.criteria_sets(sets).items()
	}


def _areas(result: CardResult, titles: Mapping[str, str]) -> list[AreaScore]:
	waiting = {code.partition(".")[0] for code in result.missing_external}
	mine, counted = result.self_totals.rows, result.totals.rows
	return [
		AreaScore(
			code=code,
			title=title,
			maximum=counted[code].maximum,
			self_points=mine[code].earned,
			points=counted[code].earned,
			waiting=code in waiting,
		)
		for code, title in titles.items()
		if code in counted
	]


def area_columns(titles: Mapping[str, str], width: int = 105) -> list[dict]:
	"""A column of points or percentages for each area, named by its number and, where one fits, its title."""
	return [
		{
			"fieldname": area_field(code),
			"label": f"{code}. {title}" if title else _("Area {0}").format(code),
			"fieldtype": "Float",
			"precision": 2,
			"width": width,
		}
		for code, title in titles.items()
	]


def area_field(code: str) -> str:
	"""Name of an area's column."""
	return f"area_{code.replace('.', '_')}"


def unit_column(width: int = 250) -> dict:
	"""The unit, with which a row begins."""
	return {"fieldname": "unit_name", "label": _("Unit"), "fieldtype": "Data", "width": width}


def group_columns() -> list[dict]:
	"""Group and cluster."""
	return [
		{"fieldname": "unit_group", "label": _("Group"), "fieldtype": "Data", "width": 165},
		{"fieldname": "cluster", "label": _("Cluster"), "fieldtype": "Data", "width": 80, "align": "left"},
	]


def unit_values(card) -> dict:
	"""A row's part for these columns, with what a click opens."""
	return {
		"scorecard": card.name,
		"unit": card.unit,
		"unit_name": card.unit_name,
		"unit_group": card.unit_group,
		"cluster": card.cluster,
	}


def points(fieldname: str, label: str, width: int = 100) -> dict:
	"""A column of points or of a percentage, two decimals."""
	return {"fieldname": fieldname, "label": label, "fieldtype": "Float", "precision": 2, "width": width}


def number(value) -> float | None:
	"""A `Decimal` as a report's cell holds it."""
	return None if value is None else float(value)


def nothing_to_show() -> str:
	"""What a unit reads while its appraised scores are kept, and anybody where there are none."""
	if roles.is_provincial():
		return _("No appraised scores yet.")
	return _("Appraised scores are shown from when the campaign says so.")
