"""The scorecards a report may show to whoever asks, in a few queries whatever their number.

A script report gets none of Frappe's list conditions by itself: `readable` takes them from
`frappe.get_list`, and everything below goes by the scorecards it has let through.
"""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _

from par_campaign.permissions import roles, secrecy
from par_campaign.results import store
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


def readable(filters: Mapping, fields: Iterable[str] = ()) -> list[dict]:
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


def with_appraisal(cards: Iterable) -> list[dict]:
	"""Those of the cards whose appraised scores the session's user may see, and that have any."""
	begun = [card for card in cards if card.round]
	if roles.is_provincial():
		return begun
	shown = secrecy.shown_to_units(begun)
	return [card for card in begun if card.name in shown]


def closed(cards: Iterable) -> list[dict]:
	"""Those whose appraisal is closed: numbers of a round under way still move."""
	return [card for card in cards if card.workflow_state in secrecy.APPRAISED_STATES]


def areas_of(cards: Iterable, appraised: Iterable[str]) -> dict[str, list[AreaScore]]:
	"""Areas by scorecard name; appraised points only for the scorecards named in `appraised`."""
	appraised = set(appraised)
	found: dict[str, list[AreaScore]] = {card.name: [] for card in cards}
	waiting = _waiting_for_values(list(found))
	for row in _area_rows(list(found)):
		points = row.appraised_score if row.parent in appraised else None
		found[row.parent].append(
			AreaScore(
				code=row.code,
				title=row.title or "",
				maximum=store.decimal(row.maximum),
				self_points=store.decimal(row.self_score),
				points=None if points is None else store.decimal(points),
				waiting=(row.parent, row.code) in waiting,
			)
		)
	return found


def _area_rows(names: list[str]) -> list[dict]:
	return frappe.get_all(
		"PAR Scorecard Area",
		filters={"parent": ("in", names), "parenttype": "PAR Unit Scorecard"},
		fields=["parent", "code", "title", "maximum", "self_score", "appraised_score"],
		order_by="parent, idx",
	)


def _waiting_for_values(names: list[str]) -> set[tuple[str, str]]:
	"""Scorecards and areas for which the value of a survey or index is not in yet."""
	rows = frappe.get_all(
		"PAR Scorecard Line",
		filters={
			"parent": ("in", names),
			"parenttype": "PAR Unit Scorecard",
			"rule": "External",
			"has_external": 0,
			"applicable": 1,
		},
		fields=["parent", "code"],
		order_by="parent, idx",
	)
	return {(row.parent, row.code.partition(".")[0]) for row in rows}


def indexes_of(names: Iterable[str], field: str = "index_score") -> dict[str, float]:
	"""Index by scorecard name. Only for scorecards whose index the user may see."""
	rows = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"name": ("in", list(names))},
		fields=["name", field],
		order_by="name",
	)
	return {row.name: row.get(field) for row in rows}


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
