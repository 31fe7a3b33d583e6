"""Facts of the Word files, read back by python-docx."""

import io
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from small_campaign import PAPER

from par_campaign.printing.content import (
	Align,
	Annex,
	Article,
	Cell,
	Column,
	Document,
	HeadCell,
	Heading,
	Paragraph,
	Row,
	RowStyle,
	Span,
	Table,
)
from par_campaign.printing.inputs import Signatory
from par_campaign.printing.word.rendering import render_docx

TABLE = Table(
	(Column("STT", 10, Align.CENTER), Column("Tự chấm", 20, Align.RIGHT), Column("Thẩm định", 70)),
	(
		Row(("I. Nhóm sở",), RowStyle.GROUP),
		Row(("1", "99,95", "<b>đậm</b>\ndòng hai")),
		Row((Cell("Cộng", 2), "x" * 2000), RowStyle.TOTAL),
	),
	head=(
		(HeadCell("STT", rows=2), HeadCell("Điểm", columns=2)),
		(HeadCell("Tự chấm"), HeadCell("Thẩm định")),
	),
)
DOCUMENT = Document(
	**{**PAPER.frame("Tờ trình", "TTr"), "bases": ("Căn cứ Luật,", "Căn cứ Nghị định.")},
	kind="Tờ trình",
	subject="Về việc khen thưởng",
	addressees=("Ủy ban nhân dân tỉnh",),
	body=(Heading("I. Kết quả"), Paragraph(("Thường ", Span("đậm", bold=True))), Article(1, "Tặng cờ.")),
	annexes=(Annex("Danh sách", (TABLE,), landscape=True), Annex("Bảng", (Paragraph("Cuối."),))),
)


def _open(document=DOCUMENT):
	return docx.Document(io.BytesIO(render_docx(document)))


def _texts(word) -> list[str]:
	"""All paragraphs in reading order, those of tables too."""
	return ["".join(p.xpath(".//w:t/text()")) for p in word.element.body.iter(qn("w:p"))]


def _paragraph(word, text: str):
	return next(p for p in word.paragraphs if p.text == text)


def test_pages_are_a4_with_the_decrees_margins():
	sections = _open().sections
	assert len(sections) == 3
	sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in sections]
	assert sizes == [(210, 297), (297, 210), (210, 297)]
	assert [s.orientation for s in sections] == [
		WD_ORIENT.PORTRAIT,
		WD_ORIENT.LANDSCAPE,
		WD_ORIENT.PORTRAIT,
	]
	for section in sections:
		margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
		assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]


def test_page_numbers_begin_anew_in_each_annex_and_skip_first_pages():
	word = _open()
	assert "PAGE" in word.sections[0].header._element.xml
	for section in word.sections:
		assert section.different_first_page_header_footer
		assert not "".join(p.text for p in section.first_page_header.paragraphs)
	starts = [s._sectPr.find(qn("w:pgNumType")) for s in word.sections]
	assert starts[0] is None
	assert [start.get(qn("w:start")) for start in starts[1:]] == ["1", "1"]


def test_font_size_and_language():
	normal = _open().styles["Normal"]
	assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
	fonts = normal.element.rPr.rFonts
	assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
		"Times New Roman"
	}
	assert normal.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_parts_stand_in_the_decrees_order():
	texts = _texts(_open())
	order = [
		"TỈNH TIỀN GIANG",
		"SỞ NỘI VỤ",
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"Độc lập - Tự do - Hạnh phúc",
		"Số: 05/TTr-SNV",
		"Tiền Giang, ngày 05 tháng 02 năm 2025",
		"TỜ TRÌNH",
		"Về việc khen thưởng",
		"Kính gửi: Ủy ban nhân dân tỉnh",
		"Căn cứ Luật;",
		"Căn cứ Nghị định.",
		"I. KẾT QUẢ",
		"Thường đậm",
		"Điều 1. Tặng cờ.",
		"Nơi nhận:",
		"- Như trên;",
		"- Lưu: VT, CCHC.",
		"KT. GIÁM ĐỐC",
		"PHÓ GIÁM ĐỐC",
		"Nguyễn Văn Ắc",
		"Phụ lục I",
		"DANH SÁCH",
		"(Kèm theo Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2025 của Sở Nội vụ)",
		"Phụ lục II",
	]
	places = [next(i for i, text in enumerate(texts) if text.endswith(part)) for part in order]
	assert places == sorted(places)


def test_body_is_justified_indented_and_spaced():
	form = _paragraph(_open(), "Thường đậm").paragraph_format
	assert form.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
	assert form.first_line_indent == Mm(12.7)
	assert form.space_before >= Pt(6)
	assert 1 <= form.line_spacing <= 1.5


