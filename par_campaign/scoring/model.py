"""The plain data that scoring works on.

Points are `Decimal`. Rates are percentages (94.57 means 94,57 %). Nothing here computes: the
rules are in `rules`, sums in `totals`, order in `ranking`, awards in `awards`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import ClassVar

from par_campaign.scoring.decimals import ZERO


def _require(holds: bool, what: str) -> None:
	"""Refuse content that only a mistake in the program can make: what people bring in is checked before."""
	if not holds:
		raise ValueError(what)


class ScoreType(str, Enum):
	"""Where a leaf's points go. Bonus and deduction stand outside the maximum."""

	NORMAL = "Normal"
	BONUS = "Bonus"
	DEDUCTION = "Deduction"


class RuleKind(str, Enum):
	"""How a leaf turns what is claimed into points (one rule a leaf)."""

	DIRECT = "Direct"
	YES_NO = "Yes/No"
	CHOICE = "Choice"
	TIERS = "Tiers"
	PROPORTIONAL = "Proportional"
	COUNT = "Count"
	FORMULA = "Formula"
	EXTERNAL = "External"


class BonusPosition(str, Enum):
	"""When bonus and deduction enter the index."""

	AFTER = "After index"  # earned / maximum x 100, then + bonus - deduction in points
	BEFORE = "Before index"  # (earned + bonus - deduction) / maximum x 100


class NotApplicableMode(str, Enum):
	"""What a struck-out leaf does to the index."""

	RESCALE = "Rescale maximum"  # its maximum is struck out with it
	GRANT = "Grant points"  # its maximum is granted as earned


class EvidenceDemand(str, Enum):
	"""What a unit must show for a leaf it claims points on."""

	NONE = "None"
	EXPLANATION = "Explanation"
	EVIDENCE = "Evidence"
	EITHER = "Evidence or explanation"
	BOTH = "Evidence and explanation"


@dataclass(frozen=True)
class Option:
	"""One listed answer of a Choice leaf with its points."""

	label: str
	points: Decimal


@dataclass(frozen=True)
class Tier:
	"""A band of a measured percentage. `None` bounds are open; `points=None` pays rate x maximum / 100."""

	low: Decimal | None
	low_inclusive: bool
	high: Decimal | None
	high_inclusive: bool
	points: Decimal | None


@dataclass(frozen=True)
class Rule:
	"""A leaf's rule with its parameters; those a kind does not use stay empty."""

	kind: RuleKind
	step: Decimal | None = None  # Direct: points come in multiples of it
	options: tuple[Option, ...] = ()  # Choice
	tiers: tuple[Tier, ...] = ()  # Tiers; Formula that ends in tiers
	full: Decimal | None = None  # Proportional: % from which the maximum is paid (default 100)
	floor: Decimal | None = None  # Proportional: % below which nothing is paid (default 0)
	per_occurrence: Decimal | None = None  # Count: points per occurrence
	formula: str = ""  # Formula: expression over `inputs`, gives a %
	inputs: tuple[tuple[str, str], ...] = ()  # Formula: (name, label) of the numbers a unit states
	scale: Decimal | None = None  # External: the source's own maximum; points = value / scale x maximum
	source: str = ""  # External: which survey or index


@dataclass(frozen=True)
class _Row:
	"""What every row of a set has. A heading keeps also what its document says of demand and the like: it means
	nothing there, but it stands in the texts that campaigns are known by."""

	code: str
	title: str
	maximum: Decimal | None = None  # points
	score_type: ScoreType = ScoreType.NORMAL
	demand: EvidenceDemand = EvidenceDemand.NONE
	may_not_apply: bool = True
	auto: str = ""  # "Late days": the claim is the number of days handed in late, stated by the system

	@property
	def stated_maximum(self) -> Decimal | None:
		"""The maximum as the set says it; None where it says none."""
		return self.maximum

	@property
	def parent(self) -> str:
		"""Code of the row above, empty for an area."""
		return self.code.rpartition(".")[0]

	@property
	def area(self) -> str:
		"""Code of the area the row stands in."""
		return self.code.partition(".")[0]


@dataclass(frozen=True)
class Heading(_Row):
	"""An area (1) or a criterion (1.1): a row that is summed. Its maximum is what it states its rows add up to."""

	rule: ClassVar[None] = None

	def with_rule(self, rule: Rule | None) -> Criterion:
		"""The leaf with the facts of this row, where there is a rule; else the heading itself."""
		if rule is None:
			return self
		most = self.maximum or ZERO
		facts = (self.score_type, self.demand, self.may_not_apply, self.auto)
		return Leaf(self.code, self.title, most, *facts, rule=rule)


