"""Rows of child tables, listed by themselves.

Frappe checks no more than that the user may read some document of the parent's kind, so a list of
`PAR Scorecard Line` would hold every unit's rows. A row is seen by whoever sees its document.
"""

import frappe
from pypika.terms import LiteralValue

from par_campaign.permissions import access

PARENTS = {
	"PAR Scorecard Line": "PAR Unit Scorecard",
	"PAR Scorecard Area": "PAR Unit Scorecard",
	"PAR Evidence Criterion": "PAR Evidence Item",
	"PAR Appraisal Change": "PAR Appraisal",
	"PAR Council Vote": "PAR Award Proposal",
	"PAR External Value": "PAR External Result",
	"PAR Task Row": "PAR Task",
	"PAR Published Row": "PAR Published Result",
	"PAR Campaign Group": "PAR Campaign",
	"PAR Class Band": "PAR Campaign",
	"PAR Council Member": "PAR Campaign",
	"PAR Award Quota": "PAR Campaign",
	"PAR Tie Breaker": "PAR Campaign",
	"PAR Legal Basis": "PAR Campaign",
}


def condition(user: str | None = None, doctype: str = "") -> str:
	"""Permission query condition of a child table: rows of the documents the user sees."""
	user, parent = user or frappe.session.user, PARENTS[doctype]
	names = seen_names(parent, user)
	if not names:
		return ""
	row = frappe.qb.DocType(doctype)
	return access.sql((row.parenttype == parent) & row.parent.isin(names))


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


def division_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit's divisions and who heads them are the unit's; Frappe narrows PAR Unit itself by User Permission."""
	user = user or frappe.session.user
	if access.is_provincial(user):
		return ""
	units = sorted(access.units_of(user))
	return access.sql(frappe.qb.DocType("PAR Unit Division").parent.isin(units)) if units else access.NOTHING
