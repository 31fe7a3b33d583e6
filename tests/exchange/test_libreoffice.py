"""The workbooks in LibreOffice: its numbers are the server's, its saved files come back unchanged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
import random_campaigns
from libreoffice import edit_all, needs_libreoffice
from test_recount import exported
from test_scoresheet import CARD, KEY, SET, STAMP, row_of, sheet_for, upload, with_changes

from par_campaign.exchange.criteria.workbook import preview
from par_campaign.exchange.criteria.workbook import write as write_criteria
from par_campaign.exchange.results_workbook.recount import recount
from par_campaign.exchange.score_sheet import columns
from par_campaign.exchange.score_sheet.workbook import write
from par_campaign.exchange.xlsx.cells import address, exact
from par_campaign.scoring.campaign import evaluate_card

pytestmark = needs_libreoffice
CAMPAIGNS = 25


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
	"""Everything these tests look at, opened and saved by LibreOffice in one go."""
	folder = tmp_path_factory.mktemp("libreoffice")
	jobs = []
	for seed in range(CAMPAIGNS):
		campaign = random_campaigns.campaign(Random(seed), units=1, sets=1)
		with (folder / f"sheet{seed}.xlsx").open("wb") as out:
			write(campaign.cards[0], campaign.criteria_sets[0], out, stamp=STAMP, key=KEY, title=f"{seed}")
		jobs.append((folder / f"sheet{seed}.xlsx", folder / f"saved{seed}.xlsx", []))
	(folder / "sample.xlsx").write_bytes(sheet_for().getvalue())
	typed = [
		(columns.SHEET, row_of("1.1").cell("claim"), "0.5"),
		(columns.SHEET, row_of("1.3").cell("claim"), "Chậm, muộn: *"),
		(columns.SHEET, row_of("1.4").cell("applicable"), "Không"),
		(columns.SHEET, row_of("2.1#a").cell("claim"), "46"),
		(columns.SHEET, row_of("3.1").cell("explanation"), "= đã có sáng kiến"),
	]
	jobs.append((folder / "sample.xlsx", folder / "edited.xlsx", typed))
	(folder / "results.xlsx").write_bytes(exported(random_campaigns.campaign(Random(7), units=4)).getvalue())
	jobs.append((folder / "results.xlsx", folder / "results-saved.xlsx", []))
	with (folder / "criteria.xlsx").open("wb") as out:
		write_criteria(SET, out)
	jobs.append((folder / "criteria.xlsx", folder / "criteria-saved.xlsx", []))
	edit_all(jobs, folder / "profile")
	return folder


def test_recalculated_totals_are_the_servers(saved):
	for seed in range(CAMPAIGNS):
		campaign = random_campaigns.campaign(Random(seed), units=1, sets=1)
		criteria_set = campaign.criteria_sets[0]
		result = evaluate_card(criteria_set, campaign.cards[0])
		sheet = openpyxl.load_workbook(saved / f"saved{seed}.xlsx", data_only=True)[columns.SHEET]
		shown = {key: sheet.cell(columns.TOTALS_ROW, column).value for key, _label, column in columns.TOTALS}
		assert exact(shown["index"]) == result.self_totals.index, (seed, shown, result.self_totals)
		for key in ("earned", "maximum", "bonus", "deduction"):
			assert Decimal(shown[key]) == pytest.approx(getattr(result.self_totals, key)), (seed, key)
		for row in columns.sheet_rows(criteria_set):
			if row.leaf and not row.input_name:
				points = result.lines[row.criterion.code].self_points
				cell = sheet[row.cell("points")].value
				assert (cell in (None, "")) == (points is None), (seed, row.key, cell, points)
				assert points is None or Decimal(cell) == pytest.approx(points), (seed, row.key)


def test_what_is_typed_in_libreoffice_comes_back_exactly(saved):
	found = upload(saved / "edited.xlsx")
	assert found.faults == ()
	assert {(change.code, change.field): change.new for change in found.changes} == {
		("1.1", "claim"): "0.5",
		("1.3", "claim"): "Chậm, muộn: *",
		("1.4", "applicable"): False,
		("2.1", "claim"): "a=46; b=92",
		("3.1", "explanation"): "= đã có sáng kiến",
	}
	sheet = openpyxl.load_workbook(saved / "edited.xlsx", data_only=True)[columns.SHEET]
	card = with_changes(CARD, found)
	index = sheet[address(columns.TOTALS_ROW, columns.TOTALS[-1][2])].value
	assert exact(index) == evaluate_card(SET, card).self_totals.index


def test_a_results_workbook_saved_by_libreoffice_still_agrees(saved):
	assert recount(saved / "results-saved.xlsx") == []


def test_a_criteria_set_saved_by_libreoffice_is_the_same(saved):
	shown = preview(saved / "criteria-saved.xlsx", name=SET.name)
	assert shown.criteria_set == SET
