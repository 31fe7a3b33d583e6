"""Yes/No: all or nothing."""

from par_campaign.scoring.decimals import ZERO, plain, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.kinds import KindOfRule, Limit, Scoring
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, RuleKind

YES_WORD, NO_WORD = "Có", "Không"  # on sheets
YES = {"yes", "có", "co", "1", "true", "x"}
NO = {"no", "không", "khong", "0", "false"}


class YesNo(KindOfRule):
	""" "Yes" or "No"."""

	kind, word, is_word = RuleKind.YES_NO, "Có / Không", True

	def read(self, leaf: Leaf, text: str) -> str:
		if text.casefold() in YES:
			return "Yes"
		if text.casefold() in NO:
			return "No"
		raise ClaimError(leaf.code, _("{0} is neither Yes nor No.").format(text))

	def shown(self, leaf: Leaf, text: str) -> str:
		yes, no = _("Yes", "PAR Scorecard Line"), _("No", "PAR Scorecard Line")
		return yes if text == "Yes" else no

	def printed(self, text: str) -> str:
		return {"Yes": "có", "No": "không"}.get(text, text)

	def score(self, leaf: Leaf, text: str) -> Scoring:
		points = leaf.maximum if text == "Yes" else ZERO
		return points, f"{self.shown(leaf, text)} → {trim(points)}"

	def describe(self, leaf: Leaf, most: str) -> str:
		return _("Yes: {0} · No: 0").format(most)

	def limit(self, leaf: Leaf, cell: str) -> Limit:
		return Limit("list", f"Chọn {YES_WORD} hoặc {NO_WORD}", formula=f'"{YES_WORD},{NO_WORD}"')

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return f'IF({claim}="{YES_WORD}",{plain(leaf.maximum)},0)'
