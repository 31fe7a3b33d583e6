"""Where things stand on a unit's score sheet. Writing and reading share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.exchange.xlsx.cells import Value, address
from par_campaign.exchange.xlsx.tables import Column, physical_row
from par_campaign.scoring.claims import ClaimError, canonical, read_inputs
from par_campaign.scoring.labels import NO, YES
from par_campaign.scoring.model import Card, CriteriaSet, Criterion, Line, RuleKind

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
class SheetRow:
	"""A row of the sheet: a criterion, or one of the numbers that a formula leaf asks for."""

	number: int
	criterion: Criterion
	is_leaf: bool
	depth: int  # outline level
	last: int  # last row that belongs to it
	input_name: str = ""
	input_label: str = ""

	@property
	def key(self) -> str:
		"""What identifies the row on upload."""
		return f"{self.criterion.code}#{self.input_name}" if self.input_name else self.criterion.code

	def cell(self, column: str) -> str:
		"""Address of the row's cell in a column."""
		return address(self.number, AT[column])


def sheet_rows(criteria_set: CriteriaSet) -> list[SheetRow]:
	"""All rows of the sheet in order."""
	leaves = {leaf.code for leaf in criteria_set.leaves()}
	plan = [part for c in criteria_set.criteria for part in _parts(c, c.code in leaves)]
	rows = []
	for at, (criterion, is_leaf, name, label) in enumerate(plan):
		prefix = f"{criterion.code}."
		last = at
		if not name:
			while last + 1 < len(plan) and (
				plan[last + 1][0].code.startswith(prefix) or plan[last + 1][0].code == criterion.code
			):
				last += 1
		depth = criterion.code.count(".") + bool(name)
		rows.append(SheetRow(FIRST_ROW + at, criterion, is_leaf, depth, FIRST_ROW + last, name, label))
	return rows


def _parts(criterion: Criterion, is_leaf: bool) -> Iterator[tuple[Criterion, bool, str, str]]:
	yield criterion, is_leaf, "", ""
	if is_leaf and criterion.rule.kind is RuleKind.FORMULA:
		for name, label in criterion.rule.inputs:
			yield criterion, is_leaf, name, label


def unit_cells(row: SheetRow, line: Line) -> dict[str, Value]:
	"""What stands in the unit's cells of a row (by column) for a line; columns the unit fills in there."""
	if not row.is_leaf:
		return {}
	if row.input_name:
		return {"claim": _input_value(row, line)}
	cells: dict[str, Value] = {}
	if row.criterion.may_not_apply or not line.applicable:
		cells["applicable"] = YES if line.applicable else NO
	if row.criterion.rule.kind not in (RuleKind.FORMULA, RuleKind.EXTERNAL) and not row.criterion.auto:
		cells["claim"] = claim_value(row.criterion, line.claim)
	lines = line.explanation.replace("\r\n", "\n").replace("\r", "\n")
	if len(explanation := physical_row([lines], COLUMNS[:1])) == 1:
		cells["explanation"] = explanation[0]
	return cells


def claim_value(criterion: Criterion, claim: str | None) -> Value:
	"""A claim as its cell shows it: a number where the rule takes one."""
	try:
		text = canonical(criterion, claim)
	except ClaimError:
		text = claim  # shown as it stands, to be mended
		return physical_row([text], COLUMNS[:1])[0]
	if text is None:
		return None
	kind = criterion.rule.kind
	if kind is RuleKind.YES_NO:
		return YES if text == "Yes" else NO
	number = Decimal(text) if kind is not RuleKind.CHOICE else text
	return physical_row([number], COLUMNS[:1])[0]


def _input_value(row: SheetRow, line: Line) -> Value:
	try:
		values = read_inputs(row.criterion, line.claim) if line.claim else {}
	except ClaimError:
		return None
	return physical_row([values.get(row.input_name)], COLUMNS[:1])[0]


def lines_of(card: Card, criteria_set: CriteriaSet) -> dict[str, Line]:
	"""A line for every leaf, blank where the card has none."""
	lines = {line.code: line for line in card.lines}
	return {leaf.code: lines.get(leaf.code, Line(leaf.code)) for leaf in criteria_set.leaves()}
