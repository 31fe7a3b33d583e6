"""Last year's set beside this year's: what came, went and changed, and nothing else."""

from dataclasses import replace
from decimal import Decimal as D

from par_campaign.scoring.model import (
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Heading,
	Leaf,
	Option,
	Rule,
	RuleKind,
	Tier,
)
from par_campaign.statistics.sets import ChangeKind, Part, changes

CHOICE = Rule(RuleKind.CHOICE, options=(Option("On time", D(2)), Option("Late", D(1))))
ROWS = (
	Heading("1", "Leadership", D(5)),
	Leaf("1.1", "Plan", D(2), rule=CHOICE),
	Leaf("1.2", "Inspection", D(3), rule=Rule(RuleKind.DIRECT, step=D("0.25"))),
)
LAST = CriteriaSet("A", "Set", ROWS)


def this_year(*rows: Criterion) -> CriteriaSet:
	return CriteriaSet("B", "Another", rows)


def test_a_copy_has_no_changes():
	assert changes(LAST, this_year(*ROWS)) == []


def test_rows_come_and_go():
	new = Leaf("1.3", "Initiatives", D(1), rule=CHOICE)
	found = changes(LAST, this_year(ROWS[0], ROWS[2], new))
	assert [(c.kind, c.code, c.title) for c in found] == [
		(ChangeKind.ADDED, "1.3", "Initiatives"),
		(ChangeKind.REMOVED, "1.1", "Plan"),
	]


def test_a_changed_maximum_is_shown_before_and_after_with_a_comma():
	[found] = changes(LAST, this_year(ROWS[0], ROWS[1], replace(ROWS[2], maximum=D("2.50"))))
	assert (found.kind, found.code) == (ChangeKind.CHANGED, "1.2")
	assert found.parts == ((Part.MAXIMUM, "3", "2,5"),)


def test_an_equal_number_written_otherwise_is_no_change():
	same = replace(ROWS[2], maximum=D("3.00"), rule=Rule(RuleKind.DIRECT, step=D("0.250")))
	assert changes(LAST, this_year(ROWS[0], ROWS[1], same)) == []


def test_every_part_of_a_row_is_told():
	row = replace(
		ROWS[1],
		title="Yearly plan",
		rule=replace(CHOICE, options=(Option("On time", D(2)), Option("Late", D("0.5")))),
		demand=EvidenceDemand.EVIDENCE,
		may_not_apply=False,
	)
	[found] = changes(LAST, this_year(ROWS[0], row, ROWS[2]))
	assert [part for part, *_rest in found.parts] == [Part.TITLE, Part.RULE, Part.DEMAND, Part.STRIKE]
	assert "Late: 1" in found.parts[1][1] and "Late: 0,5" in found.parts[1][2]


def test_a_moved_limit_of_a_band_is_a_changed_rule():
	def banded(limit: str) -> Leaf:
		tiers = (Tier(D(limit), True, None, False, D(3)), Tier(None, False, D(limit), False, D(0)))
		return replace(ROWS[2], rule=Rule(RuleKind.TIERS, tiers=tiers))

	[found] = changes(this_year(banded("80")), this_year(banded("90")))
	assert [part for part, *_rest in found.parts] == [Part.RULE]
