"""The app's own traces stay as they were written: notes on documents, their history, and what was deleted.

Frappe lets the author of a comment rewrite it, and a note the app writes has whoever caused it as author. What
people write themselves stays theirs to correct; a correction shows in the audit. A System Manager may take a trace
away, which shows too; what shows it, the record of the deleted, nobody takes away. An administrator with access to
the database can do all of it unseen: see docs/security.md.
"""

import frappe
from frappe import _

from par_campaign.permissions.watched import KEPT, WATCHED
from par_campaign.saying import say

PEOPLES_OWN = ("Comment", "Like")  # types of comments that are a person's word, not a trace
AUTHORSHIP = ("comment_type", "comment_email", "comment_by", "reference_doctype", "reference_name", "owner")


def keep_comment(doc, method: str | None = None) -> None:
	"""On every save of a comment: a trace is not changed, and no comment changes author, type or document."""
	before = doc.get_doc_before_save()
	if not before or not _is_ours(before.reference_doctype):
		return
	if before.comment_type not in PEOPLES_OWN:
		_refuse(_("This note was written by the system and stays as it is. Write a comment of your own."))
	if any((doc.get(field) or "") != (before.get(field) or "") for field in AUTHORSHIP):
		_refuse(_("A comment keeps its author and its document. Write another one."))


def keep_comment_on_trash(doc, method: str | None = None) -> None:
	"""A trace is taken away by a System Manager alone, and the deletion is told in the audit."""
	if _is_ours(doc.reference_doctype) and doc.comment_type not in PEOPLES_OWN:
		_require_system_manager()


def keep_version(doc, method: str | None = None) -> None:
	"""History is written once."""
	if not doc.is_new() and _is_ours(doc.ref_doctype):
		_refuse(_("The history of a document stays as it is."))


def keep_version_on_trash(doc, method: str | None = None) -> None:
	"""As a comment."""
	if _is_ours(doc.ref_doctype):
		_require_system_manager()


def keep_deleted(doc, method: str | None = None) -> None:
	"""The record of what was deleted is neither changed nor deleted, by anybody."""
	if doc.is_new():
		return
	kept = (*WATCHED, *KEPT, "User Permission")
	if doc.deleted_doctype in kept or (doc.deleted_doctype in ("Version", "Comment") and '"PAR ' in doc.data):
		_refuse(_("The record of what was deleted in a campaign stays as it is."))


def _is_ours(doctype: str | None) -> bool:
	return (doctype or "").startswith("PAR ")


def _require_system_manager() -> None:
	if "System Manager" not in frappe.get_roles():
		_refuse(_("Traces of a campaign's documents are not deleted."))


def _refuse(message: str) -> None:
	frappe.throw(say(message), frappe.PermissionError, title=_("Trace"))
