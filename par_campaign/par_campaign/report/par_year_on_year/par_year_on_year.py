"""PAR Year on Year: how a unit or a group changed from one campaign to another, area by area."""

from collections.abc import Mapping
from decimal import Decimal

import frappe
from frappe import _

from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.results import seen, store
from par_campaign.saying import bold, say
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.model import CardResult
from par_campaign.statistics.areas import AreaScore, Match, MatchedBy, compared, matched, mean


@live("PAR Year on Year")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns("", ""), []
	filters.previous = filters.previous or earlier_campaign(filters.campaign)
	if not filters.previous:
		return get_columns("", ""), [], _("There is no earlier campaign to compare with.")
	labels = [_label(name) for name in (filters.previous, filters.campaign)]
	rows, units = get_rows(filters)
	message = get_message(units) if units else scorecards.nothing_to_show()
	return get_columns(*labels), rows, message, get_chart(rows), get_summary(rows, units)


def earlier_campaign(campaign: str) -> str | None:
	"""The campaign it was carried over from, else the latest of an earlier year the user may see."""
	scorecards.require_campaign(campaign)
	year, origin = frappe.db.get_value("PAR Campaign", campaign, ["year", "carried_from"])
	found = frappe.get_list(
		"PAR Campaign",
		filters={"year": ("<", year)},
		pluck="name",
		order_by="year desc, creation desc",
		limit_page_length=0,
	)
	return origin if origin in found else next(iter(found), None)


def _label(campaign: str) -> str:
	return str(frappe.get_cached_value("PAR Campaign", campaign, "year"))


def get_rows(filters) -> tuple[list[dict], list[frappe._dict]]:
	"""Rows by area, and the units compared: those with appraised scores in both campaigns."""
	before, after = (_appraised(filters, campaign) for campaign in (filters.previous, filters.campaign))
	both = sorted(set(before) & set(after))
	if not both:
		return [], []
	old, new = (seen.totals_of(cards[unit] for unit in both) for cards in (before, after))
	old_areas, new_areas = _areas(before, old, both), _areas(after, new, both)
	pairs = [matched(old_areas[unit], new_areas[unit]) for unit in both]
	rows = [_row(matches) for matches in _same_areas(pairs)]
	whole = [unit for unit in both if not (_waits(old_areas[unit]) or _waits(new_areas[unit]))]
	index_before, index_after = (
		mean(results[cards[unit].name].totals.index for unit in whole)
		for cards, results in ((before, old), (after, new))
	)
	rows.append(_whole(index_before, index_after, left_out=len(both) - len(whole)))
	return rows, [after[unit] for unit in both]


def _appraised(filters, campaign: str) -> dict[str, frappe._dict]:
	"""Scorecards of a campaign by unit whose closed appraisal the user may see. The group is today's:
	a unit that has moved is compared with itself."""
	wanted = frappe._dict(campaign=campaign, unit=filters.unit)
	if campaign == filters.campaign:
		wanted.update(unit_group=filters.unit_group, cluster=filters.cluster)
	cards = scorecards.closed(scorecards.with_appraisal(scorecards.readable(wanted)))
	return {card.unit: card for card in cards}


def _areas(
	cards: dict[str, frappe._dict], results: dict[str, CardResult], units: list[str]
) -> dict[str, list[AreaScore]]:
	"""Areas by unit."""
	found = scorecards.areas_of([cards[unit] for unit in units], results)
	return {unit: found[cards[unit].name] for unit in units}


def _same_areas(pairs: list[list[Match]]) -> list[list[Match]]:
	"""The matches of all units, gathered by area; units of one group share their set."""
	found: dict[tuple, list[Match]] = {}
	for matches in pairs:
		for match in matches:
			found.setdefault(_key(match), []).append(match)
	return list(found.values())


def _key(match: Match) -> tuple:
	area = match.area
	return match.after is None, area.code, area.title


def _row(matches: list[Match]) -> dict:
	first = matches[0]
	area = first.area
	return {
		"code": area.code,
		"title": area.title,
		"code_before": first.before.code if first.before else "",
		"matched": _(first.by.value),
		"note": _note(first),
		**_numbers(*compared(matches)),
	}


def _note(match: Match) -> str:
	before = match.before
	if match.by is MatchedBy.CODE and before and before.title != match.area.title:
		return _("Was: {0}").format(before.title)
	return ""


def _numbers(before: Decimal | None, after: Decimal | None) -> dict:
	change = None if before is None or after is None else float(after - before)
	return {
		"before": scorecards.number(before),
		"after": scorecards.number(after),
		"change": change,
	}


def _waits(areas: list[AreaScore]) -> bool:
	"""Whether a survey or index is not in yet: the index then says less than it will."""
	return any(area.waiting for area in areas)


def _whole(before: Decimal | None, after: Decimal | None, left_out: int) -> dict:
	text = _("Without {0} units whose survey or index is not in yet").format(left_out) if left_out else ""
	return {"title": _("Index"), "is_whole": 1, "note": text, **_numbers(before, after)}


def get_columns(before: str, after: str) -> list[dict]:
	return [
		{"fieldname": "code", "label": _("No."), "fieldtype": "Data", "width": 60, "align": "left"},
		{"fieldname": "title", "label": _("Area"), "fieldtype": "Data", "width": 380},
		scorecards.points("before", _("{0} (%)").format(before), 110),
		scorecards.points("after", _("{0} (%)").format(after), 110),
		scorecards.points("change", _("Change"), 100),
		{"fieldname": "matched", "label": _("Matched by"), "fieldtype": "Data", "width": 130},
		{
			"fieldname": "code_before",
			"label": _("No. before"),
			"fieldtype": "Data",
			"width": 100,
			"align": "left",
		},
		{"fieldname": "note", "label": _("Remark"), "fieldtype": "Data", "width": 280},
	]


def get_message(units: list[frappe._dict]) -> str:
	if len(units) == 1:
		return say(
			_("{0}: what was earned, in % of each area's maximum."),
			bold(units[0].unit_name),
		)
	return _("Mean of {0} units that have results in both campaigns, in % of each area's maximum.").format(
		len(units)
	)


def get_chart(rows: list[dict]) -> dict | None:
	"""Which areas gained and which lost."""
	areas = [row for row in rows if not row.get("is_whole") and row["change"] is not None]
	if not areas:
		return None
	return {
		"data": {
			"labels": [row["code"] for row in areas],
			"datasets": [{"name": _("Change, % of maximum"), "values": [row["change"] for row in areas]}],
		},
		"title": _("Change by area, in % of its maximum"),
		"type": "bar",
		"colors": ["#2563eb"],
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def _index_change(change: float | None) -> dict:
	if change is None:
		return {"value": "–"}
	return {"value": format_vi(store.decimal(change)), "indicator": "red" if change < 0 else "green"}


def get_summary(rows: list[dict], units: list[frappe._dict]) -> list[dict]:
	changes = [row["change"] for row in rows if not row.get("is_whole") and row["change"] is not None]
	if not changes:
		return []
	return [
		{"label": _("Units Compared"), "value": len(units), "datatype": "Int"},
		{"label": _("Change of the Index"), "datatype": "Data", **_index_change(rows[-1]["change"])},
		{"label": _("Areas Better"), "value": sum(change > 0 for change in changes), "datatype": "Int"},
		{"label": _("Areas Worse"), "value": sum(change < 0 for change in changes), "datatype": "Int"},
	]
