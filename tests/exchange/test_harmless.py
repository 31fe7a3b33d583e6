"""What Frappe's exports make of people's texts is made harmless; numbers stay numbers."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from par_campaign.exchange.xlsx.harmless import harmless, harmless_csv, harmless_xlsx

ROWS = [
	["Sr", "Tên", "Điểm"],
	[1, "=cmd|' /C calc'!A0", -5.25],
	[2, "+84 912", 3],
	[3, 'a "b"\n=c', "@x"],
	["1.1.2", "-5,25", 0],
]


@pytest.mark.parametrize(
	("text", "after"),
	[
		("=1+1", "'=1+1"),
		("-Có", "'-Có"),
		("＝1", "'＝1"),
		("\t=1", "'\t=1"),
		("-5", "-5"),
		("-5,25", "-5,25"),
		("+3%", "+3%"),
		("Sở Nội vụ", "Sở Nội vụ"),
		("'=1", "'=1"),
		("", ""),
	],
)
def test_texts_get_an_apostrophe_and_numbers_none(text, after):
	assert harmless(text) == after


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_NONNUMERIC, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_csv(delimiter, quoting):
	made = io.StringIO()
	csv.writer(made, delimiter=delimiter, quoting=quoting).writerows(ROWS)
	after = harmless_csv(made.getvalue(), delimiter, quoting)
	rows = list(csv.reader(io.StringIO(after, newline=""), delimiter=delimiter))
	assert rows[1] == ["1", "'=cmd|' /C calc'!A0", "-5.25"]
	assert rows[2][1] == "'+84 912" and rows[3][1:] == ['a "b"\n=c', "'@x"]
	if quoting == csv.QUOTE_NONNUMERIC:
		assert f'"1.1.2"{delimiter}"-5,25"{delimiter}0' in after
		assert f"1{delimiter}" in after and '"1"' not in after  # a number is not quoted


def workbook(rows) -> bytes:
	book = openpyxl.Workbook(write_only=True)
	sheet = book.create_sheet("Query Report")
	sheet.column_dimensions["B"].width = 40
	for row in rows:
		sheet.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def test_xlsx():
	before = workbook(ROWS)
	assert openpyxl.load_workbook(io.BytesIO(before)).active["B2"].data_type == "f"
	sheet = openpyxl.load_workbook(io.BytesIO(harmless_xlsx(before))).active
	assert sheet["B2"].value == "'=cmd|' /C calc'!A0" and sheet["B2"].data_type == "s"
	assert sheet["C2"].value == -5.25 and sheet["C2"].data_type == "n"
	assert sheet["C4"].value == "'@x" and sheet.column_dimensions["B"].width == 40


def test_an_honest_workbook_is_handed_on_as_it_is():
	content = workbook([["Tên", "Điểm"], ["Sở Nội vụ", -1]])
	assert harmless_xlsx(content) is content
