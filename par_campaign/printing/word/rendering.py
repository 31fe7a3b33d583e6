"""Documents as Word files: the same content and the same measures as the PDF, for offices that edit."""

from __future__ import annotations

import io

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section
from docx.shared import Mm, Pt

from par_campaign.printing import nd30
from par_campaign.printing.content import Annex, Document
from par_campaign.printing.normalise import cleaned
from par_campaign.printing.spans import roman
from par_campaign.printing.word.blocks import add_blocks
from par_campaign.printing.word.head import add_closing, add_head, add_title
from par_campaign.printing.word.pieces import (
	TextStyle,
	end,
	fill,
	page_number,
	restart_numbers,
	rule_line,
	set_font,
)

HEADER_MM = 8  # from the page's edge to the page number
LONGEST_PROPERTY = 255  # characters Word takes
FONT = nd30.FONTS[0]  # named only: Word brings it, LibreOffice has one of the same metrics


def render_docx(document: Document) -> bytes:
	"""The document with its annexes as a DOCX file."""
	document = cleaned(document)
	word = docx.Document()
	_defaults(word)
	_properties(word, document)
	_main(word, document)
	for number, annex in enumerate(document.annexes, 1):
		_annex(word, document, annex, f" {roman(number)}" if len(document.annexes) > 1 else "")
	out = io.BytesIO()
	word.save(out)
	return out.getvalue()


def _defaults(word: WordDocument) -> None:
	normal = word.styles["Normal"]
	set_font(normal, FONT, Pt(nd30.SIZES["body"]))
	form = normal.paragraph_format
	form.space_before = form.space_after = Pt(0)
	form.widow_control = True
	form.line_spacing = 1.0


def _properties(word: WordDocument, document: Document) -> None:
	core = word.core_properties
	core.title = document.title[:LONGEST_PROPERTY]
	issuer = document.header.issuer if document.header else ""
	core.author = " ".join(issuer.split())[:LONGEST_PROPERTY]
	core.language, core.comments = "vi-VN", ""


def _main(word: WordDocument, document: Document) -> None:
	section = word.sections[0]
	width = _page(section, document.landscape)
	page_number(section.header.paragraphs[0], Pt(nd30.SIZES["page_number"]))
	section.first_page_header.is_linked_to_previous = False  # an empty head of its own
	if document.header:
		add_head(word, document, document.header, width)
	add_title(word, document, width)
	add_blocks(word, document.body, width)
	add_closing(word, document, width)


def _annex(word: WordDocument, document: Document, annex: Annex, number: str) -> None:
	section = word.add_section(WD_SECTION.NEW_PAGE)
	end(word.paragraphs[-1])  # bears the break
	width = _page(section, annex.landscape)
	restart_numbers(section)
	size = nd30.SIZES["annex"]
	bold = TextStyle(align="center", size=size, bold=True, keep_next=True)
	fill(word.add_paragraph(), f"Phụ lục{number}", bold)
	if annex.title:
		fill(word.add_paragraph(), annex.title.upper(), bold)
	if document.reference:
		text = f"(Kèm theo {document.reference})"
		fill(word.add_paragraph(), text, TextStyle(align="center", size=size, italic=True, keep_next=True))
		rule_line(word.add_paragraph(), width, Mm(nd30.text_width_mm(annex.landscape) // 5))
	add_blocks(word, annex.body, width)


def _page(section: Section, landscape: bool) -> int:
	"""Set the page and give the width between its margins."""
	width, height = nd30.page_mm(landscape)
	section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
	section.page_width, section.page_height = Mm(width), Mm(height)
	section.top_margin, section.bottom_margin = Mm(nd30.TOP_MM), Mm(nd30.BOTTOM_MM)
	section.left_margin, section.right_margin = Mm(nd30.LEFT_MM), Mm(nd30.RIGHT_MM)
	section.header_distance = Mm(HEADER_MM)
	# Page one bears no number; annexes inherit both heads from the section before them.
	section.different_first_page_header_footer = True
	return Mm(nd30.text_width_mm(landscape))
