"""Comparing a workbook's cells with the marks written beside them at export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from typing import TypeGuard

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.book import MARKS_SHEET, marks_table
from par_campaign.exchange.xlsx.cells import Row, Value, address, values_of
from par_campaign.exchange.xlsx.errors import Fault
from par_campaign.exchange.xlsx.fingerprint import EMPTY_CELL, SheetMark, book_mark, row_mark, row_marks
from par_campaign.exchange.xlsx.safe import SafeWorkbook
from par_campaign.exchange.xlsx.structure import SheetEntry
from par_campaign.exchange.xlsx.tables import FIRST_ROW
from par_campaign.scoring.messages import _

_SHEET, _ROW, _MARK, _CELLS = range(4)


@dataclass
class _Marks:
	"""What the sheet of marks states. Each mark comes with its own row on that sheet."""

	rows: dict[str, dict[int, tuple[int, str, str]]] = field(default_factory=dict)
	sheets: dict[str, tuple[int, str]] = field(default_factory=dict)
	book: tuple[int, str] = (0, "")
	faults: list[Fault] = field(default_factory=list)


def compare_marks(book: SafeWorkbook) -> Iterator[Fault]:
	"""Every cell, row or sheet that is not as it was exported."""
	entry = book.find(MARKS_SHEET)
	if entry is None:
		yield Fault(MARKS_SHEET, "", _("The sheet is missing"))
		return
	marks = _read_marks(book, entry)
	yield from marks.faults
	seen = []
	for other in book.sheets:
		if other.name == MARKS_SHEET:
			continue
		if other.name not in marks.sheets:
			yield Fault(other.name, "", _("The sheet is not one of the export"))
			continue
		mark, faults = _compare_sheet(book, other, marks)
		seen.append((other.name, mark))
		yield from faults
	for name in sorted(marks.sheets.keys() - {name for name, _mark in seen}):
		yield Fault(name, "", _("The sheet is missing"))
	for name in sorted(marks.rows.keys() - marks.sheets.keys()):
		yield from (_changed(MARKS_SHEET, number, _SHEET + 1) for number, *_rest in marks.rows[name].values())
	yield from _compare_book(marks, seen)


def _read_marks(book: SafeWorkbook, entry: SheetEntry) -> _Marks:
	marks = _Marks()
	head = dict(enumerate(marks_table().head(), 1))
	for row in book.rows(entry):
		if row.number >= FIRST_ROW:
			_take(marks, row.number, values_of(row))
		elif head.get(row.number) == values_of(row):
			del head[row.number]
	marks.faults += [_changed(MARKS_SHEET, number, 1) for number in head]
	return marks


def _take(marks: _Marks, number: int, values: list[Value]) -> None:
	name, at, mark, cells = (*values, None, None, None, None)[:4]
	surplus = next((column for column, value in enumerate(values, 1) if column > 4 and value is not None), 0)
	if surplus or not (_is_text(name) and _is_text(mark) and _is_text(cells) and mark):
		marks.faults.append(_changed(MARKS_SHEET, number, surplus or 1))
	elif (
		isinstance(at, Decimal) and at == at.to_integral_value() and at not in marks.rows.get(name or "", {})
	):
		marks.rows.setdefault(name or "", {})[int(at)] = (number, mark, cells or "")
	elif at is not None or cells or name in marks.sheets:
		marks.faults.append(_changed(MARKS_SHEET, number, 1))
	elif name:
		marks.sheets[name] = (number, mark)
	else:
		marks.book = (number, mark)


def _is_text(value: Value) -> TypeGuard[str | None]:
	"""Whether a cell holds a text or nothing."""
	return value is None or isinstance(value, str)


def _changed(sheet: str, row: int, column: int) -> Fault:
	return Fault(sheet, address(row, column), _("Changed after export"))


def _compare_sheet(book: SafeWorkbook, entry: SheetEntry, marks: _Marks) -> tuple[str, list[Fault]]:
	"""The sheet's mark as it is, and what was changed.

	If the sheet as a whole is as its own mark says, a row that disagrees with its mark was not
	changed: its mark was.
	"""
	stated = marks.rows.get(entry.name, {})
	whole = SheetMark()
	on_sheet: list[Fault] = []
	on_marks: list[Fault] = []
	seen = set()
	for row in book.rows(entry):
		values = values_of(row)
		mark = row_mark(values)
		whole.add(row.number, mark)
		seen.add(row.number)
		known = stated.get(row.number)
		if (known is None or known[1:] != (mark, row_marks(values))) and len(on_sheet) < limits.FAULTS:
			on_sheet += _compare_row(entry.name, row, values, known)
			on_marks += _compare_mark(known, mark)
	for number in sorted(stated.keys() - seen)[: limits.FAULTS]:
		on_sheet.append(Fault(entry.name, address(number, 1), _("The row was removed after export")))
		on_marks.append(_changed(MARKS_SHEET, stated[number][0], _ROW + 1))
	at, mark = marks.sheets[entry.name]
	if whole.value() == mark:
		return mark, on_marks
	return whole.value(), on_sheet or [_changed(MARKS_SHEET, at, _MARK + 1)]


def _compare_row(
	sheet: str, row: Row, values: list[Value], known: tuple[int, str, str] | None
) -> Iterator[Fault]:
	if known is None:
		yield Fault(sheet, row.cells[0].address, _("The row was added after export"))
		return
	pairs = zip_longest(known[2].split(" "), row_marks(values).split(" "), fillvalue=EMPTY_CELL)
	columns = [column for column, (before, now) in enumerate(pairs, 1) if before != now]
	for column in columns or [1]:
		yield _changed(sheet, row.number, column)


def _compare_mark(known: tuple[int, str, str] | None, mark: str) -> Iterator[Fault]:
	if known is not None:
		yield _changed(MARKS_SHEET, known[0], (_CELLS if known[1] == mark else _MARK) + 1)


def _compare_book(marks: _Marks, seen: list[tuple[str, str]]) -> Iterator[Fault]:
	"""The last mark, looked at only where every sheet's mark is right."""
	number, mark = marks.book
	if not mark:  # its row has been made that of a sheet
		strange = marks.sheets.keys() - {name for name, _mark in seen}
		yield from (_changed(MARKS_SHEET, marks.sheets[name][0], _SHEET + 1) for name in sorted(strange))
	stated = [(name, marks.sheets[name][1]) for name, _mark in seen]
	if stated == seen and len(seen) == len(marks.sheets) and book_mark(seen) != mark:
		yield _changed(MARKS_SHEET, number or FIRST_ROW, _MARK + 1)
