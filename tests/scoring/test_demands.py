"""What must be shown for claimed points, and what stops a hand-in."""

from decimal import Decimal as D

import pytest

from par_campaign.scoring.demands import demanded, is_unmet, lacks_explanation
from par_campaign.scoring.model import EvidenceDemand, Leaf, Rule, RuleKind, ScoreType

NONE, TEXT, FILE, EITHER, BOTH = EvidenceDemand


def leaf(demand: EvidenceDemand, score_type: ScoreType = ScoreType.NORMAL) -> Leaf:
	return Leaf("1.1.1", "Plan", score_type=score_type, demand=demand, rule=Rule(RuleKind.DIRECT))


@pytest.mark.parametrize(
	("demand", "evidence", "explanation", "unmet", "stops"),
	[
		(NONE, False, "", False, False),
		(TEXT, False, "", True, True),
		(TEXT, True, " ", True, True),
		(TEXT, False, "Done", False, False),
		(FILE, False, "Done", True, False),
		(FILE, True, "", False, False),
		(EITHER, False, "", True, True),
		(EITHER, True, "", False, False),
		(EITHER, False, "Done", False, False),
		(BOTH, False, "Done", True, False),
		(BOTH, True, "", True, True),
		(BOTH, True, "Done", False, False),
	],
)
def test_points_are_shown_as_the_set_demands(demand, evidence, explanation, unmet, stops):
	given = {"evidence": evidence, "explanation": explanation}
	assert is_unmet(leaf(demand), D(1), **given) is unmet
	assert lacks_explanation(leaf(demand), D(1), **given) is stops


@pytest.mark.parametrize("points", [None, D(0), 0.0])
def test_no_points_need_nothing(points):
	assert not is_unmet(leaf(BOTH), points, evidence=False, explanation="")
	assert not lacks_explanation(leaf(BOTH), points, evidence=False, explanation="")


@pytest.mark.parametrize("demand", EvidenceDemand)
def test_a_deduction_is_proved_by_nobody(demand):
	row = leaf(demand, ScoreType.DEDUCTION)
	assert demanded(row) is NONE
	assert not is_unmet(row, D(-1), evidence=False, explanation="")
	assert not lacks_explanation(row, D(-1), evidence=False, explanation="")
	assert demanded(leaf(demand, ScoreType.BONUS)) is demand
