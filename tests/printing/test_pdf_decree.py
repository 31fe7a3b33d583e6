"""The pages against NĐ 30/2020/NĐ-CP, Phụ lục I: sizes, places, rules. The points are those of docs/nd30.md."""

from dataclasses import replace
from datetime import date

import pytest
from documents import SENTENCE, annexes, document
from pdf_facts import pages
from pypdf import PdfReader
from small_campaign import PAPER

from par_campaign.printing.content import Paragraph
from par_campaign.printing.forms import day_text
from par_campaign.printing.pdf.rendering import render_pdf

LEFT, RIGHT = 30, 210 - 15
PT = 25.4 / 72


@pytest.fixture(scope="module")
def whole():
	"""The pages of a document of two pages with two annexes, the second in landscape."""
	first, second = annexes(2)
	return pages(
		render_pdf(
			document(
				(*document().body[:-1], *[Paragraph(SENTENCE * 5)] * 6, document().body[-1]),
				annexes=(first, replace(second, landscape=True)),
			)
		)
	)


@pytest.fixture(scope="module")
def first(whole):
	return whole[0]


def test_pages_are_a4_and_wide_annexes_lie(whole):
	sizes = [(round(page.width, 1), round(page.height, 1)) for page in whole]
	assert sizes[:2] == [(210, 297)] * 2
	assert (297, 210) in sizes
	assert set(sizes) == {(210, 297), (297, 210)}


def test_text_stays_within_the_margins(whole):
	for page in whole:
		for run in page.body:
			assert run.x >= LEFT - 0.1, run
			assert run.right <= page.width - 15 + 0.3, run
			assert run.y <= page.height - 20, run
	assert min(run.x for run in whole[0].body) < LEFT + 0.5  # and they use it
	assert min(run.y for run in whole[0].body) < 26


LOOKS = [
	("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold"),
	("Độc lập - Tự do - Hạnh phúc", 14, "Bold"),
	("ỦY BAN NHÂN DÂN", 13, ""),
	("SỞ NỘI VỤ", 13, "Bold"),
	("Số: 05/TTr-SNV", 13, ""),
	("Tiền Giang, ngày 05 tháng 02 năm 2025", 14, "Italic"),
	("TỜ TRÌNH", 14, "Bold"),
	("Về việc đề nghị", 14, "Bold"),
	("Kính gửi", 14, ""),
	("Căn cứ Luật Thi đua, khen thưởng;", 14, "Italic"),
	("I. KẾT QUẢ", 14, "Bold"),
	("Điều 1.", 14, "Bold"),
	("Ủy ban nhân dân tỉnh yêu cầu", 14, ""),
]


@pytest.mark.parametrize(("text", "size", "style"), LOOKS)
def test_each_element_has_its_size_and_style(first, text, size, style):
	run = first.run(text)
	assert run.size == pytest.approx(size, abs=0.05)
	assert run.font.replace("Liberation-Serif", "").strip("-") == style


def test_the_motto_has_a_rule_of_its_own_length(first):
	motto = first.run("Độc lập")
	assert first.rule_below(motto).width == pytest.approx(motto.width, abs=0.3)
	assert motto.centre == pytest.approx(first.run("CỘNG HÒA").centre, abs=0.2)


@pytest.mark.parametrize(
	"issuer", ["Sở Nội vụ", "Sở Nông nghiệp và Phát triển nông thôn", "Ban Quản lý\ncác khu công nghiệp"]
)
def test_the_issuer_has_a_rule_of_a_third_to_a_half(issuer):
	header = replace(document().header, issuer=issuer)
	page = pages(render_pdf(document(header=header)))[0]
	lines = [run for run in page.runs if run.font.endswith("Bold") and run.x < 90 and run.y < 45]
	longest = max(run.width for run in lines)
	rule = page.rule_below(lines[-1])
	assert longest / 3 <= rule.width <= longest / 2
	assert rule.centre == pytest.approx(lines[-1].centre, abs=0.5)


def test_the_subject_has_a_rule_of_a_third_to_a_half(first):
	lines = [
		run
		for run in first.runs
		if run.font.endswith("Bold") and 50 < run.y < 75 and "TỜ TRÌNH" not in run.text
	]
	rule = first.rule_below(lines[-1])
	assert max(run.width for run in lines) / 3 <= rule.width <= max(run.width for run in lines) / 2


def test_number_and_date_stand_on_one_line(first):
	assert first.run("Số: 05").y == pytest.approx(first.run("Tiền Giang, ngày").y, abs=0.5)


def test_paragraphs_are_justified_and_indented(first):
	lines = [
		run for run in first.body if run.font == "Liberation-Serif" and run.size == pytest.approx(14, abs=0.1)
	]
	start = lines.index(first.run("Ủy ban nhân dân tỉnh yêu cầu"))
	assert lines[start].x == pytest.approx(LEFT + 12.7, abs=0.1)
	assert lines[start + 1].x == pytest.approx(LEFT, abs=0.1)
	assert lines[start].right == pytest.approx(RIGHT, abs=0.6)
	assert lines[start + 1].right == pytest.approx(RIGHT, abs=0.6)


def test_lines_and_paragraphs_keep_their_distance(first):
	first_line = first.run("Ủy ban nhân dân tỉnh yêu cầu")
	below = [run for run in first.body if run.y > first_line.y + 1]
	pitch = below[0].y - first_line.y
	assert 1.14 * 14 * PT <= pitch <= 1.5 * 1.15 * 14 * PT  # single to one and a half
	heading = first.run("I. KẾT QUẢ")
	assert first_line.y - heading.y - pitch >= 6 * PT - 0.05


