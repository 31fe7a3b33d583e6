"""Recomputing a results workbook and saying where it does not agree with itself.

Three comparisons, each catching what the others cannot:
- the marks: which cell was changed after export, even one that no number depends on;
- the recount: every cell of every sheet against what follows from the stated inputs (in sentences
  the numbers: their wording differs between languages and versions);
- the digest: the campaign as a whole against the digest on paper, which nobody can recompute away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from par_campaign.exchange.results_workbook import inputs as input_tables
from par_campaign.exchange.results_workbook.stated import Stated, StatedReader, published_digest
from par_campaign.exchange.results_workbook.workbook import tables
from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.book import MARKS_SHEET
from par_campaign.exchange.xlsx.cells import Row, Value, address, values_of
from par_campaign.exchange.xlsx.errors import Fault, WorkbookError
from par_campaign.exchange.xlsx.limits import RESULTS
from par_campaign.exchange.xlsx.marks import compare_marks
from par_campaign.exchange.xlsx.package import Source
from par_campaign.exchange.xlsx.safe import SafeWorkbook, open_workbook
from par_campaign.exchange.xlsx.tables import FIRST_ROW, KEYS_ROW, LABELS_ROW, Column, Table
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.errors import CampaignError
from par_campaign.scoring.messages import _
from par_campaign.scoring.validate import faults


@dataclass(frozen=True)
class Recount:
	"""What a recount has found: where the workbook does not agree, and the digests that follow from it.

	`published` is that of the published version a workbook exported since rests on: proposals have gone on,
	so it vouches for scores and places, and not for what was decided on awards afterwards.
	"""

	differences: list[Difference]
	digest: str = ""
	published: str = ""


@dataclass(frozen=True)
class Difference:
	"""A disagreement. `what` says of which kind; `stated` and `computed` are as shown in the cell."""

	sheet: str
	cell: str
	what: str
	stated: str = ""
	computed: str = ""


def recount(source: Source, digest: str = "") -> list[Difference]:
	"""Everything in which the workbook does not agree with a recount of what it states; empty if it agrees."""
	return examine(source, digest).differences


def examine(source: Source, digest: str = "") -> Recount:
	"""Recompute a workbook and compare.

	`digest` is the one from the printed ranking, if the reader has it. WorkbookError if the file is
	unsafe or no results workbook at all.
	"""
	found = _Found()
	with open_workbook(source, RESULTS) as book:
		found.extend(_hidden(book))
		found.extend(_fault(change) for change in compare_marks(book))
		stated = _read(book, found)
	if stated is None:
		return Recount(found.differences)
	found.extend(_fault(fault) for fault in stated.faults)
	if not stated.faults:
		return _recompute(source, stated, digest, found)
	if digest:
		found.add(_printed(digest, _("not computed, a cell cannot be read")))
	return Recount(found.differences)


def _read(book: SafeWorkbook, found: _Found) -> Stated | None:
	"""What is stated; None where a changed cell took from the workbook what it is read by."""
	try:
		return StatedReader(book).read()
	except WorkbookError as error:
		if book.find(MARKS_SHEET) is None or book.find(input_tables.INFO) is None:
			raise
		found.extend(_fault(fault) for fault in error.faults)
		return None


class _Found:
	"""Differences in the order found, one for each cell."""

	def __init__(self) -> None:
		self.differences: list[Difference] = []
		self._places: dict[tuple[str, str], int] = {}

	def add(self, new: Difference) -> None:
		"""Add one; for a cell known to be changed only the computed value is new."""
		at = self._places.get((new.sheet, new.cell)) if new.cell else None
		if at is None:
			self._places[(new.sheet, new.cell)] = len(self.differences)
			self.differences.append(new)
		elif new.computed and not self.differences[at].computed:
			old = self.differences[at]
			self.differences[at] = Difference(old.sheet, old.cell, old.what, new.stated, new.computed)

	def extend(self, new: Iterable[Difference]) -> None:
		"""Add several, as many as anybody would read."""
		for difference in new:
			if len(self.differences) >= limits.FAULTS:
				return
			self.add(difference)


def _fault(fault: Fault) -> Difference:
	return Difference(fault.sheet, fault.cell, fault.message)


def _printed(digest: str, computed: str) -> Difference:
	return Difference(input_tables.INFO, "", _("The digest on paper is another"), digest, computed)


def _recompute(source: Source, stated: Stated, digest: str, found: _Found) -> Recount:
	try:
		results = evaluate(stated.campaign)
		published = published_digest(stated, results)
	except CampaignError as error:
		found.extend(_impossible(stated, error))
		return Recount(found.differences)
	if digest and digest.strip().lower() not in (results.digest, published):
		found.add(_printed(digest, published or results.digest))
	meta = stated.meta | ({input_tables.PUBLISHED_DIGEST: published} if published else {})
	inputs = (meta, stated.evidence, stated.unit_sheets, stated.published)
	with open_workbook(source, RESULTS) as book:
		for table in tables(stated.campaign, results, *inputs):
			found.extend(_compare(book, table))
	return Recount(found.differences, results.digest, published)


def _impossible(stated: Stated, error: CampaignError) -> Iterator[Difference]:
	"""Why the stated campaign has no results."""
	reason = f"{error.code}: {error}" if error.code else str(error)
	yield Difference("", "", _("The stated campaign cannot be computed: {0}").format(reason))
	for criteria_set in stated.campaign.criteria_sets:
		for fault in faults(criteria_set):
			if fault.severity == "error":
				what = f"{criteria_set.name} {fault.code}: {fault.message}"
				yield Difference(input_tables.CRITERIA, "", what)


def _hidden(book: SafeWorkbook) -> Iterator[Difference]:
	"""Sheets that a reader does not see, and what may lie over their cells."""
	if book.is_covered():
		what = _("Pictures, shapes, comments or rules for other formats were added after export")
		yield Difference("", "", what)
	for entry in book.sheets:
		if entry.state != "visible":
			yield Difference(entry.name, "", _("The sheet is hidden"))


def _compare(book: SafeWorkbook, table: Table) -> Iterator[Difference]:
	"""The sheet's cells against those the table would be written with."""
	entry = book.find(table.sheet)
	if entry is None:
		yield Difference(table.sheet, "", _("The sheet is missing"))
		return
	for first, last in book.hidden_columns(entry):
		for at in range(first, min(last, len(table.columns)) + 1):
			yield Difference(table.sheet, address(LABELS_ROW, at), _("The column of this cell is hidden"))
	expected = ((number, values) for number, values in enumerate(table.rows(), 1) if any(values))
	for (number, values), row in _paired(expected, book.rows(entry)):
		if row is not None and row.hidden and number != KEYS_ROW:
			yield Difference(table.sheet, f"A{number}", _("The row is hidden"))
		yield from _compare_row(table.columns, table.sheet, number, values, row)
		for cell in row.cells if row else ():
			if cell.disguised:
				what = _("The number format was changed: the cell may show something else than it holds")
				yield Difference(table.sheet, cell.address, what, _shown(cell.value))


