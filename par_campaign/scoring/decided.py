"""What stands decided on award proposals, and the council's vote.

A proposal holds a place of its quota from the council's vote on, a rejected one frees it. A revoked
award leaves its place empty (nobody moves up silently) and bars the unit from the campaign's awards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from par_campaign.scoring.decimals import exactly, trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Proposal, Quota, RankRow, Vote, VoteBase
from par_campaign.states import CHOSEN, ProposalState

# Of several proposals of a unit for one award the strongest counts, in whatever order they come.
STRENGTH = (
	ProposalState.AWARDED,
	ProposalState.SUBMITTED,
	ProposalState.COUNCIL,
	ProposalState.DRAFT,
	ProposalState.REVOKED,
	ProposalState.REJECTED,
)


@exactly
def passes_vote(vote: Vote, threshold: Decimal | None, base: VoteBase) -> bool:
	"""Whether the votes in favour reach the threshold, in % of the members present or of all members.

	Exactly the threshold is enough; without one, a single vote in favour is. Nobody there: not passed.
	"""
	members = vote.present if base is VoteBase.PRESENT else vote.members
	if members <= 0 or vote.in_favour <= 0:
		return False
	return threshold is None or vote.in_favour * 100 >= threshold * members


@dataclass(frozen=True)
class Decisions:
	"""The proposals of a campaign, one for each unit and award."""

	proposals: dict[tuple[str, str], Proposal]
	base: VoteBase

	def of(self, unit: str, level: str) -> Proposal | None:
		"""The unit's proposal for this award."""
		return self.proposals.get((unit, level))

	def holds(self, quota: Quota, row: RankRow) -> bool:
		"""Whether the unit's proposal takes a place: awarded, or voted for and still in the running.

		An award that is given stands until it is revoked, whatever else is found.
		"""
		proposal = self.of(row.unit, quota.level)
		if proposal is None or proposal.state not in CHOSEN:
			return False
		return proposal.state == ProposalState.AWARDED or not (
			row.disqualified or self.vote_failed(quota, proposal)
		)

	def vote_failed(self, quota: Quota, proposal: Proposal) -> bool:
		"""Whether a vote is on record that does not reach the quota's threshold."""
		return proposal.vote is not None and not passes_vote(proposal.vote, quota.threshold, self.base)

	def is_revoked(self, unit: str, level: str) -> bool:
		"""Whether the unit had this award taken back."""
		proposal = self.of(unit, level)
		return proposal is not None and proposal.state == ProposalState.REVOKED

	def bars(self, quota: Quota, unit: str) -> list[str]:
		"""Why decisions keep the unit from this award, in words."""
		reasons = []
		for (of_unit, level), proposal in self.proposals.items():
			if of_unit != unit:
				continue
			if proposal.state == ProposalState.REVOKED:
				reasons.append(_("{0} was revoked").format(level))
			elif level != quota.level and proposal.state in CHOSEN:
				reasons.append(_("already gets {0}").format(level))
			elif level == quota.level:
				reasons += self._refused(quota, proposal)
		return reasons

	def _refused(self, quota: Quota, proposal: Proposal) -> list[str]:
		if proposal.state == ProposalState.REJECTED:
			return [_("{0} was rejected").format(quota.level)]
		if proposal.state == ProposalState.SUBMITTED and self.vote_failed(quota, proposal):
			return [_("the vote does not reach {0} %").format(trim(quota.threshold or Decimal(0)))]
		return []


def decisions(proposals: Iterable[Proposal], base: VoteBase) -> Decisions:
	"""The proposals by unit and award; an unknown state is the weakest."""
	strongest: dict[tuple[str, str], Proposal] = {}
	for proposal in sorted(proposals, key=lambda p: (p.unit, p.level, _weakness(p))):
		strongest.setdefault((proposal.unit, proposal.level), proposal)
	return Decisions(strongest, base)


def _weakness(proposal: Proposal) -> tuple[int, str, tuple[object, ...]]:
	known = proposal.state in STRENGTH
	place = STRENGTH.index(proposal.state) if known else len(STRENGTH)
	# among equals: any fixed order, so that the order they come in does not matter
	vote = proposal.vote or Vote(0, 0, 0)
	day = proposal.decision_date or date.min
	rest = (proposal.decision_number, day, vote.members, vote.present, vote.in_favour)
	return (place, proposal.state, rest)
