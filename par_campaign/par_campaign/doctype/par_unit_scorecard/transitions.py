"""What each step of a scorecard demands, and what follows from it.

Which role may take which step is the workflow's; what must hold whoever takes it is here.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from par_campaign.datetime_text import datetime_text
from par_campaign.notices import steps
from par_campaign.par_campaign.doctype.par_query import ledger
from par_campaign.par_campaign.doctype.par_unit_scorecard import completeness, freeze, rows
from par_campaign.permissions import deadlines, roles
from par_campaign.permissions.appraisers import require_appraiser
from par_campaign.saying import bold, link, say
from par_campaign.states import LIVE, CampaignState, ProposalState, ScorecardState


def check(card, old: str, new: str) -> None:
	"""Refuse the step or set what goes with it on the scorecard itself."""
	step = STEPS.get((old, new))
	if not step:
		return  # a step an administrator has added; roles were checked by the workflow
	if step not in AWARD_STEPS:
		freeze.require_unpublished(card)
	step(card)


def follow_up(card, old: str, new: str) -> None:
	"""After the save: what a step writes elsewhere."""
	if (old, new) == (ScorecardState.UNDER_APPRAISAL, ScorecardState.APPRAISED):
		ledger.close_answered(card)
		record_round(card)
	elif (old, new) == (ScorecardState.UNDER_APPRAISAL, ScorecardState.RETURNED):
		ledger.send(card)
	steps.on_card_step(card, old, new)


# --- the unit's steps ------------------------------------------------------------------------


def hand_in(card) -> None:
	roles.require_head(card.unit, card.unit_name)
	freeze.require_in_campaign(card)
	campaign = frappe.get_cached_doc("PAR Campaign", card.campaign)
	now = now_datetime()
	if campaign.self_scoring_from and now < get_datetime(campaign.self_scoring_from):
		frappe.throw(say(_("Self-scoring begins on {0}."), datetime_text(campaign.self_scoring_from)))
	deadlines.require_open(card)
	completeness.require_complete(card)
	card.submitted_by = frappe.session.user
	card.submitted_on = now
	card.closed_on = None
	card.late_days = deadlines.days_late(deadlines.hand_in_deadline(card), now)


def withdraw(card) -> None:
	roles.require_head(card.unit, card.unit_name)
	card.submitted_by = card.submitted_on = card.answered_by = card.answered_on = None
	card.late_days = 0


def come_back(card) -> None:
	"""From the unit back to the appraisers: by its head, or taken back when the answer does not come."""
	freeze.require_in_campaign(card)
	if roles.is_head(card.unit):
		hand_in_again(card)
	else:
		take_back(card)


def hand_in_again(card) -> None:
	"""By the unit's head; `come_back` has asked who it is."""
	deadlines.require_answer_open(card)
	completeness.require_complete(card)
	completeness.require_answers(card)
	# beside the first hand-in, whose moment says whether the unit was in time
	card.answered_by = frappe.session.user
	card.answered_on = now_datetime()
	if card.return_due:
		late = deadlines.days_late(get_datetime(card.return_due), card.answered_on)
		card.supplement_late_days = max(card.supplement_late_days or 0, late)
	_answers_are_in(card)


def take_back(card) -> None:
	"""The appraisers go on with what there is once the time to answer has passed."""
	require_appraiser(card)
	if card.return_due and now_datetime() <= get_datetime(card.return_due):
		frappe.throw(
			say(
				_("{0} may answer until {1}. Take the scorecard back after that."),
				bold(card.unit_name),
				datetime_text(card.return_due),
			)
		)
	_answers_are_in(card)


def _answers_are_in(card) -> None:
	card.closed_on = None
	rows.take_answers(card, ledger.answered_codes(card))


# --- the appraisers' steps -------------------------------------------------------------------


def begin(card) -> None:
	require_appraiser(card)
	freeze.require_in_campaign(card)
	if frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") != CampaignState.APPRAISING:
		frappe.throw(_("The campaign has not begun appraisal yet. Its manager or lead begins it."))
	card.appraisal_started_by = frappe.session.user
	card.round = (card.round or 0) + 1
	rows.prefill_appraisal(card)


def send_back(card) -> None:
	require_appraiser(card)
	if not (card.return_note or "").strip() and not ledger.unsent(card):
		frappe.throw(
			_("What Is Asked is missing. Say which rows need explanation or supplement before you return it.")
		)
	_set_return_due(card)
	rows.clear_answers(card)


