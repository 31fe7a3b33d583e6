"""From a claim to points, with a trace a reader can follow, and the rule in words."""

from par_campaign.scoring import kinds
from par_campaign.scoring.claims import cleaned
from par_campaign.scoring.decimals import exactly, trim
from par_campaign.scoring.kinds import Scoring
from par_campaign.scoring.model import Leaf


@exactly
def score(leaf: Leaf, claim: str | None) -> Scoring | None:
	"""Points (unrounded, 0 to the leaf's maximum) and trace of a claim; None for an empty one.

	Raises `ClaimError` where the rule does not allow the claim.
	"""
	text = cleaned(leaf, claim)
	return None if text is None else kinds.of(leaf).scored(leaf, text)


def describe_rule(leaf: Leaf) -> str:
	"""How points come about on a leaf, for the score sheet."""
	# a set that is being written may not have the maximum yet
	return kinds.of(leaf).describe(leaf, trim(leaf.maximum) if leaf.maximum else "…")
