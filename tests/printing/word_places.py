"""Where the words of a PDF stand, whoever made it: by poppler, which knows every kind of font."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_MM = 25.4 / 72


@dataclass(frozen=True)
class Word:
	"""A word and the middle of it, in mm from the page's left and top."""

	text: str
	x: float
	y: float


@dataclass(frozen=True)
class Sheet:
	"""A page: its size in mm and its words."""

	width: float
	height: float
	words: tuple[Word, ...]


def sheets(pdf: Path) -> list[Sheet]:
	"""The pages of a file."""
	done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
	return [
		Sheet(float(width) * _MM, float(height) * _MM, tuple(_words(content)))
		for width, height, content in _PAGE.findall(done.stdout.decode())
	]


def _words(content: str):
	for left, top, right, bottom, text in _WORD.findall(content):
		middle = [(float(low) + float(high)) / 2 * _MM for low, high in ((left, right), (top, bottom))]
		yield Word(html.unescape(text), *middle)
