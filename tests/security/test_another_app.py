"""Another app on the site works as if this one were not there: each answer is what Frappe alone gives."""

import frappe
import pytest
from another_app import ALONE, BOTH, day_of, frappe_alone, install, remove

# pages that carry the names of every app's scripts, or who asked; their answer is compared by its status
ONLY_STATUS = {"desk", "home page", "own page", "no page"}

# who has a role of this app as well keeps its rules for files: what hangs on nothing yet is sealed, as it may
# become evidence, and a private file is named by whoever may read it
RULES_OF_OURS = {ALONE: set(), BOTH: {"loose file", "attach a stranger's"}}


@pytest.fixture(scope="module")
def another_app(base):
	install()
	yield
	remove()


@pytest.mark.parametrize("user", [ALONE, BOTH])
def test_a_working_day_is_as_on_frappe_alone(another_app, user):
	with frappe_alone():
		assert frappe.get_hooks("app_name") == ["frappe"]
		expected = day_of(user)
	found = day_of(user)
	assert expected["make"][0] == 200 and len(expected) > 50
	differing = {
		name: (expected[name], found[name])
		for name in expected.keys() - RULES_OF_OURS[user]
		if (expected[name][0] != found[name][0])
		or (name not in ONLY_STATUS and expected[name] != found[name])
	}
	assert not differing, "\n".join(f"{name}:\n  {was}\n  {now}" for name, (was, now) in differing.items())


def test_this_app_leaves_no_trace_on_frappes_own_doctypes():
	ours = frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name")
	for doctype, parent in (
		("Custom Field", "dt"),
		("Property Setter", "doc_type"),
		("Custom DocPerm", "parent"),
	):
		assert frappe.get_all(doctype, {parent: ("not in", ours)}, pluck="name", order_by="name") == []
