"""Where every request passes: an authentication hook, because only there all ways of logging in are known.

`before_request` still sees a guest where somebody comes with an API key, Basic or OAuth.
"""

import frappe
from frappe.permissions import AUTOMATIC_ROLES

from par_campaign.permissions import roles
from par_campaign.permissions.gate import allowed, asked, refusal

HOOK = "par_campaign.permissions.gate.door.check"


def check() -> None:
	"""Refuse a request of a gated user that names something not listed (authentication hook)."""
	if not is_held(frappe.session.user):
		return
	if missing := allowed.unlisted(asked.of_request(frappe.request, frappe.form_dict)):
		refusal.refuse(missing)


def is_held(user: str) -> bool:
	"""Whether requests of this user are held to the list.

	Where the hook of another app runs after this one, a guest may still turn out to be one of our users, and
	there is no later place to ask: so guests are held to it as well.
	"""
	return is_gated(user) or (user in ("", "Guest") and not is_last())


def is_gated(user: str) -> bool:
	"""Whether all roles of the user, but for Frappe's automatic ones, are this app's."""
	if user in ("", "Guest", "Administrator"):
		return False
	held = set(frappe.get_roles(user)).difference(AUTOMATIC_ROLES)
	return bool(held) and held.issubset(roles.ROLES)


def is_last() -> bool:
	"""Whether nobody is identified after this hook has looked."""
	hooks = frappe.get_hooks("auth_hooks")
	return bool(hooks) and hooks[-1] == HOOK
