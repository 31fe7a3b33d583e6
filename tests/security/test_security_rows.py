"""A row of any child table is read as its document is, whatever the way.

Every child table of the app is taken, found by its doctype, with a row of department A's document (or of what all
share) in it. B's head, A's own staff and a guest ask for it by every way of Frappe's that gives a document or a list.
"""

import json
from pathlib import Path

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser
from werkzeug.test import Client

from par_campaign.par_campaign.guarded_row import GuardedRow
from par_campaign.permissions import ours

pytestmark = pytest.mark.usefixtures("behind_the_gate")

FOLDERS = Path(__file__).resolve().parents[2] / "par_campaign" / "par_campaign" / "doctype"
OPEN, CLOSED = "open-of-a-row", "closed-of-a-row"
TEXTS = ("Data", "Small Text", "Text", "Long Text")


def tables_on_disk() -> list[str]:
	doctypes = (json.loads(path.read_text()) for path in FOLDERS.glob("*/*.json"))
	return sorted(doctype["name"] for doctype in doctypes if doctype.get("istable"))


def test_every_table_of_the_app_is_asked_for():
	assert tables_on_disk() == ours.tables()


@pytest.mark.parametrize("table", tables_on_disk())
def test_rows_are_guarded(base, table):
	from frappe.model.base_document import get_controller

	assert issubclass(get_controller(table), GuardedRow)
	assert all(ours.is_ours(parent) for parent in ours.parents_of(table)) and ours.parents_of(table)


# --- a row in every table ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows(live):
	"""By table: a stored row, of a document of A's where the document is a unit's."""
	made = {table: make_row(table, live) for table in tables_on_disk()}
	frappe.db.commit()
	yield made
	for table, row in made.items():
		frappe.db.delete(table, {"name": row.name})
	frappe.db.delete("PAR Set Revision", {"campaign": live})
	frappe.db.commit()


def make_row(table: str, live: str):
	parent_doctype = ours.parents_of(table)[0]
	parent = document_of_a(parent_doctype, live)
	row = frappe.get_doc(doctype=table, parent=parent, parenttype=parent_doctype, idx=990)
	row.parentfield = next(
		df.fieldname for df in frappe.get_meta(parent_doctype).get_table_fields() if df.options == table
	)
	for df in row.meta.fields:
		if df.fieldtype in TEXTS:
			row.set(df.fieldname, CLOSED if df.permlevel else OPEN)
	row.name = f"row of {table}"
	row.db_insert()
	return row


def document_of_a(doctype: str, live: str) -> str:
	"""A document of A's in the campaign, else of the campaign, else any; a draft is made where there is none."""
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		return doctype
	known = {"campaign": live, "unit": "TA", "scorecard": f"{live}-TA"}
	values = {field: value for field, value in known.items() if meta.has_field(field)}
	if doctype in ("PAR Campaign", "PAR Unit"):
		return {"PAR Campaign": live, "PAR Unit": "TA"}[doctype]
	if name := frappe.db.get_value(doctype, values):
		return name
	doc = frappe.get_doc(doctype=doctype, name=f"{live} {doctype}", **values)
	doc.db_insert()
	return doc.name


def may_read(user: str, row) -> bool:
	with f.as_user(user):
		return frappe.get_doc(row.parenttype, row.parent).has_permission("read")


# --- every way in -----------------------------------------------------------------------------------


def fields_of(row) -> list[str]:
	return ["name", *(df.fieldname for df in row.meta.fields if df.fieldtype in TEXTS)]


