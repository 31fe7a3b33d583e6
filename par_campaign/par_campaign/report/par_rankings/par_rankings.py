"""PAR Rankings: the units of a campaign in order, as `scoring` ranks them."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_campaign.publish import remarks_of
from par_campaign.par_campaign.report.live import live
from par_campaign.par_campaign.report.scorecards import names_by_unit
from par_campaign.permissions import roles
from par_campaign.results import in_force, store
from par_campaign.scoring.decimals import ZERO, format_vi, round2
from par_campaign.scoring.model import Card, CardResult, RankRow
from par_campaign.scoring.ranking import natural
from par_campaign.states import SETTLED

CHART_UNITS = 30  # more bars than this cannot be read
CLASS_COLOURS = ("#15803d", "#84cc16", "#facc15", "#f97316", "#b91c1c")  # best class first
NO_CLASS_COLOUR = "#9ca3af"


@live("PAR Rankings")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(filters), []
	rows = get_rows(filters)
	chart = get_chart(rows, classes_of(filters.campaign))
	return get_columns(filters), rows, get_message(filters, rows), chart, get_summary(rows)


def get_rows(filters) -> list[dict]:
	"""The rows the session's user may see, narrowed by the filters, in order of rank."""
	frappe.has_permission("PAR Campaign", doc=filters.campaign, throw=True)
	rows = live_rows(filters.campaign) if roles.is_provincial() else published_rows(filters.campaign)
	wanted = [
		row
		for row in rows
		if (not filters.unit_group or row["unit_group"] == filters.unit_group)
		and (not filters.cluster or row["cluster"] == filters.cluster)
	]
	key = "group_rank" if filters.whole_group else "rank"
	names = names_by_unit(filters.campaign)
	for row in wanted:
		row["place"] = row[key]
		row["scorecard"] = names.get(row["unit"])
	groups = group_order()
	return sorted(wanted, key=lambda row: _order(row, groups, filters.whole_group))


def group_order() -> dict[str, tuple[int, str]]:
	"""Sort key of each group by name: groups stand in the order their list says."""
	rows = frappe.get_all("PAR Unit Group", fields=["name", "sort_order"], order_by="sort_order, name")
	return {row.name: (row.sort_order, row.name) for row in rows}


def _order(row: dict, groups: dict, whole_group) -> tuple:
	cluster = natural("" if whole_group else row["cluster"] or "")
	group = groups.get(row["unit_group"], (0, row["unit_group"]))
	return (group, cluster, row["place"] is None, row["place"] or 0, natural(row["unit_name"]))


def live_rows(campaign: str) -> list[dict]:
	"""The ranking with its sums, for provincial staff: as published, else as of now, the units that have
	not handed in without a place."""
	_model, results, waiting = in_force.ranked(campaign)
	remarks = remarks_of(campaign)
	rows = [_row(row, results.cards[row.unit], remarks.get(row.unit)) for row in results.ranking]
	return rows + [_waited_for(card) for card in waiting]


def _waited_for(card: Card) -> dict:
	return {
		"unit": card.unit,
		"unit_name": card.unit_name,
		"unit_group": card.group,
		"cluster": card.cluster,
		"rank": None,
		"group_rank": None,
		"remark": _("Not handed in yet"),
	}


def _row(row: RankRow, card: CardResult, remark: str | None) -> dict:
	totals = card.totals
	return {
		"unit": row.unit,
		"unit_name": row.unit_name,
		"unit_group": row.group,
		"cluster": row.cluster,
		"rank": row.rank,
		"group_rank": row.group_rank,
		"self_index": float(card.self_totals.index),
		"index_score": float(row.index),
		"change": float(row.index - card.self_totals.index),
		"earned": float(totals.earned),
		"maximum": float(totals.maximum),
		"bonus": float(totals.bonus),
		"deduction": float(totals.deduction),
		"band": row.band,
		"remark": "; ".join(filter(None, (_remark(row), remark))),
		"trace": row.trace,
	}


def _remark(row: RankRow) -> str:
	if row.disqualified:
		return _("Out of the running: {0}").format(row.disqualified)
	return _("Provisional: external values are missing") if row.provisional else ""


def published_rows(campaign: str) -> list[dict]:
	"""The last published version: what units see, of all units, as it hangs on the wall."""
	name = frappe.db.get_value("PAR Campaign", campaign, "published_result")
	state = frappe.db.get_value("PAR Campaign", campaign, "workflow_state")
	if not name or state not in SETTLED:
		frappe.throw(
			_("The ranking is shown to units when the results are published."), frappe.PermissionError
		)
	rows = frappe.get_all(
		"PAR Published Row",
		filters={"parent": name, "parenttype": "PAR Published Result"},
		fields=[
			"unit",
			"unit_name",
			"unit_group",
			"cluster",
			"rank",
			"group_rank",
			"self_index",
			"index_score",
			"band",
			"disqualified",
			"remark",
			"trace",
		],
		order_by="idx",
	)
	return [_published_row(row) for row in rows]


def _published_row(row) -> dict:
	reason = row.pop("disqualified")
	return {
		**row,
		"rank": row["rank"] or None,
		"group_rank": row.group_rank or None,
		"change": row.index_score - row.self_index,
		"remark": "; ".join(
			filter(None, (_("Out of the running: {0}").format(reason) if reason else "", row.remark))
		),
	}


