"""What the first column of an annex says: 1.1.2, II, A, "Lĩnh vực 3" or nothing, as the codes of a set.

Annexes number in many ways. Areas are 1, 2, 3, or Roman, or letters; the rows below a Roman or
lettered area begin anew with 1, or carry the area's number already (II, then 2.1). Letters may
also be parts above the areas ("B. Điểm thưởng"). Which it is shows only in the whole column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_WORDS = re.compile(
	r"(lĩnh vực|tiêu chí thành phần|tiêu chí|phần|mục|nhóm)\s+(?:thứ\s+)?(?=\S)", re.IGNORECASE
)
_DIGITS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}"  # no \d: it takes the digits of every script
_CODE = re.compile(_DIGITS)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_LETTER = re.compile(r"[A-Z]")
_BULLET = re.compile(r"[a-zđ]|[-–+*•]")
_ABOVE = re.compile(rf"(?:[A-Z]|[IVX]{{1,6}})\.?({_DIGITS})")  # II.1, A.2
_BEFORE_TITLE = re.compile(rf"([IVX]{{1,6}}|[A-Z]|{_DIGITS})(?:\s*[.):]\s*|\s+[-–]\s+)(?=\D)(.+)", re.DOTALL)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}

ROMAN, LETTER, CODE, NONE, STRANGE = "roman", "letter", "code", "", "strange"
AREAS, PARTS = "areas", "parts"


@dataclass(frozen=True)
class Place:
	"""What a row is by its number: an item of that code, a section, nothing numbered, or strange."""

	kind: str  # item, section, "" or strange
	code: str = ""
	renumbered: bool = False  # the code does not follow from the number as it stands


def split_number(text: str) -> tuple[str, str]:
	"""Number and title of a text like "1.2. Kế hoạch" or "Lĩnh vực II: Thể chế"; no number if it has none."""
	bare = _WORDS.sub("", text.strip(), count=1) if _WORDS.match(text.strip()) else text.strip()
	match = _BEFORE_TITLE.fullmatch(bare)
	return (match[1], match[2].strip()) if match else ("", text)


def bare_number(text: str) -> str:
	"""The number without what surrounds it: "1.1.", "(2)", "Phần B"."""
	text = text.strip(" .)(:")
	return _WORDS.sub("", text, count=1).strip(" .:") if _WORDS.match(text) else text


def kind_of(number: str) -> str:
	"""What a bare number is by its looks."""
	if not number or _BULLET.fullmatch(number):
		return NONE
	if _ROMAN.fullmatch(number):
		return ROMAN
	if _LETTER.fullmatch(number):
		return LETTER
	if _CODE.fullmatch(number.replace(",", ".")) or _ABOVE.fullmatch(number):
		return CODE
	return STRANGE


def is_number(number: str) -> bool:
	"""Whether it looks like a number, be it a wrong one."""
	return kind_of(number) in (ROMAN, LETTER, CODE) or bool(re.fullmatch(r"[\d.,]+", number))


@dataclass
class _Block:
	"""The rows under one letter (or before the first)."""

	letter: str
	romans: list[str] = field(default_factory=list)
	codes: list[str] = field(default_factory=list)

	@property
	def tops(self) -> set[str]:
		"""The first numbers of its codes, and its Roman areas."""
		if self.romans:
			return {str(_roman(number)) for number in self.romans}
		return {code.partition(".")[0] for code in self.codes}

	@property
	def lacks_areas(self) -> bool:
		"""Whether its codes begin below the level of areas."""
		return bool(self.codes) and not self.romans and all("." in code for code in self.codes)


def places(numbers: Sequence[str], letters: str = "") -> list[Place]:
	"""The place of every row, from all bare numbers of the column. `letters` is AREAS or PARTS once decided."""
	return Numbering(numbers, letters).all()


class Numbering:
	"""The whole column of numbers; `asks` is whether it has to be decided what its letters are."""

	def __init__(self, numbers: Sequence[str], letters: str = ""):
		self._numbers = [number.replace(",", ".") for number in numbers]
		self._kinds = [kind_of(number) for number in self._numbers]
		self._new_areas = self._lettered_areas(letters)
		self._last_area = 0
		self._area = ""  # number of the open Roman or lettered area; empty where areas are 1, 2, 3
		self._carried = ""  # its number as the codes below carry it; empty where they begin anew

	def all(self) -> list[Place]:
		"""The place of every row."""
		return [
			self._place(at, number, kind)
			for at, (number, kind) in enumerate(zip(self._numbers, self._kinds, strict=True))
		]

	def _blocks(self) -> list[_Block]:
		blocks = [_Block("")]
		for number, kind in zip(self._numbers, self._kinds, strict=True):
			if kind == LETTER:
				blocks.append(_Block(number))
			elif kind == ROMAN:
				blocks[-1].romans.append(number)
			elif kind == CODE and not _ABOVE.fullmatch(number):
				blocks[-1].codes.append(number)
		return blocks

	def _lettered_areas(self, decided: str) -> set[str]:
		"""Letters that are areas: numbers begin anew under them, or begin below the level of areas.

		Where numbers begin anew under the first letter too, the letters may be areas, or parts of which
		the later ones number their areas anew: that is for a person to say.
		"""
		blocks = self._blocks()
		bare = [block for block in blocks if block.letter and not block.romans and block.codes]
		anew = set()
		for at, block in enumerate(blocks):
			if block in bare and any(block.tops & other.tops for other in blocks[:at]):
				anew.add(block.letter)
		both = any(
			block.letter not in anew and block.tops & other.tops
			for block in bare
			for other in bare
			if other is not block
		)
		self.asks = both and decided not in (AREAS, PARTS)
		if both and decided != PARTS:
			return {block.letter for block in bare}
		return anew | {block.letter for block in bare if block.lacks_areas}

	def _place(self, at: int, number: str, kind: str) -> Place:
		if kind in (NONE, STRANGE):
			return Place(kind)
		if kind == LETTER:
			return self._letter(at)
		if kind == ROMAN:
			return self._new_area(at, _roman(number))
		return self._code(number)

	def _letter(self, at: int) -> Place:
		self._area = self._carried = ""
		if self._numbers[at] not in self._new_areas:
			return Place("section")
		return self._new_area(at, self._last_area + 1)

	def _new_area(self, at: int, value: int) -> Place:
		number = value if value > self._last_area else self._last_area + 1
		self._last_area = number
		self._area = str(number)
		below = [
			self._numbers[row] for row in self._rest_of_block(at, (LETTER, ROMAN)) if self._kinds[row] == CODE
		]
		below = [code for code in below if not _ABOVE.fullmatch(code)]
		carried = bool(below) and all(code.partition(".")[0] == str(value) and "." in code for code in below)
		self._carried = str(value) if carried else ""
		return Place("item", self._area, renumbered=number != value)

	def _rest_of_block(self, at: int, ends: tuple[str, ...]) -> list[int]:
		"""The rows below this one, up to the next of those kinds."""
		rows = []
		for row in range(at + 1, len(self._kinds)):
			if self._kinds[row] in ends:
				break
			rows.append(row)
		return rows

	def _code(self, number: str) -> Place:
		if above := _ABOVE.fullmatch(number):
			number = above[1]
		elif self._carried:
			number = number.partition(".")[2]
		if self._area:
			return Place("item", f"{self._area}.{number}")
		self._last_area = max(self._last_area, int(number.partition(".")[0]))
		return Place("item", number)


def _roman(number: str) -> int:
	values = [_ROMAN_VALUES[letter] for letter in number]
	following = [*values[1:], 0]
	return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
