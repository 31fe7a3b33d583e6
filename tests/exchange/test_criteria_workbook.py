"""Criteria sets in and out: the own template round-trips, an annex is understood or asked about."""

from __future__ import annotations

import datetime
import io
import unicodedata
from dataclasses import replace
from decimal import Decimal
from random import Random

import openpyxl
import pytest
import random_campaigns
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsx_makers import text_cell, workbook

from par_campaign.exchange.criteria.workbook import LOWER, UPPER, preview, write
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.scoring.model import CriteriaSet, EvidenceDemand, RuleKind, ScoreType

D = Decimal
HEADING = [
	"STT",
	"Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
	"Điểm tối đa",
	"Điểm đánh giá",
	None,
	None,
	"Điểm đạt được",
	"Chỉ số",
	"Ghi chú",
]
ANNEX = [
	["ỦY BAN NHÂN DÂN TỈNH"],
	["BỘ TIÊU CHÍ ĐÁNH GIÁ (Kèm theo Quyết định số 1880/QĐ-UBND)"],
	[],
	HEADING,
	[None, None, None, "Điều tra XHH", "Tự đánh giá", "Sở Nội vụ đánh giá"],
	[f"({n})" for n in range(1, 10)],
	["1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 6.5],
	["1.1", "Kế hoạch CCHC", 2.5],
	["1.1.1", "Ban hành kế hoạch kịp thời", 1],
	[None, "Trong quý I: 1"],
	[None, "Sau quý I: 0,5"],
	[None, "Không ban hành: 0"],
	["1.1.2", "Mức độ thực hiện kế hoạch", 1.5],
	[None, "Trên 90 %: 1,5"],
	[None, "Từ 70 % - 90 %: 1 điểm"],
	[None, "Dưới 70 %: 0"],
	["1.2", "Công bố thủ tục", 2],
	[None, "Có", 2],
	[None, "Không", 0],
	["1.3", "Mức độ hài lòng", 2, "x"],
	["2", "ĐIỂM THƯỞNG", 2],
	["2.1", "Sáng kiến", 2],
	[None, "Mỗi sáng kiến được công nhận: 0,5"],
	[None, "Tổng cộng", 6.5],
]


def sheet_of(rows, edit=None) -> io.BytesIO:
	"""A workbook of these rows, with the heading merged as in print."""
	book = openpyxl.Workbook()
	sheet = book.active
	sheet.title = "Phụ lục"
	for row in rows:
		sheet.append(row)
	if rows[3] is HEADING:
		sheet.merge_cells("A1:I1")
		sheet.merge_cells("D4:F4")
		for letter in "ABCGHI":
			sheet.merge_cells(f"{letter}4:{letter}5")
	if edit:
		edit(sheet)
	out = io.BytesIO()
	book.save(out)
	return out


def small(*rows, heading=("STT", "Nội dung tiêu chí", "Điểm tối đa", "Hướng dẫn")) -> io.BytesIO:
	return sheet_of([heading, ["1", "LĨNH VỰC", None], *rows, []])


def by_code(shown) -> dict:
	return {criterion.code: criterion for criterion in shown.criteria_set.criteria}


# --- own template -------------------------------------------------------------------------------


def tidy(text: str) -> str:
	text = "".join(
		c for c in unicodedata.normalize("NFC", text) if c == "\n" or unicodedata.category(c)[0] != "C"
	)
	return "\n".join(line.strip() for line in text.split("\n")).strip()[:500].strip()


def tidy_set(made: CriteriaSet) -> CriteriaSet:
	"""The set with texts as an import leaves them; only leaves' rows say more than their sums."""
	criteria = []
	for row in made.criteria:
		row = replace(row, title=tidy(row.title))
		if rule := row.rule:
			inputs = tuple((name, f"Số {tidy(label)}".splitlines()[0].strip()) for name, label in rule.inputs)
			row = replace(row, rule=replace(rule, inputs=inputs, options=tuple(rule.options)))
		criteria.append(row)
	return replace(made, title=tidy(made.title), criteria=tuple(criteria))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_what_is_exported_is_imported_as_it_was(seed):
	made = tidy_set(random_campaigns.criteria_set(Random(seed), "BTC"))
	out = io.BytesIO()
	write(made, out, guidance={"1": "=Hướng dẫn"})
	shown = preview(out, name="BTC")
	assert shown.faults == () and shown.questions == ()
	assert shown.criteria_set == made
	assert shown.guidance == {"1": "=Hướng dẫn"}


def test_an_empty_set_gives_a_template_to_fill_in():
	out = io.BytesIO()
	write(CriteriaSet("", "Mẫu", ()), out)
	book = openpyxl.load_workbook(out)
	assert book["Bộ tiêu chí"]["E3"].value == "Cách chấm"
	assert "Theo công thức" in str(book["Bộ tiêu chí"].data_validations.dataValidation[1].formula1)
	assert not preview(out).ready


def test_faults_in_the_template_have_their_cell():
	made = tidy_set(random_campaigns.criteria_set(Random(1), "BTC"))
	out = io.BytesIO()
	write(made, out)

	def faults(**changes):
		book = openpyxl.load_workbook(out)
		for cell, value in changes.items():
			book["Bộ tiêu chí"][cell] = value
		book["Thiết lập"]["B4"] = "nhiều"
		edited = io.BytesIO()
		book.save(edited)
		return {(fault.sheet, fault.cell) for fault in preview(edited).faults}

	assert {("Bộ tiêu chí", "C4"), ("Thiết lập", "B4")} <= faults(C4=999)
	found = faults(D5="Điểm lạ", E5="Cách lạ", C5="một")
	assert {("Bộ tiêu chí", cell) for cell in ("D5", "E5", "C5")} <= found


# --- annexes ------------------------------------------------------------------------------------


def test_a_typical_annex_is_understood():
	shown = preview(sheet_of(ANNEX))
	assert shown.ready, [str(f) for f in shown.faults]
	rows = by_code(shown)
	assert list(rows) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.3", "2", "2.1"]
	assert [option.points for option in rows["1.1.1"].rule.options] == [1, D("0.5"), 0]
	assert [tier.points for tier in rows["1.1.2"].rule.tiers] == [D("1.5"), 1, 0]
	assert rows["1.2"].rule.kind is RuleKind.YES_NO
	assert rows["1.3"].rule.kind is RuleKind.EXTERNAL
	assert rows["1.3"].demand is EvidenceDemand.NONE
	assert rows["2.1"].rule.kind is RuleKind.COUNT and rows["2.1"].score_type is ScoreType.BONUS
	kinds = [row.kind for row in shown.rows]
	assert kinds[:4] == ["area", "criterion", "leaf", "answer"] and kinds[-1] == "total"
	assert "70–90 %: 1" in next(row.rule for row in shown.rows if row.code == "1.1.2")


def test_a_wrong_total_is_named():
	rows = [*ANNEX[:-1], [None, "TỔNG ĐIỂM", 100]]
	(fault,) = preview(sheet_of(rows)).faults
	assert fault.cell == "C24" and "6,5" in fault.message


def test_children_that_do_not_add_up_are_named():
	rows = [*ANNEX]
	rows[7] = ["1.1", "Kế hoạch CCHC", 3]
	assert {fault.cell for fault in preview(sheet_of(rows)).faults} == {"C8"}


@pytest.mark.parametrize(
	("answers", "choices"),
	[
		(["Trên 90 %: 2", "Từ 70 % - 90 %: 1", "Dưới 70 %: 0"], None),
		(["Từ 90 % trở lên: 2", "Từ 70 % - 90 %: 1", "Dưới 70 %: 0"], ("70–90", "≥90")),
		(["Trên 90 %: 2", "Từ 70 % - dưới 90 %: 1", "Dưới 70 %: 0"], ("70–<90", ">90")),
	],
)
def test_touching_bands_are_asked_not_guessed(answers, choices):
	content = small(["1.1", "Tiến độ", 2], *([None, answer] for answer in answers))
	shown = preview(content)
	assert [question.choices for question in shown.questions] == ([choices] if choices else [])
	assert shown.faults == ()
	assert shown.ready is (choices is None)
	for choice, points in ((LOWER, 1), (UPPER, 2)):
		if choices:
			decided = preview(content, {shown.questions[0].key: choice})
			assert decided.ready
			at_90 = [t for t in by_code(decided)["1.1"].rule.tiers if 90 in (t.low, t.high)]
			holder = [
				t for t in at_90 if (t.low == 90 and t.low_inclusive) or (t.high == 90 and t.high_inclusive)
			]
			assert [tier.points for tier in holder] == [points]


def test_overlapping_bands_are_a_fault():
	content = small(
		["1.1", "Tiến độ", 2], [None, "Trên 80 %: 2"], [None, "Từ 70 % - 90 %: 1"], [None, "Dưới 70 %: 0"]
	)
	assert any("overlap" in fault.message for fault in preview(content).faults)


def test_bands_within_sentences_are_read():
	answers = (
		"Hoàn thành từ 90% kế hoạch trở lên",
		"Đạt từ 70% đến dưới 90% kế hoạch",
		"Đạt dưới 70% kế hoạch",
	)
	content = small(["1.1", "Tiến độ", 2], *([None, a, p] for a, p in zip(answers, (2, 1, 0), strict=True)))
	leaf = by_code(preview(content))["1.1"]
	assert leaf.rule.kind is RuleKind.TIERS and [tier.low for tier in leaf.rule.tiers] == [90, 70, None]


def test_roman_areas_number_the_rows_below_them():
	rows = [
		["STT", "Tiêu chí", "Điểm chuẩn"],
		["I", "CHỈ ĐẠO", 1],
		["1", "Kế hoạch", 1],
		["II", "THỂ CHẾ", 3],
		["1", "Rà soát", 3],
		["1.1", "Số văn bản", 3],
		["A", "mục không số"],
	]
	shown = preview(sheet_of(rows))
	assert list(by_code(shown)) == ["1", "1.1", "2", "2.1", "2.1.1"]
	assert shown.ready, shown.faults


def test_numbers_that_excel_spoilt_are_named():
	def dated(sheet):
		sheet["A4"] = datetime.date(2025, 2, 1)

	shown = preview(
		sheet_of([["STT", "Tiêu chí", "Điểm"], ["1", "A", 2], [1.1, "b", 1], ["1.2", "c", 1], []], dated)
	)
	assert any(fault.cell == "A4" and "date" in fault.message for fault in shown.faults)
	twice = preview(small([1.1, "a", 1], [1.10, "b", 1]))
	assert any(fault.cell == "A4" and "1.10" in fault.message for fault in twice.faults)


@pytest.mark.parametrize("written", ["0,5", "0.5", " 0,50 ", 0.5])
def test_points_are_read_with_point_or_comma(written):
	assert by_code(preview(small(["1.1", "Kế hoạch", written])))["1.1"].maximum == D("0.5")


@pytest.mark.parametrize("written", ["1.234,5", "một", "1/2", True])
def test_what_is_no_number_is_named(written):
	assert any(fault.cell == "C3" for fault in preview(small(["1.1", "Kế hoạch", written])).faults)


def test_decomposed_vietnamese_is_composed():
	title = "Ban hành kế hoạch đúng hạn"
	shown = preview(small(["1.1", unicodedata.normalize("NFD", title), 1]))
	assert by_code(shown)["1.1"].title == title


@pytest.mark.parametrize(
	("written", "encoding", "meant"),
	[
		("C¶i c¸ch hµnh chÝnh", "TCVN3", "Cải cách hành chính"),
		("Caûi caùch haønh chính", "VNI", "Cải cách hành chính"),
	],
)
def test_old_encodings_are_named_with_what_they_mean(written, encoding, meant):
	(fault, *_more) = preview(small(["1.1", written, 1])).faults
	assert fault.cell == "B3" and encoding in fault.message and meant in fault.message


def test_hidden_rows_and_columns_are_pointed_out():
	def hide(sheet):
		sheet.row_dimensions[9].hidden = True
		sheet.column_dimensions["C"].hidden = True

	shown = preview(sheet_of(ANNEX, hide))
	assert {remark.cell for remark in shown.remarks} >= {"A9", "C4"}
	assert next(row for row in shown.rows if row.code == "1.1.1").hidden


def test_a_formula_counts_by_its_last_value_and_is_pointed_out():
	content = small(["1.1", "Kế hoạch", "=1+1"])
	assert any("never calculated" in fault.message for fault in preview(content).faults)


def test_a_repeated_number_is_named():
	shown = preview(small(["1.1", "a", 1], ["1.1", "b", 1]))
	assert any(fault.cell == "A4" and "twice" in fault.message for fault in shown.faults)


def test_merged_titles_do_not_count_as_points():
	def merge(sheet):
		sheet.merge_cells("B2:D2")

	shown = preview(
		sheet_of(
			[["STT", "Tiêu chí", "Điểm tối đa", "Hướng dẫn"], ["1", "LĨNH VỰC"], ["1.1", "a", 1], []], merge
		)
	)
	assert shown.ready and by_code(shown)["1"].maximum is None and shown.guidance == {}


def test_a_workbook_without_a_table_is_refused():
	with pytest.raises(WorkbookError, match="STT"):
		preview(sheet_of([["Tên", "Điểm"], [], [], []]))


def test_a_calculated_formula_counts_by_its_last_value():
	cells = {"A": "STT", "B": "Tiêu chí", "C": "Điểm tối đa"}
	heading = "".join(text_cell(f"{letter}1", text) for letter, text in cells.items())
	data = (
		f'<row r="1">{heading}</row>'
		f'<row r="2">{text_cell("A2", "1")}{text_cell("B2", "LĨNH VỰC")}<c r="C2"><f>SUM(C3)</f><v>2</v></c></row>'
		f'<row r="3">{text_cell("A3", "1.1")}{text_cell("B3", "Kế hoạch")}<c r="C3"><v>2</v></c></row>'
	)
	shown = preview(workbook(data))
	assert shown.ready and by_code(shown)["1"].maximum == 2
	assert [remark.cell for remark in shown.remarks] == ["C2"]
