"""Who may see what: one place for roles, unit membership and the list conditions.

A user belongs to a unit through Frappe's User Permission (Allow = PAR Unit). Provincial staff who
also sit in a unit get that User Permission with "Apply To" a single doctype, so that it says where
they belong without narrowing what they appraise.
"""

import frappe
from frappe import _
from frappe.permissions import get_user_permissions

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

# Scorecard states from which a unit may read what the appraisers gave, by the campaign's choice.
APPRAISED_STATES = ("Appraised", "Proposed", "Awarded", "Not Awarded")
PUBLISHED_STATES = ("Results Published", "Closed")


def units_of(user: str | None = None) -> frozenset[str]:
	"""Names of the units the user belongs to."""
	permissions = get_user_permissions(user or frappe.session.user).get("PAR Unit") or []
	return frozenset(p.get("doc") for p in permissions)


def belongs_to(unit: str, user: str | None = None) -> bool:
	"""Whether the user is of this unit. Administrator is of none: it is nobody's account."""
	user = user or frappe.session.user
	return user != "Administrator" and unit in units_of(user)


def is_provincial(user: str | None = None) -> bool:
	"""Whether the user works for the whole province, not for one unit only."""
	user = user or frappe.session.user
	return user == "Administrator" or bool(PROVINCIAL_ROLES & set(frappe.get_roles(user)))


# --- list conditions (permission_query_conditions) -------------------------------------------
# A hook that returns nothing means "no restriction", so each of these denies by default.

NOTHING = "1=0"


def _sql(criterion) -> str:
	return criterion.get_sql(quote_char="`", with_namespace=True)


def _own_units(doctype: str, user: str):
	units = units_of(user)
	return frappe.qb.DocType(doctype).unit.isin(sorted(units)) if units else None


def unit_condition(user: str | None = None, doctype: str = "PAR Unit Scorecard") -> str:
	"""A unit's people see their own unit's documents, provincial staff all."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	own = _own_units(doctype, user)
	return _sql(own) if own else NOTHING


def campaign_condition(user: str | None = None, doctype: str = "") -> str:
	"""Units see campaigns once they are launched."""
	if is_provincial(user):
		return ""
	return _sql(frappe.qb.DocType("PAR Campaign").workflow_state != "Draft")


def _where_visible(doctype: str, user: str, visible) -> str:
	own = _own_units(doctype, user)
	return _sql(own & visible) if own else NOTHING


def appraisal_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees its appraisal rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	card = frappe.qb.DocType("PAR Unit Scorecard")
	campaign = frappe.qb.DocType("PAR Campaign")
	published = frappe.qb.from_(campaign).select(campaign.name)
	published = published.where(campaign.workflow_state.isin(PUBLISHED_STATES))
	at_once = frappe.qb.from_(campaign).select(campaign.name)
	at_once = at_once.where(campaign.units_see_appraisal == "When appraised")
	appraised = frappe.qb.from_(card).select(card.name).where(card.workflow_state.isin(APPRAISED_STATES))
	appraisal = frappe.qb.DocType("PAR Appraisal")
	visible = appraisal.campaign.isin(published) | (
		appraisal.campaign.isin(at_once) & appraisal.scorecard.isin(appraised)
	)
	return _where_visible("PAR Appraisal", user, visible & (appraisal.docstatus == 1))


def proposal_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees its award once it is decided."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	proposal = frappe.qb.DocType("PAR Award Proposal")
	return _where_visible("PAR Award Proposal", user, proposal.workflow_state.isin(["Awarded", "Revoked"]))


def external_condition(user: str | None = None, doctype: str = "") -> str:
	"""External values name every unit, so only provincial staff see them."""
	return "" if is_provincial(user) else NOTHING


# --- single documents (has_permission) --------------------------------------------------------
# Frappe 16 takes a falsy answer for "no", so each of these says True or False outright.


def has_unit_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Own unit or provincial staff. A new document has no unit yet; its controller checks it."""
	user = user or frappe.session.user
	if is_provincial(user):
		return True
	if not doc.get("unit"):
		return bool(doc.is_new())
	return doc.unit in units_of(user)


def has_campaign_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Units see launched campaigns."""
	return is_provincial(user) or doc.workflow_state != "Draft"


def has_appraisal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if is_provincial(user):
		return True
	return bool(
		doc.unit in units_of(user) and doc.docstatus == 1 and may_see_appraisal(doc.campaign, doc.scorecard)
	)


def has_proposal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own decided award."""
	user = user or frappe.session.user
	if is_provincial(user):
		return True
	return bool(doc.unit in units_of(user) and doc.workflow_state in ("Awarded", "Revoked"))


def has_external_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Provincial staff only."""
	return is_provincial(user)


def may_see_appraisal(campaign: str, scorecard: str) -> bool:
	"""Whether the unit may read the appraised scores of its scorecard by now."""
	state, when = frappe.db.get_value("PAR Campaign", campaign, ["workflow_state", "units_see_appraisal"])
	if state in PUBLISHED_STATES:
		return True
	card_state = frappe.db.get_value("PAR Unit Scorecard", scorecard, "workflow_state")
	return when == "When appraised" and card_state in APPRAISED_STATES


def require_unmixed(unit: str, unit_name: str, action: str) -> None:
	"""Refuse `action` on a document of the user's own unit: nobody judges their own case."""
	if belongs_to(unit):
		frappe.throw(
			_("You belong to {0}, so you cannot {1} for it. Ask a colleague of another unit.").format(
				frappe.bold(unit_name or unit), action
			),
			frappe.PermissionError,
			title=_("Own Unit"),
		)
