"""What each step of a scorecard demands, and what follows from it.

Which role may take which step is the workflow's; what must hold whoever takes it is here.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from par_campaign import access
from par_campaign.par_campaign.doctype.par_unit_scorecard import completeness, rows
from par_campaign.par_campaign.doctype.par_unit_scorecard.appraisers import require_appraiser


def check(card, old: str, new: str) -> None:
	"""Refuse the step or set what goes with it on the scorecard itself."""
	step = STEPS.get((old, new))
	if not step:
		return  # a step an administrator has added; roles were checked by the workflow
	step(card)


def follow_up(card, old: str, new: str) -> None:
	"""After the save: what a step writes elsewhere."""
	if (old, new) == ("Under Appraisal", "Appraised"):
		record_round(card)


# --- the unit's steps ------------------------------------------------------------------------


def _require_own(card) -> None:
	if frappe.session.user != "Administrator" and not access.belongs_to(card.unit):
		frappe.throw(
			_("Only the head of {0} can do this.").format(frappe.bold(card.unit_name)), frappe.PermissionError
		)


def deadline(card) -> datetime | None:
	"""Hand-in time of this unit: its extension, or the campaign's date (site's time zone)."""
	campaign_deadline = frappe.get_cached_value("PAR Campaign", card.campaign, "self_scoring_deadline")
	value = card.extended_deadline or campaign_deadline
	return get_datetime(value) if value else None


def days_late(card, at: datetime) -> int:
	"""Whole days after the unit's deadline, a begun day counted; 0 when in time."""
	due = deadline(card)
	if not due or at <= due:
		return 0
	return (at - due).days + 1


def hand_in(card) -> None:
	_require_own(card)
	campaign = frappe.get_cached_doc("PAR Campaign", card.campaign)
	now = now_datetime()
	if campaign.self_scoring_from and now < get_datetime(campaign.self_scoring_from):
		frappe.throw(
			_("Self-scoring begins on {0}.").format(frappe.utils.format_datetime(campaign.self_scoring_from))
		)
	late = days_late(card, now)
	if late and campaign.late_hand_in == "Refuse":
		frappe.throw(
			_("The time to hand in ended on {0}. Ask for an extension.").format(
				frappe.utils.format_datetime(deadline(card))
			)
		)
	completeness.require_complete(card)
	card.submitted_by = frappe.session.user
	card.submitted_on = now
	card.late_days = late


def withdraw(card) -> None:
	_require_own(card)
	card.submitted_by = card.submitted_on = None
	card.late_days = 0


def hand_in_again(card) -> None:
	_require_own(card)
	completeness.require_complete(card)
	card.submitted_by = frappe.session.user
	card.submitted_on = now_datetime()
	rows.follow_changed_claims(card)


# --- the appraisers' steps -------------------------------------------------------------------


def begin(card) -> None:
	require_appraiser(card)
	if frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") != "Appraising":
		frappe.throw(_("The campaign has not begun appraisal yet. Its manager or lead begins it."))
	card.appraisal_started_by = frappe.session.user
	card.round = (card.round or 0) + 1
	rows.prefill_appraisal(card)


def send_back(card) -> None:
	require_appraiser(card)
	if not (card.return_note or "").strip():
		frappe.throw(
			_("What Is Asked is missing. Say which rows need explanation or supplement before you return it.")
		)


def close(card) -> None:
	require_appraiser(card)
	completeness.require_appraised(card)
	rows.clear_answers(card)
	card.appraised_on = now_datetime()


def reopen(card) -> None:
	require_appraiser(card)
	_require_unpublished(card)
	card.round = (card.round or 0) + 1
	card.appraised_on = None


def _require_unpublished(card) -> None:
	if frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") in access.PUBLISHED_STATES:
		frappe.throw(_("The results are published. Take them back for correction first."))


# --- the award's steps -----------------------------------------------------------------------


def _live_proposal(card):
	return frappe.db.get_value(
		"PAR Award Proposal",
		{
			"scorecard": card.name,
			"name": ("!=", card.flags.dropped_proposal or ""),
			"docstatus": ("<", 2),
			"workflow_state": ("in", ("Draft", "Council", "Submitted to Chairman", "Awarded")),
		},
		["name", "workflow_state", "award_level"],
		as_dict=True,
	)


def propose(card) -> None:
	access.require_unmixed(card.unit, card.unit_name, _("propose an award"))
	proposal = _live_proposal(card)
	if not proposal:
		frappe.throw(_("Make an award proposal for {0}: it moves the scorecard on.").format(card.unit_name))
	card.award_proposal = proposal.name


def unpropose(card) -> None:
	if proposal := _live_proposal(card):
		frappe.throw(
			_("Award proposal {0} is still open. Decide or delete it first.").format(
				frappe.utils.get_link_to_form("PAR Award Proposal", proposal.name)
			)
		)
	card.award_proposal = None


def award(card) -> None:
	access.require_unmixed(card.unit, card.unit_name, _("decide an award"))
	proposal = _live_proposal(card)
	if not proposal or proposal.workflow_state != "Awarded":
		frappe.throw(_("The award of {0} is decided in its award proposal.").format(card.unit_name))
	card.award_level = proposal.award_level


def revoke(card) -> None:
	access.require_unmixed(card.unit, card.unit_name, _("revoke an award"))
	if _live_proposal(card):
		frappe.throw(_("The award of {0} is revoked in its award proposal.").format(card.unit_name))
	card.award_level = None


def end_without_award(card) -> None:
	if frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") != "Closed":
		frappe.throw(_("Scorecards end without award when the campaign is closed."))


STEPS = {
	("Draft", "Submitted"): hand_in,
	("Submitted", "Draft"): withdraw,
	("Submitted", "Under Appraisal"): begin,
	("Under Appraisal", "Returned"): send_back,
	("Returned", "Under Appraisal"): hand_in_again,
	("Under Appraisal", "Appraised"): close,
	("Appraised", "Under Appraisal"): reopen,
	("Appraised", "Proposed"): propose,
	("Proposed", "Appraised"): unpropose,
	("Proposed", "Awarded"): award,
	("Awarded", "Not Awarded"): revoke,
	("Appraised", "Not Awarded"): end_without_award,
}


def record_round(card) -> None:
	"""Write the round down as a submitted PAR Appraisal: who changed what, from what, to what, why."""
	appraisal = frappe.new_doc("PAR Appraisal")
	appraisal.scorecard = card.name
	appraisal.flags.closing = card
	appraisal.insert()
	appraisal.submit()
