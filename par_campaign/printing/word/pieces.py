"""Pieces of WordprocessingML that python-docx has no call for, and one way to fill a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph

from par_campaign.printing import nd30
from par_campaign.printing.content import Text
from par_campaign.printing.spans import spans

FIRST_LINE = Mm(nd30.FIRST_LINE_MM)
_ALIGN = {
	"left": WD_ALIGN_PARAGRAPH.LEFT,
	"right": WD_ALIGN_PARAGRAPH.RIGHT,
	"center": WD_ALIGN_PARAGRAPH.CENTER,
	"justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# What follows borders in a paragraph's properties: the schema fixes the order.
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


@dataclass(frozen=True)
class TextStyle:
	"""How a paragraph looks; bold and italic add to what its spans say."""

	align: str = "left"
	size: float | None = None  # pt, None = the body's
	bold: bool = False
	italic: bool = False
	before: float = 0  # pt
	after: float = 0
	indent: bool = False
	spacing: float | None = None  # lines
	keep_next: bool = False


def element(name: str, **attributes: object) -> BaseOxmlElement:
	"""An XML element of Word's namespace with attributes of the same."""
	made = OxmlElement(f"w:{name}")
	for key, value in attributes.items():
		made.set(qn(f"w:{key}"), str(value))
	return made


def set_font(style: ParagraphStyle, name: str, size: Length) -> None:
	"""The font of a style for every script, and Vietnamese as its language."""
	style.font.name, style.font.size = name, size
	properties = style.element.get_or_add_rPr()
	fonts = properties.get_or_add_rFonts()
	for script in ("ascii", "hAnsi", "cs", "eastAsia"):
		fonts.set(qn(f"w:{script}"), name)
	properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))


def fill(paragraph: WordParagraph, text: Text, style: TextStyle) -> WordParagraph:
	"""Put text into an empty paragraph and set how it looks."""
	paragraph.alignment = _ALIGN[style.align]
	form = paragraph.paragraph_format
	form.space_before, form.space_after = Pt(style.before), Pt(style.after)
	form.keep_with_next = style.keep_next or None
	form.line_spacing = style.spacing
	form.first_line_indent = FIRST_LINE if style.indent else None
	for span in spans(text):
		run = paragraph.add_run(span.text)  # a line feed becomes a line break
		run.bold = (style.bold or span.bold) or None
		run.italic = (style.italic or span.italic) or None
		run.font.size = Pt(style.size) if style.size else None
	return paragraph


def boxed(paragraph: WordParagraph) -> None:
	"""A frame around the letters of a paragraph."""
	for run in paragraph.runs:
		frame = element("bdr", val="single", sz=6, space=0, color="000000")
		run._r.get_or_add_rPr().append(frame)


def gap(paragraph: WordParagraph, points: float) -> None:
	"""Make an empty paragraph a space of exactly so many points: tables cannot have space around them."""
	fill(paragraph, "", TextStyle(keep_next=True))
	paragraph.paragraph_format.line_spacing = Pt(points)


def end(paragraph: WordParagraph) -> None:
	"""Make a paragraph that a table or a section must be followed by take no room."""
	fill(paragraph, "", TextStyle())
	paragraph.paragraph_format.line_spacing = Pt(1)


def page_number(paragraph: WordParagraph, size: Length) -> None:
	"""A centred PAGE field."""
	paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
	code = element("instrText")
	code.text = "PAGE"
	shown = element("t")
	shown.text = "2"  # what is there until the reader's program counts
	parts = (
		element("fldChar", fldCharType="begin"),
		code,
		element("fldChar", fldCharType="separate"),
		shown,
		element("fldChar", fldCharType="end"),
	)
	for part in parts:
		run = paragraph.add_run()
		run.font.size = size
		run._r.append(part)


def restart_numbers(section: Section) -> None:
	"""Page numbers of this section begin at one again."""
	properties = section._sectPr
	for old in properties.findall(qn("w:pgNumType")):
		properties.remove(old)
	columns = properties.find(qn("w:cols"))  # the schema wants the numbering right before
	columns.addprevious(element("pgNumType", start=1))


def rule_line(paragraph: WordParagraph, width: int, length: int, after: float = 0) -> None:
	"""Make an empty paragraph a rule of `length`, centred in `width` (both EMU)."""
	fill(paragraph, "", TextStyle(before=3, after=after, keep_next=True))
	form = paragraph.paragraph_format
	form.left_indent = form.right_indent = max(0, (int(width) - int(length)) // 2)
	form.line_spacing = Pt(1)
	borders = element("pBdr")
	borders.append(element("top", val="single", sz=6, space=0, color="000000"))
	paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def cell_margins(table: WordTable, top: float, side: float) -> None:
	"""Space inside a table's cells, in points."""
	margins = element("tblCellMar")
	for edge, points in (("top", top), ("left", side), ("bottom", top), ("right", side)):
		margins.append(element(edge, w=int(points * 20), type="dxa"))
	properties = table._tbl.tblPr
	look = properties.find(qn("w:tblLook"))
	properties.append(margins) if look is None else look.addprevious(margins)


def row_properties(row: WordRow, *, head: bool = False, whole: bool = True) -> None:
	"""Whether a table row is repeated on every page, and whether it may be split between pages."""
	properties = row._tr.get_or_add_trPr()
	if whole:
		properties.append(element("cantSplit"))
	if head:
		properties.append(element("tblHeader"))
