"""The results workbook that anyone can recount."""

from io import BytesIO

import frappe
from frappe.utils import now_datetime

from par_campaign import standing
from par_campaign.documents.file import File, campaign_of, named
from par_campaign.exchange import results_workbook
from par_campaign.par_campaign.report.par_award_proposals.par_award_proposals import require_provincial
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign


def results_xlsx(filters, extension: str) -> File:
	"""What `par-campaign recount` checks: a published `version` as it was published, else as it stands.

	As it stands it holds the published numbers, while they are published, and the proposals of today.
	"""
	campaign = campaign_of(filters)
	require_provincial()
	model, meta = _version(campaign, filters.version) if filters.version else _today(campaign)
	out = BytesIO()
	results_workbook.write(model, evaluate(model), out, meta=_about(campaign) | meta)
	return named("ket-qua", campaign.name, extension, out.getvalue())


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
