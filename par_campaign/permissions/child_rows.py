"""Rows of child tables, listed by themselves.

Frappe checks no more than that the user may read some document of the parent's kind, so a list of
`PAR Scorecard Line` would hold every unit's rows. A row is seen by whoever sees its document. Which documents a
table belongs to is read from the doctypes' fields: a new table needs no entry anywhere. For a row asked for by its
name see `guarded_row.py`.
"""

import frappe
from frappe.query_builder import Criterion
from pypika.terms import LiteralValue

from par_campaign.permissions import ours, rules


def condition(user: str, doctype: str) -> str:
	"""Permission query condition of a child table: rows of the documents the user sees."""
	row = frappe.qb.DocType(doctype)
	seen = [_rows_in(row, parent, user) for parent in ours.parents_of(doctype) if may_read_some(parent, user)]
	return f"({rules.sql(Criterion.any(seen))})" if seen else rules.NOTHING


def _rows_in(row, parent: str, user: str):
	of_parent = row.parenttype == parent
	names = seen_names(parent, user)
	return of_parent & row.parent.isin(names) if names else of_parent


def may_read_some(doctype: str, user: str) -> bool:
	"""Whether the user may read documents of this kind at all."""
	return bool(frappe.permissions.has_permission(doctype, "read", user=user, raise_exception=False))


def seen_names(doctype: str, user: str):
	"""Subquery of the documents a user sees by the permission query conditions; None where they see all."""
	hooks = frappe.get_hooks("permission_query_conditions").get(doctype, [])
	found = [text for hook in hooks if (text := frappe.call(hook, user, doctype=doctype))]
	if not found:
		return None
	document = frappe.qb.DocType(doctype)
	names = frappe.qb.from_(document).select(document.name)
	for text in found:
		names = names.where(LiteralValue(f"({text})"))
	return names
