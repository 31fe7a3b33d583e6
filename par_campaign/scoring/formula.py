"""Formulas over the numbers a unit states, worked out without `eval`.

Allowed: numbers, names, + - * /, parentheses, min(...) and max(...). Nothing else parses.
"""

import ast
from collections.abc import Mapping
from decimal import Decimal

from par_campaign.scoring.messages import _

LONGEST = 500
DEEPEST = 30
FUNCTIONS = {"min": min, "max": max}


class FormulaError(ValueError):
	"""A formula that cannot be read or worked out."""


def parse(text: str) -> ast.expr:
	"""The formula's tree, checked to hold only what is allowed. Raises `FormulaError`."""
	if not text.strip():
		raise FormulaError(_("The formula is empty."))
	if len(text) > LONGEST:
		raise FormulaError(_("The formula is longer than {0} characters.").format(LONGEST))
	try:
		tree = ast.parse(text.strip(), mode="eval").body
	except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
		raise FormulaError(
			_("The formula cannot be read. Use + - * / ( ) min max and the names below.")
		) from error
	_check(tree, 0)
	return tree


def _check(node: ast.AST, depth: int) -> None:
	if depth > DEEPEST:
		raise FormulaError(_("The formula is nested too deeply."))
	if (
		isinstance(node, ast.Constant)
		and isinstance(node.value, int | float)
		and not isinstance(node.value, bool)
	):
		return
	if isinstance(node, ast.Name):
		return
	for child in _children(node):
		_check(child, depth + 1)


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
	raise FormulaError(_("The formula holds something that is not allowed: use + - * / ( ) min max only."))


def names(text: str) -> set[str]:
	"""Names the formula needs."""
	calls = {id(node.func) for node in ast.walk(parse(text)) if isinstance(node, ast.Call)}
	return {
		node.id
		for node in ast.walk(parse(text))
		if isinstance(node, ast.Name) and node.id not in FUNCTIONS and id(node) not in calls
	}


def evaluate(text: str, values: Mapping[str, Decimal]) -> Decimal:
	"""The formula's value with these numbers. Raises `FormulaError`, e.g. on division by zero."""
	return _value(parse(text), values)


def _value(node: ast.AST, values: Mapping[str, Decimal]) -> Decimal:
	if isinstance(node, ast.Constant):
		return Decimal(str(node.value))
	if isinstance(node, ast.Name):
		if node.id not in values:
			raise FormulaError(_("The number {0} is missing.").format(node.id))
		return values[node.id]
	if isinstance(node, ast.UnaryOp):
		value = _value(node.operand, values)
		return -value if isinstance(node.op, ast.USub) else value
	if isinstance(node, ast.Call):
		return FUNCTIONS[node.func.id](_value(argument, values) for argument in node.args)
	return _operation(node.op, _value(node.left, values), _value(node.right, values))


def _operation(operator: ast.operator, left: Decimal, right: Decimal) -> Decimal:
	if isinstance(operator, ast.Add):
		return left + right
	if isinstance(operator, ast.Sub):
		return left - right
	if isinstance(operator, ast.Mult):
		return left * right
	if right == 0:
		raise FormulaError(_("The formula divides by 0. If there was no such business, strike the row out."))
	return left / right
