"""Files: who may list them, point to them and change them.

A private file is opened by its address, through any File record with that address the user may read. So
a record that points to somebody else's file would open it, and so would an Attach field, for which Frappe
makes such a record. And evidence stays as it was handed in.
"""

import frappe
from frappe import _
from frappe.core.doctype.file import file as frappe_file
from frappe.query_builder import Criterion

from par_campaign.permissions import access, child_rows
from par_campaign.saying import say

UNIT_STATES = ("Draft", "Returned")
PRIVATE = "/private/files/"
KEPT = ("file_url", "is_private", "attached_to_doctype", "attached_to_name")


# --- lists ---------------------------------------------------------------------------------------


def condition(user: str | None = None, doctype: str = "") -> str:
	"""Files of documents that are not everybody's are listed for whoever sees the document."""
	user = user or frappe.session.user
	if access.is_provincial(user):
		return ""
	file, narrowed = frappe.qb.DocType("File"), _narrowed()
	others = file.attached_to_doctype.isnull() | file.attached_to_doctype.notin(narrowed)
	seen = [_attached_to(file, doctype, user) for doctype in narrowed]
	return f"({access.sql(Criterion.any([file.owner == user, others, *seen]))})"


def _narrowed() -> list[str]:
	"""Our doctypes whose lists are narrowed."""
	hooked = frappe.get_hooks("permission_query_conditions")
	return sorted(name for name in hooked if name.startswith("PAR ") and not frappe.get_meta(name).istable)


def _attached_to(file, doctype: str, user: str):
	attached = file.attached_to_doctype == doctype
	names = child_rows.seen_names(doctype, user)
	return attached & file.attached_to_name.isin(names) if names else attached


# --- pointing to files ---------------------------------------------------------------------------


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As Frappe has it; besides, a new or changed record points only to a file the user may read, and what is
	kept is not deleted (asked here too, should another app have its own class of File)."""
	if ptype in ("create", "write") and not may_point_to(doc.file_url, user):
		return False
	if ptype == "delete" and _is_kept(doc):
		return False
	return bool(frappe_file.has_permission(doc, ptype, user))


def may_point_to(file_url: str | None, user: str | None = None) -> bool:
	"""Whether the user may name this address: no file of ours or of a colleague's upload, or theirs to read."""
	if not file_url or PRIVATE not in file_url:
		return True
	files = frappe.get_all(
		"File",
		filters={"file_url": PRIVATE + file_url.split(PRIVATE, 1)[1]},
		fields=["name", "owner", "attached_to_doctype"],
		order_by="creation",
	)
	if not any(_is_guarded(file) for file in files):
		return True
	return any(frappe_file.has_permission(frappe.get_doc("File", file.name), "read", user) for file in files)


def _is_guarded(file) -> bool:
	if file.attached_to_doctype:
		return file.attached_to_doctype.startswith("PAR ")
	return file.owner != "Guest"  # uploaded, and not attached yet


def refuse_foreign_attachments(doc, method: str | None = None) -> None:
	"""On every save: an Attach field takes no private file its user may not read."""
	for df in doc.meta.get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))}):
		if doc.has_value_changed(df.fieldname) and not may_point_to(doc.get(df.fieldname)):
			frappe.throw(
				say(_("{0}: the file was not found. Attach the document again."), _(df.label)),
				frappe.PermissionError,
			)


# --- evidence stays as it was handed in -------------------------------------------------------------


def keep_evidence(doc, method: str | None = None) -> None:
	"""A file of evidence is not moved, opened to the public or put in another's place after hand-in."""
	before = doc.get_doc_before_save()
	if not before:
		_require_open(doc)
		return
	if all((doc.get(field) or "") == (before.get(field) or "") for field in KEPT):
		return
	_require_open(before)
	_require_open(doc)
	if before.is_private and not doc.is_private and _is_evidence(before.file_url):
		frappe.throw(_("The file is evidence in a campaign, so it stays private."), frappe.PermissionError)


def keep_evidence_on_trash(doc) -> None:
	"""Nor is it deleted."""
	_require_open(doc)


def _is_kept(file) -> bool:
	"""Whether a file is evidence of a scorecard that is handed in."""
	if file.attached_to_doctype != "PAR Evidence Item" or not file.attached_to_name:
		return False
	scorecard = frappe.db.get_value("PAR Evidence Item", file.attached_to_name, "scorecard")
	state = scorecard and frappe.db.get_value("PAR Unit Scorecard", scorecard, "workflow_state")
	return bool(state and state not in UNIT_STATES)


def _require_open(file) -> None:
	if _is_kept(file):
		frappe.throw(
			_("The scorecard is handed in, so the files of its evidence can no longer change."),
			frappe.PermissionError,
			title=_("Handed In"),
		)


def _is_evidence(file_url: str) -> bool:
	return bool(frappe.db.exists("PAR Evidence Item", {"file": file_url}))
