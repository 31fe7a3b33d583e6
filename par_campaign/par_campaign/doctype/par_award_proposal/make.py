"""Making proposals for the units picked in the report."""

import frappe
from frappe import _

from par_campaign.permissions.arguments import records
from par_campaign.results import in_force


@frappe.whitelist(methods=["POST"])
def make_proposals(campaign: str, choices: str | list[dict]) -> list[str]:
	"""Make a draft proposal for each chosen unit and level, all or none; returns their names.

	Each is checked by its own controller: permission, quota, one award a unit.
	"""
	chosen = records(choices, list)
	if not chosen:
		frappe.throw(_("Choose at least one unit."))
	frappe.has_permission("PAR Award Proposal", "create", throw=True)
	cards = dict(
		frappe.get_all(
			"PAR Unit Scorecard",
			filters={"campaign": campaign, "unit": ("in", [choice["unit"] for choice in chosen])},
			fields=["unit", "name"],
			as_list=True,
			order_by="unit",
		)
	)
	with in_force.scored_once(campaign):
		return [_make(campaign, cards.get(choice["unit"]), choice["award_level"]) for choice in chosen]


def _make(campaign: str, scorecard: str | None, award_level: str) -> str:
	proposal = frappe.get_doc(
		doctype="PAR Award Proposal", campaign=campaign, scorecard=scorecard, award_level=award_level
	)
	return proposal.insert().name
