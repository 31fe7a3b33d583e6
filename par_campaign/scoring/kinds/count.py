"""Count: points per occurrence, capped at the maximum."""

from decimal import Decimal

from par_campaign.scoring.decimals import ZERO, comma, plain, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Limit, Scoring
from par_campaign.scoring.kinds.numbers import clear_number
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, RuleKind

MOST = 1_000_000  # occurrences


class Count(KindOfRule):
	"""A whole number of occurrences."""

	kind, word = RuleKind.COUNT, "Theo số lần"

	def read(self, leaf: Leaf, text: str) -> str:
		value = clear_number(leaf, text)
		if value < 0 or value != value.to_integral_value() or value > MOST:
			raise ClaimError(leaf.code, _("{0} is not a whole number of occurrences.").format(text))
		return plain(value)

	def shown(self, leaf: Leaf, text: str) -> str:
		return comma(Decimal(text))

	def printed(self, text: str) -> str:
		return f"{text} lần"

	def score(self, leaf: Leaf, text: str) -> Scoring:
		each, most = leaf.rule.per_occurrence, leaf.maximum
		if each is None:
			raise ClaimError(leaf.code, _("The rule does not say how many points each occurrence counts."))
		full = Decimal(text) * each
		trace = f"{text} × {trim(each)} = {trim(full)}"
		if full > most:
			return most, _("{0}, at most {1}").format(trace, trim(most))
		return full, trace

	def describe(self, leaf: Leaf, most: str) -> str:
		return _("{0} for each, at most {1}").format(trim(leaf.rule.per_occurrence or ZERO), most)

	def faults(self, leaf: Leaf) -> list[Fault]:
		each = leaf.rule.per_occurrence
		if not each or each <= 0:
			return [Fault(leaf.code, "per_occurrence", _("is missing."))]
		if each > leaf.maximum:
			message = _("{0} is more than the maximum.").format(trim(each))
			return [Fault(leaf.code, "per_occurrence", message)]
		return []

	def limit(self, leaf: Leaf, cell: str) -> Limit:
		return Limit("whole", "Số lần, số nguyên từ 0 trở lên", "0", str(MOST))

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return f"MIN({claim}*{plain(leaf.rule.per_occurrence or ZERO)},{plain(leaf.maximum)})"
