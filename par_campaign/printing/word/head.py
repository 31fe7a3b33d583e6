"""The head, the title and the closing block of a Word file."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from par_campaign.printing import nd30
from par_campaign.printing.content import Block, Document, Header, Paragraph, Signature
from par_campaign.printing.forms import NO_BREAK
from par_campaign.printing.spans import basis, listed, recipient_lines
from par_campaign.printing.word.pieces import (
	TextStyle,
	boxed,
	cell_margins,
	end,
	fill,
	gap,
	row_properties,
	rule_line,
)
from par_campaign.printing.word.widths import bold_mm

SIGNING_LINES = 4  # empty lines for the signature and the seal
TITLE_GAP_PT, CLOSING_GAP_PT = 14, 14
BELOW_NAMES_PT = 8  # to what stands under two signatures
_S = nd30.SIZES


def add_head(word: WordDocument, document: Document, header: Header, width: int) -> None:
	"""Agency and state side by side, below them number and date."""
	left = int(width * nd30.ISSUER_SHARE)
	table = _columns(word, (left, width - left), rows=2)
	_agency(table.cell(0, 0), header, left)
	_state(table.cell(0, 1), width - left)
	number, place = table.cell(1, 0), table.cell(1, 1)
	_line(number, header.number, TextStyle(align="center", size=_S["number"], before=6))
	if not document.kind and document.subject:
		_line(
			number, f"V/v {document.subject}", TextStyle(align="center", size=_S["letter_subject"], before=6)
		)
	if header.mark:
		mark = TextStyle(align="center", size=_S["number"], bold=True, before=6)
		boxed(_line(number, f"{NO_BREAK}{header.mark}{NO_BREAK}", mark))
	_line(place, header.place_date, TextStyle(align="center", size=_S["date"], italic=True, before=6))


def _agency(cell: WordCell, header: Header, width: int) -> None:
	size = _S["issuer"]
	if header.parent:
		_line(cell, header.parent.upper(), TextStyle(align="center", size=size))
	issuer = header.issuer.upper()
	_line(cell, issuer, TextStyle(align="center", size=size, bold=True))
	rule_line(cell.add_paragraph(), width, rule_length(issuer, size, width))


def _state(cell: WordCell, width: int) -> None:
	_line(cell, nd30.COUNTRY, TextStyle(align="center", size=_S["country"], bold=True))
	_line(cell, nd30.MOTTO, TextStyle(align="center", size=_S["motto"], bold=True))
	rule_line(cell.add_paragraph(), width, Mm(bold_mm(nd30.MOTTO, _S["motto"])))


def rule_length(text: str, size: float, width: int) -> int:
	"""Length of the rule under centred bold lines: the decree's third to half of the widest."""
	widest = max(bold_mm(line, size) for line in text.split("\n"))
	return int(min(Mm(widest), width) * nd30.RULE_SHARE)


def add_title(word: WordDocument, document: Document, width: int) -> None:
	"""Kind and subject, authority, addressees, legal bases, enacting words."""
	bold = TextStyle(align="center", size=_S["kind"], bold=True, keep_next=True)
	gap(word.add_paragraph(), TITLE_GAP_PT)
	if document.kind:
		fill(word.add_paragraph(), document.kind.upper(), bold)
	if document.kind and document.subject:
		fill(word.add_paragraph(), document.subject, bold)
		rule_line(word.add_paragraph(), width, rule_length(document.subject, _S["kind"], width), after=12)
	if document.authority:
		fill(
			word.add_paragraph(),
			document.authority.upper(),
			TextStyle(align="center", bold=True, before=6, after=12),
		)
	_addressees(word, document.addressees)
	for number, text in enumerate(document.bases, 1):
		style = TextStyle(
			align="justify", italic=True, indent=True, before=nd30.PARAGRAPH_GAP_PT, spacing=nd30.LINE_SPACING
		)
		fill(word.add_paragraph(), basis(text, number == len(document.bases)), style)
	if document.enacting:
		style = TextStyle(align="center", bold=True, before=12, after=6, keep_next=True)
		fill(word.add_paragraph(), document.enacting, style)


