"""A plain table of units and points, ranked: what the command line's `rank` does.

Columns `unit, group, cluster, earned, maximum, bonus, deduction`; the last three and the cluster may
be missing or empty. Nothing is guessed: what cannot be read is refused with its row and column.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from par_campaign.scoring import ranking
from par_campaign.scoring.decimals import HUNDRED, ZERO, NumberError, to_decimal
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import RankRow
from par_campaign.scoring.totals import index_of

TEXTS = ("unit", "group", "cluster")
NUMBERS = ("earned", "maximum", "bonus", "deduction")
REQUIRED = ("unit", "group", "earned")
DEFAULTS = {"maximum": HUNDRED, "bonus": ZERO, "deduction": ZERO}
DELIMITERS = ",;\t"
SPELLING = 0.8  # how alike a heading and a column's name are for one to be the other misspelt

Value = str | Decimal | None
Record = Mapping[str, Value]


class TableError(ValueError):
	"""Why a table cannot be ranked. `row` counts from 1 as in the file (0: no row), `column` is its name."""

	def __init__(self, message: str, row: int = 0, column: str = ""):
		self.row, self.column, self.message = row, column, message
		super().__init__(self._place() + message)

	def _place(self) -> str:
		if self.row and self.column:
			return _("row {0}, column {1}: ").format(self.row, self.column)
		if self.row:
			return _("row {0}: ").format(self.row)
		return _("column {0}: ").format(self.column) if self.column else ""


@dataclass(frozen=True)
class Place:
	"""A unit's row in the result. `work` says how the index came about."""

	row: RankRow
	work: str


# --- reading ------------------------------------------------------------------------------------


def columns_of(header: Sequence[str], row: int) -> dict[int, str]:
	"""Which cell (from 0) of a row is which column. Others are left alone, but not misspelt ones."""
	found: dict[int, str] = {}
	names = [tidy(cell).casefold() for cell in header]
	for at, name in enumerate(names):
		if name not in TEXTS + NUMBERS:
			_require_other(name, names, row)
			continue
		if name in found.values():
			raise TableError(_("the column stands twice in the header"), row, name)
		found[at] = name
	for name in REQUIRED:
		if name not in found.values():
			raise TableError(_("the column is missing in the header"), row, name)
	return found


def _require_other(name: str, names: list[str], row: int) -> None:
	"""Refuse a heading that is nearly one of ours: left alone, a misspelt maximum would count as 100."""
	near = get_close_matches(name, TEXTS + NUMBERS, 1, SPELLING)
	if near and near[0] not in names:
		raise TableError(_("there is no such column; is {0} meant?").format(near[0]), row, name)


def tidy(text: str) -> str:
	"""NFC, single spaces: how names are compared and shown."""
	return " ".join(unicodedata.normalize("NFC", text).split())


def read_csv(data: bytes) -> Iterator[tuple[int, Record]]:
	"""Rows of a CSV in UTF-8 (with or without BOM), cells separated by comma, semicolon or tab."""
	rows = _filled(_csv_rows(_decoded(data)))
	number, header = next(rows, (0, []))
	if not number:
		raise TableError(_("the file is empty"))
	columns = columns_of(header, number)
	for number, cells in rows:
		if any(cell.strip() for cell in cells[len(header) :]):
			message = _(
				"has more cells than the header; put a number with a comma in quotes, or separate by ;"
			)
			raise TableError(message, number)
		yield number, {name: cells[at] if at < len(cells) else None for at, name in columns.items()}


def _decoded(data: bytes) -> str:
	try:
		text = data.decode("utf-8-sig")
	except UnicodeDecodeError as error:
		row = data.count(b"\n", 0, error.start) + 1
		raise TableError(_("the file is not UTF-8 text"), row) from error
	if "\0" in text:
		raise TableError(_("the file is not text"), text.count("\n", 0, text.index("\0")) + 1)
	return text


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
	"""Rows with the number of the line each begins in."""
	reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
	while True:
		number = reader.line_num + 1
		try:
			cells = next(reader)
		except StopIteration:
			return
		except csv.Error as error:
			raise TableError(_("cannot be read as CSV ({0})").format(error), number) from error
		yield number, cells


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
	return ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))


def _delimiter(text: str) -> str:
	"""What separates the header's names most often; a table of one column has none."""
	header = next((line for line in text.splitlines() if line.strip()), "")
	return max(DELIMITERS, key=header.count)


# --- checking and ranking -----------------------------------------------------------------------


def rank_table(records: Iterable[tuple[int, Record]], by: str = "cluster") -> list[Place]:
	"""The table in order of rank, by cluster within group or by group. Raises `TableError`."""
	entries: list[ranking.Entry] = []
	works: dict[str, str] = {}
	seen: dict[str, int] = {}
	for number, record in records:
		entry, works[entry.unit] = _entry(number, record)
		if entry.unit in seen:
			message = _("{0} stands in row {1} already").format(entry.unit, seen[entry.unit])
			raise TableError(message, number, "unit")
		seen[entry.unit] = number
		entries.append(entry)
	if not entries:
		raise TableError(_("the table has no rows below the header"))
	return [Place(row, works[row.unit]) for row in _ordered(ranking.rank(entries), by)]


def _ordered(rows: Sequence[RankRow], by: str) -> list[RankRow]:
	if by == "cluster":
		return list(rows)
	return sorted(
		rows, key=lambda row: (ranking.natural(row.group), row.group_rank, ranking.natural(row.unit))
	)


def _entry(number: int, record: Record) -> tuple[ranking.Entry, str]:
	unit, group = (_text(number, record, name) for name in ("unit", "group"))
	earned, maximum, bonus, deduction = (_number(number, record, name) for name in NUMBERS)
	if not maximum:
		raise TableError(_("must be more than 0"), number, "maximum")
	index, work = index_of(earned, maximum, bonus, deduction)
	cluster = tidy(str(record.get("cluster") or ""))
	return ranking.Entry(unit, unit, group, cluster, index), work


def _text(number: int, record: Record, name: str) -> str:
	text = tidy(str(record.get(name) or ""))
	if not text:
		raise TableError(_("is empty"), number, name)
	return text


def _number(number: int, record: Record, name: str) -> Decimal:
	value = record.get(name)
	if value is None or not str(value).strip():
		if name in DEFAULTS:
			return DEFAULTS[name]
		raise TableError(_("is empty"), number, name)
	try:
		amount = to_decimal(value)
	except NumberError as error:
		raise TableError(str(error), number, name) from error
	if amount < 0:
		raise TableError(_("must not be less than 0"), number, name)
	return amount
