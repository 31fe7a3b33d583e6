"""Every door that Frappe and the app have, found by looking and not by a list: functions, methods, pages."""

import importlib
import inspect
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document
from frappe.website.router import get_pages

APPS = ("frappe", "par_campaign")
LEFT_OUT = re.compile(r"(^|\.)(tests?|test_\w+|patches|commands|boilerplate|conftest)(\.|$)")


@dataclass
class Function:
	"""A whitelisted function: its arguments, and by which verbs it may be called."""

	path: str
	parameters: dict[str, inspect.Parameter]
	verbs: list[str]


@dataclass
class Catalog:
	functions: list[Function] = field(default_factory=list)
	methods: list[tuple[str, Function]] = field(default_factory=list)  # doctype, method of its controller
	pages: list[str] = field(default_factory=list)
	unloaded: list[str] = field(default_factory=list)  # modules that this installation cannot import


@cache
def look() -> Catalog:
	found = Catalog()
	for app in APPS:
		for module in _modules(app):
			try:
				importlib.import_module(module)
			except Exception as error:
				found.unloaded.append(f"{module}: {error}")
	found.functions = _functions()
	found.methods = _methods()
	found.pages = sorted(get_pages())
	return found


def _functions() -> list[Function]:
	"""Those that a request can name: methods of classes go by their document."""
	found = {}
	for function in frappe.whitelisted:
		path = f"{function.__module__}.{function.__qualname__}"
		if "." not in function.__qualname__ and not LEFT_OUT.search(function.__module__):
			parameters = dict(inspect.signature(function).parameters)
			verbs = frappe.allowed_http_methods_for_whitelisted_func[function]
			found[path] = Function(path, parameters, verbs)
	return [found[path] for path in sorted(found)]


def _modules(app: str) -> list[str]:
	"""Modules with a whitelisted function in their text: to import the others would show nothing."""
	root = Path(frappe.get_app_path(app))
	names = []
	for path in sorted(root.rglob("*.py")):
		name = ".".join([app, *path.relative_to(root).with_suffix("").parts]).removesuffix(".__init__")
		if not LEFT_OUT.search(name) and "whitelist" in path.read_text(encoding="utf-8", errors="replace"):
			names.append(name)
	return names


def _methods() -> list[tuple[str, Function]]:
	"""Whitelisted methods of every doctype's controller, those of its parents included."""
	verbs = {
		id(function): verbs for function, verbs in frappe.allowed_http_methods_for_whitelisted_func.items()
	}
	found = []
	for doctype in frappe.get_all("DocType", {"is_virtual": 0}, pluck="name", order_by="name"):
		# what every document has is tried on documents of ours, and on files
		everything = doctype == "File" or doctype.startswith("PAR ")
		for name, function in inspect.getmembers(get_controller(doctype), inspect.isfunction):
			if id(function) in verbs and (everything or not hasattr(Document, name)):
				parameters = dict(list(inspect.signature(function).parameters.items())[1:])
				found.append((doctype, Function(name, parameters, verbs[id(function)])))
	return found
