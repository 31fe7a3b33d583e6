"""The rows of a criteria table, put in order: which is an area, a leaf, an answer, a total, a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from par_campaign.exchange.criteria import numbering as numbers
from par_campaign.exchange.criteria.answers import Answer, read_answer, read_lines
from par_campaign.exchange.xlsx.errors import refuse
from par_campaign.exchange.xlsx.headings import FoundTable, TableRow
from par_campaign.exchange.xlsx.limits import ANSWER_LINES, CRITERIA
from par_campaign.exchange.xlsx.values import fold, number_of, text_of
from par_campaign.scoring.messages import _

LETTERS = "letters"  # key of the question what the letters of the first column are

# single words only: "số điểm" beside "số" and "điểm" could be read in two ways, and many in endlessly many
_TOTAL = re.compile(
	r"(tổng|cộng)( (cộng|số|chung|toàn|bộ|điểm|tối|đa))*( ?\(.*\)| lĩnh vực .*| mục .*| phần .*)?"
)
_PART_OF_TOTAL = re.compile(r"\b(lĩnh vực|mục|phần)\b")
# What stands below a table: who signed, who gets a copy, remarks on the whole.
_TAIL = re.compile(
	r"(tm|kt|tl|tuq|q)\. ?\S|(phó )?(chủ tịch|giám đốc|trưởng phòng|chánh văn phòng)( \S+){0,4}$|nơi nhận|ghi chú|lưu ý|chú thích|"
	r"người (lập|ký)|thủ trưởng|.{0,40}ngày (\d{1,2}|[. …]+) tháng"
)
# Columns that may hold answers beside the title, in the order in which they are looked at.
BESIDE = ("answers", "guidance")


@dataclass
class Item:
	"""A numbered row with what stands beneath it."""

	source: TableRow
	code: str
	title: str
	maximum: Decimal | None
	section: str = ""  # heading like "B. ĐIỂM THƯỞNG" it stands under
	answers: list[Answer] = field(default_factory=list)
	notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RowView:
	"""One row as understood, for the preview. `kind`: area, criterion, leaf, answer, total, section or note."""

	row: int
	cell: str
	kind: str
	code: str = ""
	title: str = ""
	maximum: Decimal | None = None
	rule: str = ""
	hidden: bool = False


@dataclass
class _Raw:
	"""A row before it is known what its number means."""

	row: TableRow
	number: str
	title: str
	maximum: Decimal | None


class RowSorter:
	"""Takes the table's rows; `items`, `views` and `totals` hold the outcome.

	`asks` is whether it has to be decided what the letters of the first column are.
	"""

	def __init__(self, table: FoundTable, decided: Mapping[str, str]):
		self._table = table
		self._decided = decided
		self.items: list[Item] = []
		self.views: list[RowView] = []
		self.totals: list[tuple[TableRow, Decimal, str]] = []  # with the area it is the total of, if of one
		self.asks = False
		self._codes: set[str] = set()
		self._section = ""
		self._lines_left = ANSWER_LINES
		self._ended = False  # below a total or a signature there are no more answers

	def sort(self) -> None:
		"""Take in all rows."""
		rows = [self._raw(row) for row in self._table.rows()]
		if sum(1 for raw in rows if raw.number) > CRITERIA:
			message = _("The table has more than {0} numbered rows").format(CRITERIA)
			raise refuse(message, self._table.sheet.name)
		if not any(raw.number for raw in rows):
			self._numbers_from_titles(rows)
		numbering = numbers.Numbering([raw.number for raw in rows], self._decided.get(LETTERS, ""))
		self.asks = numbering.asks
		last = max((at for at, raw in enumerate(rows) if self._counts(raw)), default=-1)
		for at, (raw, place) in enumerate(zip(rows, numbering.all(), strict=True)):
			self._take(raw, place, is_tail=at > last)

	def _counts(self, raw: _Raw) -> bool:
		"""Whether a row has a number or points, so that the table goes on at least down to it."""
		return (
			bool(raw.number) or self._points(raw) is not None or any(line.pays for line in self._lines(raw))
		)

	def _raw(self, row: TableRow) -> _Raw:
		self._count_lines(row)
		title = self._own(row, "title")
		number = self._own(row, "code")
		maximum = row.read("maximum", number_of, None) if self._has_number(row, title) else None
		bare = numbers.bare_number(number)
		if number and not title:
			# Number and title in one cell, merged over both columns; or a title alone
			split, title = numbers.split_number(number)
			bare = bare if numbers.is_number(bare) else split
			title = "" if bare and not split else title
		return _Raw(row, bare, title, maximum)

	def _count_lines(self, row: TableRow) -> None:
		"""Each line may be an answer and is looked at: a cell of line breaks costs as much as a sheet."""
		texts = [cell.value for key in ("title", *BESIDE) if (cell := row.own(key))]
		self._lines_left -= sum(1 + text.count("\n") for text in texts if isinstance(text, str))
		if self._lines_left < 0:
			message = _("The table has more than {0} lines of text").format(ANSWER_LINES)
			raise refuse(message, self._table.sheet.name)

	@staticmethod
	def _own(row: TableRow, key: str) -> str:
		return row.read(key, text_of, "") if row.own(key) else ""

	@staticmethod
	def _has_number(row: TableRow, title: str) -> bool:
		"""A title that spreads over the points column is no number, nor is one merged down from above."""
		cell = row.own("maximum")
		return cell is not None and not (isinstance(cell.value, str) and fold(cell.value) == fold(title))

	def _numbers_from_titles(self, rows: list[_Raw]) -> None:
		"""No row has a number of its own: they stand before the titles."""
		for raw in rows:
			number, title = numbers.split_number(raw.title)
			if numbers.is_number(number):
				raw.number, raw.title = number, title
				raw.row.remark("title", _("The number {0} is read from the title").format(number))

	def _take(self, raw: _Raw, place: numbers.Place, is_tail: bool) -> None:
		if not raw.number and _TOTAL.fullmatch(fold(raw.title)):
			self._take_total(raw)
		elif place.kind == "section":
			self._section, self._ended = raw.title, False
			self._view(raw, "section")
		elif place.kind == "item":
			self._take_item(raw, place)
		elif place.kind == numbers.STRANGE:
			raw.row.fault("code", _("{0} is not a number like 1, 1.1 or 1.1.2").format(raw.number[:60]))
		else:
			self._take_beneath(raw, is_tail)

	def _take_item(self, raw: _Raw, place: numbers.Place) -> None:
		code = place.code
		self._ended = False
		if code in self._codes:
			message = _(
				"The number {0} is there twice. If it should be {0}0, format the cell as text and type it again"
			)
			raw.row.fault("code", message.format(code))
			return
		if place.renumbered:
			message = _("{0} is taken for area {1}: its number was given before")
			raw.row.remark("code", message.format(raw.number, code))
		item = Item(raw.row, code, raw.title, raw.maximum, self._section)
		item.notes += [note for key in ("guidance", "note") if (note := raw.row.read(key, text_of, ""))]
		self.items.append(item)
		self._codes.add(code)
		self._view(raw, "item", code)

	def _take_total(self, raw: _Raw) -> None:
		self._ended = True
		area = self.items[-1].code.partition(".")[0] if self.items else ""
		if raw.maximum is not None:
			part = area if _PART_OF_TOTAL.search(fold(raw.title)) else ""
			self.totals.append((raw.row, raw.maximum, part))
		self._view(raw, "total")

	def _take_beneath(self, raw: _Raw, is_tail: bool) -> None:
		"""An unnumbered row: an answer of the row above, or a note of nobody."""
		column, text = self._text(raw)
		if not text:
			if raw.maximum is not None:
				raw.row.fault("title", _("Points without a text beside them"))
			return
		lines = self._lines(raw)
		self._ended |= is_tail and bool(_TAIL.match(fold(text)))
		if self.items and self._ended and any(line.pays for line in lines):
			raw.row.fault(column, _("The row states points, but stands below the total of the table"))
		elif not self.items or self._ended:
			self._leave_out(raw, column, text)
		else:
			self.items[-1].answers += lines
			for line in lines:
				self._view(raw, "answer", title=line.label, maximum=line.points, column=column)

	def _lines(self, raw: _Raw) -> list[Answer]:
		"""What stands in an unnumbered row, line by line."""
		column, text = self._text(raw)
		stated = self._points(raw)
		if stated is not None and "\n" not in text:
			return [read_answer(raw.row.number, text, stated, column)] if text else []
		return read_lines(raw.row.number, text, column)

	def _leave_out(self, raw: _Raw, column: str, text: str) -> None:
		message = (
			_("The row stands below the table and is left out")
			if self.items
			else _("The row stands above the first criterion and is left out")
		)
		raw.row.remark(column, message)
		self._view(raw, "note", title=text, column=column)

	def _text(self, raw: _Raw) -> tuple[str, str]:
		"""An unnumbered row's text with its column: the title, or what stands beside a title merged down."""
		if raw.title:
			return "title", raw.title
		for column in BESIDE:
			if text := self._own(raw.row, column):
				return column, text
		return "title", ""

	def _points(self, raw: _Raw) -> Decimal | None:
		if raw.maximum is None and raw.row.own("points"):
			return raw.row.read("points", number_of, None)
		return raw.maximum

	def _view(
		self,
		raw: _Raw,
		kind: str,
		code: str = "",
		title: str = "",
		maximum: Decimal | None = None,
		column: str = "title",
	) -> None:
		title, maximum = (title, maximum) if kind in ("answer", "note") else (raw.title, raw.maximum)
		place = raw.row.address(column)
		self.views.append(RowView(raw.row.number, place, kind, code, title, maximum, hidden=raw.row.hidden))
