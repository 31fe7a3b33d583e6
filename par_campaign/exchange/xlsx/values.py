"""What a person's cell means: texts cleaned, numbers as they write them, dates, percentages."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from par_campaign.exchange.xlsx.cells import Cell
from par_campaign.exchange.xlsx.old_encodings import decode_legacy, legacy_encoding
from par_campaign.exchange.xlsx.text import restore
from par_campaign.scoring.decimals import NumberError, plain, to_decimal
from par_campaign.scoring.messages import _

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_MARKS = 30  # marks on one letter; Vietnamese has two
_LABEL = 1_000  # characters of a label that are compared


class CellError(ValueError):
	"""A cell that does not hold what it should; the message says what to do."""


def text_of(cell: Cell | None) -> str:
	"""The cell's text in NFC without spaces around it; a number as its shortest text. Raises CellError."""
	if cell is None or _is_empty(cell):
		return ""
	if cell.form == "date":
		raise CellError(
			_("The cell holds a date where a text is expected: format it as text and type it again")
		)
	if isinstance(cell.value, bool):
		return "Có" if cell.value else "Không"
	if isinstance(cell.value, Decimal):
		return plain(cell.value)
	return clean(restore(cell.value or ""))


def clean(text: str) -> str:
	"""NFC, without invisible characters, spaces at the ends of lines and empty lines around. Raises CellError."""
	if has_stacked_marks(text):
		raise CellError(_("The text has more marks on one letter than any language"))
	text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
	if _CONTROL.search(text):
		raise CellError(_("The text holds control characters"))
	if encoding := legacy_encoding(text):
		decoded = decode_legacy(text[:200], encoding)[:60]
		message = _("The text is in the old encoding {0} (it reads “{1}”): convert the workbook to Unicode")
		raise CellError(message.format(encoding, decoded))
	return "\n".join(line.strip() for line in text.replace("\u00a0", " ").split("\n")).strip()


def has_stacked_marks(text: str) -> bool:
	"""Whether so many marks stand on one letter that composing them takes quadratic time."""
	if len(text) <= _MARKS or text.isascii():
		return False
	run = 0
	for letter in text:
		run = run + 1 if unicodedata.combining(letter) else 0
		if run > _MARKS:
			return True
	return False


def number_of(cell: Cell | None) -> Decimal | None:
	"""The number, typed as number or as text with point or comma; None for an empty cell. Raises CellError."""
	if cell is None or _is_empty(cell):
		return None
	if cell.form == "date":
		raise CellError(
			_("The cell holds a date: Excel took a number like 1.5 for one. Type it with a comma")
		)
	if cell.form == "percent":
		raise CellError(_("The cell is shown as a percentage: type the plain number"))
	return _decimal(cell)


def rate_of(cell: Cell | None) -> Decimal | None:
	"""A percentage: 94,57 or "94,57 %" or a cell that shows 94,57 %. None if empty. Raises CellError."""
	if cell is not None and cell.form == "percent" and isinstance(cell.value, Decimal):
		return cell.value * 100
	if cell is not None and isinstance(cell.value, str):
		bare = Cell(cell.row, cell.column, cell.value.strip().removesuffix("%"), cell.form, cell.formula)
		return number_of(bare)
	return number_of(cell)


def _decimal(cell: Cell) -> Decimal:
	if isinstance(cell.value, bool) or cell.value is None:
		raise CellError(_("The cell must hold a number"))
	text = restore(cell.value) if isinstance(cell.value, str) else cell.value
	try:
		return to_decimal(text)
	except NumberError as error:
		raise CellError(str(error)) from error


def _is_empty(cell: Cell) -> bool:
	"""Whether there is nothing in the cell. Raises CellError for an Excel error or a formula without result."""
	if cell.form == "error":
		raise CellError(_("The cell shows the error {0}").format(cell.value))
	if cell.formula and cell.value is None:
		raise CellError(_("The cell holds a formula that was never calculated: type its value"))
	return cell.value is None or cell.value == ""


def fold(text: str) -> str:
	"""For comparing labels: lower case, NFC, single spaces, no punctuation at the end."""
	return " ".join(unicodedata.normalize("NFC", text[:_LABEL]).casefold().split()).rstrip(" .:;*")
