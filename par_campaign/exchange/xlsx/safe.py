"""The one way this app opens a workbook that somebody else may have made.

	with open_workbook(upload) as book:
		sheet = book.load(book.sheets[0])

Before a cell is read the file has passed as a zip of bounded size without active content
(`package`), its XML is read without entities and with bounded memory (`xmlstream`), and rows,
columns and cells are counted as they come (`grid`); the bounds are in `limits`. Formulas are never
evaluated. Whoever calls this has checked the user's permission before.
"""

from __future__ import annotations

from collections.abc import Iterator

from par_campaign.exchange.xlsx.cells import CellBudget, Row, Sheet, hidden_columns, load_sheet, stream_rows
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.limits import UPLOAD, Limits
from par_campaign.exchange.xlsx.package import Package, Source, open_package
from par_campaign.exchange.xlsx.structure import SheetEntry, Structure, is_covered, read_structure
from par_campaign.scoring.messages import _


class SafeWorkbook:
	"""An opened workbook. Use as a context manager."""

	def __init__(self, package: Package, structure: Structure):
		self._package = package
		self._structure = structure
		self._budget = CellBudget(package.bounds)
		self.sheets = structure.sheets
		self.date1904 = structure.date1904

	def __enter__(self) -> SafeWorkbook:
		return self

	def __exit__(self, *_exc: object) -> None:
		self._package.__exit__()

	def find(self, name: str) -> SheetEntry | None:
		"""The sheet of that name, None if there is none."""
		return next((entry for entry in self.sheets if entry.name == name), None)

	def load(self, entry: SheetEntry) -> Sheet:
		"""A sheet in memory, merged areas resolved. WorkbookError beyond a limit."""
		return load_sheet(self._package, entry, self._structure, self._budget)

	def is_covered(self) -> bool:
		"""Whether pictures, shapes or comments lie over cells, or rules change their number formats."""
		return is_covered(self._package, self._structure)

	def hidden_columns(self, entry: SheetEntry) -> list[tuple[int, int]]:
		"""First and last of each run of a sheet's hidden columns."""
		return hidden_columns(self._package, entry, self._structure, self._budget)

	def rows(self, entry: SheetEntry) -> Iterator[Row]:
		"""A sheet's filled rows in constant memory, merged areas as they are. WorkbookError beyond a limit."""
		return stream_rows(self._package, entry, self._structure, self._budget)


def open_workbook(source: Source, bounds: Limits = UPLOAD) -> SafeWorkbook:
	"""Open an xlsx by path or as a seekable binary file. WorkbookError says why it is refused."""
	package = open_package(source, bounds)
	try:
		return SafeWorkbook(package, read_structure(package))
	except BaseException:
		package.__exit__()
		raise


def hidden_content(sheet: Sheet) -> list[Fault]:
	"""What a reader of the sheet does not see: the sheet itself, rows and columns that hold something."""
	found = []
	if sheet.state != "visible":
		found.append(Fault(sheet.name, "", _("The sheet is hidden")))
	found += hidden_rows(sheet)
	used = {cell.column for row in sheet.rows for cell in row.cells if not cell.copied}
	for column in sorted(used):
		if any(first <= column <= last for first, last in sheet.hidden_columns):
			found.append(_hidden_column(sheet, column))
	return found


def hidden_rows(sheet: Sheet) -> list[Fault]:
	"""Rows that hold something and are not seen."""
	return [
		Fault(sheet.name, f"A{row.number}", _("Row {0} is hidden").format(row.number))
		for row in sheet.rows
		if row.hidden
	]


def _hidden_column(sheet: Sheet, column: int) -> Fault:
	top = next(
		cell.address for row in sheet.rows for cell in row.cells if cell.column == column and not cell.copied
	)
	return Fault(sheet.name, top, _("The column of this cell is hidden"))


def only_sheet(book: SafeWorkbook) -> SheetEntry:
	"""The single visible sheet with something in it. WorkbookError if there are several or none."""
	visible = [entry for entry in book.sheets if entry.state == "visible"]
	filled = [entry for entry in visible if next(book.rows(entry), None) is not None]
	if len(filled) != 1:
		raise refuse(
			_("The workbook must have exactly one visible sheet with content, it has {0}").format(len(filled))
		)
	return filled[0]
