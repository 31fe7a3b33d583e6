"""Numbers as people write them, and the one rounding of the app.

Scores carry two decimals; halves round up (ROUND_HALF_UP), once, at the end. Vietnamese readers
write 99,95.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from par_campaign.scoring.messages import _

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)
# Wide enough that nothing a campaign can hold is ever rounded on the way.
PRECISION = 50
LONGEST = 40  # characters of a number; longer text is not a score

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


class NumberError(ValueError):
	"""Text that is not one number, with what to do about it."""


def to_decimal(value: str | int | float | Decimal) -> Decimal:
	"""Read a number; decimals with point or comma. Raises `NumberError`.

	Thousands separators are refused: "1.234" may mean 1234 or 1,234, and a score must not be guessed.
	"""
	if isinstance(value, bool):
		raise NumberError(_("{0} is not a number.").format(value))
	if isinstance(value, Decimal | int):
		number = Decimal(value)
	elif isinstance(value, float):
		number = Decimal(repr(value))
	else:
		number = _from_text(str(value))
	if not number.is_finite():
		raise NumberError(_("{0} is not a number.").format(value))
	return number


def _from_text(text: str) -> Decimal:
	bare = _SPACES.sub("", text)
	if len(bare) > LONGEST or not bare.isascii() or not _PLAIN.fullmatch(bare):
		raise NumberError(
			_("{0} is not a number. Write digits with one decimal comma or point, e.g. 1,5.").format(
				text[:LONGEST]
			)
		)
	try:
		return Decimal(bare.replace(",", "."))
	except InvalidOperation as error:
		raise NumberError(_("{0} is not a number.").format(text[:LONGEST])) from error


def round2(value: Decimal) -> Decimal:
	"""Two decimals, halves up (away from zero)."""
	return value.quantize(CENT, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
	"""Shortest plain text of a number with a point, without exponent: what is stored."""
	text = format(value, "f")
	return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def format_vi(value: Decimal, places: int | None = 2) -> str:
	"""A number for Vietnamese readers: 99,95. `places=None` shows up to two, without needless zeros."""
	rounded = value.quantize(Decimal(1).scaleb(-(2 if places is None else places)), rounding=ROUND_HALF_UP)
	text = plain(rounded) if places is None else format(rounded, "f")
	return text.replace(".", ",")


def trim(value: Decimal) -> str:
	"""A number in a trace: as short as it is exact, two decimals when it goes on."""
	return format_vi(value, None)
