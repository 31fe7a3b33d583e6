"""How a number came about, in sentences: leaf, area or criterion, index, rank, award.

Sums are shown with up to six decimals, so that a reader with a pocket calculator arrives at the same
hundredth: points of rates go on behind the two decimals that sheets show, and are rounded only in the
index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from par_campaign.scoring.decimals import HUNDRED, ZERO, comma, exactly, format_vi
from par_campaign.scoring.demands import demanded
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	AwardRow,
	BonusPosition,
	Campaign,
	Card,
	CardResult,
	CardTotals,
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Leaf,
	Line,
	LineResult,
	NotApplicableMode,
	Proposal,
	RankRow,
	Results,
	RuleKind,
	ScoreType,
	VoteBase,
)
from par_campaign.scoring.rules import describe_rule

SHOWN = Decimal("0.000001")


@exactly
def at_length(value: Decimal) -> str:
	"""A number exactly, or cut after six decimals and marked with "…"."""
	cut = value.quantize(SHOWN, rounding=ROUND_DOWN)
	return comma(cut) if cut == value else f"{comma(cut)}…"


def explain(campaign: Campaign, results: Results, unit: str, code: str = "") -> list[str]:
	"""The sentences on a unit's row `code`; without a code on its index, rank and awards.

	Raises `KeyError` for a unit without a scorecard or a code its criteria set does not have.
	"""
	card = {card.unit: card for card in campaign.cards}[unit]
	criteria_set = {one.name: one for one in campaign.criteria_sets}[card.criteria_set]
	result = results.cards[unit]
	if code:
		return explain_row(criteria_set, card, result, code)
	lines = explain_index(criteria_set, card, result)
	lines += [line for row in results.ranking if row.unit == unit for line in explain_rank(row)]
	return lines + [explain_award(row) for row in results.awards if row.unit == unit]


def explain_row(criteria_set: CriteriaSet, card: Card, result: CardResult, code: str) -> list[str]:
	"""The sentences on one row of a scorecard: a leaf, or an area or criterion as a sum."""
	row = {row.code: row for row in criteria_set.criteria}[code]
	if row.rule is not None and code in result.lines:
		return list(_leaf(card, result, row))
	return [
		_heading(row),
		*_sum(criteria_set, result, [leaf for leaf in criteria_set.leaves() if _is_below(leaf, code)]),
	]


def _is_below(leaf: Leaf, code: str) -> bool:
	return leaf.code.startswith(f"{code}.")


def _heading(row: Criterion) -> str:
	if not row.maximum:
		return f"{row.code} {row.title}"
	return _("{0} {1} (at most {2})").format(row.code, row.title, comma(row.maximum))


@dataclass(frozen=True)
class OutlineRow:
	"""A row of a scorecard on the way down from its index: what it is, and what it adds to the sums."""

	code: str
	title: str
	stands: str


def outline(criteria_set: CriteriaSet, result: CardResult) -> list[OutlineRow]:
	"""All rows of a scorecard in order; each is explained by `explain_row`."""
	return [
		OutlineRow(row.code, row.title, _stands(criteria_set, result, row)) for row in criteria_set.criteria
	]


def _stands(criteria_set: CriteriaSet, result: CardResult, row: Criterion) -> str:
	if line := result.lines.get(row.code):
		if not line.applicable:
			return _("does not apply")
		return "–" if line.points is None else _share(row.score_type, line.points, line.maximum)
	if row_sum := result.totals.rows.get(row.code):
		return _share(ScoreType.NORMAL, row_sum.earned, row_sum.maximum)
	below = [leaf for leaf in criteria_set.leaves() if _is_below(leaf, row.code)]
	_terms_of, total = _terms(result, below, granted=False)
	return _share(below[0].score_type, total, ZERO) if below else ""


def _share(score_type: ScoreType, points: Decimal, maximum: Decimal) -> str:
	"""Points of their maximum; with a sign what stands outside it."""
	shown = format_vi(points, None)
	if score_type is ScoreType.NORMAL:
		return f"{shown} / {comma(maximum)}"
	return shown if not points else f"{'+' if score_type is ScoreType.BONUS else '−'} {shown}"


# --- leaves ----------------------------------------------------------------------------------------


def _leaf(card: Card, result: CardResult, leaf: Leaf) -> Iterator[str]:
	line = next((line for line in card.lines if line.code == leaf.code), Line(leaf.code))
	points = result.lines[leaf.code]
	yield _heading(leaf)
	yield _("Rule: {0}").format(describe_rule(leaf))
	if leaf.rule.kind is RuleKind.EXTERNAL:
		yield from _from_outside(line, points)
	else:
		yield from _stated(card, line, points)
	if demanded(leaf) is not EvidenceDemand.NONE:
		yield _evidence(leaf, result)
	if points.points is not None:
		yield _kept(points.points)


def _stated(card: Card, line: Line, points: LineResult) -> Iterator[str]:
	yield _by(_("Unit"), line.claimed_by, _bare(points, points.self_trace))
	if line.explanation:
		yield _("Explanation: {0}").format(line.explanation)
	if card.appraised:
		yield _by(_("Appraisal"), line.appraised_by, _bare(points, points.trace))
	if line.note:
		yield _("Reason: {0}").format(line.note)


def _from_outside(line: Line, points: LineResult) -> Iterator[str]:
	yield _by(_("Value"), line.appraised_by, _bare(points, points.trace))
	if line.note:
		yield _("Source: {0}").format(line.note)


def _bare(points: LineResult, trace: str) -> str:
	"""A trace without the row's number, which stands in the heading."""
	return trace.removeprefix(f"{points.code}: ")


