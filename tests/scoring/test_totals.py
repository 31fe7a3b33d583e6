"""Sums, index, caps, what does not apply, and the one rounding."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from par_campaign.scoring.campaign import evaluate_card
from par_campaign.scoring.decimals import round2
from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Card,
	CriteriaSet,
	EvidenceDemand,
	Heading,
	Leaf,
	Line,
	NotApplicableMode,
	Rule,
	RuleKind,
	ScoreType,
)
from par_campaign.scoring.totals import index_of
from par_campaign.scoring.validate import faults

DIRECT = Rule(RuleKind.DIRECT)
SET = CriteriaSet(
	"S",
	"Set",
	(
		Heading("1", "Area", D(60)),
		Heading("1.1", "Criterion", D(60)),
		Leaf("1.1.1", "Leaf", D(40), rule=DIRECT),
		Leaf("1.1.2", "Leaf", D(20), rule=DIRECT, demand=EvidenceDemand.EVIDENCE),
		Leaf("2", "Area", D(40), rule=DIRECT),
		Leaf("3", "Bonus", D(5), ScoreType.BONUS, rule=DIRECT),
		Leaf("4", "Deduction", D(5), ScoreType.DEDUCTION, rule=DIRECT),
	),
	bonus_cap=D(3),
	deduction_cap=D(2),
)


def card(appraised=False, **claims) -> Card:
	lines = tuple(Line(code.strip("_").replace("_", "."), claim=claim) for code, claim in claims.items())
	return Card("U", "Unit", "G", "S", lines=lines, appraised=appraised)


FULL = {"_1_1_1": "40", "_1_1_2": "20", "_2": "40"}


def test_a_sound_set_has_no_fault():
	assert faults(SET) == []


def test_areas_criteria_and_index():
	totals = evaluate_card(SET, card(_1_1_1="30", _1_1_2="15", _2="35")).totals
	assert (totals.rows["1"].earned, totals.rows["1.1"].maximum, totals.rows["2"].earned) == (45, 60, 35)
	assert (totals.earned, totals.maximum, totals.index) == (80, 100, D("80.00"))


def test_bonus_and_deduction_are_capped_and_outside_the_maximum():
	totals = evaluate_card(SET, card(**FULL, _3="5", _4="5")).totals
	assert (totals.bonus, totals.deduction, totals.index) == (3, 2, D("101.00"))


def test_bonus_before_the_index_is_scaled_with_it():
	before = replace(SET, bonus_position=BonusPosition.BEFORE)
	struck = card(**FULL, _3="3")
	lines = tuple(replace(x, applicable=x.code != "2") for x in struck.lines)
	assert evaluate_card(SET, replace(struck, lines=lines)).totals.index == D("103.00")
	assert evaluate_card(before, replace(struck, lines=lines)).totals.index == D("105.00")


@pytest.mark.parametrize(
	"mode, maximum, index",
	[(NotApplicableMode.RESCALE, 60, "50.00"), (NotApplicableMode.GRANT, 100, "70.00")],
)
def test_struck_out_area(mode, maximum, index):
	lines = (Line("1.1.1", claim="20"), Line("1.1.2", claim="10"), Line("2", applicable=False))
	result = evaluate_card(replace(SET, not_applicable=mode), replace(card(), lines=lines))
	assert (result.totals.maximum, result.totals.index) == (maximum, D(index))


def test_everything_struck_out_divides_by_nothing():
	lines = tuple(Line(code, applicable=False) for code in ("1.1.1", "1.1.2", "2"))
	assert evaluate_card(SET, replace(card(), lines=lines)).totals.index == 0


def test_appraisers_overrule_what_a_unit_struck_out():
	lines = (
		Line("1.1.1", claim="40", appraised_claim="40"),
		Line("1.1.2", claim="20", appraised_claim="20"),
		Line("2", applicable=False, appraised_applicable=True, appraised_claim="0"),
	)
	result = evaluate_card(SET, replace(card(appraised=True), lines=lines))
	assert (result.self_totals.index, result.totals.index) == (D("100.00"), D("60.00"))


@pytest.mark.parametrize(
	"earned, maximum, index",
	[("99.945", "100", "99.95"), ("99.9449", "100", "99.94"), ("2", "3", "66.67"), ("1", "8", "12.50")],
)
def test_halves_round_up_once(earned, maximum, index):
	assert index_of(D(earned), D(maximum))[0] == D(index)


def test_leaf_points_are_summed_unrounded():
	# three thirds: rounding each first would give 99,99
	third = Rule(RuleKind.PROPORTIONAL, full=D(99))
	rows = tuple(Leaf(str(n), "Area", D(100), rule=third) for n in (1, 2, 3))
	thirds = CriteriaSet("S", "Set", rows)
	lines = tuple(Line(str(n), claim="33") for n in (1, 2, 3))
	result = evaluate_card(thirds, replace(card(), lines=lines))
	assert result.totals.index == D("33.33") and abs(result.totals.earned - 100) < D("1e-20")


def test_the_callers_decimal_context_does_not_matter():
	from decimal import localcontext

	with localcontext() as context:
		context.prec = 3
		assert index_of(D("99.945"), D(100))[0] == D("99.95")
		assert round2(D("102.505")) == D("102.51")


def test_missing_external_makes_it_provisional_and_counts_nothing():
	survey = Leaf("2", "Survey", D(40), rule=Rule(RuleKind.EXTERNAL, source="SIPAS", scale=D(100)))
	with_survey = replace(SET, criteria=(*SET.criteria[:4], survey))
	result = evaluate_card(with_survey, card(_1_1_1="40", _1_1_2="20"))
	assert result.missing_external == ("2",) and result.totals.index == D("60.00")


def test_evidence_demanded_and_not_shown_is_named():
	assert evaluate_card(SET, card(**FULL)).missing_evidence == ("1.1.2",)
	lines = (Line("1.1.2", claim="20", has_evidence=True),)
	assert evaluate_card(SET, replace(card(), lines=lines)).missing_evidence == ()


@pytest.mark.parametrize("index, label", [("95", "Xuất sắc"), ("94.99", "Tốt"), ("59.99", "")])
def test_bands(index, label):
	from par_campaign.scoring.bands import band_of

	assert band_of(D(index), (Band("Tốt", D(60)), Band("Xuất sắc", D(95)))) == label


def test_every_fault_of_a_set_is_listed_at_once():
	from par_campaign.scoring.ruletext import parse_tiers

	wrong = CriteriaSet(
		"S",
		"Set",
		(
			Heading("1", "Area", D(11)),  # its rows add up to 10
			Heading("1.1", "No rule", D(5)),
			Leaf("1.2", "Gap", D(5), rule=Rule(RuleKind.TIERS, tiers=parse_tiers(">= 80: 5\n< 70: 0"))),
			Leaf("3.1", "No parent", D(1), rule=DIRECT),
			Leaf("4", "Floor", D(1), rule=Rule(RuleKind.PROPORTIONAL, full=D(50), floor=D(60))),
			Leaf("5", "Formula", D(1), rule=Rule(RuleKind.FORMULA, formula="a / c", inputs=(("a", "A"),))),
			Leaf("6", "Step", D(1), rule=Rule(RuleKind.DIRECT, step=D("0.3"))),
		),
	)
	found = {(fault.code, fault.field) for fault in faults(wrong) if fault.severity == "error"}
	assert found >= {
		("1", "maximum"),
		("1.1", "rule"),
		("1.2", "options_text"),
		("3.1", "code"),
		("4", "floor_rate"),
		("5", "formula"),
		("6", "step"),
	}


@pytest.mark.parametrize(
	"bands",
	[">= 90: 1\n70 - 90: 0,5\n< 70: 0", "> 90: 1\n70 - <90: 0,5\n< 70: 0", ">= 90: 1\n< 80: 0"],
)
def test_bands_that_touch_twice_or_leave_a_gap_are_refused(bands):
	from par_campaign.scoring.ruletext import parse_tiers

	rule = Rule(RuleKind.TIERS, tiers=parse_tiers(bands))
	assert faults(CriteriaSet("S", "Set", (Leaf("1", "Row", D(1), rule=rule),)))


@pytest.mark.parametrize(
	"formula",
	[
		"__import__('os')",
		"a.b",
		"a ** 9",
		"a[0]",
		"(lambda: 1)()",
		"'a' * 9",
		"a+" * 400 + "a",
		"a if b else c",
	],
)
def test_formulas_hold_nothing_but_arithmetic(formula):
	from par_campaign.scoring.formula import FormulaError, names

	with pytest.raises(FormulaError):
		names(formula)
