"""What votes are counted by (the base and the thresholds) stands still once the council has voted: proposals keep
the percentage of the meeting, and lists and papers would say another."""

import frappe
from frappe import _

from par_campaign.saying import bold, say
from par_campaign.states import CampaignState


def keep(campaign) -> None:
	"""Refuse another base, or another threshold for an award, while votes are counted by them."""
	before = campaign.get_doc_before_save()
	if not before:
		return
	if campaign.has_value_changed("vote_base"):
		_require_no_vote({"campaign": campaign.name}, campaign.meta.get_label("vote_base"))
	was, now = _thresholds(before), _thresholds(campaign)
	for level in sorted({key[0] for key in was if key in now and now[key] != was[key]}):
		_require_no_vote(
			{"campaign": campaign.name, "award_level": level},
			frappe.get_meta("PAR Award Quota").get_label("vote_threshold"),
		)


def keep_of_level(level) -> None:
	"""The same for the threshold of an award level, in all campaigns not closed yet."""
	if level.is_new() or not level.has_value_changed("vote_threshold"):
		return
	closed = frappe.get_all(
		"PAR Campaign", {"workflow_state": CampaignState.CLOSED}, pluck="name", order_by="name"
	)
	_require_no_vote(
		{"award_level": level.name, "campaign": ("not in", closed)}, level.meta.get_label("vote_threshold")
	)


def _thresholds(campaign) -> dict[tuple, float]:
	return {
		(row.award_level, row.unit_group, row.cluster or ""): row.vote_threshold or 0
		for row in campaign.award_quotas
	}


def _require_no_vote(filters: dict, label: str) -> None:
	counted = {"members_present": (">", 0), "docstatus": ("!=", 2)}
	if name := frappe.db.get_value("PAR Award Proposal", {**filters, **counted}, "unit_name"):
		frappe.throw(
			say(
				_(
					"{0}: the council has voted already, on {1} for one. Take its votes back before votes are counted in another way."
				),
				bold(_(label)),
				name,
			),
			title=_("Votes Are Counted"),
		)
