"""What Frappe keeps beside our documents: remarks are their author's, and hold no script."""

import frappe
from frappe.utils import get_fullname, sanitize_html

from par_campaign.permissions import plain_text


def _is_ours(doctype: str | None) -> bool:
	return (doctype or "").startswith("PAR ")


def sign(doc, method: str | None = None) -> None:
	"""A new comment on one of our documents names whoever writes it, whatever the request says; see traces.py."""
	if doc.is_new() and _is_ours(doc.reference_doctype):
		author = frappe.session.user
		doc.comment_email, doc.comment_by = author, get_fullname(author)


def clean(doc, method: str | None = None) -> None:
	"""A to-do of ours holds rich text: cleaned even where it is valid JSON, which Frappe's cleaning lets pass."""
	if _is_ours(doc.reference_type):
		doc.description = sanitize_html(doc.description, always_sanitize=True)


def require_plain_name(doc, method: str | None = None) -> None:
	"""Names of our people stand on every document they touch, where Frappe writes them as HTML."""
	if any(_is_ours(row.role) for row in doc.roles):
		plain_text.check(doc)
