"""The body of a Word file: paragraphs, headings, articles and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT

from par_campaign.printing import nd30
from par_campaign.printing.content import Align, Article, Block, Heading, Paragraph, Span, Table
from par_campaign.printing.kept_together import held_rows
from par_campaign.printing.spans import shares, spans
from par_campaign.printing.word.pieces import TextStyle, cell_margins, fill, gap
from par_campaign.printing.word.rows import add_head_rows, body_row

_BODY = TextStyle(align="justify", before=nd30.PARAGRAPH_GAP_PT, spacing=nd30.LINE_SPACING)
CELL_TOP_PT, CELL_SIDE_PT = 2, 3
TABLE_GAP_PT = 8


def add_blocks(word: WordDocument, blocks: Iterable[Block], width: int) -> None:
	"""Append blocks to the document; `width` is that of the text, in EMU."""
	for block in blocks:
		if isinstance(block, Paragraph):
			_paragraph(word, block)
		elif isinstance(block, Heading):
			text = block.text.upper() if block.level == 1 else block.text
			style = replace(_BODY, bold=True, indent=True, keep_next=True)
			fill(word.add_paragraph(), text, style)
		elif isinstance(block, Article):
			_article(word, block)
		else:
			_table(word, block, width)


def _paragraph(word: WordDocument, block: Paragraph) -> None:
	style = replace(
		_BODY,
		align=block.align.value,
		size=nd30.SIZES["remark"] if block.small else None,
		indent=block.indent and block.align is Align.JUSTIFY,
		keep_next=block.keep_next,
	)
	mark = (Span(f"{block.mark} "),) if block.mark else ()
	fill(word.add_paragraph(), (*mark, *spans(block.text)), style)


def _article(word: WordDocument, block: Article) -> None:
	style = replace(_BODY, indent=True, keep_next=bool(block.title))
	if not block.title:
		fill(word.add_paragraph(), (Span(f"Điều {block.number}. ", bold=True), *spans(block.text)), style)
		return
	fill(word.add_paragraph(), Span(f"Điều {block.number}. {block.title}", bold=True), style)
	if block.text:
		fill(word.add_paragraph(), block.text, replace(_BODY, indent=True))


def _table(word: WordDocument, block: Table, width: int) -> None:
	gap(word.add_paragraph(), TABLE_GAP_PT)
	head = block.head_rows()
	table = word.add_table(rows=len(head), cols=len(block.columns), style="Table Grid")
	table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
	cell_margins(table, CELL_TOP_PT, CELL_SIDE_PT)
	widths = column_widths(block, width)
	for column, size in zip(table.columns, widths, strict=True):
		column.width = size
	add_head_rows(table, head, widths, block.size)
	for row, cells, held in held_rows(block):
		table._tbl.append(body_row(cells, row.style, widths, block.size, held))


def column_widths(block: Table, width: int) -> Sequence[int]:
	"""Widths of a table's columns in EMU."""
	return [int(width * share / 100) for share in shares(block)]
