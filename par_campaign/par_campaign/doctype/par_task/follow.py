"""What happens on a scorecard shows in its plan: rows that are filled in, and the hand-in.

Written without a save of the tasks: nobody has changed the plan, and whoever has one open may go on.
"""

import frappe
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_task import assignment, plan
from par_campaign.par_campaign.doctype.par_task.par_task import progress_of
from par_campaign.states import HELD_BY_UNIT, TaskState


def follow(card, old: str | None = None) -> None:
	"""After a scorecard is saved or its evidence changes: what each open task still lacks, or its end.

	`old` is the state the scorecard came from.
	"""
	tasks = _open_tasks(card.name)
	if not tasks:
		return
	if card.taken_out:
		assignment.close(tasks)
	elif plan.is_frozen(card):
		if old in HELD_BY_UNIT:
			_end(tasks)
	else:
		_refresh(tasks, plan.lacking(card))


def _open_tasks(scorecard: str) -> list[str]:
	return frappe.get_all(
		"PAR Task", {"scorecard": scorecard, "state": ("!=", TaskState.DONE)}, pluck="name", order_by="name"
	)


def _refresh(tasks: list[str], lacking: dict[str, str]) -> None:
	rows = frappe.get_all(
		"PAR Task Row",
		filters={"parent": ("in", tasks), "parenttype": "PAR Task"},
		fields=["name", "parent", "code", "gap"],
		order_by="parent, idx",
	)
	moved = set()
	for row in rows:
		gap = lacking.get(row.code)
		if (row.gap or None) != gap:
			row.gap = gap
			moved.add(row.parent)
			frappe.db.set_value("PAR Task Row", row.name, "gap", gap, update_modified=False)
	for task in sorted(moved):
		progress = progress_of([row for row in rows if row.parent == task])
		frappe.db.set_value("PAR Task", task, "progress", progress, update_modified=False)


def _end(tasks: list[str]) -> None:
	"""The unit has handed in, so nothing of its plan is left to do."""
	task = frappe.qb.DocType("PAR Task")
	query = frappe.qb.update(task).set(task.state, TaskState.DONE).set(task.done_on, now_datetime())
	query.where(task.name.isin(tasks)).run()
	assignment.close(tasks)


def resume(card) -> None:
	"""A unit that is put back into the campaign finds its open tasks on the lists again."""
	for name in _open_tasks(card.name):
		assignment.assign(frappe.get_doc("PAR Task", name))
