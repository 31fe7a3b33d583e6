"""Báo cáo tóm tắt thành tích."""

from dataclasses import replace

from small_campaign import PAPER, campaign, card

from par_campaign.printing.builders import Profile, summary_document
from par_campaign.printing.content import Heading, Paragraph, Table
from par_campaign.scoring.campaign import evaluate


def _summary(unit: str, profile: Profile | None = None, model=None):
	model = model or campaign()
	return summary_document(PAPER, model, evaluate(model), unit, "Cờ thi đua", profile)


def _text(document) -> str:
	return "\n".join(
		block.text
		for block in document.body
		if isinstance(block, Paragraph | Heading) and isinstance(block.text, str)
	)


def test_points_by_area_come_from_the_scorecard():
	table = next(block for block in _summary("SNV").body if isinstance(block, Table))
	assert [row.cells for row in table.rows][:2] == [
		("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "80", "80,00", "80,00", "100,00"),
		("2", "CẢI CÁCH THỂ CHẾ", "20", "19,95", "19,95", "99,75"),
	]
	assert table.rows[-1].cells[1:] == ("100", "99,95", "99,95", "99,95")


def test_index_class_and_rank_are_told():
	assert (
		"chỉ số cải cách hành chính đạt 99,95%, xếp loại Xuất sắc, xếp hạng 01/04 (Sở, ban, ngành)."
		in _text(_summary("SNV"))
	)


def test_highlights_are_full_leaves_and_shortfalls_the_weak_ones():
	good, weak = _text(_summary("SNV")), _text(_summary("SCT"))
	assert "Kế hoạch (60,00 điểm): Giải trình 1.1" in good
	assert "Giải trình 2.1" not in good  # 19,95 of 20
	assert "Hạn chế" not in good
	assert "Nội dung đạt dưới một nửa số điểm: Rà soát văn bản (5,50/20 điểm)." in weak


def test_what_the_unit_adds_stands_in_its_place():
	profile = Profile(("Có 06 phòng.",), ("Thành tích khác.",), ("Bằng khen năm 2023.",), "Dẫn đầu khối.")
	text = _text(_summary("SNV", profile))
	order = ["Có 06 phòng.", "Dẫn đầu khối.", "Thành tích khác.", "III. Các hình thức", "Bằng khen năm 2023."]
	assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
	assert "Đơn vị bổ sung" not in text


def test_what_the_unit_leaves_open_is_not_denied():
	"""Awards given elsewhere are not known here: nobody is made to sign that there were none."""
	text = _text(_summary("SNV"))
	assert text.endswith("(Đơn vị bổ sung, nếu có.)") and "Không." not in text


def test_a_unit_out_of_the_running_has_no_rank():
	model = campaign()
	model = replace(model, cards=(card("SNV", disqualified="vi phạm kỷ luật"), *model.cards[1:]))
	assert "xếp hạng" not in _text(_summary("SNV", model=model))
