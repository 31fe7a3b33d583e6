"""What a unit must show for the points it claims, and what of that is missing."""

from decimal import Decimal

from par_campaign.scoring.model import EvidenceDemand, Leaf, ScoreType


def demanded(leaf: Leaf) -> EvidenceDemand:
	"""What the set demands for points on a leaf. A deduction is nothing that a unit would have to prove."""
	return EvidenceDemand.NONE if leaf.score_type is ScoreType.DEDUCTION else leaf.demand


def is_unmet(leaf: Leaf, points: Decimal | float | None, *, evidence: bool, explanation: str) -> bool:
	"""Whether something is missing for these points (no points need nothing)."""
	explained = bool(explanation.strip())
	return (
		bool(points)
		and {
			EvidenceDemand.NONE: False,
			EvidenceDemand.EXPLANATION: not explained,
			EvidenceDemand.EVIDENCE: not evidence,
			EvidenceDemand.EITHER: not (evidence or explained),
			EvidenceDemand.BOTH: not (evidence and explained),
		}[demanded(leaf)]
	)


def lacks_explanation(
	leaf: Leaf, points: Decimal | float | None, *, evidence: bool, explanation: str
) -> bool:
	"""Whether an explanation is missing: that stops a hand-in, while missing evidence is only flagged."""
	asked = demanded(leaf)
	if not points or explanation.strip() or asked in (EvidenceDemand.NONE, EvidenceDemand.EVIDENCE):
		return False
	return asked is not EvidenceDemand.EITHER or not evidence
