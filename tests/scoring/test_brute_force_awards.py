"""Award selection against the independent model, over thousands of random campaigns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from brute_force_awards import Standing, select
from small_campaigns import campaign, card, tied_card

from par_campaign.scoring import awards
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign, Quota, Results

ROUNDS = 1500


def without_doubles(made: Campaign) -> Campaign:
	"""The campaign with at most one quota for each award and scope, for rows are told apart by these."""
	seen: set[tuple[str, str, str]] = set()
	kept = []
	for quota in made.quotas:
		scopes = {(quota.level, quota.group, cluster) for cluster in scopes_of(quota, made)}
		if not scopes & seen:
			seen |= scopes
			kept.append(quota)
	return replace(made, quotas=tuple(kept))


def scopes_of(quota: Quota, made: Campaign) -> set[str]:
	if quota.cluster:
		return {quota.cluster}
	clusters = {card.cluster for card in made.cards if card.group == quota.group}
	return clusters if quota.per_cluster else {""}


def standings(results: Results) -> list[Standing]:
	return [
		Standing(
			row.unit,
			row.group,
			row.cluster,
			row.rank,
			row.group_rank,
			row.index,
			row.band,
			bool(row.disqualified),
			bool(results.cards[row.unit].missing_evidence),
		)
		for row in results.ranking
	]


def selected(results: Results) -> dict:
	return {(row.unit, row.level, row.scope): (row.selection.name, row.places_left) for row in results.awards}


@pytest.mark.parametrize(
	"make_card, least",
	[(card, {"QUALIFIED": 1000, "HIGHER": 300}), (tied_card, {"TIED": 500, "CONTINGENT": 200})],
)
def test_selection_is_that_of_the_model(make_card, least):
	met: Counter[str] = Counter()
	for seed in range(ROUNDS):
		made = without_doubles(campaign(Random(seed), make_card))
		results = evaluate(made)
		found = selected(results)
		assert found == select(made, standings(results)), seed
		met.update(name for name, _left in found.values())
	assert all(met[name] >= number for name, number in least.items()), met


def test_giving_up_on_too_many_ways_only_leaves_more_open(monkeypatch):
	"""Beyond the limit nothing is said that the full search contradicts."""
	monkeypatch.setattr(awards, "MOST_SCENARIOS", 1)
	differing = 0
	for seed in range(ROUNDS // 2):
		made = without_doubles(campaign(Random(seed), tied_card))
		results = evaluate(made)
		exact = select(made, standings(results))
		for key, found in selected(results).items():
			if found != exact[key]:
				# a unit that gets a higher award may also be called not eligible for this one: it is not
				assert found == ("CONTINGENT", 0) or (found[0], exact[key][0]) == (
					"NOT_ELIGIBLE",
					"HIGHER",
				), seed
				differing += 1
	assert differing > 20