def _set_return_due(card) -> None:
	"""The date to answer by: as given, else the campaign's while it is still to come, else none."""
	now = now_datetime()
	before = card.get_doc_before_save()
	given = card.return_due and str(card.return_due) != str((before and before.return_due) or "")
	if card.return_due and get_datetime(card.return_due) <= now:
		if given:
			frappe.throw(_("Answer by: this time has passed already. Give the unit time to answer."))
		card.return_due = None  # left from an earlier return
	if not card.return_due:
		common = frappe.db.get_value("PAR Campaign", card.campaign, "supplement_deadline")
		card.return_due = common if common and get_datetime(common) > now else None


def close(card) -> None:
	require_appraiser(card)
	completeness.require_appraised(card)
	ledger.require_reviews_decided(card)
	rows.clear_answers(card)
	card.appraised_on = now_datetime()


def reopen(card) -> None:
	require_appraiser(card)
	freeze.require_in_campaign(card)
	card.round = (card.round or 0) + 1
	card.appraised_on = None
	rows.mark_codes(card, ledger.open_reviews(card))


# --- the award's steps -----------------------------------------------------------------------


def _live_proposal(card):
	return frappe.db.get_value(
		"PAR Award Proposal",
		{
			"scorecard": card.name,
			"name": ("!=", card.flags.dropped_proposal or ""),
			"docstatus": ("<", 2),
			"workflow_state": ("in", LIVE),
		},
		["name", "workflow_state", "award_level"],
		as_dict=True,
	)


def propose(card) -> None:
	roles.require_unmixed(card.unit, card.unit_name, _("propose an award"))
	proposal = _live_proposal(card)
	if not proposal:
		frappe.throw(say(_("Make an award proposal for {0}: it moves the scorecard on."), card.unit_name))
	card.award_proposal = proposal.name


def unpropose(card) -> None:
	roles.require_unmixed(card.unit, card.unit_name, _("withdraw a proposal"))
	if proposal := _live_proposal(card):
		frappe.throw(
			say(
				_("Award proposal {0} is still open. Decide or delete it first."),
				link("PAR Award Proposal", proposal.name),
			)
		)
	card.award_proposal = None


def award(card) -> None:
	roles.require_unmixed(card.unit, card.unit_name, _("decide an award"))
	proposal = _live_proposal(card)
	if not proposal or proposal.workflow_state != ProposalState.AWARDED:
		frappe.throw(say(_("The award of {0} is decided in its award proposal."), card.unit_name))
	card.award_level = proposal.award_level


def revoke(card) -> None:
	roles.require_unmixed(card.unit, card.unit_name, _("revoke an award"))
	if _live_proposal(card):
		frappe.throw(say(_("The award of {0} is revoked in its award proposal."), card.unit_name))
	card.award_level = None


def end_without_award(card) -> None:
	if frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") != CampaignState.CLOSED:
		frappe.throw(_("Scorecards end without award when the campaign is closed."))


STEPS: dict[tuple[str, str], Callable] = {
	(ScorecardState.DRAFT, ScorecardState.SUBMITTED): hand_in,
	(ScorecardState.SUBMITTED, ScorecardState.DRAFT): withdraw,
	(ScorecardState.SUBMITTED, ScorecardState.UNDER_APPRAISAL): begin,
	(ScorecardState.UNDER_APPRAISAL, ScorecardState.RETURNED): send_back,
	(ScorecardState.RETURNED, ScorecardState.UNDER_APPRAISAL): come_back,
	(ScorecardState.UNDER_APPRAISAL, ScorecardState.APPRAISED): close,
	(ScorecardState.APPRAISED, ScorecardState.UNDER_APPRAISAL): reopen,
	(ScorecardState.APPRAISED, ScorecardState.PROPOSED): propose,
	(ScorecardState.PROPOSED, ScorecardState.APPRAISED): unpropose,
	(ScorecardState.PROPOSED, ScorecardState.AWARDED): award,
	(ScorecardState.AWARDED, ScorecardState.NOT_AWARDED): revoke,
	(ScorecardState.APPRAISED, ScorecardState.NOT_AWARDED): end_without_award,
}
# taken on published results; all others are part of what is published
AWARD_STEPS = (propose, unpropose, award, revoke, end_without_award)


def record_round(card) -> None:
	"""Write the round down as a submitted PAR Appraisal: who changed what, from what, to what, why."""
	appraisal = frappe.new_doc("PAR Appraisal")
	appraisal.scorecard = card.name
	appraisal.flags.closing = card
	appraisal.insert()
	appraisal.submit()
