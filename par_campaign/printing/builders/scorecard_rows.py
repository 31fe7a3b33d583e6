"""The rows of a scorecard on paper: areas, criteria, leaves, and the sums below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.printing.content import Align, Cell, Row, RowStyle, Span, Text
from par_campaign.printing.forms import maximum, points
from par_campaign.scoring.decimals import HUNDRED, format_vi
from par_campaign.scoring.kinds import kind_of
from par_campaign.scoring.model import (
	Card,
	CardResult,
	CriteriaSet,
	Criterion,
	Leaf,
	Line,
	LineResult,
	Rule,
	RuleKind,
	ScoreType,
	Sum,
	Tier,
)

_MINUS = "\u2212"


@dataclass(frozen=True)
class Sheet:
	"""A scorecard with all that its rows are made of."""

	criteria: CriteriaSet
	card: Card
	result: CardResult
	evidence: Mapping[str, tuple[str, ...]]
	answers: Callable[[Rule], str] | None


def rows(sheet: Sheet) -> Iterator[Row]:
	"""All rows in the order of the set, then the totals."""
	lines = {line.code: line for line in sheet.card.lines}
	leaves = {leaf.code: leaf for leaf in sheet.criteria.leaves()}
	for criterion in sheet.criteria.criteria:
		if leaf := leaves.get(criterion.code):
			yield _leaf(sheet, leaf, lines.get(leaf.code) or Line(leaf.code))
		else:
			yield _heading(sheet, criterion)
	yield from _totals(sheet)


def _heading(sheet: Sheet, criterion: Criterion) -> Row:
	mine = sheet.result.self_totals.rows.get(criterion.code)
	counted = sheet.result.totals.rows.get(criterion.code)
	title = criterion.title if criterion.parent else criterion.title.upper()
	return Row((criterion.code, title, *_sums(sheet.card, mine, counted), "", ""), RowStyle.STRONG)


def _sums(card: Card, mine: Sum | None, counted: Sum | None) -> tuple[str, ...]:
	if mine is None or counted is None:  # only bonus or deduction below
		return ("",) * 6
	return (
		maximum(counted.maximum),
		"",
		points(mine.earned),
		points(counted.earned) if card.appraised else "",
		points(counted.earned),
		_share(counted.earned, counted.maximum),
	)


def _share(earned: Decimal | None, whole: Decimal) -> str:
	return "" if earned is None or not whole else format_vi(earned * HUNDRED / whole)


def _leaf(sheet: Sheet, leaf: Leaf, line: Line) -> Row:
	result = sheet.result.lines[leaf.code]
	outside = leaf.rule.kind is RuleKind.EXTERNAL
	return Row(
		(
			leaf.code,
			_title(sheet, leaf),
			_maximum(leaf),
			_score(leaf, result.points) if outside else "",
			"" if outside else _score(leaf, result.self_points),
			"" if outside or not sheet.card.appraised else _score(leaf, result.points),
			_score(leaf, result.points) if result.applicable else "KAD",
			_leaf_share(leaf, result),
			_explanation(leaf, line, sheet.evidence.get(leaf.code, ())),
			_appraisal(leaf, line, result),
		)
	)


def _title(sheet: Sheet, leaf: Leaf) -> Text:
	listed = sheet.answers(leaf.rule) if sheet.answers else ""
	return (leaf.title, Span(f"\n{listed}", italic=True)) if listed else leaf.title


def _maximum(leaf: Leaf) -> str:
	if leaf.score_type is ScoreType.NORMAL:
		return maximum(leaf.maximum)
	sign = "+" if leaf.score_type is ScoreType.BONUS else _MINUS
	return f"{sign}{maximum(leaf.maximum)}" if leaf.maximum else sign


def _score(leaf: Leaf, value: Decimal | None) -> str:
	if value and leaf.score_type is ScoreType.DEDUCTION:
		return f"{_MINUS}{points(abs(value))}"
	return points(value)


def _leaf_share(leaf: Leaf, result: LineResult) -> str:
	if not result.applicable or leaf.score_type is not ScoreType.NORMAL:
		return ""
	return _share(result.points, result.maximum)


def _explanation(leaf: Leaf, line: Line, evidence: tuple[str, ...]) -> Text:
	parts: list[Span] = []
	if not line.applicable:
		parts.append(Span("Không áp dụng.", italic=True))
	stated = _claim(leaf.rule, line.claim)
	if stated:
		parts.append(Span(f"Kê khai: {stated}.", italic=True))
	parts += [Span(line.explanation)] if line.explanation.strip() else []
	parts += [Span(f"- {document}") for document in evidence]
	return _joined(parts)


def _appraisal(leaf: Leaf, line: Line, result: LineResult) -> Text:
	parts: list[Span] = []
	if line.appraised_applicable is not None and line.appraised_applicable != line.applicable:
		text = "Có áp dụng." if line.appraised_applicable else "Không áp dụng."
		parts.append(Span(text, italic=True))
	if line.appraised_claim is not None and line.appraised_claim != line.claim:
		stated = _claim(leaf.rule, line.appraised_claim)
		parts += [Span(f"Thẩm định: {stated}.", italic=True)] if stated else []
	parts += [Span(line.note)] if line.note.strip() else []
	return _joined(parts)


def _joined(parts: list[Span]) -> tuple[Span, ...]:
	return tuple(
		Span(f"\n{part.text}" if place else part.text, part.bold, part.italic)
		for place, part in enumerate(parts)
	)


def _claim(rule: Rule | None, claim: str | None) -> str:
	"""What was stated where it is not the points themselves."""
	return kind_of(rule.kind).printed(claim) if rule and claim else ""


def answers(rule: Rule) -> str:
	"""The answers or bands of a leaf with their points, a line each, as annexes write them."""
	if rule.options:
		return "\n".join(f"{option.label}: {format_vi(option.points, None)}" for option in rule.options)
	return "\n".join(f"{_band(tier)}: {_paid(tier)}" for tier in rule.tiers)


def _paid(tier: Tier) -> str:
	return "theo tỷ lệ" if tier.points is None else format_vi(tier.points, None)


def _band(tier: Tier) -> str:
	low = None if tier.low is None else format_vi(tier.low, None)
	high = None if tier.high is None else format_vi(tier.high, None)
	if low is None:
		return (
			f"{'Từ' if tier.high_inclusive else 'Dưới'} {high}%{' trở xuống' if tier.high_inclusive else ''}"
		)
	if high is None:
		return f"Từ {low}% trở lên" if tier.low_inclusive else f"Trên {low}%"
	start = "Từ" if tier.low_inclusive else "Trên"
	return f"{start} {low}% đến {'' if tier.high_inclusive else 'dưới '}{high}%"


def _totals(sheet: Sheet) -> Iterator[Row]:
	mine, counted = sheet.result.self_totals, sheet.result.totals
	whole = _sums(sheet.card, Sum(mine.earned, mine.maximum), Sum(counted.earned, counted.maximum))
	yield _total("Tổng điểm", whole)
	for label, own, kept, sign in (
		("Điểm thưởng", mine.bonus, counted.bonus, "+"),
		("Điểm trừ", mine.deduction, counted.deduction, _MINUS),
	):
		if own or kept:
			stands = f"{sign}{points(kept)}"
			appraised = stands if sheet.card.appraised else ""
			yield _total(label, ("", "", f"{sign}{points(own)}", appraised, stands, ""))
	index = points(counted.index)
	yield _total(
		"Chỉ số cải cách hành chính (%)",
		("", "", points(mine.index), index if sheet.card.appraised else "", "", index),
		f"Xếp loại: {sheet.result.band}" if sheet.result.band else "",
	)


def _total(label: str, numbers: tuple[str, ...], note: str = "") -> Row:
	return Row((Cell(label, 2, Align.CENTER), *numbers, "", note), RowStyle.TOTAL)
