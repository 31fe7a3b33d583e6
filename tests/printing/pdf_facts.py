"""Facts of a PDF's pages, read from the drawing operators themselves: where each run of text stands."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property

from pypdf import PdfReader
from pypdf.generic import ContentStream

MM = 25.4 / 72  # of a point


@dataclass(frozen=True)
class Run:
	"""Text drawn in one go; x and y of its baseline in mm from the page's left and top."""

	text: str
	x: float
	y: float
	width: float
	size: float  # pt
	font: str  # without the subset's prefix: "Liberation-Serif-Bold"

	@property
	def right(self) -> float:
		return self.x + self.width

	@property
	def centre(self) -> float:
		return self.x + self.width / 2


@dataclass(frozen=True)
class Rule:
	"""A thin horizontal line, in mm."""

	x: float
	y: float
	width: float

	@property
	def centre(self) -> float:
		return self.x + self.width / 2


class Font:
	"""Widths and characters of an embedded CID font."""

	def __init__(self, resource):
		self.name = resource["/BaseFont"].rpartition("+")[2]
		self._below = resource["/DescendantFonts"][0].get_object()
		self._unicode = _characters(resource["/ToUnicode"].get_object().get_data().decode("ascii"))

	@property
	def embedded(self) -> bool:
		return bool(
			{"/FontFile", "/FontFile2", "/FontFile3"} & set(self._below["/FontDescriptor"].get_object())
		)

	@cached_property
	def _widths(self) -> dict[int, float]:
		widths: dict[int, float] = {}
		entries = [entry.get_object() for entry in self._below["/W"]]
		while entries:
			first, second = int(entries.pop(0)), entries.pop(0)
			if isinstance(second, list):
				widths.update({first + place: float(width) for place, width in enumerate(second)})
			else:
				width = float(entries.pop(0))
				widths.update(dict.fromkeys(range(first, int(second) + 1), width))
		return widths

	def show(self, content: bytes) -> tuple[str, float]:
		"""The text and its width in thousandths of the size."""
		glyphs = [int.from_bytes(content[place : place + 2], "big") for place in range(0, len(content), 2)]
		default = float(self._below.get("/DW", 1000))
		text = "".join(self._unicode.get(glyph, "\ufffd") for glyph in glyphs)
		return text, sum(self._widths.get(glyph, default) for glyph in glyphs)


def _characters(cmap: str) -> dict[int, str]:
	found = {}
	for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
		for glyph, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
			found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
	return found


Matrix = tuple[float, ...]


def _times(one: Matrix, two: Matrix) -> Matrix:
	a, b, c, d, e, f = one
	g, h, i, j, k, m = two
	return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Page:
	"""Runs and rules of a page."""

	def __init__(self, page, reader: PdfReader):
		self.width = float(page.mediabox.width) * MM
		self.height = float(page.mediabox.height) * MM
		self._fonts = {name: Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
		self.fonts = list(self._fonts.values())
		self.runs: list[Run] = []
		self.rules: list[Rule] = []
		self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
		self._stack: list[Matrix] = []
		for operands, operator in ContentStream(page.get_contents(), reader).operations:
			handler = getattr(self, f"_{operator.decode()}", None) if operator.isalpha() else None
			if handler:
				handler(operands)

	def _q(self, _operands) -> None:
		self._stack.append(self._matrix)

	def _Q(self, _operands) -> None:
		self._matrix = self._stack.pop()

	def _cm(self, operands) -> None:
		self._matrix = _times(tuple(map(float, operands)), self._matrix)

	def _Tf(self, operands) -> None:
		self._font, self._size = self._fonts[operands[0]], float(operands[1])

	def _Tm(self, operands) -> None:
		self._text = tuple(map(float, operands))

	def _Tj(self, operands) -> None:
		self._TJ([operands])

	def _TJ(self, operands) -> None:
		text, width = "", 0.0
		for item in operands[0]:
			if isinstance(item, int | float):
				width -= float(item)
				continue
			content = item.original_bytes if hasattr(item, "original_bytes") else bytes(item)
			shown, wide = self._font.show(content)
			text, width = text + shown, width + wide
		matrix = _times(self._text, self._matrix)
		scale = abs(matrix[0])
		size = self._size * scale
		self.runs.append(
			Run(
				text,
				matrix[4] * MM,
				self.height - matrix[5] * MM,
				width / 1000 * size * MM,
				size,
				self._font.name,
			)
		)

	def _re(self, operands) -> None:
		x, y, width, height = map(float, operands)
		if abs(height) <= 1.01 and width > 5:
			self._line(x, y, width)

	def _m(self, operands) -> None:
		self._start = tuple(map(float, operands))

	def _l(self, operands) -> None:
		x, y = map(float, operands)
		if abs(y - self._start[1]) < 0.01 and x > self._start[0]:
			self._line(*self._start, x - self._start[0])
		self._start = (x, y)

	def _line(self, x: float, y: float, width: float) -> None:
		a, _b, _c, d, e, f = self._matrix
		self.rules.append(Rule((a * x + e) * MM, self.height - (d * y + f) * MM, a * width * MM))

	def run(self, text: str) -> Run:
		"""The first run holding that text."""
		return next(run for run in self.runs if text in run.text)

	def has(self, text: str) -> bool:
		return text in self.text

	@property
	def text(self) -> str:
		"""All text in the order it is drawn."""
		return " ".join(" ".join(run.text for run in self.runs).split())

	@property
	def body(self) -> list[Run]:
		"""Runs between the margins of top and bottom."""
		return [run for run in self.runs if run.text.strip() and run.y > 20]

	@property
	def number(self) -> str:
		"""What stands in the top margin."""
		return " ".join(run.text for run in self.runs if run.y <= 20).strip()

	def rule_below(self, run: Run) -> Rule:
		"""The nearest rule beneath a run and within it."""
		below = [rule for rule in self.rules if 0 < rule.y - run.y < 4 and abs(rule.centre - run.centre) < 1]
		return min(below, key=lambda rule: rule.y - run.y)


def pages(content: bytes) -> list[Page]:
	"""The pages of a PDF."""
	reader = PdfReader(io.BytesIO(content))
	return [Page(page, reader) for page in reader.pages]
