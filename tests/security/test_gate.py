"""The gate: users of this app ask for what is listed by name, at every door and with every kind of log-in."""

import base64
import importlib
import inspect
import json
import pkgutil

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser
from werkzeug.test import Client

from par_campaign.permissions import roles
from par_campaign.permissions.gate import allowed, asked, door
from par_campaign.permissions.gate.asked import DOCTYPE, ENDPOINT, METHOD, PAGE, REPORT, ROW, Asked
from par_campaign.permissions.gate.refusal import LOG

REFUSED = "NotListed"
UNLISTED = "frappe.client.get_time_zone"

# method, path, what is sent. Each asks for something no user of the app needs.
DOORS = {
	"cmd at the root": ("POST", "/", {"cmd": UNLISTED}),
	"cmd beside a private file": ("POST", "/private/files/x.txt", {"cmd": UNLISTED}),
	"cmd beside a page": ("POST", "/printview", {"cmd": UNLISTED}),
	"cmd beside another method": ("POST", "/api/method/ping", {"cmd": UNLISTED}),
	"method": ("POST", f"/api/method/{UNLISTED}", {}),
	"method with a tail": ("POST", f"/api/method/{UNLISTED}/frappe.ping", {}),
	"method of version 1": ("POST", f"/api/v1/method/{UNLISTED}", {}),
	"method of version 2": ("POST", f"/api/v2/method/{UNLISTED}", {}),
	"method of a doctype's module": ("POST", "/api/v2/method/User/get_timezones", {}),
	"rows by themselves": ("GET", "/api/resource/PAR Scorecard Line", {}),
	"a row by itself": ("GET", "/api/v1/resource/PAR Council Vote/x", {}),
	"rows in version 2": ("GET", "/api/v2/document/PAR Scorecard Line", {}),
	"count in version 2": ("GET", "/api/v2/doctype/User Permission/count", {}),
	"fields in version 2": ("GET", "/api/v2/doctype/Server Script/meta", {}),
	"writing another doctype": ("POST", "/api/resource/Server Script", {"name": "x"}),
	"deleting of another doctype": ("DELETE", "/api/resource/Error Log/x", {}),
	"doctype in an argument": ("POST", "/api/method/frappe.client.get_list", {"doctype": "Error Log"}),
	"doctype in a document": (
		"POST",
		"/api/method/frappe.desk.form.save.savedocs",
		{"doc": json.dumps({"doctype": "Webhook"}), "action": "Save"},
	),
	"doctype deep in a document": (
		"POST",
		"/api/method/frappe.client.insert",
		{"doc": {"doctype": "ToDo", "rows": [{"doctype": "User Permission"}]}},  # no row of a listed doctype
	),
	"report": (
		"POST",
		"/api/method/frappe.desk.query_report.run",
		{"report_name": "Permitted Documents For User"},
	),
	"function to search by": (
		"POST",
		"/api/method/frappe.desk.search.search_link",
		{"doctype": "PAR Unit", "txt": "", "query": "frappe.core.doctype.user.user.user_query"},
	),
	"function after an upload": ("POST", "/api/method/upload_file", {"method": UNLISTED}),
	"method of a stored document": (
		"POST",
		"/api/method/run_doc_method",
		{"dt": "File", "dn": "x", "method": "optimize_file"},
	),
	"method of a document that is sent": (
		"POST",
		"/api/v2/method/run_doc_method",
		{"document": {"doctype": "File"}, "method": "optimize_file"},
	),
	"method of a resource": ("GET", "/api/resource/File/x", {"run_method": "optimize_file"}),
	"method of a resource, posted": ("POST", "/api/resource/File/x", {"run_method": "optimize_file"}),
	"method of a document in version 2": ("POST", "/api/v2/document/File/x/method/optimize_file", {}),
	"path that is none": ("POST", "/api/v9/anything", {}),
	"backups": ("GET", "/backups/x.sql.gz", {}),
	"script of the site": ("POST", "/api/method/some_server_script", {}),
	"page of the website": ("GET", "/about", {}),
	"print view of another doctype": ("GET", "/printview", {"doctype": "Error Log", "name": "x"}),
}


