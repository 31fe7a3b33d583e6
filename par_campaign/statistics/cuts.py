"""Where the appraisal took points away, and for which reasons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.scoring.decimals import ZERO, exactly, round2
from par_campaign.statistics.areas import by_number, mean
from par_campaign.statistics.progress import percent

REASONS = 3


@dataclass(frozen=True)
class ScoredRow:
	"""A row of an appraised scorecard; points None where nothing stands (nothing claimed, struck out)."""

	unit: str
	code: str
	title: str
	maximum: Decimal
	self_points: Decimal | None
	points: Decimal | None
	note: str = ""
	deduction: bool = False

	@property
	def cut(self) -> Decimal:
		"""Points the unit lost by the appraisal; negative where it gained. More deduction is a loss."""
		if self.self_points is None or self.points is None:
			return ZERO
		lost = self.self_points - self.points
		return -lost if self.deduction else lost


@dataclass(frozen=True)
class CutRow:
	"""One criterion over all appraised units."""

	code: str
	title: str
	maximum: Decimal
	units: int  # whose appraised score stands
	cut_units: int
	raised_units: int
	cut_percent: Decimal  # of the units
	average_cut: Decimal  # points, over the units that were cut
	total_cut: Decimal
	reasons: tuple[tuple[str, int], ...]  # the commonest, with how often each was given


@exactly
def most_cut(rows: Iterable[ScoredRow]) -> list[CutRow]:
	"""Criteria from which points were taken, the one cut for most units first.

	Rows of different sets are one criterion where number, title and maximum agree.
	"""
	found: dict[tuple[str, str, Decimal], list[ScoredRow]] = {}
	for row in rows:
		found.setdefault((row.code, row.title, row.maximum), []).append(row)
	summed = [_summed(same) for same in found.values()]
	there = [row for row in summed if row.cut_units]
	return sorted(there, key=lambda row: (-row.cut_units, -row.total_cut, by_number(row.code), row.title))


def _summed(rows: Sequence[ScoredRow]) -> CutRow:
	first = rows[0]
	scored = [row for row in rows if row.points is not None]
	cut = [row for row in scored if row.cut > 0]
	return CutRow(
		code=first.code,
		title=first.title,
		maximum=first.maximum,
		units=len(scored),
		cut_units=len(cut),
		raised_units=sum(row.cut < 0 for row in scored),
		cut_percent=percent(len(cut), len(scored)),
		average_cut=mean(row.cut for row in cut) or ZERO,
		total_cut=round2(sum((row.cut for row in cut), ZERO)),
		reasons=_reasons(cut),
	)


def _reasons(rows: Sequence[ScoredRow]) -> tuple[tuple[str, int], ...]:
	"""The commonest reasons; equal ones in the order in which they were met."""
	counted = Counter(" ".join(row.note.split()) for row in rows if row.note.strip())
	return tuple(counted.most_common(REASONS))
