"""PAR Heat Map: areas by units, what was earned in % of each area's maximum."""

from collections.abc import Mapping

import frappe
from frappe import _

from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.results import seen, store
from par_campaign.scoring.model import CardResult
from par_campaign.statistics import areas as statistics

SELF = "Self-scored"
APPRAISED = "Appraised"


@live("PAR Heat Map")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message and chart of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns({}, APPRAISED), []
	rows, titles = get_rows(filters)
	message = get_legend(rows) if rows else _nothing(filters)
	return get_columns(titles, _score(filters)), rows, message, get_chart(rows, titles)


def _score(filters) -> str:
	return SELF if filters.score == SELF else APPRAISED


def _nothing(filters) -> str:
	if _score(filters) == SELF:
		return _("No scorecards yet.")
	hint = _("Choose Self-scored under Score to see what the units claim.")
	return f"{scorecards.nothing_to_show()} {hint}"


def get_rows(filters) -> tuple[list[dict], dict[str, str]]:
	"""One row a unit with a percentage for each area, the mean last; and the areas' titles by code."""
	cards = scorecards.readable(filters)
	if _score(filters) == APPRAISED:
		cards = scorecards.closed(scorecards.with_appraisal(cards))
	results = seen.totals_of(cards)
	areas = scorecards.areas_of(cards, results)
	rows = [_row(card, results[card.name], areas[card.name], _score(filters)) for card in cards]
	rows.sort(key=lambda row: (row["unit_group"] or "", row["cluster"] or "", -(row["index"] or 0)))
	titles = statistics.titles(areas.values())
	rows += _mean_row(rows, titles)
	_set_scale(rows, titles)
	return rows, titles


def _row(card, result: CardResult, areas: list[statistics.AreaScore], score: str) -> dict:
	totals = result.self_totals if score == SELF else result.totals
	return {
		**scorecards.unit_values(card),
		"index": float(totals.index),
		**{
			scorecards.area_field(area.code): scorecards.number(
				area.self_percent if score == SELF else area.percent
			)
			for area in areas
		},
	}


def _set_scale(rows: list[dict], titles: Mapping[str, str]) -> None:
	"""Write on each row from which percentage the colours begin."""
	values = (row.get(scorecards.area_field(code)) for row in rows for code in titles)
	low = statistics.scale_from(None if value is None else store.decimal(value) for value in values)
	for row in rows:
		row["scale_from"] = float(low)


def get_legend(rows: list[dict]) -> str:
	"""The colours with the percentages they stand for."""
	bar = '<span class="par-heat-scale"></span>'
	empty = _("Empty: a survey or index is not in yet, or the area does not apply.")
	return f"{rows[0]['scale_from']:.0f} % {bar} 100 % · {empty}"


def _mean_row(rows: list[dict], titles: Mapping[str, str]) -> list[dict]:
	if len(rows) < 2:
		return []
	fields = ["index", *(scorecards.area_field(code) for code in titles)]
	return [{"unit_name": _("Mean"), "is_mean": 1, **{field: _mean(rows, field) for field in fields}}]


def _mean(rows: list[dict], field: str) -> float | None:
	values = [row.get(field) for row in rows]
	return scorecards.number(
		statistics.mean(None if value is None else store.decimal(value) for value in values)
	)


def get_columns(titles: Mapping[str, str], score: str) -> list[dict]:
	index = _("Self-scored Index") if score == SELF else _("Index")
	return [
		scorecards.unit_column(),
		scorecards.points("index", index, 85),
		*scorecards.area_columns(titles),
		*scorecards.group_columns(),
	]


def get_chart(rows: list[dict], titles: Mapping[str, str]) -> dict | None:
	"""What each area lacks to its maximum, in the mean or of the one unit: percentages themselves lie so
	close together near 100 that their bars would all look alike."""
	if not rows:
		return None
	last = rows[-1]
	found = {code: last.get(scorecards.area_field(code)) for code in titles}
	lacks = {code: round(100 - value, 2) for code, value in found.items() if value is not None}
	return {
		"data": {
			"labels": list(lacks),
			"datasets": [
				{
					"name": _("{0}: lacks to the maximum (%)").format(last["unit_name"]),
					"values": list(lacks.values()),
				}
			],
		},
		"title": _("What each area lacks to its maximum (%)"),
		"type": "bar",
		"colors": ["#f8696b"],
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}
