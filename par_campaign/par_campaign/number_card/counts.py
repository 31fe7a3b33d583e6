"""The numbers on the app's home page: scorecards of the campaigns under way.

Frappe's own cards count a doctype as a whole; after a year or two they would say more of the past than of
what is to be done.
"""

import frappe

SCORECARD = "PAR Unit Scorecard"
NOT_UNDER_WAY = ("Draft", "Closed")


@frappe.whitelist()
def scorecards(filters: str | list | None = None) -> dict:
	"""How many scorecards of the campaigns under way meet a card's filters, as far as the user sees them; with
	the list that a click on the card opens."""
	campaigns = frappe.get_list(
		"PAR Campaign",
		filters={"workflow_state": ("not in", NOT_UNDER_WAY)},
		pluck="name",
		order_by="name",
		limit=0,
	)
	wanted = {
		field: (how, value) for _doctype, field, how, value, *_more in frappe.parse_json(filters or "[]")
	}
	wanted["campaign"] = ("in", campaigns)
	found = frappe.get_list(SCORECARD, filters=wanted, pluck="name", order_by="name", limit=0)
	return {
		"value": len(found),
		"fieldtype": "Int",
		"route": ["List", SCORECARD, "List"],
		"route_options": {field: list(condition) for field, condition in wanted.items()},
	}