METHOD = "/api/method/"
WAYS = {
	"client.get by name": lambda row: (
		METHOD + "frappe.client.get",
		{"doctype": row.doctype, "name": row.name, "parent": row.parenttype},
	),
	"client.get by filters": lambda row: (
		METHOD + "frappe.client.get",
		{"doctype": row.doctype, "filters": json.dumps({"idx": 990}), "parent": row.parenttype},
	),
	"client.get by parent": lambda row: (
		METHOD + "frappe.client.get",
		{
			"doctype": row.doctype,
			"filters": json.dumps({"parent": row.parent, "idx": 990}),
			"parent": row.parenttype,
		},
	),
	"cmd": lambda row: (
		"/",
		{"cmd": "frappe.client.get", "doctype": row.doctype, "name": row.name, "parent": row.parenttype},
	),
	"resource": lambda row: (f"/api/resource/{row.doctype}/{row.name}", {}),
	"resource unprefixed version": lambda row: (f"/api/v1/resource/{row.doctype}/{row.name}", {}),
	"version two": lambda row: (f"/api/v2/document/{row.doctype}/{row.name}/", {}),
	"form": lambda row: (
		METHOD + "frappe.desk.form.load.getdoc",
		{"doctype": row.doctype, "name": row.name},
	),
	"docinfo": lambda row: (
		METHOD + "frappe.desk.form.load.get_docinfo",
		{"doctype": row.doctype, "name": row.name},
	),
	"value": lambda row: (
		METHOD + "frappe.client.get_value",
		{
			"doctype": row.doctype,
			"fieldname": json.dumps(fields_of(row)),
			"filters": json.dumps({"name": row.name}),
			"parent": row.parenttype,
		},
	),
	"list": lambda row: (
		METHOD + "frappe.client.get_list",
		{
			"doctype": row.doctype,
			"fields": json.dumps(fields_of(row)),
			"filters": json.dumps({"name": row.name}),
			"parent": row.parenttype,
		},
	),
	"list with all fields": lambda row: (
		METHOD + "frappe.client.get_list",
		{
			"doctype": row.doctype,
			"fields": json.dumps(["*"]),
			"filters": json.dumps({"name": row.name}),
			"parent": row.parenttype,
		},
	),
	"resource list": lambda row: (
		f"/api/resource/{row.doctype}",
		{"fields": json.dumps(["*"]), "parent": row.parenttype, "filters": json.dumps({"idx": 990})},
	),
	"version two list": lambda row: (
		f"/api/v2/document/{row.doctype}",
		{"fields": json.dumps(["*"]), "parent": row.parenttype, "filters": json.dumps({"idx": 990})},
	),
	"report view": lambda row: (
		METHOD + "frappe.desk.reportview.get",
		{
			"doctype": row.doctype,
			"parent_doctype": row.parenttype,
			"fields": json.dumps([f"`tab{row.doctype}`.`{field}`" for field in fields_of(row)]),
			"filters": json.dumps([[row.doctype, "idx", "=", 990]]),
		},
	),
	"through its document": lambda row: (
		METHOD + "frappe.client.get_list",
		{
			"doctype": row.parenttype,
			"fields": json.dumps([f"`tab{row.doctype}`.`{field}`" for field in fields_of(row)]),
			"filters": json.dumps({"name": row.parent}),
			"limit_page_length": 0,
		},
	),
	"export": lambda row: (
		METHOD + "frappe.desk.reportview.export_query",
		{
			"doctype": row.doctype,
			"parent_doctype": row.parenttype,
			"title": "Rows",
			"file_format_type": "CSV",
			"fields": json.dumps([f"`tab{row.doctype}`.`{field}`" for field in fields_of(row)]),
		},
	),
	"link": lambda row: (
		METHOD + "frappe.client.validate_link",
		{"doctype": row.doctype, "docname": row.name, "fields": json.dumps(fields_of(row)[1:])},
	),
	"search": lambda row: (
		METHOD + "frappe.desk.search.search_widget",
		{
			"doctype": row.doctype,
			"txt": "",
			"ignore_user_permissions": 1,
			"filter_fields": json.dumps(fields_of(row)[1:]),
			"reference_doctype": row.parenttype,
		},
	),
	"search by a query": lambda row: (
		METHOD + "frappe.desk.search.search_widget",
		{
			"doctype": row.doctype,
			"txt": "",
			"query": "frappe.client.get",
			"ignore_user_permissions": 1,
			"reference_doctype": row.parenttype,
		},
	),
	"method of a document": lambda row: (
		METHOD + "run_doc_method",
		{"dt": row.doctype, "dn": row.name, "method": "as_dict"},
	),
	"print view": lambda row: ("/printview", {"doctype": row.doctype, "name": row.name}),
	"print": lambda row: (
		METHOD + "frappe.www.printview.get_html_and_style",
		{"doc": row.doctype, "name": row.name},
	),
	"comments": lambda row: (
		METHOD + "frappe.desk.form.load.get_communications",
		{"doctype": row.doctype, "name": row.name},
	),
}


