"""The rules of scoring as spreadsheet formulas, so that a unit sees its points while filling in.

They only show; what counts is computed by `scoring` on upload. Tests let LibreOffice calculate them
and compare with `scoring`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from par_campaign.exchange.score_sheet.columns import AT, FIRST_ROW, LISTS_SHEET, HeadingRow, LeafRow
from par_campaign.exchange.xlsx.cells import column_letters
from par_campaign.scoring import kinds
from par_campaign.scoring.decimals import plain
from par_campaign.scoring.formula import Call, Expression, Name, Number, Signed, parse
from par_campaign.scoring.kinds.yes_no import NO_WORD
from par_campaign.scoring.model import (
	BonusPosition,
	CriteriaSet,
	NotApplicableMode,
	ScoreType,
)

WRONG_NUMBERS = "Sai số liệu"
# Binary fractions make 70 % out of 7/10 only nearly; the band must still be the one of 70 %.
_RATE_PLACES = 10


def points_formula(row: LeafRow, options: str) -> str:
	"""Points of a leaf, empty where nothing is claimed or the leaf does not apply.

	`options` is the row range of its answers on the list sheet, like "2:4" (Choice only).
	"""
	claim, kind = row.cell("claim"), kinds.of(row.leaf)
	points = kind.points_in(row.leaf, claim, _answers(options))
	usable = f'{claim}<>""' if kind.is_word else f"ISNUMBER({claim})"
	return f'=IF(OR({row.cell("applicable")}="{NO_WORD}",NOT({usable})),"",{points})'


def _answers(options: str) -> tuple[str, str]:
	"""The cells of the answers and of their points on the list sheet."""
	first, _colon, last = options.partition(":")
	labels, points = (f"'{LISTS_SHEET}'!${column}${first}:${column}${last}" for column in "AB")
	return labels, points


def rate_formula(row: LeafRow, inputs: Sequence[LeafRow]) -> str:
	"""The percentage of a formula leaf from the numbers in the rows below it."""
	cells = {below.input_name: below.cell("claim") for below in inputs}
	rate = f"ROUND({_expression(parse(row.leaf.rule.formula), cells)},{_RATE_PLACES})"
	wrong = f'"{WRONG_NUMBERS}"'
	checked = f"IFERROR(IF(AND({rate}>=0,{rate}<=100),{rate},{wrong}),{wrong})"
	counted = f"COUNT({inputs[0].cell('claim')}:{inputs[-1].cell('claim')})" if inputs else "0"
	return f'=IF({counted}<{len(inputs)},"",{checked})'


def _expression(expression: Expression, cells: Mapping[str, str]) -> str:
	if isinstance(expression, Number):
		return plain(expression.value)
	if isinstance(expression, Name):
		return cells[expression.name]
	if isinstance(expression, Signed):
		return f"({expression.sign}{_expression(expression.operand, cells)})"
	if isinstance(expression, Call):
		arguments = ",".join(_expression(one, cells) for one in expression.arguments)
		return f"{expression.function.upper()}({arguments})"
	return f"({_expression(expression.left, cells)}{expression.sign}{_expression(expression.right, cells)})"


def counting_formulas(row: LeafRow, mode: NotApplicableMode) -> dict[str, str]:
	"""What a leaf adds to the sums, by hidden column."""
	points, applies = row.cell("points"), row.cell("applicable")
	if row.leaf.score_type is ScoreType.BONUS:
		return {"bonus": f"=N({points})"}
	if row.leaf.score_type is ScoreType.DEDUCTION:
		return {"deduction": f"=N({points})"}
	most = plain(row.leaf.maximum)
	struck_out = most if mode is NotApplicableMode.GRANT else "0"
	return {
		"counted": f'=IF({applies}="{NO_WORD}",{struck_out},{most})',
		"earned": f'=IF({applies}="{NO_WORD}",{struck_out},N({points}))',
	}


def sum_formula(row: HeadingRow) -> str:
	"""Points of an area or leaf: all that its leaves add, of whatever type."""
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