class Caller(Browser):
	"""Somebody who comes with a header, or with nothing but what the request says."""

	def __init__(self, headers: dict | None = None, **always):
		from frappe.app import application

		self.client, self.headers, self.always = Client(application), headers or {}, always

	def call(self, method: str, path: str, /, **data):
		headers = {"Accept": "application/json", **self.headers}
		query = {**self.always, **(data if method == "GET" else {})}
		body = {} if method == "GET" else {"json": {**self.always, **data}}
		return self.open(path, method=method, headers=headers, query_string=query, **body)


def by_cookie(user: str) -> Browser:
	return Browser(user)


def by_sid(user: str) -> Caller:
	return Caller(sid=Browser(user).client.get_cookie("sid", domain=frappe.local.site).value)


def _keys(user: str) -> str:
	doc = frappe.get_doc("User", user)
	doc.api_key, doc.api_secret = doc.api_key or frappe.generate_hash(length=15), "secret-of-the-key"
	doc.save()
	frappe.db.commit()
	return f"{doc.api_key}:secret-of-the-key"


def by_key(user: str) -> Caller:
	return Caller({"Authorization": f"token {_keys(user)}"})


def by_basic(user: str) -> Caller:
	return Caller({"Authorization": "Basic " + base64.b64encode(_keys(user).encode()).decode()})


def by_oauth(user: str) -> Caller:
	client = frappe.get_doc(
		doctype="OAuth Client", app_name="Gate test", scopes="all", default_redirect_uri="http://localhost",
		redirect_uris="http://localhost", grant_type="Authorization Code", response_type="Code",
	).insert()  # fmt: skip
	token = frappe.get_doc(
		doctype="OAuth Bearer Token", client=client.name, user=user, scopes="all", status="Active",
		access_token=frappe.generate_hash(length=20), refresh_token=frappe.generate_hash(length=20),
		expires_in=3600,
	).insert()  # fmt: skip
	frappe.db.commit()
	return Caller({"Authorization": f"Bearer {token.access_token}"})


LOG_INS = (by_cookie, by_sid, by_key, by_basic, by_oauth)


@pytest.fixture(scope="module")
def callers(live):
	"""A unit's head, come by each kind of log-in."""
	yield {log_in: log_in(f.HEAD_A) for log_in in LOG_INS}
	frappe.db.set_value("User", f.HEAD_A, {"api_key": None, "api_secret": None})
	for doctype in ("OAuth Bearer Token", "OAuth Client"):
		frappe.db.delete(doctype)
	frappe.db.delete(LOG)
	frappe.db.commit()


# Frappe says itself that a log-in by key is not for every door; what matters is that the call goes no further.
@pytest.mark.parametrize("log_in", LOG_INS)
@pytest.mark.parametrize("name", DOORS)
def test_every_door_is_closed_to_what_is_not_listed(callers, log_in, name):
	method, path, data = DOORS[name]
	answer = callers[log_in].call(method, path, **data)
	assert answer.status_code == 403, (answer.status_code, answer.text[:500])
	assert REFUSED in answer.text or "not open to users of PAR Campaign" in answer.text, answer.text[:500]


@pytest.mark.parametrize("log_in", LOG_INS)
def test_what_is_listed_is_open_however_one_logs_in(callers, live, log_in):
	answer = callers[log_in].call("GET", f"/api/resource/{SCORECARD}/{live}-TA")
	assert answer.status_code == 200, answer.text[:300]
	answer = callers[log_in].call("GET", f"/api/resource/{SCORECARD}/{live}-TB")
	assert answer.status_code == 403 and REFUSED not in answer.text  # by the rules, not by the gate


def test_private_files_are_asked_of_the_rules(callers, live):
	url = frappe.db.get_value("PAR Evidence Item", {"campaign": live}, "file")
	assert callers[by_cookie].call("GET", url).data == b"secret of A"


# --- the list itself ---------------------------------------------------------------------------------------


def whitelisted(app: str) -> dict[str, object]:
	"""Every function of an app that can be called from outside, by its name."""
	package = importlib.import_module(app)
	for module in pkgutil.walk_packages(package.__path__, f"{app}."):
		if ".tests" in module.name or "test_" in module.name or ".patches" in module.name:
			continue
		try:
			importlib.import_module(module.name)
		except Exception:  # a module that needs what is not installed has no callable functions either
			continue
	names = {f"{function.__module__}.{function.__qualname__}": function for function in frappe.whitelisted}
	return {name: function for name, function in names.items() if name.startswith(f"{app}.")}


