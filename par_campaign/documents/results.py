"""The results workbook that anyone can recount, and the consolidated one with a sheet for each unit."""

from collections.abc import Sequence
from io import BytesIO

import frappe
from frappe import _
from frappe.utils import format_datetime, formatdate, now_datetime

from par_campaign import __version__
from par_campaign.documents.file import File, campaign_of, language, named
from par_campaign.documents.makers import writes
from par_campaign.exchange.results_workbook import workbook as results_workbook
from par_campaign.exchange.results_workbook.inputs import PUBLISHED_DIGEST
from par_campaign.permissions import roles
from par_campaign.printing.kinds import lists as kinds
from par_campaign.results import in_force, payload
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign, Proposal

# field of PAR Evidence Item → column of the workbook's list
EVIDENCE_FIELDS = {
	"unit": "unit",
	"codes": "codes",
	"document_number": "number",
	"document_date": "date",
	"issuer": "issuer",
	"title": "title",
	"sha256": "sha256",
	"status": "status",
	"status_reason": "reason",
}


@writes(kinds.Results, "xlsx")
def results_xlsx(filters, extension: str) -> File:
	"""What `par-campaign recount` checks: a published `version` as it was published, else as it stands.

	As it stands it holds the published numbers, while they are published, and the proposals of today.
	"""
	campaign = campaign_of(filters)
	roles.require_provincial()
	content = _version(campaign, filters.version) if filters.version else _today(campaign)
	return named("ket-qua", campaign.name, extension, content)


@writes(kinds.Consolidated, "xlsx")
def consolidated(filters, extension: str = "xlsx") -> File:
	"""Ranking, areas × units, each unit's sheet, award proposals, evidence list, as the campaign stands."""
	campaign = campaign_of(filters)
	roles.require_provincial()
	return named("tong-hop", campaign.name, "xlsx", _today(campaign, unit_sheets=True))


def _workbook(
	campaign,
	model: Campaign,
	meta: dict[str, str],
	*,
	published: Sequence[Proposal] | None = None,
	unit_sheets: bool = False,
) -> bytes:
	out = BytesIO()
	with language("vi"):  # the sheets are, and so are the sentences on them, whoever exports
		results_workbook.write(
			model,
			evaluate(model),
			out,
			meta=_about(campaign) | meta,
			evidence=_evidence(campaign.name, [card.unit for card in model.cards]),
			unit_sheets=unit_sheets,
			published=published,
		)
	return out.getvalue()


def _evidence(campaign: str, units: list[str]) -> list[dict[str, str]]:
	"""The units' evidence as it stands at the export. The campaign's permission has been checked."""
	rows = frappe.get_all(
		"PAR Evidence Item",
		filters={"campaign": campaign, "unit": ("in", units)},
		fields=list(EVIDENCE_FIELDS),
		order_by="unit, creation",
	)
	for row in rows:
		row.status = _(row.status, "vi")
		row.document_date = _day(row.document_date)
	return [{key: row[field] or "" for field, key in EVIDENCE_FIELDS.items()} for row in rows]


def _day(value) -> str:
	return formatdate(value, "dd/mm/yyyy") if value else ""


def _moment(value) -> str:
	return format_datetime(value, "dd/MM/yyyy HH:mm")


def _version(campaign, version) -> bytes:
	published = frappe.get_doc("PAR Published Result", f"{campaign.name}-V{int(version)}")
	published.check_permission("read")
	meta = {"version": str(published.version), "published_at": _moment(published.published_on)}
	if published.correction_reason:
		meta["correction_reason"] = published.correction_reason
	return _workbook(campaign, payload.read(published), meta)


def _today(campaign, *, unit_sheets: bool = False) -> bytes:
	"""As it stands. The proposals a version was published with go along, so that its digest, which is on
	paper, still follows from the workbook after awards have been decided."""
	model, waiting = in_force.campaign(campaign.name)
	version = in_force.version_in_force(campaign.name)
	if not version:
		meta = {"not_handed_in": "; ".join(card.unit_name for card in waiting)} if waiting else {}
		return _workbook(campaign, model, meta, unit_sheets=unit_sheets)
	meta = {"version": str(version.version), PUBLISHED_DIGEST: version.digest}
	published = payload.read(version).proposals
	return _workbook(campaign, model, meta, published=published, unit_sheets=unit_sheets)


def _about(campaign) -> dict[str, str]:
	"""What identifies the workbook on paper; nothing follows from it."""
	return {
		"plan_number": campaign.plan_number or "",
		"plan_date": _day(campaign.plan_date),
		"parent": campaign.office_parent or "",
		"issuer": campaign.office_name or "",
		"place": campaign.office_place or "",
		"symbol": campaign.office_symbol or "",
		"signatory_authority": campaign.signatory_authority or "",
		"signatory_title": campaign.signatory_title or "",
		"signatory_name": campaign.signatory_name or "",
		"exported_at": _moment(now_datetime()),
		"exported_by": frappe.session.user,
		"program": f"PAR Campaign {__version__}",
	}
