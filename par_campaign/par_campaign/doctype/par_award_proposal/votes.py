"""The council's vote on a proposal. Who belongs to the unit is recused.

An open vote is taken down by name. Of a secret ballot nobody knows who voted how: by name stands only who was
there, and the ballots by number.
"""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import cint

from par_campaign.par_campaign.doctype.par_campaign.council import member_of
from par_campaign.permissions import roles
from par_campaign.permissions.appraisers import is_sitting
from par_campaign.results import store
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.awards import passes_vote
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.model import Vote, VoteBase

OPEN = ("For", "Against", "Abstained")  # what an open vote says of a member
THERE = "Present"  # what a secret ballot says
PRESENT = (*OPEN, THERE)
FIELDS = ("member_name", "user", "vote", "note")
BALLOTS = ("ballots_for", "ballots_against", "ballots_invalid")
MEETING = ("meeting_date", "secret_ballot", *BALLOTS)
COUNTS = ("members_total", "members_present", "votes_for", "vote_percent")


def differ(before, now) -> bool:
	"""Whether any vote, ballot or the meeting itself was added, taken away or changed."""
	return _stated(before) != _stated(now)


def _stated(proposal) -> tuple:
	rows = [[row.get(field) or None for field in FIELDS] for row in proposal.votes]
	return rows, [str(proposal.get(field) or "") for field in MEETING]


def members(campaign: str, meeting_date=None) -> list:
	"""Members who vote and had not left the council by the day it met (or today, before that is known)."""
	council = frappe.get_cached_doc("PAR Campaign", campaign).council
	return [row for row in council if row.votes and is_sitting(row, meeting_date)]


def key(row) -> str:
	"""What tells one member from another: the account, or the name of who has none."""
	return row.user or row.member_name


def identify(proposal) -> None:
	"""Name and account of each vote are those of the council's row, whatever was sent: a member who has an
	account is recused by it, so a vote that left the account out would count for their own unit."""
	council = frappe.get_cached_doc("PAR Campaign", proposal.campaign).council
	for row in proposal.votes:
		if member := member_of(row, council):
			row.member_name, row.user = member.member_name, member.user


def clear(proposal) -> None:
	"""A new proposal has no votes, whatever it was copied from."""
	proposal.set("votes", [])
	for field in (*MEETING, *COUNTS):
		proposal.set(field, None)


def keep(proposal) -> None:
	"""Leave the count as the council's meeting gave it, whatever a client sends or the council is by now."""
	before = proposal.get_doc_before_save()
	for field in COUNTS:
		proposal.set(field, before.get(field))


def is_bound(unit: str, user: str | None, handed_in: Collection[str]) -> bool:
	"""Whether a member may not vote on a unit's award: they belong to the unit, or are one of `handed_in`."""
	return bool(user) and (user in handed_in or roles.belongs_to(unit, user))


def handed_in_by(scorecards: list[str]) -> dict[str, set[str]]:
	"""Accounts that handed each scorecard in, or its answer."""
	rows = frappe.get_all(
		"PAR Unit Scorecard",
		{"name": ("in", scorecards)},
		["name", "submitted_by", "answered_by"],
		order_by="name",
	)
	return {row.name: {user for user in (row.submitted_by, row.answered_by) if user} for row in rows}


def handed_in(proposal) -> set[str]:
	"""The same of one proposal's scorecard; read once."""
	if proposal.flags.handed_in is None:
		proposal.flags.handed_in = handed_in_by([proposal.scorecard]).get(proposal.scorecard, set())
	return proposal.flags.handed_in


def require_unbound(proposal) -> None:
	"""Refuse a vote that a member should not have cast, as far as is known by now: a unit may have been given
	to the member, or an account to the name, after the vote."""
	council = frappe.get_cached_doc("PAR Campaign", proposal.campaign).council
	for row in proposal.votes:
		member = member_of(row, council)
		users = {row.user, member and member.user}
		if row.vote in PRESENT and any(is_bound(proposal.unit, user, handed_in(proposal)) for user in users):
			_fault(
				proposal,
				row,
				_(
					"{0} belongs to the unit by now. Return the proposal to the council for a vote without them."
				).format(row.member_name),
			)