def test_emphasis_is_as_said():
	word = _open()
	assert [run.bold for run in _paragraph(word, "Thường đậm").runs] == [None, True]
	assert all(run.italic for run in _paragraph(word, "Căn cứ Luật;").runs)
	assert all(run.bold for run in _paragraph(word, "TỜ TRÌNH").runs)


def test_a_table_repeats_its_head_and_keeps_short_rows_whole():
	table = _open().tables[-1]
	rows = table._tbl.tr_lst
	marks = [(bool(r.xpath("./w:trPr/w:tblHeader")), bool(r.xpath("./w:trPr/w:cantSplit"))) for r in rows]
	assert marks == [(True, True), (True, True), (False, True), (False, True), (False, False)]


def test_cells_span_as_in_the_model():
	table = _open().tables[-1]
	assert table.cell(0, 1)._tc is table.cell(0, 2)._tc  # Điểm, over two columns
	assert table.cell(0, 0)._tc is not table.cell(0, 1)._tc
	assert table.cell(1, 0)._tc is table.cell(0, 0)._tc  # STT, over two rows
	assert table.cell(2, 0)._tc is table.cell(2, 2)._tc  # a group's title
	assert [len(row.tc_lst) for row in table._tbl.tr_lst[2:]] == [1, 3, 2]
	assert table.cell(3, 1).paragraphs[0].alignment is WD_ALIGN_PARAGRAPH.RIGHT


def test_column_widths_fill_the_page_between_its_margins():
	grid = [int(col.get(qn("w:w"))) for col in _open().tables[-1]._tbl.tblGrid.gridCol_lst]
	assert sum(grid) * 635 == pytest.approx(Mm(252), rel=0.001)
	assert grid[2] / grid[1] == pytest.approx(3.5, rel=0.01)


def test_users_text_stays_text():
	cell = _open().tables[-1].cell(3, 2)
	assert cell.text == "<b>đậm</b>\ndòng hai"


def test_what_xml_cannot_hold_is_left_out():
	odd = replace(DOCUMENT, body=(Paragraph("a\x00\x0b\ud800\ufffe\u202eb" + "Cải"),))
	assert "abCải" in _texts(_open(odd))


def test_a_signature_is_held_by_the_text_before_it():
	word = _open()
	assert _paragraph(word, "Điều 1. Tặng cờ.").paragraph_format.keep_with_next
	closing = word.tables[1]
	assert closing._tbl.xpath("./w:tr/w:trPr/w:cantSplit")


def test_a_table_before_the_signature_holds_it_by_its_last_row():
	word = _open(replace(DOCUMENT, body=(TABLE,), annexes=()))
	*_others, last = word.tables[1]._tbl.tr_lst
	assert last.xpath(".//w:keepNext")


def test_two_signatures_stand_left_and_right():
	signatures = (Signatory("Thư ký", "Trần B").block(), Signatory("Chủ tọa", "Nguyễn A").block())
	closing = _open(replace(DOCUMENT, signatures=signatures, annexes=())).tables[1]
	assert closing.cell(0, 0).text.startswith("THƯ KÝ")
	assert closing.cell(0, 1).text.startswith("CHỦ TỌA")
	assert closing.cell(1, 0).text.startswith("Nơi nhận:")


def test_a_letter_has_its_subject_under_its_number():
	word = _open(replace(DOCUMENT, kind="", addressees=("Sở A", "Sở B")))
	texts = _texts(word)
	assert texts.index("V/v Về việc khen thưởng") == texts.index("Số: 05/TTr-SNV") + 1
	assert texts[texts.index("Kính gửi:") + 1 :][:2] == ["- Sở A;", "- Sở B."]


def test_a_single_annex_bears_no_number():
	assert "Phụ lục" in _texts(_open(replace(DOCUMENT, annexes=DOCUMENT.annexes[:1])))


def test_a_bare_document_renders():
	assert _texts(_open(Document(None, "", "", (Paragraph("Một"),))))[-1] == "Một"


def test_a_signature_takes_text_along_not_remarks_alone():
	body = (Paragraph("Đoạn cuối."), Paragraph("Ghi chú.", small=True), Paragraph("Mã.", small=True))
	word = _open(replace(DOCUMENT, body=body, annexes=()))
	held = {p.text for p in word.paragraphs if p.paragraph_format.keep_with_next}
	assert {"Đoạn cuối.", "Ghi chú.", "Mã."} <= held
	assert word.paragraphs[-1].paragraph_format.line_spacing == Pt(1)  # what a table must be followed by


def test_an_empty_cell_is_no_higher_than_its_table_s_letters():
	table = Table(TABLE.columns, (Row(("1", "", "")),), size=11)
	word = _open(replace(DOCUMENT, body=(table,), annexes=()))
	cells = word.tables[1].rows[1].cells
	assert [cell.paragraphs[0]._p.xpath("./w:pPr/w:rPr/w:sz/@w:val") for cell in cells] == [["22"]] * 3