@dataclass(frozen=True)
class Leaf(_Row):
	"""A row that is scored (1.1.2), "tiêu chí thành phần": it carries the rule."""

	maximum: Decimal = ZERO  # 0 in a set that does not say it yet, which `validate` tells
	rule: Rule = field(kw_only=True)

	@property
	def stated_maximum(self) -> Decimal | None:
		"""The maximum as the set says it; None where it says none."""
		return self.maximum or None

	def __post_init__(self) -> None:
		"""Refuse what no document or workbook can bring: an empty rule or maximum is the caller's mistake."""
		_require(isinstance(self.rule, Rule), "a leaf has a rule")
		_require(isinstance(self.maximum, Decimal), "a leaf has a maximum")


Criterion = Heading | Leaf


@dataclass(frozen=True)
class CriteriaSet:
	"""A unit group's criteria for a year, in document order."""

	name: str
	title: str
	criteria: tuple[Criterion, ...]
	bonus_position: BonusPosition = BonusPosition.AFTER
	not_applicable: NotApplicableMode = NotApplicableMode.RESCALE
	bonus_cap: Decimal | None = None  # points a year, None = no cap
	deduction_cap: Decimal | None = None

	def leaves(self) -> tuple[Leaf, ...]:
		"""The rows that are scored: those with a rule and no row below."""
		return self._leaves

	@cached_property
	def lowest(self) -> tuple[Criterion, ...]:
		"""The rows with no row below. In a sound set these are the leaves; in one being written, a rule may be
		missing."""
		parents = {row.parent for row in self.criteria}
		return tuple(row for row in self.criteria if row.code not in parents)

	@cached_property
	def _leaves(self) -> tuple[Leaf, ...]:
		# asked for many times for every scorecard
		return tuple(row for row in self.lowest if row.rule is not None)

	@cached_property
	def below(self) -> dict[str, tuple[Leaf, ...]]:
		"""The leaves of each row that has some below it, and of each area that is scored itself."""
		found: dict[str, list[Leaf]] = {}
		for leaf in self._leaves:
			parts = leaf.code.split(".")
			for depth in range(1, max(len(parts), 2)):
				found.setdefault(".".join(parts[:depth]), []).append(leaf)
		return {row.code: tuple(found[row.code]) for row in self.criteria if row.code in found}


@dataclass(frozen=True)
class Line:
	"""What stands on one leaf of a unit's scorecard.

	`claim` and `appraised_claim` are texts as typed, read by the leaf's rule (see `claims`):
	Direct "1,5" · Yes/No "Yes" · Choice the answer's label · Tiers, Proportional "94,57" ·
	Count "3" · Formula "a=87; b=92". `external` is a value from a survey or an index.
	"""

	code: str
	applicable: bool = True  # as the unit says
	appraised_applicable: bool | None = None  # as the appraisers say, None = as the unit says
	claim: str | None = None
	appraised_claim: str | None = None
	external: Decimal | None = None
	has_evidence: bool = False
	explanation: str = ""
	note: str = ""  # the appraiser's reason
	claimed_by: str = ""
	appraised_by: str = ""

	def __post_init__(self) -> None:
		_require(bool(self.code), "a line stands on a row")


@dataclass(frozen=True)
class Card:
	"""A unit's scorecard in a campaign."""

	unit: str  # code
	unit_name: str
	group: str
	criteria_set: str
	cluster: str = ""
	lines: tuple[Line, ...] = ()
	appraised: bool = False  # False: only the self score stands
	disqualified: str = ""  # the reason, empty when the unit is in the running
	state: str = ""


@dataclass(frozen=True)
class Band:
	"""A class (Xuất sắc, Tốt, …) from an index upwards."""

	label: str
	minimum: Decimal


class TieBreak(str, Enum):
	"""What separates equal indexes, in the order the campaign lists them."""

	AREA = "Higher in area"
	BONUS = "More bonus"
	DEDUCTION = "Fewer deductions"
	ACCURACY = "Smaller difference between self and appraised score"


@dataclass(frozen=True)
class TieBreaker:
	"""One tie-breaker; `area` only with `TieBreak.AREA`."""

	kind: TieBreak
	area: str = ""


