"""Files of cells that somebody else's program wrote, without formulas made of people's texts.

Frappe's own exports put "=…" that a person typed into a cell as a formula, and a spreadsheet that opens
the CSV makes one of "+…", "-…" and "@…" too. Texts get an apostrophe before them; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Literal

import openpyxl

from par_campaign.exchange.xlsx.text import starts_formula

_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")
_BARE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")  # as a program writes one; not 1.1.2, and no comma
# What openpyxl writes for a formula, or for a text that could become one when it is saved as CSV.
_SUSPECT = re.compile(rb"<f[ >]|<t[^>]*>(?:[=+@\t\r\n-]|&#(?:9|10|13|65291|65293|65309|65312);|\xef\xbc)")


def harmless(text: str) -> str:
	"""The text with an apostrophe if a spreadsheet would take it for a formula; a number as it is."""
	return "'" + text if starts_formula(text) and not _NUMBER.fullmatch(text) else text


Quoting = Literal[0, 1, 2, 3]  # csv.QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE


def harmless_csv(text: str, delimiter: str = ",", quoting: Quoting = csv.QUOTE_NONNUMERIC) -> str:
	"""A CSV file with its cells made harmless."""
	out = io.StringIO()
	rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
	escape = "\\" if quoting == csv.QUOTE_NONE else None
	writer = csv.writer(out, delimiter=delimiter, quoting=quoting, escapechar=escape)
	writer.writerows([_cell(cell) for cell in row] for row in rows)
	return out.getvalue()


class _Bare:
	"""A number as it was written, which the writer does not quote."""

	def __init__(self, text: str):
		self._text = text

	def __float__(self) -> float:
		return 0.0  # only that there is such a method tells the writer that this is a number

	def __str__(self) -> str:
		return self._text


def _cell(text: str) -> str | _Bare:
	return _Bare(text) if _BARE.fullmatch(text) else harmless(text)


def harmless_xlsx(content: bytes) -> bytes:
	"""A workbook of our own making with its texts made harmless; returned as it is where nothing is to be done."""
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		parts = (
			name for name in archive.namelist() if name.startswith(("xl/worksheets/", "xl/sharedStrings"))
		)
		if not any(_SUSPECT.search(archive.read(name)) for name in parts):
			return content
	book = openpyxl.load_workbook(io.BytesIO(content))
	for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
		if isinstance(cell.value, str):
			cell.value = harmless(cell.value)
			cell.data_type = "s"
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()
