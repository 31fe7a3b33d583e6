"""What the plain data refuses to hold, and how headings and leaves are told apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from par_campaign.scoring.campaign import evaluate, evaluate_card, score_cards
from par_campaign.scoring.digest import campaign_from_json, canonical_json
from par_campaign.scoring.errors import CampaignError
from par_campaign.scoring.model import (
	Campaign,
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	Vote,
)

DIRECT, YES_NO = Rule(RuleKind.DIRECT), Rule(RuleKind.YES_NO)
SET = CriteriaSet(
	"S", "Set", (Heading("1", "Area", D(2)), Leaf("1.1", "Row", D(2), rule=DIRECT), Heading("2", "Empty"))
)


def campaign(*rows) -> Campaign:
	return Campaign("C", "Campaign", 2025, (replace(SET, criteria=rows),), (Card("A", "A", "G", "S"),))


@pytest.mark.parametrize(
	"make",
	[
		lambda: Leaf("1", "Row", D(1), rule=None),
		lambda: Leaf("1", "Row", None, rule=DIRECT),
		lambda: replace(SET.leaves()[0], rule=None),
		lambda: Line(""),
		lambda: Quota("Flag", 1, "G", -1),
		lambda: Vote(9, 10, 5),
		lambda: Vote(9, -1, 0),
	],
)
def test_what_only_a_mistake_in_the_program_makes_is_refused(make):
	with pytest.raises(ValueError):
		make()


def test_a_heading_takes_no_rule():
	with pytest.raises(TypeError):
		Heading("1", "Area", rule=DIRECT)
	assert Heading("1", "Area").rule is None


def test_leaves_are_the_rows_with_a_rule_and_nothing_below():
	assert [leaf.code for leaf in SET.leaves()] == ["1.1"]
	assert [row.code for row in SET.lowest] == ["1.1", "2"]
	scored_above = replace(SET, criteria=(SET.criteria[0].with_rule(DIRECT), *SET.criteria[1:]))
	assert [leaf.code for leaf in scored_above.leaves()] == ["1.1"]


def test_a_heading_becomes_a_leaf_with_all_its_facts():
	heading = Heading("3.1", "Late", D(2), ScoreType.DEDUCTION, may_not_apply=False, auto="Late days")
	leaf = heading.with_rule(DIRECT)
	assert {name: value for name, value in vars(leaf).items() if name != "rule"} == vars(heading)
	assert leaf.rule is DIRECT
	assert heading.with_rule(None) is heading


def test_a_row_without_a_maximum_is_written_without_one_and_comes_back():
	unsaid = Heading("1", "Row").with_rule(DIRECT)
	assert (unsaid.maximum, unsaid.stated_maximum) == (D(0), None)
	text = canonical_json(campaign(unsaid, Heading("2", "Area")))
	assert '{"code":"1","rule":{"kind":"Direct"},"title":"Row"},{"code":"2","title":"Area"}' in text
	assert campaign_from_json(text).criteria_sets[0].criteria == (unsaid, Heading("2", "Area"))


def test_a_number_of_more_digits_than_can_be_kept_is_told():
	rows = (Leaf("1", "Row", D(1), rule=DIRECT), Leaf("2", "Bonus", D("1e200"), ScoreType.BONUS, rule=YES_NO))
	card = Card("A", "A", "G", "S", lines=(Line("2", claim="Yes"),))
	with pytest.raises(CampaignError, match="too many digits"):
		evaluate(replace(campaign(*rows), cards=(card,)))


def test_a_set_whose_row_has_lost_its_rule_is_not_scored():
	with pytest.raises(CampaignError, match="row 2 has no rule"):
		score_cards(campaign(*SET.criteria))
	assert list(evaluate_card(SET, Card("A", "A", "G", "S")).lines) == ["1.1"]
