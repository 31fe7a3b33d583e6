"""Each rule of the design's table with its edges, by example."""

from decimal import Decimal as D

import pytest

from par_campaign.scoring import ruletext
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.kinds.external import external_score
from par_campaign.scoring.model import Leaf, Rule, RuleKind
from par_campaign.scoring.rules import score


def leaf(kind: RuleKind, maximum="10", **parameters) -> Leaf:
	return Leaf("1.1", "Row", D(maximum), rule=Rule(kind, **parameters))


DIRECT = leaf(RuleKind.DIRECT, "5")
STEPS = leaf(RuleKind.DIRECT, "5", step=D("0.25"))
YES_NO = leaf(RuleKind.YES_NO, "2")
CHOICE = leaf(RuleKind.CHOICE, "3", options=ruletext.parse_options("Đúng hạn: 3\nTrễ hạn: 1,5\nKhông: 0"))
TIERS = leaf(
	RuleKind.TIERS, "2", tiers=ruletext.parse_tiers("từ 90 %: 2\ntừ 70 % đến dưới 90 %: tỷ lệ\ndưới 70 %: 0")
)
PROPORTIONAL = leaf(RuleKind.PROPORTIONAL, "10", full=D(95), floor=D(50))
COUNT = leaf(RuleKind.COUNT, "3", per_occurrence=D("1.5"))
FORMULA = leaf(
	RuleKind.FORMULA,
	"2",
	formula="100 * a / b",
	inputs=(("a", "Đúng hạn"), ("b", "Đã giải quyết")),
	tiers=ruletext.parse_tiers("từ 100 %: 2\ntừ 80 % đến dưới 100 %: tỷ lệ\ndưới 80 %: 0"),
)


@pytest.mark.parametrize(
	"criterion, claim, points",
	[
		(DIRECT, "0", "0"),
		(DIRECT, "4,75", "4.75"),
		(DIRECT, "4.75", "4.75"),
		(DIRECT, "5", "5"),
		(STEPS, "1,25", "1.25"),
		(YES_NO, "Có", "2"),
		(YES_NO, "no", "0"),
		(CHOICE, "đúng  hạn", "3"),
		(CHOICE, "2", "1.5"),
		(TIERS, "90", "2"),
		(TIERS, "100", "2"),
		(TIERS, "89,99", "1.7998"),
		(TIERS, "70", "1.4"),
		(TIERS, "69,99", "0"),
		(PROPORTIONAL, "95", "10"),
		(PROPORTIONAL, "100", "10"),
		(PROPORTIONAL, "49,99", "0"),
		(PROPORTIONAL, "47.5", "0"),
		(PROPORTIONAL, "76", "8"),
		(COUNT, "0", "0"),
		(COUNT, "1", "1.5"),
		(COUNT, "2", "3"),
		(COUNT, "9", "3"),
		(FORMULA, "a=92; b=92", "2"),
		(FORMULA, "a=40; b=50", "1.6"),
		(FORMULA, "a=39; b=50", "0"),
	],
)
def test_points(criterion, claim, points):
	assert score(criterion, claim)[0] == D(points)


@pytest.mark.parametrize(
	"criterion, claim",
	[
		(DIRECT, "5,01"),
		(DIRECT, "-0,01"),
		(DIRECT, "1,234"),
		(DIRECT, "1.234,5"),
		(DIRECT, "NaN"),
		(DIRECT, "Infinity"),
		(DIRECT, "1e999"),
		(DIRECT, "٣"),
		(STEPS, "1,3"),
		(YES_NO, "maybe"),
		(CHOICE, "4"),
		(CHOICE, "Sớm hạn"),
		(TIERS, "100,01"),
		(TIERS, "-1"),
		(PROPORTIONAL, "abc"),
		(COUNT, "1,5"),
		(COUNT, "-1"),
		(FORMULA, "a=1"),
		(FORMULA, "a=1; b=0"),
		(FORMULA, "a=2; b=1"),
		(FORMULA, "a=1; b=2; c=3"),
		(FORMULA, "a=-1; b=2"),
	],
)
def test_what_a_rule_does_not_allow_is_refused_naming_the_row(criterion, claim):
	with pytest.raises(ClaimError) as error:
		score(criterion, claim)
	assert error.value.code == "1.1" and str(error.value)


@pytest.mark.parametrize("claim", [None, "", "   "])
def test_an_empty_claim_is_no_claim(claim):
	assert score(DIRECT, claim) is None and canonical(DIRECT, claim) is None


def test_trace_of_a_formula_reads_as_an_auditor_would_work_it():
	points, trace = score(FORMULA, "a=87; b=92")
	assert round(points, 6) == D("1.891304")
	for part in ("87", "92", "94,57 %", "80", "100", "1,89"):
		assert part in trace, trace


@pytest.mark.parametrize("value, points", [("85.5", "8.55"), ("0", "0"), ("100", "10"), ("120", "10")])
def test_external_value_is_scaled_and_never_above_the_maximum(value, points):
	survey = leaf(RuleKind.EXTERNAL, "10", scale=D(100), source="SIPAS")
	assert external_score(survey, D(value))[0] == D(points)


def test_external_without_a_scale_is_points_and_missing_is_nothing():
	index = leaf(RuleKind.EXTERNAL, "4", source="DDCI")
	assert external_score(index, D("3.5"))[0] == D("3.5")
	assert external_score(index, None) is None


@pytest.mark.parametrize(
	"text",
	["Đúng hạn: 3\nTrễ: hạn: 1,5", "Một: 1\nHai: 0"],
)
def test_options_text_round_trip(text):
	assert ruletext.format_options(ruletext.parse_options(text)) == text


@pytest.mark.parametrize(
	"line, low, low_in, high, high_in",
	[
		("trên 90 %: 2", D(90), False, None, False),
		("từ 90 % trở lên: 2", D(90), True, None, False),
		(">= 90: 2", D(90), True, None, False),
		("từ 70 % đến dưới 90 %: 1", D(70), True, D(90), False),
		("từ 70 % - 90 %: 1", D(70), True, D(90), True),
		("70 - <90: 1", D(70), True, D(90), False),
		("dưới 70 %: 0", None, False, D(70), False),
		("from 50 % to under 80 %: 5", D(50), True, D(80), False),
		("under 50 %: 0", None, False, D(50), False),
	],
)
def test_bands_as_annexes_write_them(line, low, low_in, high, high_in):
	(tier,) = ruletext.parse_tiers(line)
	assert (tier.low, tier.high) == (low, high)
	assert low is None or tier.low_inclusive is low_in
	assert high is None or tier.high_inclusive is high_in


@pytest.mark.parametrize("text", ["90", "nhiều: 2", "90 %: nhiều", ": 2"])
def test_a_line_that_cannot_be_read_is_named(text):
	with pytest.raises(ruletext.RuleTextError) as error:
		ruletext.parse_tiers(f"dưới 70 %: 0\n{text}")
	assert error.value.line == 2
