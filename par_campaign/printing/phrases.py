"""Fixed wording of NĐ 30/2020 that both renderers print: numbers, dates, annex heads, safe text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from par_campaign.printing.content import Document, Header, Run, Text

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
TO = "Kính gửi:"
# What XML (and so Word) cannot hold, and marks that turn the reading direction of what follows.
_FORBIDDEN = re.compile(
	"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
OPEN = "\u00a0" * 6  # room for a handwritten number


def clean(text: object) -> str:
	"""Text that every reader takes alike: composed (NFC), without control characters."""
	composed = unicodedata.normalize("NFC", _FORBIDDEN.sub("", "" if text is None else str(text)))
	return composed.replace("\r\n", "\n").replace("\r", "\n")


def caps(text: str) -> str:
	"""Clean text in capitals. The model keeps names as a sentence writes them."""
	return clean(text).upper()


def runs(text: Text) -> tuple[Run, ...]:
	"""Any text as clean runs."""
	if isinstance(text, tuple):
		return tuple(Run(clean(run.text), run.bold, run.italic) for run in text)
	return (Run(clean(text)),)


def pad(number: int) -> str:
	"""A number below ten with its leading zero, against additions by hand."""
	return f"{number:02d}"


def number_line(header: Header) -> str:
	"""Số: 05/TTr-SNV."""
	if not header.symbol:
		return ""
	number = OPEN if header.number is None else pad(header.number)
	return f"Số: {number}/{clean(header.symbol)}"


def date_words(date, year: int | None = None) -> str:
	"""Ngày 05 tháng 02 năm 2021: a zero leads days below ten and January and February only."""
	if date is None:
		return f"ngày {OPEN} tháng {OPEN} năm {year or OPEN}"
	month = pad(date.month) if date.month < 3 else str(date.month)
	return f"ngày {pad(date.day)} tháng {month} năm {date.year}"


def place_line(header: Header) -> str:
	"""Tiền Giang, ngày 05 tháng 02 năm 2021."""
	if not header.place:
		return ""
	return f"{clean(header.place)}, {date_words(header.date, header.year)}"


def roman(number: int) -> str:
	"""A Roman number."""
	text = ""
	for value, sign in _ROMAN:
		while number >= value:
			text, number = text + sign, number - value
	return text


def bases_closed(bases: Iterable[str]) -> list[str]:
	"""Legal bases as the decree ends them: ";" each, "." the last."""
	bare = [clean(basis).strip().rstrip(";.,").rstrip() for basis in bases]
	bare = [basis for basis in bare if basis]
	return [basis + (";" if place < len(bare) else ".") for place, basis in enumerate(bare, 1)]


def items_closed(items: Iterable[str]) -> list[str]:
	"""Addressees and recipients: ";" each, "." the last."""
	return bases_closed(items)


def annex_head(document: Document, index: int) -> str:
	"""Phụ lục, with a Roman number where the document has more than one."""
	return "Phụ lục" if len(document.annexes) == 1 else f"Phụ lục {roman(index + 1)}"


def reference_of(document: Document) -> str:
	"""(Kèm theo Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2021 của Sở Nội vụ)."""
	kind = clean(document.kind) or "Công văn"
	header = document.header
	if header is None:
		return f"(Kèm theo {kind})"
	number = number_line(header).replace("Số: ", "số ")
	date = date_words(header.date, header.year) if header.place else ""
	parts = [kind, number, date, f"của {' '.join(clean(header.issuer).split())}"]
	return f"(Kèm theo {' '.join(part for part in parts if part)})"
