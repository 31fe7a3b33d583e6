"""Who appraises a scorecard: the campaign's council, and never anybody with a part in the unit."""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from par_campaign.permissions import roles


def member_row(card, user: str | None = None):
	"""The user's row in the campaign's council if they appraise, else None."""
	user = user or frappe.session.user
	council = frappe.get_cached_doc("PAR Campaign", card.campaign).council
	return next((row for row in council if row.user == user and row.appraises and is_sitting(row)), None)


def is_sitting(row, day=None) -> bool:
	"""Whether a council member has not left by a day, or today. What they did before stays theirs."""
	return not row.left_on or getdate(row.left_on) > getdate(day or nowdate())


def may_appraise(card) -> bool:
	"""Whether the session's user may appraise this scorecard at all."""
	if frappe.session.user == "Administrator":
		return True
	held = {roles.APPRAISER, roles.LEAD} & set(frappe.get_roles())
	return bool(held and member_row(card) and not _is_involved(card))


def _is_involved(card) -> bool:
	return roles.belongs_to(card.unit) or _handed_in(card)


def _handed_in(card) -> bool:
	"""Whether the user has handed this scorecard in, or its answer."""
	return frappe.session.user in (card.submitted_by, card.answered_by)


def require_appraiser(card) -> None:
	"""Raise unless the user appraises in this campaign and has no part in the unit."""
	roles.require_unmixed(card.unit, card.unit_name, _("appraise"))
	if _handed_in(card) and frappe.session.user != "Administrator":
		frappe.throw(_("You handed this scorecard in, so you cannot appraise it."), frappe.PermissionError)
	if not may_appraise(card):
		frappe.throw(
			_("You are not among the appraisers of this campaign. Its manager can add you to the council."),
			frappe.PermissionError,
		)


def appraises_row(card, code: str) -> bool:
	"""Whether the council gave this row to the user; a member without areas has all, so has a lead."""
	if frappe.session.user == "Administrator" or roles.LEAD in frappe.get_roles():
		return True
	member = member_row(card)
	return covers(areas_of(member), code)


def areas_of(member) -> list[str]:
	"""Codes of the areas or criteria a council member appraises; empty means all."""
	return [part.strip().rstrip(".") for part in ((member and member.areas) or "").split(",") if part.strip()]


def covers(areas: list[str], code: str) -> bool:
	"""Whether a row lies in the areas."""
	return not areas or any(code == area or code.startswith(f"{area}.") for area in areas)
