"""Percentages and means of areas, and which area of one year is which of another."""

from decimal import Decimal as D

import pytest

from par_campaign.statistics.areas import (
	AreaScore,
	MatchedBy,
	by_number,
	compared,
	matched,
	mean,
	scale_from,
	share,
	titles,
)


def area(
	code: str, title: str, claimed: str = "1", points: str | None = None, maximum: str = "2"
) -> AreaScore:
	return AreaScore(code, title, D(maximum), D(claimed), None if points is None else D(points))


@pytest.mark.parametrize(
	("points", "maximum", "percent"),
	[
		("1", "3", "33.33"),
		("2", "3", "66.67"),
		("1.00005", "20", "5.00"),
		("1.001", "20", "5.01"),  # 5.005: halves up
		("0", "5", "0"),
	],
)
def test_share_has_two_decimals_halves_up(points, maximum, percent):
	assert share(D(points), D(maximum)) == D(percent)


def test_nothing_is_no_share():
	assert share(None, D(5)) is None
	assert share(D(0), D(0)) is None  # the whole area struck out


def test_mean_is_of_what_is_there():
	assert mean([D(1), None, D(2)]) == D("1.5")
	assert mean([D(1), D(1), D(2)]) == D("1.33")
	assert mean([None]) is None
	assert mean([]) is None


@pytest.mark.parametrize(
	("values", "low"),
	[
		(["97.5", "100"], "90"),  # nearly full is not to look bad
		(["88.75", None, "100"], "85"),
		(["85", "100"], "85"),
		(["3", "100"], "0"),
		(["20", *["88"] * 9, *["100"] * 10], "85"),  # one outlier
		(["-1", "100"], "0"),
		([None], "90"),
		([], "90"),
	],
)
def test_colours_begin_below_the_lowest(values, low):
	assert scale_from(None if v is None else D(v) for v in values) == D(low)


def test_an_area_without_appraised_score_shows_the_claim_only():
	waiting = area("1", "Leadership", claimed="1.5")
	assert (waiting.self_percent, waiting.percent, waiting.change) == (D(75), None, None)
	assert area("1", "Leadership", claimed="1.5", points="1").change == D("-0.5")


def test_an_area_that_waits_for_a_survey_has_no_percentage():
	waiting = AreaScore("8", "Impact", D(10), D(0), D(0), waiting=True)
	assert (waiting.self_percent, waiting.percent, waiting.change) == (None, None, 0)


def test_codes_stand_in_numerical_order():
	assert sorted(["10", "2", "1.10", "1.2", "1", "B"], key=by_number) == ["1", "1.2", "1.10", "2", "10", "B"]


def test_a_title_stands_only_where_all_sets_agree_on_it():
	cards = [
		[area("1", "Leadership"), area("10", "Bonus")],
		[area("1", "Leadership"), area("2", "Law")],
		[area("2", "Rules")],
	]
	assert titles(cards) == {"1": "Leadership", "2": "", "10": "Bonus"}


def test_an_area_that_moved_is_known_by_its_title():
	before = [area("1", "Leadership"), area("2", "Finance"), area("3", "Survey")]
	after = [area("1", "Leadership"), area("2", "Digital"), area("3", "FINANCE  "), area("4", "Survey")]
	found = [(m.before and m.before.code, m.after and m.after.code, m.by) for m in matched(before, after)]
	assert found == [
		("1", "1", MatchedBy.TITLE),
		(None, "2", MatchedBy.NEW),
		("2", "3", MatchedBy.TITLE),
		("3", "4", MatchedBy.TITLE),
	]


def test_a_renamed_area_is_known_by_its_number():
	[match] = matched([area("2", "E-government")], [area("2", "Digital government")])
	assert (match.before.title, match.by) == ("E-government", MatchedBy.CODE)


def test_no_area_is_matched_twice_and_what_is_gone_comes_last():
	before = [area("1", "Leadership"), area("2", "Law"), area("3", "Old area")]
	after = [area("1", "Law"), area("2", "Leadership"), area("4", "Leadership")]
	found = [(m.before and m.before.code, m.after and m.after.code, m.by) for m in matched(before, after)]
	assert found == [
		("2", "1", MatchedBy.TITLE),
		("1", "2", MatchedBy.TITLE),
		(None, "4", MatchedBy.NEW),
		("3", None, MatchedBy.GONE),
	]


def of_two_years(*units: tuple[str | None, str | None]):
	"""One area's matches; None where the survey is not in yet."""
	found = []
	for old, new in units:
		before, after = (AreaScore("8", "Survey", D(10), D(0), D(p or 0), p is None) for p in (old, new))
		found += matched([before], [after])
	return found


@pytest.mark.parametrize(
	("units", "percentages"),
	[
		([("8", "9"), ("6", "7")], ("70", "80")),
		([("8", "9"), ("2", None)], ("80", "90")),  # the second would weigh on one side only
		([("8", None), ("6", None)], ("70", None)),
		([(None, None)], (None, None)),
	],
)
def test_years_are_compared_over_the_same_units(units, percentages):
	assert compared(of_two_years(*units)) == tuple(p and D(p) for p in percentages)