@pytest.fixture(scope="module")
def callable_names(base):
	return {**whitelisted("frappe"), **whitelisted("par_campaign")}


def listed(kind: str) -> set[str]:
	return {each.name for each in allowed.shipped() if each.kind == kind}


# methods of documents and functions that stand for Frappe's own are called by other names than their own
def is_function(name: str, function) -> bool:
	return "." not in function.__qualname__ and ".permissions." not in name


def test_every_function_not_listed_is_refused(callable_names, live):
	browser = Browser(f.HEAD_A)
	closed = sorted(set(callable_names) - listed(ENDPOINT))
	assert len(closed) > 300
	passed = [name for name in closed if REFUSED not in browser.post(name).text]
	assert not passed


def test_a_function_nobody_knows_is_refused(live):
	sid = Browser(f.HEAD_A).client.get_cookie("sid", domain=frappe.local.site).value
	for name in ("some.new.app.function", "frappe.client.get_lists", "", "frappe", "../frappe.client.get"):
		assert REFUSED in Caller(sid=sid).call("POST", "/", cmd=name or "x").text, name


def test_every_listed_name_is_there(callable_names):
	"""A name that leads nowhere is one somebody could fill."""
	short = {"login", "logout", "ping", "upload_file", "run_doc_method", "download_file"}
	assert not listed(ENDPOINT) - set(callable_names) - short
	assert not {name for name in listed(DOCTYPE) if not frappe.db.exists("DocType", name)}
	assert not {name for name in listed(REPORT) if not frappe.db.exists("Report", name)}
	for name in listed(METHOD):
		doctype, _, method = name.rpartition(".")
		controller = frappe.get_doc({"doctype": doctype})
		controller.is_whitelisted(method)


def test_everything_of_ours_is_listed_or_left_out_on_purpose(callable_names):
	"""A new function, document method, doctype or report is decided about, not forgotten."""
	functions = {name for name, function in callable_names.items() if is_function(name, function)}
	ours = {name for name in functions if name.startswith("par_campaign.")}
	assert ours - listed(ENDPOINT) == {"par_campaign.documents.forms.download_pdf"}  # stands for Frappe's
	methods = {
		f"{frappe.get_module(function.__module__).__name__.split('.')[-2]}.{function.__name__}"
		for name, function in callable_names.items()
		if name.startswith("par_campaign.") and "." in function.__qualname__ and ".permissions." not in name
	}
	known = {f"{frappe.scrub(name.rpartition('.')[0])}.{name.rpartition('.')[2]}" for name in listed(METHOD)}
	assert methods - known == {"par_gate_refusal.allow"}
	reports = frappe.get_all("Report", {"module": "PAR Campaign"}, pluck="name", order_by="name")
	assert set(reports) <= listed(REPORT)
	parents = {"module": "PAR Campaign", "istable": 0}
	doctypes = set(frappe.get_all("DocType", parents, pluck="name", order_by="name"))
	assert doctypes - listed(DOCTYPE) == {"PAR Gate Settings"}
	assert not listed(DOCTYPE) & set(frappe.get_all("DocType", {"istable": 1}, pluck="name", order_by="name"))


# arguments of listed endpoints that name nothing the gate would have to know
PLAIN = set(
	"""action add are_default_filters as_dict assign_to cache cached_timestamp chart_name color columns comment_by comment_email
	content current_filters custom_columns date debug default_values description dn doc_name docname docnames end enqueue
	everyone field fieldname fields file_type file_url filter_fields filters folder following for_reminder format from_date
	group_by heatmap_year ignore_doctypes_on_cancel_all ignore_prepared_report ignore_user_permissions is_tree items key language
	letterhead limit limit_page_length limit_start listview_settings logout_all_sessions merge name names new_password
	no_cache no_letterhead note notify old_password or_filters order_by page page_len page_length parent parent_field perm_type
	permission_to prev print_format profile_info raise_exception read reference_name refresh remind_at reminder_docname
	removed_listview_fields result routes search_term searchfield settings share sort_field sort_order start stats style
	submit tag tags task_id text theme time_interval timegrain timespan title to_date trigger_print txt user user_data user_settings users value values
	with_parent workflow workflow_state workflow_state_fieldname write""".split()
)


