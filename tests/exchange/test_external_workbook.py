"""Survey and index results read from a table."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from par_campaign.exchange.external_values import read, write_template
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.scoring.model import CriteriaSet, Heading, Leaf, Rule, RuleKind

UNITS = {"SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "=X": "=1+1"}
SETS = (
	CriteriaSet(
		"BTC",
		"Bộ tiêu chí",
		(
			Heading("8", "TÁC ĐỘNG", None),
			Leaf(
				"8.1",
				"Hài lòng",
				Decimal(10),
				rule=Rule(RuleKind.EXTERNAL, scale=Decimal(100), source="SIPAS"),
			),
			Leaf("8.2", "DDCI", Decimal(5), rule=Rule(RuleKind.EXTERNAL, source="DDCI")),
			Leaf("8.3", "Khác", Decimal(5), rule=Rule(RuleKind.DIRECT)),
		),
	),
)


def table(*rows, heading=("TT", "Mã đơn vị", "Tiêu chí", "Kết quả")) -> io.BytesIO:
	book = openpyxl.Workbook()
	for row in [("KẾT QUẢ KHẢO SÁT",), heading, *rows]:
		book.active.append(row)
	out = io.BytesIO()
	book.save(out)
	return out


def test_values_are_read_in_every_way_people_type_them():
	found = read(
		table((1, "SNV", "8.1", 87.5), (2, "snv", 8.2, "3,5"), (3, "STC", "8.1.", "90,25 %")), UNITS, SETS
	)
	assert found.faults == ()
	assert [(v.unit, v.code, v.value, v.cell) for v in found.values] == [
		("SNV", "8.1", Decimal("87.5"), "D3"),
		("SNV", "8.2", Decimal("3.5"), "D4"),
		("STC", "8.1", Decimal("90.25"), "D5"),
	]


def test_a_percentage_cell_is_the_percentage_it_shows():
	book = openpyxl.load_workbook(table(("1", "SNV", "8.1", 0.8575)))
	book.active["D3"].number_format = "0.00%"
	out = io.BytesIO()
	book.save(out)
	assert read(out, UNITS, SETS).values[0].value == Decimal("85.75")


def test_units_may_be_named_and_the_criterion_given_once():
	found = read(
		table((1, "sở  nội vụ", 80), heading=("TT", "Đơn vị", "Điểm khảo sát")), UNITS, SETS, code="8.1"
	)
	assert [(v.unit, v.code, v.value) for v in found.values] == [("SNV", "8.1", 80)]


@pytest.mark.parametrize(
	("row", "cell", "word"),
	[
		(("1", "LA", "8.1", 5), "B3", "not in this campaign"),
		(("1", "SNV", "8.3", 5), "C3", "not a criterion with external"),
		(("1", "SNV", "8.1", 101), "D3", "between"),
		(("1", "SNV", "8.2", 5.01), "D3", "between"),
		(("1", "SNV", "8.1", -1), "D3", "between"),
		(("1", "SNV", "8.1", "tốt"), "D3", "not a number"),
		(("1", "SNV", "8.1", "=1+1"), "D3", "never calculated"),
	],
)
def test_faults_have_their_cell(row, cell, word):
	found = read(table(row), UNITS, SETS)
	assert [fault.cell for fault in found.faults] == [cell] and word in found.faults[0].message
	assert found.values == ()


def test_a_value_given_twice_is_named_with_the_first():
	found = read(table((1, "SNV", "8.1", 5), (2, "SNV", "8.1", 5)), UNITS, SETS)
	assert [fault.cell for fault in found.faults] == ["D4"] and "D3" in found.faults[0].message


def test_blank_values_are_left_out():
	assert read(table((1, "SNV", "8.1", None), (2, "STC", "8.1", 0)), UNITS, SETS).values[0].unit == "STC"


def test_the_template_round_trips():
	out = io.BytesIO()
	write_template(UNITS, ["8.1", "8.2"], out)
	book = openpyxl.load_workbook(out)
	assert [cell.value for cell in book.active["A"]][1:] == ["SNV", "STC", "'=X"] * 2
	book.active["D4"] = 66.6
	out = io.BytesIO()
	book.save(out)
	assert [(v.unit, v.code, v.value) for v in read(out, UNITS, SETS).values] == [
		("=X", "8.1", Decimal("66.6"))
	]


def test_other_tables_are_refused():
	with pytest.raises(WorkbookError, match="no table"):
		read(table(heading=("a", "b")), UNITS, SETS)
	with pytest.raises(WorkbookError, match="for which criterion"):
		read(table((1, "SNV", 5), heading=("TT", "Mã đơn vị", "Kết quả")), UNITS, SETS)
