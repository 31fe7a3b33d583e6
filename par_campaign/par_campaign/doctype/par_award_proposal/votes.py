"""The council's vote on a proposal. Who belongs to the unit is recused."""

import frappe
from frappe import _

from par_campaign import access, bridge
from par_campaign.par_campaign.doctype.par_unit_scorecard.appraisers import is_sitting
from par_campaign.scoring.awards import passes_vote
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.model import Vote, VoteBase

PRESENT = ("For", "Against", "Abstained")
FIELDS = ("member_name", "user", "vote", "note")


def differ(before, now) -> bool:
	"""Whether any vote was added, taken away or changed."""
	return [[row.get(f) or None for f in FIELDS] for row in before.votes] != [
		[row.get(f) or None for f in FIELDS] for row in now.votes
	]


def members(campaign: str, meeting_date=None) -> list:
	"""Members who vote and had not left the council by the day it met (or today, before that is known)."""
	council = frappe.get_cached_doc("PAR Campaign", campaign).council
	return [row for row in council if row.votes and is_sitting(row, meeting_date)]


def key(row) -> str:
	"""What tells one member from another: the account, or the name of who has none."""
	return row.user or row.member_name


def fill(proposal) -> None:
	"""Add the voting members who are not listed yet."""
	listed = {key(row) for row in proposal.votes}
	for member in members(proposal.campaign, proposal.meeting_date):
		if key(member) not in listed:
			recused = bool(member.user) and access.belongs_to(proposal.unit, member.user)
			proposal.append(
				"votes",
				{
					"member_name": member.member_name,
					"user": member.user,
					"vote": "Recused" if recused else None,
				},
			)


def count(proposal) -> None:
	"""Count the votes; refuse one by a stranger, a double one, or one for the member's own unit.

	Members who are recused are neither present nor among all members for this vote.
	"""
	sitting = {key(row) for row in members(proposal.campaign, proposal.meeting_date)}
	seen = set()
	for row in proposal.votes:
		if key(row) not in sitting:
			_fault(
				proposal,
				row,
				_("{0} is not a voting member of the campaign's council.").format(row.member_name),
			)
		if key(row) in seen:
			_fault(proposal, row, _("{0} stands twice. Remove one.").format(row.member_name))
		seen.add(key(row))
		if row.user and row.vote in PRESENT and access.belongs_to(proposal.unit, row.user):
			_fault(proposal, row, _("{0} belongs to the unit and is recused.").format(row.member_name))
	recused = sum(row.vote == "Recused" for row in proposal.votes)
	proposal.members_total = len(sitting) - recused
	proposal.members_present = sum(row.vote in PRESENT for row in proposal.votes)
	proposal.votes_for = sum(row.vote == "For" for row in proposal.votes)
	base = proposal.members_present if _base(proposal) is VoteBase.PRESENT else proposal.members_total
	proposal.vote_percent = proposal.votes_for / base * 100 if base else 0


def _fault(proposal, row, message: str) -> None:
	frappe.throw(_("{0}, votes, row {1}: {2}").format(frappe.bold(proposal.unit_name), row.idx, message))


def _base(proposal) -> VoteBase:
	return VoteBase(frappe.get_cached_value("PAR Campaign", proposal.campaign, "vote_base"))


def missing(proposal) -> list[str]:
	"""What the vote lacks before the proposal may go to the chairman."""
	if not proposal.members_present or not proposal.meeting_date:
		return [_("Enter the council's meeting date and votes first.")]
	if passes(proposal):
		return []
	return [
		_("{0} % voted for it, {1} % are needed.").format(
			format_vi(bridge.decimal(proposal.vote_percent)),
			format_vi(bridge.decimal(proposal.vote_threshold)),
		)
	]


def passes(proposal) -> bool:
	"""Whether the counted votes reach the level's threshold."""
	vote = Vote(proposal.members_total, proposal.members_present, proposal.votes_for)
	return passes_vote(vote, bridge.decimal(proposal.vote_threshold), _base(proposal))


def require_passed(proposal) -> None:
	"""Refuse to go on while the vote is not taken or does not reach the level's threshold."""
	if messages := missing(proposal):
		frappe.throw("<br>".join(messages), title=_("Vote Not Passed"))
