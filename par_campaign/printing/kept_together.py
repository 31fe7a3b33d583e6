"""Which rows of a table stay on one page with the row below; one rule for both renderers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from par_campaign.printing.content import Row, RowStyle, Table
from par_campaign.printing.spans import PlacedCell, place, spans

LONG_ROW = 900  # characters in a cell: such a row may be broken over pages, shorter ones stay whole
# A table of no more rows and text (by the longest cell of each row) is not broken at all. A larger one, moved to the
# next page as a whole, would leave a page empty below its title.
SMALL_TABLE, SMALL_TEXT = 8, 240

_OPENING = (RowStyle.GROUP, RowStyle.STRONG)
_CLOSING = (RowStyle.TOTAL, RowStyle.DETAIL)


def is_long(cells: Sequence[PlacedCell]) -> bool:
	"""Whether a row may be broken over pages."""
	return _longest(cells) > LONG_ROW


def _longest(cells: Sequence[PlacedCell]) -> int:
	return max(sum(len(span.text) for span in spans(cell.text)) for cell in cells)


def is_whole(table: Table) -> bool:
	"""Whether a table is small enough not to be broken at all."""
	if len(table.rows) > SMALL_TABLE:
		return False
	return sum(_longest(place(table, row)) for row in table.rows) <= SMALL_TEXT


def held_rows(table: Table) -> Iterator[tuple[Row, tuple[PlacedCell, ...], bool]]:
	"""Each row with its cells, and whether it stays with the row below.

	A row that opens a part stays with the first row of it, a sum or a detail with the row it belongs to. A row
	that may be broken itself is never held: it could fill a page.
	"""
	whole = is_whole(table)
	for row, below in zip_longest(table.rows, table.rows[1:]):
		cells = place(table, row)
		yield row, cells, below is not None and not is_long(cells) and (whole or _belong(row, below))


def _belong(row: Row, below: Row) -> bool:
	return row.style in _OPENING or below.style in _CLOSING
