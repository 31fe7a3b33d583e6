"""Who is in the audience of a document. What one may see of it, and whose, is checked where its data is read."""

import frappe
from frappe import _

from par_campaign.permissions import roles
from par_campaign.printing.kinds import Audience


def includes(audience: Audience) -> bool:
	"""Whether the session's user is one of them."""
	provincial = roles.is_provincial()
	if audience is Audience.PROVINCE:
		return provincial
	if audience is Audience.UNITS:
		return not provincial and roles.has_role()
	return provincial or roles.has_role()


def require(audience: Audience) -> None:
	"""Raise unless the session's user is one of them."""
	if not includes(audience):
		frappe.throw(
			_("This document is for others. Ask the office that runs the campaign."), frappe.PermissionError
		)
