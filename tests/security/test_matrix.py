"""The matrix of tests/security/matrix: role, doctype, state and action over HTTP, cell by cell."""

import time

import frappe
import pytest
from matrix import attempts, more_places, people, saves, served, table, trace
from matrix.walk import Walk, report
from site_browser import remove_left_over


@pytest.fixture(scope="module")
def walk(base, par_site):
	frappe.set_user("Administrator")
	people.make()
	try:
		made = more_places.make()
		with served.serving(par_site) as url:
			yield Walk(url, made)
	finally:
		frappe.set_user("Administrator")
		remove_left_over()
		more_places.remove()


OF_ANY = {"read", "list", "print", "export", "share", "assign", "assign to a stranger", "comment", "attach"}


def test_every_doctype_of_ours_has_a_table(par_site):
	ours = {"module": trace.MODULE, "istable": 0, "issingle": 0}
	assert table.doctypes() == sorted(frappe.get_all("DocType", ours, pluck="name"))


@pytest.mark.parametrize("doctype", table.doctypes())
def test_every_table_asks_what_any_document_can_be_asked(par_site, doctype):
	rows = {"rows"} if frappe.get_meta(doctype).get_table_fields() else set()
	assert OF_ANY | rows <= table.actions(doctype)


def test_every_step_of_every_workflow_is_in_its_table(par_site):
	for workflow in _workflows():
		steps = {f"{attempts.STEP}{row.action}" for row in workflow.transitions}
		asked = {
			action for action in table.actions(workflow.document_type) if action.startswith(attempts.STEP)
		}
		assert asked == steps, workflow.name


def test_every_state_of_every_workflow_is_asked_about(walk):
	for workflow in _workflows():
		asked = {place.doc().workflow_state for place in walk.places[workflow.document_type].values()}
		assert asked == {row.state for row in workflow.states}, workflow.name


def _workflows() -> list:
	names = frappe.get_all(
		"Workflow", {"is_active": 1, "document_type": ("in", table.doctypes())}, pluck="name"
	)
	return [frappe.get_doc("Workflow", name) for name in names]


def go(walk: Walk, doctype: str, cells: list[table.Cell], capsys) -> None:
	begun = time.monotonic()
	faults = walk.through(cells)
	with capsys.disabled():
		print("", report(doctype, cells, faults, begun), *faults, sep="\n", end="")
	assert not faults, "\n".join(faults)


@pytest.mark.parametrize("doctype", table.doctypes())
def test_cells_where_state_or_unit_tells(walk, doctype, capsys):
	go(walk, doctype, table.telling(walk.cells(doctype)), capsys)


@pytest.mark.slow
def test_a_plain_save_takes_no_step_that_a_button_does_not(walk, capsys):
	for doctype in [workflow.document_type for workflow in _workflows()]:
		go(walk, doctype, [*saves.cells(doctype, walk.cells(doctype), walk.places)], capsys)


@pytest.mark.slow
@pytest.mark.parametrize("doctype", table.doctypes())
def test_every_cell(walk, doctype, capsys):
	go(walk, doctype, walk.cells(doctype), capsys)
