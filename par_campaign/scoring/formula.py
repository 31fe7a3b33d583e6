"""Formulas over the numbers a unit states, worked out without `eval`, in exact fractions.

Allowed: numbers, names, + - * /, parentheses, min(...) and max(...). Nothing else parses, so neither
powers nor attributes nor calls of anything else can be reached. A third of three is one: fractions
are exact, the result alone becomes a decimal.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from par_campaign.scoring.decimals import comma, from_fraction
from par_campaign.scoring.messages import _

LONGEST = 500
DEEPEST = 100  # a sum of n terms is n deep
FUNCTIONS: dict[str, Callable[[Iterable[Fraction]], Fraction]] = {"min": min, "max": max}
ALLOWED = re.compile(r"[a-z0-9_+\-*/(),. ]+")
CONSTANT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,2})?")
SIGNS = {"*": "×", "/": "/", "+": "+", "-": "−"}
TOKEN = re.compile(r"[a-z_][a-z0-9_]*|[0-9.]+(?:e[+-]?[0-9]+)?|[-+*/(),]")


class FormulaError(ValueError):
	"""A formula that cannot be read or worked out."""


@dataclass(frozen=True)
class Number:
	"""A number as it is written."""

	value: Decimal


@dataclass(frozen=True)
class Name:
	"""A number that the unit states."""

	name: str


@dataclass(frozen=True)
class Signed:
	"""An expression with a sign, + or -, before it."""

	sign: str
	operand: Expression


@dataclass(frozen=True)
class Operation:
	"""Two expressions with + - * or / between them."""

	sign: str
	left: Expression
	right: Expression


@dataclass(frozen=True)
class Call:
	"""The least or the greatest of some expressions; `function` is one of `FUNCTIONS`."""

	function: str
	arguments: tuple[Expression, ...]


Expression = Number | Name | Signed | Operation | Call

_SIGNS: dict[type[ast.AST], str] = {
	ast.Add: "+",
	ast.Sub: "-",
	ast.Mult: "*",
	ast.Div: "/",
	ast.UAdd: "+",
	ast.USub: "-",
}


@lru_cache(maxsize=1000)  # the few formulas of a set are worked out for every unit
def parse(text: str) -> Expression:
	"""The formula as a tree of what is allowed. Raises `FormulaError`."""
	text = " ".join(text.split())
	if not text:
		raise FormulaError(_("The formula is empty."))
	if len(text) > LONGEST:
		raise FormulaError(_("The formula is longer than {0} characters.").format(LONGEST))
	if not ALLOWED.fullmatch(text):
		raise _forbidden()
	try:
		tree = ast.parse(text, mode="eval").body
	except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
		raise FormulaError(
			_("The formula cannot be read. Use + - * / ( ) min max and the names below.")
		) from error
	return _expression(tree, 0, text)


def _forbidden() -> FormulaError:
	return FormulaError(_("The formula holds something that is not allowed: use + - * / ( ) min max only."))


def _expression(node: ast.expr, depth: int, source: str) -> Expression:
	if depth > DEEPEST:
		raise FormulaError(_("The formula is nested too deeply."))
	if isinstance(node, ast.Constant):
		return _number(ast.get_source_segment(source, node) or "")
	if isinstance(node, ast.Name) and node.id not in FUNCTIONS:
		return Name(node.id)
	below = depth + 1
	if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
		left, right = _expression(node.left, below, source), _expression(node.right, below, source)
		return Operation(_SIGNS[type(node.op)], left, right)
	if isinstance(node, ast.UnaryOp) and type(node.op) in _SIGNS:
		return Signed(_SIGNS[type(node.op)], _expression(node.operand, below, source))
	if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
		return _call(node.func.id, [_expression(one, below, source) for one in node.args])
	raise _forbidden()


def _call(function: str, arguments: list[Expression]) -> Call:
	if function not in FUNCTIONS or not arguments:
		raise _forbidden()
	return Call(function, tuple(arguments))


def _number(written: str) -> Number:
	"""A number as it stands in the text: no 1e999, 0x10, 1_0, True, and no float on the way."""
	if not CONSTANT.fullmatch(written):
		raise _forbidden()
	return Number(Decimal(written))


def names(text: str) -> set[str]:
	"""Names the formula needs."""
	return set(_names(parse(text)))


def _names(expression: Expression) -> Iterator[str]:
	if isinstance(expression, Name):
		yield expression.name
	elif isinstance(expression, Signed):
		yield from _names(expression.operand)
	elif isinstance(expression, Operation):
		yield from _names(expression.left)
		yield from _names(expression.right)
	elif isinstance(expression, Call):
		for argument in expression.arguments:
			yield from _names(argument)


def evaluate(text: str, values: Mapping[str, Decimal]) -> Decimal:
	"""The formula's value with these numbers. Raises `FormulaError`, e.g. on division by zero."""
	return from_fraction(_value(parse(text), values))


def _value(expression: Expression, values: Mapping[str, Decimal]) -> Fraction:
	if isinstance(expression, Number):
		return Fraction(expression.value)
	if isinstance(expression, Name):
		if expression.name not in values:
			raise FormulaError(_("The number {0} is missing.").format(expression.name))
		return Fraction(values[expression.name])
	if isinstance(expression, Signed):
		value = _value(expression.operand, values)
		return -value if expression.sign == "-" else value
	if isinstance(expression, Call):
		return FUNCTIONS[expression.function](_value(one, values) for one in expression.arguments)
	left, right = _value(expression.left, values), _value(expression.right, values)
	return _worked_out(expression.sign, left, right)


def _worked_out(sign: str, left: Fraction, right: Fraction) -> Fraction:
	if sign == "+":
		return left + right
	if sign == "-":
		return left - right
	if sign == "*":
		return left * right
	if right == 0:
		raise FormulaError(_("The formula divides by 0. If there was no such business, strike the row out."))
	return left / right


def filled_in(text: str, values: Mapping[str, Decimal]) -> str:
	"""The formula with the numbers in it, as a reader writes it: "87 / 92 × 100"."""
	words = []
	for token in TOKEN.findall(text):
		number = values.get(token)
		word = comma(number) if number is not None else SIGNS.get(token, token.replace(".", ","))
		words.append(word if token != "," else ";")
	line = " ".join(words)
	line = re.sub(r"(min|max) \(", r"\1(", line)
	return re.sub(r"\( ", "(", re.sub(r" ([);])", r"\1", line))
