"""Order within cluster and within group: competition ranks (1, 2, 2, 4) on the published index.

Equal published indexes share a rank unless the campaign's ordered tie-breakers separate them; a
tie-breaker never invents an order, so what it cannot separate stays tied.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.scoring.decimals import HUNDRED, ZERO, exactly, format_vi, round2
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CardResult, CardTotals, RankRow, Sum, TieBreak, TieBreaker

DIGITS = re.compile(r"([0-9]+)")
NAMED = 5  # units of equal index named in a trace; the rest is counted


@dataclass(frozen=True)
class Entry:
	"""A unit to be ranked. `merits` are compared in order after the index; more is better."""

	unit: str
	unit_name: str
	group: str
	cluster: str
	index: Decimal
	merits: tuple[Decimal, ...] = ()
	band: str = ""
	provisional: bool = False
	disqualified: str = ""

	@property
	def key(self) -> tuple[Decimal, ...]:
		"""What units are ordered by: the index as published, then the tie-breakers."""
		return (self.index, *self.merits)


def competition_ranks(entries: Iterable[Entry]) -> dict[str, int]:
	"""Ranks by unit of those in the running: one more than the number of units that are better."""
	running = [entry for entry in entries if not entry.disqualified]
	ranks: dict[tuple[Decimal, ...], int] = {}
	for place, entry in enumerate(sorted(running, key=lambda e: e.key, reverse=True), 1):
		ranks.setdefault(entry.key, place)
	return {entry.unit: ranks[entry.key] for entry in running}


def ranks_by(entries: Sequence[Entry], scope: Callable[[Entry], tuple[str, ...]]) -> dict[str, int]:
	"""Ranks by unit within each scope."""
	scopes: dict[tuple[str, ...], list[Entry]] = {}
	for entry in entries:
		scopes.setdefault(scope(entry), []).append(entry)
	ranks: dict[str, int] = {}
	for members in scopes.values():
		ranks.update(competition_ranks(members))
	return ranks


def by_cluster(entry: Entry) -> tuple[str, ...]:
	return (entry.group, entry.cluster)


def by_group(entry: Entry) -> tuple[str, ...]:
	return (entry.group,)


@exactly
def rank(entries: Sequence[Entry], tie_breakers: Sequence[TieBreaker] = ()) -> tuple[RankRow, ...]:
	"""Rows by group, cluster, rank and name; units out of the running last, without a rank."""
	cluster_ranks, group_ranks = ranks_by(entries, by_cluster), ranks_by(entries, by_group)
	equals = _equals(entries)
	rows = [
		RankRow(
			unit=entry.unit,
			unit_name=entry.unit_name,
			group=entry.group,
			cluster=entry.cluster,
			index=entry.index,
			band=entry.band,
			rank=cluster_ranks.get(entry.unit),
			group_rank=group_ranks.get(entry.unit),
			provisional=entry.provisional,
			disqualified=entry.disqualified,
			trace=_trace(entry, cluster_ranks, equals, tie_breakers),
		)
		for entry in entries
	]
	return tuple(sorted(rows, key=_order))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
	"""Sort key of a name as people count: "Cụm 2" before "Cụm 10"."""
	return (*(_part(part) for part in DIGITS.split(text) if part), (-1, 0, text))


def _part(part: str) -> tuple[int, int, str]:
	"""A number by its length, then its digits: no name is too long for that."""
	digits = part.lstrip("0")
	return (0, len(digits), digits) if DIGITS.fullmatch(part) else (1, 0, part)


def _order(row: RankRow) -> tuple[object, ...]:
	place = (row.rank is None, row.rank or 0)
	return (natural(row.group), natural(row.cluster), *place, natural(row.unit_name), row.unit)


# group, cluster and index
Place = tuple[str, str, Decimal]


def _place(entry: Entry) -> Place:
	return (entry.group, entry.cluster, entry.index)


def _equals(entries: Sequence[Entry]) -> dict[Place, list[Entry]]:
	"""Units in the running with the same index in the same cluster, by name."""
	found: dict[Place, list[Entry]] = {}
	for entry in sorted(entries, key=lambda e: (e.unit_name, e.unit)):
		if not entry.disqualified:
			found.setdefault(_place(entry), []).append(entry)
	return found


def _trace(
	entry: Entry,
	ranks: dict[str, int],
	equals: dict[Place, list[Entry]],
	tie_breakers: Sequence[TieBreaker],
) -> str:
	if entry.disqualified:
		return _("out of the running: {0}").format(entry.disqualified)
	same = equals[_place(entry)]
	parts = [_("index {0}, {1} units are better").format(format_vi(entry.index), ranks[entry.unit] - 1)]
	named = [rival for rival in same[: NAMED + 1] if rival is not entry][:NAMED]
	parts += [_against(entry, rival, tie_breakers) for rival in named]
	if len(same) - 1 > len(named):
		parts.append(_("and {0} more with the same index").format(len(same) - 1 - len(named)))
	return "; ".join(parts)


def _against(entry: Entry, rival: Entry, tie_breakers: Sequence[TieBreaker]) -> str:
	for breaker, mine, theirs in zip(tie_breakers, entry.merits, rival.merits, strict=False):
		if mine != theirs:
			text = _("ahead of {0} by {1} ({2}, {3})") if mine > theirs else _("behind {0} by {1} ({2}, {3})")
			figures = (format_vi(abs(mine)), format_vi(abs(theirs)))
			return text.format(rival.unit_name, describe(breaker), *figures)
	return _("shares the rank with {0}").format(rival.unit_name)


def describe(breaker: TieBreaker) -> str:
	"""A tie-breaker in words."""
	return f"{_(breaker.kind.value)} {breaker.area}".strip()


@exactly
def merits_of(result: CardResult, tie_breakers: Sequence[TieBreaker]) -> tuple[Decimal, ...]:
	"""A unit's value under each tie-breaker, more is better.

	Like the index they are compared as they are shown, with two decimals: what decides between two
	units is always a figure that a reader sees.
	"""
	return tuple(round2(_merit(result, breaker)) for breaker in tie_breakers)


def _merit(result: CardResult, breaker: TieBreaker) -> Decimal:
	totals = result.totals
	if breaker.kind is TieBreak.AREA:
		row = totals.rows.get(breaker.area)
		return _percent(row, totals) if row else ZERO
	if breaker.kind is TieBreak.BONUS:
		return totals.bonus
	if breaker.kind is TieBreak.DEDUCTION:
		return -totals.deduction
	return -abs(result.self_totals.index - totals.index)


def _percent(row: Sum, totals: CardTotals) -> Decimal:
	"""Of what applies to the unit, so that a struck-out row is no handicap.

	An area struck out as a whole counts as good as the rest of the card: that is what taking its
	maximum out of the index has made of it already.
	"""
	if not row.maximum:
		row = Sum(totals.earned, totals.maximum)
	return row.earned * HUNDRED / row.maximum if row.maximum else ZERO
