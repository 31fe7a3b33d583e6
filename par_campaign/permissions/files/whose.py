"""Which files are ours: all that hang on a document of this app, and what people with our roles upload before it
hangs on anything. Files of other apps stay as Frappe has them, whoever uploads them."""

import frappe

from par_campaign.permissions import roles


def is_below_manager(user: str | None = None) -> bool:
	"""Whether the user is anybody but those who administrate the site."""
	user = user or frappe.session.user
	return user != "Administrator" and "System Manager" not in frappe.get_roles(user)


def is_par_user(user: str | None = None) -> bool:
	"""Whether the user has a role of ours and does not administrate the site."""
	user = user or frappe.session.user
	return is_below_manager(user) and bool(set(roles.ROLES) & set(frappe.get_roles(user)))


def hangs_on_ours(file) -> bool:
	return (file.attached_to_doctype or "").startswith("PAR ")


def is_ours(file) -> bool:
	"""Whether a file that comes in is kept by our rules."""
	return hangs_on_ours(file) or (not file.attached_to_doctype and is_par_user())
