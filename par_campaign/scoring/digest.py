"""One fixed text of a campaign and its results, and its SHA-256.

The text is JSON with sorted keys, numbers as plain decimal strings, and without what is at its
default: the same content always gives the same digest, on the server, on the command line, in any
year, also after the model has learned new fields. What has no order of its own (scorecards, their
lines, quotas, …) is put in one first, for a database and a workbook need not hold it in the same.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from par_campaign.scoring.decimals import plain
from par_campaign.scoring.model import Campaign, CriteriaSet, Results
from par_campaign.scoring.plain_data import dump, from_plain, load, to_plain

Item = TypeVar("Item")


def digest_of(campaign: Campaign, results: Results) -> str:
	"""SHA-256 (hex) of the campaign's data and of the numbers that follow from it.

	Words (traces, reasons) are left out: they depend on the reader's language.
	"""
	content = {"campaign": to_plain(_ordered(campaign)), "results": _numbers(results)}
	return hashlib.sha256(dump(content).encode(errors="surrogatepass")).hexdigest()


def _ordered(campaign: Campaign) -> Campaign:
	"""The campaign with all in a fixed order whose order means nothing."""
	cards = (replace(card, lines=_sorted(card.lines)) for card in campaign.cards)
	return replace(
		campaign,
		criteria_sets=_sorted(campaign.criteria_sets),
		cards=_sorted(cards),
		bands=_sorted(campaign.bands),
		quotas=_sorted(campaign.quotas),
		proposals=_sorted(campaign.proposals),
	)


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
	return tuple(sorted(items, key=lambda item: dump(to_plain(item))))


def _numbers(results: Results) -> dict[str, object]:
	return {
		"cards": {
			unit: {
				"self_index": plain(card.self_totals.index),
				"index": plain(card.totals.index),
				"earned": plain(card.totals.earned),
				"maximum": plain(card.totals.maximum),
				"bonus": plain(card.totals.bonus),
				"deduction": plain(card.totals.deduction),
				"band": card.band,
			}
			for unit, card in results.cards.items()
		},
		"ranking": [[row.unit, row.rank, row.group_rank] for row in results.ranking],
		"awards": sorted([row.unit, row.level, row.scope, row.selection.value] for row in results.awards),
	}


def canonical_json(content: Campaign | CriteriaSet) -> str:
	"""The data as text; `campaign_from_json` makes a campaign of its text again."""
	return dump(to_plain(content))


def campaign_from_json(text: str) -> Campaign:
	"""The mirror of `canonical_json`. Raises `ContentError` for a text that is none of a campaign."""
	return from_plain(Campaign, load(text))
