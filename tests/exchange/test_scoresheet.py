"""A unit's score sheet: only our own and current one is taken, and it gives exactly the edits."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from random import Random

import openpyxl
import pytest
import random_campaigns
from hypothesis import given, settings
from hypothesis import strategies as st

from par_campaign.exchange.score_sheet import columns
from par_campaign.exchange.score_sheet.workbook import Change, Stamp, Upload, read_stamp, read_upload, write
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.scoring.model import (
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	Option,
	Rule,
	RuleKind,
	ScoreType,
	Tier,
)

D = Decimal
KEY = b"secret of the site"
STAMP = Stamp("PHIEU-0001", "2025-11-24 10:00:00.000001")


def leaf(code: str, maximum: str, kind: RuleKind, **parts) -> Leaf:
	outer = {name: parts.pop(name) for name in ("score_type", "may_not_apply", "auto") if name in parts}
	return Leaf(code, f"Tiêu chí {code}", D(maximum), rule=Rule(kind, **parts), **outer)


SET = CriteriaSet(
	"BTC",
	"Bộ tiêu chí",
	(
		Heading("1", "CHỈ ĐẠO", D("6.5")),
		leaf("1.1", "1.5", RuleKind.DIRECT, step=D("0.25")),
		leaf("1.2", "1", RuleKind.YES_NO, may_not_apply=False),
		leaf(
			"1.3",
			"2",
			RuleKind.CHOICE,
			options=(Option("=Đúng hạn", D(2)), Option("Chậm, muộn: *", D("0.5"))),
		),
		leaf(
			"1.4",
			"2",
			RuleKind.TIERS,
			tiers=(Tier(D(80), True, None, False, None), Tier(None, False, D(80), False, D(0))),
		),
		Heading("2", "THỦ TỤC", D(5)),
		leaf(
			"2.1",
			"2",
			RuleKind.FORMULA,
			formula="a / b * 100",
			inputs=(("a", "Đúng hạn"), ("b", "Tiếp nhận")),
			floor=D(50),
		),
		leaf("2.2", "3", RuleKind.EXTERNAL, scale=D(100), source="SIPAS"),
		Heading("3", "ĐIỂM THƯỞNG", None),
		leaf("3.1", "1", RuleKind.COUNT, per_occurrence=D("0.5"), score_type=ScoreType.BONUS),
		leaf(
			"3.2", "2", RuleKind.COUNT, per_occurrence=D(1), score_type=ScoreType.DEDUCTION, auto="Late days"
		),
	),
)
CARD = Card(
	"SNV",
	"=Sở Nội vụ",
	"Sở",
	"BTC",
	lines=(
		Line("1.1", claim="1,50", explanation="=1+1\r\nCải cách "),
		Line("1.2", claim="Có"),
		Line("1.3", claim="=Đúng hạn"),
		Line("1.4", claim="94,57"),
		Line("2.1", claim="a=87; b=92", applicable=True),
		Line("2.2", external=D("87.5")),
		Line("3.2", claim="1"),
	),
)


def sheet_for(card: Card = CARD, criteria_set: CriteriaSet = SET, stamp: Stamp = STAMP) -> io.BytesIO:
	out = io.BytesIO()
	write(card, criteria_set, out, stamp=stamp, key=KEY, title="Chiến dịch 2025", evidence={"1.1": 2})
	return out


def with_changes(card: Card, upload: Upload) -> Card:
	"""The card with the lines as the uploaded sheet has them."""
	lines = {line.code: line for line in card.lines}
	for change in upload.changes:
		line = lines.get(change.code, Line(change.code))
		lines[change.code] = replace(line, **{change.field: change.new})
	return replace(card, lines=tuple(lines.values()))


def row_of(key: str, criteria_set: CriteriaSet = SET):
	return next(row for row in columns.sheet_rows(criteria_set) if row.key == key)


def edited(content: io.BytesIO, edits: dict[str, object]) -> io.BytesIO:
	"""The sheet with values typed into cells."""
	book = openpyxl.load_workbook(content)
	for cell, value in edits.items():
		book[columns.SHEET][cell] = value
	out = io.BytesIO()
	book.save(out)
	return out


def upload(content: io.BytesIO, card: Card = CARD, criteria_set: CriteriaSet = SET, stamp: Stamp = STAMP):
	return read_upload(content, card, criteria_set, stamp=stamp, key=KEY)


def changes_of(edits: dict[tuple[str, str], object]):
	return upload(
		edited(sheet_for(), {row_of(key).cell(column): value for (key, column), value in edits.items()})
	)


def test_an_untouched_sheet_changes_nothing():
	for content in (sheet_for(), edited(sheet_for(), {})):
		found = upload(content)
		assert (found.changes, found.faults, found.remarks) == ((), (), ())


def test_every_kind_of_answer_is_read():
	found = changes_of(
		{
			("1.1", "claim"): "0,75",
			("1.1", "explanation"): "+ Đã ban hành",
			("1.2", "claim"): "không",
			("1.3", "claim"): "Chậm, muộn: *",
			("1.4", "claim"): "80,5 %",
			("2.1#a", "claim"): 90,
			("2.1", "applicable"): "Không",
			("3.1", "claim"): 1,
		}
	)
	assert found.faults == ()
	assert {(c.code, c.field): c.new for c in found.changes} == {
		("1.1", "claim"): "0.75",
		("1.1", "explanation"): "+ Đã ban hành",
		("1.2", "claim"): "No",
		("1.3", "claim"): "Chậm, muộn: *",
		("1.4", "claim"): "80.5",
		("2.1", "claim"): "a=90; b=92",
		("2.1", "applicable"): False,
		("3.1", "claim"): "1",
	}
	assert found.changes[1] == Change("1.1", "claim", "1,50", "0.75", row_of("1.1").cell("claim"))
	assert {line.code: line for line in with_changes(CARD, found).lines}["3.1"].claim == "1"


def test_emptied_cells_are_changes_too():
	found = changes_of({("1.4", "claim"): None, ("2.1#a", "claim"): None, ("2.1#b", "claim"): None})
	assert [(c.code, c.new) for c in found.changes] == [("1.4", None), ("2.1", None)]


@pytest.mark.parametrize(
	("key", "column", "typed", "word"),
	[
		("1.1", "claim", 1.6, "between"),
		("1.1", "claim", 0.3, "steps"),
		("1.1", "claim", "nhiều", "not a number"),
		("1.1", "claim", "=1+0.5", "formula"),
		("1.1", "claim", True, "number"),
		("1.2", "claim", "có lẽ", "neither"),
		("1.3", "claim", "Khác", "not one of the answers"),
		("1.4", "claim", 101, "percentage"),
		("1.2", "explanation", "=1+1", "formula"),
		("2.1#b", "claim", None, "missing"),
		("2.1#b", "claim", 0, "0"),
		("2.1#b", "claim", -1, "less than 0"),
		("3.1", "claim", 1.5, "whole number"),
		("2.1", "applicable", "có thể", "must hold"),
	],
)
def test_faults_have_their_cell(key, column, typed, word):
	found = changes_of({(key, column): typed})
	assert [fault.cell for fault in found.faults] == [row_of(key).cell(column)]
	assert word in found.faults[0].message


def test_locked_cells_are_not_read():
	found = changes_of(
		{
			("1.1", "title"): "Khác",
			("1.1", "maximum"): 100,
			("1.1", "points"): 99,
			("1.2", "applicable"): "Không",
			("2.2", "claim"): 100,
			("3.2", "claim"): 0,
		}
	)
	assert found.changes == () and found.faults == ()


def test_a_stale_sheet_is_a_fault_but_shows_what_differs():
	older = sheet_for(stamp=Stamp(STAMP.scorecard, "older"))
	place = row_of("1.1").cell("claim")
	found = upload(edited(older, {place: 0.25}))
	(fault,) = found.faults
	assert "changed after" in fault.message and fault.cell == ""
	assert [(change.code, change.new, change.cell) for change in found.changes] == [("1.1", "0.25", place)]


def test_a_number_typed_as_text_is_read_and_pointed_out():
	place = row_of("1.1").cell("claim")
	found = upload(edited(sheet_for(), {place: "0,25"}))
	assert found.faults == () and [change.new for change in found.changes] == ["0.25"]
	assert [(remark.cell, "0,25" in remark.message) for remark in found.remarks] == [(place, True)]


def test_foreign_and_forged_sheets_are_refused():
	assert read_stamp(sheet_for(), KEY) == STAMP
	with pytest.raises(WorkbookError, match="is for PHIEU-0002, not for PHIEU-0001"):
		upload(sheet_for(stamp=Stamp("PHIEU-0002", STAMP.version)))
	with pytest.raises(WorkbookError, match="signature"):
		read_stamp(sheet_for(), b"another site")
	book = openpyxl.load_workbook(sheet_for(stamp=Stamp("PHIEU-0001", "older")))
	book[columns.STAMP_SHEET]["B2"] = STAMP.version
	out = io.BytesIO()
	book.save(out)
	with pytest.raises(WorkbookError, match="signature"):
		upload(out)
	with pytest.raises(WorkbookError, match="not a score sheet"):
		del book[columns.STAMP_SHEET]
		out = io.BytesIO()
		book.save(out)
		upload(out)


def test_moved_and_missing_rows_are_named():
	book = openpyxl.load_workbook(sheet_for())
	sheet = book[columns.SHEET]
	sheet.delete_rows(row_of("1.4").number)
	sheet.append(["1.1"])
	out = io.BytesIO()
	book.save(out)
	messages = [str(fault) for fault in upload(out).faults]
	assert any("1.4 is missing" in message for message in messages)
	assert any("1.1 is strange or there twice" in message for message in messages)


def test_only_the_units_cells_are_unlocked_and_limited():
	book = openpyxl.load_workbook(sheet_for())
	sheet = book[columns.SHEET]
	assert sheet.protection.sheet
	unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
	expected = set()
	for row in columns.sheet_rows(SET):
		line = columns.lines_of(CARD, SET)[row.criterion.code] if row.leaf else None
		expected |= {row.cell(column) for column in (columns.unit_cells(row, line) if line else ())}
	assert unlocked == expected
	limited = {str(cells) for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges}
	assert limited == {cell for cell in unlocked if not cell.startswith(row_of("1.1").cell("explanation")[0])}
	assert sheet.freeze_panes == "E6"
	assert sheet.row_dimensions[row_of("2.1#a").number].outlineLevel == 2
	assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$5:$5")


def test_an_old_claim_that_no_longer_fits_is_shown_and_left_alone():
	card = replace(CARD, lines=(Line("1.1", claim="99"), Line("2.1", claim="x=1"), Line("1.4", claim="abc")))
	assert upload(sheet_for(card), card).changes == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32))
def test_random_edits_come_back_exactly(seed):
	rng = Random(seed)
	campaign = random_campaigns.campaign(rng, units=1, sets=1)
	card, criteria_set = campaign.cards[0], campaign.criteria_sets[0]
	lines = columns.lines_of(card, criteria_set)
	edits, expected = {}, {}
	for row in columns.sheet_rows(criteria_set):
		cells = columns.unit_cells(row, lines[row.criterion.code]) if row.leaf else {}
		if row.input_name or rng.random() < 0.5:
			continue
		if "applicable" in cells:
			value = not lines[row.criterion.code].applicable
			edits[row.cell("applicable")] = "Có" if value else "Không"
			expected[row.criterion.code, "applicable"] = value
		if "explanation" in cells:
			edits[row.cell("explanation")] = f"Sửa {seed}"
			expected[row.criterion.code, "explanation"] = f"Sửa {seed}"
		if "claim" in cells and row.criterion.rule.kind is not RuleKind.CHOICE:
			edits[row.cell("claim")] = None
			if lines[row.criterion.code].claim:
				expected[row.criterion.code, "claim"] = None
	found = upload(edited(sheet_for(card, criteria_set), edits), card, criteria_set)
	assert found.faults == ()
	assert {(c.code, c.field): c.new for c in found.changes} == expected


def test_rows_are_as_high_as_their_texts_and_still_grow():
	out = io.BytesIO()
	long = Line("1.1", explanation="một câu dài " * 60)
	write(replace(CARD, lines=(long,)), SET, out, stamp=STAMP, key=KEY, title="Thử")
	rows = openpyxl.load_workbook(out)[columns.SHEET]
	high, low = row_of("1.1").number, row_of("1.2").number
	assert rows.row_dimensions[high].height > 10 * 15
	assert (rows.row_dimensions[low].height or 15) < rows.row_dimensions[high].height
	with zipfile.ZipFile(out) as archive:
		xml = archive.read("xl/worksheets/sheet1.xml").decode()
	assert "ht=" in xml and "customHeight" not in xml  # a fixed height would hide what is typed
