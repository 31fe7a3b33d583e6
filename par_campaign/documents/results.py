"""The results workbook that anyone can recount."""

from io import BytesIO

import frappe

from par_campaign import bridge
from par_campaign.documents.file import File, campaign_of, named
from par_campaign.exchange import results_workbook
from par_campaign.par_campaign.report.par_award_proposals.par_award_proposals import require_provincial
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import evaluate


def results_xlsx(filters, extension: str) -> File:
	"""What `par-campaign recount` checks: a published `version` as it was published, else as it stands."""
	campaign = campaign_of(filters)
	require_provincial()
	model, meta = bridge.campaign(campaign.name), {}
	if filters.version:
		published = frappe.get_doc("PAR Published Result", f"{campaign.name}-V{int(filters.version)}")
		published.check_permission("read")
		model = digest.campaign_from_json(published.payload)
		meta = {"version": str(published.version), "published_on": str(published.published_on)}
	out = BytesIO()
	results_workbook.write(model, evaluate(model), out, meta=meta)
	return named("ket-qua", campaign.name, extension, out.getvalue())
