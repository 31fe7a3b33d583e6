"""Tiers: a measured percentage falls in a band, each band with its points."""

from abc import abstractmethod
from decimal import Decimal
from itertools import pairwise

from par_campaign.scoring.decimals import HUNDRED, plain, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Limit, Scoring
from par_campaign.scoring.kinds.choice import faults_of_points
from par_campaign.scoring.kinds.numbers import percentage
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, RuleKind, Tier
from par_campaign.scoring.ruletext import format_band


class ByPercentage(KindOfRule):
	"""A percentage from 0 to 100, e.g. "94,57". A pattern for the kinds that take one."""

	is_percentage = True

	def read(self, leaf: Leaf, text: str) -> str:
		return percentage(leaf, text)

	def shown(self, leaf: Leaf, text: str) -> str:
		return f"{trim(Decimal(text))} %"

	def printed(self, text: str) -> str:
		return text if "%" in text else f"{text}%"

	def score(self, leaf: Leaf, text: str) -> Scoring:
		rate = Decimal(text)
		points, trace = self.by_rate(leaf, rate)
		return points, f"{trim(rate)} % → {trace}"

	@abstractmethod
	def by_rate(self, leaf: Leaf, rate: Decimal) -> Scoring:
		"""Points of a rate, and how they come about from it."""

	def limit(self, leaf: Leaf, cell: str) -> Limit:
		return Limit("decimal", "Tỷ lệ phần trăm từ 0 đến 100, ví dụ 94,57", "0", "100")


class Tiers(ByPercentage):
	"""Bands of the percentage."""

	kind, word = RuleKind.TIERS, "Theo mức tỷ lệ"

	def by_rate(self, leaf: Leaf, rate: Decimal) -> Scoring:
		return by_tiers(leaf, rate)

	def describe(self, leaf: Leaf, most: str) -> str:
		return tiers_text(leaf, most)

	def faults(self, leaf: Leaf) -> list[Fault]:
		return faults_of_tiers(leaf)

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return tiers_in(leaf, claim)


# --- also for a formula that ends in bands ------------------------------------------------------------


def holds(tier: Tier, rate: Decimal) -> bool:
	"""Whether a rate falls in a band."""
	above = tier.low is None or rate > tier.low or (tier.low_inclusive and rate == tier.low)
	below = tier.high is None or rate < tier.high or (tier.high_inclusive and rate == tier.high)
	return above and below


def by_tiers(leaf: Leaf, rate: Decimal) -> Scoring:
	"""Points of the band the rate falls in. A sound set has exactly one (see `coverage`)."""
	tier = next((tier for tier in leaf.rule.tiers if holds(tier, rate)), None)
	if not tier:
		raise ClaimError(leaf.code, _("{0} % falls in none of the bands.").format(trim(rate)))
	band = _("band {0}").format(format_band(tier))
	if tier.points is not None:
		return tier.points, f"{band} → {trim(tier.points)}"
	points = rate * leaf.maximum / HUNDRED
	return points, f"{band} → {trim(rate)} % × {trim(leaf.maximum)} = {trim(points)}"


def tiers_text(leaf: Leaf, most: str) -> str:
	"""The bands with their points."""
	parts = []
	for tier in leaf.rule.tiers:
		paid = _("rate × {0}").format(most) if tier.points is None else trim(tier.points)
		parts.append(f"{format_band(tier)} %: {paid}")
	return " · ".join(parts)


def tiers_in(leaf: Leaf, rate: str) -> str:
	"""Points of the bands as a spreadsheet formula over a rate."""
	text = "0"
	for tier in reversed(leaf.rule.tiers):
		text = f"IF({_holds_in(tier, rate)},{_paid_in(tier, leaf, rate)},{text})"
	return text


def _holds_in(tier: Tier, rate: str) -> str:
	conditions = []
	if tier.low is not None:
		conditions.append(f"{rate}{'>=' if tier.low_inclusive else '>'}{plain(tier.low)}")
	if tier.high is not None:
		conditions.append(f"{rate}{'<=' if tier.high_inclusive else '<'}{plain(tier.high)}")
	return f"AND({','.join(conditions)})" if conditions else "TRUE"


def _paid_in(tier: Tier, leaf: Leaf, rate: str) -> str:
	return f"{rate}*{plain(leaf.maximum)}/100" if tier.points is None else plain(tier.points)


def faults_of_tiers(leaf: Leaf) -> list[Fault]:
	"""Bands that are empty, overlap or leave a gap, and points that cannot be."""
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
	return found + faults_of_points(leaf, paid)


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