def _addressees(word: WordDocument, addressees: Sequence[str]) -> None:
	if len(addressees) == 1:
		fill(word.add_paragraph(), f"Kính gửi: {addressees[0]}", TextStyle(align="center", after=12))
		return
	for number, addressee in enumerate(addressees, 1):
		last = number == len(addressees)
		if number == 1:
			paragraph = fill(word.add_paragraph(), "Kính gửi:", TextStyle(keep_next=True))
			paragraph.paragraph_format.left_indent = Mm(nd30.TO_MM)
		paragraph = fill(
			word.add_paragraph(),
			f"- {listed(addressee, last)}",
			TextStyle(after=12 if last else 0, keep_next=not last),
		)
		paragraph.paragraph_format.left_indent = Mm(nd30.TO_MM + nd30.TO_LABEL_MM)


def add_closing(word: WordDocument, document: Document, width: int) -> None:
	"""Recipients and signatures on one page, together with the last line of the text."""
	signatures, receivers = document.signatures, recipient_lines(document)
	if not (signatures or receivers):
		return
	_hold_last(word, document.body)
	gap(word.add_paragraph(), CLOSING_GAP_PT)
	below = len(signatures) == 2 and receivers
	table = _columns(word, (width // 2, width - width // 2), rows=2 if below else 1)
	if len(signatures) == 2:
		_sign(table.cell(0, 0), signatures[0], keep_next=bool(below))
	else:
		_receivers(table.cell(0, 0), receivers, before=0)
	if signatures:
		_sign(table.cell(0, 1), signatures[-1], keep_next=bool(below))
	if below:
		_receivers(table.cell(1, 0), receivers, before=BELOW_NAMES_PT)
	if not document.annexes:
		end(word.add_paragraph())


def _hold_last(word: WordDocument, body: Sequence[Block]) -> None:
	"""What stands before the signature moves to the next page with it: a signature never stands alone, nor with
	remarks only."""
	remarks = 0
	for block in reversed(body):
		if not (isinstance(block, Paragraph) and block.small):
			break
		remarks += 1
	blocks = [block for block in word.element.body.iterchildren() if not block.tag.endswith("}sectPr")]
	for last in blocks[-1 - remarks :]:
		for paragraph in [last] if last.tag.endswith("}p") else last.xpath("./w:tr[last()]//w:p"):
			paragraph.get_or_add_pPr().get_or_add_keepNext()


def _receivers(cell: WordCell, lines: Sequence[str], before: float) -> None:
	if not lines:
		return
	_line(cell, "Nơi nhận:", TextStyle(size=_S["recipients_head"], bold=True, italic=True, before=before))
	for line in lines:
		_line(cell, f"- {line}", TextStyle(size=_S["recipients"]))


def _sign(cell: WordCell, signature: Signature, keep_next: bool) -> None:
	bold = TextStyle(align="center", size=_S["signature"], bold=True, keep_next=True)
	for line in signature.lines:
		_line(cell, line.upper(), bold)
	if signature.note:
		_line(cell, signature.note, TextStyle(align="center", size=_S["remark"], italic=True, keep_next=True))
	for _number in range(SIGNING_LINES):
		_line(cell, "", bold)
	_line(
		cell, signature.name, TextStyle(align="center", size=_S["signature"], bold=True, keep_next=keep_next)
	)


def _columns(word: WordDocument, widths: tuple[int, int], rows: int) -> WordTable:
	table: WordTable = word.add_table(rows=rows, cols=2)
	table.autofit = False
	cell_margins(table, 0, 1)
	for column, size in zip(table.columns, widths, strict=True):
		column.width = size
	for row in table.rows:
		row_properties(row)
		for cell, size in zip(row.cells, widths, strict=True):
			cell.width = size
	return table


def _line(cell: WordCell, text: str, style: TextStyle) -> WordParagraph:
	"""The next line of a cell; its one paragraph is there from the start."""
	paragraphs = cell.paragraphs
	fresh = len(paragraphs) == 1 and paragraphs[0]._p.pPr is None
	return fill(paragraphs[0] if fresh else cell.add_paragraph(), text, style)
