"""What a document needs besides the campaign's data: asked once, kept as a PAR Document, offered again."""

import frappe
from frappe import _

from par_campaign.documents import makers
from par_campaign.par_campaign.doctype.par_document.par_document import name_of
from par_campaign.permissions import roles
from par_campaign.permissions.arguments import parsed
from par_campaign.printing.kinds import Kind
from par_campaign.saying import say
from par_campaign.states import WITHOUT_AWARD

DOCTYPE = "PAR Document"
COUNCIL = "Hội đồng Thi đua - Khen thưởng"


def of(kind: type[Kind], campaign, unit: str | None = None):
	"""The particulars of a document as they are kept, else as they are offered. Checks no permission:
	whoever may print the document gets what it says."""
	unit = unit if kind.of_unit else None
	name = name_of(kind, campaign.name, unit)
	if frappe.db.exists(DOCTYPE, name):
		return frappe.get_doc(DOCTYPE, name)
	doc = frappe.new_doc(DOCTYPE)
	return doc.update(
		{"campaign": campaign.name, "kind": kind.label, "unit": unit, **makers.offered(kind, campaign)}
	)


def latest_meeting(campaign: str):
	"""The day of the council's last meeting that voted; None where there was none."""
	return frappe.db.get_value(
		"PAR Award Proposal",
		{"campaign": campaign, "members_present": (">", 0)},
		"meeting_date",
		order_by="meeting_date desc",
	)


def proposed_level(campaign: str, unit: str) -> str | None:
	"""The award a unit is proposed for, for those who may know of it."""
	found = frappe.get_list(
		"PAR Award Proposal",
		filters={
			"campaign": campaign,
			"unit": unit,
			"workflow_state": ("not in", WITHOUT_AWARD),
		},
		pluck="award_level",
		order_by="creation",
		limit=1,
	)
	return found[0] if found else None


# --- the dialog -----------------------------------------------------------------------------------


@frappe.whitelist()
def ask(kind: str, campaign: str, unit: str | None = None) -> dict:
	"""What the dialog of a document asks: its fields, their values, and whether the user may keep them."""
	found, doc = _readable(kind, campaign, unit)
	if "award_level" in found.asks and not doc.award_level:
		doc.award_level = proposed_level(campaign, doc.unit)
	return {
		"title": _(doc.kind),
		"fields": found.asks,
		"values": {field: doc.get(field) for field in found.asks},
		"may_keep": frappe.has_permission(DOCTYPE, "write" if not doc.is_new() else "create", doc),
	}


def _readable(key: str, campaign: str, unit: str | None):
	kind = makers.kind_of(key)
	if not kind.asks:
		frappe.throw(say(_("There is no document {0}."), key))
	campaign_doc = frappe.get_cached_doc("PAR Campaign", campaign)
	campaign_doc.check_permission("print")
	doc = of(kind, campaign_doc, unit)
	if not doc.is_new():
		doc.check_permission("read")
	elif not roles.is_provincial() and doc.unit not in roles.units_of():
		frappe.throw(_("You can only write documents of your own unit."), frappe.PermissionError)
	return kind, doc


@frappe.whitelist(methods=["POST"])
def keep(kind: str, campaign: str, values: str | dict, unit: str | None = None) -> str:
	"""Keep what was entered in the dialog; returns the PAR Document's name."""
	found, doc = _readable(kind, campaign, unit)
	doc.check_permission("create" if doc.is_new() else "write")
	values = parsed(values, dict)
	doc.update({field: values.get(field) for field in found.asks if field in values})
	return doc.save().name
