"""The one model of a document that both renderers print.

Texts are plain text or spans; nothing here is markup, so nothing a user typed can become any. A
line feed in a text is a line break.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Align(str, Enum):
	"""How the lines of a paragraph or cell stand."""

	LEFT = "left"
	CENTER = "center"
	RIGHT = "right"
	JUSTIFY = "justify"


@dataclass(frozen=True)
class Span:
	"""A run of text of its own look."""

	text: str
	bold: bool = False
	italic: bool = False


Text = str | Span | tuple[str | Span, ...]


# --- blocks of the body -------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
	"""A paragraph of the body: justified, first line indented, unless said otherwise."""

	text: Text
	align: Align = Align.JUSTIFY
	indent: bool = True
	small: bool = False  # a remark under a table
	keep_next: bool = False  # stays on the page of what follows
	mark: str = ""  # "-", "a)", "1.": stands before the text


@dataclass(frozen=True)
class Heading:
	"""A heading: level 1 "I. …" in capitals, level 2 "1. …", both bold on the indent."""

	text: str
	level: int = 1


@dataclass(frozen=True)
class Article:
	"""A Điều: "Điều 1." bold, then its bold title or its plain text."""

	number: int
	text: Text
	title: str = ""


@dataclass(frozen=True)
class Column:
	"""A column of a table; widths are shares of the table's width."""

	title: str
	width: float
	align: Align = Align.LEFT


@dataclass(frozen=True)
class HeadCell:
	"""A cell of a head with several rows."""

	text: str
	columns: int = 1
	rows: int = 1


class RowStyle(str, Enum):
	"""How a row of a table looks."""

	NORMAL = "normal"
	GROUP = "group"  # opens a part of the table, stays with the row below
	STRONG = "strong"  # an area or a criterion: bold
	TOTAL = "total"  # closes a table: bold
	DETAIL = "detail"  # belongs to the row above: italic


@dataclass(frozen=True)
class Cell:
	"""A cell over several columns, or of its own alignment."""

	text: Text
	columns: int = 1
	align: Align | None = None


@dataclass(frozen=True)
class Row:
	"""A row; its cells together span the table's columns."""

	cells: tuple[Text | Cell, ...]
	style: RowStyle = RowStyle.NORMAL


@dataclass(frozen=True)
class Table:
	"""A table whose head is repeated on every page. `head` is needed where it has several rows."""

	columns: tuple[Column, ...]
	rows: tuple[Row, ...]
	head: tuple[tuple[HeadCell, ...], ...] = ()
	size: float = 12  # pt

	def head_rows(self) -> tuple[tuple[HeadCell, ...], ...]:
		"""The rows of the head."""
		return self.head or (tuple(HeadCell(column.title) for column in self.columns),)


Block = Paragraph | Heading | Article | Table


# --- the document -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Header:
	"""What stands above the document: who issues it, its number, place and date."""

	issuer: str
	parent: str = ""
	number: str = ""  # "Số: 05/TTr-SNV"
	place_date: str = ""  # "Tiền Giang, ngày 05 tháng 02 năm 2025"
	mark: str = ""  # "DỰ THẢO"


@dataclass(frozen=True)
class Signature:
	"""Who signs: authority lines (TM., KT., TL.) and title in capitals, then the name."""

	lines: tuple[str, ...]
	name: str = ""
	note: str = ""  # "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True)
class Annex:
	"""A phụ lục: a section of its own, with its own page numbers."""

	title: str
	body: tuple[Block, ...]
	landscape: bool = False


@dataclass(frozen=True)
class Document:
	"""A document by NĐ 30/2020. `kind` is empty for a công văn, whose subject stands under its number."""

	header: Header | None
	kind: str  # tên loại: "TỜ TRÌNH"
	subject: str  # trích yếu
	body: tuple[Block, ...]
	name: str = "tai-lieu"  # of the file, without extension
	authority: str = ""  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …" of a Quyết định
	addressees: tuple[str, ...] = ()  # Kính gửi
	bases: tuple[str, ...] = ()  # căn cứ
	enacting: str = ""  # "QUYẾT ĐỊNH:"
	signatures: tuple[Signature, ...] = ()  # the last one stands at the right
	recipients: tuple[str, ...] = ()  # Nơi nhận
	archive: str = ""  # "VT, CCHC"
	reference: str = ""  # what the annexes are "Kèm theo"
	annexes: tuple[Annex, ...] = ()
	landscape: bool = False

	@property
	def title(self) -> str:
		"""Kind and subject in one line, for the file's properties."""
		return " ".join(f"{self.kind} {self.subject}".split())
