"""What every hand-out shares: the campaign it is of, its paper, its name."""

from contextlib import contextmanager
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from par_campaign.printing.content import Document
from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.printing.names import in_two_lines, natural
from par_campaign.printing.pdf.rendering import render_pdf
from par_campaign.printing.word.rendering import render_docx

CONTENT_TYPES = {
	"pdf": "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"zip": "application/zip",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RENDERERS = {"pdf": render_pdf, "docx": render_docx}


@dataclass(frozen=True)
class File:
	"""A finished file."""

	name: str
	content: bytes


@contextmanager
def language(code: str):
	"""Speak this language for a while."""
	before = frappe.local.lang
	frappe.local.lang = code
	try:
		yield
	finally:
		frappe.local.lang = before


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


def paper_of(campaign, particulars=None, *, with_bases: bool = False) -> Paper:
	"""Agency and signatory as the campaign states them, or as the document's `particulars` say instead.

	A number or date nobody has given is left to the hand. Legal bases stand in documents that propose or
	decide, not in lists.
	"""
	own = particulars or frappe._dict()
	day = getdate(own.document_date) if own.document_date else None
	issuer = own.issuer or campaign.office_name or ""
	return Paper(
		office=Office(
			issuer=in_two_lines(issuer),
			place=campaign.office_place or "",
			parent=in_two_lines(own.issuer_parent or ("" if own.issuer else campaign.office_parent) or ""),
			symbol=campaign.office_symbol or "",
			drafter=campaign.office_drafter or "",
			name=natural(issuer),
		),
		signatory=Signatory(
			title=own.signatory_title or campaign.signatory_title or "",
			# whoever signs in another capacity is somebody else
			name=own.signatory_name or ("" if own.signatory_title else campaign.signatory_name) or "",
			authority=lines(
				own.signatory_authority or ("" if own.signatory_title else campaign.signatory_authority)
			),
		),
		number=own.document_number or None,
		date=day,
		year=(day or getdate()).year,
		symbol=own.symbol or "",
		recipients=lines(own.recipients),
		archive=own.archive or "",
		bases=bases_in_force(campaign, day or getdate()) if with_bases else (),
	)


def lines(text: str | None) -> tuple[str, ...]:
	"""The lines of a field that takes one thing to a line."""
	return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def bases_in_force(campaign, day) -> tuple[str, ...]:
	"""Legal bases in force on a day: laws give way to one another in the middle of a campaign."""
	return tuple(
		row.citation
		for row in campaign.legal_bases
		if (not row.in_force_from or getdate(row.in_force_from) <= day)
		and (not row.in_force_to or getdate(row.in_force_to) >= day)
	)
