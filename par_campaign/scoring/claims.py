"""What a unit or an appraiser claims on a leaf: text, read by the leaf's rule.

Direct "1,5" · Yes/No "Yes" · Choice the answer's label or its number · Tiers and Proportional a
percentage "94,57" · Count "3" · Formula "a=87; b=92". The canonical text is what is stored.
"""

import unicodedata

from par_campaign.scoring import kinds
from par_campaign.scoring.decimals import exactly
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf

LONGEST = 500


@exactly
def canonical(leaf: Leaf, text: str | None) -> str | None:
	"""The stored form of a claim, None for an empty one. Raises `ClaimError`."""
	text = cleaned(leaf, text)
	return None if text is None else kinds.of(leaf).read(leaf, text)


def cleaned(leaf: Leaf, text: str | None) -> str | None:
	"""A claim's text without what surrounds it, None for an empty one. Raises `ClaimError`."""
	text = unicodedata.normalize("NFC", text or "").strip()
	if not text:
		return None
	if len(text) > LONGEST and not kinds.of(leaf).may_be_long:
		raise ClaimError(leaf.code, _("The claim is longer than {0} characters.").format(LONGEST))
	return text


def readable(leaf: Leaf, text: str) -> str:
	"""A canonical claim as a Vietnamese reader writes it, e.g. "94,57 %"."""
	return kinds.of(leaf).shown(leaf, text)
