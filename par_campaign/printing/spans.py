"""What both renderers work out of a document's model: spans, column shares, punctuation of lists."""

from __future__ import annotations

from dataclasses import dataclass

from par_campaign.printing.content import Align, Cell, Document, Row, Span, Table, Text


def spans(text: Text) -> tuple[Span, ...]:
	"""A text as spans."""
	if isinstance(text, str):
		return (Span(text),)
	if isinstance(text, Span):
		return (text,)
	return tuple(part if isinstance(part, Span) else Span(part) for part in text)


def shares(table: Table) -> list[float]:
	"""Widths of the columns in percent of the table."""
	total = sum(column.width for column in table.columns)
	return [round(column.width * 100 / total, 3) for column in table.columns]


@dataclass(frozen=True)
class PlacedCell:
	"""A cell with its alignment and the columns it covers."""

	text: Text
	align: Align
	columns: int
	start: int


def place(table: Table, row: Row) -> tuple[PlacedCell, ...]:
	"""The cells of a row on the table's columns. A single cell covers the whole row."""
	count = len(table.columns)
	placed: list[PlacedCell] = []
	start = 0
	for cell in row.cells:
		own = cell if isinstance(cell, Cell) else Cell(cell)
		columns = count if len(row.cells) == 1 else own.columns
		align = own.align or (Align.LEFT if columns > 1 else table.columns[min(start, count - 1)].align)
		placed.append(PlacedCell(own.text, align, columns, start))
		start += columns
	if start != count:
		raise ValueError(f"a row covers {start} of {count} columns: {row.cells!r}")
	return tuple(placed)


_OPENINGS = ("căn cứ", "theo", "xét", "thực hiện", "trên cơ sở")


def basis(text: str, last: bool) -> str:
	"""A căn cứ: begins with "Căn cứ" unless it has an opening of its own; ends with ";", the last "."."""
	opened = text if text.casefold().startswith(_OPENINGS) else f"Căn cứ {text}"
	return listed(opened, last)


def listed(text: str, last: bool) -> str:
	"""A line of a list of addressees: ";", the last "."."""
	return text.rstrip(" ;.,") + ("." if last else ";")


def recipient_lines(document: Document) -> list[str]:
	"""The lines of Nơi nhận, the last one being what is kept: "Lưu: VT, …"."""
	lines = [listed(line, last=False) for line in document.recipients]
	if document.archive:
		return [*lines, f"Lưu: {document.archive.rstrip(' .')}."]
	return [*lines[:-1], listed(lines[-1], last=True)] if lines else []


def roman(number: int) -> str:
	"""A positive number in Roman numerals."""
	result = ""
	for value, digits in _ROMAN:
		result += digits * (number // value)
		number %= value
	return result


_ROMAN = (
	(1000, "M"),
	(900, "CM"),
	(500, "D"),
	(400, "CD"),
	(100, "C"),
	(90, "XC"),
	(50, "L"),
	(40, "XL"),
	(10, "X"),
	(9, "IX"),
	(5, "V"),
	(4, "IV"),
	(1, "I"),
)
