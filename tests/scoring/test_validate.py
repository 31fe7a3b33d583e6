"""A set that contradicts itself: each fault is found, by itself, and only it."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from par_campaign.scoring.model import (
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Heading,
	Leaf,
	Option,
	Rule,
	RuleKind,
	ScoreType,
)
from par_campaign.scoring.ruletext import parse_options, parse_tiers
from par_campaign.scoring.validate import faults

K = RuleKind
BONUS, DEDUCTION = ScoreType.BONUS, ScoreType.DEDUCTION
A = (("a", "A"), ("b", "B"))
SOUND = CriteriaSet(
	"S",
	"Set",
	(
		Heading("1", "Area", D(10)),
		Leaf("1.1", "Direct", D(4), rule=Rule(K.DIRECT, step=D("0.25"))),
		Leaf("1.2", "Choice", D(2), rule=Rule(K.CHOICE, options=parse_options("Yes: 2\nNo: 0"))),
		Leaf("1.3", "Tiers", D(2), rule=Rule(K.TIERS, tiers=parse_tiers(">= 90: 2\n< 90: 0"))),
		Leaf("1.4", "Rate", D(2), rule=Rule(K.PROPORTIONAL, full=D(90), floor=D(50))),
		Heading("2", "Area", D(5)),
		Leaf("2.1", "Formula", D(3), rule=Rule(K.FORMULA, formula="a / b * 100", inputs=A)),
		Leaf("2.2", "Survey", D(2), rule=Rule(K.EXTERNAL, source="SIPAS", scale=D(100))),
		Heading("3", "Bonus", D(4)),
		Leaf("3.1", "Models", D(1), BONUS, rule=Rule(K.COUNT, per_occurrence=D("0.5"))),
		Leaf("3.2", "Praise", D(3), BONUS, rule=Rule(K.COUNT, per_occurrence=D(1))),
		Heading("4", "Deduction"),
		Leaf("4.1", "Late", D(2), DEDUCTION, rule=Rule(K.COUNT, per_occurrence=D("0.5")), auto="Late days"),
	),
	bonus_cap=D(3),
	deduction_cap=D(2),
)


def rule(code: str, **changes) -> dict:
	return {"code": code, "rule": changes}


# what is changed in the sound set, and the one fault it must give (row, field)
WRONG = (
	({"code": "1", "maximum": D(11)}, ("1", "maximum")),
	({"code": "1.1", "maximum": D(0)}, ("1.1", "maximum")),
	({"code": "1.1", "maximum": D(-4)}, ("1.1", "maximum")),
	({"code": "1.1", "maximum": D("4.001")}, ("1.1", "maximum")),
	({"code": "1.1", "maximum": D(10_001)}, ("1.1", "maximum")),
	({"code": "1.1", "title": " "}, ("1.1", "title")),
	({"code": "1.1", "rule": None}, ("1.1", "rule")),
	({"code": "1", "rule": Rule(K.DIRECT)}, ("1", "rule")),
	({"code": "1.1", "score_type": BONUS}, ("1", "score_type")),
	(rule("1.1", step=D("0.3")), ("1.1", "step")),
	(rule("1.1", step=D("0.001")), ("1.1", "step")),
	(rule("1.2", options=(Option("Yes", D(2)),)), ("1.2", "options_text")),
	(rule("1.2", options=(Option("Yes", D(2)), Option(" ", D(0)))), ("1.2", "options_text")),
	(rule("1.2", options=(Option("Yes", D(2)), Option("YES ", D(0)))), ("1.2", "options_text")),
	(rule("1.2", options=(Option("Yes", D(2)), Option("More", D("2.01")))), ("1.2", "options_text")),
	(rule("1.2", options=(Option("Yes", D(2)), Option("Less", D("-0.01")))), ("1.2", "options_text")),
	(rule("1.3", tiers=()), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers(">= 90: 2\n< 80: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers(">= 80: 2\n< 90: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers(">= 90: 2\n<= 90: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers("> 90: 2\n< 90: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers(">= 90: 2\n10 - <90: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers("90 - <100: 2\n< 90: 0")), ("1.3", "options_text")),
	(rule("1.3", tiers=parse_tiers(">= 90: 3\n< 90: 0")), ("1.3", "options_text")),
	(rule("1.4", floor=D("90.01")), ("1.4", "floor_rate")),
	(rule("1.4", floor=D(-1)), ("1.4", "floor_rate")),
	(rule("1.4", full=D(101)), ("1.4", "full_rate")),
	(rule("1.4", full=D(0), floor=None), ("1.4", "full_rate")),
	(rule("2.1", formula="a / "), ("2.1", "formula")),
	(rule("2.1", formula="a / b * c"), ("2.1", "formula")),
	(rule("2.1", formula="a"), ("2.1", "inputs_text")),
	(rule("2.1", inputs=(*A, ("a", "again"))), ("2.1", "inputs_text")),
	(rule("2.1", inputs=(*A, ("min", "Least"))), ("2.1", "inputs_text")),
	(rule("2.1", tiers=parse_tiers(">= 90: 2\n< 80: 0")), ("2.1", "options_text")),
	(rule("2.1", floor=D(101)), ("2.1", "floor_rate")),
	(rule("2.2", source=" "), ("2.2", "external_source")),
	(rule("2.2", scale=D(0)), ("2.2", "external_scale")),
	(rule("2.2", scale=D(-1)), ("2.2", "external_scale")),
	({"code": "3", "maximum": D(5)}, ("3", "maximum")),
	(rule("3.1", per_occurrence=D("1.01")), ("3.1", "per_occurrence")),
	(rule("3.1", per_occurrence=None), ("3.1", "per_occurrence")),
	(rule("3.1", per_occurrence=D(-1)), ("3.1", "per_occurrence")),
	({"code": "3.1", "auto": "Late days"}, ("3.1", "score_type")),
	({"code": "4.1", "rule": Rule(K.DIRECT)}, ("4.1", "auto_claim")),
	({"bonus_cap": D(-1)}, ("", "bonus_cap")),
	({"deduction_cap": D(-1)}, ("", "deduction_cap")),
)


def changed(change: dict) -> CriteriaSet:
	change = dict(change)
	code = change.pop("code", None)
	if code is None:
		return replace(SOUND, **change)
	rows = []
	for row in SOUND.criteria:
		if row.code == code:
			if "rule" in change:
				of_rule = change.pop("rule")
				row = with_rule(row, replace(row.rule, **of_rule) if isinstance(of_rule, dict) else of_rule)
			row = replace(row, **change)
		rows.append(row)
	return replace(SOUND, criteria=tuple(rows))


def with_rule(row: Criterion, rule: Rule | None) -> Criterion:
	facts = (row.score_type, row.demand, row.may_not_apply, row.auto)
	return Heading(row.code, row.title, row.stated_maximum, *facts).with_rule(rule)


def errors(criteria_set: CriteriaSet) -> set[tuple[str, str]]:
	return {(fault.code, fault.field) for fault in faults(criteria_set) if fault.severity == "error"}


def test_the_sound_set_has_no_fault():
	assert faults(SOUND) == []


@pytest.mark.parametrize("change, fault", WRONG)
def test_each_contradiction_is_found(change, fault):
	found = errors(changed(change))
	assert fault in found
	# a changed maximum or kind also shows in the row above; nothing else does
	assert {code for code, _field in found} <= {fault[0], fault[0].rpartition(".")[0], fault[0][:1]}


def test_all_contradictions_are_listed_at_once():
	rows = {row.code: row for row in SOUND.criteria}
	wanted = set()
	for change, fault in WRONG:
		code = change.get("code")
		if not isinstance(change.get("rule"), dict) or rows[code] is not changed_row(SOUND, code):
			continue
		rows[code] = changed_row(changed(change), code)
		wanted.add(fault)
	made = replace(SOUND, criteria=tuple(rows.values()), bonus_cap=D(-1))
	assert len(wanted) >= 6
	assert errors(made) >= {*wanted, ("", "bonus_cap")}


def changed_row(criteria_set: CriteriaSet, code: str) -> Criterion:
	return next(row for row in criteria_set.criteria if row.code == code)


@pytest.mark.parametrize(
	"codes, fault",
	[
		(("1", "1.1", "1.1"), "1.1"),
		(("1", "1.1.1"), "1.1.1"),
		(("1.1", "1"), "1.1"),
		(("1", "1.1", "2", "1.2"), "1.2"),
		(("1", "1.0"), "1.0"),
		(("1", "1.a"), "1.a"),
		(("I",), "I"),
	],
)
def test_rows_out_of_order_are_named(codes, fault):
	rows = tuple(Leaf(code, "Row", D(1), rule=Rule(K.DIRECT)) for code in codes)
	assert (fault, "code") in errors(CriteriaSet("S", "Set", rows))


def test_a_set_without_normal_rows_or_without_any_is_refused():
	only_bonus = Leaf("1", "Bonus", D(1), BONUS, rule=Rule(K.DIRECT))
	assert errors(CriteriaSet("S", "Set", ())) == {("", "")}
	assert errors(CriteriaSet("S", "Set", (only_bonus,))) == {("", "")}


def test_a_stated_bonus_that_is_the_yearly_cap_is_no_contradiction():
	assert errors(changed({"code": "3", "maximum": D(3)})) == set()
	assert errors(replace(changed({"code": "3", "maximum": D(3)}), bonus_cap=None)) == {("3", "maximum")}
	assert errors(changed({"code": "3", "maximum": None})) == set()


@pytest.mark.parametrize(
	"change, fault",
	[
		(rule("1.2", options=(Option("Some", D(1)), Option("No", D(0)))), ("1.2", "options_text")),
		({"code": "2.2", "demand": EvidenceDemand.EVIDENCE}, ("2.2", "demand")),
	],
)
def test_what_only_looks_wrong_is_a_warning(change, fault):
	(found,) = faults(changed(change))
	assert ((found.code, found.field), found.severity) == (fault, "warning")
