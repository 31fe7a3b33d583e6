"""From which criteria points were taken, of how many units, and why."""

from decimal import Decimal as D

from par_campaign.statistics.cuts import ScoredRow, most_cut


def row(unit, code, claimed, given, note="", **values) -> ScoredRow:
	points = {"self_points": _points(claimed), "points": _points(given)}
	return ScoredRow(
		unit,
		code,
		values.pop("title", f"Row {code}"),
		D(values.pop("maximum", 2)),
		**points,
		note=note,
		**values,
	)


def _points(text):
	return None if text is None else D(text)


def test_the_criterion_cut_for_most_units_comes_first():
	found = most_cut(
		[
			row("A", "1.10", "2", "0"),
			row("B", "1.10", "2", "2"),
			row("A", "1.2", "2", "1.5"),
			row("B", "1.2", "2", "1.5"),
			row("A", "1.3", "2", "2"),
		]
	)
	assert [(r.code, r.cut_units, r.units, r.cut_percent) for r in found] == [
		("1.2", 2, 2, D(100)),
		("1.10", 1, 2, D(50)),
	]


def test_equally_many_units_are_told_apart_by_points_then_by_number():
	rows = [row("A", code, "2", given) for code, given in (("1.10", "1"), ("1.2", "1"), ("1.3", "0"))]
	assert [r.code for r in most_cut(rows)] == ["1.3", "1.2", "1.10"]


def test_sums_and_means_are_over_the_units_that_were_cut():
	[found] = most_cut(
		[row("A", "1", "2", "1"), row("B", "1", "2", "0.5"), row("C", "1", "1", "2"), row("D", "1", "2", "2")]
	)
	assert (found.cut_units, found.raised_units, found.units) == (2, 1, 4)
	assert (found.average_cut, found.total_cut) == (D("1.25"), D("2.5"))


def test_what_nobody_appraised_or_claimed_is_no_cut():
	assert most_cut([row("A", "1", "2", None), row("B", "1", None, "0"), row("C", "1", None, None)]) == []


def test_more_deduction_is_a_loss_and_less_a_gain():
	[found] = most_cut(
		[row("A", "5.1", "0", "1", deduction=True), row("B", "5.1", "1", "0.5", deduction=True)]
	)
	assert (found.cut_units, found.raised_units, found.total_cut) == (1, 1, D(1))


def test_reasons_are_counted_whatever_their_spaces_the_commonest_first():
	rows = [
		row(unit, "1", "2", "1", note)
		for unit, note in zip(
			"ABCDEF", ("No plan", " No  plan ", "Late", "", "Wrong year", "Unsigned"), strict=True
		)
	]
	[found] = most_cut(rows)
	assert found.reasons == (("No plan", 2), ("Late", 1), ("Wrong year", 1))


def test_a_reason_of_a_unit_that_was_not_cut_does_not_count():
	[found] = most_cut([row("A", "1", "2", "1", "Late"), row("B", "1", "2", "2", "All there")])
	assert found.reasons == (("Late", 1),)


def test_rows_of_different_sets_are_one_only_where_they_say_the_same():
	rows = [
		row("A", "1", "2", "1"),
		row("B", "1", "2", "1", title="Another"),
		row("C", "1", "2", "1", maximum=3),
	]
	assert [(r.title, r.maximum, r.cut_units) for r in most_cut(rows)] == [
		("Another", D(2), 1),
		("Row 1", D(2), 1),
		("Row 1", D(3), 1),
	]
