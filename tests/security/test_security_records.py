"""What Frappe keeps about documents (notices, to-dos, tags, followers, histories) and about people.

Actors: department B's people, who look for department A's; the same with a role of another app; a user of another
app without a role of ours, whose own records stay theirs.
"""

import json

import frappe
import pytest
import site_factories as f
from site_browser import PASSWORD, SCORECARD, Browser

from par_campaign.permissions import ours

pytestmark = pytest.mark.usefixtures("behind_the_gate")

SECRET = "secret of department A"
OTHER = f.email("website.manager")


@pytest.fixture(scope="module")
def records(live):
	"""A record of each kind about A's scorecard, and one about a note."""
	frappe.set_user("Administrator")
	make_other_apps_user()
	made = [
		notice(f.STAFF_A, SCORECARD, f"{live}-TA"),
		record("ToDo", "reference_type", "reference_name", live, description=SECRET, allocated_to=f.STAFF_A),
		record("Tag Link", "document_type", "document_name", live, title=SECRET, tag="Tag"),
		record("Document Follow", "ref_doctype", "ref_docname", live, user=f.STAFF_A),
		record(
			"Comment", "reference_doctype", "reference_name", live, content=SECRET, comment_type="Comment"
		),
		record("Version", "ref_doctype", "docname", live, data=json.dumps({"changed": [["x", SECRET, ""]]})),
		record(
			"Energy Point Log", "reference_doctype", "reference_name", live, reason=SECRET, user=f.STAFF_A
		),
	]
	frappe.db.commit()
	yield {doc.doctype: doc for doc in made}
	for doc in made:
		frappe.db.delete(doc.doctype, {"name": doc.name})
	frappe.db.commit()


def make_other_apps_user() -> None:
	if frappe.db.exists("User", OTHER):
		return
	user = frappe.get_doc(doctype="User", email=OTHER, first_name="Website", send_welcome_email=0)
	user.append("roles", {"role": "Website Manager"})
	user.new_password = PASSWORD
	user.flags.ignore_password_policy = True
	user.insert()


def record(doctype: str, first: str, second: str, live: str, **values):
	doc = frappe.get_doc(doctype=doctype, name=frappe.generate_hash(length=10), owner=f.STAFF_A, **values)
	doc.set(first, SCORECARD)
	doc.set(second, f"{live}-TA")
	doc.db_insert()
	return doc


def notice(user: str, doctype: str, name: str):
	doc = frappe.get_doc(
		doctype="Notification Log",
		name=frappe.generate_hash(length=10),
		subject=SECRET,
		for_user=user,
		document_type=doctype,
		document_name=name,
	)
	doc.db_insert()
	return doc


KINDS = ("Notification Log", "ToDo", "Tag Link", "Document Follow", "Comment", "Version", "Energy Point Log")


def ways(doc) -> dict[str, tuple[str, dict]]:
	fields = [df.fieldname for df in doc.meta.fields if doc.get(df.fieldname)]
	filters = json.dumps({"name": doc.name})
	return {
		"by name": ("/api/method/frappe.client.get", {"doctype": doc.doctype, "name": doc.name}),
		"by filters": ("/api/method/frappe.client.get", {"doctype": doc.doctype, "filters": filters}),
		"resource": (f"/api/resource/{doc.doctype}/{doc.name}", {}),
		"list": (
			"/api/method/frappe.client.get_list",
			{"doctype": doc.doctype, "fields": json.dumps(["*"]), "limit_page_length": 0},
		),
		"value": (
			"/api/method/frappe.client.get_value",
			{"doctype": doc.doctype, "fieldname": json.dumps(fields), "filters": filters},
		),
		"search": (
			"/api/method/frappe.desk.search.search_widget",
			{
				"doctype": doc.doctype,
				"txt": "",
				"ignore_user_permissions": 1,
				"filter_fields": json.dumps(fields),
				"page_length": 500,
			},
		),
		"link": (
			"/api/method/frappe.desk.search.search_link",
			{"doctype": doc.doctype, "txt": doc.name, "ignore_user_permissions": 1, "page_length": 500},
		),
	}


@pytest.fixture
def as_employee(base):
	"""B's head with one role of another app, which takes a user out of the gate."""
	user = frappe.get_doc("User", f.HEAD_B)
	user.append("roles", {"role": "Website Manager"})
	user.save()
	frappe.db.commit()
	yield Browser(f.HEAD_B)
	user = frappe.get_doc("User", f.HEAD_B)
	user.set("roles", [row for row in user.roles if row.role != "Website Manager"])
	user.save()
	frappe.db.commit()


def found(browser, doc) -> set[str]:
	told = [doc.name, SECRET, "-TA"]
	return {
		way
		for way, (path, data) in ways(doc).items()
		if any(
			word in browser.get(path, **data).text.replace(f"{doc.doctype} {doc.name}", "") for word in told
		)
		and browser.get(path, **data).status_code == 200
	}


