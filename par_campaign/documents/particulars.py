"""What a document needs besides the campaign's data: asked once, kept as a PAR Document, offered again."""

import frappe
from frappe import _
from frappe.utils import get_datetime

from par_campaign.documents.file import paper_of
from par_campaign.par_campaign.doctype.par_document.par_document import KINDS, UNIT_KINDS, name_of
from par_campaign.permissions import roles
from par_campaign.permissions.arguments import parsed
from par_campaign.printing.forms import in_sentence
from par_campaign.printing.names import natural
from par_campaign.saying import say

DOCTYPE = "PAR Document"
PAPER = ("document_number", "document_date", "signatory_authority", "signatory_title", "signatory_name")
COUNCIL = "Hội đồng Thi đua - Khen thưởng"

# What is asked for each kind, in the order of the dialog
ASKED = {
	"submission": (*PAPER, "addressees", "recipients", "with_money"),
	"minutes": (
		"document_number", "council_name", "purpose", "meeting_begin", "meeting_end", "venue",
		"reports", "discussion", "conclusions", "recipients",
	),
	"decision": (
		*PAPER, "issuer", "symbol", "authority", "proposed_by", "executors", "with_money", "fund", "recipients",
	),
	"assignment": (*PAPER, "addressees", "report_by", "contact", "recipients"),
	"reminder": (*PAPER, "addressees", "contact", "recipients"),
	"regret": (*PAPER, "decision_reference", "contact", "recipients"),
	"budget": (*PAPER, "recipients"),
	"summary": (
		*PAPER, "issuer_parent", "award_level", "features", "achievements", "earlier_awards", "recipients",
	),
}  # fmt: skip


def of(kind: str, campaign, unit: str | None = None):
	"""The particulars of a document as they are kept, else as they are offered. Checks no permission:
	whoever may print the document gets what it says."""
	unit = unit if kind in UNIT_KINDS else None
	name = name_of(kind, campaign.name, unit)
	if frappe.db.exists(DOCTYPE, name):
		return frappe.get_doc(DOCTYPE, name)
	doc = frappe.new_doc(DOCTYPE)
	return doc.update(
		{"campaign": campaign.name, "kind": KINDS[kind], "unit": unit, **offered(kind, campaign)}
	)


def offered(kind: str, campaign) -> dict:
	"""What a document usually says, for the office to change. Documents are Vietnamese, so this is."""
	make = OFFERS.get(kind)
	return make(campaign) if make else {}


def _committee(campaign) -> str:
	return natural(campaign.office_parent or "") or "Ủy ban nhân dân tỉnh"


def _submission(campaign) -> dict:
	return {"addressees": f"Chủ tịch {_committee(campaign)}", "recipients": "Như trên", "with_money": 1}


def _minutes(campaign) -> dict:
	day = latest_meeting(campaign.name)
	return {
		"council_name": COUNCIL,
		"purpose": f"Xét khen thưởng {in_sentence(campaign.title)}",
		"meeting_begin": get_datetime(f"{day} 08:00:00") if day else None,
	}


def _decision(campaign) -> dict:
	committee = _committee(campaign)
	office = natural(campaign.office_name or "")
	return {
		"issuer": committee,
		"symbol": "QĐ-UBND",
		"signatory_title": "Chủ tịch",
		"authority": f"Chủ tịch {committee}",
		"proposed_by": f"{_title(campaign)} {office} tại {_submission_reference(campaign)}",
		"executors": f"Chánh Văn phòng {committee}\n{_title(campaign)} {office}",
		"fund": "Quỹ thi đua, khen thưởng",
		"with_money": 1,
	}


def _title(campaign) -> str:
	return (campaign.signatory_title or "Giám đốc").capitalize()


def _submission_reference(campaign) -> str:
	paper = paper_of(campaign, of("submission", campaign))
	return paper.reference("Tờ trình", "TTr", with_issuer=False)  # who proposes has been named


def _letter(campaign) -> dict:
	return {"recipients": "Như trên"}


OFFERS = {
	"submission": _submission,
	"minutes": _minutes,
	"decision": _decision,
	"assignment": _letter,
	"reminder": _letter,
	"regret": _letter,
}


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
			"workflow_state": ("not in", ("Rejected", "Revoked")),
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
	doc = _readable(kind, campaign, unit)
	if kind == "summary" and not doc.award_level:
		doc.award_level = proposed_level(campaign, doc.unit)
	return {
		"title": _(doc.kind),
		"fields": ASKED[kind],
		"values": {field: doc.get(field) for field in ASKED[kind]},
		"may_keep": frappe.has_permission(DOCTYPE, "write" if not doc.is_new() else "create", doc),
	}


def _readable(kind: str, campaign: str, unit: str | None):
	if kind not in ASKED:
		frappe.throw(say(_("There is no document {0}."), kind))
	campaign_doc = frappe.get_cached_doc("PAR Campaign", campaign)
	campaign_doc.check_permission("print")
	doc = of(kind, campaign_doc, unit)
	if not doc.is_new():
		doc.check_permission("read")
	elif not roles.is_provincial() and doc.unit not in roles.units_of():
		frappe.throw(_("You can only write documents of your own unit."), frappe.PermissionError)
	return doc


@frappe.whitelist(methods=["POST"])
def keep(kind: str, campaign: str, values: str | dict, unit: str | None = None) -> str:
	"""Keep what was entered in the dialog; returns the PAR Document's name."""
	doc = _readable(kind, campaign, unit)
	doc.check_permission("create" if doc.is_new() else "write")
	values = parsed(values, dict)
	doc.update({field: values.get(field) for field in ASKED[kind] if field in values})
	return doc.save().name
