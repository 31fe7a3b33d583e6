"""The numbers on the app's home page: scorecards of the campaign that its reports open on.

Frappe's own cards count a doctype as a whole; after a year or two they would say more of the past than of
what is to be done.
"""

import frappe

from par_campaign.par_campaign.doctype.par_campaign.current import current
from par_campaign.permissions.arguments import parsed, refuse
from par_campaign.states import CampaignState

SCORECARD = "PAR Unit Scorecard"


@frappe.whitelist()
def scorecards(filters: str | list | None = None) -> dict:
	"""How many scorecards of the current campaign meet a card's filters, as far as the user sees them; with the list
	that a click on the card opens. Of a closed campaign nothing is to be done."""
	campaign = current()
	is_open = campaign and campaign.workflow_state != CampaignState.CLOSED
	wanted = _conditions(parsed(filters, list, list))
	wanted["campaign"] = ("=", campaign.name if is_open else "")
	found = frappe.get_list(SCORECARD, filters=wanted, pluck="name", order_by="name", limit=0)
	return {
		"value": len(found),
		"fieldtype": "Int",
		"route": ["List", SCORECARD, "List"],
		"route_options": {field: list(condition) for field, condition in wanted.items()},
	}


def _conditions(filters: list[list]) -> dict[str, tuple]:
	columns = frappe.get_meta(SCORECARD).get_valid_columns()
	if any(len(one) < 4 or one[0] != SCORECARD or one[1] not in columns for one in filters):
		refuse()
	return {field: (how, value) for _doctype, field, how, value, *_more in filters}
