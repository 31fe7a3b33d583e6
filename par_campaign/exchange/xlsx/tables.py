"""How tables lie in a results workbook, for writing them, reading them and comparing them.

Every sheet has the columns' machine keys in row 1 (hidden), a title, a subtitle, the labels, and
then one record a row. A table makes *entries* (what is meant); `physical_row` turns them into the
values that stand in the cells. Writing and recounting share both, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.cells import Value
from par_campaign.exchange.xlsx.text import PIECE, neutral, writable

Entry = str | Decimal | int | None

KEYS_ROW, TITLE_ROW, SUBTITLE_ROW, LABELS_ROW, FIRST_ROW = 1, 2, 3, 4, 5

# Excel keeps 15 significant digits of what is typed; a binary double gives those back unchanged.
_DIGITS = 15
_SHOWN = Context(prec=_DIGITS)
_GREATEST_EXPONENT = 290


@dataclass(frozen=True)
class Column:
	"""A column of a table. `style` names one of `styling`, `width` is in characters.

	`wording` marks sentences made by the program: they differ between languages and versions, so a
	recount compares the numbers in them.
	"""

	key: str
	label: str
	width: float = 12
	style: str = "text"
	wording: bool = False


@dataclass(frozen=True)
class Table:
	"""A sheet of records.

	`printed` is the last column on paper, all where it is empty: explanations that make a page unreadably
	small stay on the screen. `outline` is the column whose numbers (1, 1.1, 1.1.2) group the rows.
	"""

	sheet: str
	title: str
	columns: tuple[Column, ...]
	records: Callable[[], Iterable[Sequence[Entry]]]
	subtitle: str = ""
	portrait: bool = False
	printed: str = ""
	outline: str = ""
	keys: dict[str, int] = field(init=False, repr=False, compare=False)

	def __post_init__(self) -> None:
		object.__setattr__(self, "keys", {column.key: at for at, column in enumerate(self.columns)})

	def head(self) -> list[list[Value]]:
		"""The rows above the records."""
		return [
			[column.key for column in self.columns],
			[_heading(self.title)],
			[_heading(self.subtitle)],
			[_heading(column.label) for column in self.columns],
		]

	def rows(self) -> Iterator[list[Value]]:
		"""All rows of the sheet from the first, as values in cells."""
		yield from self.head()
		for record in self.records():
			yield physical_row(record, self.columns)


def shown(number: Decimal | None) -> Decimal | None:
	"""A computed number as a cell can hold it: 15 significant digits. For inputs use them as they are."""
	return None if number is None else _SHOWN.plus(number)


def fits_number(number: Decimal) -> bool:
	"""Whether a numeric cell gives back exactly this number."""
	digits = len(number.normalize(Context(prec=100)).as_tuple().digits)
	return number.is_finite() and digits <= _DIGITS and abs(number.adjusted()) < _GREATEST_EXPONENT


def plain(number: Decimal) -> Decimal:
	"""The number without trailing zeros and exponents, zero without sign: one form for equal numbers."""
	return Decimal(0) if not number else Decimal(format(number.normalize(Context(prec=100)), "f"))


def physical_row(record: Sequence[Entry], columns: Sequence[Column]) -> list[Value]:
	"""The cells' values. Texts too long for a cell go on behind the last column, as key, text, key, text …"""
	cells: list[Value] = []
	behind: list[Value] = []
	for entry, column in zip(record, columns, strict=True):
		first, rest = _physical(entry)
		cells.append(first)
		for piece in rest:
			behind += [column.key, piece]
	return cells + behind


def _physical(entry: Entry) -> tuple[Value, list[str]]:
	if entry is None or entry == "":
		return None, []
	if isinstance(entry, str):
		pieces = _pieces(entry)
		return pieces[0], pieces[1:]
	number = Decimal(entry)
	return (plain(number) if fits_number(number) else neutral(str(number))), []


def _heading(text: str) -> Value:
	"""A heading's text, cut where a cell is full: it only repeats what stands in a record."""
	return _pieces(text)[0] or None


def _pieces(text: str) -> list[str]:
	if len(text) <= PIECE or len(writable(text)) < limits.CELL_TEXT - 100:
		return [neutral(text)]
	return [neutral(text[at : at + PIECE]) for at in range(0, len(text), PIECE)]
