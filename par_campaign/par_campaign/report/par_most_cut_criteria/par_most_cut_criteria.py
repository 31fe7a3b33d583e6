"""PAR Most Cut Criteria: from which criteria the appraisal takes points, of how many units, and why."""

from collections.abc import Mapping

import frappe
from frappe import _

from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.results import store
from par_campaign.scoring.decimals import format_vi
from par_campaign.statistics.cuts import CutRow, ScoredRow, most_cut

CHART_ROWS = 12


@live("PAR Most Cut Criteria")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(), []
	cards = scorecards.closed(scorecards.with_appraisal(scorecards.readable(filters)))
	found = most_cut(_scored_rows(cards))
	message = None if cards else scorecards.nothing_to_show()
	return get_columns(), [_row(row) for row in found], message, get_chart(found), get_summary(cards, found)


def _scored_rows(cards: list[frappe._dict]) -> list[ScoredRow]:
	units = {card.name: card.unit for card in cards}
	rows = frappe.get_all(
		"PAR Scorecard Line",
		filters={
			"parent": ("in", list(units)),
			"parenttype": "PAR Unit Scorecard",
			"rule": ("!=", "External"),
		},
		fields=[
			"parent",
			"code",
			"title",
			"maximum",
			"score_type",
			"applicable",
			"appraised_applicable",
			"self_claim",
			"appraised_claim",
			"self_score",
			"appraised_score",
			"appraisal_note",
		],
		order_by="parent, idx",
	)
	return [_scored(row, units[row.parent]) for row in rows]


def _scored(row, unit: str) -> ScoredRow:
	"""A row struck out by either side has no points to compare; a Float field cannot say so itself."""
	applies = row.applicable and row.appraised_applicable
	return ScoredRow(
		unit=unit,
		code=row.code,
		title=row.title or "",
		maximum=store.decimal(row.maximum),
		self_points=store.decimal(row.self_score) if applies and row.self_claim else None,
		points=store.decimal(row.appraised_score) if applies and row.appraised_claim else None,
		note=row.appraisal_note or "",
		deduction=row.score_type == "Deduction",
	)


def _row(row: CutRow) -> dict:
	return {
		"code": row.code,
		"title": row.title,
		"maximum": float(row.maximum),
		"units": row.units,
		"cut_units": row.cut_units,
		"cut_percent": float(row.cut_percent),
		"average_cut": float(row.average_cut),
		"total_cut": float(row.total_cut),
		"raised_units": row.raised_units,
		"reasons": "; ".join(
			f"{reason} ({times})" if row.cut_units > 1 else reason for reason, times in row.reasons
		),
	}


def get_columns() -> list[dict]:
	return [
		{"fieldname": "code", "label": _("No."), "fieldtype": "Data", "width": 70, "align": "left"},
		{"fieldname": "title", "label": _("Criterion"), "fieldtype": "Data", "width": 300},
		scorecards.points("maximum", _("Maximum"), 100),
		{"fieldname": "cut_units", "label": _("Units Cut"), "fieldtype": "Int", "width": 95},
		scorecards.points("cut_percent", _("Units Cut (%)"), 110),
		scorecards.points("total_cut", _("Total Cut"), 100),
		scorecards.points("average_cut", _("Average Cut"), 110),
		{"fieldname": "units", "label": _("Units Appraised"), "fieldtype": "Int", "width": 120},
		{"fieldname": "raised_units", "label": _("Units Raised"), "fieldtype": "Int", "width": 115},
		{"fieldname": "reasons", "label": _("Commonest Reasons"), "fieldtype": "Data", "width": 420},
	]


def get_chart(found: list[CutRow]) -> dict | None:
	"""The criteria cut for most units."""
	if not found:
		return None
	first = found[:CHART_ROWS]
	return {
		"data": {
			"labels": [row.code for row in first],
			"datasets": [{"name": _("Units Cut"), "values": [row.cut_units for row in first]}],
		},
		"title": _("Criteria cut for most units (number of units)"),
		"type": "bar",
		"colors": ["#ef4444"],
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def get_summary(cards: list[frappe._dict], found: list[CutRow]) -> list[dict]:
	if not cards:
		return []
	total = sum((row.total_cut for row in found), store.decimal(0))
	return [
		{"label": _("Units Appraised"), "value": len(cards), "datatype": "Int"},
		{"label": _("Criteria Cut"), "value": len(found), "datatype": "Int"},
		{"label": _("Total Cut"), "value": format_vi(total), "datatype": "Data"},
	]
