"""Formulas over the numbers a unit states, worked out without `eval`, in exact fractions.

Allowed: numbers, names, + - * /, parentheses, min(...) and max(...). Nothing else parses, so neither
powers nor attributes nor calls of anything else can be reached. A third of three is one: fractions
are exact, the result alone becomes a decimal.
"""

import ast
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from par_campaign.scoring.decimals import comma, from_fraction
from par_campaign.scoring.messages import _

LONGEST = 500
DEEPEST = 100  # a sum of n terms is n deep
FUNCTIONS = {"min": min, "max": max}
ALLOWED = re.compile(r"[a-z0-9_+\-*/(),. ]+")
CONSTANT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,2})?")
SIGNS = {"*": "×", "/": "/", "+": "+", "-": "−"}
TOKEN = re.compile(r"[a-z_][a-z0-9_]*|[0-9.]+(?:e[+-]?[0-9]+)?|[-+*/(),]")


class FormulaError(ValueError):
	"""A formula that cannot be read or worked out."""


@lru_cache(maxsize=1000)  # the few formulas of a set are worked out for every unit; nobody changes a tree
def parse(text: str) -> ast.expr:
	"""The formula's tree, checked to hold only what is allowed. Raises `FormulaError`."""
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
	_check(tree, 0, text)
	return tree


def _forbidden() -> FormulaError:
	return FormulaError(_("The formula holds something that is not allowed: use + - * / ( ) min max only."))


def _check(node: ast.AST, depth: int, source: str) -> None:
	if depth > DEEPEST:
		raise FormulaError(_("The formula is nested too deeply."))
	if isinstance(node, ast.Constant):
		# as it stands in the text: no 1e999, 0x10, 1_0, True, and no float on the way
		written = ast.get_source_segment(source, node) or ""
		if not CONSTANT.fullmatch(written):
			raise _forbidden()
		node.value = Decimal(written)
		return
	if isinstance(node, ast.Name):
		if node.id in FUNCTIONS:
			raise _forbidden()
		return
	for child in _children(node):
		_check(child, depth + 1, source)


def _children(node: ast.AST) -> list[ast.AST]:
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
		return [node.left, node.right]
	if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
		return [node.operand]
	if (
		isinstance(node, ast.Call)
		and isinstance(node.func, ast.Name)
		and node.func.id in FUNCTIONS
		and node.args
		and not node.keywords
	):
		return list(node.args)
	raise _forbidden()


def names(text: str) -> set[str]:
	"""Names the formula needs."""
	found = (node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name))
	return {name for name in found if name not in FUNCTIONS}


def evaluate(text: str, values: Mapping[str, Decimal]) -> Decimal:
	"""The formula's value with these numbers. Raises `FormulaError`, e.g. on division by zero."""
	return from_fraction(_value(parse(text), values))


def _value(node: ast.AST, values: Mapping[str, Decimal]) -> Fraction:
	if isinstance(node, ast.Constant):
		return Fraction(node.value)
	if isinstance(node, ast.Name):
		if node.id not in values:
			raise FormulaError(_("The number {0} is missing.").format(node.id))
		return Fraction(values[node.id])
	if isinstance(node, ast.UnaryOp):
		value = _value(node.operand, values)
		return -value if isinstance(node.op, ast.USub) else value
	if isinstance(node, ast.Call):
		return FUNCTIONS[node.func.id](_value(argument, values) for argument in node.args)
	return _operation(node.op, _value(node.left, values), _value(node.right, values))


def _operation(operator: ast.operator, left: Fraction, right: Fraction) -> Fraction:
	if isinstance(operator, ast.Add):
		return left + right
	if isinstance(operator, ast.Sub):
		return left - right
	if isinstance(operator, ast.Mult):
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
