"""Every worked example of docs/scoring.md comes out as the page says.

The page's tables are read as they stand: a table's header says what it shows, a line of `name=value`
above it (Row: …, Campaign: …) what holds. A table that no check knows fails, so none can be left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from par_campaign.scoring import ranking, ruletext
from par_campaign.scoring.awards import passes_vote
from par_campaign.scoring.bands import band_of
from par_campaign.scoring.campaign import evaluate, evaluate_card
from par_campaign.scoring.decimals import NumberError, format_vi, round2, to_decimal
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.explain import at_length
from par_campaign.scoring.kinds.external import external_score
from par_campaign.scoring.kinds.tiers import coverage
from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	NotApplicableMode,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	TieBreak,
	TieBreaker,
	Vote,
	VoteBase,
)
from par_campaign.scoring.rules import score

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
SETTING = re.compile(r"`([^`=]+)=([^`]+)`")


@dataclass
class Table:
	"""A table of the page: where it stands, what holds for it, and its rows."""

	number: int  # line of its header
	section: str
	header: tuple[str, ...]
	settings: dict[str, str]
	rows: list[dict[str, str]] = field(default_factory=list)
	before: "Table | None" = None


def tables() -> list[Table]:
	"""All tables of the page in order."""
	found: list[Table] = []
	section, settings, open_table = "", {}, None
	for number, line in enumerate(PAGE.read_text(encoding="utf-8").splitlines(), 1):
		if line.startswith("#"):
			section, settings = line.strip("# "), {}
		elif line.startswith(("Row:", "Campaign:")):
			settings = dict(SETTING.findall(line))
		if not line.startswith("|"):
			open_table = None
			continue
		cells = [cell.strip() for cell in line.strip("|").split("|")]
		if open_table is None:
			open_table = Table(number, section, tuple(cells), settings, before=found[-1] if found else None)
			found.append(open_table)
		elif not set(line) <= set("|-"):
			open_table.rows.append(dict(zip(open_table.header, cells, strict=True)))
	return found


TABLES = tables()


def number(text: str) -> Decimal:
	return Decimal(text.replace(",", "."))


def optional(text: str | None) -> Decimal | None:
	return number(text) if text else None


def lines(text: str) -> str:
	"""Answers of one line of the page as the set's text field has them."""
	return "\n".join(text.split(" / "))


# --- numbers ------------------------------------------------------------------------------------


def check_rounding(table: Table) -> Iterator[tuple[str, str]]:
	for row in table.rows:
		yield format_vi(round2(number(row["Exactly"]))), row["Published"]


def check_reading(table: Table) -> Iterator[tuple[str, str]]:
	for row in table.rows:
		try:
			yield format_vi(to_decimal(row["Typed"]), None), row["Taken as"]
		except NumberError:
			yield "refused", row["Taken as"]


# --- rules --------------------------------------------------------------------------------------


def leaf_of(settings: dict[str, str]) -> Leaf:
	kind = RuleKind(settings["rule"])
	answers = lines(settings.get("answers", ""))
	rule = Rule(
		kind,
		step=optional(settings.get("step")),
		options=ruletext.parse_options(answers) if kind is RuleKind.CHOICE else (),
		tiers=ruletext.parse_tiers(answers) if kind is not RuleKind.CHOICE else (),
		full=optional(settings.get("full")),
		floor=optional(settings.get("floor")),
		per_occurrence=optional(settings.get("each")),
		formula=settings.get("formula", ""),
		inputs=ruletext.parse_inputs(lines(settings.get("numbers", ""))),
		scale=optional(settings.get("scale")),
		source=settings.get("source", ""),
	)
	score_type = ScoreType(settings.get("type", "Normal"))
	return Leaf("1.1", "Row", number(settings["maximum"]), score_type, rule=rule)


def check_claims(table: Table) -> Iterator[tuple[str, str]]:
	leaf = leaf_of(table.settings)
	for row in table.rows:
		try:
			points, trace = score(leaf, row["Claim"])
			shown = at_length(points)
		except ClaimError as error:
			shown, trace = "refused", str(error)
		yield f"{shown}: {trace}", f"{row['Points']}: {row['Explained as']}"


def check_external(table: Table) -> Iterator[tuple[str, str]]:
	leaf = leaf_of(table.settings)
	for row in table.rows:
		points, trace = external_score(leaf, number(row["Value"]))
		yield f"{at_length(points)}: {trace}", f"{row['Points']}: {row['Explained as']}"


def check_bands(table: Table) -> Iterator[tuple[str, str]]:
	for row in table.rows:
		told = coverage(ruletext.parse_tiers(lines(row["Bands"])))
		yield " ".join(told) or "(sound)", row["What the set is told"]


# --- sums ---------------------------------------------------------------------------------------


def check_card(table: Table) -> Iterator[tuple[str, str]]:
	"""Inputs of the table that follows; all its parents must add up as it says."""
	for row in table.rows:
		if row["Type"] or not row["Maximum"]:
			continue
		below = [r for r in table.rows if r["Type"] and r["Row"].startswith(f"{row['Row']}.")]
		total = sum((number(r["Maximum"]) for r in below), Decimal(0))
		yield format_vi(total, None), row["Maximum"]


