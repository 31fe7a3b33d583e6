"""The totals of scorecards as text: what ranking, awards and area tables need of an evaluation, and no row.

Numbers are plain decimal strings, so that what is ranked from the text is ranked as from the evaluation itself:
no place is lost on the way. Sentences (traces) are left out: they are written in the reader's language.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from par_campaign.scoring import digest
from par_campaign.scoring.decimals import plain
from par_campaign.scoring.model import Campaign, CardResult, CardTotals, Sum


def totals_text(result: CardResult, codes: Collection[str] = ()) -> str:
	"""One scorecard's totals. Sums are kept for its areas and for the rows in `codes`."""
	return _dump(_plain(result, codes))


def totals_of(unit: str, text: str) -> CardResult:
	"""The mirror of `totals_text`: a result without rows, traces, and sums of what lies below areas."""
	return _result(unit, json.loads(text))


def counted_text(campaign: Campaign, results: Mapping[str, CardResult]) -> str:
	"""A campaign without the rows of its scorecards and their criteria, with the totals of each unit."""
	codes = areas_named(campaign)
	return _dump(
		{
			"campaign": digest.to_plain(without_rows(campaign)),
			"totals": {unit: _plain(result, codes) for unit, result in results.items()},
		}
	)


def counted_of(text: str) -> tuple[Campaign, dict[str, CardResult]]:
	"""The mirror of `counted_text`."""
	content = json.loads(text)
	totals = {unit: _result(unit, of_unit) for unit, of_unit in content["totals"].items()}
	return digest.from_plain(Campaign, content["campaign"]), totals


def without_rows(campaign: Campaign) -> Campaign:
	"""What ranking and award selection read of a campaign beside the totals."""
	cards = tuple(replace(card, lines=()) for card in campaign.cards)
	return replace(campaign, criteria_sets=(), cards=cards)


def areas_named(campaign: Campaign) -> frozenset[str]:
	"""Codes of the areas and criteria by which the campaign separates equal indexes."""
	return frozenset(breaker.area for breaker in campaign.tie_breakers if breaker.area)


def _dump(content: object) -> str:
	return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(result: CardResult, codes: Collection[str]) -> dict:
	return {
		"self": _totals(result.self_totals, codes),
		"counted": _totals(result.totals, codes),
		"band": result.band,
		"missing_external": list(result.missing_external),
		"missing_evidence": list(result.missing_evidence),
	}


def _totals(totals: CardTotals, codes: Collection[str]) -> dict:
	return {
		"earned": plain(totals.earned),
		"maximum": plain(totals.maximum),
		"bonus": plain(totals.bonus),
		"deduction": plain(totals.deduction),
		"index": plain(totals.index),
		"rows": {
			code: [plain(row.earned), plain(row.maximum)]
			for code, row in totals.rows.items()
			if "." not in code or code in codes
		},
	}


def _result(unit: str, content: dict) -> CardResult:
	return CardResult(
		unit=unit,
		lines={},
		self_totals=_card_totals(content["self"]),
		totals=_card_totals(content["counted"]),
		band=content["band"],
		missing_external=tuple(content["missing_external"]),
		missing_evidence=tuple(content["missing_evidence"]),
	)


def _card_totals(content: dict) -> CardTotals:
	numbers = {
		field: Decimal(content[field]) for field in ("earned", "maximum", "bonus", "deduction", "index")
	}
	rows = {code: Sum(*map(Decimal, of_row)) for code, of_row in content["rows"].items()}
	return CardTotals(**numbers, rows=rows)
