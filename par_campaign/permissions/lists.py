"""What every list of the site passes through (permission query condition of `*`): closed by default.

The lists of documents that are not everybody's are narrowed by `rules.py`. Here stands what holds for all: which
questions may be asked, and rows and records that follow the documents they belong to.
"""

import frappe

from par_campaign.permissions import child_rows, closed_fields, ours, people, records


def condition(user: str | None = None, doctype: str = "") -> str:
	"""Permission query condition for any doctype."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	closed_fields.refuse(user, doctype)
	people.refuse_private(user, doctype)
	if not ours.is_ours(doctype):
		return records.condition(user, doctype)
	return child_rows.condition(user, doctype) if frappe.get_meta(doctype).istable else ""