def check_index(table: Table) -> Iterator[tuple[str, str]]:
	card_rows = table.before.rows
	direct = Rule(RuleKind.DIRECT)
	criteria = tuple(
		Heading(
			row["Row"], row["Title"], optional(row["Maximum"]), ScoreType(row["Type"] or "Normal")
		).with_rule(direct if row["Type"] else None)
		for row in card_rows
	)
	card = Card(
		"U",
		"Unit",
		"Group",
		"Set",
		lines=tuple(
			Line(row["Row"], applicable=row["Applies"] == "yes", claim=row["Claim"] or None)
			for row in card_rows
		),
	)
	for row in table.rows:
		criteria_set = CriteriaSet(
			"Set",
			"Set",
			criteria,
			bonus_position=BonusPosition(row["Bonus enters"]),
			not_applicable=NotApplicableMode(row["Struck-out rows"]),
			bonus_cap=optional(row["Bonus cap"]),
			deduction_cap=optional(row["Deduction cap"]),
		)
		totals = evaluate_card(criteria_set, card).totals
		for column in ("Earned", "Maximum", "Bonus", "Deduction"):
			yield at_length(getattr(totals, column.lower())), row[column]
		yield format_vi(totals.index), row["Index"]


def bands_of(settings: dict[str, str]) -> tuple[Band, ...]:
	pairs = (text.rpartition(" ") for text in settings["classes"].split(" / "))
	return tuple(Band(label, number(minimum)) for label, _space, minimum in pairs)


def check_classes(table: Table) -> Iterator[tuple[str, str]]:
	for row in table.rows:
		yield band_of(number(row["Index"]), bands_of(table.settings)), row["Class"]


# --- order and awards ---------------------------------------------------------------------------


def check_ranks(table: Table) -> Iterator[tuple[str, str]]:
	assert table.settings["tie-breakers"] == "Higher in area 3 / Fewer deductions"
	breakers = (TieBreaker(TieBreak.AREA, "3"), TieBreaker(TieBreak.DEDUCTION))
	entries = [
		ranking.Entry(
			row["Unit"],
			row["Unit"],
			row["Group"],
			row["Cluster"],
			number(row["Index"]),
			(number(row["Area 3"]), -number(row["Deductions"])),
			disqualified=row["Out of the running"],
		)
		for row in table.rows
	]
	ranked = {row.unit: row for row in ranking.rank(entries, breakers)}
	for row in table.rows:
		found = ranked[row["Unit"]]
		yield str(found.rank or "–"), row["Rank"]
		yield str(found.group_rank or "–"), row["Rank in group"]


def quota_of(level: str, precedence: int, text: str) -> Quota:
	places, _comma, condition = text.partition(", at least ")
	return Quota(level, precedence, "Group", int(places), minimum_band=condition)


def check_awards(table: Table) -> Iterator[tuple[str, str]]:
	levels = ("Flag", "Certificate")
	rule = Rule(RuleKind.EXTERNAL, source="Index")  # gives any index as it is
	criteria_set = CriteriaSet("Set", "Set", (Leaf("1", "All", Decimal(100), rule=rule),))
	campaign = Campaign(
		"C",
		"C",
		2023,
		(criteria_set,),
		tuple(
			Card(
				row["Unit"],
				row["Unit"],
				"Group",
				"Set",
				lines=(Line("1", external=number(row["Index"])),),
				disqualified=row["Out of the running"],
			)
			for row in table.rows
		),
		bands=bands_of(table.settings),
		quotas=tuple(quota_of(level, at, table.settings[level]) for at, level in enumerate(levels, 1)),
	)
	found = {(row.unit, row.level): row.selection.value for row in evaluate(campaign).awards}
	for row in table.rows:
		for level in levels:
			yield (
				f"{row['Unit']} {level}: {found[row['Unit'], level]}",
				f"{row['Unit']} {level}: {row[level]}",
			)


def check_votes(table: Table) -> Iterator[tuple[str, str]]:
	for row in table.rows:
		vote = Vote(int(row["Members"]), int(row["Present"]), int(row["For"]))
		passed = passes_vote(vote, number(row["Threshold"]), VoteBase(row["In % of"]))
		yield "yes" if passed else "no", row["Passes"]


CHECKS = {
	("Exactly", "Published"): check_rounding,
	("Typed", "Taken as"): check_reading,
	("Claim", "Points", "Explained as"): check_claims,
	("Value", "Points", "Explained as"): check_external,
	("Bands", "What the set is told"): check_bands,
	("Row", "Title", "Type"): check_card,
	("Struck-out rows", "Bonus enters"): check_index,
	("Index", "Class"): check_classes,
	("Unit", "Group", "Cluster"): check_ranks,
	("Unit", "Index", "Out of the running"): check_awards,
	("Members", "Present", "For"): check_votes,
}


def check_for(table: Table):
	return next((check for head, check in CHECKS.items() if table.header[: len(head)] == head), None)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"line {table.number}, {table.section}")
def test_the_page_says_what_comes_out(table):
	check = check_for(table)
	assert check, f"line {table.number}: no check knows the table {table.header}"
	pairs = list(check(table))
	assert pairs and table.rows
	assert [computed for computed, _stated in pairs] == [stated for _computed, stated in pairs]


def test_the_page_shows_every_rule():
	shown = {table.settings.get("rule") for table in TABLES}
	assert {kind.value for kind in RuleKind} <= shown
	assert {check_for(table) for table in TABLES} == set(CHECKS.values())
