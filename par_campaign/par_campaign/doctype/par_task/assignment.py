"""A task stands in its person's list of things to do, by Frappe's own assignment.

The person is told as of everything else here: by the desk's bell, and by e-mail where the campaign says
so. To-dos ask for no permission of their own: the task has been checked, and they may be another's.
"""

import frappe
from frappe import _
from frappe.utils import format_date

from par_campaign.notices.send import Notice, send
from par_campaign.saying import bold, say
from par_campaign.states import TaskState

TASK = "PAR Task"


def follow(task) -> None:
	"""Bring the to-dos of a task in step with its person, due date and state."""
	if task.state == TaskState.DONE:
		close([task.name])
		return
	found = _open_todos([task.name])
	_end([todo for todo in found if todo.allocated_to != task.person], "Cancelled")
	mine = [todo.name for todo in found if todo.allocated_to == task.person]
	if not mine:
		assign(task)
	elif task.has_value_changed("due_date"):
		todo = frappe.qb.DocType("ToDo")
		frappe.qb.update(todo).set(todo.date, task.due_date).where(todo.name.isin(mine)).run()


def assign(task) -> None:
	"""Put the task on its person's list, and tell them unless they did it themselves."""
	codes = ", ".join(row.code for row in task.rows)
	todo = frappe.get_doc(
		doctype="ToDo",
		allocated_to=task.person,
		assigned_by=frappe.session.user,
		reference_type=TASK,
		reference_name=task.name,
		description=str(say("{0} ({1})", task.title, codes)),
		date=task.due_date,
	)
	todo.insert(ignore_permissions=True)  # to-dos ask for none: see above
	if task.person == frappe.session.user:
		return
	by_email = bool(frappe.get_cached_value("PAR Campaign", task.campaign, "notify_by_email"))
	send([Notice((task.person,), TASK, task.name, lambda language: _text(task, codes, language), by_email)])


def _text(task, codes: str, language: str | None) -> str:
	title = bold(task.title)
	return say(
		_("You have been given {0} (rows {1}), due on {2}.", language),
		title,
		codes,
		format_date(task.due_date),
	)


def close(tasks: list[str]) -> None:
	"""Close what is still open of these tasks' to-dos: the work is done, or the scorecard handed in."""
	_end(_open_todos(tasks), "Closed")


def _open_todos(tasks: list[str]) -> list:
	return frappe.get_all(
		"ToDo",
		filters={"reference_type": TASK, "reference_name": ("in", tasks), "status": "Open"},
		fields=["name", "allocated_to"],
		order_by="name",
	)


def _end(todos: list, status: str) -> None:
	for entry in todos:
		todo = frappe.get_doc("ToDo", entry.name)
		todo.status = status
		todo.save(ignore_permissions=True)  # see above
