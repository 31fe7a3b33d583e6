"""Every contradiction of a criteria set at once, so that it is mended in one go."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from par_campaign.scoring import kinds
from par_campaign.scoring.decimals import CENT, ZERO, comma, exactly, trim
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CriteriaSet, Criterion, EvidenceDemand, Leaf, RuleKind, ScoreType

LARGEST = Decimal(10_000)  # points of a row; sets add up to about 100
CODE = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}")


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
		found += kinds.of(leaf).faults(leaf)
	if leaf.rule.kind is RuleKind.EXTERNAL and leaf.demand is not EvidenceDemand.NONE:
		found.append(Fault(leaf.code, "demand", _("an external row shows nothing itself."), "warning"))
	if leaf.auto and leaf.score_type is not ScoreType.DEDUCTION:
		message = _("days late take points away, so the row must be a deduction.")
		found.append(Fault(leaf.code, "score_type", message))
	if leaf.auto and leaf.rule.kind is not RuleKind.COUNT:
		found.append(Fault(leaf.code, "auto_claim", _("days late are counted, so the rule must be Count.")))
	return found


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
