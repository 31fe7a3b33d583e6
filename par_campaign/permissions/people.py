"""Users: a unit's people find their colleagues and the province's staff, not other units' people."""

import frappe
from frappe.utils.caching import request_cache

from par_campaign.permissions import access


@request_cache
def hidden_from(user: str) -> frozenset[str]:
	"""Users of units this user does not belong to, where the user is a unit's and no more."""
	if access.is_provincial(user) or not access.has_role(user):
		return frozenset()
	rows = frappe.get_all(
		"User Permission", filters={"allow": "PAR Unit"}, fields=["user", "for_value"], order_by="user"
	)
	own = access.units_of(user)
	colleagues = {row.user for row in rows if row.for_value in own}
	return frozenset(row.user for row in rows) - colleagues - {user}


def condition(user: str | None = None, doctype: str = "User") -> str:
	"""Permission query condition of User."""
	others = sorted(hidden_from(user or frappe.session.user))
	return access.sql(frappe.qb.DocType("User").name.notin(others)) if others else ""


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""As the list; None leaves the answer to Frappe."""
	return False if doc.name in hidden_from(user or frappe.session.user) else None
