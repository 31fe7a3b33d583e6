"""The rows of a criteria table, put in order: which is an area, a leaf, an answer, a total, a note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from par_campaign.exchange.criteria_guess import Answer, read_answer
from par_campaign.exchange.headings import FoundTable, TableRow
from par_campaign.exchange.values import fold, number_of, text_of
from par_campaign.scoring.messages import _

_CODE = re.compile(r"\d{1,3}(\.\d{1,3}){0,3}")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_LETTER = re.compile(r"[A-Z]")
_BULLET = re.compile(r"[a-zđ]|[-–+*•]")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass
class Item:
	"""A numbered row with what stands beneath it. `row` is its row in the sheet."""

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


class RowSorter:
	"""Takes the table's rows one by one; `items` and `views` hold the outcome."""

	def __init__(self, table: FoundTable):
		self._table = table
		self.items: list[Item] = []
		self.views: list[RowView] = []
		self.totals: list[tuple[TableRow, Decimal]] = []
		self._section = ""
		self._area = ""  # number of the Roman area, empty where areas are 1, 2, 3 themselves
		self._header_code = ""

	def sort(self) -> None:
		"""Take in all rows."""
		for row in self._table.rows():
			number = row.read("code", text_of, "")
			title = row.read("title", text_of, "")
			maximum = row.read("maximum", number_of, None) if self._has_number(row, title) else None
			self._take(row, number.strip(" .)("), title, maximum)

	@staticmethod
	def _has_number(row: TableRow, title: str) -> bool:
		"""A title that spreads over the points column is no number; nor is a heading repeated on a new page."""
		cell = row.cell("maximum")
		return cell is not None and not (isinstance(cell.value, str) and fold(cell.value) == fold(title))

	def _take(self, row: TableRow, number: str, title: str, maximum: Decimal | None) -> None:
		if fold(title).startswith("tổng ") or fold(title) in ("tổng", "cộng"):
			self._take_total(row, title, maximum)
		elif not number or _BULLET.fullmatch(number):
			self._take_beneath(row, title, maximum)
		elif _LETTER.fullmatch(number) and not _ROMAN.fullmatch(number):
			self._section = title
			self._view(row, "section", title=title, maximum=maximum)
		elif code := self._code(number):
			self._take_item(row, code, title, maximum)
		else:
			row.fault("code", _("{0} is not a number like 1, 1.1 or 1.1.2").format(number))

	def _code(self, number: str) -> str:
		number = number.replace(",", ".")
		if _ROMAN.fullmatch(number):
			self._area = str(_roman(number))
			return self._area
		if not _CODE.fullmatch(number):
			return ""
		return f"{self._area}.{number}" if self._area else number

	def _take_item(self, row: TableRow, code: str, title: str, maximum: Decimal | None) -> None:
		if any(item.code == code for item in self.items):
			message = _(
				"The number {0} is there twice. If it should be {0}0, format the cell as text and type it again"
			)
			row.fault("code", message.format(code))
			return
		item = Item(row, code, title, maximum, self._section)
		if note := row.read("guidance", text_of, ""):
			item.notes.append(note)
		self.items.append(item)
		self._view(row, "item", code, title, maximum)

	def _take_total(self, row: TableRow, title: str, maximum: Decimal | None) -> None:
		if maximum is not None:
			self.totals.append((row, maximum))
		self._view(row, "total", title=title, maximum=maximum)

	def _take_beneath(self, row: TableRow, title: str, maximum: Decimal | None) -> None:
		"""An unnumbered row: an answer, or a note where it has no text of its own."""
		if not title:
			if maximum is not None:
				row.fault("title", _("Points without a text beside them"))
			return
		if not self.items:
			row.remark("title", _("The row stands above the first criterion and is left out"))
			self._view(row, "note", title=title)
			return
		answer = read_answer(row.number, title, maximum)
		self.items[-1].answers.append(answer)
		self._view(row, "answer", title=answer.label, maximum=answer.points)

	def _view(
		self, row: TableRow, kind: str, code: str = "", title: str = "", maximum: Decimal | None = None
	) -> None:
		self.views.append(
			RowView(row.number, row.address("title"), kind, code, title, maximum, hidden=row.hidden)
		)


def _roman(number: str) -> int:
	values = [_ROMAN_VALUES[letter] for letter in number]
	following = [*values[1:], 0]
	return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
