"""Stored totals rank and select exactly as the evaluation they were written by."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from small_campaigns import campaign

from par_campaign.scoring.campaign import decide, evaluate, rank_cards
from par_campaign.scoring.model import TieBreak
from par_campaign.scoring.totals_text import (
	areas_named,
	counted_of,
	counted_text,
	totals_of,
	totals_text,
	without_rows,
)

ROUNDS = 300


def test_ranking_and_awards_from_the_text_are_those_of_the_evaluation():
	by_criterion = 0
	for seed in range(ROUNDS):
		made = campaign(Random(seed))
		whole = evaluate(made)
		stored = {
			unit: totals_of(unit, totals_text(result, areas_named(made.tie_breakers)))
			for unit, result in whole.cards.items()
		}
		bare = without_rows(made)
		results = decide(bare, rank_cards(bare, stored))
		assert results.ranking == whole.ranking, seed
		assert results.awards == whole.awards, seed
		by_criterion += any("." in breaker.area for breaker in made.tie_breakers)
	assert by_criterion, "no campaign separates by a criterion below an area"


def test_totals_come_back_exactly():
	for seed in range(ROUNDS):
		for unit, result in evaluate(campaign(Random(seed))).cards.items():
			read = totals_of(unit, totals_text(result))
			areas = {code: row for code, row in result.totals.rows.items() if "." not in code}
			assert read.totals == replace(result.totals, rows=areas, trace="")
			assert (read.self_totals.index, read.self_totals.earned) == (
				result.self_totals.index,
				result.self_totals.earned,
			)
			assert read == replace(result, lines={}, totals=read.totals, self_totals=read.self_totals)


def test_a_published_version_keeps_no_row_and_comes_back():
	for seed in range(ROUNDS):
		made = campaign(Random(seed))
		results = evaluate(made)
		text = counted_text(made, results.cards)
		read, totals = counted_of(text)
		assert read == without_rows(made)
		assert decide(read, rank_cards(read, totals)).awards == results.awards
		assert not any(word in text for word in ("Đã làm", '"claim"', '"criteria"'))


def test_a_tie_breaker_by_area_needs_the_sums_of_its_area():
	made = campaign(Random(1))
	assert areas_named(made.tie_breakers) == {b.area for b in made.tie_breakers if b.kind is TieBreak.AREA}
