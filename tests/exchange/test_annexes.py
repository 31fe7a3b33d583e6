"""Annexes as decisions really carry them: many layouts, one meaning; doubts are asked, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from annex_makers import HEAD, WHOLE, annex, merged_as_in_print

from par_campaign.exchange.criteria.leaf import ALL_OR_NOTHING, FREE, GUIDANCE, ZERO
from par_campaign.exchange.criteria.workbook import Preview, preview
from par_campaign.scoring.model import RuleKind, ScoreType

D = Decimal


def read(rows, edit: Callable | None = None, decided: dict | None = None) -> Preview:
	return preview(annex(rows, edit), decided)


def by_code(shown: Preview) -> dict:
	return {criterion.code: criterion for criterion in shown.criteria_set.criteria}


def kinds(shown: Preview) -> list[str]:
	return [row.kind for row in shown.rows]


def points(criterion) -> list[tuple[str, Decimal]]:
	return [(option.label, option.points) for option in criterion.rule.options]


def bands(criterion) -> list[tuple]:
	return [(tier.low, tier.high, tier.points) for tier in criterion.rule.tiers]


def leaf(*beneath, maximum=2, decided=None):
	"""The only leaf of a set, with these rows beneath it."""
	rows = (HEAD, ("1", "LĨNH VỰC"), ("1.1", "Tiêu chí", maximum), *((None, text) for text in beneath))
	shown = read(rows, decided=decided)
	return by_code(shown)["1.1"], shown


# --- a whole annex ------------------------------------------------------------------------------


def test_a_whole_annex_with_heads_on_two_pages_and_a_signature():
	shown = read(WHOLE, merged_as_in_print)
	assert shown.ready, [str(fault) for fault in shown.faults]
	rows = by_code(shown)
	assert list(rows) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1", "2.2"]
	assert points(rows["1.1.1"])[2] == ("Không ban hành", 0)
	assert bands(rows["1.1.2"]) == [(90, None, 2), (70, 90, 1), (None, 70, 0)]
	assert bands(rows["2.1"]) == [(100, 100, 2), (80, 100, None), (None, 80, 0)]
	assert rows["2.2"].rule.kind is RuleKind.EXTERNAL
	assert kinds(shown)[-3:] == ["total", "note", "note"]
	assert {remark.cell for remark in shown.remarks} == {"B32", "B34"}
	assert shown.guidance == {"2.1": WHOLE[24][1]}


def test_lines_of_a_narrow_column_are_one_title():
	assert by_code(read(WHOLE, merged_as_in_print))["1"].title == "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC"


def test_a_cell_that_cannot_be_read_is_one_fault_and_not_also_a_wrong_sum():
	rows = list(WHOLE)
	rows[9] = ("1.1.1", "Ban hành kế hoạch kịp thời", "một")
	assert [fault.cell for fault in read(rows, merged_as_in_print).faults] == ["C10"]


def test_an_annex_says_nothing_of_the_set_s_own_settings():
	assert read(WHOLE, merged_as_in_print).settings == frozenset()


def test_points_below_the_total_are_a_fault():
	shown = read((*WHOLE, (None, "Có: 1")), merged_as_in_print)
	assert [fault.cell for fault in shown.faults] == ["B35"]


def test_a_title_that_begins_like_a_total_is_a_row():
	assert by_code(read(WHOLE, merged_as_in_print))["1.2"].title == "Tổng hợp, báo cáo định kỳ"


@pytest.mark.parametrize(
	("total", "stated", "fault"),
	[
		("Tổng điểm (A + B)", 4, None),
		("Cộng lĩnh vực 2", 3, None),
		("Tổng cộng", 1, None),
		("Tổng số điểm tối đa", 3, "C6"),
	],
)
def test_totals_may_be_of_all_of_the_maximum_or_of_an_area(total, stated, fault):
	rows = (HEAD, ("1", "A"), ("1.1", "a", 1), ("2", "ĐIỂM THƯỞNG"), ("2.1", "b", 3), (None, total, stated))
	assert [found.cell for found in read(rows).faults] == ([fault] if fault else [])


# --- where answers stand ------------------------------------------------------------------------


def test_the_guidance_column_holds_the_answers():
	guidance = (
		"Tính tỷ lệ % nhiệm vụ hoàn thành.\n- Đạt 100%: 2,5\n- Từ 80% - dưới 100%: tỷ lệ\n- Dưới 80%: 0"
	)
	rows = (
		(*HEAD, "Hướng dẫn đánh giá"),
		(1, "CHỈ ĐẠO"),
		(1.1, "Ban hành kế hoạch", 1, "- Kịp thời: 1\n- Chậm: 0,5\n- Không: 0"),
		(1.2, "Thực hiện", "2,5", guidance),
		(1.3, "Kiểm tra", 2, "Căn cứ báo cáo của đơn vị, chấm theo mức độ"),
	)
	shown = read(rows)
	assert shown.ready and [remark.cell for remark in shown.remarks] == ["D3", "D4"]
	leaves = by_code(shown)
	assert points(leaves["1.1"]) == [("Kịp thời", 1), ("Chậm", D("0.5")), ("Không", 0)]
	assert bands(leaves["1.2"])[1] == (80, 100, None)
	assert leaves["1.3"].rule.kind is RuleKind.DIRECT
	assert shown.guidance["1.2"] == guidance


def test_answers_beside_a_title_merged_down():
	rows = (
		("STT", "Tiêu chí", "Nội dung chấm", "Điểm tối đa"),
		("1", "CHỈ ĐẠO", None, 2),
		("1.1", "Ban hành kế hoạch", "Kịp thời", 1),
		(None, None, "Chậm", 0.5),
		(None, None, "Không", 0),
		("1.2", "Kiểm tra", "Có", 1),
		(None, None, "Không", 0),
	)

	def merge(sheet):
		for area in ("A3:A5", "B3:B5", "A6:A7", "B6:B7"):
			sheet.merge_cells(area)

	shown = read(rows, merge)
	assert shown.ready, shown.faults
	assert points(by_code(shown)["1.1"]) == [("Kịp thời", 1), ("Chậm", D("0.5")), ("Không", 0)]
	assert by_code(shown)["1.2"].rule.kind is RuleKind.YES_NO


def test_answers_and_their_points_in_columns_of_their_own():
	rows = (
		("TT", "Nội dung tiêu chí", "Điểm tối đa", "Mức đánh giá", "Điểm"),
		("1", "CHỈ ĐẠO", 2),
		("1.1", "Ban hành kế hoạch", 2, "Kịp thời", 2),
		(None, None, None, "Chậm", 1),
	)

	def merge(sheet):
		for letter in "ABC":
			sheet.merge_cells(f"{letter}3:{letter}4")

	shown = read(rows, merge)
	assert shown.ready, shown.faults
	assert points(by_code(shown)["1.1"]) == [("Kịp thời", 2), ("Chậm", 1)]


def test_answers_in_the_title_s_own_cell():
	rows = (HEAD, ("1", "LĨNH VỰC"), ("1.1", "Việc thứ nhất\ncủa năm\n- Có: 2\n- Không: 0", 2))
	(area, criterion) = read(rows).criteria_set.criteria
	assert criterion.title == "Việc thứ nhất của năm" and criterion.rule.kind is RuleKind.YES_NO


def test_several_answers_in_one_cell_beneath():
	criterion, shown = leaf("- Trên 90%: 2\n- Từ 70% - 90%: 1\n- Dưới 70%: 0")
	assert shown.ready and [band[2] for band in bands(criterion)] == [2, 1, 0]


@pytest.mark.parametrize(
	("text", "kind"),
	[
		("Mỗi sáng kiến được cộng 0,5 điểm, tối đa 2 điểm", RuleKind.COUNT),
		("Cứ mỗi văn bản chậm trừ 0,5 điểm", RuleKind.COUNT),
		("Mỗi sáng kiến: 0,5", RuleKind.COUNT),
	],
)
def test_points_for_each_occurrence(text, kind):
	criterion, shown = leaf(text)
	assert shown.ready and criterion.rule.kind is kind and criterion.rule.per_occurrence == D("0.5")


@pytest.mark.parametrize(
	("text", "stated"),
	[
		("+ Đúng hạn: 2 điểm;", 2),
		("• Đúng hạn (2 điểm).", 2),
		("Đúng hạn được 2 điểm", 2),
		("Đúng hạn = 2đ", 2),
		("Đúng hạn:2,0", 2),
		("Đúng hạn thì không tính điểm", 0),
	],
)
def test_points_as_they_are_written(text, stated):
	criterion, _shown = leaf(text, "Chậm: 1", "Không: 0")
	assert points(criterion)[0] == ("Đúng hạn", stated)


@pytest.mark.parametrize(
	("text", "band"),
	[
		("Đạt 90% kế hoạch trở lên: 2", (90, None, 2)),
		("Có tỷ lệ lớn hơn hoặc bằng 90%: 2", (90, None, 2)),
		("Hồ sơ đúng hạn cao hơn 90% tổng số: 2", (90, None, 2)),
		("Hoàn thành từ 90% đến 100% nhiệm vụ: 2", (90, 100, 2)),
	],
)
def test_bands_in_sentences(text, band):
	criterion, _shown = leaf(text, "Thấp hơn 90% tổng số: 0")
	assert bands(criterion)[0] == band


def test_points_by_rate_without_a_band_are_a_fault():
	_criterion, shown = leaf("Đúng hạn: 2", "Chậm: tỷ lệ")
	assert [fault.cell for fault in shown.faults] == ["B5"]


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
	("numbers", "codes"),
	[
		(["I", "1", "1.1", "II", "1"], ["1", "1.1", "1.1.1", "2", "2.1"]),
		(["I", "1.1", "1.1.1", "II", "2.1"], ["1", "1.1", "1.1.1", "2", "2.1"]),
		(["I", "I.1", "I.1.1", "II", "II.1"], ["1", "1.1", "1.1.1", "2", "2.1"]),
		(["Lĩnh vực 1", "1.1.", "1.2)", "Lĩnh vực 2:", "2.1"], ["1", "1.1", "1.2", "2", "2.1"]),
		(["A", "1.1", "1.2", "B", "2.1"], ["1", "1.1", "1.2", "2", "2.1"]),
		(["1", "1.1", "1,2", "B", "1"], ["1", "1.1", "1.2", "2", "2.1"]),
		(["I", "1", "B", "1", "2"], ["1", "1.1", "2", "2.1", "2.2"]),
		(["A", "I", "1", "B", "I", "1"], ["1", "1.1", "2", "2.1"]),
		(["A", "1", "1.1", "B", "2", "2.1"], ["1", "1.1", "2", "2.1"]),
	],
)
def test_ways_to_number(numbers, codes):
	shown = read((HEAD, *((number, f"Dòng {at}", None) for at, number in enumerate(numbers))))
	assert not shown.questions
	assert list(by_code(shown)) == codes


def test_letters_with_numbers_that_begin_anew_are_asked_about():
	numbers = ["A", "1", "1.1", "B", "1", "1.1"]
	rows = (HEAD, *((number, f"Dòng {at}", None) for at, number in enumerate(numbers)))
	(question,) = read(rows).questions
	areas, parts = (read(rows, decided={question.key: value}) for value in question.values)
	assert list(by_code(areas)) == ["1", "1.1", "1.1.1", "2", "2.1", "2.1.1"]
	assert list(by_code(parts)) == ["1", "1.1", "2", "2.1", "2.1.1"]
	assert not areas.questions and not parts.questions


def test_bonus_and_deduction_as_lettered_parts_below_roman_areas():
	rows = (
		HEAD,
		("A", "PHẦN ĐIỂM CHUNG", 1),
		("I", "CHỈ ĐẠO", 1),
		("1", "Kế hoạch", 1),
		("B", "ĐIỂM THƯỞNG", 2),
		("1", "Sáng kiến", 2),
		(None, "Mỗi sáng kiến: 0,5"),
		("C", "ĐIỂM TRỪ"),
		("1", "Chậm báo cáo", 1),
		(None, "Mỗi báo cáo chậm trừ 0,25 điểm"),
		(None, "Tổng điểm (A+B)", 3),
	)
	shown = read(rows)
	assert shown.ready, shown.faults
	types = {criterion.code: criterion.score_type for criterion in shown.criteria_set.leaves()}
	assert types == {"1.1": ScoreType.NORMAL, "2.1": ScoreType.BONUS, "3.1": ScoreType.DEDUCTION}


def test_numbers_in_front_of_titles():
	rows = (HEAD, (None, "I. CHỈ ĐẠO", 2), (None, "1. Kế hoạch", 2), (None, "Có: 2"), (None, "Không: 0"))
	shown = read(rows)
	assert shown.ready and [row.title for row in shown.criteria_set.criteria] == ["CHỈ ĐẠO", "Kế hoạch"]
	assert {remark.cell for remark in shown.remarks} == {"B2", "B3"}


def test_number_and_title_merged_into_one_cell():
	def merge(sheet):
		sheet.merge_cells("A2:B2")

	shown = read((HEAD, ("I. CHỈ ĐẠO", None, 1), ("1", "Kế hoạch", 1)), merge)
	assert shown.ready and by_code(shown)["1"].title == "CHỈ ĐẠO"


# --- what is asked ------------------------------------------------------------------------------


def test_a_row_without_points_among_answers_is_asked_about():
	rows = ("Đúng hạn: 2", "Chậm dưới 5 ngày: 1", "Chậm trên 5 ngày")
	_leaf, shown = leaf(*rows)
	(question,) = shown.questions
	assert not shown.ready and "Chậm trên 5 ngày" in question.text
	criterion, shown = leaf(*rows, decided={question.key: ZERO})
	assert shown.ready and points(criterion)[2] == ("Chậm trên 5 ngày", 0)
	criterion, shown = leaf(*rows, decided={question.key: GUIDANCE})
	assert shown.ready and len(points(criterion)) == 2
	assert kinds(shown)[-1] == "note" and shown.guidance == {"1.1": "Chậm trên 5 ngày"}


def test_what_begins_like_guidance_is_guidance():
	criterion, shown = leaf("Tài liệu kiểm chứng: Quyết định", "Đúng hạn: 2", "Không: 0")
	assert shown.ready and len(points(criterion)) == 2
	assert shown.guidance == {"1.1": "Tài liệu kiểm chứng: Quyết định"}


def test_rows_without_any_points_are_guidance_and_pointed_out():
	criterion, shown = leaf("Đánh giá theo mức độ", "Xem báo cáo năm")
	assert criterion.rule.kind is RuleKind.DIRECT and [remark.cell for remark in shown.remarks] == ["B3"]


def test_a_lone_answer_is_asked_about():
	_criterion, shown = leaf("Có ban hành: 2")
	(question,) = shown.questions
	for choice, kind in ((ALL_OR_NOTHING, RuleKind.YES_NO), (FREE, RuleKind.DIRECT)):
		criterion, shown = leaf("Có ban hành: 2", decided={question.key: choice})
		assert shown.ready and criterion.rule.kind is kind
		assert shown.guidance == {"1.1": "Có ban hành: 2"}


def test_a_workbook_with_an_annex_for_each_group_asks_for_the_sheet():
	def second(sheet):
		other = sheet.parent.copy_worksheet(sheet)
		other.title = "Phụ lục II"
		other["B2"] = "CỦA HUYỆN"

	rows = (HEAD, ("1", "CỦA SỞ"), ("1.1", "a", 1))
	shown = read(rows, second)
	(question,) = shown.questions
	assert question.values == ("Phụ lục I", "Phụ lục II") and not shown.rows and not shown.ready
	shown = read(rows, second, {question.key: "Phụ lục II"})
	assert shown.ready and by_code(shown)["1"].title == "CỦA HUYỆN"


@pytest.mark.parametrize(
	"text",
	[
		"tổng " + "số điểm " * 200 + "x",
		" " * 30_000 + "a",
		"mỗi " + "cộng " * 5_000,
		"từ %" + " " * 30_000 + "x%",
	],
)
def test_texts_made_to_be_slow_are_read(text):
	_criterion, shown = leaf(text, "Có: 2", "Không: 0")
	assert shown.rows
