"""Which units stand before which award quota, in the order the quotas are filled.

From the highest award down; at equal precedence the whole group before its clusters, so that a
cluster's places go to those the group's places have not reached.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from par_campaign.scoring.bands import reaches
from par_campaign.scoring.decided import decisions
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Campaign, CardResult, Quota, RankRow

# rank, held, spent, last, and whether a condition is not met
Signature = tuple[int | None, bool, bool, bool, bool]


@dataclass(frozen=True)
class Seat:
	"""A unit before one quota."""

	row: RankRow
	rank: int | None
	held: bool = False  # the council has decided for it
	spent: bool = False  # had this award, which was revoked
	last: bool = True  # no later quota of the same award covers the unit
	unmet: tuple[str, ...] = ()  # conditions not met, in words

	@property
	def signature(self) -> Signature:
		"""Units with the same signature before every quota are interchangeable."""
		return (self.rank, self.held, self.spent, self.last, bool(self.unmet))


@dataclass(frozen=True)
class Scope:
	"""A quota applied to the units it is for: a whole group or one cluster."""

	quota: Quota
	cluster: str | None  # None: the whole group
	seats: Mapping[str, Seat]  # by unit


def parts_of(
	campaign: Campaign, ranking: Sequence[RankRow], cards: Mapping[str, CardResult]
) -> list[list[Scope]]:
	"""The scopes in the order they are filled, those that share no units apart from each other."""
	scopes = _Scopes(campaign, ranking, cards).all()
	groups = dict.fromkeys(scope.quota.group for scope in scopes)
	return [part for group in groups for part in _independent([s for s in scopes if s.quota.group == group])]


def _independent(scopes: list[Scope]) -> list[list[Scope]]:
	"""Clusters decide by themselves where no quota spans the whole group."""
	if any(scope.cluster is None for scope in scopes):
		return [scopes]
	parts: dict[str | None, list[Scope]] = {}
	for scope in scopes:
		parts.setdefault(scope.cluster, []).append(scope)
	return list(parts.values())


class _Scopes:
	"""Makes the scopes of a campaign's quotas."""

	def __init__(self, campaign: Campaign, ranking: Sequence[RankRow], cards: Mapping[str, CardResult]):
		self._campaign = campaign
		self._ranking = ranking
		self._cards = cards
		self._decisions = decisions(campaign.proposals, campaign.vote_base)

	def all(self) -> list[Scope]:
		"""All scopes; one without units is left out."""
		members = [(quota, cluster, rows) for quota, cluster, rows in self._members() if rows]
		last = {
			(quota.group, quota.level, row.unit): at
			for at, (quota, _c, rows) in enumerate(members)
			for row in rows
		}
		scopes = []
		for at, (quota, cluster, rows) in enumerate(members):
			seats = (
				self._seat(quota, cluster, row, last[quota.group, quota.level, row.unit] == at)
				for row in rows
			)
			scopes.append(Scope(quota, cluster, {seat.row.unit: seat for seat in seats}))
		return scopes

	def _members(self) -> Iterator[tuple[Quota, str | None, list[RankRow]]]:
		for quota in sorted(self._campaign.quotas, key=_order):
			group = [row for row in self._ranking if row.group == quota.group]
			if _is_whole_group(quota):
				yield quota, None, group
				continue
			for cluster in dict.fromkeys(row.cluster for row in group):
				if not quota.cluster or cluster == quota.cluster:
					yield quota, cluster, [row for row in group if row.cluster == cluster]

	def _seat(self, quota: Quota, cluster: str | None, row: RankRow, last: bool) -> Seat:
		return Seat(
			row=row,
			rank=row.group_rank if cluster is None else row.rank,
			held=self._decisions.holds(quota, row),
			spent=self._decisions.is_revoked(row.unit, quota.level),
			last=last,
			unmet=self._unmet(quota, row),
		)

	def _unmet(self, quota: Quota, row: RankRow) -> tuple[str, ...]:
		reasons = []
		if row.disqualified:
			reasons.append(_("out of the running: {0}").format(row.disqualified))
		if quota.minimum_index is not None and row.index < quota.minimum_index:
			reasons.append(_("index below {0}").format(format_vi(quota.minimum_index)))
		if quota.minimum_band and not reaches(row.band, quota.minimum_band, self._campaign.bands):
			reasons.append(_("class below {0}").format(quota.minimum_band))
		if quota.evidence_complete and (missing := self._cards[row.unit].missing_evidence):
			reasons.append(_("evidence missing: {0}").format(", ".join(missing)))
		return (*reasons, *self._decisions.bars(quota, row.unit))


def _is_whole_group(quota: Quota) -> bool:
	return not quota.cluster and not quota.per_cluster


def _order(quota: Quota) -> tuple[object, ...]:
	"""Of two quotas for the same award and units the one with more conditions is filled first."""
	minimum = -1 if quota.minimum_index is None else quota.minimum_index
	conditions = (-minimum, not quota.minimum_band, quota.minimum_band, not quota.evidence_complete)
	scope = (not _is_whole_group(quota), quota.level, quota.cluster, quota.per_cluster)
	return (quota.group, quota.precedence, *scope, *conditions, -(quota.threshold or 0), quota.count)
