"""PAR Unit Plan: how far the unit's own plan is, by division or by person. For the unit's people only."""

from collections.abc import Mapping
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import flt

from par_campaign.par_campaign.doctype.par_task import plan
from par_campaign.par_campaign.report.live import live
from par_campaign.permissions import roles
from par_campaign.states import TaskState

STATES = (TaskState.DONE, TaskState.DOING, TaskState.OPEN, TaskState.LATE)
COLOURS = {
	TaskState.DONE: "#48bb74",
	TaskState.DOING: "#4299e1",
	TaskState.OPEN: "#a0aec0",
	TaskState.LATE: "#f56565",
}


@live("PAR Unit Plan")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(filters), []
	tasks = get_tasks(filters.campaign)
	rows = get_rows(tasks, "person" if filters.by == "person" else "division")
	message = None if tasks else get_message(filters.campaign)
	return get_columns(filters), rows, message, get_chart(rows), get_summary(filters.campaign, tasks)


def get_message(campaign: str) -> str:
	"""Where a plan is begun, as a link to the unit's own scorecard."""
	text = _("Nothing is shared out yet. Open the scorecard and choose Share Rows Out.")
	names = _own_cards(campaign)
	return f'<a href="/app/par-unit-scorecard/{quote(names[0])}">{text}</a>' if names else text


def get_tasks(campaign: str) -> list[dict]:
	"""Tasks of the campaign that the user may read: `get_list` takes none but their own unit's."""
	frappe.has_permission("PAR Task", throw=True)
	return frappe.get_list(
		"PAR Task",
		filters={"campaign": campaign},
		fields=["name", "scorecard", "division", "person", "state", "progress", "due_date"],
		order_by="due_date, name",
		limit_page_length=0,
	)


def get_rows(tasks: list[dict], by: str) -> list[dict]:
	"""One row for each division or person: tasks by state, what is filled, and the next day due."""
	groups: dict[str, list[dict]] = {}
	for task in tasks:
		groups.setdefault(task[by] or "", []).append(task)
	names = _names(groups) if by == "person" else {}
	rows = [_row(names.get(key, key) or _("(none)"), found) for key, found in groups.items()]
	return sorted(rows, key=lambda row: (-row["late"], row["whose"]))


def _names(users) -> dict[str, str]:
	rows = frappe.get_all("User", {"name": ("in", list(users))}, ["name", "full_name"], order_by="name")
	return {row.name: row.full_name for row in rows}


def _row(whose: str, tasks: list[dict]) -> dict:
	open_days = [task["due_date"] for task in tasks if task["state"] != TaskState.DONE]
	return {
		"whose": whose,
		"tasks": len(tasks),
		**{state.lower(): sum(task["state"] == state for task in tasks) for state in STATES},
		"progress": flt(sum(task["progress"] for task in tasks) / len(tasks), 0),
		"next_due": min(open_days, default=None),
	}


def get_chart(rows: list[dict]) -> dict | None:
	"""Tasks of each by state, stacked."""
	if not rows:
		return None
	return {
		"data": {
			"labels": [row["whose"] for row in rows],
			"datasets": [
				{"name": _(state, context="PAR Task"), "values": [row[state.lower()] for row in rows]}
				for state in STATES
			],
		},
		"type": "bar",
		"colors": [COLOURS[state] for state in STATES],
		"barOptions": {"stacked": 1},
		"fieldtype": "Int",
	}


def get_summary(campaign: str, tasks: list[dict]) -> list[dict]:
	"""Counts by state, and how many rows nobody has been given."""
	found = [
		{
			"label": _(state, context="PAR Task"),
			"value": sum(task["state"] == state for task in tasks),
			"datatype": "Int",
			"indicator": {TaskState.DONE: "Green", TaskState.DOING: "Blue", TaskState.LATE: "Red"}.get(
				state, "Gray"
			),
		}
		for state in STATES
	]
	free = rows_given_to_nobody(campaign, tasks)
	colour = "Orange" if free else "Green"
	return [
		*found,
		{"label": _("Rows given to nobody"), "value": free, "datatype": "Int", "indicator": colour},
	]


def rows_given_to_nobody(campaign: str, tasks: list[dict]) -> int:
	"""Rows of the user's own scorecards that are in no task."""
	scorecards = {task["name"]: task["scorecard"] for task in tasks}
	rows = frappe.get_all(
		"PAR Task Row",
		filters={"parent": ("in", list(scorecards)), "parenttype": "PAR Task"},
		fields=["parent", "code"],
		order_by="parent, idx",
	)
	given = {(scorecards[row.parent], row.code) for row in rows}
	own = [frappe.get_doc("PAR Unit Scorecard", name) for name in _own_cards(campaign)]
	return sum((card.name, code) not in given for card in own for code in plan.rows_to_fill(card))


def _own_cards(campaign: str) -> list[str]:
	"""Scorecards of the user's own units; a person's units are one or two."""
	return frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign, "unit": ("in", sorted(roles.units_of()))},
		pluck="name",
		order_by="name",
	)


def get_columns(filters) -> list[dict]:
	"""Columns of the report."""
	number = {"fieldtype": "Int", "width": 110}
	whose = _("Person") if filters.by == "person" else _("Division")
	return [
		{"fieldname": "whose", "label": whose, "fieldtype": "Data", "width": 280},
		{"fieldname": "tasks", "label": _("Tasks"), **number},
		*({"fieldname": s.lower(), "label": _(s, context="PAR Task"), **number} for s in STATES),
		{"fieldname": "progress", "label": _("Progress"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "next_due", "label": _("Next Due"), "fieldtype": "Date", "width": 120},
	]
