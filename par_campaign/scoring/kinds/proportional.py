"""Proportional with a floor: full marks from a rate, nothing below another, in proportion between."""

from decimal import Decimal

from par_campaign.scoring.decimals import HUNDRED, ZERO, plain, trim
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import Scoring
from par_campaign.scoring.kinds.tiers import ByPercentage
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, Rule, RuleKind


class Proportional(ByPercentage):
	"""Rate × maximum / full."""

	kind, word = RuleKind.PROPORTIONAL, "Theo tỷ lệ"

	def by_rate(self, leaf: Leaf, rate: Decimal) -> Scoring:
		return by_proportion(leaf, rate)

	def describe(self, leaf: Leaf, most: str) -> str:
		return proportion_text(leaf, most)

	def faults(self, leaf: Leaf) -> list[Fault]:
		return faults_of_proportion(leaf)

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return proportion_in(leaf, claim)


# --- also for a formula that ends in a proportion ------------------------------------------------------


def _full(rule: Rule) -> Decimal:
	return rule.full if rule.full is not None else HUNDRED


def by_proportion(leaf: Leaf, rate: Decimal) -> Scoring:
	"""Full marks from `full`, nothing below `floor`, rate x maximum / full between."""
	full, floor, most = _full(leaf.rule), leaf.rule.floor or ZERO, leaf.maximum
	if rate >= full:
		return most, _("{0} % or more → {1}").format(trim(full), trim(most))
	if rate < floor:
		return ZERO, _("below {0} % → 0").format(trim(floor))
	points = rate * most / full
	return points, f"{trim(rate)} × {trim(most)} / {trim(full)} = {trim(points)}"


def proportion_text(leaf: Leaf, most: str) -> str:
	"""The proportion in words."""
	text = _("{0} % or more: {1}, less in proportion").format(trim(_full(leaf.rule)), most)
	if leaf.rule.floor:
		text += _(", below {0} %: 0").format(trim(leaf.rule.floor))
	return text


def proportion_in(leaf: Leaf, rate: str) -> str:
	"""The same points as a spreadsheet formula over a rate."""
	most, full, floor = plain(leaf.maximum), plain(_full(leaf.rule)), plain(leaf.rule.floor or ZERO)
	return f"IF({rate}>={full},{most},IF({rate}<{floor},0,{rate}*{most}/{full}))"


def faults_of_proportion(leaf: Leaf) -> list[Fault]:
	"""Rates that are no percentages, or cross."""
	full, floor = _full(leaf.rule), leaf.rule.floor or ZERO
	found = []
	if not 0 < full <= HUNDRED:
		found.append(Fault(leaf.code, "full_rate", _("{0} is not a percentage above 0.").format(trim(full))))
	if not 0 <= floor <= full:
		message = _("{0} is not between 0 and {1}.").format(trim(floor), trim(full))
		found.append(Fault(leaf.code, "floor_rate", message))
	return found