def test_every_argument_of_a_listed_function_is_understood(callable_names):
	"""A new version may bring an argument that names a doctype or a function: then this must be looked at."""
	unknown = {}
	for name in sorted(listed(ENDPOINT) & set(callable_names)):
		if name.startswith("par_campaign."):
			continue  # ours name no functions, and their documents are checked by the rules
		arguments = set(inspect.signature(callable_names[name]).parameters)
		if left := arguments - PLAIN - set(asked.NAMING) - set(asked.HOLDING) - set(asked.LIFTING):
			unknown[name] = sorted(left)
	assert not unknown


# --- who is held to it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [user for user, _, _ in f.USERS])
def test_users_with_roles_of_this_app_are_held_to_the_list(base, user):
	assert door.is_gated(user)


def test_others_keep_frappes_own_rules(base):
	assert not door.is_gated("Guest") and not door.is_gated("Administrator")
	with f.as_user("Administrator"):
		user = frappe.get_doc("User", f.STAFF_B)
		user.add_roles("Blogger")
		assert not door.is_gated(f.STAFF_B)
		user.remove_roles("Blogger")
		user.remove_roles(roles.UNIT_USER)
	assert not door.is_gated(f.STAFF_B)  # no role of ours either


def _identify_late():
	"""The log-in of another app, which runs after the gate."""
	if user := frappe.get_request_header("X-Late-User"):
		frappe.set_user(user)


@pytest.fixture
def another_log_in(monkeypatch):
	own = frappe.get_hooks

	def hooks(hook=None, default="_KEEP_DEFAULT_LIST", app_name=None):
		found = own(hook, default, app_name)
		return [*found, f"{__name__}._identify_late"] if hook == "auth_hooks" else found

	late, attribute = f"{__name__}._identify_late", frappe.get_attr
	monkeypatch.setattr(frappe, "get_hooks", hooks)
	monkeypatch.setattr(frappe, "get_attr", lambda name: _identify_late if name == late else attribute(name))


def test_somebody_identified_after_the_gate_asks_for_no_more(live, another_log_in):
	late = Caller({"X-Late-User": f.HEAD_A})
	assert REFUSED in late.call("POST", f"/api/method/{UNLISTED}").text
	assert REFUSED in late.call("GET", "/api/resource/PAR Scorecard Line").text
	assert late.call("GET", f"/api/resource/{SCORECARD}/{live}-TA").status_code == 200


def test_the_gate_is_the_last_to_ask(base):
	assert door.is_last()


# --- what an administrator does about it ---------------------------------------------------------------------


@pytest.fixture
def settings(live):
	yield frappe.get_doc(allowed.SETTINGS)
	frappe.db.rollback()
	doc = frappe.get_doc(allowed.SETTINGS)
	doc.update({"names": [], "whom_to_ask": None})
	doc.save()
	frappe.db.delete(LOG)
	frappe.db.commit()


def test_a_refusal_says_whom_to_ask(settings):
	settings.whom_to_ask = "Phòng CNTT, 0273 000"
	settings.save()
	frappe.db.commit()
	answer = Browser(f.HEAD_A).post(UNLISTED)
	(message,) = json.loads(answer.json["_server_messages"])
	assert "Phòng CNTT, 0273 000" in json.loads(message)["message"]


def test_an_administrator_opens_a_name_for_the_site(settings):
	assert REFUSED in Browser(f.HEAD_A).post(UNLISTED).text
	line = frappe.get_doc(LOG, {"asked_name": UNLISTED, "user": f.HEAD_A})
	line.allow("asked for by the office")
	frappe.db.commit()
	assert Browser(f.HEAD_A).post(UNLISTED).status_code == 200
	assert REFUSED in Browser(f.HEAD_A).post("frappe.client.get_js").text


def test_each_refusal_is_counted_once(settings):
	frappe.db.delete(LOG)
	frappe.db.commit()
	browser = Browser(f.HEAD_A)
	for _ in range(3):
		browser.post(UNLISTED)
	Browser(f.HEAD_B).post(UNLISTED)
	lines = frappe.get_all(LOG, fields=["kind", "asked_name", "user", "times"], order_by="user")
	assert [tuple(line.values()) for line in lines] == [
		(ENDPOINT, UNLISTED, f.HEAD_A, 3),
		(ENDPOINT, UNLISTED, f.HEAD_B, 1),
	]