def test_addressees_stand_below_the_colon(first):
	dashes = [run for run in first.runs if run.text.startswith("- ") and run.y < 100]
	colon = next(run for run in first.runs if run.text.strip() == ":")
	assert [round(run.x, 1) for run in dashes] == [round(colon.x, 1)] * 2
	assert dashes[0].text.endswith(";") and dashes[1].text.endswith(".")


def test_one_addressee_stands_on_the_line_itself():
	page = pages(render_pdf(document(addressees=("Ủy ban nhân dân tỉnh",))))[0]
	assert page.run("Kính gửi: ").y == page.run("Ủy ban nhân dân tỉnh").y


def test_page_one_bears_no_number_and_the_others_do(whole):
	assert whole[0].number == ""
	assert whole[1].number == "2"
	run = next(run for run in whole[1].runs if run.y < 20)
	assert 13 <= run.size <= 14.01
	assert run.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
	assert run.font == "Liberation-Serif"


def test_every_annex_counts_its_own_pages(whole):
	starts = [place for place, page in enumerate(whole) if page.has("Phụ lục I")]
	assert len(starts) == 2
	assert [whole[start].number for start in starts] == ["", ""]
	assert [whole[start + 1].number for start in starts] == ["2", "2"]


def test_annexes_are_numbered_in_roman_and_name_their_document(whole):
	heads = [
		page
		for page in whole
		if page.has("Kèm theo Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2025 của Sở Nội vụ")
	]
	assert [page.runs[0].text for page in heads] == ["Phụ lục I", "Phụ lục II"]
	assert heads[0].runs[0].size == pytest.approx(14, abs=0.05)
	assert heads[0].run("DANH SÁCH 1").font.endswith("Bold")
	assert heads[0].run("(Kèm theo").font.endswith("-Italic")


def test_a_single_annex_bears_no_number():
	whole = pages(render_pdf(document(annexes=annexes(1))))
	[first] = [page for page in whole if page.has("Kèm theo Tờ trình")]
	assert first.runs[0].text == "Phụ lục"


def test_a_letter_has_its_subject_under_the_number():
	frame = PAPER.frame("Công văn", "")
	page = pages(render_pdf(document(kind="", subject="nhắc thời hạn tự chấm điểm", header=frame["header"])))[
		0
	]
	number, subject = page.run("Số: 05/SNV-CCHC"), page.run("V/v nhắc")
	assert 12 <= subject.size <= 13.05 and subject.font == "Liberation-Serif"
	assert subject.centre == pytest.approx(number.centre, abs=1)
	assert subject.y - number.y >= 13 * PT + 6 * PT - 0.3


def test_receivers_stand_at_the_left_beside_the_signature(whole):
	page = next(page for page in whole if page.has("Nơi nhận:"))
	head, power = page.run("Nơi nhận:"), page.run("KT. GIÁM ĐỐC")
	assert head.x == pytest.approx(LEFT, abs=0.1)
	assert abs(head.y - power.y) < 1
	assert (round(head.size), head.font.rpartition("Serif")[2]) == (12, "-Bold-Italic")
	listed = [run for run in page.runs if run.text.startswith("- ") and run.y > head.y]
	assert {round(run.size) for run in listed} == {11}
	assert listed[-1].text == "- Lưu: VT, CCHC."
	assert all(run.text.endswith(";") for run in listed[:-1])


def test_the_signature_is_bold_capitals_and_the_name_centred_below(whole):
	page = next(page for page in whole if page.has("Nơi nhận:"))
	power, title, name = page.run("KT. GIÁM ĐỐC"), page.run("PHÓ GIÁM ĐỐC"), page.run("Nguyễn Văn Ắc")
	for run in (power, title, name):
		assert run.font.endswith("Bold") and run.size == pytest.approx(14, abs=0.05)
		assert run.centre == pytest.approx(power.centre, abs=0.2)
	assert name.y - title.y > 20  # room to sign


@pytest.mark.parametrize(
	("day", "text"),
	[
		(date(2025, 2, 5), "ngày 05 tháng 02 năm 2025"),
		(date(2025, 1, 15), "ngày 15 tháng 01 năm 2025"),
		(date(2025, 3, 9), "ngày 09 tháng 3 năm 2025"),
		(date(2025, 10, 10), "ngày 10 tháng 10 năm 2025"),
	],
)
def test_leading_zeros_of_dates(day, text):
	assert day_text(day) == text


@pytest.mark.parametrize(
	("number", "text"), [(1, "Số: 01/TTr-SNV"), (9, "Số: 09/TTr-SNV"), (120, "Số: 120/TTr-SNV")]
)
def test_leading_zeros_of_numbers(number, text):
	assert replace(PAPER, number=number).header("TTr").number == text


def test_text_is_read_in_its_order():
	content = render_pdf(document())
	import io

	text = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
	order = [
		"ỦY BAN NHÂN DÂN",
		"SỞ NỘI VỤ",
		"CỘNG HÒA",
		"Độc lập - Tự do - Hạnh phúc",
		"Số: 05/TTr-SNV",
		"TỜ TRÌNH",
	]
	order += [
		"Kính gửi",
		"Căn cứ Luật",
		"I. KẾT QUẢ",
		"Ủy ban nhân dân tỉnh yêu cầu các sở",
		"Điều 1.",
		"Nơi nhận:",
	]
	places = [text.index(part) for part in order]
	assert places == sorted(places)
