"""Rows of Word tables, written as XML: python-docx looks a cell up by counting, which takes minutes for
a table of hundreds of pages."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.table import Table as WordTable

from par_campaign.printing.content import HeadCell, RowStyle, Span
from par_campaign.printing.kept_together import is_long
from par_campaign.printing.spans import PlacedCell, spans
from par_campaign.printing.word.pieces import TextStyle, element, fill, row_properties

_BOLD = (RowStyle.GROUP, RowStyle.STRONG, RowStyle.TOTAL)
_EMU_PER_TWIP = 635


def add_head_rows(
	table: WordTable, head: Sequence[Sequence[HeadCell]], widths: Sequence[int], size: float
) -> None:
	"""Fill the rows of a table's head and have them repeated."""
	taken: set[tuple[int, int]] = set()
	for line, cells in enumerate(head):
		row_properties(table.rows[line], head=True)
		start = 0
		for cell in cells:
			while (line, start) in taken:
				start += 1
			taken |= {(line + r, start + c) for r in range(cell.rows) for c in range(cell.columns)}
			_head_cell(table, line, start, cell, sum(widths[start : start + cell.columns]), size)


def _head_cell(table: WordTable, line: int, start: int, cell: HeadCell, width: int, size: float) -> None:
	first = table.cell(line, start)
	if cell.rows > 1 or cell.columns > 1:
		first = first.merge(table.cell(line + cell.rows - 1, start + cell.columns - 1))
	first.width = Length(width)
	first.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
	for extra in first.paragraphs[1:]:  # left over from the merged cells
		extra._p.getparent().remove(extra._p)
	fill(first.paragraphs[0], cell.text, TextStyle(align="center", bold=True, size=size, keep_next=True))


def body_row(
	cells: Sequence[PlacedCell], style: RowStyle, widths: Sequence[int], size: float, held: bool = False
) -> BaseOxmlElement:
	"""A row of the body; a `held` one stays with the row below."""
	row = element("tr")
	if not is_long(cells):
		properties = element("trPr")
		properties.append(element("cantSplit"))
		row.append(properties)
	for cell in cells:
		row.append(_cell(cell, style, sum(widths[cell.start : cell.start + cell.columns]), size, held))
	return row


def _cell(cell: PlacedCell, style: RowStyle, width: int, size: float, held: bool) -> BaseOxmlElement:
	made = element("tc")
	properties = element("tcPr")
	properties.append(element("tcW", w=width // _EMU_PER_TWIP, type="dxa"))
	if cell.columns > 1:
		properties.append(element("gridSpan", val=cell.columns))
	made.append(properties)
	paragraph = element("p")
	form = element("pPr")
	if held:
		form.append(element("keepNext"))
	form.append(element("jc", val="both" if cell.align.value == "justify" else cell.align.value))
	form.append(_size(element("rPr"), size))  # of the paragraph itself: what an empty cell is as high as
	paragraph.append(form)
	for span in spans(cell.text):
		paragraph.append(_run(span, style, size))
	made.append(paragraph)
	return made


def _size(run_properties: BaseOxmlElement, size: float) -> BaseOxmlElement:
	run_properties.append(element("sz", val=round(size * 2)))
	run_properties.append(element("szCs", val=round(size * 2)))
	return run_properties


def _run(span: Span, style: RowStyle, size: float) -> BaseOxmlElement:
	run = element("r")
	run_properties = element("rPr")
	if span.bold or style in _BOLD:
		run_properties.append(element("b"))
	if span.italic or style is RowStyle.DETAIL:
		run_properties.append(element("i"))
	run.append(_size(run_properties, size))
	for number, line in enumerate(span.text.split("\n")):
		if number:
			run.append(element("br"))
		text = element("t")
		text.text = line
		text.set(qn("xml:space"), "preserve")
		run.append(text)
	return run
