"""Answers, bands and stated numbers as lines of text, the way a decision's annex writes them.

Choice:  "Ban hành đúng hạn: 1"
Tiers:   "trên 90 %: 2" · "từ 70 % đến dưới 90 %: 1" · "70 - <90: 1" · "dưới 70 %: 0" · "80 - <100: tỷ lệ"
Inputs:  "a: Số hồ sơ giải quyết đúng hạn"

A percentage alone ("100 %: 2") is a band of that one value. Points stand after the last colon. A tier that pays "tỷ lệ" (rate) pays rate x maximum / 100.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from par_campaign.scoring.decimals import NumberError, comma, to_decimal
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Option, Tier

RATE_WORDS = ("rate", "tỷ lệ", "tỉ lệ")
NUMBER = r"([0-9]{1,12}(?:[.,][0-9]{1,12})?)"  # no \d: it takes the digits of every script
BETWEEN = re.compile(rf"(>=|>)?{NUMBER}-(<=|<)?{NUMBER}")
LOWER = re.compile(rf"(>=|>){NUMBER}|{NUMBER}\+")
UPPER = re.compile(rf"(<=|<){NUMBER}|{NUMBER}_")
EXACTLY = re.compile(rf"=?{NUMBER}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
# words of annexes and their signs, longest first
WORDS = (
	("nhỏ hơn hoặc bằng", "<="),
	("lớn hơn hoặc bằng", ">="),
	("không dưới", ">="),
	("tối thiểu", ">="),
	("không quá", "<="),
	("trở xuống", "_"),
	("ít nhất", ">="),
	("at least", ">="),
	("at most", "<="),
	("tối đa", "<="),
	("and more", "+"),
	("or more", "+"),
	("trở lên", "+"),
	("or less", "_"),
	("nhỏ hơn", "<"),
	("lớn hơn", ">"),
	("under", "<"),
	("below", "<"),
	("above", ">"),
	("over", ">"),
	("from", ">="),
	("dưới", "<"),
	("trên", ">"),
	("đến", "-"),
	("tới", "-"),
	("từ", ">="),
	("to", "-"),
	("≥", ">="),
	("≤", "<="),
	("–", "-"),
	("—", "-"),
	("%", ""),
)


class RuleTextError(ValueError):
	"""A line that cannot be read; says which and how to write it."""

	def __init__(self, line: int, message: str):
		self.line = line
		super().__init__(_("line {0}: {1}").format(line, message))


def _lines(text: str) -> Iterator[tuple[int, str]]:
	for number, line in enumerate(unicodedata.normalize("NFC", text or "").splitlines(), 1):
		if line.strip():
			yield number, line.strip()


def _split(number: int, line: str) -> tuple[str, str]:
	left, colon, right = line.rpartition(":")
	if not colon or not left.strip() or not right.strip():
		raise RuleTextError(number, _('write it as "answer: points".'))
	return left.strip(), right.strip()


def parse_options(text: str) -> tuple[Option, ...]:
	"""Answers of a Choice with their points. Raises `RuleTextError`."""
	options = []
	for number, line in _lines(text):
		label, points = _split(number, line)
		options.append(Option(label, _points(number, points)))
	return tuple(options)


def format_options(options: tuple[Option, ...]) -> str:
	"""The text of `parse_options`."""
	return "\n".join(f"{option.label}: {comma(option.points)}" for option in options)


def _points(number: int, text: str) -> Decimal:
	try:
		return to_decimal(text)
	except NumberError as error:
		raise RuleTextError(number, str(error)) from error


def parse_tiers(text: str) -> tuple[Tier, ...]:
	"""Bands of a percentage with their points. Raises `RuleTextError`."""
	return tuple(_tier(number, *_split(number, line)) for number, line in _lines(text))


def _tier(number: int, band: str, points: str) -> Tier:
	paid = None if points.casefold() in RATE_WORDS else _points(number, points)
	signs = band.casefold()
	for word, sign in WORDS:
		signs = signs.replace(word, sign)
	# "từ 70 % đến dưới 90 %" has become ">=70-<90", "từ trên 70" ">=>70", "đến 50" "-50"
	signs = re.sub(r"\s+", "", signs).replace(">=>", ">")
	if band[0] not in "-–—":  # a dash in front is a bullet or a minus, not a word
		signs = re.sub(r"^-", "<=", signs)
	bounds = _bounds(signs)
	if bounds:
		return Tier(*bounds, paid)
	raise RuleTextError(
		number, _('{0} is not a band. Write e.g. "from 70 % to under 90 %" or "under 70 %".').format(band)
	)


def _bounds(signs: str) -> tuple[Decimal | None, bool, Decimal | None, bool] | None:
	"""Low, whether it belongs, high, whether it belongs; None if it is no band."""
	if match := BETWEEN.fullmatch(signs):
		return to_decimal(match[2]), match[1] != ">", to_decimal(match[4]), match[3] != "<"
	if match := LOWER.fullmatch(re.sub(r"^>=(.*)\+$", r"\1+", signs)):
		return to_decimal(match[2] or match[3]), match[1] != ">", None, False
	if match := UPPER.fullmatch(re.sub(r"^>=(.*)_$", r"\1_", signs)):
		return None, False, to_decimal(match[2] or match[3]), match[1] != "<"
	if match := EXACTLY.fullmatch(signs):
		return to_decimal(match[1]), True, to_decimal(match[1]), True
	return None


def format_tiers(tiers: tuple[Tier, ...]) -> str:
	"""The text of `parse_tiers`."""
	return "\n".join(f"{format_band(tier)}: {_paid(tier)}" for tier in tiers)


def format_band(tier: Tier) -> str:
	"""A band in signs, e.g. "70–<90", "≥90", "<70"; `parse_tiers` reads them again."""
	if tier.high is None:
		return "≥0" if tier.low is None else f"{'≥' if tier.low_inclusive else '>'}{comma(tier.low)}"
	if tier.low is None:
		return f"{'≤' if tier.high_inclusive else '<'}{comma(tier.high)}"
	if tier.low == tier.high and tier.low_inclusive and tier.high_inclusive:
		return comma(tier.low)
	low = f"{'' if tier.low_inclusive else '>'}{comma(tier.low)}"
	return f"{low}–{'' if tier.high_inclusive else '<'}{comma(tier.high)}"


def _paid(tier: Tier) -> str:
	return "rate" if tier.points is None else comma(tier.points)


def parse_inputs(text: str) -> tuple[tuple[str, str], ...]:
	"""Names and labels of the numbers a unit states. Raises `RuleTextError`."""
	inputs: dict[str, str] = {}
	for number, line in _lines(text):
		name, colon, label = line.partition(":")
		name = name.strip()
		if not colon or not label.strip() or not NAME.fullmatch(name):
			raise RuleTextError(
				number, _('write it as "a: what the number is", with a small letter as name.')
			)
		if name in inputs:
			raise RuleTextError(number, _("the name {0} stands twice.").format(name))
		inputs[name] = label.strip()
	return tuple(inputs.items())


def format_inputs(inputs: tuple[tuple[str, str], ...]) -> str:
	"""The text of `parse_inputs`."""
	return "\n".join(f"{name}: {label}" for name, label in inputs)
