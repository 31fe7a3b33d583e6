"""PAR Self versus Appraised: what the appraisal changed, by area and unit."""

from collections.abc import Mapping

import frappe
from frappe import _

from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.permissions import roles
from par_campaign.results import seen, store
from par_campaign.scoring.decimals import ZERO, format_vi
from par_campaign.scoring.model import CardResult
from par_campaign.statistics import areas as statistics


@live("PAR Self versus Appraised")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns({}), []
	rows, titles, areas = get_rows(filters)
	return get_columns(titles), rows, get_message(rows, filters), get_chart(titles, areas), get_summary(rows)


def get_message(rows: list[dict], filters) -> str | None:
	"""Why there is nothing to see, and what shows more."""
	if rows:
		return None
	if filters.include_open or not roles.is_provincial():
		return scorecards.nothing_to_show()
	return _("No appraisal is closed yet. Tick Also Those under Appraisal to see those under way.")


def get_rows(filters) -> tuple[list[dict], dict[str, str], dict]:
	"""Rows, the areas' titles by code, and the areas of each scorecard."""
	cards = scorecards.with_appraisal(scorecards.readable(filters))
	if not filters.include_open:
		cards = scorecards.closed(cards)
	results = seen.totals_of(cards)
	areas = scorecards.areas_of(cards, results)
	rows = [_row(card, results[card.name], areas[card.name]) for card in cards]
	rows.sort(key=lambda row: (row["unit_group"] or "", row["change"]))
	return rows, statistics.titles(areas.values()), areas


def _row(card, result: CardResult, areas: list[statistics.AreaScore]) -> dict:
	appraised, claimed = result.totals.index, result.self_totals.index
	return {
		**scorecards.unit_values(card),
		"state": _(card.workflow_state),
		"self_index": float(claimed),
		"index_score": float(appraised),
		"change": float(appraised - claimed),
		**{scorecards.area_field(area.code): scorecards.number(area.change) for area in areas},
	}


def get_columns(titles: Mapping[str, str]) -> list[dict]:
	return [
		scorecards.unit_column(),
		scorecards.points("self_index", _("Self-scored Index"), 110),
		scorecards.points("index_score", _("Index"), 85),
		scorecards.points("change", _("Change"), 90),
		*scorecards.area_columns(titles),
		{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 125},
		*scorecards.group_columns(),
	]


def get_chart(titles: Mapping[str, str], areas: Mapping[str, list[statistics.AreaScore]]) -> dict | None:
	"""What the appraisal changed in each area, in points, in the mean of the units: claimed and appraised
	points themselves lie so close together that their bars would all look alike."""
	if not areas:
		return None
	changes = {
		code: [area.change for card in areas.values() for area in card if area.code == code]
		for code in titles
	}
	return {
		"data": {
			"labels": list(titles),
			"datasets": [
				{
					"name": _("Mean change, points"),
					"values": [
						scorecards.number(statistics.mean(of_area)) or 0 for of_area in changes.values()
					],
				}
			],
		},
		"title": _("What the appraisal changed in each area (points, mean of the units)"),
		"type": "bar",
		"colors": ["#f59e0b"],
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	if len(rows) < 2:
		return []
	changes = [store.decimal(row["change"]) for row in rows]
	return [
		{"label": _("Units"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Mean Change"),
			"value": format_vi(statistics.mean(changes) or ZERO),
			"datatype": "Data",
		},
		{"label": _("Lowered"), "value": sum(change < 0 for change in changes), "datatype": "Int"},
		{"label": _("Raised"), "value": sum(change > 0 for change in changes), "datatype": "Int"},
		{"label": _("Unchanged"), "value": sum(not change for change in changes), "datatype": "Int"},
	]
