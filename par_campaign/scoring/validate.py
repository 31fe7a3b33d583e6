"""Every contradiction of a criteria set at once, so that it is mended in one go."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from par_campaign.scoring import formula
from par_campaign.scoring.decimals import CENT, HUNDRED, ZERO, comma, exactly, trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CriteriaSet, Criterion, EvidenceDemand, Leaf, RuleKind, ScoreType, Tier
from par_campaign.scoring.ruletext import NAME, format_band

LARGEST = Decimal(10_000)  # points of a row; sets add up to about 100
CODE = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}")


@dataclass(frozen=True)
class Fault:
	"""Something wrong in a row. `severity` "error" forbids use, "warning" asks for a look."""

	code: str
	field: str  # as the row's field is named in PAR Criterion
	message: str
	severity: str = "error"


@exactly
def faults(criteria_set: CriteriaSet) -> list[Fault]:
	"""All faults of a set in the order of its rows; empty when it is sound."""
	if not criteria_set.criteria:
		return [Fault("", "", _("The set has no criteria. Add its areas, criteria and scored rows."))]
	found = list(_codes(criteria_set))
	found += _without_rule(criteria_set)
	for leaf in criteria_set.leaves():
		found += _leaf(leaf)
	found += _parents(criteria_set)
	found += _caps(criteria_set)
	if not any(row.score_type is ScoreType.NORMAL for row in criteria_set.lowest):
		found.append(Fault("", "", _("The set has no row that counts towards the maximum.")))
	return sorted(found, key=lambda fault: _position(criteria_set, fault.code))


def _position(criteria_set: CriteriaSet, code: str) -> int:
	codes = [row.code for row in criteria_set.criteria]
	return codes.index(code) if code in codes else -1


def _codes(criteria_set: CriteriaSet) -> Iterator[Fault]:
	codes = [row.code for row in criteria_set.criteria]
	for code, count in Counter(codes).items():
		if count > 1:
			yield Fault(code, "code", _("stands {0} times.").format(count))
	seen: set[str] = set()
	previous = ""
	for row in criteria_set.criteria:
		if not CODE.fullmatch(row.code):
			yield Fault(row.code, "code", _("is not a number like 1, 1.1 or 1.1.2."))
		elif row.parent and row.parent not in seen:
			place = _("comes before its row {0}.") if row.parent in codes else _("has no row {0} above it.")
			yield Fault(row.code, "code", place.format(row.parent))
		elif row.parent and not _is_within(row, previous):
			yield Fault(row.code, "code", _("does not stand right below its row {0}.").format(row.parent))
		if not row.title.strip():
			yield Fault(row.code, "title", _("is missing."))
		seen.add(row.code)
		previous = row.code


def _is_within(row: Criterion, previous: str) -> bool:
	"""Whether the row before belongs to the same parent, so that its rows stand together."""
	return previous == row.parent or previous.startswith(f"{row.parent}.")


# --- scored rows --------------------------------------------------------------------------------


def _without_rule(criteria_set: CriteriaSet) -> Iterator[Fault]:
	for row in criteria_set.lowest:
		if row.rule is None:
			yield Fault(row.code, "rule", _("is missing: a row with nothing below it is scored."))


def _leaf(leaf: Leaf) -> list[Fault]:
	found = []
	if not leaf.maximum or leaf.maximum <= 0:
		found.append(Fault(leaf.code, "maximum", _("must be more than 0.")))
	elif leaf.maximum > LARGEST:
		found.append(Fault(leaf.code, "maximum", _("is more than {0}.").format(comma(LARGEST))))
	elif leaf.maximum % CENT:
		found.append(Fault(leaf.code, "maximum", _("has more than two decimals.")))
	else:
		found += _RULES[leaf.rule.kind](leaf)
	if leaf.rule.kind is RuleKind.EXTERNAL and leaf.demand is not EvidenceDemand.NONE:
		found.append(Fault(leaf.code, "demand", _("an external row shows nothing itself."), "warning"))
	if leaf.auto and leaf.score_type is not ScoreType.DEDUCTION:
		message = _("days late take points away, so the row must be a deduction.")
		found.append(Fault(leaf.code, "score_type", message))
	if leaf.auto and leaf.rule.kind is not RuleKind.COUNT:
		found.append(Fault(leaf.code, "auto_claim", _("days late are counted, so the rule must be Count.")))
	return found


def _nothing(leaf: Leaf) -> list[Fault]:
	return []


def _direct(leaf: Leaf) -> list[Fault]:
	step = leaf.rule.step
	if step is None or (step >= CENT and not leaf.maximum % step):
		return []
	message = _("{0} does not divide the maximum {1}.").format(comma(step), comma(leaf.maximum))
	return [Fault(leaf.code, "step", message)]


def _choice(leaf: Leaf) -> list[Fault]:
	options = leaf.rule.options
	if len(options) < 2:
		return [Fault(leaf.code, "options_text", _("a Choice needs at least two answers."))]
	found = [
		Fault(leaf.code, "options_text", _("an answer has no text.")) for o in options if not o.label.strip()
	]
	for label, count in Counter(" ".join(o.label.casefold().split()) for o in options).items():
		if count > 1:
			found.append(Fault(leaf.code, "options_text", _("answer {0} stands twice.").format(label)))
	return found + _points(leaf, [option.points for option in options])


def _points(leaf: Leaf, points: list[Decimal]) -> list[Fault]:
	found = [
		Fault(
			leaf.code,
			"options_text",
			_("{0} points are not between 0 and the maximum {1}.").format(trim(p), trim(leaf.maximum)),
		)
		for p in points
		if not 0 <= p <= leaf.maximum
	]
	if points and max(points) < leaf.maximum:
		message = _("no answer or band gives the maximum {0}.").format(trim(leaf.maximum))
		found.append(Fault(leaf.code, "options_text", message, "warning"))
	return found


def _tiers(leaf: Leaf) -> list[Fault]:
	tiers = leaf.rule.tiers
	if not tiers:
		return [Fault(leaf.code, "options_text", _("bands are missing."))]
	found = [
		Fault(leaf.code, "options_text", _("band {0} is empty.").format(format_band(tier)))
		for tier in tiers
		if _is_empty(tier)
	]
	if not found:
		found += [Fault(leaf.code, "options_text", message) for message in coverage(tiers)]
	paid = [tier.points if tier.points is not None else _top(tier) * leaf.maximum / HUNDRED for tier in tiers]
	return found + _points(leaf, paid)


def _top(tier: Tier) -> Decimal:
	return min(tier.high, HUNDRED) if tier.high is not None else HUNDRED


def _is_empty(tier: Tier) -> bool:
	if tier.low is None or tier.high is None:
		return False
	return tier.low > tier.high or (
		tier.low == tier.high and not (tier.low_inclusive and tier.high_inclusive)
	)


def coverage(tiers: tuple[Tier, ...]) -> list[str]:
	"""Where bands overlap or leave a gap between 0 and 100, both ends included."""
	ordered = sorted(tiers, key=lambda t: (t.low if t.low is not None else Decimal(-1), not t.low_inclusive))
	messages = []
	first = ordered[0]
	if first.low is not None and (first.low > 0 or (first.low == 0 and not first.low_inclusive)):
		messages.append(_("nothing is said from 0 to {0}.").format(trim(first.low)))
	for below, above in pairwise(ordered):
		messages += _seam(below, above)
	last = ordered[-1]
	if last.high is not None and (last.high < HUNDRED or (last.high == HUNDRED and not last.high_inclusive)):
		messages.append(_("nothing is said from {0} to 100.").format(trim(last.high)))
	return messages


def _seam(below: Tier, above: Tier) -> list[str]:
	names = (format_band(below), format_band(above))
	if below.high is None or above.low is None or below.high > above.low:
		return [_("bands {0} and {1} overlap.").format(*names)]
	if below.high < above.low:
		return [_("nothing is said between {0} and {1}.").format(*names)]
	if below.high_inclusive and above.low_inclusive:
		return [_("bands {0} and {1} both hold {2}.").format(*names, trim(above.low))]
	if not below.high_inclusive and not above.low_inclusive:
		return [_("neither {0} nor {1} holds {2}.").format(*names, trim(above.low))]
	return []


def _proportional(leaf: Leaf) -> list[Fault]:
	full = leaf.rule.full if leaf.rule.full is not None else HUNDRED
	floor = leaf.rule.floor or ZERO
	found = []
	if not 0 < full <= HUNDRED:
		found.append(Fault(leaf.code, "full_rate", _("{0} is not a percentage above 0.").format(trim(full))))
	if not 0 <= floor <= full:
		found.append(
			Fault(leaf.code, "floor_rate", _("{0} is not between 0 and {1}.").format(trim(floor), trim(full)))
		)
	return found


def _count(leaf: Leaf) -> list[Fault]:
	each = leaf.rule.per_occurrence
	if not each or each <= 0:
		return [Fault(leaf.code, "per_occurrence", _("is missing."))]
	if each > leaf.maximum:
		return [Fault(leaf.code, "per_occurrence", _("{0} is more than the maximum.").format(trim(each)))]
	return []


def _formula(leaf: Leaf) -> list[Fault]:
	known = {name for name, _label in leaf.rule.inputs}
	found = list(_inputs(leaf))
	try:
		needed = formula.names(leaf.rule.formula)
	except formula.FormulaError as error:
		return [*found, Fault(leaf.code, "formula", str(error))]
	if unknown := sorted(needed - known):
		# a row's formula uses its own numbers only, so rows cannot depend on each other in a circle
		message = _("uses {0}, which is not among the numbers the unit states.").format(", ".join(unknown))
		found.append(Fault(leaf.code, "formula", message))
	if unused := sorted(known - needed):
		message = _("{0} is stated but not used in the formula.").format(", ".join(unused))
		found.append(Fault(leaf.code, "inputs_text", message))
	return found + (_tiers(leaf) if leaf.rule.tiers else _proportional(leaf))


def _inputs(leaf: Leaf) -> Iterator[Fault]:
	for name, count in Counter(name for name, _label in leaf.rule.inputs).items():
		if count > 1:
			yield Fault(leaf.code, "inputs_text", _("the name {0} stands twice.").format(name))
		if not NAME.fullmatch(name) or name in formula.FUNCTIONS:
			yield Fault(leaf.code, "inputs_text", _("{0} cannot be the name of a number.").format(name))


def _external(leaf: Leaf) -> list[Fault]:
	if not leaf.rule.source.strip():
		return [Fault(leaf.code, "external_source", _("is missing: name the survey or index."))]
	if leaf.rule.scale is not None and leaf.rule.scale <= 0:
		return [Fault(leaf.code, "external_scale", _("must be more than 0."))]
	return []


_RULES = {
	RuleKind.DIRECT: _direct,
	RuleKind.YES_NO: _nothing,
	RuleKind.CHOICE: _choice,
	RuleKind.TIERS: _tiers,
	RuleKind.PROPORTIONAL: _proportional,
	RuleKind.COUNT: _count,
	RuleKind.FORMULA: _formula,
	RuleKind.EXTERNAL: _external,
}

# --- rows that are summed -----------------------------------------------------------------------


def _parents(criteria_set: CriteriaSet) -> Iterator[Fault]:
	lowest = criteria_set.lowest
	lowest_codes = {row.code for row in lowest}
	for row in criteria_set.criteria:
		if row.code in lowest_codes:
			continue
		below = [one for one in lowest if one.code.startswith(f"{row.code}.")]
		if row.rule is not None:
			yield Fault(row.code, "rule", _("has rows below it, so it is not scored itself. Clear the rule."))
		kinds = {one.score_type for one in below}
		stated = row.stated_maximum
		if ScoreType.NORMAL in kinds and len(kinds) > 1:
			yield Fault(row.code, "score_type", _("mixes normal rows with bonus or deduction below it."))
		elif stated is not None and below and below[0].score_type is ScoreType.NORMAL:
			total = sum((one.maximum or ZERO for one in below), ZERO)
			if total != stated:
				message = _("is {0}, but the rows below add up to {1}.")
				yield Fault(row.code, "maximum", message.format(trim(stated), trim(total)))
		elif stated is not None and below:
			yield from _outside(criteria_set, row.code, stated, below)


def _outside(
	criteria_set: CriteriaSet, code: str, stated: Decimal, below: list[Criterion]
) -> Iterator[Fault]:
	"""A bonus or deduction area that says another sum than its rows would look like a cap and be none."""
	kind = below[0].score_type
	bonus = kind is ScoreType.BONUS
	cap = criteria_set.bonus_cap if bonus else criteria_set.deduction_cap
	total = sum((one.maximum or ZERO for one in below), ZERO)
	is_all = len(below) == sum(one.score_type is kind for one in criteria_set.lowest)
	if stated != total and not (is_all and stated == cap):
		message = _(
			"is {0}, but the rows below add up to {1}. Leave it empty; what counts at most a year is set on the set."
		)
		yield Fault(code, "maximum", message.format(trim(stated), trim(total)))


def _caps(criteria_set: CriteriaSet) -> Iterator[Fault]:
	"""Yearly caps; they stand on the set, so the message names them."""
	if criteria_set.bonus_cap is not None and criteria_set.bonus_cap < 0:
		yield Fault("", "bonus_cap", _("The most bonus a year must not be less than 0."))
	if criteria_set.deduction_cap is not None and criteria_set.deduction_cap < 0:
		yield Fault("", "deduction_cap", _("The most deduction a year must not be less than 0."))
