"""Heights of rows with wrapped text.

Excel works them out when it opens a file; LibreOffice and most viewers do not, and show a sentence's first
line with the next row over it. The estimate is a little generous: an empty line does no harm, a lost one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from par_campaign.exchange.xlsx.cells import Value

LINE = 15.75  # points of a line of Times New Roman 12
TALLEST = 409.0  # points, Excel's limit
_FILLED = 1.1  # characters for each of a column's width: Times New Roman is narrow
_FILLED_BOLD = 0.9


class GrowingRow(RowDimension):  # type: ignore[misc]  # openpyxl says nothing of its types
	"""A row whose height is where it begins: it grows with what is typed. openpyxl fixes every height it writes."""

	customHeight = False


def grow(sheet: Worksheet, number: int, height: float | None, outline: int = 0) -> None:
	"""Give a row that people type into its first height, and its outline level."""
	sheet.row_dimensions[number] = GrowingRow(sheet, index=number, ht=height, outlineLevel=outline)


def height_of(cells: Iterable[tuple[Value, float]], bold: bool = False) -> float | None:
	"""Points a row needs for its cells (value, width of the column); None where one line is enough."""
	most = max((_lines(value, width, bold) for value, width in cells if isinstance(value, str)), default=1)
	return min(most * LINE, TALLEST) if most > 1 else None


def _lines(text: str, width: float, bold: bool) -> int:
	room = width * (_FILLED_BOLD if bold else _FILLED)
	if len(text) <= room and "\n" not in text:
		return 1
	return sum(max(1, ceil(len(part) / room)) for part in text.splitlines() or [""])
