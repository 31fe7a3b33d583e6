"""Finding a table in a sheet that people made: where its heading is and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from par_campaign.exchange.xlsx.cells import Cell, Row, Sheet, address
from par_campaign.exchange.xlsx.errors import Fault
from par_campaign.exchange.xlsx.limits import FAULTS
from par_campaign.exchange.xlsx.text import restore
from par_campaign.exchange.xlsx.values import CellError, fold
from par_campaign.scoring.messages import _

# A heading stands below the letterhead and title, never further down than this.
_SEARCHED_ROWS = 60
_LONGEST_LABEL = 500


@dataclass(frozen=True)
class Heading:
	"""A column to be found: its heading matches `pattern` as a whole (folded: lower case, single spaces)."""

	key: str
	pattern: str
	required: bool = False


@dataclass(frozen=True)
class Header:
	"""Where the table begins (first row of data) and in which column each key stands."""

	first_row: int
	columns: dict[str, int]
	headings: Sequence[Heading] = ()

	def is_repeated_by(self, row: Row) -> bool:
		"""Whether a row further down says the heading again, as a table over several pages does."""
		again = _match(row, self.headings)
		needed = {heading.key for heading in self.headings if heading.required} or set(self.columns)
		return len(needed) > 1 and all(again.get(key) == self.columns[key] for key in needed)


def find_header(sheet: Sheet, headings: Sequence[Heading], one_of: Collection[str] = ()) -> Header | None:
	"""The first row that has all required headings, and one of `one_of` if given.

	Its columns may be divided in the rows below, into which heading cells are then merged down.
	"""
	for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
		columns = _match(row, headings)
		if one_of and not columns.keys() & set(one_of):
			continue
		if all(heading.key in columns for heading in headings if heading.required):
			end = at + 1
			while end < len(sheet.rows) and _continues(sheet.rows[end], row):
				columns = _match(sheet.rows[end], headings) | columns
				end += 1
			if end < len(sheet.rows) and _numbers_columns(sheet.rows[end]):
				end += 1
			return Header(
				sheet.rows[end].number if end < len(sheet.rows) else row.number + 1, columns, headings
			)
	return None


def _match(row: Row, headings: Sequence[Heading]) -> dict[str, int]:
	columns: dict[str, int] = {}
	for cell in row.cells:
		text = cell.value if isinstance(cell.value, str) else ""
		label = fold(restore(text)) if len(text) <= _LONGEST_LABEL else ""
		for heading in headings:
			if heading.key not in columns and re.fullmatch(heading.pattern, label):
				columns[heading.key] = cell.column
				break
	return columns


def _continues(row: Row, heading_row: Row) -> bool:
	"""Whether the row is the lower part of the heading: a heading cell is merged down into it."""
	above = {cell.column: cell.value for cell in heading_row.cells if isinstance(cell.value, str)}
	return any(cell.copied and above.get(cell.column) == cell.value for cell in row.cells)


def _numbers_columns(row: Row) -> bool:
	"""Whether the row numbers the columns, like (1) (2) (3)."""
	texts = [str(cell.value).strip("() ") for cell in row.cells]
	return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


Read = TypeVar("Read")  # what a cell is read as


class TableRow:
	"""A row of the found table; reading a cell collects its fault instead of raising."""

	def __init__(self, table: FoundTable, row: Row):
		self._table = table
		self.number = row.number
		self.hidden = row.hidden
		self._cells = {cell.column: cell for cell in row.cells}

	def cell(self, key: str) -> Cell | None:
		"""The cell in that column, None if there is none or it only shows a title spread over columns."""
		column = self._table.header.columns.get(key)
		cell = self._cells.get(column) if column else None
		if cell is not None and cell.copied:
			left = self._cells.get(cell.column - 1)
			if left is not None and left.value == cell.value:
				return None
		return cell

	def own(self, key: str) -> Cell | None:
		"""The cell in that column, None if it is merged down from a row above."""
		cell = self.cell(key)
		return None if cell is None or cell.copied else cell

	def address(self, key: str) -> str:
		"""Address of the cell in that column (of column A where the table has no such column)."""
		return address(self.number, self._table.header.columns.get(key, 1))

	def read(self, key: str, reader: Callable[[Cell | None], Read], blank: Read) -> Read:
		"""The cell by one of the readers of `values`; `blank` for a faulty cell."""
		cell = self.cell(key)
		try:
			value = reader(cell)
		except CellError as error:
			self.fault(key, str(error))
			return blank
		if cell is not None and cell.formula:
			message = _("The cell holds a formula; its last calculated value {0} is taken")
			self.remark(key, message.format(cell.value))
		return value

	def fault(self, key: str, message: str) -> None:
		"""Note a fault in that column's cell."""
		self._table.fault(Fault(self._table.sheet.name, self.address(key), message))

	def remark(self, key: str, message: str) -> None:
		"""Note something to be looked at that does not forbid the import."""
		self._table.remarks.append(Fault(self._table.sheet.name, self.address(key), message))


class FoundTable:
	"""A table in a sheet, with the faults and remarks met while reading it."""

	def __init__(self, sheet: Sheet, header: Header):
		self.sheet = sheet
		self.header = header
		self.faults: list[Fault] = []
		self.remarks: list[Fault] = []

	def fault(self, fault: Fault) -> None:
		"""Note a fault; beyond the limit they are dropped."""
		if len(self.faults) < FAULTS:
			self.faults.append(fault)

	def rows(self) -> Iterator[TableRow]:
		"""Rows with something in one of the table's columns, from the first below the heading.

		A heading said again, on the next page of a printed table, is left out.
		"""
		columns = set(self.header.columns.values())
		again: Row | None = None  # the repeated heading whose lower part may follow
		for row in self.sheet.rows:
			if row.number < self.header.first_row or not any(cell.column in columns for cell in row.cells):
				continue
			if self.header.is_repeated_by(row):
				again = row
			elif again is None or not (_continues(row, again) or _numbers_columns(row)):
				again = None
				yield TableRow(self, row)
