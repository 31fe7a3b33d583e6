"""The steps once more, by the other door: a plain save in which the new state is simply written.

Which cells there are follows from the tables: it works for whom a button leads there, and for nobody else.
"""

import json
from collections.abc import Iterator

import frappe

from matrix.attempts import SAVE_AS, STEP
from matrix.places import Places
from matrix.table import Cell

Buttons = dict[tuple[str, str], list[str]]  # by the state they stand in and the one they lead to


def cells(doctype: str, of_table: list[Cell], places: Places) -> Iterator[Cell]:
	"""A cell for everybody, in every state, for every other state that can be written."""
	workflow = frappe.get_doc("Workflow", {"document_type": doctype, "is_active": 1})
	buttons, targets = _buttons(workflow), dict.fromkeys(row.state for row in workflow.states)
	states = {state: json.loads(place.values)["workflow_state"] for state, place in places[doctype].items()}
	working = {_who(cell, cell.action) for cell in of_table if cell.expected == "yes"}
	for cell in {_who(cell): cell for cell in of_table if cell.action.startswith(STEP)}.values():
		for target in targets:
			now = states[cell.state]
			steps = [f"{STEP}{action}" for action in buttons.get((now, target), ())]
			works = any(_who(cell, step) in working for step in steps)
			if target != now:
				yield cell._replace(action=f"{SAVE_AS}{target}", expected="yes" if works else "no")


def _who(cell: Cell, action: str = "") -> tuple:
	return cell.state, cell.whose, cell.role, action


def _buttons(workflow) -> Buttons:
	found: Buttons = {}
	for row in workflow.transitions:
		found.setdefault((row.state, row.next_state), []).append(row.action)
	return found
