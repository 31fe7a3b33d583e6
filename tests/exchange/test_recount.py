"""A results workbook agrees with its recount, and no changed cell escapes it."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest
import random_campaigns
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from par_campaign.exchange.results_workbook import inputs
from par_campaign.exchange.results_workbook.recount import examine, recount
from par_campaign.exchange.results_workbook.workbook import read, tables, write
from par_campaign.exchange.xlsx.book import MARKS_SHEET, write_tables
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.scoring import messages
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	Option,
	Proposal,
	Quota,
	RuleKind,
	TieBreaker,
	Tier,
	Vote,
)
from par_campaign.scoring.model import Rule as ScoringRule

EVIDENCE = (
	{"unit": "DV00", "codes": "1.1", "number": "12/KH", "title": "=Kế hoạch", "sha256": "ab" * 32},
	{},
	{"unit": "DV01", "title": "- Báo cáo"},
)
META = {"plan_number": "15/KH-UBND", "ghi chú": "=1+1\r\n'x"}

seeds = st.integers(min_value=0, max_value=2**32)
quick = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def exported(campaign: Campaign, unit_sheets: bool = False, **more) -> io.BytesIO:
	out = io.BytesIO()
	meta = META | more.pop("meta", {})
	write(campaign, evaluate(campaign), out, meta=meta, evidence=EVIDENCE, unit_sheets=unit_sheets, **more)
	return out


def decided_since(seed: int, **more) -> tuple[Campaign, str, io.BytesIO]:
	"""A campaign as it was published without proposals, its digest, and a workbook after awards."""
	campaign = random_campaigns.campaign(Random(seed), units=3)
	card = campaign.cards[0]
	award = Proposal(card.unit, "Cờ thi đua", "Awarded", Vote(9, 9, 9), "1/QĐ-UBND", date(2026, 1, 15))
	published = replace(campaign, proposals=())
	digest = evaluate(published).digest
	meta = {"version": "1", "published_digest": digest}
	return published, digest, exported(replace(campaign, proposals=(award,)), meta=meta, published=(), **more)


def sample(seed: int = 5) -> io.BytesIO:
	return io.BytesIO(_sample(seed))


@cache
def _sample(seed: int) -> bytes:
	if seed % 3 == 0:
		return decided_since(seed, unit_sheets=seed % 2 == 0)[2].getvalue()
	return exported(random_campaigns.campaign(Random(seed), units=3), unit_sheets=seed % 2 == 0).getvalue()


@quick
@given(seeds)
def test_a_recount_of_an_export_agrees(seed):
	campaign = random_campaigns.campaign(Random(seed))
	workbook = exported(campaign, unit_sheets=seed % 2 == 0)
	assert recount(workbook) == []
	assert recount(workbook, evaluate(campaign).digest) == []


@quick
@given(seeds)
def test_what_is_read_is_what_was_written(seed):
	campaign = random_campaigns.campaign(Random(seed))
	stated = read(exported(campaign))
	assert stated.faults == ()
	assert stated.campaign == campaign
	assert stated.meta == META
	assert [{k: v for k, v in item.items() if v} for item in stated.evidence] == [
		dict(e) for e in EVIDENCE if e
	]


def changed_value(value, rng: Random):
	"""Another value, of the same kind where that makes sense, or of another kind, or none."""
	if rng.random() < 0.15:
		return rng.choice([v for v in (None, 7, "x", True) if v != value])
	if isinstance(value, bool):
		return not value
	if isinstance(value, int | float):
		return value + rng.choice((1, -1, 0.01, 0.25))
	if isinstance(value, str):
		return rng.choice(
			(
				value + "a",
				value[:-1],
				value.swapcase() if value.swapcase() != value else "y",
				"Không" if value == "Có" else "Có",
			)
		)
	return rng.choice((5, "thêm", 0.5))


def change_cell(content: io.BytesIO, rng: Random) -> tuple[io.BytesIO, str, str]:
	"""The workbook with one cell changed (an empty one within the table too), and which."""
	book = openpyxl.load_workbook(content)
	sheet = rng.choice([sheet for sheet in book.worksheets if sheet.max_row > 1])
	cell = sheet.cell(rng.randint(1, sheet.max_row), rng.randint(1, sheet.max_column))
	before = cell.value
	cell.value = changed_value(before, rng)
	if cell.data_type == "f":
		cell.data_type = "s"
	assert cell.value != before or type(cell.value) is not type(before)
	out = io.BytesIO()
	book.save(out)
	return out, sheet.title, cell.coordinate


@settings(quick, max_examples=25)
@given(seeds)
@example(1)
def test_a_changed_cell_is_named(seed):
	require_named(Random(seed))


@pytest.mark.slow
@settings(quick, max_examples=500)
@given(seeds)
def test_any_changed_cell_is_named(seed):
	require_named(Random(seed))


def require_named(rng: Random) -> None:
	content, sheet, cell = change_cell(sample(rng.randint(0, 5)), rng)
	found = recount(content)
	named = [difference for difference in found if difference.sheet == sheet]
	assert named, found
	if sheet != MARKS_SHEET:
		assert any(difference.cell == cell for difference in named), (sheet, cell, found)


def edited_workbook(edit) -> io.BytesIO:
	book = openpyxl.load_workbook(sample())
	edit(book)
	out = io.BytesIO()
	book.save(out)
	return out


def edited(edit) -> list:
	return recount(edited_workbook(edit))


def test_saving_with_openpyxl_changes_nothing():
	assert edited(lambda book: None) == []


@pytest.mark.parametrize("name", ["Xếp hạng", "Điểm", "Minh chứng", "Đơn vị", "Bộ tiêu chí"])
def test_a_removed_row_is_noticed(name):
	found = edited(lambda book: book[name].delete_rows(6))
	assert any(difference.sheet == name and difference.cell.endswith("6") for difference in found)


def test_an_added_row_is_noticed():
	found = edited(lambda book: book["Minh chứng"].append(["DV00", "1.1"]))
	assert any(d.sheet == "Minh chứng" and d.cell == "A7" for d in found)


def test_a_cell_far_to_the_right_is_noticed():
	def edit(book):
		book["Xếp hạng"]["AB5"] = "x"

	assert any(d.cell == "AB5" for d in edited(edit))


def test_added_removed_renamed_and_hidden_sheets_are_noticed():
	assert [d.sheet for d in edited(lambda book: book.create_sheet("Thêm"))] == ["Thêm"]
	assert any(d.sheet == "Ma trận" for d in edited(lambda book: book.remove(book["Ma trận"])))
	assert any(
		d.sheet == "Ma trận" for d in edited(lambda book: setattr(book["Ma trận"], "title", "Ma trận 2"))
	)
	assert any(d.sheet == "Ma trận" for d in edited(lambda b: setattr(b["Ma trận"], "sheet_state", "hidden")))
	assert any(d.sheet == MARKS_SHEET for d in edited(lambda book: book.remove(book[MARKS_SHEET])))


@pytest.mark.parametrize(("part", "value"), [("hidden", True), ("height", 0.25)])
def test_a_hidden_row_is_noticed(part, value):
	def edit(book):
		setattr(book["Xếp hạng"].row_dimensions[5], part, value)

	assert [(d.sheet, d.cell) for d in edited(edit)] == [("Xếp hạng", "A5")]


@pytest.mark.parametrize("code", ['"100,00"', ";;;", "0", "0%", "0.0", '0.00" điểm"', "#,##0", "yyyy"])
def test_a_cell_that_shows_another_number_than_it_holds_is_noticed(code):
	def edit(book):
		book["Xếp hạng"]["L5"].number_format = code

	assert [(d.sheet, d.cell) for d in edited(edit)] == [("Xếp hạng", "L5")]


def test_a_text_that_shows_another_is_noticed():
	def edit(book):
		book["Xếp hạng"]["F5"].number_format = ';;;"Sở Khác"'

	assert [(d.sheet, d.cell) for d in edited(edit)] == [("Xếp hạng", "F5")]


@pytest.mark.parametrize(("part", "value"), [("hidden", True), ("width", 0.1)])
def test_a_hidden_column_is_noticed(part, value):
	def edit(book):
		setattr(book["Xếp hạng"].column_dimensions["K"], part, value)
		book["Xếp hạng"].column_dimensions["ZZ"].hidden = True  # behind the table nothing is hidden

	assert [(d.sheet, d.cell) for d in edited(edit)] == [("Xếp hạng", "K4")]


def test_what_is_laid_over_the_cells_is_noticed():
	def rule(book):
		shown = DifferentialStyle(numFmt=NumberFormat(200, '"100,00"'))
		book["Xếp hạng"].conditional_formatting.add("L5", Rule("expression", dxf=shown, formula=["TRUE"]))

	def chart(book):
		book["Xếp hạng"].add_chart(BarChart(), "A5")

	def note(book):
		book["Xếp hạng"]["L5"].comment = Comment("100,00", "x")

	for edit in (rule, chart, note):
		assert any("added after export" in difference.what for difference in edited(edit)), edit


def test_a_formula_in_place_of_a_number_is_noticed():
	def edit(book):
		book["Xếp hạng"]["L5"] = "=100-0.5"

	assert any(d.cell == "L5" for d in edited(edit))


def test_a_workbook_rebuilt_with_marks_and_all_has_another_digest():
	"""Whoever recomputes everything is caught by the digest printed on paper."""
	genuine = random_campaigns.campaign(Random(5), units=3)
	printed = evaluate(genuine).digest
	forged = random_campaigns.campaign(Random(6), units=3)
	workbook = exported(forged)
	assert recount(workbook) == []
	(difference,) = recount(workbook, printed)
	assert (difference.stated, difference.computed) == (printed, evaluate(forged).digest)


@quick
@given(seeds)
def test_a_workbook_after_awards_agrees_with_the_digest_on_paper(seed):
	published, digest, workbook = decided_since(seed)
	found = examine(workbook, digest)
	assert (found.differences, found.published) == ([], digest)
	assert found.digest not in ("", digest)  # of the proposals as they are now
	assert examine(workbook, found.digest).differences == []
	assert recount(workbook, "0" * 64) != []
	stated = read(workbook)
	assert (stated.published, stated.campaign.cards) == ((), published.cards)


def test_another_published_digest_than_the_workbook_gives_is_found_even_with_marks_recomputed():
	campaign = random_campaigns.campaign(Random(5), units=3)
	workbook = exported(campaign, meta={"published_digest": "a" * 64}, published=())
	found = examine(workbook, "a" * 64)
	assert {(d.sheet, d.stated, d.computed) for d in found.differences} == {
		("Thông tin", "a" * 64, found.published)
	}


def test_a_score_changed_since_publishing_is_found_by_the_published_digest():
	"""Scores raised after publishing, everything computed anew: only the paper tells."""
	_published, digest, _workbook = decided_since(5)
	campaign = random_campaigns.campaign(Random(5), units=3)
	better = tuple(replace(card, unit_name=f"{card.unit_name} (tốt)") for card in campaign.cards)
	forged = replace(campaign, cards=better)
	own = evaluate(replace(forged, proposals=())).digest
	workbook = exported(forged, meta={"published_digest": own}, published=())
	assert recount(workbook) == []
	assert [d.stated for d in recount(workbook, digest)] == [digest]


def cell_of(book, sheet: str, key: str, where: dict):
	"""The cell of a column, by its key, in the first row that has these values."""
	sheet = book[sheet]
	columns = {cell.value: cell.column for cell in sheet[1]}
	for number in range(5, sheet.max_row + 1):
		if all(sheet.cell(number, columns[name]).value == value for name, value in where.items()):
			return sheet.cell(number, columns[key])
	raise AssertionError(f"no such row in {sheet.title}")


def voted() -> io.BytesIO:
	"""A workbook with a quota and a vote of nine members, all present and in favour."""
	campaign = random_campaigns.campaign(Random(5), units=3)
	award = Proposal(campaign.cards[0].unit, "Cờ thi đua", "Council", Vote(9, 9, 9))
	quota = Quota("Cờ thi đua", 1, "Sở, ban, ngành", 1)
	return exported(replace(campaign, proposals=(award,), quotas=(quota,)))


# what no campaign can hold, and the words that say so: sheet, column, row, value, message
IMPOSSIBLE = (
	("Đề nghị khen thưởng", "present", {"members": 9}, 10, "More members are present"),
	("Đề nghị khen thưởng", "present", {"members": 9}, -1, "More members are present"),
	("Đề nghị khen thưởng", "members", {"members": 9}, None, "A vote needs"),
	("Quy định", "count", {"kind": "Chỉ tiêu"}, -1, "must not be less than 0"),
	("Điểm", "code", {"line": "Có"}, None, "must not be empty"),
)


@pytest.mark.parametrize(("sheet", "key", "where", "value", "message"), IMPOSSIBLE)
def test_what_no_campaign_can_hold_is_a_fault_of_its_cell(sheet, key, where, value, message):
	book = openpyxl.load_workbook(voted())
	cell = cell_of(book, sheet, key, where)
	cell.value = value
	out = io.BytesIO()
	book.save(out)
	faults = {(fault.sheet, fault.cell): fault.message for fault in read(out).faults}
	assert message in faults[sheet, cell.coordinate]
	assert any(difference.cell == cell.coordinate for difference in recount(out))


def counted() -> Campaign:
	"""A unit with one row of points and one of occurrences."""
	rows = (
		Leaf("1", "Kế hoạch", Decimal(2), rule=ScoringRule(RuleKind.DIRECT)),
		Leaf("2", "Mô hình", Decimal(2), rule=ScoringRule(RuleKind.COUNT, per_occurrence=Decimal(1))),
	)
	lines = (Line("1", claim="2"), Line("2", claim="1"))
	card = Card("A", "Sở A", "Sở", "Bộ 1", lines=lines)
	return Campaign("CCHC", "Chiến dịch", 2025, (CriteriaSet("Bộ 1", "Bộ tiêu chí", rows),), (card,))


@pytest.mark.parametrize(
	("key", "code", "value", "message"),
	[
		("rule", "1", None, "Bộ 1: row 1 has no rule"),
		("per_occurrence", "2", None, "how many points each occurrence counts"),
		("maximum", "1", None, "2 is not between 0 and 0"),
	],
)
def test_a_campaign_that_cannot_be_computed_is_told_with_its_reason(key, code, value, message):
	book = openpyxl.load_workbook(exported(counted()))
	cell_of(book, "Bộ tiêu chí", key, {"code": code}).value = value
	out = io.BytesIO()
	book.save(out)
	told = [difference.what for difference in recount(out) if "cannot be computed" in difference.what]
	assert told and message in told[0]


@pytest.mark.parametrize("error", [TypeError, AttributeError, KeyError, ValueError])
def test_a_mistake_in_the_program_does_not_pass_for_a_changed_workbook(monkeypatch, error):
	def broken(campaign):
		raise error("a mistake")

	monkeypatch.setattr("par_campaign.exchange.results_workbook.recount.evaluate", broken)
	with pytest.raises(error, match="a mistake"):
		recount(sample())


def test_results_that_do_not_follow_are_found_with_both_values():
	campaign = random_campaigns.campaign(Random(5), units=3)
	results = evaluate(campaign)
	row = results.ranking[0]
	better = type(row)(**{**vars(row), "index": row.index + Decimal("0.01")})
	out = io.BytesIO()
	write(campaign, type(results)(**{**vars(results), "ranking": (better, *results.ranking[1:])}), out)
	(difference,) = recount(out)
	assert (difference.sheet, difference.cell) == ("Xếp hạng", "L5")
	assert Decimal(difference.stated) == Decimal(difference.computed) + Decimal("0.01")


def test_the_language_of_the_traces_does_not_matter():
	campaign = random_campaigns.campaign(Random(5), units=3)
	messages.set_translator(lambda text: text.replace(" of ", " trên ").replace("not", "chưa"))
	try:
		workbook = exported(campaign)
	finally:
		messages.set_translator(None)
	assert recount(workbook) == []


def test_units_have_sheets_whatever_their_codes():
	campaign = random_campaigns.campaign(Random(5), units=5)
	codes = ("Điểm", "a/b:c*?[]", "A/B:C*?[]", "'", "x" * 60)
	cards = tuple(replace(card, unit=code) for card, code in zip(campaign.cards, codes, strict=True))
	workbook = exported(replace(campaign, cards=cards, proposals=()), unit_sheets=True)
	assert recount(workbook) == []
	names = openpyxl.load_workbook(workbook).sheetnames
	assert names[11:-1] == ["Điểm (2)", "a-b-c----", "A-B-C---- (2)", "-", "x" * 25]


def test_a_forged_unit_sheet_is_found_even_with_marks_recomputed():
	campaign = random_campaigns.campaign(Random(5), units=2)
	results = evaluate(campaign)
	renamed = replace(campaign, cards=tuple(replace(card, unit_name="Khác") for card in campaign.cards))
	out = io.BytesIO()
	write_tables(
		[
			*tables(campaign, results, unit_sheets=True)[:11],
			*tables(renamed, results, unit_sheets=True)[11:],
		],
		out,
	)
	assert {(d.sheet, d.cell) for d in recount(out)} >= {("DV00", "B5"), ("DV01", "B5")}


@pytest.mark.parametrize("published", [None, ()])
def test_the_guide_names_every_sheet(published):
	campaign = random_campaigns.campaign(Random(5), units=2)
	book = openpyxl.load_workbook(exported(campaign, published=published))
	guide, *others = book.sheetnames
	assert guide == "Hướng dẫn"
	topics = {row[0] for row in book[guide].iter_rows(min_row=5, values_only=True)}
	assert {topic.removeprefix("Trang ") for topic in topics if topic.startswith("Trang ")} == set(others)


def records(book, sheet: str) -> list[dict]:
	"""Rows of a sheet by their keys; right of the last key only texts too long for a cell go on."""
	keys, *rows = book[sheet].iter_rows(values_only=True)
	return [{key: value for key, value in zip(keys, row, strict=True) if key} for row in rows[3:]]


@quick
@given(seeds)
@example(136)  # a text too long for one cell
def test_a_row_of_the_matrix_adds_up_to_its_index(seed):
	campaign = random_campaigns.campaign(Random(seed))
	positions = {s.name: s.bonus_position for s in campaign.criteria_sets}
	of_unit = {card.unit: positions[card.criteria_set] for card in campaign.cards}
	for row in records(openpyxl.load_workbook(exported(campaign)), "Ma trận"):
		earned, maximum = (
			sum(value or 0 for key, value in row.items() if key.startswith(part))
			for part in ("earned.", "maximum.")
		)
		if not maximum:
			continue
		outside = row["bonus"] - row["deduction"]
		before = of_unit[row["unit"]] is BonusPosition.BEFORE
		index = (earned + outside) / maximum * 100 if before else earned / maximum * 100 + outside
		assert row["index"] == pytest.approx(index, abs=0.00501)


def test_awards_and_proposals_name_the_units():
	published, _digest, workbook = decided_since(7)
	names = {card.unit: card.unit_name for card in published.cards}
	book = openpyxl.load_workbook(workbook)
	for sheet in ("Xét khen thưởng", "Đề nghị khen thưởng"):
		rows = records(book, sheet)
		assert rows and all(names[row["unit"]] == row["unit_name"] for row in rows)


def test_other_workbooks_are_refused():
	book = openpyxl.Workbook()
	book.active["A1"] = "x"
	out = io.BytesIO()
	book.save(out)
	with pytest.raises(WorkbookError, match="not a results workbook"):
		recount(out)


def test_a_later_format_version_is_refused():
	found = edited(lambda book: book["Thông tin"].__setitem__("C5", 99))
	assert any("format version 99" in difference.what for difference in found)
	with pytest.raises(WorkbookError, match="format version 99"):
		read(edited_workbook(lambda book: book["Thông tin"].__setitem__("C5", 99)))


def test_the_sample_workbook_of_the_readme_agrees():
	path = Path(__file__).parents[2] / "dev" / "sample" / "results.xlsx"
	assert recount(path) == []
	assert read(path).meta["version"] == "1"


def test_a_unit_s_sheet_is_grouped_by_its_areas_and_the_ranking_prints_what_fits():
	made = random_campaigns.campaign(Random(11), units=2, sets=1)
	out = io.BytesIO()
	write(made, evaluate(made), out, unit_sheets=True)
	assert recount(out) == []
	book = openpyxl.load_workbook(out)
	sheet = book.worksheets[-2]
	codes = {row[0].value: row[0] for row in sheet.iter_rows(min_row=6) if row[0].value}
	for code, cell in codes.items():
		assert sheet.row_dimensions[cell.row].outlineLevel == code.count(".")
		assert cell.font.bold is ("." not in code)
	assert sheet.sheet_properties.outlinePr.summaryBelow is False
	assert "N" in book["Xếp hạng"].print_area and book["Xếp hạng"].max_column == 19


@pytest.mark.parametrize(
	("part", "made", "elsewhere"),
	[
		(inputs.BAND, Band, set()),
		(inputs.TIE_BREAKER, TieBreaker, set()),
		(inputs.QUOTA, Quota, set()),
		(inputs.SET, CriteriaSet, {"criteria"}),
		(inputs.CRITERION, Heading, set()),
		(inputs.RULE, ScoringRule, {"options", "tiers", "inputs"}),
		(inputs.OPTION, Option, set()),
		(inputs.TIER, Tier, set()),
		(inputs.CARD, Card, {"lines"}),
		(inputs.LINE, Line, set()),
		(inputs.PROPOSAL, Proposal, {"vote"}),
		(inputs.VOTE, Vote, set()),
	],
)
def test_every_field_of_the_model_has_its_column(part, made, elsewhere):
	"""What is in no column stands in rows of its own."""
	assert {field.name for field in fields(made)} - set(part.columns) == elsewhere