# what a guest is refused at log-in is refused on every way: one of each kind is enough
FOR_GUESTS = ("client.get by name", "cmd", "resource", "version two", "list", "print view")


def asked(browser, row, ways=tuple(WAYS)) -> dict[str, str]:
	"""What each way answers, as text."""
	requests = {name: WAYS[name](row) for name in ways}
	return {name: browser.get(path, **data).text for name, (path, data) in requests.items()}


class Guest(Browser):
	"""Nobody: a browser that has not logged in."""

	def __init__(self):
		from frappe.app import application

		self.client, self.token = Client(application), None


@pytest.fixture(scope="module")
def actors(live):
	return {"other": Browser(f.HEAD_B), "own": Browser(f.STAFF_A), "guest": Guest()}


@pytest.mark.parametrize("table", tables_on_disk())
def test_another_unit_reads_the_row_only_with_its_document(rows, actors, table):
	"""B's head."""
	row = rows[table]
	allowed = may_read(f.HEAD_B, row)
	assert not (allowed and frappe.get_meta(row.parenttype).has_field("unit")), "B reads a document of A"
	seen = {way for way, text in asked(actors["other"], row).items() if OPEN in text or CLOSED in text}
	assert not seen if not allowed else "client.get by name" in seen or not fields_of(row)[1:]


@pytest.mark.parametrize("table", tables_on_disk())
def test_own_unit_reads_the_row_without_what_is_closed(rows, actors, table):
	"""A's staff: as the form shows it, so no hidden appraisal."""
	row = rows[table]
	answers = asked(actors["own"], row)
	assert not {way for way, text in answers.items() if CLOSED in text}
	if not may_read(f.STAFF_A, row):
		assert not {way for way, text in answers.items() if OPEN in text}
	elif OPEN in row.get_valid_dict().values():
		assert {"client.get by name", "resource", "version two"} <= {
			way for way, text in answers.items() if OPEN in text
		}


@pytest.mark.parametrize("table", tables_on_disk())
def test_guest_reads_no_row(rows, actors, table):
	"""Nobody logged in."""
	answers = asked(actors["guest"], rows[table], FOR_GUESTS)
	assert not {way for way, text in answers.items() if OPEN in text or CLOSED in text}


def test_province_reads_rows_in_full(rows, live):
	"""The lead, whose work they are."""
	line = rows["PAR Scorecard Line"]
	answer = Browser(f.LEAD).get(f"/api/resource/{line.doctype}/{line.name}")
	assert answer.status_code == 200 and OPEN in answer.text and CLOSED in answer.text


def test_a_row_is_not_where_the_request_says(rows, live):
	"""B's head, who sends A's row as one of B's own scorecard."""
	line = rows["PAR Scorecard Line"]
	said = {"doctype": line.doctype, "name": line.name, "parent": f"{live}-TB", "parenttype": SCORECARD}
	answer = Browser(f.HEAD_B).post(
		"run_doc_method", docs=json.dumps(said | {"parentfield": "lines"}), method="get_title"
	)
	assert answer.status_code != 200 and OPEN not in answer.text


def test_a_row_by_itself_is_not_written(rows):
	"""A's staff, in whose scorecard it is."""
	line = rows["PAR Scorecard Line"]
	browser = Browser(f.STAFF_A)
	assert browser.put(line.doctype, line.name, self_claim="2").status_code in (403, 417)
	assert browser.call("DELETE", f"/api/resource/{line.doctype}/{line.name}").status_code in (403, 417)
	assert frappe.db.exists(line.doctype, line.name)
