"""How text and tables go over pages."""

import pytest
from documents import SENTENCE, document, table
from pdf_facts import pages

from par_campaign.printing.content import Align, Column, Paragraph, Row, RowStyle, Table
from par_campaign.printing.kept_together import held_rows
from par_campaign.printing.pdf.rendering import render_pdf
from par_campaign.printing.pdf.segments import segments

NAME = "Nguyễn Văn Ắc"


def _signed(found):
	return next(page for page in found if page.has(NAME))


@pytest.mark.parametrize("lines", range(10, 38, 2))
def test_the_signature_never_stands_alone(lines):
	"""Whatever the length of the text, some of it stands above the signature, which is kept whole."""
	body = (*[Paragraph(f"Dòng thứ {n}.") for n in range(lines)], Paragraph(SENTENCE * 2))
	page = _signed(pages(render_pdf(document(body))))
	assert page.has("Nơi nhận:") and page.has("KT. GIÁM ĐỐC")
	above = [run for run in page.body if run.y < page.run("Nơi nhận:").y and not run.font.endswith("Bold")]
	assert len({round(run.y) for run in above}) >= 2


def test_the_signature_moves_some_time():
	"""The test above would prove nothing if the block always fitted."""
	counts = set()
	for lines in (10, 37):
		body = (*[Paragraph(f"Dòng thứ {n}.") for n in range(lines)], Paragraph(SENTENCE * 2))
		counts.add(len(pages(render_pdf(document(body)))))
	assert counts == {1, 2} or counts == {2, 3}


@pytest.mark.parametrize("rows", range(12, 24, 3))
def test_a_signature_below_a_table_takes_a_row_along(rows):
	page = _signed(pages(render_pdf(document((table(rows),)))))
	assert page.has(f"Đơn vị số {rows}")


def test_heads_are_repeated_on_every_page():
	found = pages(render_pdf(document((table(120),))))
	with_rows = [page for page in found if page.has("Đơn vị số")]
	assert len(with_rows) >= 3
	for page in with_rows:
		assert page.text.count("Tên đơn vị") == 1
		assert page.run("Tên đơn vị").y < next(run for run in page.body if "Đơn vị số" in run.text).y


def test_every_row_is_printed_once():
	text = " ".join(page.text for page in pages(render_pdf(document((table(120),)))))
	for n in range(1, 121):
		assert text.count(f"Đơn vị số {n} ") == 1


def test_rows_are_not_broken_but_those_longer_than_a_page_are():
	columns = (Column("STT", 10, Align.CENTER), Column("Nội dung", 90))
	short = tuple(Row((f"<{n}>", SENTENCE * 3)) for n in range(30))
	found = pages(render_pdf(document((Table(columns, short),))))
	for n in range(30):
		assert sum(page.has(f"<{n}>") for page in found) == 1
	words = " ".join(f"từ{n}" for n in range(2500))
	found = pages(render_pdf(document((Table(columns, (Row(("1", words)),)),))))
	assert sum(page.has("từ") for page in found) >= 2
	text = " ".join(page.text for page in found).split()
	assert [word for word in text if word.startswith("từ") and word[2:].isdigit()] == words.split()


@pytest.mark.parametrize("style", [RowStyle.GROUP, RowStyle.STRONG])
@pytest.mark.parametrize("lines", [1, 3])
def test_a_part_of_a_table_never_begins_at_the_foot_of_a_page(style, lines):
	"""Whatever the height of the row below: one of several lines is what does not fit."""
	columns = table(1).columns
	for rows in range(4, 7):
		body = []
		for part in range(12):
			opening = (f"Phần {part}.",) if style is RowStyle.GROUP else ("", f"Phần {part}.", "")
			body.append(Row(opening, style))
			body += [Row((str(n), "\n".join([f"Đơn vị {part}-{n}"] * lines), "1")) for n in range(rows)]
		for page in pages(render_pdf(document((Table(columns, tuple(body)),)))):
			cells = [run for run in page.body if run.text.startswith(("Phần", "Đơn vị"))]
			assert not cells or not cells[-1].text.startswith("Phần")


