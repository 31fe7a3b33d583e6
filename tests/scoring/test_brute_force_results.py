"""Points, sums, index, class and ranks against the independent model, over thousands of scorecards."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from brute_force_points import Sheet, band, evidence_missing, keys, rank, sheet
from small_campaigns import campaign, card, coarse_card

from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import CardTotals, RankRow

ROUNDS = 1000
DUST = Fraction(1, 10**29)  # thirds are kept with 30 decimals at least


def agrees(totals: CardTotals, made: Sheet) -> bool:
	sums = ((totals.earned, made.earned), (totals.bonus, made.bonus), (totals.deduction, made.deduction))
	near = all(abs(Fraction(ours) - theirs) < DUST for ours, theirs in sums)
	return near and totals.maximum == made.maximum and Fraction(totals.index) * 100 == made.index


def test_points_sums_and_index_are_those_of_the_model():
	met: Counter[str] = Counter()
	for seed in range(ROUNDS):
		made = campaign(Random(seed))
		(of,) = made.criteria_sets
		results = evaluate(made)
		for each in made.cards:
			result = results.cards[each.unit]
			own, standing = sheet(of, each, standing=False), sheet(of, each, standing=True)
			assert agrees(result.self_totals, own), (seed, each.unit)
			assert agrees(result.totals, standing), (seed, each.unit)
			assert result.band == band(made, standing.index), (seed, each.unit)
			for code, line in result.lines.items():
				assert (line.points is None) == (standing.points[code] is None), (seed, each.unit, code)
				assert line.applicable == standing.applies[code], (seed, each.unit, code)
			met["third"] += standing.earned.denominator % 7 == 0
			met["capped"] += bool(of.bonus_cap) and standing.bonus == of.bonus_cap
			met["nothing applies"] += not standing.maximum
			met["negative"] += standing.index < 0
	assert met["third"] > 100 and met["capped"] > 50 and met["nothing applies"] and met["negative"], met


def test_what_is_missing_is_what_the_model_says():
	met = 0
	for seed in range(ROUNDS):
		made = campaign(Random(seed))
		(of,) = made.criteria_sets
		results = evaluate(made)
		for each in made.cards:
			own, standing = sheet(of, each, standing=False), sheet(of, each, standing=True)
			expected = evidence_missing(of, each, own, standing)
			assert list(results.cards[each.unit].missing_evidence) == expected, (seed, each.unit)
			late = ("2.1",) if standing.applies["2.1"] and standing.points["2.1"] is None else ()
			assert results.cards[each.unit].missing_external == late, (seed, each.unit)
			met += bool(expected)
	assert met > 200, met


@pytest.mark.parametrize("make_card", [card, coarse_card])
def test_ranks_are_those_of_the_model(make_card):
	shared = separated = 0
	for seed in range(ROUNDS):
		made = campaign(Random(seed), make_card)
		rows = {row.unit: row for row in evaluate(made).ranking}
		assert len(rows) == len(made.cards)
		ordered_by = keys(made)
		for of_unit in made.cards:
			row = rows[of_unit.unit]
			assert row.rank == rank(made, ordered_by, of_unit, within_cluster=True), (seed, row.unit)
			assert row.group_rank == rank(made, ordered_by, of_unit, within_cluster=False), (seed, row.unit)
		equal = [pair for pair in pairs(list(rows.values())) if pair[0].index == pair[1].index]
		shared += sum(a.group_rank == b.group_rank for a, b in equal)
		separated += sum(a.group_rank != b.group_rank for a, b in equal)
	if make_card is coarse_card:
		assert shared > 500 and separated > 300, (shared, separated)


def pairs(rows: list[RankRow]) -> list[tuple[RankRow, RankRow]]:
	running = [row for row in rows if not row.disqualified]
	return [(a, b) for a in running for b in running if a.unit < b.unit and a.group == b.group]
