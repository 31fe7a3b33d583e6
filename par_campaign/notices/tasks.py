"""What the calendar brings about in the units' own plans: a reminder before a task is due, and Late after.

Told to the unit's own people only, so nothing of it goes into PAR Notice, which the province reads. The
task keeps the due date it was last told about: a new date starts a new count.
"""

from datetime import date, timedelta
from functools import partial

import frappe
from frappe import _
from frappe.utils import format_date, getdate, nowdate

from par_campaign.notices import recipients
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import roles
from par_campaign.saying import bold, say
from par_campaign.states import HELD_BY_UNIT, UNDER_WAY, TaskState

REMIND_DAYS = 2  # before the due date


def run() -> None:
	"""Mark what is late, and remind whom a task is due from soon."""
	today = getdate(nowdate())
	tasks = open_tasks()
	late = [task for task in tasks if task.due_date < today]
	soon = [task for task in tasks if today <= task.due_date <= today + timedelta(days=REMIND_DAYS)]
	_set([task.name for task in late if task.state != TaskState.LATE], "state", TaskState.LATE)
	_tell([task for task in soon if task.reminded_for != task.due_date], "reminded_for", _soon)
	_tell([task for task in late if task.late_told_for != task.due_date], "late_told_for", _late)


def open_tasks() -> list[frappe._dict]:
	"""Unfinished tasks of scorecards that are with their unit, in one query."""
	task, card = frappe.qb.DocType("PAR Task"), frappe.qb.DocType("PAR Unit Scorecard")
	campaign = frappe.qb.DocType("PAR Campaign")
	query = (
		frappe.qb.from_(task)
		.join(card)
		.on(task.scorecard == card.name)
		.join(campaign)
		.on(card.campaign == campaign.name)
		.select(
			task.name,
			task.title,
			task.state,
			task.unit,
			task.division,
			task.person,
			task.due_date,
			task.reminded_for,
			task.late_told_for,
			campaign.notify_by_email,
		)
		.where(task.state != TaskState.DONE)
		.where(card.workflow_state.isin(HELD_BY_UNIT) & (card.taken_out == 0))
		.where(campaign.workflow_state.isin(UNDER_WAY))
		.orderby(task.name)
	)
	return query.run(as_dict=True)


def _tell(tasks: list, field: str, text) -> None:
	if not tasks:
		return
	heads = _heads({task.unit for task in tasks}) if text is _late else {}
	send(
		Notice(
			tuple(dict.fromkeys([task.person, *heads.get(task.unit, ())])),
			"PAR Task",
			task.name,
			partial(text, task),
			bool(task.notify_by_email),
		)
		for task in tasks
	)
	by_date: dict[date, list[str]] = {}
	for task in tasks:
		by_date.setdefault(task.due_date, []).append(task.name)
	for due_date, names in sorted(by_date.items()):
		_set(names, field, due_date)


def _heads(units: set[str]) -> dict[str, list[str]]:
	"""Heads of the units: a task that is late is told to them as well."""
	leading = set(recipients.with_role(roles.UNIT_HEAD))
	people = recipients.unit_people(units)
	return {unit: [user for user in users if user in leading] for unit, users in people.items()}


def _set(names: list[str], field: str, value) -> None:
	if not names:
		return
	task = frappe.qb.DocType("PAR Task")
	# `modified` stays: whoever has the form open may go on working
	frappe.qb.update(task).set(task[field], value).where(task.name.isin(names)).run()


def _names(task) -> tuple[str, str]:
	return bold(task.title), format_date(task.due_date)


def _soon(task, language: str | None) -> str:
	return say(_("{0} is due on {1}.", language), *_names(task))


def _late(task, language: str | None) -> str:
	return say(_("{0} was due on {1} and is not done.", language), *_names(task))
