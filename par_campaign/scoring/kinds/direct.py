"""Direct: any value from 0 to the maximum, in steps if the set says so."""

from decimal import Decimal

from par_campaign.scoring.decimals import CENT, comma, plain, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Limit, Scoring
from par_campaign.scoring.kinds.numbers import number
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, RuleKind


class Direct(KindOfRule):
	"""Points as such, e.g. "1,5"."""

	kind, word = RuleKind.DIRECT, "Chấm trực tiếp"

	def read(self, leaf: Leaf, text: str) -> str:
		value = number(leaf, text)
		if not 0 <= value <= leaf.maximum:
			message = _("{0} is not between 0 and {1}.")
			raise ClaimError(leaf.code, message.format(comma(value), comma(leaf.maximum)))
		if value % CENT:
			raise ClaimError(leaf.code, _("{0} has more than two decimals.").format(text))
		step = leaf.rule.step
		if step and value % step:
			raise ClaimError(leaf.code, _("{0} is not in steps of {1}.").format(comma(value), comma(step)))
		return plain(value)

	def shown(self, leaf: Leaf, text: str) -> str:
		return comma(Decimal(text))

	def printed(self, text: str) -> str:
		return ""

	def score(self, leaf: Leaf, text: str) -> Scoring:
		points = Decimal(text)
		return points, trim(points)

	def describe(self, leaf: Leaf, most: str) -> str:
		if leaf.rule.step:
			return _("0 to {0}, in steps of {1}").format(most, trim(leaf.rule.step))
		return _("0 to {0}").format(most)

	def faults(self, leaf: Leaf) -> list[Fault]:
		step = leaf.rule.step
		if step is None or (step >= CENT and not leaf.maximum % step):
			return []
		message = _("{0} does not divide the maximum {1}.").format(comma(step), comma(leaf.maximum))
		return [Fault(leaf.code, "step", message)]

	def limit(self, leaf: Leaf, cell: str) -> Limit:
		step, most = leaf.rule.step, leaf.maximum
		if not step:
			return Limit("decimal", f"Điểm từ 0 đến {trim(most)}", "0", plain(most))
		# Compared in hundredths rounded to whole numbers: MOD of binary fractions is not exact.
		units = f"ROUND({cell}*100,6)"
		steps = f"MOD({units},{plain(step * 100)})=0"
		formula = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={plain(most)},{steps})"
		return Limit("custom", f"Điểm từ 0 đến {trim(most)}, bước {trim(step)}", formula=formula)

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return claim
