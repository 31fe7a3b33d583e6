"""The one way from a campaign's data to its results: desk, command line and recount all take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from par_campaign.scoring import awards, ranking
from par_campaign.scoring.bands import band_of
from par_campaign.scoring.decimals import exactly
from par_campaign.scoring.demands import is_unmet
from par_campaign.scoring.digest import digest_of
from par_campaign.scoring.errors import CampaignError, ClaimError, numbers_within_bounds
from par_campaign.scoring.kinds import Scoring
from par_campaign.scoring.kinds.external import external_score
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CardResult,
	CriteriaSet,
	Leaf,
	Line,
	LineResult,
	Proposal,
	RankRow,
	Results,
	RuleKind,
)
from par_campaign.scoring.rules import score
from par_campaign.scoring.totals import LeafPoints, card_totals


@dataclass(frozen=True)
class Scored:
	"""What follows from scorecards and rules alone: no proposal, vote or decision moves it."""

	cards: dict[str, CardResult]
	ranking: tuple[RankRow, ...]


@numbers_within_bounds()
def evaluate(campaign: Campaign) -> Results:
	"""All results of a campaign: every scorecard, the ranking, the award selection, and their digest.

	Raises `CampaignError` where a stored claim does not fit its rule (then it is a `ClaimError`), a unit has two
	scorecards or one without its criteria set, a scored row has no rule or a number has too many digits; a sound
	export has none of these.
	"""
	results = decide(campaign, score_cards(campaign))
	return replace(results, digest=digest_of(campaign, results))


@exactly
def score_cards(campaign: Campaign) -> Scored:
	"""Every scorecard and the ranking. Raises as `evaluate`, but `DecimalException` for a number too long."""
	sets = {criteria_set.name: criteria_set for criteria_set in campaign.criteria_sets}
	for criteria_set in campaign.criteria_sets:
		_require_rules(criteria_set)
	cards: dict[str, CardResult] = {}
	for card in campaign.cards:
		if card.unit in cards:
			raise CampaignError(_("{0} has two scorecards.").format(card.unit_name))
		if card.criteria_set not in sets:
			raise CampaignError(
				_("{0}: there is no criteria set {1}.").format(card.unit_name, card.criteria_set)
			)
		cards[card.unit] = _evaluate_named(sets[card.criteria_set], card, campaign.bands)
	return rank_cards(campaign, cards)


def _require_rules(criteria_set: CriteriaSet) -> None:
	"""A row that has lost its rule is no leaf any more: its points would be left out unnoticed."""
	for row in criteria_set.lowest:
		if row.rule is None:
			message = _("{0}: row {1} has no rule and no rows below it.")
			raise CampaignError(message.format(criteria_set.name, row.code), row.code)


@exactly
def rank_cards(campaign: Campaign, cards: Mapping[str, CardResult]) -> Scored:
	"""The ranking of scorecards whose totals are known, by unit; no row of theirs is read."""
	entries = [_entry(campaign, card, cards[card.unit]) for card in campaign.cards]
	return Scored(dict(cards), ranking.rank(entries, campaign.tie_breakers))


@exactly
def decide(campaign: Campaign, scored: Scored) -> Results:
	"""The award selection on scorecards already scored; the digest stays empty."""
	return Results(scored.cards, scored.ranking, awards.select(campaign, scored.ranking, scored.cards))


@numbers_within_bounds()
def with_proposals(campaign: Campaign, results: Results, proposals: Sequence[Proposal]) -> Results:
	"""The results of the same scorecards with other award proposals; they move awards and digest alone.

	Raises as `evaluate`.
	"""
	campaign = replace(campaign, proposals=tuple(proposals))
	decided = decide(campaign, Scored(results.cards, results.ranking))
	return replace(decided, digest=digest_of(campaign, decided))


def _evaluate_named(criteria_set: CriteriaSet, card: Card, bands: Sequence[Band]) -> CardResult:
	try:
		return evaluate_card(criteria_set, card, bands)
	except ClaimError as error:
		raise ClaimError(error.code, f"{card.unit_name}, {error.code}: {error}") from error


def _entry(campaign: Campaign, card: Card, result: CardResult) -> ranking.Entry:
	return ranking.Entry(
		unit=card.unit,
		unit_name=card.unit_name,
		group=card.group,
		cluster=card.cluster,
		index=result.totals.index,
		merits=ranking.merits_of(result, campaign.tie_breakers),
		band=result.band,
		provisional=bool(result.missing_external),
		disqualified=card.disqualified,
	)


@exactly
def evaluate_card(criteria_set: CriteriaSet, card: Card, bands: Sequence[Band] = ()) -> CardResult:
	"""Points, sums, index and class of one scorecard.

	The self totals take what the unit claims; the counted totals take the appraised claims once the
	scorecard is appraised, and until then the unit's. External values enter both.
	"""
	lines = {line.code: line for line in card.lines}
	leaves = criteria_set.leaves()
	results: dict[str, LineResult] = {}
	mine: dict[str, LeafPoints] = {}
	for leaf in leaves:
		own, counted = _applies(leaf, lines, card)
		result = results[leaf.code] = _line(leaf, lines.get(leaf.code) or Line(leaf.code), card, own, counted)
		mine[leaf.code] = LeafPoints(own, result.self_points)
	stands = {code: LeafPoints(result.applicable, result.points) for code, result in results.items()}
	totals = card_totals(criteria_set, stands)
	return CardResult(
		unit=card.unit,
		lines=results,
		self_totals=card_totals(criteria_set, mine),
		totals=totals,
		band=band_of(totals.index, bands),
		missing_external=_missing_external(leaves, results),
		missing_evidence=tuple(
			leaf.code
			for leaf in leaves
			if leaf.code in lines and _demand_unmet(leaf, lines[leaf.code], results)
		),
	)


def _missing_external(leaves: Sequence[Leaf], results: Mapping[str, LineResult]) -> tuple[str, ...]:
	external = (leaf.code for leaf in leaves if leaf.rule.kind is RuleKind.EXTERNAL)
	return tuple(code for code in external if results[code].applicable and results[code].points is None)


def _applies(leaf: Leaf, lines: Mapping[str, Line], card: Card) -> tuple[bool, bool]:
	"""Whether a leaf applies, as the unit says and as it stands.

	A line on a criterion or an area strikes out every leaf below it.
	"""
	own = counted = True
	code = leaf.code
	while code:
		line = lines.get(code)
		if line:
			own &= line.applicable
			overruled = line.appraised_applicable if card.appraised else None
			counted &= line.applicable if overruled is None else overruled
		code = code.rpartition(".")[0]
	return own, counted


def _line(leaf: Leaf, line: Line, card: Card, own_applies: bool, applies: bool) -> LineResult:
	own = counted = _points(leaf, line.claim, line)
	if card.appraised and line.appraised_claim != line.claim:
		counted = _points(leaf, line.appraised_claim, line)
	return LineResult(
		code=leaf.code,
		applicable=applies,
		maximum=leaf.maximum,
		self_points=own[0] if own and own_applies else None,
		points=counted[0] if counted and applies else None,
		self_trace=_trace(leaf, own, own_applies),
		trace=_trace(leaf, counted, applies),
	)


def _points(leaf: Leaf, claim: str | None, line: Line) -> Scoring | None:
	if leaf.rule.kind is RuleKind.EXTERNAL:
		return external_score(leaf, line.external)
	return score(leaf, claim)


def _trace(leaf: Leaf, scored: Scoring | None, applicable: bool) -> str:
	if not applicable:
		return _("{0}: does not apply").format(leaf.code)
	if scored is None:
		missing = _("not there yet") if leaf.rule.kind is RuleKind.EXTERNAL else _("nothing claimed")
		return f"{leaf.code}: {missing}"
	return f"{leaf.code}: {scored[1]}"


def _demand_unmet(leaf: Leaf, line: Line, results: Mapping[str, LineResult]) -> bool:
	"""Whether a leaf that claims points lacks what its set demands for them."""
	result = results[leaf.code]
	return result.applicable and is_unmet(
		leaf, result.self_points, evidence=line.has_evidence, explanation=line.explanation
	)
