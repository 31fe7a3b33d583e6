"""Edges that decide a place or an award, each by a case worked out by hand."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from par_campaign.scoring.campaign import evaluate, evaluate_card
from par_campaign.scoring.decimals import NumberError, to_decimal
from par_campaign.scoring.digest import digest_of
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.model import (
	Campaign,
	Card,
	CriteriaSet,
	EvidenceDemand,
	Heading,
	Leaf,
	Line,
	Proposal,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	Selection,
	TieBreak,
	TieBreaker,
)
from par_campaign.scoring.ranking import Entry, rank
from par_campaign.scoring.rules import score
from par_campaign.scoring.ruletext import parse_tiers
from par_campaign.scoring.totals import LeafPoints, card_totals

DIRECT = Rule(RuleKind.DIRECT)
SURVEY = Rule(RuleKind.EXTERNAL, source="SIPAS", scale=D(100))
SET = CriteriaSet(
	"S",
	"Set",
	(
		Leaf("1", "Work", D(90), rule=DIRECT),
		Leaf("2", "Survey", D(10), rule=SURVEY),
		Leaf("3", "Bonus", D(5), ScoreType.BONUS, rule=DIRECT, demand=EvidenceDemand.EVIDENCE),
		Leaf("4", "Deduction", D(5), ScoreType.DEDUCTION, rule=DIRECT, demand=EvidenceDemand.EVIDENCE),
	),
)
FLAG, CERTIFICATE = "Flag", "Certificate"


def card(unit: str, points: str, *, survey: str | None = "100", cluster: str = "", **values) -> Card:
	lines = (Line("1", claim=points), Line("2", external=None if survey is None else D(survey)))
	return Card(unit, unit, "G", "S", cluster, (*lines, *values.pop("more", ())), **values)


def of(*cards: Card, **values) -> Campaign:
	return Campaign("C", "Campaign", 2025, (SET,), cards, **values)


def selections(made: Campaign) -> dict[tuple[str, str, str], str]:
	return {(row.unit, row.level, row.scope): row.selection.value for row in evaluate(made).awards}


# --- provisional, final, disqualified ----------------------------------------------------------------


def test_a_place_is_provisional_while_its_survey_is_missing_and_says_so_at_the_award():
	quota = Quota(FLAG, 1, "G", 1)
	results = evaluate(of(card("A", "90", survey=None), card("B", "80"), quotas=(quota,)))
	assert {row.unit: row.provisional for row in results.ranking} == {"A": True, "B": False}
	said = {row.unit: any("provisional" in reason for reason in row.reasons) for row in results.awards}
	assert said == {"A": True, "B": False}


def test_a_survey_that_does_not_apply_is_not_waited_for():
	struck = replace(card("A", "90", survey=None), lines=(Line("1", claim="90"), Line("2", applicable=False)))
	(row,) = evaluate(of(struck)).ranking
	assert (row.provisional, row.index) == (False, D("100.00"))


def test_a_unit_out_of_the_running_keeps_its_index_and_the_reason():
	rows = {
		r.unit: r for r in evaluate(of(card("A", "90", disqualified="false papers"), card("B", "80"))).ranking
	}
	assert (rows["A"].rank, rows["A"].group_rank, rows["A"].index) == (None, None, D("100.00"))
	assert "false papers" in rows["A"].trace and rows["B"].rank == 1


# --- points ------------------------------------------------------------------------------------------


def test_an_open_end_of_a_band_does_not_hold_its_bound():
	leaf = Leaf("1", "", D(2), rule=Rule(RuleKind.TIERS, tiers=parse_tiers("> 90: 2\n70 - 90: 1\n< 70: 0")))
	assert [score(leaf, text)[0] for text in ("90", "90,01", "70", "69,99")] == [1, 2, 1, 0]


def test_nothing_is_demanded_for_a_deduction():
	with_deduction = card("A", "90", more=(Line("3", claim="1"), Line("4", claim="1")))
	assert evaluate_card(SET, with_deduction).missing_evidence == ("3",)


def test_a_struck_out_bonus_or_deduction_counts_nothing():
	points = {leaf.code: LeafPoints(leaf.code in "12", D(5)) for leaf in SET.leaves()}
	totals = card_totals(SET, points)
	assert (totals.bonus, totals.deduction, totals.earned) == (0, 0, 10)


@pytest.mark.parametrize("value", [D("1E+41"), D("1E-41"), 10**41, 1e41, "1" * 41])
def test_no_number_of_astronomical_size_gets_in(value):
	with pytest.raises(NumberError):
		to_decimal(value)


@pytest.mark.parametrize("value", [D("-0"), D("0E+5"), 0.0, -0.0, "-0,00"])
def test_nothing_is_zero_and_only_one_zero(value):
	assert str(to_decimal(value)) == "0"


def test_a_count_beyond_reason_and_a_negative_number_are_refused():
	count = Leaf("1", "", D(3), rule=Rule(RuleKind.COUNT, per_occurrence=D(1)))
	stated = Leaf(
		"1", "", D(3), rule=Rule(RuleKind.FORMULA, formula="a - b", inputs=(("a", "A"), ("b", "B")))
	)
	assert score(count, "1000000")[0] == 3
	for leaf, text in ((count, "1000001"), (stated, "a=1; b=-1")):
		with pytest.raises(ClaimError):
			score(leaf, text)


# --- ranks -------------------------------------------------------------------------------------------


def test_what_is_shown_equal_is_equal_for_tie_breakers_too():
	# areas of 33,333… % and 33,33 % are both shown as 33,33
	thirds = CriteriaSet(
		"S",
		"Set",
		(
			Heading("1", "Area", D(90)),
			Leaf("1.1", "Rate", D(90), rule=Rule(RuleKind.PROPORTIONAL, full=D(99))),
			Leaf("2", "Rest", D(10), rule=DIRECT),
		),
	)
	cards = tuple(
		Card(unit, unit, "G", "S", lines=(Line("1.1", claim=claim), Line("2", claim="5")))
		for unit, claim in (("A", "33"), ("B", "32,9967"))
	)
	breaker = TieBreaker(TieBreak.AREA, "1")
	results = evaluate(Campaign("C", "C", 2025, (thirds,), cards, tie_breakers=(breaker,)))
	areas = [results.cards[unit].totals.rows["1"].earned for unit in "AB"]
	assert areas[0] != areas[1]
	assert [(row.index, row.rank) for row in results.ranking] == [(D("35.00"), 1), (D("35.00"), 1)]


def test_tie_breakers_are_asked_in_their_order():
	entries = [
		Entry("A", "A", "G", "", D(90), (D(1), D(0))),
		Entry("B", "B", "G", "", D(90), (D(0), D(9))),
		Entry("C", "C", "G", "", D(90), (D(1), D(0))),
		Entry("D", "D", "G", "", D("90.01"), (D(0), D(0))),
	]
	assert {row.unit: row.rank for row in rank(entries)} == {"D": 1, "A": 2, "C": 2, "B": 4}


# --- awards ------------------------------------------------------------------------------------------


def test_a_revoked_award_leaves_one_place_empty_and_not_two():
	"""The group's quota and the cluster's cover the unit; the place it had was one of the group's."""
	quotas = (Quota(FLAG, 1, "G", 1), Quota(FLAG, 1, "G", 1, per_cluster=True))
	cards = (card("A", "90", cluster="1"), card("B", "80", cluster="1"), card("C", "70", cluster="2"))
	found = selections(of(*cards, quotas=quotas, proposals=(Proposal("A", FLAG, "Revoked"),)))
	assert found["A", FLAG, ""] == "Not eligible"
	assert found["B", FLAG, ""] == "Below quota"
	assert (found["B", FLAG, "1"], found["C", FLAG, "2"]) == ("Qualified", "Qualified")


