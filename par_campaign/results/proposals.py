"""The award proposals of a campaign, as reports and documents show them."""

import frappe


def proposals_of(campaign: str) -> dict[tuple[str, str], frappe._dict]:
	"""The campaign's proposals by unit and level; a live one before one that was rejected or revoked."""
	rows = frappe.get_all(
		"PAR Award Proposal",
		filters={"campaign": campaign},
		fields=[
			"name",
			"unit",
			"award_level",
			"workflow_state",
			"citation",
			"members_total",
			"members_present",
			"votes_for",
			"vote_percent",
			"decision_number",
			"decision_date",
		],
		order_by="docstatus desc, creation",
	)
	return {(row.unit, row.award_level): row for row in rows}
