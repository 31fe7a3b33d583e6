"""Messages in the reader's language, without knowing who provides it.

The desk hands in Frappe's own translator; the command line one that reads the app's Vietnamese
catalogue. Until somebody does, messages are the English source.
"""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

CATALOGUE = Path(__file__).parents[1] / "translations" / "vi.csv"

_translate: Callable[..., str] | None = None


def _(text: str, context: str = "") -> str:
	"""The text in the reader's language; format it afterwards.

	`context` tells apart words that are short and common, such as "Yes", from the desk's own.
	"""
	if not _translate:
		return text
	return _translate(text, context=context) if context else _translate(text)


def set_translator(translate: Callable[..., str] | None) -> None:
	"""Use this function for every message from now on; None goes back to English."""
	global _translate
	_translate = translate


def by_catalogue(catalogue: Mapping[str, str]) -> Callable[..., str]:
	"""A translator that looks texts up, for `set_translator`; one that is not there stays English."""

	def translate(text: str, context: str = "") -> str:
		return catalogue.get(text, text)

	return translate


def vietnamese_catalogue(path: Path = CATALOGUE) -> dict[str, str]:
	"""The app's own Vietnamese translations; empty when the file is not there."""
	if not path.exists():
		return {}
	with path.open(encoding="utf-8-sig", newline="") as file:
		return {row[0]: row[1] for row in csv.reader(file) if len(row) >= 2 and row[1]}