@pytest.mark.parametrize("user", [f.HEAD_A, f.MANAGER, f.LEAD, f.AUDITOR])
def test_users_do_not_open_the_gate_themselves(settings, user):
	row = {"kind": ENDPOINT, "asked_name": UNLISTED, "reason": "mine"}
	Browser(user).put(allowed.SETTINGS, allowed.SETTINGS, names=[row])
	Browser(user).post(
		"frappe.client.insert", doc={"doctype": "PAR Gate Name", "parent": allowed.SETTINGS, **row}
	)
	assert not frappe.get_doc(allowed.SETTINGS).names
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		frappe.get_doc(allowed.SETTINGS).append("names", row).parent_doc.save()


# --- reading a request -----------------------------------------------------------------------------------------


class _Request:
	def __init__(self, method: str, path: str):
		from werkzeug.test import EnvironBuilder

		self.method, self.path = method, path
		self.environ = EnvironBuilder(path=path, method=method).get_environ()


def test_a_row_is_as_good_as_the_document_it_stands_in(base):
	assert not allowed.unlisted(
		[Asked(ROW, "PAR Scorecard Line"), Asked(ROW, "Has Role"), Asked(ROW, "ToDo")]
	)
	strange = [
		Asked(ROW, "Webhook Data"),
		Asked(ROW, "User Permission"),
		Asked(DOCTYPE, "PAR Scorecard Line"),
	]
	assert allowed.unlisted(strange) == strange


@pytest.mark.parametrize(
	"method, path, form, expected",
	[
		("OPTIONS", "/api/method/anything", {}, []),
		("GET", "/app/par-campaign/x", {}, [Asked(PAGE, "app")]),
		("GET", "/", {}, [Asked(PAGE, "")]),
		("GET", "/API/method/x", {}, [Asked(PAGE, "API")]),
		("POST", "/x", {"cmd": ["a"]}, [Asked(ENDPOINT, asked.NOWHERE)]),
		(
			"POST",
			"/api/method/frappe.client.get_list",
			{"doctype": '["User", "ToDo"]'},
			[Asked(DOCTYPE, "ToDo"), Asked(DOCTYPE, "User"), Asked(ENDPOINT, "frappe.client.get_list")],
		),
		(
			"POST",
			"/api/method/run_doc_method",
			{"docs": '{"doctype": "PAR Campaign", "name": "x"}', "method": "coverage"},
			[
				Asked(DOCTYPE, "PAR Campaign"),
				Asked(METHOD, "PAR Campaign.coverage"),
				Asked(ENDPOINT, "run_doc_method"),
			],
		),
		(
			"POST",
			"/api/method/frappe.core.doctype.access_log.access_log.make_access_log",
			{"method": "Print"},
			[Asked(ENDPOINT, "frappe.core.doctype.access_log.access_log.make_access_log")],
		),
		(
			"POST",
			"/api/method/frappe.desk.search.search_link",
			{"doctype": "PAR Unit Group", "txt": "", "reference_doctype": "PAR Campaign Group"},
			[
				Asked(DOCTYPE, "PAR Unit Group"),
				Asked(ENDPOINT, "frappe.desk.search.search_link"),
				Asked(ROW, "PAR Campaign Group"),
			],
		),
		(
			"POST",
			"/api/method/frappe.client.save",
			{"doc": '{"doctype": "PAR Campaign", "groups": [{"doctype": "PAR Campaign Group"}]}'},
			[
				Asked(DOCTYPE, "PAR Campaign"),
				Asked(ENDPOINT, "frappe.client.save"),
				Asked(ROW, "PAR Campaign Group"),
			],
		),
		(
			"POST",
			"/api/method/par_campaign.par_campaign.doctype.par_query.api.decide",
			{"query": "QY-0000001", "outcome": "x"},
			[Asked(ENDPOINT, "par_campaign.par_campaign.doctype.par_query.api.decide")],
		),
		(
			"POST",
			"/api/v2/method/run_doc_method",
			{"dt": "PAR Campaign", "document": {"doctype": "File"}, "method": "coverage"},
			[Asked(DOCTYPE, "File"), Asked(METHOD, "File.coverage"), Asked(ENDPOINT, "run_doc_method")],
		),
		("POST", "/api/resource/PAR Query", {"method": "by post"}, [Asked(DOCTYPE, "PAR Query")]),
	],
)
def test_what_a_request_names(base, method, path, form, expected):
	assert asked.of_request(_Request(method, path), form) == sorted(expected)
