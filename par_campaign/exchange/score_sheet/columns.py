"""Where things stand on a unit's score sheet. Writing and reading share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from par_campaign.exchange.xlsx.cells import Value, address
from par_campaign.exchange.xlsx.tables import Column, physical_row
from par_campaign.scoring import kinds
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.kinds.computed import read_inputs
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.model import Card, CriteriaSet, Criterion, Leaf, Line, RuleKind

SHEET, LISTS_SHEET, STAMP_SHEET = "Phiếu chấm điểm", "Danh mục", "Hệ thống"

COLUMNS = (
	Column("key", "Khóa", 10, "key"),
	Column("code", "STT", 8),
	Column("title", "Lĩnh vực / Tiêu chí / Tiêu chí thành phần", 52),
	Column("maximum", "Điểm tối đa", 9, "points"),
	Column("rule", "Cách chấm", 34),
	Column("applicable", "Áp dụng", 9, "centre"),
	Column("claim", "Đơn vị tự chấm", 18),
	Column("explanation", "Giải trình", 46),
	Column("evidence", "Số tài liệu kiểm chứng", 10, "centre"),
	Column("points", "Điểm tự chấm", 10, "points"),
	Column("counted", "Điểm tối đa được tính", 9, "points"),
	Column("earned", "Điểm chuẩn", 9, "points"),
	Column("bonus", "Điểm thưởng", 9, "points"),
	Column("deduction", "Điểm trừ", 9, "points"),
)
AT = {column.key: number for number, column in enumerate(COLUMNS, 1)}
HIDDEN = ("key", "counted", "earned", "bonus", "deduction")

TITLE_ROW, UNIT_ROW, TOTALS_LABEL_ROW, TOTALS_ROW, HEADING_ROW = 1, 2, 3, 4, 5
FIRST_ROW = 6

# The totals stand at the top so that they stay in view: heading and column.
TOTALS = (
	("earned", "Điểm đạt được", AT["claim"] - 1),
	("maximum", "Điểm tối đa", AT["claim"]),
	("bonus", "Điểm thưởng", AT["explanation"]),
	("deduction", "Điểm trừ", AT["evidence"]),
	("index", "Chỉ số (%)", AT["points"]),
)


@dataclass(frozen=True)
class _Placed:
	"""Where a row of the sheet stands."""

	number: int
	depth: int  # outline level
	last: int  # last row that belongs to it

	def cell(self, column: str) -> str:
		"""Address of the row's cell in a column."""
		return address(self.number, AT[column])


@dataclass(frozen=True)
class HeadingRow(_Placed):
	"""A row that is summed."""

	criterion: Criterion
	leaf: ClassVar[None] = None
	input_name: ClassVar[str] = ""
	input_label: ClassVar[str] = ""

	@property
	def key(self) -> str:
		"""What identifies the row on upload."""
		return self.criterion.code


@dataclass(frozen=True)
class LeafRow(_Placed):
	"""A leaf, or one of the numbers that a formula leaf asks for."""

	leaf: Leaf
	input_name: str = ""
	input_label: str = ""

	@property
	def criterion(self) -> Leaf:
		"""The row of the set it stands for."""
		return self.leaf

	@property
	def key(self) -> str:
		"""What identifies the row on upload."""
		return f"{self.leaf.code}#{self.input_name}" if self.input_name else self.leaf.code


SheetRow = HeadingRow | LeafRow


def sheet_rows(criteria_set: CriteriaSet) -> list[SheetRow]:
	"""All rows of the sheet in order."""
	leaves = {leaf.code: leaf for leaf in criteria_set.leaves()}
	plan = [
		(criterion, name, label)
		for criterion in criteria_set.criteria
		for name, label in [("", ""), *_asked_for(leaves.get(criterion.code))]
	]
	rows: list[SheetRow] = []
	for at, (criterion, name, label) in enumerate(plan):
		last = at
		if not name:
			while last + 1 < len(plan) and _belongs(plan[last + 1][0].code, criterion.code):
				last += 1
		place = (FIRST_ROW + at, criterion.code.count(".") + bool(name), FIRST_ROW + last)
		leaf = leaves.get(criterion.code)
		rows.append(LeafRow(*place, leaf, name, label) if leaf else HeadingRow(*place, criterion))
	return rows


def inputs_of(row: LeafRow, rows: Iterable[SheetRow]) -> list[LeafRow]:
	"""The rows of the numbers that a formula leaf asks for."""
	return [
		other
		for other in rows
		if other.leaf is not None and other.input_name and other.leaf.code == row.leaf.code
	]


def _belongs(code: str, to: str) -> bool:
	return code == to or code.startswith(f"{to}.")


def _asked_for(leaf: Leaf | None) -> tuple[tuple[str, str], ...]:
	"""Names and labels of the numbers that a leaf asks for in rows of their own."""
	return leaf.rule.inputs if leaf and kinds.of(leaf).has_inputs else ()


def unit_cells(row: LeafRow, line: Line) -> dict[str, Value]:
	"""What stands in the unit's cells of a row (by column) for a line; columns the unit fills in there."""
	if row.input_name:
		return {"claim": _input_value(row, line)}
	cells: dict[str, Value] = {}
	if row.leaf.may_not_apply or not line.applicable:
		cells["applicable"] = YES_WORD if line.applicable else NO_WORD
	if kinds.of(row.leaf).is_typed and not row.leaf.auto:
		cells["claim"] = claim_value(row.leaf, line.claim)
	lines = line.explanation.replace("\r\n", "\n").replace("\r", "\n")
	if len(explanation := physical_row([lines], COLUMNS[:1])) == 1:
		cells["explanation"] = explanation[0]
	return cells


def claim_value(leaf: Leaf, claim: str | None) -> Value:
	"""A claim as its cell shows it: a number where the rule takes one."""
	try:
		text = canonical(leaf, claim)
	except ClaimError:
		return physical_row([claim], COLUMNS[:1])[0]  # shown as it stands, to be mended
	if text is None:
		return None
	kind = leaf.rule.kind
	if kind is RuleKind.YES_NO:
		return YES_WORD if text == "Yes" else NO_WORD
	number = text if kinds.of(leaf).is_word else Decimal(text)
	return physical_row([number], COLUMNS[:1])[0]


def _input_value(row: LeafRow, line: Line) -> Value:
	try:
		values = read_inputs(row.leaf, line.claim) if line.claim else {}
	except ClaimError:
		return None
	return physical_row([values.get(row.input_name)], COLUMNS[:1])[0]


def lines_of(card: Card, criteria_set: CriteriaSet) -> dict[str, Line]:
	"""A line for every leaf, blank where the card has none."""
	lines = {line.code: line for line in card.lines}
	return {leaf.code: lines.get(leaf.code, Line(leaf.code)) for leaf in criteria_set.leaves()}
