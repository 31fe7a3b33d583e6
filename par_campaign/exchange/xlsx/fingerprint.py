"""Marks by which a changed cell, row or sheet of a results workbook is recognised.

They name what was changed after export, including what has no effect on any number. Whoever
recomputes them can hide a change from them, but not from the campaign's digest, which is printed
with the ranking: that one is compared with what the recount computes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from par_campaign.exchange.xlsx.cells import Value
from par_campaign.exchange.xlsx.tables import plain

# A row's mark: 128 bits. A cell's mark only says which cell of a changed row it was: 20 bits.
_ROW_DIGITS = 32
_CELL_DIGITS = 5
EMPTY_CELL = "."


def _spelled(value: Value) -> str:
	"""A value unmistakably as text; the number 5 and the text "5" differ."""
	if isinstance(value, bool):
		return f"b{int(value)}"
	if isinstance(value, Decimal):
		return f"n{plain(value)}"
	return f"s{value}" if value else ""


def _digest(text: str) -> str:
	return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cell_mark(value: Value) -> str:
	"""Mark of a cell."""
	spelled = _spelled(value)
	return _digest(spelled)[:_CELL_DIGITS] if spelled else EMPTY_CELL


def row_mark(values: Sequence[Value]) -> str:
	"""Mark of a row: of what its cells hold and in which columns."""
	spelled = ((at, _spelled(value)) for at, value in enumerate(values, 1))
	return _digest("".join(f"{at}:{len(text)}:{text};" for at, text in spelled if text))[:_ROW_DIGITS]


def row_marks(values: Sequence[Value]) -> str:
	"""The marks of a row's cells, in order up to the last filled one."""
	marks = [cell_mark(value) for value in values]
	while marks and marks[-1] == EMPTY_CELL:
		marks.pop()
	return " ".join(marks)


class SheetMark:
	"""Mark of a sheet, built up row by row."""

	def __init__(self) -> None:
		self._hash = hashlib.sha256()

	def add(self, number: int, mark: str) -> None:
		"""Take in a row's mark (rows in ascending order)."""
		self._hash.update(f"{number}:{mark};".encode())

	def value(self) -> str:
		"""The sheet's mark, 64 hexadecimal digits."""
		return self._hash.hexdigest()


def book_mark(sheets: Sequence[tuple[str, str]]) -> str:
	"""Mark of the whole workbook from its sheets' names and marks, in order."""
	return _digest("".join(f"{len(name)}:{name}:{mark};" for name, mark in sheets))