def fill(proposal) -> None:
	"""Add the voting members who are not listed yet."""
	identify(proposal)
	listed = {key(row) for row in proposal.votes}
	for member in members(proposal.campaign, proposal.meeting_date):
		if key(member) not in listed:
			recused = is_bound(proposal.unit, member.user, handed_in(proposal))
			proposal.append(
				"votes",
				{
					"member_name": member.member_name,
					"user": member.user,
					"vote": "Recused" if recused else None,
				},
			)


def put_ballots(proposal, ballots: dict) -> None:
	"""Set whether the ballot is secret, and its ballots, as far as they are given."""
	for field in ("secret_ballot", *BALLOTS):
		if field in ballots:
			proposal.set(field, cint(ballots[field]))


def count(proposal) -> None:
	"""Count the votes; refuse one by a stranger, a double one, or one for the member's own unit.

	Members who are recused are neither present nor among all members for this vote.
	"""
	identify(proposal)
	sitting = {key(row) for row in members(proposal.campaign, proposal.meeting_date)}
	seen: set[str] = set()
	for row in proposal.votes:
		_check_member(proposal, row, sitting, seen)
		_check_kind(proposal, row)
		seen.add(key(row))
	recused = sum(row.vote == "Recused" for row in proposal.votes)
	proposal.members_total = len(sitting) - recused
	proposal.members_present = sum(row.vote in PRESENT for row in proposal.votes)
	_count_ballots(proposal)
	base = proposal.members_present if _base(proposal) is VoteBase.PRESENT else proposal.members_total
	proposal.vote_percent = proposal.votes_for / base * 100 if base else 0


def _check_member(proposal, row, sitting: set, seen: set) -> None:
	if key(row) not in sitting:
		_fault(
			proposal, row, _("{0} is not a voting member of the campaign's council.").format(row.member_name)
		)
	if key(row) in seen:
		_fault(proposal, row, _("{0} stands twice. Remove one.").format(row.member_name))
	if row.vote in PRESENT and is_bound(proposal.unit, row.user, handed_in(proposal)):
		_fault(proposal, row, _("{0} belongs to the unit and is recused.").format(row.member_name))


def _check_kind(proposal, row) -> None:
	if proposal.secret_ballot and row.vote in OPEN:
		_fault(
			proposal,
			row,
			_("the ballot is secret: take down only whether {0} was there.").format(row.member_name),
		)
	if not proposal.secret_ballot and row.vote == THERE:
		_fault(proposal, row, _("the vote is open: take down how {0} voted.").format(row.member_name))


def _count_ballots(proposal) -> None:
	"""Votes in favour: the members' own, or of a secret ballot what was counted from the box."""
	if proposal.secret_ballot:
		proposal.votes_for = cint(proposal.ballots_for)
		return
	for field in BALLOTS:
		proposal.set(field, 0)
	proposal.votes_for = sum(row.vote == "For" for row in proposal.votes)


def ballot_fault(proposal) -> str:
	"""What is wrong with the ballots counted: there cannot be more than members were present."""
	ballots = [cint(proposal.get(field)) for field in BALLOTS]
	if min(ballots) >= 0 and sum(ballots) <= proposal.members_present:
		return ""
	return _(
		"{0} ballots are counted, but {1} members were present. Correct the ballots or who was there."
	).format(sum(ballots), proposal.members_present)


def require_ballots(proposal) -> None:
	"""Refuse ballots that cannot be."""
	if fault := ballot_fault(proposal):
		frappe.throw(say("{0}: {1}", bold(proposal.unit_name), fault))


def _fault(proposal, row, message: str) -> None:
	frappe.throw(say(_("{0}, votes, row {1}: {2}"), bold(proposal.unit_name), row.idx, message))


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
			format_vi(store.decimal(proposal.vote_percent)),
			format_vi(store.decimal(proposal.vote_threshold)),
		)
	]


def passes(proposal) -> bool:
	"""Whether the counted votes reach the level's threshold."""
	vote = Vote(proposal.members_total, proposal.members_present, proposal.votes_for)
	return passes_vote(vote, store.decimal(proposal.vote_threshold), _base(proposal))


def require_passed(proposal) -> None:
	"""Refuse to go on while the vote is not taken or does not reach the level's threshold."""
	if messages := missing(proposal):
		frappe.throw(lines(messages), title=_("Vote Not Passed"))
