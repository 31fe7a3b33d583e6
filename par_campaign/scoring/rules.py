"""From a claim to points: one function for each kind of rule, with a trace a reader can follow."""

from collections.abc import Mapping
from decimal import Decimal

from par_campaign.scoring import formula
from par_campaign.scoring.claims import (
	canonical,
	cleaned,
	find_option,
	formula_rate,
	read_inputs,
	readable,
)
from par_campaign.scoring.decimals import HUNDRED, ZERO, comma, exactly, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, Rule, RuleKind, Tier
from par_campaign.scoring.ruletext import format_band

# points, unrounded, and the trace of how they came about
Scoring = tuple[Decimal, str]


@exactly
def score(leaf: Leaf, claim: str | None) -> Scoring | None:
	"""Points (unrounded, 0 to the leaf's maximum) and trace of a claim; None for an empty one.

	Raises `ClaimError` where the rule does not allow the claim.
	"""
	# a formula's numbers are read, and checked, where it is worked out: once
	read = cleaned if leaf.rule.kind is RuleKind.FORMULA else canonical
	text = read(leaf, claim)
	if text is None:
		return None
	return _SCORERS[leaf.rule.kind](leaf, text)


@exactly
def external_score(leaf: Leaf, value: Decimal | None) -> Scoring | None:
	"""Points and trace of an external value; None while it has not arrived."""
	if value is None:
		return None
	rule, most = leaf.rule, leaf.maximum
	stated = value * most / rule.scale if rule.scale else value
	trace = f"{rule.source}: {trim(value)}"
	if rule.scale:
		trace += f" / {trim(rule.scale)} × {trim(most)} = {trim(stated)}"
	points = min(max(stated, ZERO), most)
	if points < stated:
		return points, _("{0}, at most {1}").format(trace, trim(most))
	return points, trace if points == stated else _("{0}, at least 0").format(trace)


def _direct(leaf: Leaf, text: str) -> Scoring:
	points = Decimal(text)
	return points, trim(points)


def _yes_no(leaf: Leaf, text: str) -> Scoring:
	points = leaf.maximum if text == "Yes" else ZERO
	return points, f"{readable(leaf, text)} → {trim(points)}"


def _choice(leaf: Leaf, text: str) -> Scoring:
	option = find_option(leaf, text)
	return option.points, f"“{option.label}” → {trim(option.points)}"


def _tiers(leaf: Leaf, text: str) -> Scoring:
	rate = Decimal(text)
	points, trace = by_tiers(leaf, rate)
	return points, f"{trim(rate)} % → {trace}"


def _proportional(leaf: Leaf, text: str) -> Scoring:
	rate = Decimal(text)
	points, trace = by_proportion(leaf, rate)
	return points, f"{trim(rate)} % → {trace}"


def _count(leaf: Leaf, text: str) -> Scoring:
	each, most = leaf.rule.per_occurrence, leaf.maximum
	if each is None:
		raise ClaimError(leaf.code, _("The rule does not say how many points each occurrence counts."))
	full = Decimal(text) * each
	trace = f"{text} × {trim(each)} = {trim(full)}"
	if full > most:
		return most, _("{0}, at most {1}").format(trace, trim(most))
	return full, trace


def _formula(leaf: Leaf, text: str) -> Scoring:
	values = read_inputs(leaf, text)
	rate = formula_rate(leaf, values)
	points, trace = by_tiers(leaf, rate) if leaf.rule.tiers else by_proportion(leaf, rate)
	return points, f"{_worked(leaf.rule, values)} = {trim(rate)} % → {trace}"


def _worked(rule: Rule, values: Mapping[str, Decimal]) -> str:
	"""What was stated, then the formula with the numbers in it."""
	stated = "; ".join(f"{label} = {comma(values[name])}" for name, label in rule.inputs)
	return f"{stated}: {formula.filled_in(rule.formula, values)}"


def holds(tier: Tier, rate: Decimal) -> bool:
	"""Whether a rate falls in a band."""
	above = tier.low is None or rate > tier.low or (tier.low_inclusive and rate == tier.low)
	below = tier.high is None or rate < tier.high or (tier.high_inclusive and rate == tier.high)
	return above and below


def by_tiers(leaf: Leaf, rate: Decimal) -> Scoring:
	"""Points of the band the rate falls in. A sound set has exactly one (see `validate`)."""
	tier = next((tier for tier in leaf.rule.tiers if holds(tier, rate)), None)
	if not tier:
		raise ClaimError(leaf.code, _("{0} % falls in none of the bands.").format(trim(rate)))
	band = _("band {0}").format(format_band(tier))
	if tier.points is not None:
		return tier.points, f"{band} → {trim(tier.points)}"
	points = rate * leaf.maximum / HUNDRED
	return points, f"{band} → {trim(rate)} % × {trim(leaf.maximum)} = {trim(points)}"


def by_proportion(leaf: Leaf, rate: Decimal) -> Scoring:
	"""Full marks from `full`, nothing below `floor`, rate x maximum / full between."""
	full = leaf.rule.full if leaf.rule.full is not None else HUNDRED
	floor = leaf.rule.floor or ZERO
	most = leaf.maximum
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


def describe_rule(leaf: Leaf) -> str:
	"""How points come about on a leaf, for the score sheet."""
	rule, most = leaf.rule, _most(leaf)
	if rule.kind is RuleKind.CHOICE:
		return " · ".join(f"{option.label}: {trim(option.points)}" for option in rule.options)
	if rule.kind is RuleKind.TIERS:
		return _tiers_text(leaf)
	if rule.kind is RuleKind.YES_NO:
		return _("Yes: {0} · No: 0").format(most)
	if rule.kind is RuleKind.COUNT:
		return _("{0} for each, at most {1}").format(trim(rule.per_occurrence or ZERO), most)
	if rule.kind is RuleKind.PROPORTIONAL:
		return _proportion_text(leaf)
	if rule.kind is RuleKind.FORMULA:
		rest = _tiers_text(leaf) if rule.tiers else _proportion_text(leaf)
		return f"{rule.formula} ({'; '.join(f'{n}: {label}' for n, label in rule.inputs)}) → {rest}"
	if rule.kind is RuleKind.EXTERNAL:
		return _("From {0}").format(rule.source)
	if rule.step:
		return _("0 to {0}, in steps of {1}").format(most, trim(rule.step))
	return _("0 to {0}").format(most)


def _most(leaf: Leaf) -> str:
	"""The maximum; a set that is being written may not have it yet."""
	return trim(leaf.maximum) if leaf.maximum else "…"


def _tiers_text(leaf: Leaf) -> str:
	parts = []
	for tier in leaf.rule.tiers:
		paid = _("rate × {0}").format(_most(leaf)) if tier.points is None else trim(tier.points)
		parts.append(f"{format_band(tier)} %: {paid}")
	return " · ".join(parts)


def _proportion_text(leaf: Leaf) -> str:
	full = leaf.rule.full if leaf.rule.full is not None else HUNDRED
	text = _("{0} % or more: {1}, less in proportion").format(trim(full), _most(leaf))
	if leaf.rule.floor:
		text += _(", below {0} %: 0").format(trim(leaf.rule.floor))
	return text