@pytest.mark.parametrize("kind", KINDS)
def test_another_unit_finds_no_record_about_a_document(records, kind):
	"""B's head, about A's scorecard."""
	assert found(Browser(f.HEAD_B), records[kind]) == set()


def test_a_role_of_another_app_opens_none(records, as_employee):
	"""B's head who also keeps the website, and so lists every comment of the site."""
	assert {kind: found(as_employee, records[kind]) for kind in KINDS} == {kind: set() for kind in KINDS}


def test_another_apps_user_finds_none_either(records):
	"""A website manager without a role of ours."""
	browser = Browser(OTHER)
	kinds = [kind for kind in KINDS if kind != "Notification Log" or found(browser, records[kind])]
	assert {kind: found(browser, records[kind]) for kind in kinds} == {kind: set() for kind in kinds}
	count = browser.get(
		"/api/method/frappe.client.get_count",
		doctype="Version",
		filters=json.dumps({"data": ["like", f"%{SECRET}%"]}),
	)
	assert count.json["message"] == 0


def test_records_about_others_documents_stay_frappes(base):
	"""A website manager, whose comments on notes are listed and counted as before."""
	note = frappe.get_doc(doctype="Note", title="Note with a comment", public=1).insert()
	comment = note.add_comment("Comment", "a comment on a note")
	frappe.db.commit()
	try:
		browser = Browser(OTHER)
		about = {"reference_doctype": "Note", "reference_name": note.name}
		listed = browser.get("/api/resource/Comment", filters=json.dumps(about))
		assert comment.name in listed.text
		searched = browser.get(
			"/api/method/frappe.desk.search.search_link",
			doctype="Comment",
			txt=comment.name,
			ignore_user_permissions=1,
		)
		assert comment.name in searched.text
		assert browser.get(f"/api/resource/Comment/{comment.name}").status_code == 200
	finally:
		frappe.delete_doc("Note", note.name, force=True)
		frappe.db.commit()


def test_own_unit_still_has_its_records(records):
	"""A's staff: notice, to-do and tags of their own scorecard."""
	browser = Browser(f.STAFF_A)
	for kind in ("Notification Log", "ToDo", "Tag Link"):
		answer = browser.get(f"/api/resource/{kind}", filters=json.dumps({"name": records[kind].name}))
		assert [row["name"] for row in answer.json["data"]] == [records[kind].name], kind


def test_no_to_do_is_made_about_another_units_document(live):
	"""B's head, who would ask about A's scorecard by a to-do of their own."""
	answer = Browser(f.HEAD_B).call(
		"POST",
		"/api/resource/ToDo",
		description="Guess",
		reference_type=SCORECARD,
		reference_name=f"{live}-TA",
		allocated_to=f.HEAD_B,
	)
	assert answer.status_code == 403


def test_what_names_documents_is_told_from_the_fields(base):
	"""Every doctype of Frappe's that keeps something about documents is known as such, or names no document."""
	no_document = frappe.get_all(
		"DocField",
		{"fieldtype": "Link", "options": "DocType", "parenttype": "DocType"},
		["parent", "fieldname"],
		order_by="parent",
	)
	unknown = {
		row.parent
		for row in no_document
		if not frappe.get_meta(row.parent).istable and not ours.references_of(row.parent)
	}
	# these are about a doctype as a whole
	assert unknown <= ABOUT_DOCTYPES, unknown - ABOUT_DOCTYPES


ABOUT_DOCTYPES = {
	"Assignment Rule", "Bulk Update", "Calendar View", "Client Script", "Custom Field", "Customize Form",
	"Dashboard Chart", "Data Export", "Data Import", "Desktop Icon", "DocType Layout", "Document Naming Rule",
	"Email Account", "Energy Point Rule", "Form Tour", "Kanban Board", "List Filter", "Milestone Tracker",
	"Notification", "Number Card", "Onboarding Step", "Print Format", "Print Format Field Template",
	"Property Setter", "Report", "Scheduler Event", "Server Script", "Success Action", "User Type", "Web Form",
	"Workflow", "Webhook",
}  # fmt: skip


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [f.HEAD_B, f.STAFF_B])
def test_search_names_no_file_of_another_unit(live, user):
	"""B's people, with the fields that tell address, owner and hash."""
	answer = Browser(user).get(
		"/api/method/frappe.desk.search.search_widget",
		doctype="File",
		txt="",
		ignore_user_permissions=1,
		# Frappe fails to sort by a column with gaps, so only rows that have all of these
		filters=json.dumps([["content_hash", "is", "set"], ["attached_to_name", "is", "set"]]),
		filter_fields=json.dumps(["file_url", "owner", "content_hash", "attached_to_name"]),
		page_length=500,
	)
	assert answer.status_code == 200 and "secret-plan" not in answer.text and "-TA" not in answer.text


# --- people -------------------------------------------------------------------------------------------


