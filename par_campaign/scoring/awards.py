"""Who qualifies for which award under the quotas, and where the council must decide.

A unit gets the highest award it wins and only that (one achievement is rewarded once). A tie at the
cut-off is never cut: all tied units are shown with the places left. What depends on how the council
decides such a tie is worked out by going through every way it can decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from par_campaign.scoring.bands import reaches
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	AwardRow,
	Campaign,
	CardResult,
	Proposal,
	Quota,
	RankRow,
	Selection,
	Vote,
	VoteBase,
)

# Ways ties can be decided that are gone through for one group; far above what a real council meets.
MOST_SCENARIOS = 2000
CHOSEN_STATES = ("Submitted to Chairman", "Awarded")  # the council has voted for it
SPENT_STATES = ("Revoked",)  # a revoked award's place is not filled again
REFUSED_STATES = ("Rejected", "Revoked")


def passes_vote(vote: Vote, threshold: Decimal | None, base: VoteBase) -> bool:
	"""Whether the votes in favour reach the threshold (% of members present, or of all members)."""
	members = vote.present if base is VoteBase.PRESENT else vote.members
	if members <= 0:
		return False
	return threshold is None or Decimal(vote.in_favour) * 100 >= threshold * members


@dataclass(frozen=True)
class Scope:
	"""A quota applied to the units it is for: a whole group or one cluster."""

	quota: Quota
	members: tuple[RankRow, ...]
	by_group: bool

	def rank(self, row: RankRow) -> int:
		return row.group_rank if self.by_group else row.rank


@dataclass
class Outcome:
	"""What a scope gives in one scenario."""

	selection: dict[str, Selection] = field(default_factory=dict)
	tied: tuple[str, ...] = ()
	places_left: int = 0


def select(
	campaign: Campaign, ranking: Sequence[RankRow], cards: dict[str, CardResult]
) -> tuple[AwardRow, ...]:
	"""A row for each unit and quota that covers it, highest award first."""
	rows: list[AwardRow] = []
	scopes = list(_scopes(campaign.quotas, ranking))
	for group in dict.fromkeys(scope.quota.group for scope in scopes):
		of_group = [scope for scope in scopes if scope.quota.group == group]
		for part in _independent(of_group):
			rows += _select_part(campaign, part, cards)
	return tuple(rows)


def _scopes(quotas: Sequence[Quota], ranking: Sequence[RankRow]) -> Iterator[Scope]:
	for quota in sorted(quotas, key=lambda q: (q.group, q.precedence)):
		group = [row for row in ranking if row.group == quota.group]
		if quota.per_cluster:
			for cluster in dict.fromkeys(row.cluster for row in group):
				yield Scope(quota, tuple(row for row in group if row.cluster == cluster), by_group=False)
		elif quota.cluster:
			yield Scope(quota, tuple(row for row in group if row.cluster == quota.cluster), by_group=False)
		else:
			yield Scope(quota, tuple(group), by_group=True)


def _independent(scopes: list[Scope]) -> list[list[Scope]]:
	"""Clusters decide by themselves where no quota spans the whole group."""
	if any(scope.by_group for scope in scopes):
		return [scopes]
	parts: dict[tuple[str, ...], list[Scope]] = {}
	for scope in scopes:
		parts.setdefault(tuple(row.unit for row in scope.members), []).append(scope)
	return list(parts.values())


def _select_part(campaign: Campaign, scopes: list[Scope], cards: dict[str, CardResult]) -> list[AwardRow]:
	scenarios: list[frozenset[str]] = [frozenset()]  # units that have won something so far
	rows: list[AwardRow] = []
	for scope in scopes:
		outcomes = [_fill(campaign, scope, cards, winners) for winners in scenarios]
		for row in scope.members:
			rows.append(_award_row(campaign, scope, row, outcomes, cards))
		scenarios = _branch(scenarios, outcomes)
	return rows


def _branch(scenarios: list[frozenset[str]], outcomes: list[Outcome]) -> list[frozenset[str]]:
	"""Every way the council can decide the ties met with, without repetition."""
	following: dict[frozenset[str], None] = {}
	for winners, outcome in zip(scenarios, outcomes, strict=True):
		sure = winners | {unit for unit, s in outcome.selection.items() if s is Selection.QUALIFIED}
		for chosen in combinations(sorted(outcome.tied), outcome.places_left):
			following[sure | set(chosen)] = None
			if len(following) >= MOST_SCENARIOS:
				raise TooManyTies(
					_("There are more ties than can be worked out. Let the council decide some first.")
				)
	return list(following)


class TooManyTies(ValueError):
	"""More ways of deciding ties than are gone through."""


def _fill(campaign: Campaign, scope: Scope, cards: dict[str, CardResult], winners: frozenset[str]) -> Outcome:
	"""Give the places of one scope in order of rank."""
	level, outcome = scope.quota.level, Outcome()
	proposals = _states(campaign.proposals, level)
	left = scope.quota.count
	waiting = []
	for row in scope.members:
		state = proposals.get(row.unit)
		if row.unit in winners:
			outcome.selection[row.unit] = Selection.HIGHER
		elif state in CHOSEN_STATES:
			outcome.selection[row.unit] = Selection.QUALIFIED
			left -= 1
		elif unmet(campaign, scope.quota, row, cards[row.unit]):
			outcome.selection[row.unit] = Selection.NOT_ELIGIBLE
			left -= state in SPENT_STATES
		else:
			waiting.append(row)
	_give(scope, waiting, max(left, 0), outcome)
	return outcome


def _give(scope: Scope, waiting: list[RankRow], left: int, outcome: Outcome) -> None:
	for rank in sorted({scope.rank(row) for row in waiting}):
		equal = [row.unit for row in waiting if scope.rank(row) == rank]
		if len(equal) <= left:
			outcome.selection.update(dict.fromkeys(equal, Selection.QUALIFIED))
			left -= len(equal)
			continue
		tied = left > 0
		outcome.selection.update(dict.fromkeys(equal, Selection.TIED if tied else Selection.BELOW))
		if tied:
			outcome.tied, outcome.places_left = tuple(equal), left
		left = 0


def _states(proposals: Sequence[Proposal], level: str) -> dict[str, str]:
	return {proposal.unit: proposal.state for proposal in proposals if proposal.level == level}


def unmet(campaign: Campaign, quota: Quota, row: RankRow, card: CardResult) -> tuple[str, ...]:
	"""Conditions of the quota a unit does not meet, in words."""
	reasons = []
	if row.disqualified:
		reasons.append(_("out of the running: {0}").format(row.disqualified))
	if quota.minimum_index is not None and row.index < quota.minimum_index:
		reasons.append(_("index below {0}").format(format_vi(quota.minimum_index)))
	if quota.minimum_band and not reaches(row.band, quota.minimum_band, campaign.bands):
		reasons.append(_("class below {0}").format(quota.minimum_band))
	if quota.evidence_complete and card.missing_evidence:
		reasons.append(_("evidence missing: {0}").format(", ".join(card.missing_evidence)))
	reasons += _other_awards(campaign.proposals, quota.level, row.unit)
	return tuple(reasons)


def _other_awards(proposals: Sequence[Proposal], level: str, unit: str) -> list[str]:
	reasons = []
	for proposal in proposals:
		if proposal.unit != unit:
			continue
		if proposal.level == level and proposal.state in REFUSED_STATES:
			reasons.append(_("{0}: {1}").format(level, _(proposal.state)))
		elif proposal.level != level and proposal.state == "Awarded":
			reasons.append(_("already gets {0}").format(proposal.level))
	return reasons


def _award_row(
	campaign: Campaign, scope: Scope, row: RankRow, outcomes: list[Outcome], cards: dict[str, CardResult]
) -> AwardRow:
	found = {outcome.selection[row.unit] for outcome in outcomes}
	selection = found.pop() if len(found) == 1 else Selection.CONTINGENT
	places = min(o.places_left for o in outcomes) if selection is Selection.TIED else 0
	return AwardRow(
		unit=row.unit,
		level=scope.quota.level,
		group=row.group,
		cluster=row.cluster,
		rank=scope.rank(row),
		index=row.index,
		selection=selection,
		reasons=_reasons(campaign, scope, row, selection, outcomes, cards),
		places_left=places,
	)


def _reasons(
	campaign: Campaign,
	scope: Scope,
	row: RankRow,
	selection: Selection,
	outcomes: list[Outcome],
	cards: dict[str, CardResult],
) -> tuple[str, ...]:
	if selection is Selection.NOT_ELIGIBLE:
		return unmet(campaign, scope.quota, row, cards[row.unit])
	if selection is Selection.TIED:
		tied = max((len(o.tied) for o in outcomes), default=0)
		left = min(o.places_left for o in outcomes)
		return (_("{0} units share the last {1} places").format(tied, left),)
	if selection is Selection.CONTINGENT:
		return (_("depends on how the council decides a tie"),)
	if selection is Selection.BELOW:
		return (_("{0} places, rank {1}").format(scope.quota.count, scope.rank(row)),)
	return ()
