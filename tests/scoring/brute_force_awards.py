"""Award selection written a second time, as plainly as possible: every way the council can decide is
walked through one by one. Shares nothing with `par_campaign.scoring` but the data model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from par_campaign.scoring.model import Campaign, Proposal, Quota, VoteBase

BEST_FIRST = ("Awarded", "Submitted to Chairman", "Council", "Draft", "Revoked", "Rejected")


@dataclass(frozen=True)
class Standing:
	"""What is known of a unit before awards are looked at."""

	unit: str
	group: str
	cluster: str
	cluster_rank: int | None
	group_rank: int | None
	index: object
	band: str
	disqualified: bool
	missing: bool


def select(campaign: Campaign, standings: list[Standing]) -> dict[tuple[str, str, str], tuple[str, int]]:
	"""Selection and places left by unit, award and scope (the cluster, "" for the whole group).

	Only for campaigns in which no two quotas share award and scope.
	"""
	found: dict[tuple[str, str, str], set[tuple[str, int]]] = {}
	ties: dict[tuple[str, str, str], set[tuple[int, int]]] = {}
	scopes = ordered_scopes(campaign, standings)
	for group in {quota.group for quota, _cluster, _units in scopes}:
		of_group = [scope for scope in scopes if scope[0].group == group]
		walk(Facts(campaign, of_group), 0, frozenset(), frozenset(), found, ties)
	return {key: settled(labels, ties[key]) for key, labels in found.items()}


def settled(labels: set[tuple[str, int]], ties: set[tuple[int, int]]) -> tuple[str, int]:
	"""The one selection, or contingent where the council's decisions make a difference."""
	names = {name for name, _left in labels}
	if names == {"HIGHER", "NOT_ELIGIBLE"}:
		return "NOT_ELIGIBLE", 0
	if len(names) > 1 or (names == {"TIED"} and len(ties) > 1):
		return "CONTINGENT", 0
	return min(labels)


def ordered_scopes(campaign: Campaign, standings: list[Standing]):
	"""Quota, cluster (None for the whole group) and units, in the order places are given."""
	scopes = []
	for quota in campaign.quotas:
		group = [s for s in standings if s.group == quota.group]
		if not quota.cluster and not quota.per_cluster:
			scopes.append((quota, None, group))
			continue
		for cluster in sorted({s.cluster for s in group}):
			if quota.cluster in ("", cluster):
				scopes.append((quota, cluster, [s for s in group if s.cluster == cluster]))
	scopes = [scope for scope in scopes if scope[2]]
	return sorted(scopes, key=lambda s: (s[0].group, s[0].precedence, s[1] is not None, s[1] or ""))


