"""External: a value imported from a survey or an index, optionally scaled to the maximum."""

from decimal import Decimal

from par_campaign.scoring.decimals import ZERO, exactly, plain, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Scoring
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, RuleKind


class External(KindOfRule):
	"""Nothing is claimed: whatever is typed is refused."""

	kind, word = RuleKind.EXTERNAL, "Kết quả bên ngoài"
	is_typed = False

	def read(self, leaf: Leaf, text: str) -> str:
		message = _("This row is filled in from {0}, not by hand.")
		raise ClaimError(leaf.code, message.format(leaf.rule.source or "…"))

	def printed(self, text: str) -> str:
		return ""

	def score(self, leaf: Leaf, text: str) -> Scoring:
		return self.scored(leaf, text)  # which refuses it

	def describe(self, leaf: Leaf, most: str) -> str:
		return _("From {0}").format(leaf.rule.source)

	def faults(self, leaf: Leaf) -> list[Fault]:
		if not leaf.rule.source.strip():
			return [Fault(leaf.code, "external_source", _("is missing: name the survey or index."))]
		if leaf.rule.scale is not None and leaf.rule.scale <= 0:
			return [Fault(leaf.code, "external_scale", _("must be more than 0."))]
		return []

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		most = plain(leaf.maximum)
		scaled = f"{claim}/{plain(leaf.rule.scale)}*{most}" if leaf.rule.scale else claim
		return f"MIN(MAX({scaled},0),{most})"


@exactly
def external_score(leaf: Leaf, value: Decimal | None) -> Scoring | None:
	"""Points and trace of an external value; None while it has not arrived."""
	if value is None:
		return None
	rule, most = leaf.rule, leaf.maximum
	stated = value * most / rule.scale if rule.scale else value
	trace = f"{rule.source}: {trim(value)}"
	if rule.scale:
		trace += f" / {trim(rule.scale)} × {trim(most)} = {trim(stated)}"
	points = min(max(stated, ZERO), most)
	if points < stated:
		return points, _("{0}, at most {1}").format(trace, trim(most))
	return points, trace if points == stated else _("{0}, at least 0").format(trace)
