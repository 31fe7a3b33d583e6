"""The rules of scoring as spreadsheet formulas, so that a unit sees its points while filling in.

They only show; what counts is computed by `scoring` on upload. Tests let LibreOffice calculate them
and compare with `scoring`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal

from par_campaign.exchange.score_sheet.columns import AT, FIRST_ROW, LISTS_SHEET, SheetRow
from par_campaign.exchange.xlsx.cells import column_letters
from par_campaign.scoring.decimals import plain
from par_campaign.scoring.formula import parse
from par_campaign.scoring.labels import NO, YES
from par_campaign.scoring.model import (
	BonusPosition,
	CriteriaSet,
	Criterion,
	NotApplicableMode,
	RuleKind,
	ScoreType,
	Tier,
)

WRONG_NUMBERS = "Sai số liệu"
# Binary fractions make 70 % out of 7/10 only nearly; the band must still be the one of 70 %.
_RATE_PLACES = 10


def points_formula(row: SheetRow, options: str) -> str:
	"""Points of a leaf, empty where nothing is claimed or the leaf does not apply.

	`options` is the row range of its answers on the list sheet, like "2:4" (Choice only).
	"""
	claim = row.cell("claim")
	points = _POINTS[row.criterion.rule.kind](row.criterion, claim, options)
	usable = f"ISNUMBER({claim})" if row.criterion.rule.kind not in _BY_WORD else f'{claim}<>""'
	return f'=IF(OR({row.cell("applicable")}="{NO}",NOT({usable})),"",{points})'


_BY_WORD = (RuleKind.YES_NO, RuleKind.CHOICE)


def _direct(criterion: Criterion, claim: str, options: str) -> str:
	return claim


def _yes_no(criterion: Criterion, claim: str, options: str) -> str:
	return f'IF({claim}="{YES}",{plain(criterion.maximum)},0)'


def _choice(criterion: Criterion, claim: str, options: str) -> str:
	first, last = options.split(":")
	labels = f"'{LISTS_SHEET}'!$A${first}:$A${last}"
	points = f"'{LISTS_SHEET}'!$B${first}:$B${last}"
	return f"SUMPRODUCT(({labels}={claim})*{points})"  # unlike MATCH, takes * and ? as they are


def _tiers(criterion: Criterion, claim: str, options: str) -> str:
	text = "0"
	for tier in reversed(criterion.rule.tiers):
		text = f"IF({_holds(tier, claim)},{_paid(tier, criterion, claim)},{text})"
	return text


def _holds(tier: Tier, rate: str) -> str:
	conditions = []
	if tier.low is not None:
		conditions.append(f"{rate}{'>=' if tier.low_inclusive else '>'}{plain(tier.low)}")
	if tier.high is not None:
		conditions.append(f"{rate}{'<=' if tier.high_inclusive else '<'}{plain(tier.high)}")
	return f"AND({','.join(conditions)})" if conditions else "TRUE"


def _paid(tier: Tier, criterion: Criterion, rate: str) -> str:
	return f"{rate}*{plain(criterion.maximum)}/100" if tier.points is None else plain(tier.points)


def _proportional(criterion: Criterion, claim: str, options: str) -> str:
	rule, most = criterion.rule, plain(criterion.maximum)
	full = plain(rule.full if rule.full is not None else Decimal(100))
	floor = plain(rule.floor or Decimal(0))
	return f"IF({claim}>={full},{most},IF({claim}<{floor},0,{claim}*{most}/{full}))"


def _count(criterion: Criterion, claim: str, options: str) -> str:
	return f"MIN({claim}*{plain(criterion.rule.per_occurrence)},{plain(criterion.maximum)})"


def _formula(criterion: Criterion, claim: str, options: str) -> str:
	return (_tiers if criterion.rule.tiers else _proportional)(criterion, claim, options)


def _external(criterion: Criterion, claim: str, options: str) -> str:
	most = plain(criterion.maximum)
	scaled = f"{claim}/{plain(criterion.rule.scale)}*{most}" if criterion.rule.scale else claim
	return f"MIN(MAX({scaled},0),{most})"


_POINTS = {
	RuleKind.DIRECT: _direct,
	RuleKind.YES_NO: _yes_no,
	RuleKind.CHOICE: _choice,
	RuleKind.TIERS: _tiers,
	RuleKind.PROPORTIONAL: _proportional,
	RuleKind.COUNT: _count,
	RuleKind.FORMULA: _formula,
	RuleKind.EXTERNAL: _external,
}


def rate_formula(row: SheetRow, inputs: Sequence[SheetRow]) -> str:
	"""The percentage of a formula leaf from the numbers in the rows below it."""
	cells = {below.input_name: below.cell("claim") for below in inputs}
	rate = f"ROUND({_expression(parse(row.criterion.rule.formula), cells)},{_RATE_PLACES})"
	wrong = f'"{WRONG_NUMBERS}"'
	checked = f"IFERROR(IF(AND({rate}>=0,{rate}<=100),{rate},{wrong}),{wrong})"
	counted = f"COUNT({inputs[0].cell('claim')}:{inputs[-1].cell('claim')})" if inputs else "0"
	return f'=IF({counted}<{len(inputs)},"",{checked})'


_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.USub: "-", ast.UAdd: "+"}


def _expression(node: ast.AST, cells: dict[str, str]) -> str:
	if isinstance(node, ast.Constant):
		return plain(Decimal(str(node.value)))
	if isinstance(node, ast.Name):
		return cells[node.id]
	if isinstance(node, ast.UnaryOp):
		return f"({_SIGNS[type(node.op)]}{_expression(node.operand, cells)})"
	if isinstance(node, ast.Call):
		return f"{node.func.id.upper()}({','.join(_expression(a, cells) for a in node.args)})"
	left, right = _expression(node.left, cells), _expression(node.right, cells)
	return f"({left}{_SIGNS[type(node.op)]}{right})"


def counting_formulas(row: SheetRow, mode: NotApplicableMode) -> dict[str, str]:
	"""What a leaf adds to the sums, by hidden column."""
	points, applies = row.cell("points"), row.cell("applicable")
	if row.criterion.score_type is ScoreType.BONUS:
		return {"bonus": f"=N({points})"}
	if row.criterion.score_type is ScoreType.DEDUCTION:
		return {"deduction": f"=N({points})"}
	most = plain(row.criterion.maximum)
	struck_out = most if mode is NotApplicableMode.GRANT else "0"
	return {
		"counted": f'=IF({applies}="{NO}",{struck_out},{most})',
		"earned": f'=IF({applies}="{NO}",{struck_out},N({points}))',
	}


def sum_formula(row: SheetRow) -> str:
	"""Points of an area or criterion: all that its leaves add, of whatever type."""
	parts = (column_letters(AT[key]) for key in ("earned", "bonus", "deduction"))
	return "=" + "+".join(f"SUM({letters}{row.number}:{letters}{row.last})" for letters in parts)


def total_formulas(criteria_set: CriteriaSet, last_row: int, cells: dict[str, str]) -> dict[str, str]:
	"""The sums of the whole sheet and the index. `cells` are the addresses of the totals."""
	earned, counted, bonus, deduction = (
		f"SUM({column_letters(AT[key])}{FIRST_ROW}:{column_letters(AT[key])}{last_row})"
		for key in ("earned", "counted", "bonus", "deduction")
	)
	return {
		"earned": f"={earned}",
		"maximum": f"={counted}",
		"bonus": f"={_capped(bonus, criteria_set.bonus_cap)}",
		"deduction": f"={_capped(deduction, criteria_set.deduction_cap)}",
		"index": _index_formula(criteria_set.bonus_position, cells),
	}


def _capped(total: str, cap: Decimal | None) -> str:
	return total if cap is None else f"MIN({total},{plain(cap)})"


def _index_formula(position: BonusPosition, cells: dict[str, str]) -> str:
	earned, maximum, bonus, deduction = (cells[key] for key in ("earned", "maximum", "bonus", "deduction"))
	if position is BonusPosition.AFTER:
		index = f"{earned}*100/{maximum}+{bonus}-{deduction}"
	else:
		index = f"({earned}+{bonus}-{deduction})*100/{maximum}"
	return f"=ROUND(IF({maximum}=0,{bonus}-{deduction},{index}),2)"
