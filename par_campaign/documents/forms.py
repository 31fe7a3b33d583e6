"""What Frappe's own print view shows: the same documents, as HTML. Called from the print formats' Jinja.

A print format is handed a document that the browser may have sent; only its name is taken from there.
"""

import frappe
from frappe.utils import getdate

from par_campaign.documents import download, units
from par_campaign.documents.file import language, paper_of
from par_campaign.documents.makers import builds
from par_campaign.permissions import ours, roles
from par_campaign.permissions.standing_in import instead_of
from par_campaign.printing import nd30
from par_campaign.printing.builders import Cast, ProposalRow, proposal_document
from par_campaign.printing.content import Document
from par_campaign.printing.kinds.awards import ProposalSheet
from par_campaign.printing.kinds.units import ScoreSheet
from par_campaign.printing.pdf.markup import fragment
from par_campaign.results import store
from par_campaign.scoring.model import Vote, VoteBase

SCOPE = ".par-print"
VOTES = {
	"For": "Đồng ý",
	"Against": "Không đồng ý",
	"Abstained": "Không có ý kiến",
	"Present": "Có mặt (bỏ phiếu kín)",
	"Absent": "Vắng mặt",
	"Recused": "Không tham gia (thuộc đơn vị)",
}


@builds(ProposalSheet)
def proposal(filters) -> Document:
	"""Phiếu đề nghị khen thưởng of a proposal. How each member voted is the province's to know."""
	doc = frappe.get_doc("PAR Award Proposal", filters.proposal)
	doc.check_permission("print")
	campaign = frappe.get_cached_doc("PAR Campaign", doc.campaign)
	inside = roles.is_provincial()
	voted = inside and doc.members_present
	return proposal_document(
		paper_of(campaign),
		campaign.title,
		ProposalRow(
			unit=doc.unit,
			unit_name=doc.unit_name,
			level=doc.award_level,
			group=doc.unit_group or "",
			cluster=doc.cluster or "",
			rank=doc.rank or None,
			index=store.decimal(doc.index_score),
			band=doc.band or "",
			citation=doc.citation or "",
			vote=Vote(doc.members_total, doc.members_present, doc.votes_for) if voted else None,
			state=doc.workflow_state,
			decision=_decision(doc),
		),
		tie_note=(doc.tie_note or "") if inside else "",
		reason=doc.revocation_reason or doc.rejection_reason or "",
		casts=tuple(Cast(row.member_name or row.user, VOTES.get(row.vote, "")) for row in doc.votes)
		if voted
		else (),
		vote_base=VoteBase(campaign.vote_base or "Members present"),
	)


def _decision(doc) -> str:
	if not doc.decision_number:
		return ""
	day = f" ngày {getdate(doc.decision_date):%d/%m/%Y}" if doc.decision_date else ""
	return f"{doc.decision_number}{day}"


# --- Frappe's own PDF button --------------------------------------------------------------------------

# print format → doctype, kind, and the filter that names its document
FORMATS = {
	"PAR Score Sheet": ("PAR Unit Scorecard", ScoreSheet.key, "scorecard"),
	"PAR Award Proposal Sheet": ("PAR Award Proposal", ProposalSheet.key, "proposal"),
}


@instead_of("frappe.utils.print_format.download_pdf")
def download_pdf(frappes, form) -> None:
	"""Frappe's endpoint, which prints by wkhtmltopdf: our print formats go out as the PDF of the menu "Print",
	which embeds its fonts and needs no such program. All else stays Frappe's."""
	doctype, kind, key = FORMATS.get(str(_chosen_format(form)), ("", "", ""))
	if not doctype or form.doctype != doctype:
		return frappes()
	return download(kind, {key: form.name}, "pdf")


def _chosen_format(form) -> str | None:
	if form.format or not ours.is_ours(form.doctype):
		return form.format
	return frappe.get_meta(form.doctype).default_print_format


# --- for Jinja ----------------------------------------------------------------------------------------


def par_score_sheet(scorecard: str) -> str:
	"""Phiếu điểm as HTML, as the session's user may see it."""
	return _page(units.scorecard, {"scorecard": scorecard})


def par_award_proposal(name: str) -> str:
	"""Phiếu đề nghị khen thưởng as HTML, as the session's user may see it."""
	return _page(proposal, {"proposal": name})


def _page(builder, filters: dict) -> str:
	with language("vi"):
		document = builder(frappe._dict(filters))
	return f"<style>{_page_style(document.landscape)}</style>{fragment(document, SCOPE)}"


def _page_style(landscape: bool) -> str:
	"""The page for the browser's printing and for Frappe's, and how its preview shows it: a wide page is made
	smaller there, because the preview is as wide as an upright one."""
	width, height = nd30.page_mm(landscape)
	margins = (nd30.TOP_MM, nd30.RIGHT_MM, nd30.BOTTOM_MM, nd30.LEFT_MM)
	edges = " ".join(f"{margin}mm" for margin in margins)
	return f"""
		@page {{ size: {width}mm {height}mm; margin: {edges} }}
		@media screen {{ .print-format {{
			width: {width}mm; max-width: none; min-height: {height}mm; padding: {edges}; margin: 0 auto;
			zoom: {nd30.PAGE_MM[0] / width:.3f}
		}} }}
		@media print {{ .print-format {{ max-width: none; padding: 0; margin: 0 }} }}
		{SCOPE} th, {SCOPE} td {{ background: none; color: black !important }}
		{SCOPE} .grid th, {SCOPE} .grid td {{ padding: 2pt 3pt !important }}
	"""
