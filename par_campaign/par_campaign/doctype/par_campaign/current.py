"""The campaign that the desk speaks of where none has been chosen: reports open on it, the home page counts it."""

import frappe

from par_campaign.states import CampaignState


@frappe.whitelist()
def current() -> dict | None:
	"""Name, title and state of the newest launched campaign the user may see; None where there is none yet."""
	found = frappe.get_list(
		"PAR Campaign",
		filters={"workflow_state": ("!=", CampaignState.DRAFT)},
		fields=["name", "title", "workflow_state"],
		order_by="year desc, creation desc",
		limit=1,
	)
	return found[0] if found else None
