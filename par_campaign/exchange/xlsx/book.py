"""Writing tables into an .xlsx in constant memory, each row with its mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from par_campaign.exchange.xlsx import styling
from par_campaign.exchange.xlsx.cells import Value, address, column_letters
from par_campaign.exchange.xlsx.fingerprint import SheetMark, book_mark, row_mark, row_marks
from par_campaign.exchange.xlsx.heights import LINE, height_of
from par_campaign.exchange.xlsx.tables import (
	FIRST_ROW,
	KEYS_ROW,
	LABELS_ROW,
	SUBTITLE_ROW,
	TITLE_ROW,
	Column,
	Table,
)
from par_campaign.exchange.xlsx.text import writable

MARKS_SHEET = "Mã kiểm chứng"
MARKS_COLUMNS = (
	Column("sheet", "Trang tính", 24),
	Column("row", "Dòng", 8, "number"),
	Column("mark", "Mã của dòng hoặc trang", 40),
	Column("cells", "Mã của từng ô", 80),
)
_WRAPPED = ("text", "bold", "centre")  # styles in which text goes on in a next line
_BOLD = {"text": "bold", "points": "bold points"}
_HEAD_LOOKS = {KEYS_ROW: "key", TITLE_ROW: "title", SUBTITLE_ROW: "subtitle", LABELS_ROW: "head"}


def write_tables(tables: Iterable[Table], out: BinaryIO) -> None:
	"""Write the tables as sheets, and behind them the sheet of marks."""
	book = Workbook(write_only=True)
	writers = []
	marks = None
	for table in tables:
		sheet = book.create_sheet(table.sheet)
		if marks is None:
			styles = styling.register(book, sheet)
			# A sheet's rows go to a file of its own, so this one grows while the others are written.
			marks = SheetWriter(marks_table(), book.create_sheet(MARKS_SHEET), styles)
		writers.append((table.sheet, _write_table(SheetWriter(table, sheet, styles), marks)))
	if marks is not None:
		marks.row(["", None, book_mark(writers)])
		marks.finish()
		book.move_sheet(MARKS_SHEET, len(writers))
	book.save(out)


def _write_table(writer: SheetWriter, marks: SheetWriter) -> str:
	"""Write a sheet and the marks of its rows; gives the sheet's mark."""
	name = writer.table.sheet
	sheet_mark = SheetMark()
	for number, values in enumerate(writer.table.rows(), 1):
		writer.row(values)
		if any(values):
			mark = row_mark(values)
			sheet_mark.add(number, mark)
			marks.row([name, Decimal(number), mark, row_marks(values)])
	marks.row([name, None, sheet_mark.value()])
	writer.finish()
	return sheet_mark.value()


def marks_table() -> Table:
	"""The sheet of marks, without its rows."""
	title = "MÃ KIỂM CHỨNG CỦA TỪNG DÒNG"
	subtitle = (
		"Dùng để tìm ô bị sửa sau khi xuất; mã của cả chiến dịch ở trang Thông tin và trên bảng xếp hạng in"
	)
	return Table(MARKS_SHEET, title, MARKS_COLUMNS, list, subtitle)


class SheetWriter:
	"""One sheet being written from top to bottom."""

	def __init__(self, table: Table, sheet: WriteOnlyWorksheet, styles: dict[str, StyleArray]):
		self.table = table
		self._sheet = sheet
		self._styles = styles
		self._cell_styles = [styles[column.style] for column in table.columns]
		self._bold_styles = [styles[_BOLD.get(column.style, column.style)] for column in table.columns]
		self._widths = [(at, c.width) for at, c in enumerate(table.columns) if c.style in _WRAPPED]
		self._head_widths = [(at, c.width) for at, c in enumerate(table.columns)]
		self._number = 0
		self._set_up()

	def _set_up(self) -> None:
		for at, column in enumerate(self.table.columns, 1):
			self._sheet.column_dimensions[column_letters(at)].width = column.width
		self._sheet.sheet_format.defaultRowHeight = LINE
		self._sheet.row_dimensions[KEYS_ROW].hidden = True
		self._sheet.freeze_panes = address(FIRST_ROW, 1)
		styling.set_up_page(self._sheet, f"{LABELS_ROW}:{LABELS_ROW}", self.table.portrait)
		self._sheet.sheet_properties.outlinePr.summaryBelow = False
		if self.table.sheet == MARKS_SHEET:
			for values in self.table.head():
				self.row(values)

	def row(self, values: Sequence[Value]) -> None:
		"""Write a row of values as they stand in the cells."""
		self._number += 1
		head = _HEAD_LOOKS.get(self._number)
		level, height = self._level(values), self._height(values)
		if level or height:
			dimension = self._sheet.row_dimensions[self._number]
			dimension.outlineLevel, dimension.height = level or 0, height
		styles = self._bold_styles if level == 0 else self._cell_styles
		self._sheet.append([self._cell(value, at, head, styles) for at, value in enumerate(values)])
		if level or height:  # written by now; kept for every row they would grow with the workbook
			del self._sheet.row_dimensions[self._number]

	def _level(self, values: Sequence[Value]) -> int | None:
		"""How deep the row's number is, 0 for an area or a sum; None where rows are not grouped."""
		if not self.table.outline or self._number <= LABELS_ROW:
			return None
		code = values[self.table.keys[self.table.outline]]
		return code.count(".") if isinstance(code, str) else 0

	def _height(self, values: Sequence[Value]) -> float | None:
		if self._number < LABELS_ROW:
			return None
		labels = self._number == LABELS_ROW
		widths = self._head_widths if labels else self._widths
		return height_of(((values[at], width) for at, width in widths if at < len(values)), bold=labels)

	def _cell(self, value: Value, at: int, head: str | None, styles: Sequence[StyleArray]) -> WriteOnlyCell:
		style = self._styles[head or "text"]
		if not head and at < len(styles):
			style = styles[at]
		cell = WriteOnlyCell(self._sheet)
		cell._style = style
		set_value(cell, value)
		return cell

	def finish(self) -> None:
		"""Close the sheet: nothing can be added after."""
		if self._number > LABELS_ROW:
			last = address(self._number, len(self.table.columns))
			self._sheet.auto_filter.ref = f"A{LABELS_ROW}:{last}"
			if self.table.printed:
				right = column_letters(self.table.keys[self.table.printed] + 1)
				self._sheet.print_area = f"A{TITLE_ROW}:{right}{self._number}"
		self._sheet.close()


def set_value(cell: WriteOnlyCell, value: Value) -> None:
	"""Put a value into a cell; text stays text whatever it looks like."""
	if isinstance(value, Decimal):
		cell.value = int(value) if value == value.to_integral_value() else float(value)
	elif isinstance(value, str) and value:
		cell.value = writable(value)
		cell.data_type = "s"  # not "f" or "e", which openpyxl makes of "=…" and "#N/A"
