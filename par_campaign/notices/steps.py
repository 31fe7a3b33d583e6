"""Notices that follow from a step of a scorecard, a question, a proposal or a campaign."""

from collections.abc import Callable, Iterable

import frappe
from frappe import _

from par_campaign.datetime_text import datetime_text
from par_campaign.notices import recipients
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import roles, secrecy
from par_campaign.saying import bold, say
from par_campaign.states import (
	DECIDED,
	NOT_YET_APPRAISED,
	ONCE_AWARDED,
	CampaignState,
	ProposalState,
	QueryState,
	ScorecardState,
)

CARD = "PAR Unit Scorecard"


def _by_email(campaign: str) -> bool:
	return bool(frappe.get_cached_value("PAR Campaign", campaign, "notify_by_email"))


def _tell(users: Iterable[str], doc, text) -> None:
	"""Tell everybody but the one who did it."""
	others = tuple(user for user in dict.fromkeys(users) if user != frappe.session.user)
	campaign = doc.name if doc.doctype == "PAR Campaign" else doc.campaign
	send([Notice(others, doc.doctype, doc.name, text, _by_email(campaign))])


def _name(doc) -> str:
	return bold(doc.unit_name or doc.unit)


# --- scorecards --------------------------------------------------------------------------------


def on_card_step(card, old: str, new: str) -> None:
	"""Tell those who are to go on with the scorecard, or have waited for it."""
	tell = CARD_STEPS.get((old, new))
	if tell:
		tell(card)


def _to_unit(card, text) -> None:
	_tell(recipients.unit_people([card.unit]).get(card.unit, ()), card, text)


def _to_council(card, text) -> None:
	_tell(recipients.council(card.campaign, card.unit), card, text)


def _handed_in(card) -> None:
	_to_council(card, lambda language: say(_("{0} has handed in its scorecard.", language), _name(card)))


def _came_back(card) -> None:
	if not roles.belongs_to(card.unit):  # taken back by the appraisers
		_to_unit(
			card,
			lambda language: say(
				_(
					"{0}: the appraisers go on without a further answer. The scorecard is no longer with you.",
					language,
				),
				_name(card),
			),
		)
		return
	_to_council(card, lambda language: say(_("{0} has answered and handed in again.", language), _name(card)))


def _returned(card) -> None:
	def text(language):
		if card.return_due:
			return say(
				_("{0}: the appraisers ask for explanation or supplement by {1}.", language),
				_name(card),
				datetime_text(card.return_due),
			)
		return say(_("{0}: the appraisers ask for explanation or supplement.", language), _name(card))

	_to_unit(card, text)


def _appraised(card) -> None:
	if secrecy.may_see_appraisal(card.campaign, card.name):
		_to_unit(
			card,
			lambda language: say(_("{0}: the appraised scores can be seen now.", language), _name(card)),
		)
	if not frappe.db.exists(CARD, _unfinished(card)):
		campaign = frappe.get_cached_doc("PAR Campaign", card.campaign)
		_tell(
			recipients.with_role(roles.MANAGER) + recipients.with_role(roles.SECRETARY),
			campaign,
			lambda language: say(_("All scorecards of {0} are appraised.", language), bold(campaign.title)),
		)


def _unfinished(card) -> dict:
	return {
		"campaign": card.campaign,
		"name": ("!=", card.name),
		"disqualified": 0,
		"workflow_state": ("in", NOT_YET_APPRAISED),
	}


def _reopened(card) -> None:
	_to_unit(
		card,
		lambda language: say(
			_("{0}: the appraisal is opened again for round {1}.", language), _name(card), card.round
		),
	)


CARD_STEPS: dict[tuple[str, str], Callable] = {
	(ScorecardState.DRAFT, ScorecardState.SUBMITTED): _handed_in,
	(ScorecardState.UNDER_APPRAISAL, ScorecardState.RETURNED): _returned,
	(ScorecardState.RETURNED, ScorecardState.UNDER_APPRAISAL): _came_back,
	(ScorecardState.UNDER_APPRAISAL, ScorecardState.APPRAISED): _appraised,
	(ScorecardState.APPRAISED, ScorecardState.UNDER_APPRAISAL): _reopened,
}


# --- questions and review requests ---------------------------------------------------------------


def on_query(query) -> None:
	"""A question while the unit has the scorecard, a review request, and its outcome."""
	card = query.card
	if query.kind == "Review request" and query.state == QueryState.OPEN:
		_to_council(
			card,
			lambda language: say(_("{0} asks for a review of row {1}.", language), _name(card), query.code),
		)
	elif query.kind == "Review request":
		_to_unit(
			card,
			lambda language: say(
				_("{0}: the review of row {1} is decided.", language), _name(card), query.code
			),
		)
	elif query.sent_on and query.state == QueryState.OPEN:
		_to_unit(
			card,
			lambda language: say(_("{0}: a further question on row {1}.", language), _name(card), query.code),
		)


# --- campaigns and proposals ---------------------------------------------------------------------


def on_campaign_step(campaign) -> None:
	"""Launch, appraisal and publication, to those who act on them."""
	tell = CAMPAIGN_STEPS.get(campaign.workflow_state)
	if tell:
		tell(campaign)


def _title(campaign) -> str:
	return bold(campaign.title)


def _unit_users(campaign) -> list[str]:
	"""People of all units of the campaign's groups."""
	units = frappe.get_all(
		"PAR Unit",
		filters={"unit_group": ("in", [row.unit_group for row in campaign.groups]), "disabled": 0},
		pluck="name",
		order_by="name",
	)
	return [user for users in recipients.unit_people(units).values() for user in users]


def _launched(campaign) -> None:
	due = campaign.self_scoring_deadline
	_tell(
		_unit_users(campaign),
		campaign,
		lambda language: say(
			_("{0} has begun. Hand in by {1}.", language), _title(campaign), datetime_text(due)
		),
	)


def _appraising(campaign) -> None:
	_tell(
		recipients.council(campaign.name),
		campaign,
		lambda language: say(_("{0}: appraisal has begun.", language), _title(campaign)),
	)


def _published(campaign) -> None:
	users = [
		*_unit_users(campaign),
		*recipients.with_role(roles.SECRETARY),
		*recipients.with_role(roles.CHAIRMAN),
	]
	_tell(
		users,
		campaign,
		lambda language: say(_("{0}: the results are published.", language), _title(campaign)),
	)


CAMPAIGN_STEPS = {
	CampaignState.LAUNCHED: _launched,
	CampaignState.APPRAISING: _appraising,
	CampaignState.PUBLISHED: _published,
}


def on_proposal_step(proposal, old: str, new: str) -> None:
	"""To the chairman what waits for a decision, to the secretary what comes of it, to the unit its award."""
	if new == ProposalState.SUBMITTED:
		users = recipients.with_role(roles.CHAIRMAN)
	elif new in DECIDED or old == ProposalState.SUBMITTED:
		users = recipients.with_role(roles.SECRETARY)
	else:
		return
	if new in ONCE_AWARDED:
		users += recipients.unit_people([proposal.unit]).get(proposal.unit, [])
	_tell(
		users,
		proposal,
		lambda language: say(
			_("{0}, {1}: {2}.", language), _name(proposal), proposal.award_level, _(new, language)
		),
	)
