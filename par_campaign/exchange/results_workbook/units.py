"""A sheet for each unit in the consolidated workbook: its points beside its areas' sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from par_campaign.exchange.results_workbook.codec import optional_text
from par_campaign.exchange.xlsx.tables import Column, Entry, Table, shown
from par_campaign.scoring.claims import canonical, readable
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.labels import flag_word
from par_campaign.scoring.model import (
	Campaign,
	Card,
	CardResult,
	CriteriaSet,
	Criterion,
	Leaf,
	Line,
	RankRow,
	Results,
	RuleKind,
)

COLUMNS = (
	Column("code", "STT", 8),
	Column("title", "Lĩnh vực / Tiêu chí / Tiêu chí thành phần", 60),
	Column("maximum", "Điểm tối đa", 9, "points"),
	Column("counts", "Được tính", 8, "centre"),
	Column("claim", "Đơn vị tự chấm", 20),
	Column("self_points", "Điểm tự chấm", 9, "points"),
	Column("appraised_claim", "Kết quả thẩm định", 20),
	Column("external", "Kết quả bên ngoài", 10, "number"),
	Column("points", "Điểm đạt được", 9, "points"),
	Column("note", "Ý kiến thẩm định", 40),
	Column("trace", "Diễn giải", 50, wording=True),
)

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME_LENGTH = 31  # Excel's limit
_ROOM_FOR_NUMBER = 6


def unit_tables(campaign: Campaign, results: Results, taken: Sequence[str]) -> Iterator[Table]:
	"""A table for each card, in order. `taken` are names that other sheets have."""
	names = _Names(taken)
	sets = {criteria_set.name: criteria_set for criteria_set in campaign.criteria_sets}
	ranks = {row.unit: row for row in results.ranking}
	for card in campaign.cards:
		name = names.name(card.unit)
		yield _table(name, card, sets[card.criteria_set], results.cards[card.unit], ranks[card.unit])


class _Names:
	"""Sheet names made of unit codes: allowed by Excel and each there once."""

	def __init__(self, taken: Sequence[str]):
		self._taken = {name.casefold() for name in taken} | {"history"}

	def name(self, unit: str) -> str:
		"""A free name for a unit's sheet."""
		base = _NOT_IN_NAMES.sub("-", unit).strip("' ")[: _NAME_LENGTH - _ROOM_FOR_NUMBER] or "-"
		name, number = base, 1
		while name.casefold() in self._taken:
			number += 1
			name = f"{base} ({number})"
		self._taken.add(name.casefold())
		return name


def _table(name: str, card: Card, criteria_set: CriteriaSet, result: CardResult, rank: RankRow) -> Table:
	lines = {line.code: line for line in card.lines}
	subtitle = f"Chỉ số {format_vi(result.totals.index)} %. Hạng: {rank.rank or '—'}. {result.band}".strip()

	def records() -> Iterator[Sequence[Entry]]:
		yield _whole(card, result)
		for criterion in criteria_set.criteria:
			yield _record(criterion, lines.get(criterion.code), result)

	return Table(name, card.unit_name, COLUMNS, records, subtitle, printed="note", outline="code")


def _sums(own: Decimal, earned: Decimal, maximum: Decimal) -> tuple[Entry, ...]:
	"""The cells of a row that is summed, from its maximum on."""
	return shown(maximum), None, None, shown(own), None, None, shown(earned), None, None


def _whole(card: Card, result: CardResult) -> tuple[Entry, ...]:
	totals = result.totals
	return "", card.unit_name, *_sums(result.self_totals.earned, totals.earned, totals.maximum)


def _record(criterion: Criterion, line: Line | None, result: CardResult) -> tuple[Entry, ...]:
	head = (criterion.code, criterion.title)
	outcome = result.lines.get(criterion.code)
	if outcome is None or criterion.rule is None:
		total, own = result.totals.rows.get(criterion.code), result.self_totals.rows.get(criterion.code)
		sums = _sums(own.earned, total.earned, total.maximum) if own and total else (None,) * 9
		return *head, *sums
	return (
		*head,
		shown(outcome.maximum),
		flag_word(outcome.applicable),
		_claim(criterion, line.claim) if line else None,
		shown(outcome.self_points),
		_claim(criterion, line.appraised_claim) if line else None,
		line.external if line else None,
		shown(outcome.points),
		line.note if line else None,
		outcome.trace,
	)


def _claim(leaf: Leaf, claim: str | None) -> Entry:
	"""A claim as a reader writes it. In fixed words: a recount in any language compares them."""
	try:
		text = canonical(leaf, claim)
	except ClaimError:
		return optional_text(claim)  # an older claim that its rule no longer takes
	if not text:
		return None
	if leaf.rule.kind is RuleKind.YES_NO:
		return flag_word(text == "Yes")
	return readable(leaf, text)
