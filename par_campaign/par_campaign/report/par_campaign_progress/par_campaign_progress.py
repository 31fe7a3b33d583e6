"""PAR Campaign Progress: how far every unit is with its scorecard, and whom to remind."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Sum
from frappe.utils import get_datetime, now_datetime

from par_campaign.par_campaign.doctype.par_campaign import launch
from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.permissions import deadlines, roles
from par_campaign.states import HELD_BY_UNIT, UNDER_WAY
from par_campaign.statistics.progress import Progress, days_left, percent, progress_of, tally

FIELDS = (
	"missing_count",
	"extended_deadline",
	"return_due",
	"submitted_on",
	"answered_on",
	"late_days",
	"supplement_late_days",
)
COLOURS = {
	Progress.NOT_BEGUN: "#cbd5e1",
	Progress.IN_WORK: "#60a5fa",
	Progress.HANDED_IN: "#818cf8",
	Progress.UNDER_APPRAISAL: "#a78bfa",
	Progress.RETURNED: "#f59e0b",
	Progress.APPRAISED: "#22c55e",
	Progress.OVERDUE: "#ef4444",
	Progress.NO_SCORECARD: "#7f1d1d",
	Progress.OUT: "#475569",
}


@live("PAR Campaign Progress")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(), []
	rows = get_rows(filters)
	return get_columns(), rows, get_message(rows), get_chart(rows), get_summary(rows)


def get_rows(filters) -> list[dict]:
	"""One row for each unit the session's user may see."""
	cards = scorecards.readable(filters, FIELDS)
	campaign = frappe.get_cached_doc("PAR Campaign", filters.campaign)
	rows = _card_rows(cards, campaign)
	if roles.is_provincial():
		rows += _rows_without_card(campaign, filters)
	if filters.progress:
		rows = [row for row in rows if row["progress"] == filters.progress]
	return sorted(rows, key=lambda row: (row["unit_group"] or "", row["cluster"] or "", row["unit_name"]))


def _card_rows(cards: list[frappe._dict], campaign) -> list[dict]:
	names = [card.name for card in cards]
	entered, begun = _entered(names), _with_evidence(names)
	out, now = _taken_out(names), now_datetime()
	return [
		_row(card, campaign, entered[card.name], card.name in begun, card.name in out, now) for card in cards
	]


def _entered(names: list[str]) -> dict[str, dict]:
	"""By scorecard: rows the unit has to claim, rows with anything entered, rows to appraise and appraised."""
	line = frappe.qb.DocType("PAR Scorecard Line")
	of_unit = line.rule != "External"
	normal = of_unit & (line.applicable == 1) & (line.score_type == "Normal")
	any_text = (line.self_claim != "") | (line.explanation != "") | (line.applicable == 0)
	to_grant = of_unit & (line.appraised_applicable == 1) & (line.score_type == "Normal")
	query = (
		frappe.qb.from_(line)
		.select(
			line.parent,
			_sum(normal).as_("to_claim"),
			_sum(of_unit & any_text).as_("touched"),
			_sum(to_grant).as_("to_appraise"),
			_sum(to_grant & (line.appraised_claim != "")).as_("appraised"),
		)
		.where((line.parenttype == "PAR Unit Scorecard") & line.parent.isin(names or [""]))
		.groupby(line.parent)
	)
	return {row.parent: row for row in query.run(as_dict=True)}


def _sum(condition):
	return Sum(Case().when(condition, 1).else_(0))


def _with_evidence(names: list[str]) -> set[str]:
	item = frappe.qb.DocType("PAR Evidence Item")
	query = frappe.qb.from_(item).select(item.scorecard).distinct().where(item.scorecard.isin(names or [""]))
	return {name for (name,) in query.run()}


def _taken_out(names: list[str]) -> set[str]:
	"""Scorecards of units that have left the campaign; a unit itself reads that from its own scorecard."""
	if not roles.is_provincial():
		return set()
	filters = {"name": ("in", names), "taken_out": 1}
	return set(frappe.get_all("PAR Unit Scorecard", filters, pluck="name", order_by="name"))


def _row(card, campaign, entered, has_evidence: bool, out: bool, now: datetime) -> dict:
	due = deadlines.due_of(card, campaign.self_scoring_deadline)
	begun = bool(entered.touched) or has_evidence
	progress = Progress.OUT if out else progress_of(card.workflow_state, begun=begun, due=due, now=now)
	to_claim = int(entered.to_claim)
	row = {
		**scorecards.unit_values(card),
		"progress": progress.value,
		"filled": float(percent(to_claim - min(card.missing_count or 0, to_claim), to_claim)),
		"missing": card.missing_count,
		"due": due if _is_waited_for(card) else None,
		"extended": int(bool(card.extended_deadline)),
		"days_left": days_left(due, now) if _is_waited_for(card) and not out else None,
		"submitted_on": card.submitted_on,
		"late_days": card.late_days or None,
		"answered_on": card.answered_on,
		"supplement_late_days": card.supplement_late_days or None,
		"round": card.round or None,
	}
	if roles.is_provincial() and card.round:
		row["appraised"] = float(percent(int(entered.appraised), int(entered.to_appraise)))
	return row


