"""Reading an uploaded score sheet: is it ours and current, and which cells did the unit change?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from par_campaign.exchange.score_sheet import columns
from par_campaign.exchange.score_sheet.columns import AT, FIRST_ROW, LeafRow
from par_campaign.exchange.score_sheet.signature import Stamp, is_signed
from par_campaign.exchange.xlsx.cells import Cell, Sheet, Value
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.limits import FAULTS
from par_campaign.exchange.xlsx.package import Source
from par_campaign.exchange.xlsx.safe import SafeWorkbook, hidden_rows, open_workbook
from par_campaign.exchange.xlsx.structure import SheetEntry
from par_campaign.exchange.xlsx.text import restore
from par_campaign.exchange.xlsx.values import CellError, number_of, rate_of, text_of
from par_campaign.scoring import kinds
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.decimals import comma, plain
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.labels import flag
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Card, CriteriaSet, Line


@dataclass(frozen=True)
class Change:
	"""One thing the unit changed. `field` is applicable, claim or explanation of the leaf's line."""

	code: str
	field: str
	old: bool | str | None
	new: bool | str | None
	cell: str


@dataclass(frozen=True)
class Upload:
	"""What an uploaded sheet changes. Nothing of it may be written while there are faults."""

	changes: tuple[Change, ...]
	faults: tuple[Fault, ...] = ()
	remarks: tuple[Fault, ...] = ()


def read_stamp(source: Source, key: bytes) -> Stamp:
	"""Whose sheet this is. WorkbookError if this site did not sign it."""
	with open_workbook(source) as book:
		return _stamp(book, key)[0]


def _stamp(book: SafeWorkbook, key: bytes) -> tuple[Stamp, SheetEntry]:
	"""The stamp, and where the sheet is that it is for."""
	entry, sheet = book.find(columns.STAMP_SHEET), book.find(columns.SHEET)
	if entry is None or sheet is None:
		raise refuse(_("The workbook is not a score sheet of this system: download it from your scorecard"))
	values = {}
	for row in book.rows(entry):
		texts = [restore(cell.value) for cell in row.cells if isinstance(cell.value, str)]
		if len(texts) == 2:
			values[texts[0]] = texts[1]
	stamp = Stamp(values.get("scorecard", ""), values.get("version", ""))
	if not is_signed(stamp, values.get("signature", ""), key):
		raise refuse(_("The score sheet's signature is not of this system: download the sheet again"))
	return stamp, sheet


def read_upload(source: Source, card: Card, criteria_set: CriteriaSet, *, stamp: Stamp, key: bytes) -> Upload:
	"""What the sheet would change in the card, by path or from a seekable binary file.

	`stamp` is the scorecard's present one: a sheet of another scorecard is refused (WorkbookError), as is
	an unsafe file. One of an earlier state has that as a fault: it cannot be written, but what differs is
	listed, so that days of work offline can be carried over. Faults of cells are listed in the upload.
	"""
	with open_workbook(source) as book:
		found, entry = _stamp(book, key)
		if found.scorecard != stamp.scorecard:
			raise refuse(
				_("The score sheet is for {0}, not for {1}").format(found.scorecard, stamp.scorecard)
			)
		sheet = book.load(entry)
	made = _Differ(sheet, card, criteria_set).compare()
	if found.version == stamp.version:
		return made
	message = _(
		"The scorecard was changed after this sheet was downloaded. Download it again and carry over what differs"
	)
	return replace(made, faults=(Fault("", "", message), *made.faults))


