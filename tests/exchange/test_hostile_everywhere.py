"""What people and attackers put into workbooks, in the readers of score sheets and external values."""

from __future__ import annotations

import datetime
import io
import unicodedata

import openpyxl
import pytest
from test_external_workbook import SETS, UNITS, read, table
from test_scoresheet import edited, row_of, sheet_for, upload

from par_campaign.exchange.external_values import read as read_external
from par_campaign.exchange.xlsx.errors import WorkbookError


@pytest.mark.parametrize(
	("value", "word"),
	[
		(datetime.date(2025, 1, 5), "date"),
		("1.2.3", "not a number"),
		("8O", "not a number"),
		(True, "number"),
	],
)
def test_a_value_that_is_no_number_is_named(value, word):
	found = read(table((1, "SNV", "8.1", value)), UNITS, SETS)
	assert [fault.cell for fault in found.faults] == ["D3"] and word in found.faults[0].message


def test_a_unit_named_in_decomposed_letters_is_the_unit():
	name = unicodedata.normalize("NFD", UNITS["SNV"])
	assert name != UNITS["SNV"]
	found = read(table((1, name, 80), heading=("TT", "Đơn vị", "Kết quả")), UNITS, SETS, code="8.1")
	assert [(value.unit, value.value) for value in found.values] == [("SNV", 80)]


def test_hidden_rows_of_a_table_are_pointed_out():
	book = openpyxl.load_workbook(table((1, "SNV", "8.1", 5)))
	book.active.row_dimensions[3].hidden = True
	out = io.BytesIO()
	book.save(out)
	assert any("hidden" in remark.message for remark in read(out, UNITS, SETS).remarks)


def test_text_in_an_old_encoding_is_named_in_the_score_sheet():
	place = row_of("1.1").cell("explanation")
	found = upload(edited(sheet_for(), {place: "C¶i c¸ch hµnh chÝnh cña tØnh"}))
	assert [fault.cell for fault in found.faults] == [place] and "TCVN3" in found.faults[0].message


def test_a_workbook_of_a_million_empty_rows_is_read():
	book = openpyxl.load_workbook(table((1, "SNV", "8.1", 5)))
	book.active.row_dimensions[1_048_576].height = 10
	out = io.BytesIO()
	book.save(out)
	assert [value.value for value in read_external(out, UNITS, SETS).values] == [5]


def test_a_file_that_is_no_workbook_is_refused_by_each():
	with pytest.raises(WorkbookError):
		read_external(io.BytesIO(b"PK\x03\x04" + b"x" * 100), UNITS, SETS)