def test_a_tie_whose_places_depend_on_a_tie_above_is_not_settled():
	"""A and B share a flag; the rest of four equal units share what certificates that leaves over."""
	quotas = (Quota(FLAG, 1, "G", 1, cluster="1"), Quota(CERTIFICATE, 2, "G", 2))
	cards = (
		*(card(unit, "90", cluster="1") for unit in "AB"),
		*(card(unit, "90", cluster="2") for unit in "CD"),
	)
	found = selections(of(*cards, quotas=quotas))
	assert {found[unit, FLAG, "1"] for unit in "AB"} == {"Tied at cut-off"}
	# one of A and B is gone by then, so three share two places whoever it is: certain for C and D
	assert {found[unit, CERTIFICATE, ""] for unit in "CD"} == {"Tied at cut-off"}
	assert {found[unit, CERTIFICATE, ""] for unit in "AB"} == {"Depends on a tie above"}


def test_how_many_places_a_tie_shares_may_itself_depend_on_a_tie_above():
	"""If B gets the flag, A takes one of the two certificates that X, Y and Z share otherwise."""
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 2, evidence_complete=True))
	shown, not_shown = Line("3", claim="1", has_evidence=True), Line("3", claim="1")
	cards = (card("A", "90", more=(shown,)), card("B", "90", more=(not_shown,)))
	found = selections(of(*cards, *(card(unit, "80") for unit in "XYZ"), quotas=quotas))
	assert {found[unit, CERTIFICATE, ""] for unit in "XYZ"} == {"Depends on a tie above"}
	assert found["B", CERTIFICATE, ""] == "Not eligible"


