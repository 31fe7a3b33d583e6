"""Who may list and read files: a file of ours is its document's, whoever uploaded it."""

import frappe
from frappe.core.doctype.file import file as frappe_file
from frappe.query_builder import Criterion

from par_campaign.permissions import child_rows, roles, rules
from par_campaign.permissions.files import keep, whose


def condition(user: str | None = None, doctype: str = "") -> str:
	"""Files of documents that are not everybody's are listed for whoever sees the document."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	file, narrowed = frappe.qb.DocType("File"), _narrowed()
	others = file.attached_to_doctype.isnull() | file.attached_to_doctype.notin(narrowed)
	seen = [_attached_to(file, doctype, user) for doctype in narrowed]
	return f"({rules.sql(Criterion.any([file.owner == user, others, *seen]))})"


def _narrowed() -> list[str]:
	"""Our doctypes whose lists are narrowed."""
	hooked = frappe.get_hooks("permission_query_conditions")
	return sorted(name for name in hooked if name.startswith("PAR ") and not frappe.get_meta(name).istable)


def _attached_to(file, doctype: str, user: str):
	attached = file.attached_to_doctype == doctype
	names = child_rows.seen_names(doctype, user)
	return attached & file.attached_to_name.isin(names) if names else attached


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As `may`; besides, what stays is not deleted (asked here too, should another app have its own File)."""
	if ptype == "delete" and keep.stays(doc):
		return False
	return may(doc, ptype, user)


def may(file, ptype: str = "read", user: str | None = None) -> bool:
	"""A file that hangs on a document of ours is read by who reads it and changed by who writes it. Frappe's
	rule gives it to its uploader for ever, also when they have gone to another unit."""
	user = user or frappe.session.user
	if user != "Administrator" and ptype != "create" and (document := document_of(file)):
		return bool(document.has_permission("write" if ptype in ("write", "delete") else "read", user=user))
	return bool(frappe_file.has_permission(file, ptype, user))


def document_of(file):
	"""The document of ours on which a file hangs; None before that is saved."""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if not whose.hangs_on_ours(file) or not name or not frappe.db.exists(doctype, name):
		return None
	return frappe.get_doc(doctype, name)
