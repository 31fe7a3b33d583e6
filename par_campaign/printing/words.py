"""Numbers, money, dates and times in Vietnamese words, as documents spell them out.

As schools teach it: "mười lăm" but "hai mươi mốt, hai mươi tư, hai mươi lăm"; "linh" before a lone
unit (một trăm linh bốn); "nghìn"; hundreds that are not there are spoken inside a number (một nghìn
không trăm linh năm); the fourth month is "tháng tư".
"""

from __future__ import annotations

from datetime import time

from par_campaign.scoring.messages import _

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TEN = {5: "lăm"}  # mười lăm
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # hai mươi mốt
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9
LARGEST = 10**18 - 1


def number_words(number: int) -> str:
	"""A whole number in words: 105 "một trăm linh năm", 2340000 "hai triệu ba trăm bốn mươi nghìn"."""
	if abs(number) > LARGEST:
		raise ValueError(_("{0} is too large to be written in words.").format(number))
	if number < 0:
		return f"âm {number_words(-number)}"
	return _spoken(number) or _DIGITS[0]


def _spoken(number: int) -> str:
	billions, rest = divmod(number, _BILLION)
	parts = [f"{_under_billion(billions)} tỷ"] if billions else []
	if rest:
		parts.append(_under_billion(rest, full=bool(billions)))
	return " ".join(parts)


def _under_billion(number: int, full: bool = False) -> str:
	"""Words of a number that is not zero; `full` speaks its hundreds even if they are not there."""
	parts: list[str] = []
	for power in (2, 1, 0):
		triple = number // 1000**power % 1000
		if triple:
			spoken = _triple(triple, full or bool(parts))
			parts.append(f"{spoken} {_SCALES[power]}".rstrip())
	return " ".join(parts)


def _triple(number: int, full: bool) -> str:
	"""Three digits: 5 "năm", or "không trăm linh năm" where something stands before them."""
	hundreds, rest = divmod(number, 100)
	if not hundreds and not full:
		return _pair(rest, after_hundred=False)
	words = f"{_DIGITS[hundreds]} trăm"
	return f"{words} {_pair(rest, after_hundred=True)}" if rest else words


def _pair(number: int, after_hundred: bool) -> str:
	tens, units = divmod(number, 10)
	if tens == 0:
		return f"linh {_DIGITS[units]}" if after_hundred else _DIGITS[units]
	ten = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
	if units == 0:
		return ten
	changed = _AFTER_TENS if tens > 1 else _AFTER_TEN
	return f"{ten} {changed.get(units, _DIGITS[units])}"


def money_words(amount: int) -> str:
	"""An amount in đồng: "Hai triệu ba trăm bốn mươi nghìn đồng"."""
	return sentence(f"{number_words(amount)} đồng")


def sentence(words: str) -> str:
	"""Words with a capital at their beginning."""
	return words[:1].upper() + words[1:]


def time_text(at: time) -> str:
	"""A time of day as minutes of meetings write it: 08 giờ 05 phút, 14 giờ 00 phút."""
	return f"{at.hour:02d} giờ {at.minute:02d} phút"
