"""Công văn: giao chỉ tiêu, nhắc hạn, thông báo cho đơn vị không được chọn."""

from datetime import date, datetime
from decimal import Decimal

from small_campaign import PAPER

from par_campaign.printing.builders import (
	Assignment,
	Outcome,
	Overdue,
	assignment_letter,
	regret_letter,
	reminder_letter,
)
from par_campaign.printing.content import Paragraph, Table

TITLE = "Phong trào thi đua cải cách hành chính năm 2024"


def _text(document) -> str:
	return "\n".join(f"{b.mark} {b.text}".strip() for b in document.body if isinstance(b, Paragraph))


def test_an_assignment_has_its_criteria_in_an_annex():
	items = [Assignment("1.1.1", "Tỷ lệ", Decimal("1.50"), "từ 95%", "Văn phòng", date(2024, 11, 5))]
	document = assignment_letter(
		PAPER, ("Các sở",), TITLE, items, plan="Kế hoạch số 12/KH-UBND", report_by=date(2024, 12, 5)
	)
	assert document.kind == ""
	assert document.subject.startswith("giao chỉ tiêu, nhiệm vụ phong trào thi đua")
	assert document.header.number == "Số: 05/SNV-CCHC"
	(annex,) = document.annexes
	assert annex.landscape
	assert annex.body[0].rows[0].cells[:6] == ("1.1.1", "Tỷ lệ", "1,5", "từ 95%", "Văn phòng", "05/11/2024")
	assert "Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ giao 01 chỉ tiêu" in _text(document)
	assert "trước ngày 05 tháng 12 năm 2024" in _text(document)


def test_a_reminder_counts_units_not_lines():
	overdue = [
		Overdue(unit, what, date(2024, 11, 30))
		for unit, what in (("Sở Y tế", "phiếu điểm"), ("Sở Y tế", "minh chứng"), ("Sở Tư pháp", "phiếu điểm"))
	]
	document = reminder_letter(
		PAPER,
		("Sở Y tế", "Sở Tư pháp"),
		TITLE,
		overdue,
		counted_on=date(2024, 11, 25),
		deadline=datetime(2024, 11, 30, 17),
	)
	assert "còn 02 cơ quan, đơn vị" in _text(document)
	assert "trước 17 giờ 00 phút, ngày 30 tháng 11 năm 2024" in _text(document)
	table = next(block for block in document.body if isinstance(block, Table))
	assert len(table.rows) == 3


def test_a_regret_letter_gives_standing_reasons_and_what_to_do():
	outcome = Outcome(
		"Sở Công Thương",
		Decimal("88.25"),
		"Sở, ban, ngành",
		"Cụm 1",
		4,
		5,
		"Tốt",
		("Cờ thi đua",),
		("hạng 4",),
	)
	document = regret_letter(PAPER, TITLE, outcome, decision="Quyết định số 215/QĐ-UBND")
	text = _text(document)
	assert document.addressees == ("Sở Công Thương",)
	assert "đạt 88,25%, xếp loại Tốt, xếp hạng 04/05 (Cụm 1, Sở, ban, ngành)." in text
	assert "chưa được xét tặng Cờ thi đua đợt này. Lý do: hạng 4." in text
	assert text.startswith("Căn cứ Quyết định số 215/QĐ-UBND")
	assert text.endswith("./.")


def test_titles_in_capitals_are_left_alone():
	document = regret_letter(PAPER, "PAR INDEX 2024", Outcome("Sở Y tế", Decimal(80)))
	assert "PAR INDEX 2024" in document.subject
