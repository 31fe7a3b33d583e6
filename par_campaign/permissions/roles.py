"""Roles, the units a user belongs to, and who may not act because of theirs.

A user belongs to a unit through Frappe's User Permission (Allow = PAR Unit). Provincial staff who
also sit in a unit get that User Permission with "Apply To" a single doctype, so that it says where
they belong without narrowing what they appraise.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.permissions import get_user_permissions

from par_campaign.saying import bold, say

UNIT_USER = "PAR Unit User"
UNIT_HEAD = "PAR Unit Head"
APPRAISER = "PAR Appraiser"
LEAD = "PAR Appraisal Lead"
SECRETARY = "PAR Council Secretary"
CHAIRMAN = "PAR Chairman"
AUDITOR = "PAR Auditor"
MANAGER = "PAR Campaign Manager"

UNIT_ROLES = frozenset({UNIT_USER, UNIT_HEAD})
PROVINCIAL_ROLES = frozenset({APPRAISER, LEAD, SECRETARY, CHAIRMAN, AUDITOR, MANAGER, "System Manager"})
ROLES = (UNIT_USER, UNIT_HEAD, APPRAISER, LEAD, SECRETARY, CHAIRMAN, AUDITOR, MANAGER)


def units_of(user: str | None = None) -> frozenset[str]:
	"""Names of the units the user belongs to."""
	permissions = get_user_permissions(user or frappe.session.user).get("PAR Unit") or []
	return frozenset(p.get("doc") for p in permissions)


def belongs_to(unit: str, user: str | None = None) -> bool:
	"""Whether the user is of this unit. Administrator is of none: it is nobody's account."""
	user = user or frappe.session.user
	return user != "Administrator" and unit in units_of(user)


def works_for(unit: str, user: str | None = None) -> bool:
	"""Whether the user does the unit's own work there: who belongs to it as, say, an appraiser does not.
	Administrator may, to put things right."""
	user = user or frappe.session.user
	return user == "Administrator" or (
		belongs_to(unit, user) and bool(UNIT_ROLES & set(frappe.get_roles(user)))
	)


def is_head(unit: str, user: str | None = None) -> bool:
	"""Whether the user speaks for the unit to the province: hands in, asks for a review, shares rows out.
	Administrator may, to put things right."""
	user = user or frappe.session.user
	return user == "Administrator" or (belongs_to(unit, user) and UNIT_HEAD in frappe.get_roles(user))


def is_provincial(user: str | None = None) -> bool:
	"""Whether the user works for the whole province, not for one unit only."""
	user = user or frappe.session.user
	return user == "Administrator" or bool(PROVINCIAL_ROLES & set(frappe.get_roles(user)))


def is_administrator(user: str | None = None) -> bool:
	"""Whether the user looks after the site: keeps its roles and sees what Frappe keeps about documents."""
	user = user or frappe.session.user
	return user == "Administrator" or "System Manager" in frappe.get_roles(user)


def has_role(user: str | None = None) -> bool:
	"""Whether the user has any role of the app's."""
	return bool(set(ROLES) & set(frappe.get_roles(user or frappe.session.user)))


def require_provincial() -> None:
	"""Proposals under way are the province's business until they are decided."""
	if not is_provincial():
		frappe.throw(_("Award proposals are shown to provincial staff."), frappe.PermissionError)


def require_head(unit: str, unit_name: str | None = None) -> None:
	"""Refuse what only the unit's head may do; see `is_head`."""
	if not is_head(unit):
		name = unit_name or frappe.db.get_value("PAR Unit", unit, "unit_name") or unit
		frappe.throw(say(_("Only the head of {0} can do this."), bold(name)), frappe.PermissionError)


def require_unmixed(unit: str, unit_name: str | None, action: str) -> None:
	"""Refuse `action` on a document of the user's own unit: nobody judges their own case."""
	if belongs_to(unit):
		_refuse_own(unit_name or frappe.db.get_value("PAR Unit", unit, "unit_name") or unit, action)


def require_unmixed_in(unit_groups: Iterable[str], action: str) -> None:
	"""Refuse `action` to whoever belongs to a unit of the groups: it changes what their unit is measured by."""
	if own := own_units_in(unit_groups):
		_refuse_own(own[0], action)


def own_units_in(unit_groups: Iterable[str]) -> list[str]:
	"""Names, as people read them, of the user's own units in these groups."""
	user = frappe.session.user
	units = [] if user == "Administrator" else sorted(units_of(user))
	if not units:
		return []
	filters = {"name": ("in", units), "unit_group": ("in", list(unit_groups))}
	return frappe.get_all("PAR Unit", filters, pluck="unit_name", order_by="unit_name")


def _refuse_own(unit_name: str, action: str) -> None:
	frappe.throw(
		say(
			_("You belong to {0}, so you cannot {1} for it. Ask a colleague of another unit."),
			bold(unit_name),
			action,
		),
		frappe.PermissionError,
		title=_("Own Unit"),
	)
