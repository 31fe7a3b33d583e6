"""What a request asks for, by name: the endpoint it calls, and the doctypes, methods, reports and pages it names.

It goes by the same order as Frappe's own `app.application`, so that each door leads to the same room: `cmd` on
any path, `/api` in all its versions, backups, private files, and last the pages of the website.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import frappe
from werkzeug.exceptions import HTTPException

ENDPOINT = "Endpoint"
DOCTYPE = "Document Type"
METHOD = "Document Method"
REPORT = "Report"
PAGE = "Page"
ARGUMENT = "Argument"
ROW = "Row"
KINDS = (ENDPOINT, DOCTYPE, METHOD, REPORT, PAGE)  # what can be listed

# Arguments that name something, whatever endpoint they go to. A value may be a name, a list of names, or JSON.
NAMING = {
	"doctype": DOCTYPE,
	"dt": DOCTYPE,
	"document_type": DOCTYPE,
	"parent_document_type": DOCTYPE,
	"parent_doctype": DOCTYPE,
	"parenttype": DOCTYPE,
	"reference_doctype": ROW,  # what a link field stands in, a row or a document
	"ref_doctype": DOCTYPE,
	"attached_to_doctype": DOCTYPE,
	"link_doctype": DOCTYPE,
	"for_doctype": DOCTYPE,
	"method": ENDPOINT,
	"query": ENDPOINT,
	"report_name": REPORT,
	"report": REPORT,
	"reminder_doctype": DOCTYPE,
}
# Arguments that hold documents or further arguments: what these name counts as well.
HOLDING = ("doc", "docs", "document", "data", "args", "kwargs", "chart")
# Arguments by which whoever calls would lift the rules: refused wherever they say yes.
LIFTING = ("ignore_permissions", "ignore_validate", "ignore_mandatory", "ignore_links")
# Endpoints whose `method` is a word they write down, and calls nothing
WORDS = {"frappe.core.doctype.access_log.access_log.make_access_log": ("method",)}
# Functions of the app take no names of functions, and ask the rules about each document themselves
OURS = "par_campaign."
# `method` means a method of the document here
ON_DOCUMENTS = ("run_doc_method", "runserverobj", "frappe.handler.run_doc_method")
NOWHERE = "(not understood)"


class Asked(NamedTuple):
	"""One thing a request names."""

	kind: str
	name: str


def of_request(request, form: dict) -> list[Asked]:
	"""Everything the request names, without repetition and in a fixed order."""
	if request.method == "OPTIONS":  # Frappe answers these empty, whatever they are for
		return []
	return sorted(set(_door(request, form)))


def _door(request, form: dict) -> Iterator[Asked]:
	path = request.path
	if form.get("cmd"):
		yield from _call(form["cmd"], form)
	elif path.startswith("/api/"):
		yield from _api(request, form)
	elif path.startswith("/backups"):
		yield Asked(PAGE, "backups")
	elif path.startswith("/private/files/"):
		yield Asked(PAGE, "private/files")
	else:
		yield Asked(PAGE, _page(path))
		yield from _named(form)


def _page(path: str) -> str:
	"""The first part of a path; the desk is one page, whatever it shows."""
	return path.strip("/").partition("/")[0]


def _call(endpoint: Any, form: dict) -> Iterator[Asked]:
	"""A function called by its name."""
	endpoint = _text(endpoint)
	yield Asked(ENDPOINT, endpoint)
	if endpoint in ON_DOCUMENTS:
		yield from _document_method(form)
	elif not endpoint.startswith(OURS):
		yield from _named({key: value for key, value in form.items() if key not in WORDS.get(endpoint, ())})


def _document_method(form: dict) -> Iterator[Asked]:
	"""`run_doc_method`: on a stored document (`dt`, `dn`) or on one that is sent (`docs`, in version 2 `document`)."""
	sent = _parsed(form.get("docs") or form.get("document"))
	doctype = form.get("dt") or (sent.get("doctype") if isinstance(sent, dict) else None)
	yield Asked(METHOD, f"{_text(doctype)}.{_text(form.get('method'))}")
	yield from _named({key: value for key, value in form.items() if key != "method"})


# --- /api -----------------------------------------------------------------------------------------------


def _api(request, form: dict) -> Iterator[Asked]:
	from frappe.api import API_URL_MAP

	try:
		rule, values = API_URL_MAP.bind_to_environ(request.environ).match(return_rule=True)
	except HTTPException:
		yield Asked(ENDPOINT, NOWHERE)
		return
	if rule.rule == "/api/v2/method/run_doc_method":  # leads to a nameless function
		# version 2 knows `document` alone: what else the form says of a document leads nowhere there
		yield from _call("run_doc_method", {key: form[key] for key in form if key not in ("dt", "docs")})
	else:
		yield from _route_reader(rule.endpoint)(values, form)


def _route_reader(endpoint: Callable) -> Callable[[dict, dict], Iterable[Asked]]:
	from frappe.api import v1, v2

	return {
		v1.handle_rpc_call: _rpc,
		v1.document_list: _listed,
		v1.create_doc: _written,
		v1.read_doc: _read,
		v1.update_doc: _written,
		v1.delete_doc: _listed,
		v1.execute_doc_method: _run,
		v2.login: lambda values, form: [Asked(ENDPOINT, "login")],
		v2.logout: lambda values, form: [Asked(ENDPOINT, "logout")],
		v2.upload_file: lambda values, form: _call("upload_file", form),
		v2.handle_rpc_call: _rpc_v2,
		v2.read_doc: _read,
		v2.document_list: _listed,
		v2.create_doc: _written,
		v2.update_doc: _written,
		v2.delete_doc: _listed,
		v2.get_meta: _listed,
		v2.execute_doc_method: _run,
		v2.count: _listed,
		frappe.ping: lambda values, form: [Asked(ENDPOINT, "ping")],
	}.get(endpoint, _unknown_route)


def _unknown_route(values: dict, form: dict) -> list[Asked]:
	"""A route Frappe has added or changed."""
	return [Asked(ENDPOINT, NOWHERE)]


def _rpc(values: dict, form: dict) -> Iterator[Asked]:
	yield from _call(values["method"].split("/")[0], form)


def _rpc_v2(values: dict, form: dict) -> Iterator[Asked]:
	method = values["method"]
	if doctype := values.get("doctype"):
		yield Asked(DOCTYPE, doctype)
		method = f"{doctype}/{method}"  # a function of the doctype's module
	yield from _call(method, form)


def _listed(values: dict, form: dict) -> Iterator[Asked]:
	yield Asked(DOCTYPE, values["doctype"])
	yield from _named(form)


def _written(values: dict, form: dict) -> Iterator[Asked]:
	yield Asked(DOCTYPE, values["doctype"])
	yield from _named(form, only=DOCTYPE)  # a field of the document may be called method


def _read(values: dict, form: dict) -> Iterator[Asked]:
	if "run_method" in form:
		yield from _run(values, form)
	else:
		yield Asked(DOCTYPE, values["doctype"])


def _run(values: dict, form: dict) -> Iterator[Asked]:
	method = values.get("method") or form.get("run_method")
	yield Asked(DOCTYPE, values["doctype"])
	yield Asked(METHOD, f"{values['doctype']}.{_text(method)}")
	yield from _named(form)


# --- arguments ------------------------------------------------------------------------------------------


def _named(values: dict, only: str | None = None) -> Iterator[Asked]:
	"""What arguments name, also inside the documents they hold."""
	for key, value in values.items():
		if key in LIFTING and value not in (None, "", "0", 0, "false", "null"):
			yield Asked(ARGUMENT, key)
		if key in NAMING and (only is None or NAMING[key] == only):
			yield from (Asked(NAMING[key], name) for name in _names(value))
		if key in HOLDING:
			yield from _scored(_parsed(value))


def _scored(value: Any) -> Iterator[Asked]:
	"""Doctypes, methods and reports that documents name, to any depth. What stands inside a document is a row."""
	waiting = [(value, False)]
	while waiting:
		value, inside = waiting.pop()
		if isinstance(value, dict):
			for each in _named({key: each for key, each in value.items() if key not in HOLDING}):
				yield Asked(ROW, each.name) if inside and each.kind == DOCTYPE else each
			waiting.extend((each, inside or "doctype" in value) for each in value.values())
		elif isinstance(value, list):
			waiting.extend((each, inside) for each in value)


def _names(value: Any) -> Iterator[str]:
	"""The names an argument gives: one, or several as a list or as JSON."""
	value = _parsed(value) if isinstance(value, str) and value.lstrip()[:1] in ("[", "{", '"') else value
	if value in (None, "", [], {}):
		return
	if isinstance(value, list):
		for each in value:
			yield from _names(each)
	else:
		yield _text(value)


def _parsed(value: Any) -> Any:
	"""JSON as what it says; anything else as it is."""
	if not isinstance(value, str):
		return value
	try:
		return json.loads(value)
	except (ValueError, RecursionError):
		return value


def _text(value: Any) -> str:
	return value if isinstance(value, str) and value else NOWHERE
