"""Which documents each user lists and opens: Frappe's hooks for our doctypes."""

import frappe

from par_campaign.permissions import roles, secrecy
from par_campaign.states import HELD_BY_UNIT, ONCE_AWARDED, SETTLED, CampaignState

# --- list conditions (permission_query_conditions) -------------------------------------------
# A hook that returns nothing means "no restriction", so each of these denies by default.

NOTHING = "1=0"


def sql(criterion) -> str:
	"""A criterion as the text Frappe wants of a permission query condition."""
	return criterion.get_sql(quote_char="`", with_namespace=True)


def _own_units(doctype: str, user: str):
	units = roles.units_of(user)
	return frappe.qb.DocType(doctype).unit.isin(sorted(units)) if units else None


def unit_condition(user: str | None = None, doctype: str = "PAR Unit Scorecard") -> str:
	"""A unit's people see their own unit's documents, provincial staff all."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	own = _own_units(doctype, user)
	return sql(own) if own else NOTHING


def unit_itself_condition(user: str | None = None, doctype: str = "PAR Unit") -> str:
	"""A unit's people see their own unit, with its divisions and who heads them."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	units = roles.units_of(user)
	return sql(frappe.qb.DocType("PAR Unit").name.isin(sorted(units))) if units else NOTHING


def campaign_condition(user: str | None = None, doctype: str = "") -> str:
	"""Units see campaigns once they are launched."""
	if roles.is_provincial(user):
		return ""
	return sql(frappe.qb.DocType("PAR Campaign").workflow_state != CampaignState.DRAFT)


def _where_visible(doctype: str, user: str, visible) -> str:
	own = _own_units(doctype, user)
	return sql(own & visible) if own else NOTHING


def appraisal_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees its appraisal rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	campaign, appraisal = frappe.qb.DocType("PAR Campaign"), frappe.qb.DocType("PAR Appraisal")
	published = campaign.workflow_state.isin(SETTLED)
	first = campaign.units_see_appraisal == secrecy.AT_ONCE
	later = (campaign.units_see_review == secrecy.AT_ONCE) | (
		first & ((campaign.units_see_review == "") | campaign.units_see_review.isnull())
	)
	of_first = frappe.qb.from_(campaign).select(campaign.name).where(published | first)
	of_later = frappe.qb.from_(campaign).select(campaign.name).where(published | later)
	# a round that was shown stays to be read while the next one is under way
	visible = ((appraisal.round <= 1) & appraisal.campaign.isin(of_first)) | (
		(appraisal.round > 1) & appraisal.campaign.isin(of_later)
	)
	return _where_visible("PAR Appraisal", user, visible & (appraisal.docstatus == 1))


def proposal_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees its award once it is decided."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	proposal = frappe.qb.DocType("PAR Award Proposal")
	return _where_visible("PAR Award Proposal", user, proposal.workflow_state.isin(ONCE_AWARDED))


def external_condition(user: str | None = None, doctype: str = "") -> str:
	"""External values name every unit, so only provincial staff see them."""
	return "" if roles.is_provincial(user) else NOTHING


# --- single documents (has_permission) --------------------------------------------------------
# Frappe 16 takes a falsy answer for "no", so each of these says True or False outright.


def _is_of_own_unit(doc, user: str) -> bool:
	"""Whether a document is of the user's unit, as it is stored: a request may have put their own into it."""
	units = roles.units_of(user)
	if doc.is_new():
		return not doc.get("unit") or doc.unit in units
	return doc.get("unit") in units and frappe.db.get_value(doc.doctype, doc.name, "unit") in units


def has_unit_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Own unit or provincial staff. A new document has no unit yet; its controller checks it."""
	user = user or frappe.session.user
	return roles.is_provincial(user) or _is_of_own_unit(doc, user)


def has_unit_itself_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list."""
	user = user or frappe.session.user
	return roles.is_provincial(user) or doc.name in roles.units_of(user)


def has_evidence_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As its scorecard; while the unit holds that, its evidence is written by the unit alone, and when it has
	left the campaign by nobody. What may be written at all is the controller's."""
	user = user or frappe.session.user
	if not has_unit_permission(doc, ptype, user):
		return False
	if ptype != "write" or doc.is_new() or user == "Administrator":
		return True
	card = frappe.db.get_value(
		"PAR Unit Scorecard", doc.scorecard, ["workflow_state", "unit", "taken_out"], as_dict=True
	)
	held = card.workflow_state in HELD_BY_UNIT
	return not card.taken_out and (not held or roles.works_for(card.unit, user))


def has_campaign_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Units see launched campaigns."""
	return roles.is_provincial(user) or doc.workflow_state != CampaignState.DRAFT


def has_appraisal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return True
	return bool(
		_is_of_own_unit(doc, user) and doc.docstatus == 1 and secrecy.round_is_shown(doc.campaign, doc.round)
	)


def has_proposal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own decided award."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return True
	return bool(_is_of_own_unit(doc, user) and doc.workflow_state in ONCE_AWARDED)


def has_external_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Provincial staff only."""
	return roles.is_provincial(user)


def query_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees the questions that were sent to it and its own requests."""
	user = user or frappe.session.user
	if roles.is_provincial(user):
		return ""
	query = frappe.qb.DocType("PAR Query")
	return _where_visible("PAR Query", user, query.sent_on.isnotnull() | (query.kind == "Review request"))


def has_query_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list; who may ask and answer is the controller's."""
	user = user or frappe.session.user
	if roles.is_provincial(user) or doc.is_new():
		return True
	return bool(_is_of_own_unit(doc, user) and (doc.sent_on or doc.kind == "Review request"))


def task_condition(user: str | None = None, doctype: str = "PAR Task") -> str:
	"""A unit's plan is its own: neither other units nor provincial staff read it."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	own = _own_units("PAR Task", user)
	return sql(own) if own and roles.UNIT_ROLES & set(frappe.get_roles(user)) else NOTHING


def has_task_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if not roles.UNIT_ROLES & set(frappe.get_roles(user)):
		return False
	return _is_of_own_unit(doc, user)
