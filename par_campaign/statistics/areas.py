"""Scores by area: percentages, means, and which area of one year is which of another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from par_campaign.scoring.decimals import HUNDRED, ZERO, exactly, round2, settle

STEP, WIDEST = Decimal(5), Decimal(90)


@dataclass(frozen=True)
class AreaScore:
	"""A scorecard's points in one area; `points` None while there is no appraised score to show.

	`waiting`: a survey or index of this area is not in yet, so its percentages would say too little.
	"""

	code: str
	title: str
	maximum: Decimal
	self_points: Decimal
	points: Decimal | None = None
	waiting: bool = False

	@property
	def self_percent(self) -> Decimal | None:
		"""What the unit claims, in % of the area's maximum."""
		return None if self.waiting else share(self.self_points, self.maximum)

	@property
	def percent(self) -> Decimal | None:
		"""What the appraisal gave, in % of the area's maximum."""
		return None if self.waiting else share(self.points, self.maximum)

	@property
	def change(self) -> Decimal | None:
		"""Appraised less self-scored points."""
		return None if self.points is None else self.points - self.self_points


@exactly
def share(points: Decimal | None, maximum: Decimal) -> Decimal | None:
	"""Points in % of a maximum, two decimals; None where either is missing."""
	return None if points is None or not maximum else round2(points / maximum * HUNDRED)


@exactly
def mean(values: Iterable[Decimal | None]) -> Decimal | None:
	"""Mean of the values that are there, two decimals; None of none."""
	there = [value for value in values if value is not None]
	return round2(settle(sum(there, Decimal(0)) / len(there))) if there else None


@exactly
def scale_from(percentages: Iterable[Decimal | None]) -> Decimal:
	"""Where a colour scale up to 100 % begins so that differences show: the five below the lowest tenth
	of the percentages, lest one outlier makes all others look alike, but at most 90, lest what is nearly
	full looks bad."""
	there = sorted(value for value in percentages if value is not None)
	low = there[len(there) // 10] if there else WIDEST
	return max(ZERO, min(WIDEST, low // STEP * STEP))


def titles(cards: Iterable[Sequence[AreaScore]]) -> dict[str, str]:
	"""Codes of all areas in numerical order, each with its title, empty where the sets differ in it."""
	found: dict[str, set[str]] = {}
	for areas in cards:
		for area in areas:
			found.setdefault(area.code, set()).add(area.title)
	return {
		code: next(iter(found[code])) if len(found[code]) == 1 else ""
		for code in sorted(found, key=by_number)
	}


def by_number(code: str) -> tuple[tuple[int, int, str], ...]:
	"""Sort key of a row's code: 2 before 10, 1.2 before 1.10."""
	return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("."))


class MatchedBy(str, Enum):
	"""How an area of one year was found in another."""

	TITLE = "Title"
	CODE = "No."
	NEW = "New"
	GONE = "No longer there"


@dataclass(frozen=True)
class Match:
	"""An area in two campaigns; one of the two is None where it is new or gone."""

	before: AreaScore | None
	after: AreaScore | None
	by: MatchedBy

	@property
	def area(self) -> AreaScore:
		"""The area as it is now; as it was, where it is gone."""
		area = self.after or self.before
		if area is None:
			raise ValueError("a match is of an area")
		return area


def matched(before: Sequence[AreaScore], after: Sequence[AreaScore]) -> list[Match]:
	"""Areas of two campaigns side by side, in the later one's order, then those that are gone.

	The title decides, for numbers move when an area is put in between; what no title fits is matched by
	its number.
	"""
	left = list(before)
	pairs: dict[str, tuple[AreaScore, MatchedBy]] = {}
	for key, how in ((_title, MatchedBy.TITLE), (_code, MatchedBy.CODE)):
		for area in after:
			if area.code in pairs:
				continue
			same = next((old for old in left if key(old) == key(area)), None)
			if same:
				pairs[area.code] = (same, how)
				left.remove(same)
	matches = [_pair(area, pairs) for area in after]
	return matches + [Match(area, None, MatchedBy.GONE) for area in left]


def compared(matches: Sequence[Match]) -> tuple[Decimal | None, Decimal | None]:
	"""Mean percentages of one area before and after, over the units that have both: a unit whose survey is
	not in yet would else weigh on one side only. Where no unit has both, of those that have one."""
	found = [(_percent(match.before), _percent(match.after)) for match in matches]
	both = [pair for pair in found if None not in pair] or found
	return mean(before for before, _after in both), mean(after for _before, after in both)


def _percent(area: AreaScore | None) -> Decimal | None:
	return area.percent if area else None


def _pair(area: AreaScore, pairs: Mapping[str, tuple[AreaScore, MatchedBy]]) -> Match:
	old, how = pairs.get(area.code, (None, MatchedBy.NEW))
	return Match(old, area, how)


def _title(area: AreaScore) -> str:
	return " ".join(area.title.casefold().split())


def _code(area: AreaScore) -> str:
	return area.code