def _paired(
	expected: Iterable[tuple[int, list[Value]]], rows: Iterable[Row]
) -> Iterator[tuple[tuple[int, list[Value]], Row | None]]:
	"""Expected and actual rows of the same number, in order; what one side lacks is empty."""
	rows = iter(rows)
	row = next(rows, None)
	for number, values in expected:
		while row is not None and row.number < number:
			yield (row.number, []), row
			row = next(rows, None)
		if row is not None and row.number == number:
			yield (number, values), row
			row = next(rows, None)
		else:
			yield (number, values), None
	while row is not None:
		yield (row.number, []), row
		row = next(rows, None)


def _compare_row(
	columns: Sequence[Column], sheet: str, number: int, values: list[Value], row: Row | None
) -> Iterator[Difference]:
	actual = values_of(row) if row else []
	for at, (expected, stated) in enumerate(zip_longest(values, actual)):
		wording = KEYS_ROW < number < FIRST_ROW or (at < len(columns) and columns[at].wording)
		if not _agree(expected, stated, wording):
			what = _("The recount gives another value")
			yield Difference(sheet, address(number, at + 1), what, _shown(stated), _shown(expected))


def _agree(expected: Value, stated: Value, wording: bool) -> bool:
	if type(expected) is not type(stated):
		return False
	if wording and isinstance(expected, str) and isinstance(stated, str):
		return sorted(_NUMBERS.findall(expected)) == sorted(_NUMBERS.findall(stated))
	return expected == stated


_NUMBERS = re.compile(r"[0-9a-f]{64}|\d+(?:[.,]\d+)*")


def _shown(value: Value) -> str:
	return "" if value is None else str(value)
