"""Who may see what: one place for roles, unit membership and the list conditions.

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

# Scorecard states from which a unit may read what the appraisers gave, by the campaign's choice.
APPRAISED_STATES = ("Appraised", "Proposed", "Awarded", "Not Awarded")
PUBLISHED_STATES = ("Results Published", "Closed")
AT_ONCE = "When appraised"


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


# --- list conditions (permission_query_conditions) -------------------------------------------
# A hook that returns nothing means "no restriction", so each of these denies by default.

NOTHING = "1=0"


def sql(criterion) -> str:
	"""A criterion as the text Frappe wants of a permission query condition."""
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
	return sql(own) if own else NOTHING


def unit_itself_condition(user: str | None = None, doctype: str = "PAR Unit") -> str:
	"""A unit's people see their own unit, with its divisions and who heads them."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	units = units_of(user)
	return sql(frappe.qb.DocType("PAR Unit").name.isin(sorted(units))) if units else NOTHING


def campaign_condition(user: str | None = None, doctype: str = "") -> str:
	"""Units see campaigns once they are launched."""
	if is_provincial(user):
		return ""
	return sql(frappe.qb.DocType("PAR Campaign").workflow_state != "Draft")


def _where_visible(doctype: str, user: str, visible) -> str:
	own = _own_units(doctype, user)
	return sql(own & visible) if own else NOTHING


def appraisal_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees its appraisal rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	campaign, appraisal = frappe.qb.DocType("PAR Campaign"), frappe.qb.DocType("PAR Appraisal")
	published = campaign.workflow_state.isin(PUBLISHED_STATES)
	first = campaign.units_see_appraisal == AT_ONCE
	later = (campaign.units_see_review == AT_ONCE) | (
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
	if is_provincial(user):
		return ""
	proposal = frappe.qb.DocType("PAR Award Proposal")
	return _where_visible("PAR Award Proposal", user, proposal.workflow_state.isin(["Awarded", "Revoked"]))


def external_condition(user: str | None = None, doctype: str = "") -> str:
	"""External values name every unit, so only provincial staff see them."""
	return "" if is_provincial(user) else NOTHING


# --- single documents (has_permission) --------------------------------------------------------
# Frappe 16 takes a falsy answer for "no", so each of these says True or False outright.


def _is_of_own_unit(doc, user: str) -> bool:
	"""Whether a document is of the user's unit, as it is stored: a request may have put their own into it."""
	units = units_of(user)
	if doc.is_new():
		return not doc.get("unit") or doc.unit in units
	return doc.get("unit") in units and frappe.db.get_value(doc.doctype, doc.name, "unit") in units


def has_unit_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Own unit or provincial staff. A new document has no unit yet; its controller checks it."""
	user = user or frappe.session.user
	return is_provincial(user) or _is_of_own_unit(doc, user)


def has_unit_itself_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list."""
	user = user or frappe.session.user
	return is_provincial(user) or doc.name in units_of(user)


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
	held = card.workflow_state in ("Draft", "Returned")
	return not card.taken_out and (not held or works_for(card.unit, user))


def has_campaign_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Units see launched campaigns."""
	return is_provincial(user) or doc.workflow_state != "Draft"


def has_appraisal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own rounds from when the campaign lets it."""
	user = user or frappe.session.user
	if is_provincial(user):
		return True
	return bool(_is_of_own_unit(doc, user) and doc.docstatus == 1 and round_is_shown(doc.campaign, doc.round))


def has_proposal_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""A unit reads its own decided award."""
	user = user or frappe.session.user
	if is_provincial(user):
		return True
	return bool(_is_of_own_unit(doc, user) and doc.workflow_state in ("Awarded", "Revoked"))


def has_external_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""Provincial staff only."""
	return is_provincial(user)


def query_condition(user: str | None = None, doctype: str = "") -> str:
	"""A unit sees the questions that were sent to it and its own requests."""
	user = user or frappe.session.user
	if is_provincial(user):
		return ""
	query = frappe.qb.DocType("PAR Query")
	return _where_visible("PAR Query", user, query.sent_on.isnotnull() | (query.kind == "Review request"))


def has_query_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list; who may ask and answer is the controller's."""
	user = user or frappe.session.user
	if is_provincial(user) or doc.is_new():
		return True
	return bool(_is_of_own_unit(doc, user) and (doc.sent_on or doc.kind == "Review request"))


def task_condition(user: str | None = None, doctype: str = "PAR Task") -> str:
	"""A unit's plan is its own: neither other units nor provincial staff read it."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	own = _own_units("PAR Task", user)
	return sql(own) if own and UNIT_ROLES & set(frappe.get_roles(user)) else NOTHING


def has_task_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool:
	"""As the list."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if not UNIT_ROLES & set(frappe.get_roles(user)):
		return False
	return _is_of_own_unit(doc, user)


def may_see_appraisal(campaign: str, scorecard: str) -> bool:
	"""Whether the unit may read the appraised scores of its scorecard by now."""
	card = frappe.db.get_value(
		"PAR Unit Scorecard",
		{"name": scorecard, "campaign": campaign},
		["name", "campaign", "workflow_state", "round"],
		as_dict=True,
	)
	return bool(card and shown_to_units([card]))


def shown_to_units(cards: Iterable) -> set[str]:
	"""Names of those scorecards (rows with name, campaign, workflow_state, round) whose appraised scores
	their units may read by now: one query whatever their number."""
	cards = list(cards)
	campaigns = _when_shown({card.campaign for card in cards})
	return {
		card.name
		for card in cards
		if campaigns[card.campaign].workflow_state in PUBLISHED_STATES
		or (card.workflow_state in APPRAISED_STATES and _is_shown(campaigns[card.campaign], card.round))
	}


def round_is_shown(campaign: str, number: int) -> bool:
	"""Whether units may by now see what a closed round gave: the campaign says so for the first round
	and, where it wishes, apart for the later ones."""
	return _is_shown(_when_shown({campaign})[campaign], number)


def _when_shown(campaigns: set[str]) -> dict:
	rows = frappe.get_all(
		"PAR Campaign",
		filters={"name": ("in", campaigns)},
		fields=["name", "workflow_state", "units_see_appraisal", "units_see_review"],
		order_by="name",
	)
	return {row.name: row for row in rows}


def _is_shown(campaign, number: int | None) -> bool:
	first, later = campaign.units_see_appraisal, campaign.units_see_review
	when = (later or first) if (number or 0) > 1 else first
	return campaign.workflow_state in PUBLISHED_STATES or when == AT_ONCE


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
