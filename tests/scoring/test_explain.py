"""The way from an index down to a row: what each row adds, and the sentences on it."""

from decimal import Decimal as D

import pytest

from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.explain import explain_row, outline
from par_campaign.scoring.model import (
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	NotApplicableMode,
	Rule,
	RuleKind,
	ScoreType,
)

RATE = Rule(RuleKind.PROPORTIONAL, full=D(100), floor=D(0))
DIRECT = Rule(RuleKind.DIRECT)


def criteria(**values) -> CriteriaSet:
	rows = (
		Heading("1", "Direction"),
		Leaf("1.1", "Plans", D(3), rule=RATE),
		Heading("1.2", "Reports"),
		Leaf("1.2.1", "On time", D(2), rule=DIRECT),
		Leaf("1.2.2", "Complete", D(1), rule=DIRECT),
		Heading("2", "Bonus"),
		Leaf("2.1", "Praise", D(2), ScoreType.BONUS, rule=DIRECT),
		Heading("3", "Deduction"),
		Leaf("3.1", "Late", D(2), ScoreType.DEDUCTION, rule=DIRECT),
	)
	return CriteriaSet("S", "Set", rows, **values)


LINES = (
	Line("1.1", claim="94.565", claimed_by="head@unit"),
	Line("1.2.1", claim="1.5"),
	Line("1.2.2", applicable=False),
	Line("2.1", claim="1"),
	Line("3.1", claim="0"),
)
CARD = Card("A", "Unit A", "G", "S", lines=LINES)


def stands(criteria_set: CriteriaSet) -> dict[str, str]:
	return {row.code: row.stands for row in outline(criteria_set, evaluate_card(criteria_set, CARD))}


def test_every_row_says_what_it_adds():
	assert stands(criteria()) == {
		"1": "4,34 / 5",
		"1.1": "2,84 / 3",
		"1.2": "1,5 / 2",
		"1.2.1": "1,5 / 2",
		"1.2.2": "does not apply",
		"2": "+ 1",
		"2.1": "+ 1",
		"3": "0",
		"3.1": "0",
	}


def test_a_granted_row_counts_in_its_sums():
	granted = stands(criteria(not_applicable=NotApplicableMode.GRANT))
	assert (granted["1"], granted["1.2"]) == ("5,34 / 6", "2,5 / 3")


@pytest.mark.parametrize("code", [row.code for row in criteria().criteria])
def test_every_row_of_the_outline_can_be_explained(code):
	result = evaluate_card(criteria(), CARD)
	heading, *reasons = explain_row(criteria(), CARD, result, code)
	assert heading.startswith(code) and reasons


def test_what_is_shown_with_two_decimals_is_explained_to_the_last():
	said = explain_row(criteria(), CARD, evaluate_card(criteria(), CARD), "1.1")
	assert said[-1] == "Points: 2,84, kept as 2,83695 in the sums"
	assert any("head@unit" in sentence for sentence in said)
