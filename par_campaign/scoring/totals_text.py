"""The totals of scorecards as text: what ranking, awards and area tables need of an evaluation, and no row.

Numbers are plain decimal strings, so that what is ranked from the text is ranked as from the evaluation itself:
no place is lost on the way. Sentences (traces) are left out: they are written in the reader's language.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from par_campaign.scoring.model import Campaign, CardResult, CardTotals, Sum, TieBreaker
from par_campaign.scoring.plain_data import dump, from_plain, load, to_plain


@dataclass(frozen=True)
class _Totals:
	"""What is kept of `CardTotals`; `rows` holds earned and maximum by code."""

	earned: Decimal
	maximum: Decimal
	bonus: Decimal
	deduction: Decimal
	index: Decimal
	rows: dict[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class _OfCard:
	"""What is kept of `CardResult`: the totals of the self scores, and of those that count."""

	self: _Totals
	counted: _Totals
	band: str
	missing_external: tuple[str, ...]
	missing_evidence: tuple[str, ...]


@dataclass(frozen=True)
class _Counted:
	"""A campaign without rows, and the totals of its units."""

	campaign: Campaign
	totals: dict[str, _OfCard]


def totals_text(result: CardResult, codes: Collection[str] = ()) -> str:
	"""One scorecard's totals. Sums are kept for its areas and for the rows in `codes`."""
	return dump(to_plain(_of_card(result, codes)))


def totals_of(unit: str, text: str) -> CardResult:
	"""The mirror of `totals_text`: a result without rows, traces, and sums of what lies below areas.

	Raises `ContentError` for another text.
	"""
	return _result(unit, from_plain(_OfCard, load(text)))


def counted_text(campaign: Campaign, results: Mapping[str, CardResult]) -> str:
	"""A campaign without the rows of its scorecards and their criteria, with the totals of each unit."""
	codes = areas_named(campaign.tie_breakers)
	totals = {unit: _of_card(result, codes) for unit, result in results.items()}
	return dump(to_plain(_Counted(without_rows(campaign), totals)))


def counted_of(text: str) -> tuple[Campaign, dict[str, CardResult]]:
	"""The mirror of `counted_text`. Raises `ContentError` for another text."""
	counted = from_plain(_Counted, load(text))
	return counted.campaign, {unit: _result(unit, kept) for unit, kept in counted.totals.items()}


def without_rows(campaign: Campaign) -> Campaign:
	"""What ranking and award selection read of a campaign beside the totals."""
	cards = tuple(replace(card, lines=()) for card in campaign.cards)
	return replace(campaign, criteria_sets=(), cards=cards)


def areas_named(tie_breakers: Iterable[TieBreaker]) -> frozenset[str]:
	"""Codes of the areas and criteria by which a campaign separates equal indexes."""
	return frozenset(breaker.area for breaker in tie_breakers if breaker.area)


def _of_card(result: CardResult, codes: Collection[str]) -> _OfCard:
	return _OfCard(
		self=_totals(result.self_totals, codes),
		counted=_totals(result.totals, codes),
		band=result.band,
		missing_external=result.missing_external,
		missing_evidence=result.missing_evidence,
	)


def _totals(totals: CardTotals, codes: Collection[str]) -> _Totals:
	return _Totals(
		earned=totals.earned,
		maximum=totals.maximum,
		bonus=totals.bonus,
		deduction=totals.deduction,
		index=totals.index,
		rows={
			code: (row.earned, row.maximum)
			for code, row in totals.rows.items()
			if "." not in code or code in codes
		},
	)


def _result(unit: str, kept: _OfCard) -> CardResult:
	return CardResult(
		unit=unit,
		lines={},
		self_totals=_card_totals(kept.self),
		totals=_card_totals(kept.counted),
		band=kept.band,
		missing_external=kept.missing_external,
		missing_evidence=kept.missing_evidence,
	)


def _card_totals(kept: _Totals) -> CardTotals:
	rows = {code: Sum(*sums) for code, sums in kept.rows.items()}
	return CardTotals(kept.earned, kept.maximum, kept.bonus, kept.deduction, kept.index, rows)