@pytest.mark.parametrize("style", [RowStyle.TOTAL, RowStyle.DETAIL])
def test_a_sum_or_detail_never_begins_a_page(style):
	for rows in range(24, 36):
		body = (*table(rows).rows, Row(("", "Tổng cộng", "1"), style))
		found = pages(render_pdf(document((Table(table(1).columns, body),))))
		assert next(page for page in found if page.has("Tổng cộng")).has(f"Đơn vị số {rows}")


@pytest.mark.parametrize("lines", range(14, 34, 2))
def test_a_small_table_is_not_broken(lines):
	body = (*[Paragraph(f"Dòng thứ {n}.") for n in range(lines)], table(4), Paragraph(SENTENCE))
	with_rows = [page for page in pages(render_pdf(document(body))) if page.has("Đơn vị số")]
	assert len(with_rows) == 1


def test_a_table_of_few_but_high_rows_is_not_moved_as_a_whole():
	"""It would leave the page of the title empty."""
	rows = tuple(Row((str(n), SENTENCE * 3, "1")) for n in range(6))
	first = pages(render_pdf(document((Table(table(1).columns, rows),), landscape=True)))[0]
	assert first.has("đẩy mạnh cải cách hành chính, nâng cao")


def test_rows_are_held_by_the_same_rule_in_both_forms():
	rows = (
		*table(9).rows,
		Row(("Phần",), RowStyle.GROUP),
		*table(2).rows,
		Row(("", "Cộng", ""), RowStyle.TOTAL),
	)
	held = [held for _row, _cells, held in held_rows(Table(table(1).columns, rows))]
	assert held == [False] * 9 + [True, False, True, False]


def test_a_row_that_may_be_broken_is_never_held():
	rows = (
		Row(("Phần",), RowStyle.GROUP),
		Row(("1", SENTENCE * 20, "")),
		Row(("", "Cộng", ""), RowStyle.TOTAL),
	)
	assert [held for _row, _cells, held in held_rows(Table(table(1).columns, rows))] == [True, False, False]


def test_a_remark_stays_with_its_table():
	for rows in range(14, 26):
		found = pages(
			render_pdf(
				document(
					(table(rows), Paragraph("Ghi chú ở cuối.", small=True)),
					signatures=(),
					recipients=(),
					archive="",
				)
			)
		)
		assert next(page for page in found if page.has("Ghi chú")).has(f"Đơn vị số {rows}")


def test_short_bodies_are_laid_out_in_one_go():
	assert list(segments((table(50), Paragraph("a"), table(50)))) == [(table(50), Paragraph("a"), table(50))]


def test_long_bodies_are_cut_after_tables_and_their_remarks():
	note, text = Paragraph("Ghi chú", small=True), Paragraph("Mở đầu")
	runs = list(segments((table(30), note, text, table(30), note), rows=20))
	assert runs == [(table(30), note), (text, table(30), note)]


def test_the_end_of_a_long_body_is_never_cut_off():
	assert list(segments((table(30), Paragraph("Cuối")), rows=20)) == [(table(30), Paragraph("Cuối"))]


def test_a_body_laid_out_in_runs_counts_its_pages_on(monkeypatch):
	monkeypatch.setattr("par_campaign.printing.pdf.segments.segments.__defaults__", (20,))
	found = pages(render_pdf(document((table(40), Paragraph("Tiếp theo"), table(40), Paragraph("Hết./.")))))
	assert [page.number for page in found] == ["", *(str(n) for n in range(2, len(found) + 1))]
	assert sum(page.has("CỘNG HÒA") for page in found) == 1
	assert sum(page.has(NAME) for page in found) == 1
	assert next(page for page in found if page.has("Tiếp theo")).body[0].text == "Tiếp theo"
