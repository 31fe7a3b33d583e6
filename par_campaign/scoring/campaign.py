"""The one way from a campaign's data to its results: desk, command line and recount all take it."""

from collections.abc import Sequence
from dataclasses import replace

from par_campaign.scoring import awards, ranking
from par_campaign.scoring.bands import band_of
from par_campaign.scoring.claims import ClaimError
from par_campaign.scoring.digest import digest_of
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CardResult,
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Line,
	LineResult,
	Results,
	RuleKind,
	ScoreType,
)
from par_campaign.scoring.rules import external_score, score
from par_campaign.scoring.totals import LeafPoints, card_totals


def evaluate(campaign: Campaign) -> Results:
	"""All results of a campaign: every scorecard, the ranking, the award selection, and their digest.

	Raises `ClaimError` where a stored claim does not fit its rule, which a sound export never has.
	"""
	sets = {criteria_set.name: criteria_set for criteria_set in campaign.criteria_sets}
	cards = {
		card.unit: evaluate_card(sets[card.criteria_set], card, campaign.bands) for card in campaign.cards
	}
	entries = [_entry(campaign, card, cards[card.unit]) for card in campaign.cards]
	rows = ranking.rank(entries, campaign.tie_breakers)
	results = Results(cards, rows, awards.select(campaign, rows, cards))
	return replace(results, digest=digest_of(campaign, results))


def _entry(campaign: Campaign, card: Card, result: CardResult) -> ranking.Entry:
	return ranking.Entry(
		unit=card.unit,
		unit_name=card.unit_name,
		group=card.group,
		cluster=card.cluster,
		index=result.totals.index,
		merits=ranking.merits_of(card, result, campaign.tie_breakers),
		band=result.band,
		provisional=bool(result.missing_external),
		disqualified=card.disqualified,
	)


def evaluate_card(criteria_set: CriteriaSet, card: Card, bands: Sequence[Band] = ()) -> CardResult:
	"""Points, sums, index and class of one scorecard.

	The self totals take what the unit claims; the standing totals take the appraised claims once the
	scorecard is appraised, and until then the unit's. External values enter both.
	"""
	lines = {line.code: line for line in card.lines}
	leaves = criteria_set.leaves()
	results = {leaf.code: _line(leaf, lines.get(leaf.code) or Line(leaf.code), card) for leaf in leaves}
	mine = card_totals(
		criteria_set,
		{
			leaf.code: LeafPoints(_applies(lines.get(leaf.code)), results[leaf.code].self_points)
			for leaf in leaves
		},
	)
	standing = card_totals(
		criteria_set,
		{code: LeafPoints(result.applicable, result.points) for code, result in results.items()},
	)
	return CardResult(
		unit=card.unit,
		lines=results,
		self_totals=mine,
		totals=standing,
		band=band_of(standing.index, bands),
		missing_external=tuple(
			leaf.code
			for leaf in leaves
			if leaf.rule.kind is RuleKind.EXTERNAL
			and results[leaf.code].applicable
			and results[leaf.code].points is None
		),
		missing_evidence=tuple(
			leaf.code
			for leaf in leaves
			if leaf.code in lines and _demand_unmet(leaf, lines[leaf.code], results)
		),
	)


def _applies(line: Line | None) -> bool:
	return line is None or line.applicable


def _line(leaf: Criterion, line: Line, card: Card) -> LineResult:
	applicable = line.applicable
	if card.appraised and line.appraised_applicable is not None:
		applicable = line.appraised_applicable
	own = standing = _points(leaf, line.claim, line)
	if card.appraised and line.appraised_claim != line.claim:
		standing = _points(leaf, line.appraised_claim, line)
	return LineResult(
		code=leaf.code,
		applicable=applicable,
		maximum=leaf.maximum,
		self_points=own[0] if own and line.applicable else None,
		points=standing[0] if standing and applicable else None,
		self_trace=_trace(leaf, own, line.applicable),
		trace=_trace(leaf, standing, applicable),
	)


def _points(leaf: Criterion, claim: str | None, line: Line):
	if leaf.rule.kind is RuleKind.EXTERNAL:
		return external_score(leaf, line.external)
	return score(leaf, claim)


def _trace(leaf: Criterion, scored, applicable: bool) -> str:
	if not applicable:
		return _("{0}: does not apply").format(leaf.code)
	if scored is None:
		missing = _("not there yet") if leaf.rule.kind is RuleKind.EXTERNAL else _("nothing claimed")
		return f"{leaf.code}: {missing}"
	return f"{leaf.code}: {scored[1]}"


def _demand_unmet(leaf: Criterion, line: Line, results: dict[str, LineResult]) -> bool:
	"""Whether a leaf that claims points lacks the evidence its set demands."""
	if not line.applicable or not results[leaf.code].self_points or leaf.score_type is ScoreType.DEDUCTION:
		return False
	explained = bool(line.explanation.strip())
	if leaf.demand in (EvidenceDemand.EVIDENCE, EvidenceDemand.BOTH):
		return not line.has_evidence
	return leaf.demand is EvidenceDemand.EITHER and not (line.has_evidence or explained)


__all__ = ["ClaimError", "evaluate", "evaluate_card"]
