"""What stands in for Frappe's functions is not in the way of other apps, and says so when it no longer fits.

Actors: a user of another app (a System User without a role of ours), who asks about what is not ours; department
B's head, who asks about what is; the site's administrator.
"""

import importlib
import json
import pkgutil
import sys

import frappe
import pytest
import site_factories as f
from site_browser import PASSWORD, SCORECARD, Browser

from par_campaign.permissions import doors, pins
from par_campaign.permissions.standing_in import GUARDS

pytestmark = pytest.mark.usefixtures("behind_the_gate")

OTHER = f.email("of.another.app")
NOTE = "Note of another app"


@pytest.fixture(scope="module")
def other(base):
	"""A user of another app, with a note and a to-do of their own."""
	frappe.set_user("Administrator")
	if not frappe.db.exists("User", OTHER):
		user = frappe.get_doc(doctype="User", email=OTHER, first_name="Other", send_welcome_email=0)
		user.append("roles", {"role": "Report Manager"})
		user.new_password = PASSWORD
		user.flags.ignore_password_policy = True
		user.insert()
	with f.as_user(OTHER):
		note = frappe.get_doc(doctype="Note", title=NOTE, content="text", public=1).insert()
		file = frappe.get_doc(
			doctype="File", file_name="of-another-app.txt", content="text", is_private=1
		).insert()
	frappe.db.commit()
	browser = Browser(OTHER)
	browser.own = {"{note}": note.name, "{file}": file.name, "{url}": file.file_url}
	yield browser
	frappe.delete_doc("File", file.name, force=True)
	frappe.delete_doc("Note", note.name, force=True)
	frappe.db.commit()


# --- in nobody's way ----------------------------------------------------------------------------------

REQUESTS = {
	"frappe.client.get_count": {"doctype": "Note", "filters": json.dumps({"title": NOTE})},
	"frappe.core.doctype.data_export.exporter.export_data": {
		"doctype": "Note",
		"select_columns": json.dumps({"Note": ["name", "title"]}),
		"with_data": 1,
	},
	"frappe.core.doctype.data_import.data_import.download_template": {
		"doctype": "Note",
		"export_fields": json.dumps({"Note": ["name", "title"]}),
		"export_records": "all",
	},
	"frappe.desk.query_report.export_query": {
		"report_name": "Permitted Documents For User",
		"file_format_type": "CSV",
		"filters": json.dumps({"user": OTHER, "doctype": "Note"}),
	},
	"frappe.desk.reportview.export_query": {
		"doctype": "Note",
		"title": "Notes",
		"file_format_type": "CSV",
		"fields": json.dumps(["`tabNote`.`title`"]),
	},
	"frappe.desk.form.linked_with.get_submitted_linked_docs": {"doctype": "Note", "name": "{note}"},
	"frappe.desk.listview.get_group_by_count": {
		"doctype": "Note",
		"current_filters": "[]",
		"field": "owner",
	},
	"frappe.desk.notifications.get_open_count": {"doctype": "Note", "name": "{note}", "items": "[]"},
	"frappe.desk.search.get_names_for_mentions": {"search_term": "other"},
	"frappe.desk.search.search_link": {"doctype": "Note", "txt": "Note", "ignore_user_permissions": 1},
	"frappe.desk.search.search_widget": {"doctype": "Note", "txt": "Note", "ignore_user_permissions": 1},
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": {
		"doctype": "Note",
		"workflow_state_field": "title",
		"states": json.dumps(["Draft"]),
	},
	"frappe.utils.print_format.download_pdf": {"doctype": "Note", "name": "{note}"},
	"frappe.desk.doctype.tag.tag.add_tag": {"tag": "kept", "dt": "Note", "dn": "{note}"},
	"frappe.desk.doctype.tag.tag.add_tags": {
		"tags": json.dumps(["kept"]),
		"dt": "Note",
		"docs": json.dumps(["{note}"]),
	},
	"frappe.desk.doctype.tag.tag.remove_tag": {"tag": "other", "dt": "Note", "dn": "{note}"},
	"frappe.desk.like.toggle_like": {"doctype": "Note", "name": "{note}", "add": "Yes"},
	"frappe.core.api.file.zip_files": {"files": json.dumps(["{file}"])},
	"frappe.core.doctype.file.file.zip_files": {"files": json.dumps(["{file}"])},
	"frappe.handler.download_file": {"file_url": "{url}"},
	"download_file": {"file_url": "{url}"},
	"frappe.core.doctype.file.file.download_file": {"file_url": "{url}"},
	"frappe.utils.file_manager.download_file": {"file_url": "{url}"},
}
WAYS = {
	"method": lambda browser, path, data: browser.get(f"/api/method/{path}", **data),
	"cmd": lambda browser, path, data: browser.get("/", cmd=path, **data),
	"cmd of any path": lambda browser, path, data: browser.get("/app/note", cmd=path, **data),
	"version two": lambda browser, path, data: browser.get(f"/api/v2/method/{path}", **data),
	"post": lambda browser, path, data: browser.post(path, **data),
}