class _Differ:
	"""Compares the unit's cells with those that were written for the card."""

	def __init__(self, sheet: Sheet, card: Card, criteria_set: CriteriaSet):
		self._sheet = sheet
		self._rows = columns.sheet_rows(criteria_set)
		self._lines = columns.lines_of(card, criteria_set)
		self._faults: list[Fault] = []
		self._remarks: list[Fault] = []

	def compare(self) -> Upload:
		"""All changes, in the order of the sheet."""
		found = self._by_key()
		changes: list[Change] = []
		for row in self._rows:
			if row.leaf is not None and not row.input_name and row.key in found:
				changes += self._leaf(row, found)
		self._remarks += hidden_rows(self._sheet)
		return Upload(tuple(changes), tuple(self._faults[:FAULTS]), tuple(self._remarks[:FAULTS]))

	def _by_key(self) -> dict[str, dict[int, Cell]]:
		"""Cells of each row by the row's key; a row missing, strange or there twice is a fault."""
		expected = {row.key for row in self._rows}
		found: dict[str, dict[int, Cell]] = {}
		for row in self._sheet.rows:
			cells = {cell.column: cell for cell in row.cells if not cell.copied}
			marker = cells.get(AT["key"])
			if row.number < FIRST_ROW or marker is None:
				continue
			key = str(marker.value)
			if key not in expected or key in found:
				self._fault(marker.address, _("The row {0} is strange or there twice").format(key))
			found[key] = cells
		for key in expected - found.keys():
			self._fault("", _("The row {0} is missing: download the sheet again").format(key))
		return found

	def _fault(self, cell: str, message: str) -> None:
		self._faults.append(Fault(self._sheet.name, cell, message))

	def _leaf(self, row: LeafRow, found: Mapping[str, dict[int, Cell]]) -> Iterator[Change]:
		line = self._lines[row.leaf.code]
		cells = found[row.key]
		written = columns.unit_cells(row, line)
		for column in ("applicable", "explanation"):
			if column in written and _differs(cells.get(AT[column]), written[column]):
				yield from self._simple(row, column, cells.get(AT[column]), getattr(line, column))
		if kinds.of(row.leaf).has_inputs:
			yield from self._inputs(row, found, line)
		elif "claim" in written and _differs(cells.get(AT["claim"]), written["claim"]):
			yield from self._claim(
				row, row.cell("claim"), lambda: self._claim_text(row, cells.get(AT["claim"])), line
			)

	def _simple(self, row: LeafRow, column: str, cell: Cell | None, old: bool | str) -> Iterator[Change]:
		place = cell.address if cell else row.cell(column)
		try:
			self._no_formula(cell)
			text = text_of(cell)
			new = self._applies(text) if column == "applicable" else text
		except CellError as error:
			self._fault(place, str(error))
			return
		if new != old:
			yield Change(row.leaf.code, column, old, new, place)

	@staticmethod
	def _applies(text: str) -> bool:
		"""Whether the leaf applies; an emptied cell means that it does."""
		value = flag(text) if text else True
		if value is None:
			raise CellError(_("The cell must hold {0} or {1}").format("Có", "Không"))
		return value

	def _claim(
		self, row: LeafRow, place: str, read: Callable[[], str | None], line: Line
	) -> Iterator[Change]:
		try:
			new = canonical(row.leaf, read())
		except (CellError, ClaimError) as error:
			self._fault(place, f"{row.leaf.code}: {error}")
			return
		if new != line.claim:
			yield Change(row.leaf.code, "claim", line.claim, new, place)

	def _claim_text(self, row: LeafRow, cell: Cell | None) -> str | None:
		"""The claim as text for its rule."""
		self._no_formula(cell)
		kind = kinds.of(row.leaf)
		if kind.is_word:
			return text_of(cell)
		return self._number(cell, rate_of if kind.is_percentage else number_of)

	def _number(self, cell: Cell | None, reader: Callable[[Cell | None], Decimal | None]) -> str | None:
		"""A number as text, empty for an empty cell; one typed as text is pointed out."""
		number = reader(cell)
		if cell is None or number is None:
			return None
		if isinstance(cell.value, str):
			message = _("The cell holds text, read as {0}; the totals on the sheet leave it out")
			self._remarks.append(Fault(self._sheet.name, cell.address, message.format(comma(number))))
		return plain(number)

	def _inputs(self, row: LeafRow, found: Mapping[str, dict[int, Cell]], line: Line) -> Iterator[Change]:
		"""A formula's claim is put together from the rows below it."""
		below = columns.inputs_of(row, self._rows)
		cells = {r.input_name: found.get(r.key, {}).get(AT["claim"]) for r in below}
		changed = [r for r in below if _differs(cells[r.input_name], columns.unit_cells(r, line)["claim"])]
		if not changed:
			return
		place = cells[changed[0].input_name]
		yield from self._claim(
			row, place.address if place else changed[0].cell("claim"), lambda: self._stated(cells), line
		)

	def _stated(self, cells: Mapping[str, Cell | None]) -> str:
		parts = []
		for name, cell in cells.items():
			self._no_formula(cell)
			if number := self._number(cell, number_of):
				parts.append(f"{name}={number}")
		return "; ".join(parts)

	@staticmethod
	def _no_formula(cell: Cell | None) -> None:
		if cell is not None and cell.formula:
			raise CellError(_("The cell holds a formula: type its value"))


def _differs(cell: Cell | None, written: Value) -> bool:
	"""Whether a cell holds something else than was written there."""
	value = cell.value if cell else None
	return bool(cell and (cell.formula or cell.form)) or type(value) is not type(written) or value != written
