"""The lines that an annex writes beneath a leaf: answers with their points, or words of guidance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.exchange.xlsx.values import fold
from par_campaign.scoring.decimals import NumberError, to_decimal
from par_campaign.scoring.ruletext import RATE_WORDS

LONGEST = 1_000  # characters of a sentence that is looked through for points or a band
_LONGEST_POINTS = 60
_POINTS_UNIT = re.compile(r"\s*(điểm|đ)$", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•●▪·]\s*(?=\D)")  # a sign before a digit may be a minus
_NUMBER = r"([0-9]{1,4}(?:[.,][0-9]{1,4})?)"
# "… (0,5 điểm)", "… được 1 điểm", "… = 1 đ": points without a colon need the word
_TRAILING = re.compile(
	rf"(?P<label>.+?)\s*(?:\(\s*{_NUMBER}\s*(?:điểm|đ)\s*\)|(?:được|đạt|chấm|=|[-–—])\s*{_NUMBER}\s*(?:điểm|đ))",
	re.IGNORECASE | re.DOTALL,
)
_NONE = re.compile(
	r"(?P<label>.+?)[:,]?\s*(?:thì )?không (?:có|được|tính|chấm) điểm", re.IGNORECASE | re.DOTALL
)
# "Mỗi sáng kiến được cộng 0,5 điểm, tối đa 2 điểm", "Cứ mỗi văn bản chậm trừ 0,25 điểm"
_EACH = re.compile(
	rf"(?P<label>(?:cứ )?(?:mỗi|có một|có 01)\b.*?)[,:]?\s*(?:thì )?(?:được |bị )?(?:cộng|trừ|tính|được|chấm)\s*{_NUMBER}\s*(?:điểm|đ)\b"
	r"(?:\W.*)?",
	re.IGNORECASE | re.DOTALL,
)
# "… thì điểm đánh giá được tính theo công thức: (Tỷ lệ % x điểm tối đa)/100%"
_BY_RATE = re.compile(
	r"(?P<label>.+?)[,:]?\s*(?:thì )?(?:số )?(?:điểm (?:đánh giá )?)?(?:được )?tính (?:điểm )?theo (?:công thức|tỷ lệ|tỉ lệ)\b.*",
	re.IGNORECASE | re.DOTALL,
)
_GUIDANCE = re.compile(
	r"(tài liệu|minh chứng|ghi chú|hướng dẫn|căn cứ|cơ sở|tính (tỷ lệ|tỉ lệ|điểm)|cách tính|trong đó|lưu ý|yêu cầu|"
	r"thời (gian|điểm)|phương pháp|nguồn)\b",
	re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
	"""A line under a leaf. `points` is None where it states none, or "tỷ lệ" (by rate)."""

	row: int
	label: str
	points: Decimal | None
	by_rate: bool = False
	text: str = ""  # as it was written
	column: str = "title"  # where it was written

	@property
	def pays(self) -> bool:
		"""Whether the line says what it gives."""
		return self.points is not None or self.by_rate

	@property
	def is_guidance(self) -> bool:
		"""Whether the line begins like guidance, so that nobody takes it for an answer."""
		return not self.pays and bool(_GUIDANCE.match(self.label))


def read_lines(row: int, text: str, column: str = "title") -> list[Answer]:
	"""Every line of a cell as an answer."""
	return [read_answer(row, line, None, column) for line in text.splitlines() if line.strip()]


def read_answer(row: int, text: str, stated: Decimal | None, column: str = "title") -> Answer:
	"""An answer from its text and the points in its row's points column, if any stand there."""
	bare = _BULLET.sub("", text.strip(), count=1) if _BULLET.match(text.strip()) else text.strip()
	if stated is not None:
		return Answer(row, bare.rstrip(" :;."), stated, text=text, column=column)
	bare = bare.rstrip(" ;.,")
	label, points, by_rate = _after_colon(bare) or _in_words(bare) or (bare, None, False)
	return Answer(row, label.strip(), points, by_rate, text, column)


def _after_colon(text: str) -> tuple[str, Decimal | None, bool] | None:
	label, colon, points = text.rpartition(":")
	if not colon or not label.strip() or len(points) > _LONGEST_POINTS:
		return None
	bare = _POINTS_UNIT.sub("", points.strip())
	if fold(bare) in RATE_WORDS:
		return label, None, True
	try:
		return label, to_decimal(bare), False
	except NumberError:
		return None


def _in_words(text: str) -> tuple[str, Decimal | None, bool] | None:
	"""Points said in a sentence."""
	text = " ".join(text.split())
	if len(text) > LONGEST:
		return None
	if match := _EACH.fullmatch(text):
		return match["label"], to_decimal(match[2]), False
	if match := _TRAILING.fullmatch(text):
		return match["label"], to_decimal(match[2] or match[3]), False
	if match := _NONE.fullmatch(text):
		return match["label"], Decimal(0), False
	match = _BY_RATE.fullmatch(text)
	return (match["label"], None, True) if match and "%" in match["label"] else None