def test_every_override_is_asked_for(base):
	assert set(REQUESTS) == set(doors.overrides())
	assert {frappe.get_attr(by[-1]) for by in doors.overrides().values()} == set(GUARDS.values())


@pytest.mark.parametrize("path", list(REQUESTS))
def test_another_apps_user_gets_what_frappe_gives(other, path):
	"""The user of another app, about a doctype that is not ours."""
	data = {key: _filled(value, other.own) for key, value in REQUESTS[path].items()}
	ours = {way: seen(ask(other, path, data)) for way, ask in WAYS.items()}
	hooks = dict(frappe.get_hooks())
	hooks["override_whitelisted_methods"] = _of_the_others(hooks["override_whitelisted_methods"])
	frappe.cache.set_value("app_hooks", frappe._dict(hooks))
	try:
		frappes = {way: seen(ask(other, path, data)) for way, ask in WAYS.items()}
	finally:
		frappe.cache.delete_value("app_hooks")
	unknown = (417, "ValidationError")  # a name that Frappe itself does not know on this way
	assert {way: ours[way] for way in WAYS if frappes[way] != unknown} == {
		way: answer for way, answer in frappes.items() if answer != unknown
	}
	assert "TypeError" not in str(ours)


def _filled(value, names: dict):
	for word, name in names.items():
		value = value.replace(word, name) if isinstance(value, str) else value
	return value


def _of_the_others(overrides: dict) -> dict:
	left = {path: [by for by in hooks if not by.startswith("par_")] for path, hooks in overrides.items()}
	return {path: hooks for path, hooks in left.items() if hooks}


def seen(answer) -> tuple:
	"""What there is to an answer: of a refusal its kind, of a file its size."""
	body = answer.json if answer.is_json else {}
	if answer.status_code != 200:
		errors = body.get("errors") or [{}]
		return answer.status_code, body.get("exc_type") or errors[0].get("type")
	return answer.status_code, answer.mimetype, body.get("message", body.get("data")) or len(answer.data)


def test_nothing_overridden_has_a_second_name(base):
	"""Frappe looks overrides up by name, so an alias in any module would lead round them."""
	import par_campaign

	for package in (frappe, par_campaign):
		for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
			if not any(part in module.name for part in (".test", ".patches", "node_modules", ".commands")):
				try:
					importlib.import_module(module.name)
				except Exception as reason:  # what cannot be imported has no names
					print(module.name, reason)
	for by in doors.overrides().values():
		frappe.get_attr(by[-1])  # its module tells GUARDS
	frappes = {id(pins.function(path)): path for path in GUARDS}
	names = {
		f"{module.__name__}.{name}"
		for module in list(sys.modules.values())
		if getattr(module, "__name__", "").startswith(("frappe", "par_campaign"))
		for name, value in list(vars(module).items())
		if id(value) in frappes
	}
	names |= {
		path
		for path, by in _of_the_others(frappe.get_hooks("override_whitelisted_methods")).items()
		if by[-1] in GUARDS
	}
	assert set(GUARDS) <= names <= set(doors.overrides())


