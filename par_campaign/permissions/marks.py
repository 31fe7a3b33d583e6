"""Tags and likes, which Frappe writes on any document named to it, asking for no permission.

It also adds the column where a table has none. A tag is seen by everybody who reads the document, so it takes
the right to write it; a like, which names its giver, takes the right to read it.
"""

import frappe

from par_campaign.permissions import arguments, ours, records
from par_campaign.permissions.standing_in import instead_of

TAGS = "frappe.desk.doctype.tag.tag."


def _require(right: str, doctype: str | None, names: list) -> None:
	if not ours.is_ours(doctype):
		return _require_readable(doctype, names)
	if frappe.get_meta(doctype).istable:
		raise frappe.PermissionError
	for name in names:
		frappe.get_doc(doctype, str(name)).check_permission(right)


def _require_readable(doctype: str | None, names: list) -> None:
	"""What is kept about a document of ours, a to-do say, is marked by who may read that document."""
	if not records.is_about_documents(doctype):
		return
	for name in names:
		if frappe.db.exists(doctype, str(name)):
			record = frappe.get_doc(doctype, str(name))
			if records.has_permission(record, "read") is False:
				raise frappe.PermissionError


@instead_of(TAGS + "add_tag")
def add_tag(frappes, form):
	"""A tag on one document."""
	_require("write", form.dt, [form.dn])
	return frappes()


@instead_of(TAGS + "add_tags")
def add_tags(frappes, form):
	"""Tags on documents chosen in a list."""
	if ours.is_ours(form.dt) or records.is_about_documents(form.dt):
		_require("write", form.dt, arguments.parsed(form.docs, list))
		arguments.parsed(form.tags, list)
	return frappes()


@instead_of(TAGS + "remove_tag")
def remove_tag(frappes, form):
	"""A tag taken away again."""
	_require("write", form.dt, [form.dn])
	return frappes()


@instead_of("frappe.desk.like.toggle_like")
def toggle_like(frappes, form):
	"""A like on a document, and the notice of it to its author."""
	_require("read", form.doctype, [form.name])
	return frappes()
