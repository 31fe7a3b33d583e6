"""Number → request. The same number and the same scene always give the same request.

Doors are taken in turn, each with every actor: whitelisted functions by each of their addresses, methods of
controllers, REST on documents, searches by a function's name, uploads, pages. What is put into arguments is
right, wrong or mixed, by chance that the number decides.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle, product
from urllib.parse import quote

from arguments import HIDDEN_FIELDS, About, path, right, wrong
from catalog import Catalog, Function
from scene import ACTORS, Actor, Scene

SEED = "closed doors"
RUN = "/api/method/run_doc_method"
VARIANTS = 25  # of doors that are no function: REST, searches, uploads, pages


@dataclass
class Request:
	number: int
	actor: Actor
	method: str
	path: str
	query: dict = field(default_factory=dict)
	json: object = None
	form: dict = field(default_factory=dict)
	upload: tuple[bytes, str] | None = None

	def __str__(self) -> str:
		sent = [
			f"{name}={value!r}"[:600]
			for name, value in vars(self).items()
			if name in ("query", "json", "form") and value
		]
		return f"#{self.number} {self.actor.user} {self.method} {self.path} {' '.join(sent)}"


class Walk:
	"""All requests there are; `requests(n)` for a slice of them spread over the whole."""

	def __init__(self, catalog: Catalog, scene: Scene):
		self.catalog, self.scene = catalog, scene

	@cached_property
	def steps(self) -> list[tuple[Callable[[random.Random, About], dict], Actor]]:
		"""Each function and each other door with every actor; methods and pages with some, in turn."""
		functions = [_Function(function) for function in self.catalog.functions]
		methods = [_Method(doctype, method) for doctype, method in self.catalog.methods]
		pages = [_Page(route) for route in self.catalog.pages]
		others = [kind for kind in OTHERS for _ in range(VARIANTS)]
		in_turn = cycle(ACTORS)
		return [
			*product([*functions, *others], ACTORS),
			*((door, next(in_turn)) for door in [*methods, *pages] for _ in range(4)),
		]

	def __len__(self) -> int:
		return len(self.steps)

	def request(self, number: int) -> Request:
		rng = random.Random(f"{SEED} {number}")
		door, actor = self.steps[number]
		doctype = rng.choice(sorted(self.scene.targets))
		about = About(doctype, rng.choice(self.scene.targets[doctype]), self.scene, rng)
		return Request(number, actor, **door(rng, about))

	def numbers(self, count: int | None = None) -> list[int]:
		"""All numbers, or as many as wanted, in an order that is drawn the same each time."""
		return random.Random(SEED).sample(range(len(self)), min(count or len(self), len(self)))


# --- doors ------------------------------------------------------------------------------------------


class _Function:
	"""A whitelisted function by one of its addresses."""

	def __init__(self, function: Function):
		self.path, self.parameters, self.verbs = function.path, function.parameters, function.verbs

	def __call__(self, rng, about) -> dict:
		values = arguments(self.parameters, rng, about)
		address = rng.choice(["/api/method/{}", "/api/v1/method/{}", "/api/v2/method/{}", "/", "/any/page"])
		if "{}" not in address:
			return _send("POST", address, {"cmd": self.path, **values}, rng)
		return _send(rng.choice(self.verbs), address.format(self.path), values, rng)


class _Method:
	"""A whitelisted method of a controller, by one of the three ways to it; `about` gives it a document."""

	def __init__(self, doctype: str, method: Function):
		self.doctype, self.method = doctype, method

	def __call__(self, rng, about) -> dict:
		self._choose(rng, about)
		values, name = arguments(self.method.parameters, rng, about), self.method.path
		address = f"{quote(about.doctype)}/{quote(str(about.name), safe='')}"
		verb = rng.choice([verb for verb in self.method.verbs if verb in ("GET", "POST")])
		return rng.choice(
			[
				lambda: _send(
					"POST", RUN, {"dt": about.doctype, "dn": about.name, "method": name, "args": values}, rng
				),
				lambda: _send("POST", RUN, {"docs": about.document(), "method": name, "args": values}, rng),
				lambda: _send(verb, f"/api/v2/document/{address}/method/{name}", values, rng),
				lambda: _send(verb, f"/api/resource/{address}", {"run_method": name, **values}, rng),
			]
		)()

	def _choose(self, rng, about) -> None:
		"""A document that has the method: B's where it can be, or the doctype's single one."""
		if known := about.scene.targets.get(self.doctype):
			about.doctype, about.name = self.doctype, rng.choice(known)
		elif rng.random() < 0.5:
			about.doctype, about.name = self.doctype, self.doctype


class _Page:
	def __init__(self, route: str):
		self.route = route

	def __call__(self, rng, about) -> dict:
		return _send("GET", f"/{quote(self.route)}", arguments({}, rng, about, more=("doctype", "name")), rng)


def _rest(rng, about) -> dict:
	prefix = rng.choice(["/api/resource", "/api/v1/resource", "/api/v2/document"])
	verb = rng.choice(["GET", "GET", "PUT", "DELETE", "POST"])
	change = {rng.choice(HIDDEN_FIELDS): rng.choice(["changed", 1]), "unit": "TA", "workflow_state": "Draft"}
	address = f"{prefix}/{quote(about.doctype)}/{quote(str(about.name), safe='')}"
	return _send(verb, address, {} if verb == "GET" else change, rng)


def _rest_list(rng, about) -> dict:
	prefix = rng.choice(["/api/resource", "/api/v1/resource", "/api/v2/document"])
	asked = {
		"fields": json.dumps(about.fields()),
		"filters": json.dumps(about.filters()),
		"limit_page_length": rng.choice([0, 20, -1]),
		"parent": rng.choice(["PAR Unit Scorecard", "PAR Award Proposal", "PAR Campaign"]),
		rng.choice(["order_by", "group_by", "or_filters", "expand"]): rng.choice(HIDDEN_FIELDS),
	}
	return _send("GET", f"{prefix}/{quote(about.doctype)}", asked, rng)


def _rest_new(rng, about) -> dict:
	prefix = rng.choice(["/api/resource", "/api/v2/document"])
	new = {
		"unit": "TB",
		"scorecard": about.scene.words["scorecard"],
		"campaign": about.scene.words["campaign"],
	}
	new |= {rng.choice(HIDDEN_FIELDS): wrong(rng), "user": "staff.a@test.example", "parent": about.name}
	return _send("POST", f"{prefix}/{quote(about.doctype)}", new, rng)


def _doctype(rng, about) -> dict:
	what = rng.choice(["meta", "count"])
	asked = {"filters": json.dumps(about.filters())} if what == "count" else {}
	return _send("GET", f"/api/v2/doctype/{quote(about.doctype)}/{what}", asked, rng)


def _search(rng, about) -> dict:
	asked = {
		"doctype": about.doctype,
		"txt": rng.choice(["", "%", "TB", "zq"]),
		"query": rng.choice(["", "frappe.client.get_list", "frappe.desk.reportview.get", *SEARCHES]),
		"filters": json.dumps(about.filters()),
		"searchfield": rng.choice(HIDDEN_FIELDS),
		"filter_fields": json.dumps(rng.sample(HIDDEN_FIELDS, 3)),
		"ignore_user_permissions": 1,
		"reference_doctype": "PAR Unit Scorecard",
		"page_length": 100,
	}
	name = rng.choice(["search_link", "search_widget", "validate_link"])
	home = "frappe.client" if name == "validate_link" else "frappe.desk.search"
	return _send("POST", f"/api/method/{home}.{name}", asked, rng)


SEARCHES = (
	"par_campaign.permissions.search.search",
	"par_campaign.par_campaign.doctype.par_task.api.people_query",
	"frappe.core.doctype.user.user.user_query",
	"frappe.contacts.doctype.contact.contact.contact_query",
)


def _upload(rng, about) -> dict:
	asked = {
		"doctype": about.doctype,
		"docname": about.name,
		"fieldname": rng.choice(["file", "document_file", ""]),
		"is_private": rng.choice([0, 1]),
		"file_name": rng.choice(["x.txt", about.scene.files[0].rpartition("/")[2], "../../x.txt", "x.svg"]),
	}
	if rng.random() < 0.5:
		asked["file_url"] = path(about)
	if rng.random() < 0.3:
		asked["method"] = rng.choice(
			["frappe.client.get_list", "par_campaign.uploads.score_sheet.preview", "x"]
		)
	if rng.random() < 0.2:
		asked["library_file_name"] = rng.choice(about.scene.targets["File"])
	upload = (
		b"%PDF-1.4 text",
		rng.choice(["a.pdf", "a.html", "a.svg", about.scene.files[0].rpartition("/")[2]]),
	)
	return {
		"method": "POST",
		"path": "/api/method/upload_file",
		"form": _texts(asked),
		"upload": upload if rng.random() < 0.6 else None,
	}


def _file(rng, about) -> dict:
	return {
		"method": "GET",
		"path": quote("/" + path(about).lstrip("/"), safe="/."),
		"query": {"fid": rng.choice(about.scene.targets["File"])},
	}


def _print(rng, about) -> dict:
	asked = {
		"doctype": about.doctype,
		"name": about.name,
		"format": rng.choice(["", "Standard", "PAR Score Sheet", "PAR Award Proposal Sheet"]),
	}
	asked |= {"key": wrong(rng)} if rng.random() < 0.3 else {}
	address = rng.choice(
		[
			"/printview",
			"/printpreview",
			"/print",
			f"/{quote(about.doctype)}/{quote(str(about.name))}",
			"/list",
			"/api/method/frappe.utils.print_format.download_pdf",
		]
	)
	return _send("GET", address, asked, rng)


def _desk(rng, about) -> dict:
	slug = about.doctype.lower().replace(" ", "-")
	routes = [
		f"/app/{slug}/{quote(str(about.name))}",
		f"/app/{slug}",
		"/app",
		"/desk",
		"/me",
		f"/{slug}",
		"/backups/x.sql.gz",
		"/website_script.js",
		f"/app/query-report/{quote('PAR Rankings')}",
	]
	return _send("GET", rng.choice(routes), {}, rng)


def _report(rng, about) -> dict:
	from arguments import REPORTS

	asked = {
		"report_name": rng.choice(REPORTS),
		"filters": json.dumps(
			{"campaign": rng.choice(about.scene.campaigns), "unit": rng.choice(["TB", wrong(rng)])},
			default=str,
		),
	}
	name = rng.choice(["run", "export_query", "background_enqueue_run", "get_script"])
	if name == "export_query":
		asked["file_format_type"] = rng.choice(["CSV", "Excel"])
	return _send("POST", f"/api/method/frappe.desk.query_report.{name}", asked, rng)


OTHERS = (
	_rest,
	_rest,
	_rest_list,
	_rest_list,
	_rest_new,
	_doctype,
	_search,
	_search,
	_upload,
	_file,
	_print,
	_desk,
	_report,
)


# --- arguments ----------------------------------------------------------------------------------------


def arguments(parameters: dict, rng, about: About, more: tuple[str, ...] = ()) -> dict:
	"""Values for the parameters: all right, one wrong, or all wrong; sometimes one is left out or added."""
	names = [
		name
		for name, parameter in parameters.items()
		if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
	]
	names += more or (("doctype", "name") if len(names) < len(parameters) or not names else ())
	values = {name: right(name, parameters.get(name), about) for name in names}
	sort = rng.randrange(10)
	if sort >= 8:
		values = {name: wrong(rng) for name in names}
	elif sort >= 4 and names:
		values[rng.choice(names)] = wrong(rng)
	if sort == 3 and names:
		values.pop(rng.choice(names))
	if sort == 2:
		values[rng.choice(["cmd", "ignore_permissions", "flags", "user", "parent", "parenttype"])] = (
			rng.choice(["1", wrong(rng)])
		)
	return values


def _send(verb: str, address: str, values: dict, rng) -> dict:
	"""As query or form, where all is text, or as JSON, where types stay."""
	if verb == "GET":
		return {"method": verb, "path": address, "query": _texts(values)}
	if rng.random() < 0.5:
		return {"method": verb, "path": address, "form": _texts(values)}
	return {"method": verb, "path": address, "json": values}


def _texts(values: dict) -> dict:
	return {
		name: value if isinstance(value, str) else json.dumps(value)
		for name, value in values.items()
		if value is not None
	}
