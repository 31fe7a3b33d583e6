"""Formulas: exact arithmetic on the stated numbers, and nothing else whatever is written."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from par_campaign.scoring.decimals import to_decimal
from par_campaign.scoring.formula import DEEPEST, LONGEST, FormulaError, evaluate, filled_in, names, parse

ATTACKS = (
	"__import__('os').system('x')",
	"().__class__.__bases__",
	"a.b",
	"a[0]",
	"(lambda: 1)()",
	"a ** 9",
	"9**9**9",
	"a // b",
	"a % b",
	"a << 9",
	"a if b else a",
	"not a",
	"a and b",
	"a < b",
	"a, b",
	"()",
	"(a := 1)",
	"[a for a in b]",
	"{a}",
	"'a' * 9",
	"f'{a}'",
	"1j",
	"0x10",
	"0b1",
	"0o7",
	"1_000",
	"1e999",
	"1e-400",
	"9" * 21,
	"1." + "9" * 21,
	"True",
	"None",
	"min()",
	"min(*a)",
	"min(a, default=b)",
	"min",
	"max + 1",
	"abs(a)",
	"pow(a, b)",
	"min(a)(b)",
	"A + b",
	"á",
	"ａ + b",  # full width: Python would take it for a
	"a # b",
	"a; b",
	"a = b",
	"a +",
	"",
	"   ",
	"-" * (DEEPEST + 1) + "a",
	"(" * 300 + "a" + ")" * 300,
	"+".join(["a"] * (DEEPEST + 2)),
	f"min({','.join(['a'] * LONGEST)})",
)


@pytest.mark.parametrize("text", ATTACKS)
def test_what_is_no_arithmetic_is_refused(text):
	with pytest.raises(FormulaError) as error:
		parse(text)
	assert str(error.value)


@pytest.mark.parametrize("text", ["a / b", "1 / (a - a)", "a / (b - b)", "min(a, 1 / b)"])
def test_division_by_zero_is_named(text):
	with pytest.raises(FormulaError, match="divides by 0"):
		evaluate(text, {"a": D(1), "b": D(0)})


def test_a_missing_number_is_named():
	with pytest.raises(FormulaError, match="number b is missing"):
		evaluate("a / b", {"a": D(1)})


def test_names_are_those_of_numbers_only():
	assert names("min(so_ho_so, 100) / (tong + so_ho_so)") == {"so_ho_so", "tong"}


def test_thirds_are_exact():
	assert evaluate("a / 3 * 3", {"a": D(1)}) == 1
	assert evaluate("0.1 + 0.2", {}) == D("0.3")


def test_the_formula_with_its_numbers_reads_as_written():
	values = {"a": D("87.5"), "b": D(92)}
	assert filled_in("min(a, b) / (b + 1.5) * 100", values) == "min(87,5; 92) / (92 + 1,5) × 100"


# --- any formula ---------------------------------------------------------------------------------------

values = st.decimals(min_value=0, max_value=10_000, places=2).map(lambda d: to_decimal(str(d)))
atoms = st.one_of(
	st.sampled_from("abc").map(lambda name: (name, lambda v, name=name: Fraction(v[name]))),
	st.decimals(min_value=0, max_value=999, places=2).map(lambda d: (str(d), lambda v, d=d: Fraction(d))),
)
OPERATIONS = {
	"+": lambda x, y: x + y,
	"-": lambda x, y: x - y,
	"*": lambda x, y: x * y,
	"/": lambda x, y: x / y,
}


def combined(below):
	"""Text and meaning of longer formulas made of shorter ones."""

	def operation(parts):
		(left, f), sign, (right, g) = parts
		return f"({left} {sign} {right})", lambda v: OPERATIONS[sign](f(v), g(v))

	def negation(part):
		return f"-{part[0]}", lambda v: -part[1](v)

	def extreme(parts):
		name, (left, f), (right, g) = parts
		of = {"min": min, "max": max}[name]
		return f"{name}({left}, {right})", lambda v: of(f(v), g(v))

	return st.one_of(
		st.tuples(below, st.sampled_from("+-*/"), below).map(operation),
		below.map(negation),
		st.tuples(st.sampled_from(("min", "max")), below, below).map(extreme),
	)


@settings(deadline=None, max_examples=300)
@given(st.recursive(atoms, combined, max_leaves=12), st.fixed_dictionaries(dict.fromkeys("abc", values)))
def test_any_formula_is_worked_out_in_fractions(made, stated):
	text, meaning = made
	if len(text) > LONGEST:
		return
	try:
		expected = meaning(stated)
	except ZeroDivisionError:
		with pytest.raises(FormulaError, match="divides by 0"):
			evaluate(text, stated)
		return
	found = Fraction(evaluate(text, stated))
	assert abs(found - expected) <= abs(expected) / 10**140


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="abcminx0123456789.e+-*/(), _[]'\"=:;#", max_size=40))
def test_any_text_is_a_number_or_refused(text):
	try:
		assert evaluate(text, dict.fromkeys(names(text), D(3))).is_finite()
	except FormulaError as error:
		assert str(error)
