"""What every hand-out shares: the campaign it is of, its paper, its name."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from par_campaign.printing.content import Document
from par_campaign.printing.docx import render_docx
from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.printing.pdf import render_pdf

CONTENT_TYPES = {
	"pdf": "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RENDERERS = {"pdf": render_pdf, "docx": render_docx}


@dataclass(frozen=True)
class File:
	"""A finished file."""

	name: str
	content: bytes


def campaign_of(filters):
	"""The campaign named by the filters, if the user may print it."""
	if not filters.campaign:
		frappe.throw(_("Choose a campaign first."))
	doc = frappe.get_cached_doc("PAR Campaign", filters.campaign)
	doc.check_permission("print")
	return doc


def named(title: str, campaign: str, extension: str, content: bytes) -> File:
	"""A file whose name says what it is, of which campaign and of when."""
	stamp = now_datetime().strftime("%Y%m%d-%H%M")
	return File(f"{title}-{campaign}-{stamp}.{extension}", content)


def rendered(document: Document, campaign: str, extension: str) -> File:
	"""A document as PDF or Word."""
	return named(document.name, campaign, extension, RENDERERS[extension](document))


def paper_of(campaign, *, with_bases: bool = False) -> Paper:
	"""Agency and signatory as the campaign states them; number and date are left to the hand.

	Legal bases stand in documents that propose or decide, not in lists.
	"""
	today = getdate()
	return Paper(
		office=Office(
			issuer=campaign.office_name or "",
			place=campaign.office_place or "",
			parent=campaign.office_parent or "",
			symbol=campaign.office_symbol or "",
			drafter=campaign.office_drafter or "",
		),
		signatory=Signatory(
			title=campaign.signatory_title or "",
			name=campaign.signatory_name or "",
			authority=tuple((campaign.signatory_authority or "").splitlines()),
		),
		year=today.year,
		bases=bases_in_force(campaign, today) if with_bases else (),
	)


def bases_in_force(campaign, day) -> tuple[str, ...]:
	"""Legal bases in force on a day: laws give way to one another in the middle of a campaign."""
	return tuple(
		row.citation
		for row in campaign.legal_bases
		if (not row.in_force_from or getdate(row.in_force_from) <= day)
		and (not row.in_force_to or getdate(row.in_force_to) >= day)
	)
