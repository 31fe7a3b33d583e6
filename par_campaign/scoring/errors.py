"""What cannot be worked out, and why: an error of the content, never of the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import DecimalException

from par_campaign.scoring.messages import _


class CampaignError(ValueError):
	"""A campaign whose data has no results; says why. `code` is the row it is about, empty where it is no row."""

	def __init__(self, message: str, code: str = ""):
		self.code = code
		super().__init__(message)


class ClaimError(CampaignError):
	"""A claim the rule does not allow; says what it allows."""

	def __init__(self, code: str, message: str):
		super().__init__(message, code)


@contextmanager
def numbers_within_bounds() -> Iterator[None]:
	"""Tell of a number too long to be worked with as what it is: content that has no results."""
	try:
		yield
	except DecimalException as error:
		raise CampaignError(_("A number has too many digits to be worked with.")) from error
