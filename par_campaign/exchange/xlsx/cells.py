"""The cells of a worksheet, row by row as they come out of the file, or as a whole sheet."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.errors import WorkbookError, refuse
from par_campaign.exchange.xlsx.limits import Limits
from par_campaign.exchange.xlsx.package import Package
from par_campaign.exchange.xlsx.structure import SheetEntry, Structure
from par_campaign.exchange.xlsx.xmlstream import Elements, stream
from par_campaign.scoring.messages import _

Value = str | Decimal | bool | None

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INTEGER = re.compile(r"[0-9]{1,9}\Z")
_DDE = re.compile(r"\|[^!]*!|\bDDE(?:AUTO)?\b|\[[^\]]+\.xl\w*\]|\[\d+\]", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
	"""A cell with something in it.

	Numbers are the decimal that Excel shows (17 binary digits cut back to the shortest), `form`
	says how they are shown: "" as they are, "date" (serial), "percent" (0.5 is 50 %). An Excel
	error (#N/A …) is its text with form "error". `formula` is the formula's text, its cached result
	is the value. `copied` marks the cells of a merged area other than its first, `disguised` those whose
	number format may show something else than the value.
	"""

	row: int
	column: int
	value: Value
	form: str = ""
	formula: str = ""
	copied: bool = False
	disguised: bool = False

	@property
	def address(self) -> str:
		"""Like "C12"."""
		return address(self.row, self.column)


@dataclass(slots=True)
class Row:
	"""A row with something in it."""

	number: int
	hidden: bool
	cells: list[Cell]


@dataclass
class Sheet:
	"""A worksheet in memory, its merged areas resolved: each of their cells shows the first one's content."""

	name: str
	state: str
	rows: list[Row] = field(default_factory=list)
	merges: list[tuple[int, int, int, int]] = field(
		default_factory=list
	)  # row, column, last row, last column
	hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def column_letters(column: int) -> str:
	"""1 is A, 27 is AA."""
	letters = ""
	while column:
		column, digit = divmod(column - 1, 26)
		letters = chr(65 + digit) + letters
	return letters


def address(row: int, column: int) -> str:
	"""Row and column, counted from 1, as "C12"."""
	return f"{column_letters(column)}{row}"


def parse_address(text: str) -> tuple[int, int] | None:
	"""Row and column of "C12", None if it is not a cell of a worksheet."""
	match = _REFERENCE.match(text)
	if not match:
		return None
	column = 0
	for letter in match[1]:
		column = column * 26 + ord(letter) - 64
	row = int(match[2])
	return (row, column) if row <= limits.SHEET_ROWS and column <= limits.SHEET_COLUMNS else None


def values_of(row: Row) -> list[Value]:
	"""A row's values by column up to the last filled one. A formula or an error counts as its text."""
	values: list[Value] = [None] * row.cells[-1].column
	for cell in row.cells:
		error = f"={cell.value}" if cell.form == "error" else cell.value
		values[cell.column - 1] = cell.formula or error
	return values


class CellBudget:
	"""How many cells, and characters in them, may still be read from a workbook, all sheets together."""

	def __init__(self, bounds: Limits):
		self._bounds = bounds
		self._cells = bounds.cells
		self._chars = bounds.cell_chars

	def take(self, sheet: str, count: int, chars: int = 0) -> None:
		"""Count cells with so many characters; WorkbookError when there are too many."""
		self._cells -= count
		self._chars -= chars
		if self._cells < 0:
			raise refuse(_("The workbook has more than {0} filled cells").format(self._bounds.cells), sheet)
		if self._chars < 0:
			raise refuse(_("The workbook has more text than can be read"), sheet)


def _chars(cells: list[Cell]) -> int:
	return sum(len(cell.value) for cell in cells if isinstance(cell.value, str))


class _SheetHandler(Elements):
	"""Turns a worksheet's XML into rows. The stated dimension is never looked at."""

	def __init__(self, entry: SheetEntry, structure: Structure, bounds: Limits, budget: CellBudget):
		super().__init__()
		self.sheet = entry.name
		self.structure = structure
		self.bounds = bounds
		self.budget = budget
		self.ready: list[Row] = []
		self.filled_rows = 0
		self.row_number = 0
		self.row: Row | None = None
		self.column = 0
		self.cell: dict[str, str] | None = None
		self.merges: list[tuple[int, int, int, int]] = []
		self.hidden_columns: list[tuple[int, int]] = []

	def start(self, name: str, attributes: dict[str, str]) -> None:
		if name == "c" and self.row is not None and len(self.path) == 4:
			self._start_cell(attributes)
		elif self.cell is not None:
			self._start_content(name, self.cell)
		elif name == "row" and self.path[1:] == ["sheetData", "row"]:
			self._start_row(attributes)
		elif name == "mergeCell":
			self._merge(attributes.get("ref", ""))
		elif name == "col" and (_true(attributes.get("hidden")) or _flat(attributes.get("width"))):
			self._hidden_column(attributes)

	def end(self, name: str) -> None:
		if name == "c" and len(self.path) == 4:
			self._end_cell()
		elif self.cell is not None and self.text is not None and name in ("v", "f", "t"):
			self.cell[name] = self.cell.get(name, "") + self.gathered()
		elif name == "row" and len(self.path) == 3:
			self._end_row()

	def too_long(self) -> WorkbookError:
		message = _("A text in the workbook is longer than a cell may hold")
		return refuse(message, self.sheet, address(self.row_number, max(self.column, 1)))

	def _start_row(self, attributes: dict[str, str]) -> None:
		stated = attributes.get("r")
		number = self.row_number + 1 if stated is None else _integer(stated)
		if number is None or not self.row_number < number <= limits.SHEET_ROWS:
			message = _("The workbook is damaged: row {0} does not follow row {1}")
			raise refuse(message.format(stated if number is None else number, self.row_number), self.sheet)
		self.row_number = number
		self.row = Row(number, _true(attributes.get("hidden")) or _flat(attributes.get("ht")), [])
		self.column = 0

	def _end_row(self) -> None:
		row, self.row = self.row, None
		if row is None or not row.cells:
			return
		self.filled_rows += 1
		if self.filled_rows > self.bounds.rows:
			raise refuse(_("The sheet has more than {0} rows").format(self.bounds.rows), self.sheet)
		self.budget.take(self.sheet, len(row.cells), _chars(row.cells))
		self.ready.append(row)

	def _start_cell(self, attributes: dict[str, str]) -> None:
		stated = attributes.get("r")
		place = (self.row_number, self.column + 1) if stated is None else parse_address(stated)
		if place is None or place[0] != self.row_number or place[1] <= self.column:
			message = _("The workbook is damaged: a cell is there twice or out of order")
			raise refuse(message, self.sheet, stated or "")
		self.column = place[1]
		self.cell = {"type": attributes.get("t", "n"), "style": attributes.get("s", "")}

	def _start_content(self, name: str, cell: dict[str, str]) -> None:
		if name in ("v", "t") and "rPh" not in self.path:
			self.gather(limits.CELL_TEXT - len(cell.get(name, "")))
		elif name == "f":
			cell.setdefault("f", "=")
			self.gather(limits.CELL_TEXT)

	def _end_cell(self) -> None:
		raw, self.cell = self.cell, None
		if raw is None or self.row is None:
			return
		value, form = self._value(raw)
		formula = raw.get("f", "")
		if formula and _DDE.search(formula):
			message = _("The formula calls another program or file")
			raise refuse(message, self.sheet, address(self.row_number, self.column))
		if value is None and not formula:
			return
		if self.column > self.bounds.columns:
			message = _("The sheet has more than {0} columns").format(self.bounds.columns)
			raise refuse(message, self.sheet, address(self.row_number, self.column))
		cell = Cell(self.row_number, self.column, value, form, formula)
		cell.disguised = self._is_disguised(raw["style"])
		self.row.cells.append(cell)

	def _value(self, raw: dict[str, str]) -> tuple[Value, str]:
		kind = raw["type"]
		text = raw.get("t" if kind == "inlineStr" else "v")
		if text is None or (text == "" and kind != "inlineStr"):
			return None, ""
		if kind == "n":
			return self._number(text), self._form(raw["style"])
		if kind == "s":
			return unescape(self._shared(text)) or None, ""
		if kind == "b":
			return text.strip() in ("1", "true"), ""
		if kind == "e":
			return text, "error"
		if kind == "d":
			return text, "date"
		if kind in ("str", "inlineStr"):
			return unescape(text) or None, ""
		raise self._damaged()

	def _damaged(self) -> WorkbookError:
		message = _("The workbook is damaged: the cell's content does not fit its type")
		return refuse(message, self.sheet, address(self.row_number, self.column))

	def _number(self, text: str) -> Decimal:
		text = text.strip()
		if len(text) > 400 or not _NUMBER.match(text):
			raise self._damaged()
		number = float(text)
		if not math.isfinite(number):
			raise self._damaged()
		return exact(number)

	def _shared(self, text: str) -> str:
		index = _integer(text.strip())
		if index is None or index >= len(self.structure.strings):
			raise self._damaged()
		return self.structure.strings[index]

	def _form(self, style: str) -> str:
		index = _integer(style) if style else 0
		if index is None or index >= max(len(self.structure.formats), 1):
			raise self._damaged()
		return self.structure.formats[index] if self.structure.formats else ""

	def _is_disguised(self, style: str) -> bool:
		index = _integer(style) if style else 0
		disguises = self.structure.disguises
		return index is not None and index < len(disguises) and disguises[index]

	def _merge(self, reference: str) -> None:
		first, _colon, last = reference.partition(":")
		corner, opposite = parse_address(first), parse_address(last or first)
		if corner is None or opposite is None or corner[0] > opposite[0] or corner[1] > opposite[1]:
			raise refuse(_("The workbook is damaged: bad merged area {0}").format(reference[:30]), self.sheet)
		if len(self.merges) >= self.bounds.merges:
			raise refuse(_("The sheet has more than {0} merged areas").format(self.bounds.merges), self.sheet)
		self.merges.append((*corner, *opposite))

	def _hidden_column(self, attributes: dict[str, str]) -> None:
		first, last = _integer(attributes.get("min", "")), _integer(attributes.get("max", ""))
		if first and last and len(self.hidden_columns) < limits.SHEET_COLUMNS:
			self.hidden_columns.append((first, last))


def exact(number: float) -> Decimal:
	"""The shortest decimal that is this floating-point number: 94.569999999999993 is 94.57."""
	return Decimal(repr(float(number)).removesuffix(".0"))


def unescape(text: str) -> str:
	"""Characters that XML cannot hold are written _x000D_ in .xlsx (ECMA-376 part 1, 22.9.2.19)."""
	return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
	code = int(match[1], 16)
	return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # half a character cannot be encoded


def _true(text: str | None) -> bool:
	return text is not None and text.lower() in ("1", "true", "on")


def _flat(size: str | None) -> bool:
	"""A height or width of next to nothing hides as well."""
	return size is not None and bool(_NUMBER.match(size)) and float(size) < 1


def _integer(text: str) -> int | None:
	return int(text) if _INTEGER.match(text) else None


def stream_rows(
	package: Package, entry: SheetEntry, structure: Structure, budget: CellBudget
) -> Iterator[Row]:
	"""The sheet's filled rows, in constant memory. Merged areas are not resolved here."""
	handler = _SheetHandler(entry, structure, package.bounds, budget)
	yield from _rows(package, entry, handler)


def hidden_columns(
	package: Package, entry: SheetEntry, structure: Structure, budget: CellBudget
) -> list[tuple[int, int]]:
	"""First and last of each run of hidden columns; they stand before the sheet's first row."""
	handler = _SheetHandler(entry, structure, package.bounds, budget)
	next(_rows(package, entry, handler), None)
	return handler.hidden_columns


def _rows(package: Package, entry: SheetEntry, handler: _SheetHandler) -> Iterator[Row]:
	for _step in stream(entry.part, package.chunks(entry.part), handler, entry.name):
		ready, handler.ready = handler.ready, []
		yield from ready


def load_sheet(package: Package, entry: SheetEntry, structure: Structure, budget: CellBudget) -> Sheet:
	"""The whole sheet in memory, merged areas resolved."""
	handler = _SheetHandler(entry, structure, package.bounds, budget)
	rows = list(_rows(package, entry, handler))
	sheet = Sheet(entry.name, entry.state, rows, handler.merges, handler.hidden_columns)
	_resolve_merges(sheet, budget)
	return sheet


def _resolve_merges(sheet: Sheet, budget: CellBudget) -> None:
	"""Show the first cell's content in every cell of its merged area, within rows and columns in use."""
	rows = {row.number: row for row in sheet.rows}
	numbers = [row.number for row in sheet.rows]
	widest = max((row.cells[-1].column for row in sheet.rows), default=0)
	for top, left, bottom, right in sheet.merges:
		first = next((c for c in rows[top].cells if c.column == left), None) if top in rows else None
		if first is None:
			continue
		last_column = min(right, max(widest, left))
		covered = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
		budget.take(sheet.name, len(covered))
		for number in covered:
			_fill(rows[number], first, left, last_column, sheet, budget)


def _fill(row: Row, first: Cell, left: int, right: int, sheet: Sheet, budget: CellBudget) -> None:
	kept = [cell for cell in row.cells if not left <= cell.column <= right or cell is first]
	present = {cell.column for cell in kept}
	copies = [
		Cell(row.number, column, first.value, first.form, first.formula, copied=True)
		for column in range(left, right + 1)
		if column not in present
	]
	budget.take(sheet.name, len(copies), _chars(copies))
	row.cells = sorted(kept + copies, key=lambda cell: cell.column)
