"""Another app on the same site: its own doctypes, role, accounts, files; and the site as if this app were away.

All that this app does to others it does by its hooks. Without them the site answers as Frappe alone would, with
the same data: what the other app's people should get is taken from there, not written down by us.
"""

import json
import re
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import frappe
import site_factories as f
from PIL import Image
from site_browser import PASSWORD, Browser, away

from par_campaign.setup.uninstall import RECORDS

ROLE, ITEM, ROW = "Depot Keeper", "Depot Item", "Depot Item Row"
ALONE, BOTH = f.email("depot.keeper"), f.email("depot.keeper.of.a")
TEXT = "0,8 <= b/a < 1 & <b>bold</b>"
VARYING = (
	(re.compile(r"\b(depot|open|loose)[0-9a-f]{6}\b"), r"\1"),  # of a name that is taken on the disk
	(re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?"), "<time>"),
	(re.compile(r"\b[a-z0-9]{10}\b"), "<name>"),
	(re.compile(r"[0-9a-f]{24,64}"), "<hash>"),
	(re.compile(r"(just now|\d+ (second|minute)s? ago|a (second|minute) ago|\d+[ms])"), "<ago>"),
)


def install() -> None:
	"""Custom doctypes, as an app has them that was made on the site itself."""
	remove()
	frappe.get_doc(doctype="Role", role_name=ROLE, desk_access=1).insert()
	_doctype(ROW, [("note", "Data", None), ("amount", "Float", None)], istable=1)
	fields = [
		("title", "Data", None),
		("text", "Small Text", None),
		("amount", "Float", None),
		("person", "Link", "User"),
		("paper", "Attach", None),
		("lines", "Table", ROW),
	]
	_doctype(
		ITEM,
		fields,
		autoname="field:title",
		allow_import=1,
		allow_rename=1,
		title_field="title",
		track_changes=1,
	)
	for user, roles in ((ALONE, [ROLE]), (BOTH, [ROLE, "PAR Unit User"])):
		_user(user, roles)
	frappe.db.commit()
	frappe.clear_cache()


def _doctype(name: str, fields: list, **values) -> None:
	rights = ("read", "write", "create", "delete", "print", "email", "report", "export", "share", "import")
	frappe.get_doc(
		doctype="DocType",
		name=name,
		module="Custom",
		custom=1,
		fields=[
			{
				"fieldname": field,
				"label": field.title(),
				"fieldtype": kind,
				"options": options,
			}
			for field, kind, options in fields
		],
		permissions=[] if values.get("istable") else [{"role": ROLE, **dict.fromkeys(rights, 1)}],
		**values,
	).insert()


def _user(user: str, roles: list[str]) -> None:
	doc = frappe.get_doc(doctype="User", email=user, first_name="Depot", send_welcome_email=0)
	doc.update({"roles": [{"role": role} for role in roles], "new_password": PASSWORD})
	doc.flags.ignore_password_policy = True
	doc.insert()
	if len(roles) > 1:
		frappe.get_doc(doctype="User Permission", user=user, allow="PAR Unit", for_value="TA").insert()


def remove() -> None:
	frappe.set_user("Administrator")
	_forget_work()
	for user in (ALONE, BOTH):
		frappe.db.delete("User Permission", {"user": user})
		frappe.delete_doc("User", user, force=True, ignore_missing=True)
	for doctype in (ITEM, ROW):
		frappe.delete_doc("DocType", doctype, force=True, ignore_missing=True)
	frappe.db.delete("Has Role", {"role": ROLE})
	frappe.delete_doc("Role", ROLE, force=True, ignore_missing=True)
	frappe.db.commit()
	frappe.clear_cache()


def _forget_work() -> None:
	"""What the two accounts have made, so that the next run meets the same site."""
	for doctype in ("File", "ToDo", "Comment", "DocShare", "Document Follow", "Data Import", "Number Card"):
		for name in frappe.get_all(doctype, {"owner": ("in", (ALONE, BOTH))}, pluck="name", order_by="name"):
			frappe.delete_doc(doctype, name, force=True, ignore_missing=True, delete_permanently=True)
	if frappe.db.exists("DocType", ITEM):
		for name in frappe.get_all(ITEM, pluck="name", order_by="name"):
			frappe.delete_doc(ITEM, name, force=True, delete_permanently=True)
	for folder in ("private", "public"):
		for path in Path(frappe.get_site_path(folder, "files")).glob("*"):
			if path.name.startswith(("depot", "open", "loose")):
				path.unlink()
	frappe.db.delete("Notification Log", {"from_user": ("in", (ALONE, BOTH))})
	for (
		record,
		field,
	) in RECORDS.items():  # also that something was deleted: Frappe's links name what is named
		frappe.db.delete(record, {field: ITEM})


@contextmanager
def frappe_alone():
	"""The site without this app's hooks."""
	with patch.object(frappe, "get_installed_apps", lambda *arguments, **options: ["frappe"]):
		_forget_hooks()
		try:
			yield
		finally:
			frappe.db.rollback()
	_forget_hooks()


def _forget_hooks() -> None:
	frappe.clear_cache()
	frappe.controllers.clear()
	with away():  # hooks of documents are kept with the connection, too
		pass


# --- a working day ----------------------------------------------------------------------------------------


def day_of(user: str) -> dict[str, tuple]:
	"""Answers to everything that the account does on a day, by what it is called."""
	_forget_work()
	frappe.db.commit()
	browser = Browser(user)
	answers = {}
	for name, verb, path, data in _steps():
		response = _upload(browser, path, data) if verb == "UPLOAD" else browser.call(verb, path, **data)
		answers[name] = (response.status_code, response.mimetype, _plain(response.text))
	return answers


def _plain(text: str) -> str:
	"""What was answered, without what differs each time; of an error what it says and not where it arose."""
	if text.startswith("{") and "exc" in (answer := json.loads(text)):
		text = json.dumps({key: value for key, value in answer.items() if key != "exc"})
	for pattern, word in VARYING:
		text = pattern.sub(word, text)
	return text


def _upload(browser: Browser, path: str, data: dict):
	content = data.pop("content")
	if content:
		data["file"] = (BytesIO(content), data["file_name"])
	return browser.open(path, method="POST", data=data, headers={"Accept": "application/json"})


def _steps() -> list[tuple[str, str, str, dict]]:
	method = "/api/method/"
	view, one = (
		{"doctype": ITEM, "fields": json.dumps(["name", "title", "amount"])},
		{"doctype": ITEM, "name": "First"},
	)
	new = {"title": "First", "text": TEXT, "amount": 0.5, "lines": [{"note": TEXT, "amount": 1}]}
	attached = {"doctype": ITEM, "docname": "First"}
	private = {**attached, "file_name": "depot.txt", "is_private": 1, "content": b"depot paper"}
	return [
		("make", "POST", f"/api/resource/{ITEM}", new),
		("make another", "POST", f"/api/v2/document/{ITEM}", {"title": "Second", "amount": 2}),
		("read", "GET", f"/api/resource/{ITEM}/First", {}),
		("change", "PUT", f"/api/resource/{ITEM}/First", {"amount": 0.25, "text": '"<i>quoted</i>"'}),
		("read v2", "GET", f"/api/v2/document/{ITEM}/First", {}),
		("list", "GET", f"/api/resource/{ITEM}", {"fields": '["name","amount"]', "order_by": "amount desc"}),
		("list view", "POST", method + "frappe.desk.reportview.get", {**view, "order_by": "amount"}),
		("count in the list", "POST", method + "frappe.desk.reportview.get_count", view),
		("count", "GET", method + "frappe.client.get_count", {"doctype": ITEM, "filters": '{"amount": [">", 1]}'}),
		("count v2", "GET", f"/api/v2/doctype/{ITEM}/count", {}),
		("sum", "POST", method + "frappe.client.get_list", {"doctype": ITEM, "fields": ["sum(amount) as s"]}),
		("value", "GET", method + "frappe.client.get_value", {"doctype": ITEM, "filters": "First", "fieldname": "amount"}),
		("rows", "GET", method + "frappe.client.get_list", {"doctype": ROW, "parent": ITEM, "fields": '["note"]'}),
		("one row", "GET", method + "frappe.client.get", {"doctype": ROW, "parent": ITEM, "filters": '{"parent": "First"}'}),
		("form", "GET", method + "frappe.desk.form.load.getdoc", one),
		("search", "POST", method + "frappe.desk.search.search_link", {"doctype": ITEM, "txt": "Fir"}),
		("search widget", "POST", method + "frappe.desk.search.search_widget", {"doctype": ITEM, "txt": "", "filter_fields": '["amount"]'}),
		("validate link", "GET", method + "frappe.client.validate_link", {"doctype": ITEM, "docname": "First"}),
		("group by", "GET", method + "frappe.desk.listview.get_group_by_count", {"doctype": ITEM, "current_filters": "[]", "field": "owner"}),
		("group by assignee", "GET", method + "frappe.desk.listview.get_group_by_count", {"doctype": ITEM, "current_filters": "[]", "field": "assigned_to"}),
		("open count", "GET", method + "frappe.desk.notifications.get_open_count", {**one, "items": "[]"}),
		("links", "GET", method + "frappe.desk.form.linked_with.get", {"doctype": ITEM, "docname": "First"}),
		("submitted links", "GET", method + "frappe.desk.form.linked_with.get_submitted_linked_docs", one),
		("states", "GET", method + "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count", {"doctype": ITEM, "workflow_state_field": "title", "states": "[]"}),
		("number card", "POST", method + "frappe.desk.doctype.number_card.number_card.get_result", {"doc": {"document_type": ITEM, "function": "Sum", "aggregate_function_based_on": "amount"}, "filters": "[]"}),
		("private file", "UPLOAD", method + "upload_file", private),
		("public file", "UPLOAD", method + "upload_file", {**private, "is_private": 0, "file_name": "open.txt"}),
		("picture", "UPLOAD", method + "upload_file", {**private, "file_name": "depot.png", "content": _picture()}),
		("loose file", "UPLOAD", method + "upload_file", {"file_name": "loose.txt", "is_private": 1, "content": b"loose"}),
		("web page as file", "UPLOAD", method + "upload_file", {**private, "file_name": "depot.html", "content": b"<b>x</b>"}),
		("by address of the web", "UPLOAD", method + "upload_file", {**attached, "file_name": "x", "file_url": "https://example.com/x.png", "content": b""}),
		("open private file", "GET", "/private/files/depot.txt", {}),
		("download", "GET", method + "download_file", {"file_url": "/private/files/depot.txt"}),
		("files", "GET", "/api/resource/File", {"fields": '["file_name","is_private","attached_to_name"]', "filters": f'{{"attached_to_doctype":"{ITEM}"}}', "order_by": "file_name"}),
		("attach a stranger's", "PUT", f"/api/resource/{ITEM}/Second", {"paper": "/private/files/none.txt"}),
		("attach in a field", "PUT", f"/api/resource/{ITEM}/Second", {"paper": "/private/files/depot.txt"}),
		("export list", "POST", method + "frappe.desk.reportview.export_query", {**view, "file_format_type": "CSV", "title": "x"}),
		("export data", "GET", method + "frappe.core.doctype.data_export.exporter.export_data", {"doctype": ITEM, "with_data": 1, "file_type": "CSV"}),
		("import template", "GET", method + "frappe.core.doctype.data_import.data_import.download_template", {"doctype": ITEM, "export_fields": f'{{"{ITEM}": ["title"]}}', "file_type": "CSV"}),
		("import", "POST", "/api/resource/Data Import", {"reference_doctype": ITEM, "import_type": "Insert New Records"}),
		("print view", "GET", "/printview", one),
		("PDF", "GET", method + "frappe.utils.print_format.download_pdf", one),
		("share", "POST", method + "frappe.share.add", {**one, "user": "Administrator", "read": 1}),
		("assign", "POST", method + "frappe.desk.form.assign_to.add", {**one, "assign_to": f'["{ALONE}"]', "description": TEXT}),
		("comment", "POST", method + "frappe.desk.form.utils.add_comment", {"reference_doctype": ITEM, "reference_name": "First", "content": "<p>Well <b>done</b></p>", "comment_email": ALONE, "comment_by": "Depot"}),
		("tag", "POST", method + "frappe.desk.doctype.tag.tag.add_tag", {"tag": "depot", "dt": ITEM, "dn": "First"}),
		("like", "POST", method + "frappe.desk.like.toggle_like", {**one, "add": "Yes"}),
		("follow", "POST", method + "frappe.desk.form.document_follow.update_follow", {"doctype": ITEM, "doc_name": "First", "following": True}),
		("timeline", "GET", method + "frappe.desk.form.load.get_docinfo", one),
		("watch", "GET", method + "frappe.realtime.can_subscribe_doc", {"doctype": ITEM, "docname": "First"}),
		("rename", "POST", method + "frappe.model.rename_doc.update_document_title", {"doctype": ITEM, "docname": "Second", "name": "Third"}),
		("desk", "GET", "/app/depot-item", {}),
		("home page", "GET", "/", {}),
		("own page", "GET", "/me", {}),
		("no page", "GET", "/depot-nowhere", {}),
		("delete", "DELETE", f"/api/resource/{ITEM}/First", {}),
		("delete v2", "DELETE", f"/api/v2/document/{ITEM}/Third", {}),
	]  # fmt: skip


def _picture() -> bytes:
	out = BytesIO()
	Image.new("RGB", (40, 30), "red").save(out, "PNG")
	return out.getvalue()
