"""Numbers as people write them, and the one rounding of the app.

Scores carry two decimals; halves round up (ROUND_HALF_UP), once, at the end. Vietnamese readers
write 99,95. Nothing here depends on the decimal context of whoever calls.
"""

import re
from collections.abc import Callable
from decimal import (
	ROUND_HALF_EVEN,
	ROUND_HALF_UP,
	Context,
	Decimal,
	DivisionByZero,
	InvalidOperation,
	Overflow,
	getcontext,
	localcontext,
)
from fractions import Fraction
from functools import wraps
from typing import ParamSpec, TypeVar

from par_campaign.scoring.messages import _

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)
LONGEST = 40  # characters of a number, and powers of ten it may span; beyond that it is not a score
# Wide enough that nothing a campaign can hold is ever rounded on the way, quotients apart.
PRECISION = 150
MARK = 999_983  # a greatest exponent nobody else sets, by which our own context is known again
EXACT = Context(
	prec=PRECISION, rounding=ROUND_HALF_EVEN, Emax=MARK, traps=[InvalidOperation, DivisionByZero, Overflow]
)
# A third cannot be written as a decimal. Three of them must still make one, so sums are cut back to
# this many decimals, far beyond what is shown and far short of the precision they are kept with.
SETTLED = Decimal(1).scaleb(-30)

_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class NumberError(ValueError):
	"""Text that is not one number, with what to do about it."""


def exactly(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
	"""Let a function compute with our own precision, whatever context its caller has set."""

	@wraps(function)
	def computed(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
		if getcontext().Emax == MARK:  # called from another such function
			return function(*args, **kwargs)
		with localcontext(EXACT):
			return function(*args, **kwargs)

	return computed


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
	if number and abs(number.adjusted()) > LONGEST:
		raise NumberError(_("{0} is too large or too small for a score.").format(str(value)[:LONGEST]))
	return number if number else ZERO  # never -0, never 0E+5


def _from_text(text: str) -> Decimal:
	bare = text.strip()
	if len(bare) > LONGEST or not _NUMBER.fullmatch(bare):
		message = _("{0} is not a number. Write digits with one decimal comma or point, e.g. 1,5.")
		raise NumberError(message.format(text[:LONGEST]))
	return Decimal(bare.replace(",", "."))


@exactly
def from_fraction(value: Fraction) -> Decimal:
	"""A fraction as decimal: exact where it ends, else with our full precision."""
	return Decimal(value.numerator) / Decimal(value.denominator)


@exactly
def settle(value: Decimal) -> Decimal:
	"""A sum without the dust that endless quotients leave at its far end."""
	return value.quantize(SETTLED).normalize() + ZERO


@exactly
def round2(value: Decimal) -> Decimal:
	"""Two decimals, halves up (away from zero)."""
	return value.quantize(CENT, rounding=ROUND_HALF_UP) + 0  # + 0: no "-0.00"


def plain(value: Decimal) -> str:
	"""Shortest plain text of a number with a point, without exponent: what is stored."""
	if not value:
		return "0"
	text = format(value, "f")
	return text.rstrip("0").rstrip(".") if "." in text else text


@exactly
def format_vi(value: Decimal, places: int | None = 2) -> str:
	"""A number for Vietnamese readers: 99,95. `places=None` shows up to two, without needless zeros."""
	if _is_beyond(value):
		return comma(value)
	rounded = (
		value.quantize(Decimal(1).scaleb(-(2 if places is None else places)), rounding=ROUND_HALF_UP) + 0
	)
	text = plain(rounded) if places is None else format(rounded, "f")
	return text.replace(".", ",")


def _is_beyond(value: Decimal) -> bool:
	"""Whether a number is too large to be rounded, or none at all: shown as it is, in a message."""
	return not value.is_finite() or value.adjusted() > PRECISION - 10


def comma(value: Decimal) -> str:
	"""A number exactly as it is, with a comma."""
	return plain(value).replace(".", ",")


@exactly
def trim(value: Decimal) -> str:
	"""A number in a trace: exact up to four decimals, and shown with two when it goes on."""
	if _is_beyond(value):
		return comma(value)
	exact = value == value.quantize(Decimal("0.0001"))
	return comma(value) if exact else format_vi(value, None)
