"""Who qualifies for which award under the quotas, and where the council must decide.

A unit gets the highest award it wins and only that (one achievement is rewarded once). A tie at the
cut-off is never cut: all tied units are shown with the places left. What depends on how the council
decides such a tie is found by going through the ways it can decide: what comes out the same in all of
them is certain, the rest is shown as contingent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from par_campaign.scoring.decided import passes_vote
from par_campaign.scoring.decimals import exactly
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import AwardRow, Campaign, CardResult, Quota, RankRow, Selection
from par_campaign.scoring.quotas import Scope, Seat, Signature, parts_of

__all__ = ["passes_vote", "select"]

# Ways to decide ties that are gone through for one group, units that are alike in everything counted
# once. A real council meets a handful; beyond this, what follows is left contingent.
MOST_SCENARIOS = 2000

# by rank: how many of a better one get a higher award, and how many are not eligible
Passed = Mapping[int | None, tuple[int, int]]


@exactly
def select(
	campaign: Campaign, ranking: Sequence[RankRow], cards: Mapping[str, CardResult]
) -> tuple[AwardRow, ...]:
	"""A row for each unit and quota that covers it, highest award first within each group."""
	return tuple(row for part in parts_of(campaign, ranking, cards) for row in _Part(part).rows())


# --- filling the places of one scope ---------------------------------------------------------------


@dataclass(frozen=True)
class Scenario:
	"""One way the council can decide the ties met with so far."""

	winners: frozenset[str] = frozenset()  # units that have won something
	spent: frozenset[tuple[str, str]] = frozenset()  # award and unit: revoked, and its place counted


@dataclass
class Outcome:
	"""What a scope gives in one scenario."""

	selection: dict[str, Selection] = field(default_factory=dict)
	spent: set[tuple[str, str]] = field(default_factory=set)
	tied: tuple[str, ...] = ()
	places_left: int = 0

	def winners(self) -> frozenset[str]:
		"""Units that get the award here."""
		return frozenset(unit for unit, found in self.selection.items() if found is Selection.QUALIFIED)


def fill(scope: Scope, scenario: Scenario) -> Outcome:
	"""Give the places of one scope in order of rank to those who have won nothing yet."""
	outcome = Outcome({unit: Selection.HIGHER for unit in scope.seats if unit in scenario.winners})
	seats = {unit: seat for unit, seat in scope.seats.items() if unit not in scenario.winners}
	left = scope.quota.count
	waiting: list[tuple[int, str]] = []  # rank and unit
	for unit, seat in seats.items():
		if seat.held:
			takes = _takes_place(seat, scope.quota, seats)
			left -= takes
			# what the unit holds by its cluster's quota is not counted in the whole group
			outcome.selection[unit] = Selection.QUALIFIED if takes else Selection.BELOW
		elif seat.unmet or seat.rank is None:
			outcome.selection[unit] = Selection.NOT_ELIGIBLE
			left -= _spend(scope.quota, seat, seats, scenario, outcome)
		else:
			waiting.append((seat.rank, unit))
	_give(waiting, max(left, 0), outcome)
	return outcome


def _takes_place(seat: Seat, quota: Quota, seats: Mapping[str, Seat]) -> bool:
	"""Whether a decided award is counted against this quota, where two quotas of it cover the unit.

	The whole group's quota comes first and takes those whom their rank brings in; the rest are the
	cluster's.
	"""
	if seat.last:
		return True
	if seat.rank is None:
		return False
	better = sum(
		other.rank is not None and other.rank < seat.rank and (other.held or other.spent or not other.unmet)
		for other in seats.values()
	)
	return better < quota.count


def _spend(quota: Quota, seat: Seat, seats: Mapping[str, Seat], scenario: Scenario, outcome: Outcome) -> bool:
	"""Whether a revoked award leaves a place of this quota empty: nobody moves up silently."""
	mark = (quota.level, seat.row.unit)
	if not seat.spent or mark in scenario.spent or not _takes_place(seat, quota, seats):
		return False
	outcome.spent.add(mark)
	return True


def _give(waiting: Sequence[tuple[int, str]], left: int, outcome: Outcome) -> None:
	for rank in sorted({rank for rank, _unit in waiting}):
		equal = [unit for of_rank, unit in waiting if of_rank == rank]
		if len(equal) <= left:
			outcome.selection.update(dict.fromkeys(equal, Selection.QUALIFIED))
			left -= len(equal)
			continue
		outcome.selection.update(dict.fromkeys(equal, Selection.TIED if left else Selection.BELOW))
		if left:
			outcome.tied, outcome.places_left = tuple(equal), left
		left = 0  # those behind a tie get nothing, whoever of the tied is taken


# --- every way the council can decide ----------------------------------------------------------------


class _Part:
	"""Scopes that share units, worked through from the highest award down."""

	def __init__(self, scopes: list[Scope]):
		self._scopes = scopes
		self._alike = _alike(scopes)
		self._won: dict[str, str] = {}  # unit to award, where it is certain
		self._open: list[str] = []  # awards with an undecided tie so far

	def rows(self) -> list[AwardRow]:
		"""The rows of all scopes in order."""
		scenarios: list[Scenario] | None = [Scenario()]
		rows: list[AwardRow] = []
		for scope in self._scopes:
			if scenarios is None:
				rows += [self._unforeseen(scope, seat) for seat in scope.seats.values()]
				continue
			outcomes = [fill(scope, scenario) for scenario in scenarios]
			passed = _passed_over(scope, outcomes)
			rows += [self._row(scope, seat, outcomes, passed) for seat in scope.seats.values()]
			self._note(scope, outcomes)
			scenarios = self._branch(scenarios, outcomes)
		return rows

	def _row(self, scope: Scope, seat: Seat, outcomes: Sequence[Outcome], passed: Passed) -> AwardRow:
		"""What is certain of the unit: the same in every outcome, for it and for those like it."""
		found = {o.selection[other] for o in outcomes for other in self._alike[seat.row.unit]}
		ties = {(len(o.tied), o.places_left) for o in outcomes}
		if found == {Selection.HIGHER, Selection.NOT_ELIGIBLE}:
			found = {Selection.NOT_ELIGIBLE}  # in no case does it get this award
		if len(found) > 1 or (found == {Selection.TIED} and len(ties) > 1):
			return _award_row(scope, seat, Selection.CONTINGENT, self._contingent())
		selection = found.pop()
		if selection is Selection.TIED:
			return _award_row(scope, seat, selection, _tie(seat, *min(ties)), min(ties)[1])
		if selection is Selection.HIGHER:
			return _award_row(scope, seat, selection, self._higher(seat))
		return _award_row(scope, seat, selection, _places(scope, seat, selection, passed))

	def _unforeseen(self, scope: Scope, seat: Seat) -> AwardRow:
		"""A row when the ties above can be decided in more ways than are gone through."""
		if seat.row.unit in self._won:
			return _award_row(scope, seat, Selection.HIGHER, self._higher(seat))
		if seat.held and seat.last:
			self._won[seat.row.unit] = scope.quota.level
			return _award_row(scope, seat, Selection.QUALIFIED, _places(scope, seat, Selection.QUALIFIED))
		if seat.unmet and not seat.held:
			selection = Selection.NOT_ELIGIBLE
			return _award_row(scope, seat, selection, _places(scope, seat, selection))
		return _award_row(scope, seat, Selection.CONTINGENT, self._contingent())

	def _contingent(self) -> tuple[str, ...]:
		return (_("depends on how the council decides the tie for {0}").format(", ".join(self._open)),)

	def _higher(self, seat: Seat) -> tuple[str, ...]:
		level = self._won.get(seat.row.unit)
		return (_("gets {0}").format(level),) if level else ()

	def _note(self, scope: Scope, outcomes: Sequence[Outcome]) -> None:
		"""Keep for later scopes who surely has won and which award has an open tie."""
		for unit in scope.seats:
			if all(
				o.selection[other] is Selection.QUALIFIED for o in outcomes for other in self._alike[unit]
			):
				self._won[unit] = scope.quota.level
		if any(outcome.tied for outcome in outcomes) and scope.quota.level not in self._open:
			self._open.append(scope.quota.level)

	def _branch(self, scenarios: Sequence[Scenario], outcomes: Sequence[Outcome]) -> list[Scenario] | None:
		"""Every way the council can decide the ties met with, without repetition; None if too many."""
		following: dict[Scenario, None] = {}
		for scenario, outcome in zip(scenarios, outcomes, strict=True):
			sure = scenario.winners | outcome.winners()
			for chosen in self._ways(outcome.tied, outcome.places_left):
				following[Scenario(sure | chosen, scenario.spent | outcome.spent)] = None
				if len(following) > MOST_SCENARIOS:
					return None
		return list(following)

	def _ways(self, tied: Sequence[str], places: int) -> Iterator[frozenset[str]]:
		"""Ways to take so many of the tied, up to exchanging units that are alike."""
		classes: dict[tuple[str, ...], list[str]] = {}
		for unit in sorted(tied):
			classes.setdefault(self._alike[unit], []).append(unit)
		return _choose(list(classes.values()), places)


def _alike(scopes: Sequence[Scope]) -> dict[str, tuple[str, ...]]:
	"""For each unit those that no scope tells apart from it, itself among them."""
	signatures: dict[tuple[Signature | None, ...], list[str]] = {}
	for unit in dict.fromkeys(unit for scope in scopes for unit in scope.seats):
		seats = (scope.seats.get(unit) for scope in scopes)
		signatures.setdefault(tuple(seat.signature if seat else None for seat in seats), []).append(unit)
	return {unit: tuple(same) for same in signatures.values() for unit in same}


def _choose(classes: Sequence[Sequence[str]], places: int) -> Iterator[frozenset[str]]:
	"""So many units, of each class the first ones."""
	if not classes:
		if places == 0:
			yield frozenset()
		return
	first, *rest = classes
	others = sum(len(units) for units in rest)
	for taken in range(max(0, places - others), min(len(first), places) + 1):
		for chosen in _choose(rest, places - taken):
			yield frozenset(first[:taken]) | chosen


# --- rows ------------------------------------------------------------------------------------------


def _award_row(
	scope: Scope, seat: Seat, selection: Selection, reasons: tuple[str, ...], places_left: int = 0
) -> AwardRow:
	row = seat.row
	if row.provisional:
		reasons = (*reasons, _("provisional: external values are missing"))
	return AwardRow(
		unit=row.unit,
		level=scope.quota.level,
		group=row.group,
		cluster=row.cluster,
		rank=seat.rank,
		index=row.index,
		selection=selection,
		reasons=reasons,
		places_left=places_left,
		scope=scope.cluster or "",
	)


def _tie(seat: Seat, tied: int, left: int) -> tuple[str, ...]:
	message = _("{0} units share rank {1}, places left: {2}; the council decides")
	return (message.format(tied, seat.rank, left),)


def _passed_over(scope: Scope, outcomes: Sequence[Outcome]) -> Passed:
	"""Units of a better rank that take no place here, for each rank: without them a reader who holds rank
	against places comes to another end. Left out where it depends on how a tie is decided."""
	found = [_passed_over_in(scope, outcome) for outcome in outcomes]
	return {rank: counts for rank, counts in found[0].items() if all(o[rank] == counts for o in found)}


def _passed_over_in(scope: Scope, outcome: Outcome) -> Passed:
	ranks = [(seat.rank, unit) for unit, seat in scope.seats.items() if seat.rank is not None]
	counts = Counter((rank, outcome.selection[unit]) for rank, unit in ranks)
	higher = barred = 0
	passed: dict[int | None, tuple[int, int]] = {}
	for rank in sorted({rank for rank, _unit in ranks}):
		passed[rank] = (higher, barred)
		higher += counts[rank, Selection.HIGHER]
		barred += counts[rank, Selection.NOT_ELIGIBLE]
	return passed


def _places(
	scope: Scope, seat: Seat, selection: Selection, passed: Passed = MappingProxyType({})
) -> tuple[str, ...]:
	"""Why a unit is in, out or not eligible, where no tie plays a part."""
	if selection is Selection.NOT_ELIGIBLE:
		return (*seat.unmet, _("its place is not filled again")) if seat.spent else seat.unmet
	if seat.held:
		return _decided(seat, selection)
	reasons = [_("rank {0}, places: {1}").format(seat.rank, scope.quota.count)]
	higher, barred = passed.get(seat.rank, (0, 0))
	if higher:
		reasons.append(_("ahead of it with a higher award: {0}").format(higher))
	if barred:
		reasons.append(_("ahead of it and not eligible: {0}").format(barred))
	if held := sum(other.held for other in scope.seats.values()):
		reasons.append(_("decided already: {0}").format(held))
	if spent := sum(other.spent for other in scope.seats.values()):
		reasons.append(_("revoked and not filled again: {0}").format(spent))
	return tuple(reasons)


def _decided(seat: Seat, selection: Selection) -> tuple[str, ...]:
	if selection is Selection.BELOW:
		return (_("decided, and counted in its cluster"),)
	warning = (_("decided, but: {0}").format("; ".join(seat.unmet)),) if seat.unmet else ()
	return (_("the council has decided for it"), *warning)