def people_found(browser) -> str:
	"""What all searches for people give together."""
	asked = [
		("/api/method/frappe.desk.search.search_link", {"doctype": "User", "txt": "", "page_length": 500}),
		(
			"/api/method/frappe.desk.search.search_widget",
			{
				"doctype": "User",
				"txt": "",
				"query": "frappe.core.doctype.user.user.user_query",
				"filters": json.dumps({"ignore_user_type": 1}),
				"ignore_user_permissions": 1,
				"page_length": 500,
			},
		),
		("/api/method/frappe.client.get_list", {"doctype": "User", "limit_page_length": 0}),
		("/api/method/frappe.desk.search.get_names_for_mentions", {"search_term": ""}),
	]
	return "".join(browser.get(path, **data).text for path, data in asked)


def test_units_find_colleagues_and_the_province_but_no_other_units_people(base):
	"""B's head."""
	text = people_found(Browser(f.HEAD_B))
	assert f.STAFF_B in text and f.LEAD in text
	assert not [user for user in (f.HEAD_A, f.STAFF_A, f.HEAD_C, f.HEAD_D) if user in text]


def test_the_province_and_other_apps_find_everybody(base):
	"""The lead; a website manager."""
	make_other_apps_user()
	frappe.db.commit()
	for user in (f.LEAD, OTHER):
		text = people_found(Browser(user))
		assert f.HEAD_A in text and f.HEAD_B in text, user


PRIVATE = json.dumps(["name", "phone", "mobile_no", "reset_password_key"])
ASKED_OF_USERS = {
	"list": ("frappe.client.get_list", {"doctype": "User", "fields": PRIVATE}),
	"all fields": ("frappe.client.get_list", {"doctype": "User", "fields": '["*"]'}),
	"filter": ("frappe.client.get_list", {"doctype": "User", "filters": '{"phone": ["like", "09%"]}'}),
	"order": ("frappe.client.get_list", {"doctype": "User", "order_by": "phone desc"}),
	"value": (
		"frappe.client.get_value",
		{"doctype": "User", "fieldname": PRIVATE, "filters": json.dumps({"name": f.LEAD})},
	),
	"link": (
		"frappe.client.validate_link",
		{"doctype": "User", "docname": f.LEAD, "fields": '["phone", "mobile_no"]'},
	),
	"roles": ("frappe.client.get_list", {"doctype": "User", "fields": '["name", "roles.role"]'}),
	"through a link": ("frappe.client.get_list", {"doctype": "ToDo", "fields": '["allocated_to.phone"]'}),
	"count": (
		"frappe.client.get_count",
		{"doctype": "User", "filters": '{"reset_password_key": ["like", "a%"]}'},
	),
	"search": (
		"frappe.desk.search.search_widget",
		{"doctype": "User", "txt": "", "query": "frappe.client.get_list", "filter_fields": PRIVATE},
	),
	"form": ("frappe.client.get", {"doctype": "User", "name": f.LEAD}),
}


@pytest.mark.parametrize("user", [f.STAFF_B, f.APPRAISER])
def test_of_others_no_more_is_told_than_the_name(base, user):
	"""B's staff and an appraiser ask for the lead's phone and for the key of a new password."""
	frappe.db.set_value("User", f.LEAD, {"phone": "0912345678", "mobile_no": "0987654321"})
	todo = frappe.get_doc(doctype="ToDo", description="x", allocated_to=f.LEAD, assigned_by=user).insert()
	frappe.db.commit()
	try:
		browser = Browser(user)
		answers = {
			name: browser.get(f"/api/method/{path}", **data) for name, (path, data) in ASKED_OF_USERS.items()
		}
		assert not [name for name, answer in answers.items() if "0912345678" in answer.text]
		assert not [name for name, answer in answers.items() if "0987654321" in answer.text]
		assert {answers[name].status_code for name in ("filter", "order", "roles", "count")} == {403}
		own = browser.get(
			"/api/method/frappe.client.get_value", doctype="User", fieldname="phone", filters=user
		)
		assert own.status_code == 200
	finally:
		frappe.db.set_value("User", f.LEAD, {"phone": None, "mobile_no": None})
		frappe.delete_doc("ToDo", todo.name, force=True)
		frappe.db.commit()


def test_units_see_their_own_unit_and_its_contacts(base):
	"""B's head, and somebody who has a unit's role without a unit."""
	for user, units in ((f.HEAD_B, ["TB"]), (f.HOMELESS, []), (f.LEAD, ["TA", "TB", "TC", "TD"])):
		browser = Browser(user)
		listed = browser.get("/api/resource/PAR Unit", filters=json.dumps([["name", "like", "T_"]]))
		assert sorted(row["name"] for row in listed.json["data"]) == units, user
		searched = browser.get(
			"/api/method/frappe.desk.search.search_widget",
			doctype="PAR Unit",
			txt="",
			ignore_user_permissions=1,
		)
		found_there = [unit[0] for unit in f.UNITS if any(unit[0] in row for row in searched.json["message"])]
		assert found_there == units, user
