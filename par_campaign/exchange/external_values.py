"""Results of surveys and indexes (SIPAS, DDCI …) that arrive as a table of units and values.

One sheet with the columns Mã đơn vị (or Tên đơn vị), Tiêu chí (STT) and Kết quả. Where the whole
table is for one criterion, the caller names it and the column may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from openpyxl.workbook import Workbook

from par_campaign.exchange.xlsx import styling
from par_campaign.exchange.xlsx.book import set_value
from par_campaign.exchange.xlsx.cells import column_letters
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.headings import FoundTable, Heading, TableRow, find_header
from par_campaign.exchange.xlsx.package import Source
from par_campaign.exchange.xlsx.safe import hidden_content, only_sheet, open_workbook
from par_campaign.exchange.xlsx.tables import Column
from par_campaign.exchange.xlsx.text import neutral
from par_campaign.exchange.xlsx.values import fold, rate_of, text_of
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CriteriaSet, RuleKind

_UNIT = Heading("unit", r"mã( đơn vị)?")
_NAME = Heading("unit_name", r"(tên )?(đơn vị|cơ quan)( .*)?")
_CODE = Heading("code", r"tiêu chí.*|mã tiêu chí|tiêu chí thành phần")
_VALUE = Heading("value", r"(kết quả|điểm|giá trị|chỉ số)\b.*", required=True)

_TEMPLATE = (
	Column("unit", "Mã đơn vị", 14),
	Column("unit_name", "Tên đơn vị", 50),
	Column("code", "Tiêu chí", 12, "centre"),
	Column("value", "Kết quả", 12, "input number"),
)


@dataclass(frozen=True)
class ExternalValue:
	"""One value with its place in the workbook. `value` is in the source's own scale."""

	unit: str
	code: str
	value: Decimal
	cell: str


@dataclass(frozen=True)
class ExternalTable:
	"""What was read. To be imported only without faults; units left blank are not in `values`."""

	values: tuple[ExternalValue, ...]
	faults: tuple[Fault, ...] = ()
	remarks: tuple[Fault, ...] = ()


def write_template(units: Mapping[str, str], codes: Iterable[str], out: BinaryIO) -> None:
	"""A table to fill in: a row for each unit (code to name) and criterion."""
	book = Workbook()
	sheet = book.active
	sheet.title = "Kết quả bên ngoài"
	styles = styling.register(book, sheet)
	rows = [(unit, name, code, "") for code in codes for unit, name in units.items()]
	for at, column in enumerate(_TEMPLATE, 1):
		sheet.column_dimensions[column_letters(at)].width = column.width
		sheet.cell(1, at)._style = styles["head"]
		set_value(sheet.cell(1, at), column.label)
		for number, row in enumerate(rows, 2):
			cell = sheet.cell(number, at)
			cell._style = styles[column.style]
			set_value(cell, neutral(row[at - 1]))
	sheet.freeze_panes = "A2"
	styling.set_up_page(sheet, "1:1", portrait=True)
	book.save(out)


def read(
	source: Source,
	units: Mapping[str, str],
	sets: Iterable[CriteriaSet],
	code: str = "",
) -> ExternalTable:
	"""Read a table by path or from a seekable binary file.

	`units` are the campaign's units (code to name), `sets` its criteria sets, `code` the criterion
	if the table is for one only. WorkbookError if the file is unsafe or holds no such table.
	"""
	with open_workbook(source) as book:
		sheet = book.load(only_sheet(book))
	headings = (_UNIT, _NAME, _CODE, _VALUE)
	header = find_header(sheet, headings, one_of=("unit", "unit_name"))
	if header is None:
		raise refuse(_("The sheet has no table with the columns Mã đơn vị, Tiêu chí and Kết quả"), sheet.name)
	if not code and "code" not in header.columns:
		raise refuse(
			_("The table does not say for which criterion it is: the column Tiêu chí is missing"), sheet.name
		)
	return _Reader(FoundTable(sheet, header), units, _external_maxima(sets), code).read()


def _external_maxima(sets: Iterable[CriteriaSet]) -> dict[str, Decimal | None]:
	"""Codes of external leaves, with the greatest value their source can give."""
	maxima: dict[str, Decimal | None] = {}
	for criteria_set in sets:
		for leaf in criteria_set.leaves():
			if leaf.rule.kind is RuleKind.EXTERNAL:
				maxima[leaf.code] = leaf.rule.scale or leaf.maximum
	return maxima


class _Reader:
	def __init__(
		self, table: FoundTable, units: Mapping[str, str], maxima: Mapping[str, Decimal | None], code: str
	):
		self._table = table
		self._units = {fold(unit): unit for unit in units}
		self._by_name: dict[str, list[str]] = {}
		for unit, name in units.items():
			self._by_name.setdefault(fold(name), []).append(unit)
		self._maxima = maxima
		self._code = code
		self._seen: dict[tuple[str, str], str] = {}

	def read(self) -> ExternalTable:
		"""All rows that hold a value."""
		values = [value for row in self._table.rows() if (value := self._value(row))]
		self._table.remarks += hidden_content(self._table.sheet)
		return ExternalTable(tuple(values), tuple(self._table.faults), tuple(self._table.remarks))

	def _value(self, row: TableRow) -> ExternalValue | None:
		cell = row.cell("value")
		if cell is None or (cell.value is None and not cell.formula):
			return None
		number = row.read("value", rate_of, None)
		unit, code = self._unit(row), self._criterion(row)
		if number is None or not unit or not code or not self._in_range(row, code, number):
			return None
		if first := self._seen.get((unit, code)):
			row.fault("value", _("{0} has a value for {1} already, in {2}").format(unit, code, first))
			return None
		self._seen[unit, code] = row.address("value")
		return ExternalValue(unit, code, number, row.address("value"))

	def _unit(self, row: TableRow) -> str:
		stated, name = row.read("unit", text_of, ""), row.read("unit_name", text_of, "")
		if stated:
			found = self._units.get(fold(stated), "")
			if not found:
				row.fault("unit", _("The unit {0} is not in this campaign").format(stated))
			return found
		named = self._by_name.get(fold(name), [])
		if len(named) != 1:
			message = (
				_("Several units are called {0}: give the code")
				if named
				else _("The unit {0} is not in this campaign")
			)
			row.fault("unit_name", message.format(name or "…"))
			return ""
		return named[0]

	def _criterion(self, row: TableRow) -> str:
		code = self._code or row.read("code", text_of, "").strip(" .").replace(",", ".")
		if code not in self._maxima:
			row.fault("code", _("{0} is not a criterion with external results").format(code or "…"))
			return ""
		return code

	def _in_range(self, row: TableRow, code: str, number: Decimal) -> bool:
		most = self._maxima[code]
		if number < 0 or (most is not None and number > most):
			row.fault("value", _("{0} is not between 0 and {1}").format(number, most))
			return False
		return True
