"""Users: a unit's people find their colleagues and the province's staff, not other units' people; and nobody of ours
finds more of them than a name.

Frappe lets every user of the desk choose among all users, and its lists give and filter by every column then: phones,
birth dates, the key of a password to be set anew.
"""

import frappe
from frappe import _
from frappe.utils.caching import request_cache

from par_campaign.permissions import closed_fields, roles, rules

PUBLIC = frozenset(
	"name email full_name first_name middle_name last_name username user_image enabled user_type".split()
)


@request_cache
def hidden_from(user: str) -> frozenset[str]:
	"""Users of units this user does not belong to, where the user is a unit's and no more."""
	if roles.is_provincial(user) or not roles.has_role(user):
		return frozenset()
	rows = frappe.get_all(
		"User Permission", filters={"allow": "PAR Unit"}, fields=["user", "for_value"], order_by="user"
	)
	own = roles.units_of(user)
	colleagues = {row.user for row in rows if row.for_value in own}
	return frozenset(row.user for row in rows) - colleagues - {user}


def condition(user: str | None = None, doctype: str = "User") -> str:
	"""Permission query condition of User."""
	others = sorted(hidden_from(user or frappe.session.user))
	return rules.sql(frappe.qb.DocType("User").name.notin(others)) if others else ""


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""As the list; None leaves the answer to Frappe."""
	return False if doc.name in hidden_from(user or frappe.session.user) else None


def is_kept_to_names(user: str) -> bool:
	"""Whether a user of ours may only choose among users: who may read them has that from another app, or keeps
	the site."""
	if roles.is_administrator(user) or not roles.has_role(user):
		return False
	return not frappe.permissions.get_role_permissions("User", user).get("read")


def refuse_private(user: str, doctype: str) -> None:
	"""Refuse the list that is about to be read where it gives, or asks about, more of others than what is public."""
	query = closed_fields.running_query(doctype)
	if doctype != "User" and not _leads_to_users(query):
		return
	if not is_kept_to_names(user) or _is_about_oneself(query, user):
		return
	if not closed_fields.is_known(query) or _private(query, doctype):
		frappe.throw(_("Of other users you may see the name only."), frappe.PermissionError)


def _leads_to_users(query) -> bool:
	return any(table.doctype == "User" for table in getattr(query, "link_tables", ()))


def _is_about_oneself(query, user: str) -> bool:
	filters = getattr(query, "filters", None) or []
	return not getattr(query, "or_filters", None) and any(
		list(one)[-3:] == ["name", "=", user] for one in filters
	)


def _private(query, doctype: str) -> bool:
	if doctype != "User":
		texts = [field for field in query.fields if "tabUser_" in field]
	elif len(query.tables) > 1 or query.link_tables:
		return True
	else:
		texts = [*(field for field in query.fields if field), *closed_fields.conditions(query)]
	private = {df.fieldname for df in frappe.get_meta("User").fields} - PUBLIC
	return bool(private & set(closed_fields.words(texts))) or any(
		"*" in text and "(" not in text for text in texts
	)
