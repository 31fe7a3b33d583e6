"""Which doctypes are the app's, and how others point to its documents: read from what is there, never kept by hand."""

import json
from collections.abc import Iterable

import frappe
from frappe.model import table_fields
from frappe.utils.caching import request_cache

PREFIX = "PAR "

# A record names a document by two fields. Where the second is no Dynamic Link, it is told by the first one's name.
COMPANIONS = {
	"attached_to_doctype": "attached_to_name",
	"document_type": "document_name",
	"ref_doctype": "docname",
	"reference_doctype": "reference_name",
	"reference_type": "reference_name",
	"deleted_doctype": "deleted_name",
}


def is_ours(doctype: str | None) -> bool:
	"""Whether a doctype, report or print format is the app's, by its name."""
	return isinstance(doctype, str) and doctype.startswith(PREFIX)


def is_of_another_app(doctype: str | None) -> bool:
	"""Whether a doctype is neither the app's nor Frappe's own."""
	module = (
		frappe.db.get_value("DocType", doctype, "module", cache=True) if isinstance(doctype, str) else None
	)
	return frappe.local.module_app.get(frappe.scrub(module or "")) not in (None, "frappe", "par_campaign")


def mentioned_in(values: Iterable) -> bool:
	"""Whether a request's fields name anything of the app's: doctype, report or print format, at any depth."""
	return PREFIX in json.dumps(list(values), default=str, ensure_ascii=False)


@request_cache
def documents() -> list[str]:
	"""The app's doctypes but for its child tables."""
	filters = {"name": ("like", f"{PREFIX}%"), "istable": 0}
	return frappe.get_all("DocType", filters=filters, pluck="name", order_by="name")


@request_cache
def tables() -> list[str]:
	"""The app's child tables."""
	filters = {"name": ("like", f"{PREFIX}%"), "istable": 1}
	return frappe.get_all("DocType", filters=filters, pluck="name", order_by="name")


@request_cache
def parents_of(table: str) -> list[str]:
	"""Doctypes that have this child table, by their own fields or an administrator's."""
	filters = {"fieldtype": ("in", table_fields), "options": table}
	own = frappe.get_all("DocField", filters=filters, pluck="parent", order_by="parent")
	added = frappe.get_all("Custom Field", filters=filters, pluck="dt", order_by="dt")
	return sorted({*own, *added})


def references_of(doctype: str) -> list[tuple[str, str]]:
	"""Pairs of fields, doctype and name, by which a record says which document it is about."""
	meta = frappe.get_meta(doctype)
	pairs = {df.options: df.fieldname for df in meta.get_dynamic_link_fields() if meta.has_field(df.options)}
	for first, second in COMPANIONS.items():
		if meta.has_field(first) and meta.has_field(second):
			pairs.setdefault(first, second)
	return sorted(pairs.items())
