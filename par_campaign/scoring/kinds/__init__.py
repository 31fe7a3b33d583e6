"""The kinds of rules by which points come about, one module each: what may be claimed, the points and how they came
about, the rule in words, its contradictions, and its limits and formula on a spreadsheet.

A kind registers itself by being defined. docs/developers/README.md tells how to add one.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from par_campaign import registers
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.model import Leaf, RuleKind

# points, unrounded, and the trace of how they came about
Scoring = tuple[Decimal, str]


@dataclass(frozen=True)
class Limit:
	"""What a spreadsheet lets be typed into a claim's cell, and what it tells who breaks it. `kind` is its name in a
	workbook; without `least` and `most` the one `formula` says it."""

	kind: str  # decimal, whole, list or custom
	message: str
	least: str | None = None
	most: str | None = None
	formula: str | None = None


class KindOfRule(ABC):
	"""What there is to know of a kind of rule. Texts of claims are those of `claims.canonical` where nothing else is
	said. All that reads a claim raises `ClaimError` where the rule does not allow it."""

	kind: ClassVar[RuleKind]
	word: ClassVar[str]  # in Vietnamese, on sheets
	is_word: ClassVar[bool] = False  # a claim is a word, not a number
	is_percentage: ClassVar[bool] = False
	has_inputs: ClassVar[bool] = False  # the numbers it is worked out from are stated in rows of their own
	is_typed: ClassVar[bool] = True  # the unit types the claim into one cell
	may_be_long: ClassVar[bool] = False  # a claim is as long as the set makes it

	def __init_subclass__(cls) -> None:
		super().__init_subclass__()
		if "kind" in vars(cls):  # without one it is a pattern for others
			REGISTERED[cls.kind] = cls

	@abstractmethod
	def read(self, leaf: Leaf, text: str) -> str:
		"""The stored form of a claim as typed."""

	def shown(self, leaf: Leaf, text: str) -> str:
		"""A claim as a reader of the desk writes it."""
		return text

	def printed(self, text: str) -> str:
		"""What was stated, in printed documents, where it is not the points themselves."""
		return text.rstrip(".")

	def scored(self, leaf: Leaf, text: str) -> Scoring:
		"""Points of a claim as typed."""
		return self.score(leaf, self.read(leaf, text))

	@abstractmethod
	def score(self, leaf: Leaf, text: str) -> Scoring:
		"""Points of a claim: unrounded, 0 to the leaf's maximum."""

	@abstractmethod
	def describe(self, leaf: Leaf, most: str) -> str:
		"""How points come about, for the score sheet; `most` is the maximum in words."""

	def faults(self, leaf: Leaf) -> list[Fault]:
		"""Contradictions of a leaf whose maximum is sound."""
		return []

	def limit(self, leaf: Leaf, cell: str) -> Limit | None:
		"""What may be typed into the claim's cell; None where there is nothing to limit."""
		return None

	@abstractmethod
	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		"""The points as a spreadsheet formula over the claim's cell. `answers`: the cells of the listed answers and
		of their points, where the rule lists any."""


REGISTERED: dict[RuleKind, type[KindOfRule]] = {}


def of(leaf: Leaf) -> KindOfRule:
	"""The kind of a leaf's rule."""
	return kind_of(leaf.rule.kind)


@cache
def kind_of(kind: RuleKind) -> KindOfRule:
	"""What there is to know of a kind."""
	registers.define(__name__, __path__)
	return REGISTERED[kind]()
