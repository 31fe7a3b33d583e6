"""From a claim to points: one function for each kind of rule, with a trace a reader can follow."""

from collections.abc import Mapping
from decimal import Decimal

from par_campaign.scoring import formula
from par_campaign.scoring.claims import (
	ClaimError,
	canonical,
	cleaned,
	find_option,
	formula_rate,
	read_inputs,
	readable,
)
from par_campaign.scoring.decimals import HUNDRED, ZERO, comma, exactly, trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Criterion, Rule, RuleKind, Tier
from par_campaign.scoring.ruletext import format_band


@exactly
def score(criterion: Criterion, claim: str | None) -> tuple[Decimal, str] | None:
	"""Points (unrounded, 0 to the leaf's maximum) and trace of a claim; None for an empty one.

	Raises `ClaimError` where the rule does not allow the claim.
	"""
	# a formula's numbers are read, and checked, where it is worked out: once
	read = cleaned if criterion.rule.kind is RuleKind.FORMULA else canonical
	text = read(criterion, claim)
	if text is None:
		return None
	return _SCORERS[criterion.rule.kind](criterion, text)


@exactly
def external_score(criterion: Criterion, value: Decimal | None) -> tuple[Decimal, str] | None:
	"""Points and trace of an external value; None while it has not arrived."""
	if value is None:
		return None
	rule, most = criterion.rule, criterion.maximum
	stated = value * most / rule.scale if rule.scale else value
	trace = f"{rule.source}: {trim(value)}"
	if rule.scale:
		trace += f" / {trim(rule.scale)} × {trim(most)} = {trim(stated)}"
	points = min(max(stated, ZERO), most)
	if points < stated:
		return points, _("{0}, at most {1}").format(trace, trim(most))
	return points, trace if points == stated else _("{0}, at least 0").format(trace)


def _direct(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	points = Decimal(text)
	return points, trim(points)


def _yes_no(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	points = criterion.maximum if text == "Yes" else ZERO
	return points, f"{readable(criterion, text)} → {trim(points)}"


def _choice(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	option = find_option(criterion, text)
	return option.points, f"“{option.label}” → {trim(option.points)}"


def _tiers(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	rate = Decimal(text)
	points, trace = by_tiers(criterion, rate)
	return points, f"{trim(rate)} % → {trace}"


def _proportional(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	rate = Decimal(text)
	points, trace = by_proportion(criterion, rate)
	return points, f"{trim(rate)} % → {trace}"


def _count(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	each, most = criterion.rule.per_occurrence, criterion.maximum
	full = Decimal(text) * each
	trace = f"{text} × {trim(each)} = {trim(full)}"
	if full > most:
		return most, _("{0}, at most {1}").format(trace, trim(most))
	return full, trace


def _formula(criterion: Criterion, text: str) -> tuple[Decimal, str]:
	values = read_inputs(criterion, text)
	rate = formula_rate(criterion, values)
	points, trace = by_tiers(criterion, rate) if criterion.rule.tiers else by_proportion(criterion, rate)
	return points, f"{_worked(criterion.rule, values)} = {trim(rate)} % → {trace}"


def _worked(rule: Rule, values: Mapping[str, Decimal]) -> str:
	"""What was stated, then the formula with the numbers in it."""
	stated = "; ".join(f"{label} = {comma(values[name])}" for name, label in rule.inputs)
	return f"{stated}: {formula.filled_in(rule.formula, values)}"


def holds(tier: Tier, rate: Decimal) -> bool:
	"""Whether a rate falls in a band."""
	above = tier.low is None or rate > tier.low or (tier.low_inclusive and rate == tier.low)
	below = tier.high is None or rate < tier.high or (tier.high_inclusive and rate == tier.high)
	return above and below


def by_tiers(criterion: Criterion, rate: Decimal) -> tuple[Decimal, str]:
	"""Points of the band the rate falls in. A sound set has exactly one (see `validate`)."""
	tier = next((tier for tier in criterion.rule.tiers if holds(tier, rate)), None)
	if not tier:
		raise ClaimError(criterion.code, _("{0} % falls in none of the bands.").format(trim(rate)))
	band = _("band {0}").format(format_band(tier))
	if tier.points is not None:
		return tier.points, f"{band} → {trim(tier.points)}"
	points = rate * criterion.maximum / HUNDRED
	return points, f"{band} → {trim(rate)} % × {trim(criterion.maximum)} = {trim(points)}"


def by_proportion(criterion: Criterion, rate: Decimal) -> tuple[Decimal, str]:
	"""Full marks from `full`, nothing below `floor`, rate x maximum / full between."""
	full = criterion.rule.full if criterion.rule.full is not None else HUNDRED
	floor = criterion.rule.floor or ZERO
	most = criterion.maximum
	if rate >= full:
		return most, _("{0} % or more → {1}").format(trim(full), trim(most))
	if rate < floor:
		return ZERO, _("below {0} % → 0").format(trim(floor))
	points = rate * most / full
	return points, f"{trim(rate)} × {trim(most)} / {trim(full)} = {trim(points)}"


_SCORERS = {
	RuleKind.DIRECT: _direct,
	RuleKind.YES_NO: _yes_no,
	RuleKind.CHOICE: _choice,
	RuleKind.TIERS: _tiers,
	RuleKind.PROPORTIONAL: _proportional,
	RuleKind.COUNT: _count,
	RuleKind.FORMULA: _formula,
}


def describe_rule(criterion: Criterion) -> str:
	"""How points come about on a leaf, for the score sheet."""
	rule, most = criterion.rule, _most(criterion)
	if rule is None:
		return ""
	if rule.kind is RuleKind.CHOICE:
		return " · ".join(f"{option.label}: {trim(option.points)}" for option in rule.options)
	if rule.kind is RuleKind.TIERS:
		return _tiers_text(criterion)
	if rule.kind is RuleKind.YES_NO:
		return _("Yes: {0} · No: 0").format(most)
	if rule.kind is RuleKind.COUNT:
		return _("{0} for each, at most {1}").format(trim(rule.per_occurrence or ZERO), most)
	if rule.kind is RuleKind.PROPORTIONAL:
		return _proportion_text(criterion)
	if rule.kind is RuleKind.FORMULA:
		rest = _tiers_text(criterion) if rule.tiers else _proportion_text(criterion)
		return f"{rule.formula} ({'; '.join(f'{n}: {label}' for n, label in rule.inputs)}) → {rest}"
	if rule.kind is RuleKind.EXTERNAL:
		return _("From {0}").format(rule.source)
	if rule.step:
		return _("0 to {0}, in steps of {1}").format(most, trim(rule.step))
	return _("0 to {0}").format(most)


def _most(criterion: Criterion) -> str:
	"""The maximum; a set that is being written may not have it yet."""
	return "…" if criterion.maximum is None else trim(criterion.maximum)


def _tiers_text(criterion: Criterion) -> str:
	parts = []
	for tier in criterion.rule.tiers:
		paid = _("rate × {0}").format(_most(criterion)) if tier.points is None else trim(tier.points)
		parts.append(f"{format_band(tier)} %: {paid}")
	return " · ".join(parts)


def _proportion_text(criterion: Criterion) -> str:
	full = criterion.rule.full if criterion.rule.full is not None else HUNDRED
	text = _("{0} % or more: {1}, less in proportion").format(trim(full), _most(criterion))
	if criterion.rule.floor:
		text += _(", below {0} %: 0").format(trim(criterion.rule.floor))
	return text