class Facts:
	"""What does not depend on how ties are decided."""

	def __init__(self, campaign: Campaign, scopes):
		self.campaign = campaign
		self.scopes = scopes
		self.proposals = {}
		for proposal in sorted(campaign.proposals, key=lambda p: weakness(p), reverse=True):
			self.proposals[proposal.unit, proposal.level] = proposal

	def rank(self, at: int, s: Standing) -> int | None:
		return s.group_rank if self.scopes[at][1] is None else s.cluster_rank

	def later_scope_of_same_award(self, at: int, s: Standing) -> bool:
		level = self.scopes[at][0].level
		return any(quota.level == level and s in units for quota, _c, units in self.scopes[at + 1 :])

	def vote_fails(self, quota: Quota, proposal: Proposal) -> bool:
		vote = proposal.vote
		if vote is None:
			return False
		base = vote.present if self.campaign.vote_base is VoteBase.PRESENT else vote.members
		if base == 0 or vote.in_favour == 0:
			return True
		return quota.threshold is not None and vote.in_favour / base * 100 < float(quota.threshold)

	def held(self, at: int, s: Standing) -> bool:
		quota = self.scopes[at][0]
		proposal = self.proposals.get((s.unit, quota.level))
		if proposal is None:
			return False
		if proposal.state == "Awarded":
			return True
		return (
			proposal.state == "Submitted to Chairman"
			and not s.disqualified
			and not self.vote_fails(quota, proposal)
		)

	def revoked(self, at: int, s: Standing) -> bool:
		proposal = self.proposals.get((s.unit, self.scopes[at][0].level))
		return proposal is not None and proposal.state == "Revoked"

	def barred(self, at: int, s: Standing) -> bool:
		quota = self.scopes[at][0]
		mine = [p for (unit, _level), p in self.proposals.items() if unit == s.unit]
		return (
			s.disqualified
			or (quota.minimum_index is not None and s.index < quota.minimum_index)
			or (bool(quota.minimum_band) and not self.band_reached(s.band, quota.minimum_band))
			or (quota.evidence_complete and s.missing)
			or any(p.state == "Revoked" for p in mine)
			or any(p.level != quota.level and p.state in ("Awarded", "Submitted to Chairman") for p in mine)
			or any(p.level == quota.level and p.state == "Rejected" for p in mine)
			or any(
				p.level == quota.level and p.state == "Submitted to Chairman" and self.vote_fails(quota, p)
				for p in mine
			)
		)

	def band_reached(self, band: str, wanted: str) -> bool:
		best_first = [b.label for b in sorted(self.campaign.bands, key=lambda b: b.minimum, reverse=True)]
		return (
			band in best_first and wanted in best_first and best_first.index(band) <= best_first.index(wanted)
		)

	def counted_here(self, at: int, s: Standing, present: list[Standing]) -> bool:
		"""Whether a decided or revoked award takes a place of this scope and not of a later one."""
		if not self.later_scope_of_same_award(at, s):
			return True
		if self.rank(at, s) is None:
			return False
		better = [
			other
			for other in present
			if self.rank(at, other) is not None
			and self.rank(at, other) < self.rank(at, s)
			and (self.held(at, other) or self.revoked(at, other) or not self.barred(at, other))
		]
		return len(better) < self.scopes[at][0].count


def weakness(proposal: Proposal) -> tuple:
	place = BEST_FIRST.index(proposal.state) if proposal.state in BEST_FIRST else len(BEST_FIRST)
	vote = proposal.vote
	return (place, proposal.state, (vote.members, vote.present, vote.in_favour) if vote else (0, 0, 0))


def walk(facts: Facts, at: int, winners: frozenset, spent: frozenset, found: dict, ties: dict) -> None:
	"""Give the places of scope `at` and go on to the next in every way its tie can be decided."""
	if at == len(facts.scopes):
		return
	quota, cluster, units = facts.scopes[at]
	labels, now_spent = {}, set(spent)
	present = [s for s in units if s.unit not in winners]
	places = quota.count
	for s in units:
		if s.unit in winners:
			labels[s.unit] = "HIGHER"
	for s in present:
		if facts.held(at, s):
			here = facts.counted_here(at, s, present)
			labels[s.unit] = "QUALIFIED" if here else "BELOW"
			places -= here
		elif facts.barred(at, s):
			labels[s.unit] = "NOT_ELIGIBLE"
			mark = (quota.level, s.unit)
			if facts.revoked(at, s) and mark not in spent and facts.counted_here(at, s, present):
				now_spent.add(mark)
				places -= 1
	places = max(places, 0)
	open_units = [s for s in present if s.unit not in labels]
	for s in open_units:
		better = sum(facts.rank(at, o) < facts.rank(at, s) for o in open_units)
		equal = sum(facts.rank(at, o) == facts.rank(at, s) for o in open_units)
		labels[s.unit] = "QUALIFIED" if better + equal <= places else "TIED" if better < places else "BELOW"
	tied = sorted(unit for unit, label in labels.items() if label == "TIED")
	waiting_winners = sum(labels[s.unit] == "QUALIFIED" for s in open_units)
	left = places - waiting_winners if tied else 0
	for unit, label in labels.items():
		key = (unit, quota.level, cluster or "")
		found.setdefault(key, set()).add((label, left if label == "TIED" else 0))
		ties.setdefault(key, set()).add((len(tied), left))
	sure = winners | {unit for unit, label in labels.items() if label == "QUALIFIED"}
	for chosen in decisions(tied, left):
		walk(facts, at + 1, sure | chosen, frozenset(now_spent), found, ties)


def decisions(tied: list[str], left: int) -> Iterator[frozenset]:
	"""Every choice of so many of the tied units."""
	yield from map(frozenset, combinations(tied, left))
