"""How wide text is in Times New Roman's metrics, near enough to draw the rules of the head."""

from __future__ import annotations

import unicodedata

from par_campaign.printing.phrases import caps

# Bold capitals, thousandths of the type size (Times New Roman and Liberation Serif alike).
_BOLD_CAPS = {
	"A": 722, "B": 667, "C": 722, "D": 722, "E": 667, "F": 611, "G": 778, "H": 778, "I": 389, "J": 500,
	"K": 778, "L": 667, "M": 944, "N": 722, "O": 778, "P": 611, "Q": 778, "R": 722, "S": 556, "T": 667,
	"U": 722, "V": 722, "W": 1000, "X": 722, "Y": 722, "Z": 667, " ": 250, "-": 333, ".": 250, ",": 250,
}  # fmt: skip
_OTHER = 722
POINT_MM = 25.4 / 72
COLUMN_MM = 68  # the left column of the head
MOTTO_MM = 58.8  # the tiêu ngữ, bold 13 pt


def bold_caps_mm(text: str, size: float) -> float:
	"""Width of a line of bold capitals in millimetres."""
	bare = unicodedata.normalize("NFD", caps(text).replace("Đ", "D"))
	letters = [letter for letter in bare if not unicodedata.combining(letter)]
	return sum(_BOLD_CAPS.get(letter, _OTHER) for letter in letters) * size / 1000 * POINT_MM


def issuer_rule(issuer: str, size: float = 12) -> float:
	"""Length of the rule under the issuer: 0.4 of its line, within the decree's third to half."""
	lines = caps(issuer).split("\n")
	widest = max(bold_caps_mm(line, size) for line in lines)
	return round(min(widest, COLUMN_MM) * 0.4, 1)
