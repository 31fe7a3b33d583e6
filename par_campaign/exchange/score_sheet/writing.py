"""Writing a unit's score sheet: locked but for the unit's cells, with live points and totals."""

from __future__ import annotations

import re
from typing import BinaryIO

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from par_campaign.exchange.score_sheet import columns
from par_campaign.exchange.score_sheet.columns import AT, COLUMNS, LeafRow, SheetRow
from par_campaign.exchange.score_sheet.formulas import (
	counting_formulas,
	points_formula,
	rate_formula,
	sum_formula,
	total_formulas,
)
from par_campaign.exchange.score_sheet.limits import limit_of
from par_campaign.exchange.score_sheet.signature import Stamp, sign
from par_campaign.exchange.xlsx import styling
from par_campaign.exchange.xlsx.book import set_value
from par_campaign.exchange.xlsx.cells import Value, address, column_letters
from par_campaign.exchange.xlsx.heights import grow, height_of
from par_campaign.exchange.xlsx.tables import physical_row
from par_campaign.exchange.xlsx.text import neutral
from par_campaign.scoring import kinds
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.model import Card, CriteriaSet, Line, RuleKind
from par_campaign.scoring.rules import describe_rule

_INPUT_STYLES = {"applicable": "input centre", "claim": "input number", "explanation": "input text"}
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Columns whose text goes on in a next line.
_WRAPPED = [(c.key, c.width) for c in COLUMNS if c.key not in columns.HIDDEN]
_STRUCK_OUT = PatternFill(bgColor="D9D9D9")


def write(
	card: Card,
	criteria_set: CriteriaSet,
	out: BinaryIO,
	*,
	stamp: Stamp,
	key: bytes,
	title: str,
	evidence: dict[str, int] | None = None,
	guidance: dict[str, str] | None = None,
) -> None:
	"""Write the score sheet of a card.

	`stamp` and `key` sign it (see `signature`), `title` names the campaign, `evidence` counts
	documents and `guidance` gives notes by leaf code.
	"""
	book = Workbook()
	writer = _Writer(book, card, criteria_set, evidence or {}, guidance or {})
	writer.write(title)
	_write_stamp(book, writer.styles, stamp, key)
	book.calculation.fullCalcOnLoad = True
	book.save(out)