def test_who_does_not_get_the_flag_takes_the_only_certificate():
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 1))
	cards = (card("A", "88"), card("B", "88"), card("C", "87"), card("D", "87"))
	found = selections(of(*cards, quotas=quotas))
	assert {found[unit, CERTIFICATE, ""] for unit in "AB"} == {"Depends on a tie above"}
	assert {found[unit, CERTIFICATE, ""] for unit in "CD"} == {"Below quota"}


@pytest.mark.parametrize("state", ["Awarded", "Submitted to Chairman"])
def test_flag_or_certificate_but_never_both(state):
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 1))
	found = selections(
		of(card("A", "90"), card("B", "80"), quotas=quotas, proposals=(Proposal("B", CERTIFICATE, state),))
	)
	assert found["A", FLAG, ""] == "Qualified" and found["B", CERTIFICATE, ""] == "Qualified"
	found = selections(
		of(card("A", "90"), card("B", "80"), quotas=quotas, proposals=(Proposal("A", CERTIFICATE, state),))
	)
	assert found["A", FLAG, ""] == "Not eligible"
	assert found["B", FLAG, ""] == "Qualified"


# --- digest ------------------------------------------------------------------------------------------


def test_every_number_of_the_results_is_in_the_digest():
	"""Whoever changes the program so that other numbers come out gets another digest as well."""
	made = of(
		card("A", "90", cluster="1", more=(Line("3", claim="1"), Line("4", claim="2"))),
		quotas=(Quota(FLAG, 1, "G", 1),),
	)
	results = evaluate(made)
	digests = {results.digest}
	for field in ("earned", "maximum", "bonus", "deduction", "index"):
		totals = replace(results.cards["A"].totals, **{field: D(7)})
		digests.add(
			digest_of(made, replace(results, cards={"A": replace(results.cards["A"], totals=totals)}))
		)
	own = replace(results.cards["A"].self_totals, index=D(7))
	digests.add(digest_of(made, replace(results, cards={"A": replace(results.cards["A"], self_totals=own)})))
	for field in ("rank", "group_rank"):
		digests.add(digest_of(made, replace(results, ranking=(replace(results.ranking[0], **{field: 7}),))))
	row = replace(results.awards[0], selection=Selection.BELOW)
	digests.add(digest_of(made, replace(results, awards=(row,))))
	band = replace(results.cards["A"], band="Good")
	digests.add(digest_of(made, replace(results, cards={"A": band})))
	assert len(digests) == 11


def test_the_digest_of_a_known_campaign_stays_the_same_in_every_version():
	"""Printed digests must be found again years later: a change here breaks every paper handed out."""
	made = of(
		card("A", "89.5", cluster="1", more=(Line("3", claim="1"), Line("4", claim="2"))),
		card("B", "70", survey="33.3", cluster="1", disqualified="vi phạm"),
		quotas=(Quota(FLAG, 1, "G", 1, minimum_index=D(50)),),
		tie_breakers=(TieBreaker(TieBreak.AREA, "1"),),
		proposals=(Proposal("A", FLAG, "Awarded", decision_number="01/QĐ-UBND"),),
	)
	assert evaluate(made).digest == "56c5d3559f349b3244d2916f0f1774cdf236b6af4ac1e9d9435fc2b5db570817"


# --- why a unit is in or out ---------------------------------------------------------------------------


def reasons(made: Campaign, level: str) -> dict[str, str]:
	return {row.unit: "; ".join(row.reasons) for row in evaluate(made).awards if row.level == level}


def test_a_place_below_the_count_of_places_says_who_is_passed_over():
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 2, evidence_complete=True))
	unproven = (Line("3", claim="1"),)  # a bonus without its evidence
	made = of(
		card("A", "90"), card("B", "85", more=unproven), card("C", "80"), card("D", "75"), card("E", "70"),
		quotas=quotas,
	)  # fmt: skip
	said = reasons(made, CERTIFICATE)
	passed = "ahead of it with a higher award: 1; ahead of it and not eligible: 1"
	assert said["A"] == "gets Flag"
	assert said["B"] == "evidence missing: 3"
	assert said["D"] == f"rank 4, places: 2; {passed}"
	assert said["E"] == f"rank 5, places: 2; {passed}"


def test_who_is_passed_over_is_left_out_where_a_tie_decides_it():
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 1))
	tied = reasons(of(card("A", "90"), card("B", "90"), card("C", "80"), quotas=quotas), CERTIFICATE)
	assert tied["C"] == "rank 3, places: 1; ahead of it with a higher award: 1"  # A or B, but surely one
	quotas = (Quota(FLAG, 1, "G", 1), Quota(CERTIFICATE, 2, "G", 1, evidence_complete=True))
	unproven = (Line("3", claim="1"),)
	cards = (card("A", "90"), card("B", "89", more=unproven), card("C", "80"), card("D", "70"))
	# with the flag for A, B is passed over too; with the flag for B, nobody but B is
	assert reasons(of(*cards, quotas=quotas), CERTIFICATE)["D"] == "rank 4, places: 1"