def _is_waited_for(card) -> bool:
	return card.workflow_state in HELD_BY_UNIT


def _rows_without_card(campaign, filters) -> list[dict]:
	"""Units that should have a scorecard and have none: joined after the launch, or made inactive since."""
	if campaign.workflow_state not in UNDER_WAY:
		return []
	deadline = get_datetime(campaign.self_scoring_deadline) if campaign.self_scoring_deadline else None
	return [
		{
			"unit": unit.name,
			"unit_name": unit.unit_name,
			"unit_group": unit.unit_group,
			"cluster": unit.cluster,
			"progress": Progress.NO_SCORECARD.value,
			"filled": 0,
			"due": deadline,
		}
		for unit in launch.units_without_scorecard(campaign)
		if filters.unit_group in (None, "", unit.unit_group)
		and filters.cluster in (None, "", unit.cluster)
		and filters.unit in (None, "", unit.name)
	]


def get_columns() -> list[dict]:
	columns = [
		scorecards.unit_column(),
		{"fieldname": "progress", "label": _("How Far"), "fieldtype": "Data", "width": 165},
		{"fieldname": "filled", "label": _("Filled In (%)"), "fieldtype": "Percent", "width": 105},
		{"fieldname": "missing", "label": _("Rows Missing"), "fieldtype": "Int", "width": 105},
		{"fieldname": "due", "label": _("Due"), "fieldtype": "Datetime", "width": 165},
		{"fieldname": "extended", "label": _("Extended"), "fieldtype": "Check", "width": 75},
		{"fieldname": "days_left", "label": _("Days Left"), "fieldtype": "Int", "width": 85},
		{"fieldname": "submitted_on", "label": _("Handed in on"), "fieldtype": "Datetime", "width": 165},
		{"fieldname": "late_days", "label": _("Days Late"), "fieldtype": "Int", "width": 80},
		{
			"fieldname": "answered_on",
			"label": _("Answer Handed in on"),
			"fieldtype": "Datetime",
			"width": 175,
		},
		{
			"fieldname": "supplement_late_days",
			"label": _("Answer Days Late"),
			"fieldtype": "Int",
			"width": 110,
		},
		{"fieldname": "round", "label": _("Round"), "fieldtype": "Int", "width": 65},
	]
	if roles.is_provincial():
		columns.append(
			{"fieldname": "appraised", "label": _("Appraised (%)"), "fieldtype": "Percent", "width": 125}
		)
	return [*columns, *scorecards.group_columns()]


def get_message(rows: list[dict]) -> str | None:
	if rows:
		return None
	if roles.is_provincial():
		return _("No scorecards yet. They are made when the campaign is launched.")
	return _("Your unit has no scorecard in this campaign.")


def _progress_of_rows(rows: Iterable[dict]) -> list[Progress]:
	return [Progress(row["progress"]) for row in rows]


def get_chart(rows: list[dict]) -> dict | None:
	"""Units by progress, one bar for each group."""
	if len(rows) < 2:
		return None
	groups = list(dict.fromkeys(row["unit_group"] for row in rows))
	by_group = {
		group: tally(_progress_of_rows(row for row in rows if row["unit_group"] == group)) for group in groups
	}
	found = tally(_progress_of_rows(rows))
	return {
		"data": {
			"labels": groups,
			"datasets": [
				{"name": _(progress.value), "values": [by_group[group].get(progress, 0) for group in groups]}
				for progress in found
			],
		},
		"type": "bar",
		"colors": [COLOURS[progress] for progress in found],
		"barOptions": {"stacked": 1},
		"axisOptions": {"xAxisMode": "tick", "xIsSeries": 0},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	if len(rows) < 2:
		return []
	found = tally(_progress_of_rows(rows))
	handed_in = sum(
		found.get(p, 0)
		for p in (Progress.HANDED_IN, Progress.UNDER_APPRAISAL, Progress.RETURNED, Progress.APPRAISED)
	)
	late = sum(bool(row.get("late_days")) for row in rows)
	numbers = (
		(_("Units"), len(rows), "blue"),
		(_("Not begun"), found.get(Progress.NOT_BEGUN, 0), "grey"),
		(_("In work"), found.get(Progress.IN_WORK, 0), "blue"),
		(_("Overdue"), found.get(Progress.OVERDUE, 0), "red"),
		(_("Handed in so far"), handed_in, "green"),
		(_("Handed in late"), late, "orange"),
		(_("Appraisal closed"), found.get(Progress.APPRAISED, 0), "green"),
	)
	return [
		{"label": label, "value": value, "datatype": "Int", "indicator": colour}
		for label, value, colour in numbers
	]
