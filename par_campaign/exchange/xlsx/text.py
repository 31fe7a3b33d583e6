"""User's text on its way into a cell and back, without loss and without becoming a formula."""

from __future__ import annotations

import re

from par_campaign.exchange.xlsx import limits

# What makes Excel, LibreOffice or a CSV import take a text for a formula (full-width signs too:
# East Asian input turns them into the plain ones).
_STARTS_FORMULA = "=+\\-@\t\r\n＝＋－＠"
_SIGNS_OF_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NEEDS_MARK = re.compile(f"'*[{_STARTS_FORMULA}]")
_HAS_MARK = re.compile(f"'+[{_STARTS_FORMULA}]")

# LibreOffice drops a carriage return on saving, so it is written as a visible sign.
_RETURN, _SIGN, _ESCAPE = "\r", "␍", "␛"
_SIGNS = re.compile(f"[{_RETURN}{_SIGN}{_ESCAPE}]")
_WRITTEN_SIGNS = re.compile(f"{_ESCAPE}(.)|{_SIGN}", re.DOTALL)

# XML 1.0 has no way to write these; .xlsx spells them _x000B_, and a text that looks so _x005F_x000B_.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

# Longest text put in one cell: six characters may stand for one, and some room is kept.
PIECE = limits.CELL_TEXT // 7 - 100


def neutral(text: str) -> str:
	"""The text with an apostrophe before it if it would start a formula, or look as if it had one already."""
	text = _SIGNS.sub(lambda m: _SIGN if m[0] == _RETURN else _ESCAPE + m[0], text)
	return "'" + text if _NEEDS_MARK.match(text) else text


def starts_formula(text: str) -> bool:
	"""Whether a spreadsheet would take the text for a formula."""
	return bool(text) and text[0] in _SIGNS_OF_FORMULA


def restore(text: str) -> str:
	"""The inverse of `neutral`."""
	text = text[1:] if _HAS_MARK.match(text) else text
	return _WRITTEN_SIGNS.sub(lambda m: m[1] or _RETURN, text)


def writable(text: str) -> str:
	"""The text as an .xlsx cell spells it (undone by every reader of .xlsx)."""
	return _UNWRITABLE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
	code = ord(match[0])
	return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"_x{code:04X}_"
