"""Reading a results workbook's records back, each value exactly as it was put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.cells import Cell, Row, address
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.tables import FIRST_ROW, KEYS_ROW, Column, fits_number
from par_campaign.exchange.xlsx.text import restore
from par_campaign.scoring import labels
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.messages import _

Choice = TypeVar("Choice", bound=Enum)

_APOSTROPHES = {"'"}


def optional_text(text: str | None) -> str | None:
	"""An entry for a text that may be missing; an empty one is written as an apostrophe."""
	return "'" + text if text is not None and set(text) <= _APOSTROPHES else text


class Record:
	"""One row of a table. Faults are collected in the reader; a faulty value reads as its kind's blank."""

	def __init__(self, reader: RecordReader, row: Row):
		self._reader = reader
		self.row = row.number
		width = reader.width
		self._cells = {cell.column: cell for cell in row.cells if cell.column <= width}
		self._rest = self._behind([cell for cell in row.cells if cell.column > width])

	def fault(self, key: str, message: str) -> None:
		"""Note a fault in this row's cell of that column."""
		column = self._reader.columns.get(key, 1)
		self._reader.fault(Fault(self._reader.sheet, address(self.row, column), message))

	def _cell(self, key: str) -> Cell | None:
		column = self._reader.columns.get(key)
		cell = self._cells.get(column) if column else None
		if cell is not None and (cell.formula or cell.form == "error"):
			self.fault(key, _("The cell holds a formula where the export has a value"))
			return None
		return cell

	def _behind(self, cells: list[Cell]) -> dict[str, str]:
		"""Text that went on behind the last column, by column key."""
		rest: dict[str, str] = {}
		for key, piece in zip(cells[::2], cells[1::2], strict=False):
			of, text = key.value, piece.value
			if not isinstance(of, str) or of not in self._reader.columns or not isinstance(text, str):
				self._reader.fault(Fault(self._reader.sheet, key.address, _("There is a cell too many")))
				return rest
			rest[of] = rest.get(of, "") + restore(text)
		if len(cells) % 2:
			self._reader.fault(Fault(self._reader.sheet, cells[-1].address, _("There is a cell too many")))
		return rest

	def optional_text(self, key: str) -> str | None:
		"""The text, None where the export had none."""
		text = self.text(key)
		if not text:
			return None
		return text[1:] if set(text) <= _APOSTROPHES else text

	def text(self, key: str) -> str:
		"""The text, empty for an empty cell."""
		cell = self._cell(key)
		if cell is None:
			return ""
		if not isinstance(cell.value, str):
			self.fault(key, _("The cell must hold a text"))
			return ""
		return restore(cell.value) + self._rest.get(key, "")

	def day(self, key: str) -> date | None:
		"""A day written as 2026-01-15; None for an empty cell."""
		text = self.text(key)
		try:
			return date.fromisoformat(text) if text else None
		except ValueError:
			self.fault(key, _("The cell must hold a date like 2026-01-15"))
			return None

	def optional_number(self, key: str) -> Decimal | None:
		"""The number, None for an empty cell."""
		cell = self._cell(key)
		if cell is None:
			return None
		number = _number(cell.value)
		if number is None:
			self.fault(key, _("The cell must hold a number"))
		return number

	def number(self, key: str) -> Decimal:
		"""The number; an empty cell is a fault."""
		number = self.optional_number(key)
		if number is None and not self._present(key):
			self.fault(key, _("The cell must hold a number"))
		return Decimal(0) if number is None else number

	def optional_integer(self, key: str) -> int | None:
		"""The whole number, None for an empty cell."""
		number = self.optional_number(key)
		if number is not None and (number != number.to_integral_value() or abs(number) > limits.SHEET_ROWS):
			self.fault(key, _("The cell must hold a whole number"))
			return None
		return None if number is None else int(number)

	def integer(self, key: str) -> int:
		"""The whole number; an empty cell is a fault."""
		number = self.optional_integer(key)
		if number is None and not self._present(key):
			self.fault(key, _("The cell must hold a number"))
		return number or 0

	def natural(self, key: str) -> int:
		"""The whole number, not less than 0; an empty cell is a fault."""
		number = self.integer(key)
		if number < 0:
			self.fault(key, _("The number must not be less than 0"))
		return max(number, 0)

	def filled(self, key: str) -> bool:
		"""Whether the cell holds a text; an empty one is a fault."""
		if self.text(key):
			return True
		self.fault(key, _("The cell must not be empty"))
		return False

	def optional_flag(self, key: str) -> bool | None:
		"""Có or Không, None for an empty cell."""
		text = self.text(key)
		if text not in ("", YES_WORD, NO_WORD):
			self.fault(key, _("The cell must hold {0} or {1}").format(YES_WORD, NO_WORD))
		return None if not text else text == YES_WORD

	def flag(self, key: str) -> bool:
		"""Có or Không; an empty cell is a fault."""
		value = self.optional_flag(key)
		if value is None and not self._present(key):
			self.fault(key, _("The cell must hold {0} or {1}").format(YES_WORD, NO_WORD))
		return bool(value)

	def choice(self, key: str, kind: type[Choice]) -> Choice:
		"""One of a kind's words; anything else is a fault."""
		text = self.text(key)
		found = next((member for member in kind if labels.word(member) == text), None)
		if found is None:
			self.fault(key, _("The cell must hold one of: {0}").format(", ".join(labels.words(kind))))
		return found or next(iter(kind))

	def _present(self, key: str) -> bool:
		return self._reader.columns.get(key) in self._cells


def _number(value: object) -> Decimal | None:
	"""A number from a numeric cell, or from a text where a numeric cell could not hold it."""
	if isinstance(value, Decimal):
		return value
	if not isinstance(value, str):
		return None
	try:
		number = Decimal(restore(value))
	except InvalidOperation:
		return None
	# The text form is only for what does not fit: "5" as a text is an edit, not an export.
	return number if number.is_finite() and not fits_number(number) else None


class RecordReader:
	"""Records of one sheet. `faults` is shared by the sheets of a workbook."""

	def __init__(self, sheet: str, expected: Iterable[Column], rows: Iterable[Row], faults: list[Fault]):
		self.sheet = sheet
		self._expected = [column.key for column in expected]
		self._rows = iter(rows)
		self.faults = faults
		self.columns: dict[str, int] = {}
		self.width = 0

	def fault(self, fault: Fault) -> None:
		"""Note a fault; beyond the limit they are dropped."""
		if len(self.faults) < limits.FAULTS:
			self.faults.append(fault)

	def __iter__(self) -> Iterator[Record]:
		"""The records in order. WorkbookError if the row of keys is missing or lacks one."""
		self._read_keys()
		for row in self._rows:
			if row.number >= FIRST_ROW:
				yield Record(self, row)

	def _read_keys(self) -> None:
		row = next(self._rows, None)
		if row is None or row.number != KEYS_ROW:
			raise refuse(_("The sheet's first row of column keys is missing"), self.sheet, "A1")
		for cell in row.cells:
			if isinstance(cell.value, str):
				self.columns.setdefault(cell.value, cell.column)
		if missing := [key for key in self._expected if key not in self.columns]:
			other = next((cell.address for cell in row.cells if cell.value not in self._expected), "")
			raise refuse(_("The column {0} is missing").format(", ".join(missing)), self.sheet, other)
		self.width = row.cells[-1].column
