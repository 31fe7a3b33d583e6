"""Remarks beside documents: a comment in the chairman's name, script in a name or in a to-do."""

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

JSON_SCRIPT = '"<img src=x onerror=alert(1)>"'


@pytest.fixture
def comment(live):
	"""A comment of A's staff, written in the chairman's name."""
	answer = Browser(f.HEAD_C).post(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=SCORECARD,
		reference_name=f"{live}-TC",
		content="<p>Agreed</p>",
		comment_email=f.CHAIRMAN,
		comment_by="The Chairman",
	)
	assert answer.status_code == 200, answer.text
	name = answer.json["message"]["name"]
	yield name
	frappe.delete_doc("Comment", name, force=True)
	frappe.db.commit()


def test_a_comment_names_who_wrote_it(comment):
	stored = frappe.db.get_value("Comment", comment, ["comment_email", "comment_by", "owner"], as_dict=True)
	assert stored.comment_email == stored.owner == f.HEAD_C
	assert stored.comment_by == frappe.db.get_value("User", f.HEAD_C, "full_name")


def test_people_put_no_script_into_their_names(live):
	# Frappe takes closed tags out of names by itself
	before = frappe.db.get_value("User", f.STAFF_B, "first_name")
	answer = Browser(f.STAFF_B).put("User", f.STAFF_B, first_name="<img src=x onerror=alert(1) x=")
	assert answer.status_code == 417 and "markup" in answer.text
	assert frappe.db.get_value("User", f.STAFF_B, "first_name") == before


def test_a_to_do_on_a_document_of_ours_is_cleaned(campaign):
	todo = frappe.get_doc(
		doctype="ToDo",
		allocated_to=f.LEAD,
		reference_type=SCORECARD,
		reference_name=f.card_of(campaign).name,
		description=JSON_SCRIPT,
	).insert(ignore_permissions=True)
	assert "onerror" not in frappe.db.get_value("ToDo", todo.name, "description")
