"""The text of campaigns with every rule and odd texts stays what it is."""

from __future__ import annotations

import hashlib
from random import Random

import random_campaigns

from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.digest import campaign_from_json, canonical_json
from par_campaign.scoring.totals_text import counted_text

MANY = 400
KNOWN_OF_MANY = "c19317076562ddab84d6e1984e8114e224d2ff8b67a4cf46d967d7fd141a5cec"


def sha256(text: str) -> str:
	return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def test_texts_and_digests_stay_what_they_are_and_come_back():
	"""Printed digests and the names of sealed files are sums of these texts."""
	found = []
	for seed in range(MANY):
		made = random_campaigns.campaign(Random(seed))
		text, results = canonical_json(made), evaluate(made)
		assert campaign_from_json(text) == made
		found += [sha256(text), results.digest, sha256(counted_text(made, results.cards))]
	assert sha256("".join(found)) == KNOWN_OF_MANY
