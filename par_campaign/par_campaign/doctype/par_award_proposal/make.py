"""Making proposals for the units picked in the report."""

import frappe
from frappe import _


@frappe.whitelist(methods=["POST"])
def make_proposals(campaign: str, choices: str | list[dict]) -> list[str]:
	"""Make a draft proposal for each chosen unit and level, all or none; returns their names.

	Each is checked by its own controller: permission, quota, one award a unit.
	"""
	choices = frappe.parse_json(choices)
	if not choices:
		frappe.throw(_("Choose at least one unit."))
	frappe.has_permission("PAR Award Proposal", "create", throw=True)
	cards = dict(
		frappe.get_all(
			"PAR Unit Scorecard",
			filters={"campaign": campaign, "unit": ("in", [choice["unit"] for choice in choices])},
			fields=["unit", "name"],
			as_list=True,
			order_by="unit",
		)
	)
	return [
		frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=campaign,
			scorecard=cards.get(choice["unit"]),
			award_level=choice["award_level"],
		)
		.insert()
		.name
		for choice in choices
	]
