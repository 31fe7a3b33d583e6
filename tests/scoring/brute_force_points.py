"""Points, index, class and ranks written a second time, in fractions and as plainly as possible.

Knows the rules of `small_campaigns.criteria_set`. Shares nothing with `par_campaign.scoring` but the
data model.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from par_campaign.scoring.model import (
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	EvidenceDemand,
	Line,
	NotApplicableMode,
	RuleKind,
	ScoreType,
	TieBreak,
)


def hundredths(value: Fraction) -> int:
	"""Rounded to hundredths, halves away from zero, as a whole number of them."""
	rounded = floor(abs(value) * 100 + Fraction(1, 2))
	return rounded if value >= 0 else -rounded


@dataclass
class Sheet:
	"""One side of a scorecard: what the unit claims, or what stands."""

	points: dict[str, Fraction | None]
	applies: dict[str, bool]
	earned: Fraction = Fraction(0)
	maximum: Fraction = Fraction(0)
	bonus: Fraction = Fraction(0)
	deduction: Fraction = Fraction(0)
	index: int = 0  # hundredths


def sheet(of: CriteriaSet, card: Card, standing: bool) -> Sheet:
	"""The unit's own side, or the standing one."""
	lines = {line.code: line for line in card.lines}
	points, applies = {}, {}
	for leaf in of.leaves():
		line = lines.get(leaf.code, Line(leaf.code))
		appraised = standing and card.appraised
		above = [lines[code] for code in lines if f"{leaf.code}.".startswith(f"{code}.")]
		applies[leaf.code] = all(applies_here(one, appraised) for one in above)
		text = line.appraised_claim if appraised else line.claim
		points[leaf.code] = leaf_points(leaf, text, line.external) if applies[leaf.code] else None
	made = Sheet(points, applies)
	add_up(of, made)
	return made


def applies_here(line: Line, appraised: bool) -> bool:
	if appraised and line.appraised_applicable is not None:
		return line.appraised_applicable
	return line.applicable


def leaf_points(leaf, text: str | None, external) -> Fraction | None:
	if leaf.rule.kind is RuleKind.EXTERNAL:
		return None if external is None else Fraction(external) / 100 * Fraction(leaf.maximum)
	if text is None:
		return None
	if leaf.rule.kind is RuleKind.COUNT:
		return min(int(text) * Fraction(leaf.rule.per_occurrence), Fraction(leaf.maximum))
	if leaf.rule.kind is RuleKind.FORMULA:
		a, b = (int(part.split("=")[1]) for part in text.split(";"))
		return Fraction(a, b) * Fraction(leaf.maximum)
	return Fraction(text)


def add_up(of: CriteriaSet, made: Sheet) -> None:
	bonus = deduction = Fraction(0)
	for leaf in of.leaves():
		given, most = made.points[leaf.code] or Fraction(0), Fraction(leaf.maximum)
		if leaf.score_type is ScoreType.BONUS:
			bonus += given
		elif leaf.score_type is ScoreType.DEDUCTION:
			deduction += given
		elif made.applies[leaf.code]:
			made.earned, made.maximum = made.earned + given, made.maximum + most
		elif of.not_applicable is NotApplicableMode.GRANT:
			made.earned, made.maximum = made.earned + most, made.maximum + most
	made.bonus = bonus if of.bonus_cap is None else min(bonus, Fraction(of.bonus_cap))
	made.deduction = deduction if of.deduction_cap is None else min(deduction, Fraction(of.deduction_cap))
	made.index = hundredths(exact_index(of, made))


def exact_index(of: CriteriaSet, made: Sheet) -> Fraction:
	outside = made.bonus - made.deduction
	if made.maximum == 0:
		return outside
	if of.bonus_position is BonusPosition.BEFORE:
		return (made.earned + outside) / made.maximum * 100
	return made.earned / made.maximum * 100 + outside


def area_percent(of: CriteriaSet, made: Sheet, area: str) -> Fraction:
	"""What a unit reaches in an area or a criterion; struck out as a whole it counts as the rest of the card."""
	leaves = [
		leaf
		for leaf in of.leaves()
		if leaf.code.startswith(f"{area}.") and leaf.score_type is ScoreType.NORMAL
	]
	if not leaves:
		return Fraction(0)
	granted = of.not_applicable is NotApplicableMode.GRANT
	maximum = sum(Fraction(leaf.maximum) for leaf in leaves if granted or made.applies[leaf.code])
	if not maximum:
		return made.earned / made.maximum * 100 if made.maximum else Fraction(0)
	earned = sum(
		(made.points[leaf.code] or Fraction(0))
		if made.applies[leaf.code]
		else Fraction(leaf.maximum) * granted
		for leaf in leaves
	)
	return earned / maximum * 100


def merit(of: CriteriaSet, own: Sheet, standing: Sheet, breaker) -> int:
	"""A unit's value under a tie-breaker in hundredths, more is better."""
	if breaker.kind is TieBreak.AREA:
		return hundredths(area_percent(of, standing, breaker.area))
	if breaker.kind is TieBreak.BONUS:
		return hundredths(standing.bonus)
	if breaker.kind is TieBreak.DEDUCTION:
		return -hundredths(standing.deduction)
	return -abs(own.index - standing.index)


def evidence_missing(of: CriteriaSet, card: Card, own: Sheet, standing: Sheet) -> list[str]:
	"""Leaves that count and on which the unit claims points without showing what the set demands."""
	missing = []
	lines = {line.code: line for line in card.lines}
	for leaf in of.leaves():
		line = lines.get(leaf.code)
		if line is None or not standing.applies[leaf.code] or not own.points[leaf.code]:
			continue
		if leaf.score_type is ScoreType.DEDUCTION:
			continue
		shown, explained = line.has_evidence, bool(line.explanation.strip())
		met = {
			EvidenceDemand.NONE: True,
			EvidenceDemand.EVIDENCE: shown,
			EvidenceDemand.EXPLANATION: explained,
			EvidenceDemand.EITHER: shown or explained,
			EvidenceDemand.BOTH: shown and explained,
		}
		if not met[leaf.demand]:
			missing.append(leaf.code)
	return missing


def keys(campaign: Campaign) -> dict[str, tuple[int, ...]]:
	"""What each unit is ordered by, in hundredths."""
	(of,) = campaign.criteria_sets
	found = {}
	for card in campaign.cards:
		own, standing = sheet(of, card, standing=False), sheet(of, card, standing=True)
		merits = (merit(of, own, standing, breaker) for breaker in campaign.tie_breakers)
		found[card.unit] = (standing.index, *merits)
	return found


def rank(campaign: Campaign, ordered_by: dict[str, tuple], card: Card, within_cluster: bool) -> int | None:
	"""One more than the number of units in the running that are better."""
	if card.disqualified:
		return None
	better = 0
	for other in campaign.cards:
		same = other.group == card.group and (not within_cluster or other.cluster == card.cluster)
		if same and not other.disqualified and ordered_by[other.unit] > ordered_by[card.unit]:
			better += 1
	return better + 1


def band(campaign: Campaign, index: int) -> str:
	"""The class with the highest minimum that the index reaches."""
	reached = [b for b in campaign.bands if index >= Fraction(b.minimum) * 100]
	return max(reached, key=lambda b: b.minimum).label if reached else ""
