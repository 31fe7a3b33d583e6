"""Numbers and dates as the decree writes them.

Numbers below 10 get a leading zero; so do days below 10 and the months 1 and 2 (only those: what
could be altered by a stroke in front).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from par_campaign.scoring.decimals import format_vi

NO_BREAK = "\u00a0"
ROOM = NO_BREAK * 6  # for the hand


def two(number: int) -> str:
	"""At least two digits."""
	return f"{number:02d}"


def number_line(number: int | None, symbol: str) -> str:
	"""Số: 05/TTr-SNV; empty without a symbol."""
	return f"Số: {_number(number)}/{symbol}" if symbol else ""


def _number(number: int | None) -> str:
	return ROOM if number is None else two(number)


def day_text(day: date | None, year: int | None = None) -> str:
	"""ngày 05 tháng 02 năm 2025; room for the hand while the day is open."""
	if day is None:
		return f"ngày{ROOM}tháng{ROOM}năm {year or ROOM}".rstrip(" ")
	month = two(day.month) if day.month < 3 else str(day.month)
	return f"ngày {two(day.day)} tháng {month} năm {day.year}"


def place_date(place: str, day: date | None, year: int | None = None) -> str:
	"""Tiền Giang, ngày 05 tháng 02 năm 2025."""
	return f"{place}, {day_text(day, year)}"


def reference(
	kind: str, number: int | None, symbol: str, day: date | None, year: int | None, issuer: str
) -> str:
	"""Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2025 của Sở Nội vụ."""
	number_part = f" số {_number(number)}/{symbol}" if symbol else ""
	return f"{kind}{number_part} {day_text(day, year)}{f' của {issuer}' if issuer else ''}"


def points(value: Decimal | None) -> str:
	"""A score: 99,95; a dash where nothing can be said."""
	return "-" if value is None else format_vi(value)


def maximum(value: Decimal | None) -> str:
	"""A maximum, without needless zeros."""
	return "" if value is None else format_vi(value, None)


def count(number: int) -> str:
	"""A count of people or units: 01, 12."""
	return two(number)


def thousands(number: int | Decimal) -> str:
	"""2.340.000."""
	return f"{int(number):,}".replace(",", ".")


def in_sentence(title: str) -> str:
	"""A title inside a sentence: "thi đua đẩy mạnh …"; one in capitals stays as it is."""
	return title if title[1:2].isupper() else title[:1].lower() + title[1:]