def _by(role: str, person: str, trace: str) -> str:
	return f"{role} ({person}): {trace}" if person else f"{role}: {trace}"


def _evidence(leaf: Leaf, result: CardResult) -> str:
	demand = _(leaf.demand.value)
	if leaf.code in result.missing_evidence:
		return _("Demanded: {0}. Missing: the row counts what the appraisers grant.").format(demand)
	return _("Demanded: {0}. Nothing is missing.").format(demand)


def _kept(points: Decimal) -> str:
	shown, kept = format_vi(points), at_length(points)
	if Decimal(shown.replace(",", ".")) == points:
		return _("Points: {0}").format(shown)
	return _("Points: {0}, kept as {1} in the sums").format(shown, kept)


# --- sums ------------------------------------------------------------------------------------------


def _sum(criteria_set: CriteriaSet, result: CardResult, leaves: Sequence[Leaf]) -> Iterator[str]:
	"""How leaves add up: points, maximum, and what is struck out."""
	normal = [leaf for leaf in leaves if leaf.score_type is ScoreType.NORMAL]
	if normal:
		granted = criteria_set.not_applicable is NotApplicableMode.GRANT
		yield from _normal_sum(result, normal, granted)
	for kind in (ScoreType.BONUS, ScoreType.DEDUCTION):
		of_kind = [leaf for leaf in leaves if leaf.score_type is kind]
		if of_kind:
			terms, total = _terms(result, of_kind, granted=False)
			yield f"{_(kind.value)}: {_added(terms, total)}"


def _normal_sum(result: CardResult, leaves: Sequence[Leaf], granted: bool) -> Iterator[str]:
	terms, earned = _terms(result, leaves, granted)
	counted = [leaf for leaf in leaves if granted or result.lines[leaf.code].applicable]
	maximum = sum((leaf.maximum for leaf in counted), ZERO)
	yield _("Points: {0}").format(_added(terms, earned))
	if struck := [leaf.code for leaf in leaves if not result.lines[leaf.code].applicable]:
		text = _("Does not apply, granted in full: {0}") if granted else _("Does not apply, struck out: {0}")
		yield text.format(", ".join(struck))
	yield _("Maximum: {0}").format(comma(maximum))
	if maximum:
		yield _("Share: {0} / {1} × 100 = {2} %").format(
			at_length(earned), comma(maximum), format_vi(earned * HUNDRED / maximum)
		)


def _terms(result: CardResult, leaves: Sequence[Leaf], granted: bool) -> tuple[list[str], Decimal]:
	"""What each leaf adds, with its code, and the sum."""
	terms, total = [], ZERO
	for leaf in leaves:
		line = result.lines[leaf.code]
		points = (line.points or ZERO) if line.applicable else leaf.maximum if granted else ZERO
		if line.applicable or granted:
			terms.append(f"{at_length(points)} ({leaf.code})")
			total += points
	return terms, total


def _added(terms: list[str], total: Decimal) -> str:
	return f"{' + '.join(terms) or '0'} = {at_length(total)}"


# --- index, rank, award ----------------------------------------------------------------------------


