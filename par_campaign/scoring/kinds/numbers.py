"""Numbers in claims, as several kinds of rules read them."""

import re
from decimal import Decimal

from par_campaign.scoring.decimals import HUNDRED, NumberError, comma, plain, to_decimal
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf

# "1.234 hồ sơ" may be 1234 or 1,234: refused where a number is not bound to be small
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def number(leaf: Leaf, text: str) -> Decimal:
	"""A number; decimals with point or comma."""
	try:
		return to_decimal(text)
	except NumberError as error:
		raise ClaimError(leaf.code, str(error)) from error


def clear_number(leaf: Leaf, text: str) -> Decimal:
	"""A number that cannot be read in two ways."""
	if THOUSANDS.fullmatch(text.strip()):
		message = _("{0} can be read in two ways. Write it without a sign for thousands, decimals as 1,2340.")
		raise ClaimError(leaf.code, message.format(text.strip()))
	return number(leaf, text)


def clear_text(value: Decimal) -> str:
	"""The stored text that `clear_number` takes for the same number."""
	text = plain(value)
	return f"{text}0" if THOUSANDS.fullmatch(text) else text


def percentage(leaf: Leaf, text: str) -> str:
	"""A percentage from 0 to 100 in its stored form."""
	value = number(leaf, text.removesuffix("%"))
	if not 0 <= value <= HUNDRED:
		raise ClaimError(leaf.code, _("{0} is not a percentage from 0 to 100.").format(comma(value)))
	return plain(value)
