"""Rows are as tall as their wrapped text, for programs that do not work it out themselves."""

import io
from random import Random

import openpyxl
import pytest
import random_campaigns

from par_campaign.exchange.results_workbook.workbook import write
from par_campaign.exchange.xlsx.heights import LINE, TALLEST, height_of
from par_campaign.scoring.campaign import evaluate


@pytest.mark.parametrize(
	("text", "width", "lines"),
	[
		("Sở Nội vụ", 44, None),
		("x" * 88, 40, 2),
		("một\nhai\nba", 40, 3),
		("x" * 100_000, 10, TALLEST / LINE),
		(None, 10, None),
		(12, 1, None),
	],
)
def test_height_by_what_the_column_holds(text, width, lines):
	assert height_of([(text, width), ("", 1)]) == (lines and lines * LINE)


def test_the_tallest_cell_counts_and_bold_is_wider():
	assert height_of([("x" * 20, 20), ("x" * 60, 20)]) == 3 * LINE
	assert height_of([("x" * 20, 20)]) is None and height_of([("x" * 20, 20)], bold=True) == 2 * LINE


def test_headings_and_sentences_of_a_results_workbook_are_seen_whole():
	campaign = random_campaigns.campaign(Random(5), units=3)
	out = io.BytesIO()
	write(campaign, evaluate(campaign), out, meta={"note": "Lời dài " * 40})
	book = openpyxl.load_workbook(out)
	assert all(book[name].row_dimensions[4].height >= 2 * LINE for name in ("Xếp hạng", "Ma trận", "Điểm"))
	assert book["Hướng dẫn"].row_dimensions[6].height >= 2 * LINE
	info = book["Thông tin"]
	assert info.row_dimensions[info.max_row].height >= 4 * LINE and info.row_dimensions[5].height is None
