"""Công văn: giao chỉ tiêu, nhắc hạn, thông báo cho đơn vị không được chọn."""

from dataclasses import replace
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
from par_campaign.printing.spans import recipient_lines
from par_campaign.scoring.model import ScoreType

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
	assert annex.body[0].rows[0].cells == ("1.1.1", "Tỷ lệ", "1,5", "từ 95%", "Văn phòng", "05/11/2024")
	opening = "Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ thông báo 01 chỉ tiêu, nhiệm vụ giao các cơ quan"
	assert opening in _text(document)
	assert "trước ngày 05 tháng 12 năm 2024" in _text(document)
	assert document.recipients == ("Như trên", "Lãnh đạo Sở")


def test_an_office_orders_its_own_divisions_and_informs_others():
	items = [Assignment("1.1", "Kế hoạch")]
	own = _text(assignment_letter(PAPER, ("Các phòng",), TITLE, items, to_own=True))
	assert "Sở Nội vụ giao 01 chỉ tiêu, nhiệm vụ cho các phòng" in own and "Yêu cầu Trưởng các phòng" in own
	others = _text(assignment_letter(PAPER, ("Các sở",), TITLE, items))
	assert "Sở Nội vụ giao" not in others and "Yêu cầu" not in others


def test_an_assignment_shows_its_areas_and_what_kind_of_points():
	items = [
		Assignment("1.1", "Kế hoạch", Decimal(2), area="1. CHỈ ĐẠO"),
		Assignment("1.2", "Kiểm tra", Decimal(2), area="1. CHỈ ĐẠO"),
		Assignment("9.1", "Sáng kiến", Decimal(3), area="9. ĐIỂM THƯỞNG", score_type=ScoreType.BONUS),
		Assignment("9.2", "Trễ hạn", Decimal(1), area="9. ĐIỂM THƯỞNG", score_type=ScoreType.DEDUCTION),
	]
	(table,) = assignment_letter(PAPER, ("Các sở",), TITLE, items).annexes[0].body
	assert [column.title for column in table.columns] == ["STT", "Tiêu chí", "Điểm tối đa"]
	assert [row.cells[-1] for row in table.rows] == [
		"1. CHỈ ĐẠO", "2", "2", "9. ĐIỂM THƯỞNG", "+3", "\u22121",
	]  # fmt: skip


def test_a_letter_with_addressees_is_received_by_them():
	paper = replace(PAPER, recipients=())
	document = regret_letter(paper, TITLE, Outcome("Sở Y tế", Decimal(80)))
	assert recipient_lines(document) == ["Như trên;", "Lưu: VT, CCHC."]


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
	assert not document.annexes


def test_a_long_reminder_has_its_list_in_an_annex():
	overdue = [Overdue(f"Sở {n}", "phiếu điểm", date(2024, 11, 30)) for n in range(11)]
	document = reminder_letter(PAPER, ("Các sở",), TITLE, overdue, counted_on=date(2024, 11, 25))
	assert not [block for block in document.body if isinstance(block, Table)]
	assert "còn 11 cơ quan, đơn vị chưa hoàn thành nội dung được giao (có danh sách tại Phụ lục" in _text(
		document
	)
	assert len(document.annexes[0].body[0].rows) == 11


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