def get_columns(filters) -> list[dict]:
	place = _("Rank in Group") if filters.whole_group else _("Rank")
	columns = [
		{"fieldname": "place", "label": place, "fieldtype": "Int", "width": 70},
		{"fieldname": "unit_name", "label": _("Unit"), "fieldtype": "Data", "width": 250},
		{"fieldname": "unit_group", "label": _("Group"), "fieldtype": "Data", "width": 160},
		{"fieldname": "cluster", "label": _("Cluster"), "fieldtype": "Data", "width": 80, "align": "left"},
		_score("self_index", _("Self-scored Index")),
		_score("index_score", _("Index")),
		_score("change", _("Change")),
		{"fieldname": "band", "label": _("Class"), "fieldtype": "Data", "width": 95},
		{"fieldname": "remark", "label": _("Remark"), "fieldtype": "Data", "width": 200, "align": "left"},
	]
	if roles.is_provincial():
		columns += [
			_score("earned", _("Earned")),
			_score("maximum", _("Maximum")),
			_score("bonus", _("Bonus")),
			_score("deduction", _("Deduction")),
		]
	return columns


def _score(fieldname: str, label: str) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Float", "precision": 2, "width": 90}


def get_message(filters, rows: list[dict]) -> str | None:
	if not rows:
		return _("No scorecards yet. They are made when the campaign is launched.")
	if version := in_force.version_in_force(filters.campaign):
		return _("Published version {0}. Digest {1}").format(version.version, version.digest)
	if version := frappe.db.get_value("PAR Campaign", filters.campaign, "published_version"):
		return _("Version {0} is taken back for correction: places may still change.").format(version)
	if waiting := len(rows) - len(_scored(rows)):
		return _("Not published yet: places may still change. {0} units have not handed in.").format(waiting)
	return _("Not published yet: places may still change.")


def _scored(rows: list[dict]) -> list[dict]:
	"""Without the units that have not handed in: nothing of theirs counts yet."""
	return [row for row in rows if row.get("index_score") is not None]


def classes_of(campaign: str) -> list[str]:
	"""The campaign's classes, best first."""
	return frappe.get_all(
		"PAR Class Band",
		filters={"parent": campaign, "parenttype": "PAR Campaign"},
		pluck="label",
		order_by="minimum desc, idx",
	)


def get_chart(rows: list[dict], classes: list[str]) -> dict | None:
	"""Of one group, its units against their mean; of several, how many units of each are in which class."""
	rows = _scored(rows)
	groups = list(dict.fromkeys(row["unit_group"] for row in rows))
	if len(groups) > 1:
		return _class_chart(rows, groups, classes)
	return _unit_chart(rows) if 0 < len(rows) <= CHART_UNITS else None


def _class_chart(rows: list[dict], groups: list[str], classes: list[str]) -> dict:
	"""Units by group and class, best class first. A class has its colour by its place among the campaign's
	classes, so that it looks the same whether or not a better one has been reached; a class of a published
	version that is no longer among them comes last."""
	none = _("No Class")
	counts = Counter((row["unit_group"], row["band"] or none) for row in rows)
	there = {band for _group, band in counts}
	bands = [band for band in classes if band in there]
	bands += sorted(there - {*bands, none}) + ([none] if none in there else [])
	return {
		"data": {
			"labels": groups,
			"datasets": [
				{"name": band, "values": [counts[group, band] for group in groups]} for band in bands
			],
		},
		"type": "bar",
		"colors": [_class_colour(band, classes) for band in bands],
		"barOptions": {"stacked": 1},
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def _class_colour(band: str, classes: list[str]) -> str:
	"""From green for the best class to red for the last, the more apart the fewer classes there are."""
	if band not in classes:
		return NO_CLASS_COLOUR
	last = len(CLASS_COLOURS) - 1
	return CLASS_COLOURS[round(classes.index(band) * last / max(1, len(classes) - 1))]


def _unit_chart(rows: list[dict]) -> dict:
	"""How far each unit stands above or below the mean, and what the appraisal changed, in points.

	The indexes themselves lie so close together that bars from 0 up would all look alike. Units stand by
	code, because names do not fit.
	"""
	mean = _mean(rows)
	ahead = [float(store.decimal(row["index_score"]) - mean) for row in rows]
	return {
		"data": {
			"labels": [row["unit"] for row in rows],
			"datasets": [
				{"name": _("Against the mean"), "values": ahead},
				{"name": _("By the appraisal"), "values": [row["change"] for row in rows]},
			],
		},
		"type": "bar",
		"colors": ["#2563eb", "#f59e0b"],
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def _mean(rows: list[dict]) -> Decimal:
	return round2(sum((store.decimal(row["index_score"]) for row in rows), ZERO) / len(rows))


def get_summary(rows: list[dict]) -> list[dict]:
	"""Highest, mean and lowest index of the units that have handed in, and how many those are."""
	scored = _scored(rows)
	counts = [{"label": _("Units"), "value": len(rows), "datatype": "Int"}]
	if len(scored) < len(rows):
		counts.append({"label": _("Handed in"), "value": len(scored), "datatype": "Int"})
	if not scored:
		return counts if rows else []
	indexes = [store.decimal(row["index_score"]) for row in scored]
	return [
		*counts,
		{"label": _("Highest"), "value": format_vi(max(indexes)), "datatype": "Data"},
		{"label": _("Mean"), "value": format_vi(_mean(scored)), "datatype": "Data"},
		{"label": _("Lowest"), "value": format_vi(min(indexes)), "datatype": "Data"},
	]
