"""The results workbook that anyone can recount, and the consolidated one with a sheet for each unit."""

from io import BytesIO

import frappe
from frappe import _
from frappe.utils import formatdate, now_datetime

from par_campaign import standing
from par_campaign.documents.file import File, campaign_of, named
from par_campaign.exchange import results_workbook
from par_campaign.par_campaign.report.par_award_proposals.par_award_proposals import require_provincial
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign

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


def results_xlsx(filters, extension: str) -> File:
	"""What `par-campaign recount` checks: a published `version` as it was published, else as it stands.

	As it stands it holds the published numbers, while they are published, and the proposals of today.
	"""
	campaign = campaign_of(filters)
	require_provincial()
	model, meta = _version(campaign, filters.version) if filters.version else _today(campaign)
	return named("ket-qua", campaign.name, extension, _workbook(campaign, model, meta))


def consolidated(filters) -> File:
	"""Ranking, areas × units, each unit's sheet, award proposals, evidence list, as the campaign stands."""
	campaign = campaign_of(filters)
	require_provincial()
	content = _workbook(campaign, *_today(campaign), unit_sheets=True)
	return named("tong-hop", campaign.name, "xlsx", content)


def _workbook(campaign, model: Campaign, meta: dict[str, str], *, unit_sheets: bool = False) -> bytes:
	out = BytesIO()
	results_workbook.write(
		model,
		evaluate(model),
		out,
		meta=_about(campaign) | meta,
		evidence=_evidence(campaign.name),
		unit_sheets=unit_sheets,
	)
	return out.getvalue()


def _evidence(campaign: str) -> list[dict[str, str]]:
	"""The evidence list as it stands at the export. The campaign's permission has been checked."""
	rows = frappe.get_all(
		"PAR Evidence Item",
		filters={"campaign": campaign},
		fields=list(EVIDENCE_FIELDS),
		order_by="unit, creation",
	)
	for row in rows:
		row.status = _(row.status, "vi")
		row.document_date = formatdate(row.document_date, "dd/mm/yyyy") if row.document_date else ""
	return [{key: row[field] or "" for field, key in EVIDENCE_FIELDS.items()} for row in rows]


def _version(campaign, version) -> tuple[Campaign, dict[str, str]]:
	published = frappe.get_doc("PAR Published Result", f"{campaign.name}-V{int(version)}")
	published.check_permission("read")
	meta = {"version": str(published.version), "published_at": str(published.published_on)}
	if published.correction_reason:
		meta["correction_reason"] = published.correction_reason
	return digest.campaign_from_json(published.payload), meta


def _today(campaign) -> tuple[Campaign, dict[str, str]]:
	version = standing.version_in_force(campaign.name)
	meta = {"version": str(version.version), "published_digest": version.digest} if version else {}
	return standing.campaign(campaign.name), meta


def _about(campaign) -> dict[str, str]:
	"""What identifies the workbook on paper; nothing follows from it."""
	return {
		"plan_number": campaign.plan_number or "",
		"plan_date": str(campaign.plan_date or ""),
		"issuer": campaign.office_name or "",
		"exported_at": str(now_datetime()),
		"exported_by": frappe.session.user,
	}