@exactly
def explain_index(criteria_set: CriteriaSet, card: Card, result: CardResult) -> list[str]:
	"""How the index of a scorecard came about, from its areas on."""
	totals = result.totals
	lines = [_source(card)]
	areas = [row.code for row in criteria_set.criteria if not row.parent and row.code in totals.rows]
	terms = [f"{at_length(totals.rows[code].earned)} ({code})" for code in areas]
	lines.append(_("Points of the areas: {0}").format(_added(terms, totals.earned)))
	maxima = " + ".join(f"{comma(totals.rows[code].maximum)} ({code})" for code in areas)
	lines.append(_("Maximum of what applies: {0} = {1}").format(maxima or "0", comma(totals.maximum)))
	lines += _outside(criteria_set, result, ScoreType.BONUS, criteria_set.bonus_cap, totals.bonus)
	lines += _outside(criteria_set, result, ScoreType.DEDUCTION, criteria_set.deduction_cap, totals.deduction)
	lines.append(_index(criteria_set, totals))
	if result.band:
		lines.append(_("Class: {0}").format(result.band))
	if result.missing_external:
		lines.append(_("Provisional, still missing: {0}").format(", ".join(result.missing_external)))
	if result.missing_evidence:
		lines.append(_("Not shown as demanded: {0}").format(", ".join(result.missing_evidence)))
	return lines


def _source(card: Card) -> str:
	text = _("{0}: as appraised") if card.appraised else _("{0}: as the unit claims, not appraised yet")
	return text.format(card.unit_name)


def _outside(
	criteria_set: CriteriaSet, result: CardResult, kind: ScoreType, cap: Decimal | None, counted: Decimal
) -> Iterator[str]:
	"""Bonus or deduction: its leaves, and the cap where it cuts."""
	leaves = [leaf for leaf in criteria_set.leaves() if leaf.score_type is kind]
	terms, total = _terms(result, leaves, granted=False)
	if not leaves or (not total and not counted):
		return
	line = f"{_(kind.value)}: {_added(terms, total)}"
	if cap is not None and total > cap:
		line = _("{0}, at most {1} a year: {2}").format(line, comma(cap), comma(counted))
	yield line


def _index(criteria_set: CriteriaSet, totals: CardTotals) -> str:
	if not totals.maximum:
		return totals.trace
	outside = totals.bonus - totals.deduction
	signed = f" + {at_length(totals.bonus)}" if totals.bonus else ""
	signed += f" − {at_length(totals.deduction)}" if totals.deduction else ""
	earned, maximum = at_length(totals.earned), comma(totals.maximum)
	if criteria_set.bonus_position is BonusPosition.AFTER:
		exact = totals.earned * HUNDRED / totals.maximum + outside
		work = f"{earned} / {maximum} × 100{signed}"
	else:
		exact = (totals.earned + outside) * HUNDRED / totals.maximum
		work = f"({earned}{signed}) / {maximum} × 100"
	return _("Index: {0} = {1}, rounded once, halves up: {2}").format(
		work, at_length(exact), format_vi(totals.index)
	)


def explain_rank(row: RankRow) -> list[str]:
	"""How a unit's places in cluster and group came about."""
	if row.rank is None:
		return [_("No rank: {0}").format(row.trace)]
	where = row.cluster or row.group
	lines = [_("Rank {0} in {1}: {2}").format(row.rank, where, row.trace)]
	if row.cluster:
		lines.append(_("Rank {0} in {1}").format(row.group_rank, row.group))
	return lines


def explain_award(row: AwardRow) -> str:
	"""How a unit stands before one award quota."""
	where = row.scope or row.group
	text = f"{row.level} ({where}): {_(row.selection.value)}"
	return f"{text}; {'; '.join(row.reasons)}" if row.reasons else text


@exactly
def explain_proposal(proposal: Proposal, base: VoteBase, threshold: Decimal | None) -> list[str]:
	"""The council's vote on a proposal against its `threshold` (in %), and the decision, if there are any."""
	lines = []
	vote = proposal.vote
	members = (vote.present if base is VoteBase.PRESENT else vote.members) if vote else 0
	if vote and members:
		text = _("{0}: {1} of {2} votes for it ({3}) = {4} %, needed: {5} %")
		percent = format_vi(Decimal(vote.in_favour) * HUNDRED / members)
		needed = comma(threshold or ZERO)
		lines.append(text.format(proposal.level, vote.in_favour, members, _(base.value), percent, needed))
	if proposal.decision_number:
		text = _("{0}: decision {1} of {2}")
		day = f"{proposal.decision_date:%d/%m/%Y}" if proposal.decision_date else ""
		lines.append(text.format(proposal.level, proposal.decision_number, day))
	return lines