@dataclass(frozen=True)
class Quota:
	"""How many units of a scope get an award level, and on which conditions."""

	level: str
	precedence: int  # 1 is the highest award; a unit gets the highest it wins, and only that
	group: str
	count: int
	cluster: str = ""  # empty: the whole group, or each cluster by itself if `per_cluster`
	per_cluster: bool = False
	minimum_index: Decimal | None = None
	minimum_band: str = ""
	evidence_complete: bool = False
	threshold: Decimal | None = None  # % of votes a proposal needs

	def __post_init__(self) -> None:
		_require(self.count >= 0, "a quota has no fewer than 0 places")


class VoteBase(str, Enum):
	"""What a vote's percentage is taken of."""

	PRESENT = "Members present"
	ALL = "All members"


@dataclass(frozen=True)
class Vote:
	"""The council's vote on a proposal, in members. A ballot may be miscounted: `in_favour` is checked where it is used."""

	members: int
	present: int
	in_favour: int

	def __post_init__(self) -> None:
		_require(0 <= self.present <= self.members, "of the members none to all are present")


@dataclass(frozen=True)
class Proposal:
	"""An award proposal as it stands."""

	unit: str
	level: str
	state: str
	vote: Vote | None = None
	decision_number: str = ""
	decision_date: date | None = None


@dataclass(frozen=True)
class Campaign:
	"""A campaign with all that its numbers depend on."""

	name: str
	title: str
	year: int
	criteria_sets: tuple[CriteriaSet, ...]
	cards: tuple[Card, ...]
	bands: tuple[Band, ...] = ()
	tie_breakers: tuple[TieBreaker, ...] = ()
	quotas: tuple[Quota, ...] = ()
	vote_base: VoteBase = VoteBase.PRESENT
	proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class LineResult:
	"""Points of one leaf. `points` is None where nothing can be said yet (external, missing)."""

	code: str
	applicable: bool  # for the score that counts: the appraised one from when there is one
	maximum: Decimal
	self_points: Decimal | None
	points: Decimal | None
	self_trace: str = ""
	trace: str = ""


@dataclass(frozen=True)
class Sum:
	"""Earned and maximum of a row (area or criterion) or a whole card; normal leaves only."""

	earned: Decimal
	maximum: Decimal


@dataclass(frozen=True)
class CardTotals:
	"""A card's sums, either of the self scores or of those that count: the appraised ones from when there are any."""

	earned: Decimal
	maximum: Decimal
	bonus: Decimal
	deduction: Decimal
	index: Decimal  # rounded once, two decimals, halves up
	rows: dict[str, Sum] = field(default_factory=dict)  # by area and criterion code
	trace: str = ""


@dataclass(frozen=True)
class CardResult:
	"""All numbers of one scorecard."""

	unit: str
	lines: dict[str, LineResult]
	self_totals: CardTotals
	totals: CardTotals
	band: str
	missing_external: tuple[str, ...] = ()  # codes; the result is provisional while any is missing
	missing_evidence: tuple[str, ...] = ()  # leaves whose demand is not met


@dataclass(frozen=True)
class RankRow:
	"""A unit's place. `rank` is None for a unit out of the running."""

	unit: str
	unit_name: str
	group: str
	cluster: str
	index: Decimal
	band: str
	rank: int | None  # within cluster (within group where it has no clusters)
	group_rank: int | None
	provisional: bool = False
	disqualified: str = ""
	trace: str = ""


class Selection(str, Enum):
	"""What the quotas say of a unit at one level."""

	QUALIFIED = "Qualified"  # within the quota, no tie at the cut-off
	TIED = "Tied at cut-off"  # the council decides among them
	BELOW = "Below quota"
	NOT_ELIGIBLE = "Not eligible"
	CONTINGENT = "Depends on a tie above"  # on how the council decides a tie at a higher award
	HIGHER = "Gets a higher award"


@dataclass(frozen=True)
class AwardRow:
	"""A unit against one quota."""

	unit: str
	level: str
	group: str
	cluster: str
	rank: int | None
	index: Decimal
	selection: Selection
	reasons: tuple[str, ...] = ()  # conditions not met, or how the tie stands
	places_left: int = 0  # for a tie: how many of the tied can still be taken
	scope: str = ""  # the cluster whose quota it is, empty for the whole group's


@dataclass(frozen=True)
class Results:
	"""Everything that follows from a `Campaign`."""

	cards: dict[str, CardResult]
	ranking: tuple[RankRow, ...]
	awards: tuple[AwardRow, ...]
	digest: str = ""
