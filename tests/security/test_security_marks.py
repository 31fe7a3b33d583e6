"""A unit's account tags and likes another unit's documents by their names.

Frappe wrote both, and told the author of the like, asking for no permission: staff of B marked A's scorecard.
"""

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

pytestmark = pytest.mark.usefixtures("behind_the_gate")

TAG = "frappe.desk.doctype.tag.tag."


@pytest.fixture
def staff_of_b(live):
	return Browser(f.STAFF_B)


def marks(name: str) -> list:
	return frappe.db.get_value(SCORECARD, name, ["_user_tags", "_liked_by"])


@pytest.mark.parametrize(
	("function", "data"),
	[
		(TAG + "add_tag", {"tag": "late", "dt": SCORECARD, "dn": "{card}"}),
		(TAG + "add_tags", {"tags": '["late"]', "dt": SCORECARD, "docs": '["{card}"]'}),
		(TAG + "remove_tag", {"tag": "late", "dt": SCORECARD, "dn": "{card}"}),
		("frappe.desk.like.toggle_like", {"doctype": SCORECARD, "name": "{card}", "add": "Yes"}),
	],
)
def test_staff_of_b_leaves_no_mark_on_the_scorecard_of_a(live, staff_of_b, function, data):
	card = f"{live}-TA"
	before = marks(card)
	answer = staff_of_b.post(function, **{key: value.replace("{card}", card) for key, value in data.items()})
	assert (answer.status_code, marks(card)) == (403, before)


def test_the_auditor_who_changes_nothing_tags_nothing(live):
	data = {"tag": "late", "dt": SCORECARD, "dn": f"{live}-TA"}
	assert Browser(f.AUDITOR).post(TAG + "add_tag", **data).status_code == 403


def test_rows_get_no_column_for_tags(live, staff_of_b):
	row = f.card_of_name(f"{live}-TB").lines[0].name
	data = {"tag": "late", "dt": "PAR Scorecard Line", "dn": row}
	assert staff_of_b.post(TAG + "add_tag", **data).status_code == 403
	assert "_user_tags" not in frappe.db.get_table_columns("PAR Scorecard Line")


def test_readers_like_what_they_read(live, staff_of_b):
	data = {"doctype": SCORECARD, "name": f"{live}-TB", "add": "Yes"}
	assert staff_of_b.post("frappe.desk.like.toggle_like", **data).status_code == 200


@pytest.mark.parametrize(
	("function", "data"),
	[
		(TAG + "add_tag", {"tag": "late", "dt": "ToDo", "dn": "{todo}"}),
		(TAG + "add_tags", {"tags": '["late"]', "dt": "ToDo", "docs": '["{todo}"]'}),
		("frappe.desk.like.toggle_like", {"doctype": "ToDo", "name": "{todo}", "add": "Yes"}),
	],
)
def test_staff_of_b_leaves_no_mark_on_what_a_has_to_do(live, staff_of_b, function, data):
	card = {"reference_type": SCORECARD, "reference_name": f"{live}-TA"}
	todo = frappe.get_doc(doctype="ToDo", description="Fill in", allocated_to=f.STAFF_A, **card).insert()
	frappe.db.commit()  # requests come on a connection of their own
	before = frappe.db.get_value("ToDo", todo.name, ["_user_tags", "_liked_by"])
	answer = staff_of_b.post(
		function, **{key: text.replace("{todo}", todo.name) for key, text in data.items()}
	)
	assert answer.status_code == 403
	assert frappe.db.get_value("ToDo", todo.name, ["_user_tags", "_liked_by"]) == before
