"""Kinds of rules: none is missing, and one more is one module more."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import pytest

from par_campaign.exchange.score_sheet.columns import LeafRow
from par_campaign.exchange.score_sheet.formulas import points_formula
from par_campaign.exchange.score_sheet.limits import limit_of
from par_campaign.scoring import kinds
from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.claims import canonical, readable
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Limit, Scoring, kind_of
from par_campaign.scoring.labels import word, words
from par_campaign.scoring.model import Card, CriteriaSet, Heading, Leaf, Line, Rule, RuleKind
from par_campaign.scoring.rules import describe_rule, score
from par_campaign.scoring.validate import faults

D = Decimal


@pytest.mark.parametrize("kind", RuleKind)
def test_each_kind_has_its_module(kind):
	found = kind_of(kind)
	assert found.kind is kind and word(kind) == found.word
	assert type(found).__doc__ and type(found).__module__.startswith("par_campaign.scoring.kinds.")


def test_words_of_kinds_tell_them_apart():
	assert len(set(words(RuleKind))) == len(RuleKind) == len(kinds.REGISTERED)


def test_an_unfinished_kind_cannot_be_asked():
	class Half(KindOfRule):
		kind = RuleKind.DIRECT.value + " half"  # no member of the enum

		def read(self, leaf: Leaf, text: str) -> str:
			return text

	try:
		with pytest.raises(TypeError, match="abstract"):
			kind_of(Half.kind)
	finally:
		del kinds.REGISTERED[Half.kind]


class Further(str, Enum):
	"""As `RuleKind` would have one more."""

	STARS = "Stars"


@pytest.fixture
def stars():
	"""Points by stars, one to five: `**` of five stars on a row of 10 is 4."""

	class Stars(KindOfRule):
		"""A number of stars."""

		kind, word, is_word = Further.STARS, "Theo số sao", True

		def read(self, leaf: Leaf, text: str) -> str:
			if set(text) != {"*"} or len(text) > 5:
				raise ClaimError(leaf.code, "one to five stars")
			return text

		def shown(self, leaf: Leaf, text: str) -> str:
			return f"{len(text)} sao"

		def score(self, leaf: Leaf, text: str) -> Scoring:
			points = leaf.maximum * len(text) / 5
			return points, f"{len(text)} / 5 × {leaf.maximum} = {points}"

		def describe(self, leaf: Leaf, most: str) -> str:
			return f"one to five stars, at most {most}"

		def faults(self, leaf: Leaf) -> list[Fault]:
			return [Fault(leaf.code, "maximum", "is no multiple of 5.")] if leaf.maximum % 5 else []

		def limit(self, leaf: Leaf, cell: str) -> Limit:
			return Limit("custom", "Một đến năm sao", formula=f"LEN({cell})<=5")

		def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
			return f"LEN({claim})*{leaf.maximum}/5"

	yield Stars
	del kinds.REGISTERED[Further.STARS]
	kind_of.cache_clear()


def leaf(maximum: str = "10") -> Leaf:
	return Leaf("1.1", "Hài lòng", D(maximum), rule=Rule(Further.STARS))


def test_one_more_kind_is_scored_explained_and_validated(stars):
	row = leaf()
	assert canonical(row, " *** ") == "***" and readable(row, "***") == "3 sao"
	assert score(row, "**") == (D(4), "2 / 5 × 10 = 4")
	assert describe_rule(row) == "one to five stars, at most 10"
	with pytest.raises(ClaimError, match="one to five"):
		canonical(row, "3")
	of = CriteriaSet("Bộ", "Bộ", (Heading("1", "Tác động"), row))
	result = evaluate_card(of, Card("U", "U", "G", "Bộ", lines=(Line("1.1", claim="*****"),)))
	assert result.self_totals.index == 100
	assert faults(of) == []
	odd = CriteriaSet("Bộ", "Bộ", (Heading("1", "Tác động"), leaf("7")))
	assert [fault.message for fault in faults(odd)] == ["is no multiple of 5."]


def test_one_more_kind_stands_on_the_score_sheet(stars):
	row = LeafRow(number=5, depth=1, last=5, leaf=leaf())
	claim = row.cell("claim")
	assert f"LEN({claim})*10/5" in points_formula(row, "") and f'{claim}<>""' in points_formula(row, "")
	validation, message = limit_of(row, claim)
	assert (validation.type, validation.formula1, message) == (
		"custom",
		f"LEN({claim})<=5",
		"Một đến năm sao",
	)
