"""Users' text in cells: nothing is lost and nothing becomes a formula."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from par_campaign.exchange.results_workbook.codec import RecordReader, optional_text
from par_campaign.exchange.xlsx.book import write_tables
from par_campaign.exchange.xlsx.limits import RESULTS
from par_campaign.exchange.xlsx.old_encodings import legacy_encoding
from par_campaign.exchange.xlsx.safe import open_workbook
from par_campaign.exchange.xlsx.tables import Column, Table
from par_campaign.exchange.xlsx.text import neutral, restore

COLUMNS = (Column("text", "Văn bản"), Column("maybe", "Có thể"), Column("number", "Số"))
starts = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "''=", "＝", "_x000D_", "#N/A"])
texts = st.builds(str.__add__, starts, st.text(max_size=40))
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)


def written(records) -> io.BytesIO:
	out = io.BytesIO()
	write_tables([Table("Trang", "T", COLUMNS, lambda: records)], out)
	return out


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(texts, st.none() | texts, numbers), min_size=1, max_size=6))
def test_texts_and_numbers_come_back_exactly(values):
	records = [("x" + text, optional_text(maybe), number) for text, maybe, number in values]
	records += [("y", text or None, None) for text, _maybe, _number in values]
	faults = []
	with open_workbook(written(records), RESULTS) as book:
		reader = RecordReader("Trang", COLUMNS, book.rows(book.sheets[0]), faults)
		read = [(r.text("text"), r.optional_text("maybe"), r.optional_number("number")) for r in reader]
	assert faults == []
	assert read[: len(values)] == [("x" + text, maybe, number) for text, maybe, number in values]


@given(texts)
def test_neutral_text_is_restored_and_never_starts_a_formula(text):
	assert restore(neutral(text)) == text
	assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@given(texts, texts)
def test_different_texts_stay_different(one, other):
	assert (neutral(one) == neutral(other)) == (one == other)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", '=cmd|"/c calc"!A1'])
def test_excel_and_libreoffice_see_text_where_a_user_typed_a_formula(text):
	out = written([(text, None, Decimal("-5.5"))])
	sheet = openpyxl.load_workbook(out)["Trang"]
	assert sheet["A5"].data_type == "s" and sheet["A5"].value.startswith("'")
	assert (sheet["C5"].data_type, sheet["C5"].value) == ("n", -5.5)


VIETNAMESE = [
	"Ban hành kế hoạch cải cách hành chính nhà nước năm 2025",
	"Quyết định số 1880/QĐ-UBND ngày 15/11/2013",
	"Tỷ lệ hồ sơ giải quyết đúng hạn ≥ 95 %, © Sở Nội vụ",
	"thuở ấy, quỳnh, khuỷu, giếng, gìn giữ, nguệch ngoạc, hoà – hòa",
	"Müller và café ở São Paulo: naïve, señor, Ærøskøbing",
	"20 µm ± 5 °C; § 3; ½",
]


@pytest.mark.parametrize("text", VIETNAMESE)
def test_unicode_text_is_not_taken_for_an_old_encoding(text):
	assert legacy_encoding(text) == ""
	assert legacy_encoding(text.upper()) == ""


@pytest.mark.parametrize(
	("text", "encoding"),
	[
		("Së Néi vô tØnh", "TCVN3"),
		("§iÓm tèi ®a", "TCVN3"),
		("KÕ ho¹ch c¶i c¸ch hµnh chÝnh n¨m 2005", "TCVN3"),
		("Sôû Noäi vuï", "VNI"),
		("UÛY BAN NHAÂN DAÂN TÆNH", "VNI"),
		("Keá hoaïch caûi caùch haønh chính naêm 2005", "VNI"),
	],
)
def test_old_encodings_are_recognised(text, encoding):
	assert legacy_encoding(text) == encoding