class _Writer:
	def __init__(
		self,
		book: Workbook,
		card: Card,
		criteria_set: CriteriaSet,
		evidence: dict[str, int],
		guidance: dict[str, str],
	):
		self.sheet: Worksheet = book.active
		self.sheet.title = columns.SHEET
		self.lists: Worksheet = book.create_sheet(columns.LISTS_SHEET)
		self.styles = styling.register(book, self.sheet)
		self.card = card
		self.criteria_set = criteria_set
		self.evidence = evidence
		self.guidance = guidance
		self.rows = columns.sheet_rows(criteria_set)
		self.lines = columns.lines_of(card, criteria_set)
		self._list_row = 0

	def write(self, title: str) -> None:
		"""Fill the sheet."""
		self._head(title)
		for row in self.rows:
			self._row(row)
		self._totals()
		self._page()
		self.lists.sheet_state = "hidden"
		self.lists.protection.sheet = True

	def _put(self, number: int, column: int, value: Value, style: str, formula: bool = False) -> None:
		cell = self.sheet.cell(number, column)
		cell._style = self.styles[style]
		if formula:
			cell.value = value
		else:
			set_value(cell, value)

	def _head(self, title: str) -> None:
		self._put(columns.TITLE_ROW, 2, f"PHIẾU TỰ CHẤM ĐIỂM: {title}"[:1000], "title")
		self._put(columns.UNIT_ROW, 2, neutral(f"{self.card.unit}: {self.card.unit_name}"[:1000]), "subtitle")
		for at, column in enumerate(COLUMNS, 1):
			self._put(columns.HEADING_ROW, at, column.label, "head")
		self._fit(columns.HEADING_ROW, bold=True)

	def _row(self, row: SheetRow) -> None:
		self._put(row.number, AT["key"], row.key, "key")
		bold = "" if row.criterion.parent else "bold"
		title = row.input_label if row.input_name else row.criterion.title
		self._put(row.number, AT["code"], None if row.input_name else row.criterion.code, bold or "text")
		self._put(row.number, AT["title"], physical_row([title], COLUMNS[:1])[0], bold or "text")
		if row.leaf is not None:
			self._leaf(row)
		else:
			self._put(row.number, AT["maximum"], row.criterion.stated_maximum, "bold points")
			self._put(row.number, AT["points"], sum_formula(row), "bold points", formula=True)
		self._close_boxes(row.number)
		self._fit(row.number, not row.criterion.parent, min(row.depth, 7))

	def _close_boxes(self, number: int) -> None:
		"""Lines around the cells in which nothing stands, too: in print the table has no holes."""
		for key, _width in _WRAPPED:
			cell = self.sheet.cell(number, AT[key])
			if not cell.has_style:
				cell._style = self.styles["text"]

	def _fit(self, number: int, bold: bool = False, outline: int = 0) -> None:
		"""Let the row be as high as its texts; it grows with what the unit types."""
		cells = ((self.sheet.cell(number, AT[key]), width) for key, width in _WRAPPED)
		texts = ((cell.value, width) for cell, width in cells if cell.data_type != "f")
		grow(self.sheet, number, height_of(texts, bold), outline)

	def _leaf(self, row: LeafRow) -> None:
		line = self.lines[row.leaf.code]
		cells = columns.unit_cells(row, line)
		for column, style in _INPUT_STYLES.items():
			if column in cells:
				if column == "claim" and row.leaf.rule.kind is RuleKind.CHOICE:
					style = "input text"  # an answer may be long, and "1/2" must not become a date
				self._put(row.number, AT[column], cells[column], style)
				self._limit(row, column)
			elif not row.input_name:
				self._fixed(row, column, line)
		if row.input_name:
			return
		code = row.leaf.code
		help_text = "\n".join(filter(None, (describe_rule(row.leaf), self.guidance.get(code, ""))))
		self._put(row.number, AT["rule"], physical_row([help_text], COLUMNS[:1])[0], "text")
		self._put(row.number, AT["maximum"], row.leaf.maximum, "points")
		self._put(
			row.number, AT["evidence"], physical_row([self.evidence.get(code)], COLUMNS[:1])[0], "centre"
		)
		self._put(row.number, AT["points"], points_formula(row, self._options(row)), "points", formula=True)
		for column, formula in counting_formulas(row, self.criteria_set.not_applicable).items():
			self._put(row.number, AT[column], formula, "points", formula=True)

	def _fixed(self, row: LeafRow, column: str, line: Line) -> None:
		"""What the unit cannot change in a leaf's row."""
		if column == "applicable":
			self._put(row.number, AT[column], YES_WORD, "centre")
		elif column == "explanation":
			self._put(row.number, AT[column], physical_row([line.explanation], COLUMNS[:1])[0], "text")
		elif kinds.of(row.leaf).has_inputs:
			inputs = columns.inputs_of(row, self.rows)
			self._put(row.number, AT[column], rate_formula(row, inputs), "number", formula=True)
		else:
			self._put(row.number, AT[column], self._given(row, line), "number")

	@staticmethod
	def _given(row: LeafRow, line: Line) -> Value:
		"""The claim where it is not the unit's: an external value, or what the system states."""
		if row.leaf.rule.kind is RuleKind.EXTERNAL:
			return physical_row([line.external], COLUMNS[:1])[0]
		return columns.claim_value(row.leaf, line.claim)

	def _options(self, row: LeafRow) -> str:
		"""Enter a Choice's answers on the list sheet; gives their row range there."""
		options = row.leaf.rule.options
		if not options:
			return ""
		first = self._list_row + 1
		for option in options:
			self._list_row += 1
			set_value(self.lists.cell(self._list_row, 1), neutral(option.label))
			set_value(self.lists.cell(self._list_row, 2), option.points)
		rule = DataValidation("list", formula1=f"'{columns.LISTS_SHEET}'!$A${first}:$A${self._list_row}")
		self._add(rule, row.cell("claim"), "Chọn một đáp án trong danh sách")
		return f"{first}:{self._list_row}"

	def _limit(self, row: LeafRow, column: str) -> None:
		cell = row.cell(column)
		if column == "applicable":
			self._add(
				DataValidation("list", formula1=f'"{YES_WORD},{NO_WORD}"'),
				cell,
				f"Chọn {YES_WORD} hoặc {NO_WORD}",
			)
		elif column == "claim" and (found := limit_of(row, cell)):
			rule, message = found
			self._add(rule, cell, message)

	def _add(self, rule: DataValidation, cell: str, message: str) -> None:
		message = " ".join(_CONTROL.sub(" ", message).split())  # attributes have no way to spell these
		rule.allow_blank = True
		rule.showErrorMessage, rule.showInputMessage = True, True
		rule.errorTitle, rule.error = "Không hợp lệ", message[:225]
		rule.prompt = message[:255]
		rule.add(cell)
		self.sheet.add_data_validation(rule)

	def _totals(self) -> None:
		cells = {key: address(columns.TOTALS_ROW, column) for key, _label, column in columns.TOTALS}
		last = self.rows[-1].number if self.rows else columns.FIRST_ROW
		formulas = total_formulas(self.criteria_set, last, cells)
		labels = [(label, COLUMNS[column - 1].width) for _key, label, column in columns.TOTALS]
		grow(self.sheet, columns.TOTALS_LABEL_ROW, height_of(labels, bold=True))
		for key, label, column in columns.TOTALS:
			self._put(columns.TOTALS_LABEL_ROW, column, label, "head")
			self._put(columns.TOTALS_ROW, column, formulas[key], "bold points", formula=True)
		last_column = column_letters(len(COLUMNS))
		grey = FormulaRule(
			formula=[f'$F{columns.FIRST_ROW}="{NO_WORD}"'],
			fill=_STRUCK_OUT,
			font=Font(color="7F7F7F", strike=True),
		)
		self.sheet.conditional_formatting.add(f"B{columns.FIRST_ROW}:{last_column}{last}", grey)

	def _page(self) -> None:
		sheet = self.sheet
		for at, column in enumerate(COLUMNS, 1):
			dimension = sheet.column_dimensions[column_letters(at)]
			dimension.width = column.width
			dimension.hidden = column.key in columns.HIDDEN
		sheet.freeze_panes = address(columns.FIRST_ROW, AT["rule"])
		sheet.sheet_properties.outlinePr.summaryBelow = False
		styling.set_up_page(sheet, f"{columns.HEADING_ROW}:{columns.HEADING_ROW}")
		protection = sheet.protection
		protection.sheet = True
		protection.formatColumns, protection.formatRows = False, False  # False: stays allowed


def _write_stamp(book: Workbook, styles: dict[str, StyleArray], stamp: Stamp, key: bytes) -> None:
	"""The signed stamp, on a hidden sheet of its own."""
	sheet = book.create_sheet(columns.STAMP_SHEET)
	values = {"scorecard": stamp.scorecard, "version": stamp.version, "signature": sign(stamp, key)}
	for number, (name, value) in enumerate(values.items(), 1):
		set_value(sheet.cell(number, 1), name)
		set_value(sheet.cell(number, 2), neutral(value))
		sheet.cell(number, 2)._style = styles["plain"]
	sheet.sheet_state = "hidden"
	sheet.protection.sheet = True
