"""From leaves to areas and the index of one scorecard.

Points are summed exactly as they are; the index alone is rounded, once, to two decimals with
halves up, so that nothing is lost or gained on the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.scoring.decimals import HUNDRED, ZERO, exactly, format_vi, round2, settle, trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	BonusPosition,
	CardTotals,
	CriteriaSet,
	Leaf,
	NotApplicableMode,
	ScoreType,
	Sum,
)


@dataclass(frozen=True)
class LeafPoints:
	"""What enters the sums for one leaf; `points` None where nothing stands yet (it counts 0)."""

	applicable: bool
	points: Decimal | None


@exactly
def card_totals(criteria_set: CriteriaSet, points: Mapping[str, LeafPoints]) -> CardTotals:
	"""Sums per row and the index. `points` holds every leaf of the set."""
	rows = _rows(criteria_set, points)
	bonus = _capped(criteria_set, points, ScoreType.BONUS, criteria_set.bonus_cap)
	deduction = _capped(criteria_set, points, ScoreType.DEDUCTION, criteria_set.deduction_cap)
	whole = _sum(criteria_set, _leaves(criteria_set, ScoreType.NORMAL), points)
	index, trace = index_of(whole.earned, whole.maximum, bonus, deduction, criteria_set.bonus_position)
	return CardTotals(whole.earned, whole.maximum, bonus, deduction, index, rows, trace)


def _leaves(criteria_set: CriteriaSet, score_type: ScoreType) -> list[Leaf]:
	return [leaf for leaf in criteria_set.leaves() if leaf.score_type is score_type]


def _rows(criteria_set: CriteriaSet, points: Mapping[str, LeafPoints]) -> dict[str, Sum]:
	"""Sums of areas and criteria with normal leaves below them."""
	rows = {}
	for code, leaves in criteria_set.below.items():
		normal = [leaf for leaf in leaves if leaf.score_type is ScoreType.NORMAL]
		if normal:
			rows[code] = _sum(criteria_set, normal, points)
	return rows


def _sum(criteria_set: CriteriaSet, leaves: Sequence[Leaf], points: Mapping[str, LeafPoints]) -> Sum:
	earned = maximum = ZERO
	for leaf in leaves:
		given = points[leaf.code]
		if given.applicable:
			maximum += leaf.maximum
			earned += given.points or ZERO
		elif criteria_set.not_applicable is NotApplicableMode.GRANT:
			maximum += leaf.maximum
			earned += leaf.maximum
	return Sum(settle(earned), maximum)


def _capped(
	criteria_set: CriteriaSet, points: Mapping[str, LeafPoints], score_type: ScoreType, cap: Decimal | None
) -> Decimal:
	"""Bonus or deduction of the year, at most its cap."""
	total = sum(
		(
			points[leaf.code].points or ZERO
			for leaf in _leaves(criteria_set, score_type)
			if points[leaf.code].applicable
		),
		ZERO,
	)
	return settle(total if cap is None else min(total, cap))


@exactly
def index_of(
	earned: Decimal,
	maximum: Decimal,
	bonus: Decimal = ZERO,
	deduction: Decimal = ZERO,
	position: BonusPosition = BonusPosition.AFTER,
) -> tuple[Decimal, str]:
	"""The index with two decimals and how it came about. A maximum of 0 gives an index of 0 (+ bonus).

	After: earned / maximum x 100 + bonus - deduction. Before: (earned + bonus - deduction) / maximum x 100.
	"""
	if not maximum:
		index = round2(bonus - deduction)
		return index, _("no row applies: {0}").format(format_vi(index))
	# multiplied before it is divided, so that what ends within our precision is exact
	if position is BonusPosition.AFTER:
		exact = earned * HUNDRED / maximum + bonus - deduction
		work = f"{trim(earned)} / {trim(maximum)} × 100{_signed(bonus, deduction)}"
	else:
		exact = (earned + bonus - deduction) * HUNDRED / maximum
		work = f"({trim(earned)}{_signed(bonus, deduction)}) / {trim(maximum)} × 100"
	index = round2(exact)
	return index, f"{work} = {format_vi(index)}"


def _signed(bonus: Decimal, deduction: Decimal) -> str:
	plus = f" + {trim(bonus)}" if bonus else ""
	return plus + (f" − {trim(deduction)}" if deduction else "")