# --- pinned -------------------------------------------------------------------------------------------


def test_frappe_is_the_one_the_guards_were_written_against():
	"""Read what changed in these functions, mend the guards, then `dev/pins.py --write`."""
	assert pins.broken() == []


def test_every_function_a_guard_stands_for_or_rests_on_is_pinned(base):
	for by in doors.overrides().values():
		frappe.get_attr(by[-1])
	needed = {*GUARDS}
	for name, module in list(sys.modules.items()):
		if name.startswith("par_campaign."):
			needed.update(getattr(module, "RESTS_ON", ()))
	assert needed == set(pins.table())


def test_a_comment_or_an_empty_line_is_no_change():
	assert pins.digest_of("def f():\n\treturn 1\n") == pins.digest_of(
		"\tdef f():\n\n\t\t# why\n\t\treturn 1\n"
	)
	assert pins.digest_of("def f():\n\treturn 1\n") != pins.digest_of("def f():\n\treturn 2\n")


@pytest.fixture
def changed(monkeypatch):
	"""Makes a function of Frappe's one that nobody has read."""

	def change(path: str) -> None:
		monkeypatch.setitem(pins.table(), path, ["of an older Frappe"])
		pins.holds.cache_clear()

	yield change
	monkeypatch.undo()
	pins.holds.cache_clear()


@pytest.mark.parametrize("path", ["frappe.client.get_count", "frappe.desk.search.search_link"])
def test_a_changed_function_is_refused_for_what_is_ours_alone(base, other, changed, path):
	"""B's head and the user of another app."""
	changed(path)
	answer = Browser(f.HEAD_B).get(f"/api/method/{path}", doctype=SCORECARD, txt="")
	assert answer.status_code == 403 and "must update PAR Campaign" in answer.text
	assert other.get(f"/api/method/{path}", **REQUESTS[path]).status_code == 200


@pytest.mark.parametrize(
	"path", ["frappe.model.db_query.DatabaseQuery.parse_args", "frappe.permissions.has_child_permission"]
)
def test_units_are_refused_where_what_a_guard_rests_on_changed(live, changed, path):
	"""B's head, on B's own documents; the lead and the user of another app go on where nothing is narrowed."""
	row = frappe.get_all("PAR Scorecard Line", {"parent": f"{live}-TB"}, pluck="name", order_by="idx")[0]
	address = (
		f"/api/resource/{SCORECARD}" if "db_query" in path else f"/api/resource/PAR Scorecard Line/{row}"
	)
	browser = Browser(f.HEAD_B)
	assert browser.get(address).status_code == 200
	changed(path)
	assert browser.get(address).status_code == 403


def test_nothing_of_ours_is_given_where_frappe_no_longer_asks_us(base, other, changed):
	"""B's head; the user of another app; the administrator, who has to mend it."""
	changed("frappe.handler.execute_cmd")
	assert Browser(f.HEAD_B).get(f"/api/resource/{SCORECARD}").status_code == 403
	assert other.get("/api/resource/Note").status_code == 200


def test_another_app_that_stands_in_for_the_same_function(base, other):
	"""The last installed app wins: then ours is refused, theirs goes on, and migrate tells an administrator."""
	path = "frappe.client.get_count"
	hooks = frappe._dict(frappe.get_hooks())
	hooks["override_whitelisted_methods"] = {
		**hooks["override_whitelisted_methods"],
		path: [*hooks["override_whitelisted_methods"][path], path],
	}
	frappe.cache.set_value("app_hooks", hooks)
	try:
		assert doors.taken() == [path]
		for way in ("method", "cmd", "version two"):
			answer = WAYS[way](Browser(f.HEAD_B), path, {"doctype": SCORECARD})
			assert answer.status_code == 403, way
		assert other.get(f"/api/method/{path}", doctype="Note").status_code == 200
		assert any(path in message for message in doors._warnings())
	finally:
		frappe.cache.delete_value("app_hooks")


def test_every_door_is_ours(base):
	assert doors.taken() == [] and doors._warnings() == []
