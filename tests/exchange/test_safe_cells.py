"""What stands in cells: types, order, bounds, merged and hidden content."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from decimal import Decimal

import pytest
from test_safe_package import read_all, refused
from xlsx_makers import packed, parts, shared, styles, text_cell, workbook

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.cells import address, parse_address
from par_campaign.exchange.xlsx.limits import UPLOAD
from par_campaign.exchange.xlsx.safe import hidden_content


def only_cell(cell: str, **more: str):
	(sheet,) = read_all(packed(parts(f'<row r="1">{cell}</row>', **more)))
	return sheet.rows[0].cells[0]


@pytest.mark.parametrize(
	("written", "meant"),
	[
		("94.569999999999993", "94.57"),  # as Excel writes 94,57
		("0.1", "0.1"),
		("1E-3", "0.001"),
		("-3", "-3"),
		("100", "100"),
		("1.2345678901234567", "1.2345678901234567"),
	],
)
def test_numbers_are_the_decimals_people_see(written, meant):
	assert only_cell(f'<c r="A1"><v>{written}</v></c>').value == Decimal(meant)


@pytest.mark.parametrize("written", ["nan", "inf", "1e999", "1,5", "0x10", "1_0", "--1", "٣"])
def test_what_is_no_number_is_damage_with_its_cell(written):
	(fault,) = refused(workbook(f'<row r="3"><c r="C3"><v>{written}</v></c></row>'), "does not fit its type")
	assert fault.cell == "C3"


def test_other_types_of_cell():
	assert only_cell('<c r="A1" t="b"><v>1</v></c>').value is True
	error = only_cell('<c r="A1" t="e"><v>#REF!</v></c>')
	assert (error.value, error.form) == ("#REF!", "error")
	assert only_cell('<c r="A1" t="d"><v>2025-01-31</v></c>').form == "date"
	assert (
		only_cell('<c r="A1" t="s"><v>1</v></c>', **{"xl/sharedStrings.xml": shared("a", "b")}).value == "b"
	)
	refused(workbook('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'), "does not fit")
	refused(workbook('<row r="1"><c r="A1" t="z"><v>5</v></c></row>'), "does not fit")


def test_phonetic_hints_are_no_part_of_a_text():
	cell = only_cell(
		'<c r="A1" t="inlineStr"><is><r><t>Đ</t></r><r><t>ạt</t></r><rPh><t>x</t></rPh></is></c>'
	)
	assert cell.value == "Đạt"


@pytest.mark.parametrize(
	("code", "form"),
	[
		("dd/mm/yyyy", "date"),
		("[h]:mm", "date"),
		("0.00%", "percent"),
		("[Magenta]0.00", ""),
		("#,##0 &quot;ngày&quot;", ""),
		("General", ""),
		("0.00\\d", ""),
		("[$-42A]dd mmmm", "date"),
	],
)
def test_dates_and_percentages_are_recognised_by_their_format(code, form):
	assert only_cell('<c r="A1" s="0"><v>45000</v></c>', **{"xl/styles.xml": styles(code)}).form == form


def test_formulas_keep_both_text_and_cached_value():
	cell = only_cell('<c r="A1"><f>1+1</f><v>2</v></c>')
	assert (cell.formula, cell.value) == ("=1+1", 2)
	never_calculated = only_cell('<c r="A1"><f>1+1</f></c>')
	assert (never_calculated.formula, never_calculated.value) == ("=1+1", None)
	shared_formula = only_cell('<c r="A1"><f t="shared" si="0"/><v>2</v></c>')
	assert shared_formula.formula


def empty_rows(count: int):
	"""A sheet of so many empty rows and one filled cell below them."""
	data = "".join(f'<row r="{n}" spans="1:9"/>' for n in range(1, count + 1))
	return workbook(f'{data}<row r="{count + 1}"><c r="A{count + 1}"><v>1</v></c></row>')


def test_a_million_empty_rows_cost_little_time():
	content = empty_rows(1_000_000)
	started = time.monotonic()
	(sheet,) = read_all(content)
	assert len(sheet.rows) == 1
	assert time.monotonic() - started < 60


def test_empty_rows_cost_no_memory():
	content = empty_rows(150_000)
	tracemalloc.start()
	read_all(content)
	peak = tracemalloc.get_traced_memory()[1]
	tracemalloc.stop()
	assert peak < 3 * limits.MIB


def test_empty_styled_cells_to_the_last_column_do_not_count():
	cells = "".join(f'<c r="{address(1, column)}" s="0"/>' for column in range(1, limits.SHEET_COLUMNS + 1))
	(sheet,) = read_all(workbook(f'<row r="1">{cells}</row>'))
	assert sheet.rows == []


def test_the_stated_dimension_is_not_believed():
	(sheet,) = read_all(
		workbook('<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')
	)
	assert len(sheet.rows) == 1
	(sheet,) = read_all(workbook('<row r="9"><c r="B9"><v>1</v></c></row>', before='<dimension ref="A1"/>'))
	assert sheet.rows[0].number == 9


def test_rows_columns_and_cells_have_limits():
	rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 12))
	refused(workbook(rows), "more than 10 rows", bounds=replace(UPLOAD, rows=10))
	refused(workbook(rows), "more than 10 filled cells", bounds=replace(UPLOAD, cells=10))
	(fault,) = refused(workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "columns")
	assert fault.cell == "XFD1"


@pytest.mark.parametrize(
	"data",
	[
		'<row r="2"/><row r="2"/>',
		'<row r="2"/><row r="1"/>',
		'<row r="0"/>',
		'<row r="1048577"/>',
		'<row r="x"/>',
		'<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
		'<row r="1"><c r="B1"/><c r="A1"/></row>',
		'<row r="1"><c r="A2"/></row>',
		'<row r="1"><c r="XFE1"/></row>',
	],
)
def test_rows_and_cells_twice_or_out_of_order_are_refused(data):
	"""Two readers could see different values in such a file."""
	refused(workbook(data), "damaged")


def test_rows_and_cells_without_reference_follow_each_other():
	(sheet,) = read_all(workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
	assert [c.address for row in sheet.rows for c in row.cells] == ["A1", "B1", "A2"]


def test_merged_areas_show_their_first_cell_everywhere():
	data = (
		f'<row r="1">{text_cell("A1", "Sở")}<c r="C1"><v>1</v></c></row>'
		f'<row r="2">{text_cell("B2", "bị che")}<c r="C2"><v>2</v></c></row>'
	)
	merges = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
	(sheet,) = read_all(workbook(data, after=merges))
	assert [[c.value for c in row.cells] for row in sheet.rows] == [["Sở", "Sở", 1], ["Sở", "Sở", 2]]
	assert [c.copied for row in sheet.rows for c in row.cells] == [False, True, False, True, True, False]


def test_a_merged_area_of_the_whole_sheet_costs_nothing():
	merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
	(sheet,) = read_all(workbook(f'<row r="1">{text_cell("A1", "x")}</row>', after=merges))
	assert len(sheet.rows[0].cells) == 1


def test_merged_areas_have_limits():
	many = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 30))
	refused(
		workbook("", after=f"<mergeCells>{many}</mergeCells>"), "merged", bounds=replace(UPLOAD, merges=20)
	)
	for bad in ("A1:", "B2:A1", "A1:XFE9", "nonsense"):
		refused(workbook("", after=f'<mergeCells><mergeCell ref="{bad}x"/></mergeCells>'), "merged")
	rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 101))
	overlapping = '<mergeCell ref="A1:A100"/>' * 100
	bounds = replace(UPLOAD, cells=1000)
	refused(workbook(rows, after=f"<mergeCells>{overlapping}</mergeCells>"), "filled cells", bounds=bounds)


def test_hidden_rows_columns_and_sheets_are_reported():
	data = (
		f'<row r="1">{text_cell("A1", "a")}{text_cell("B1", "b")}</row>'
		f'<row r="2" hidden="1">{text_cell("A2", "c")}</row><row r="3" hidden="1"/>'
	)
	(sheet,) = read_all(workbook(data, before='<cols><col min="2" max="5" hidden="1"/></cols>'))
	assert [(fault.cell, fault.message) for fault in hidden_content(sheet)] == [
		("A2", "Row 2 is hidden"),
		("B1", "The column of this cell is hidden"),
	]
	made = parts(data)
	made["xl/workbook.xml"] = made["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
	(sheet,) = read_all(packed(made))
	assert hidden_content(sheet)[0].message == "The sheet is hidden"


def test_addresses():
	assert address(1, 1) == "A1" and address(12, 27) == "AA12" and address(1, 16384) == "XFD1"
	assert parse_address("$AB$12") == (12, 28)
	for bad in ("A0", "A", "1", "XFE1", "A1048577", "a1", "A1 "):
		assert parse_address(bad) is None


def test_damage_names_its_sheet_and_where_it_can_its_cell():
	(fault,) = refused(workbook(f'<row r="4">{text_cell("B4", "a" * 40_000)}</row>'), "longer than a cell")
	assert (fault.sheet, fault.cell) == ("Trang", "B4")
	(fault,) = refused(workbook('<row r="4">'), "not XML")
	assert fault.sheet == "Trang"
