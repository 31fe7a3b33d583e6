"""The rule of a leaf, read from the answers that an annex writes beneath it.

What can be read in two ways is asked, never guessed: two neighbouring bands that both hold, or
both leave out, the number at which they meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from par_campaign.exchange.criteria.answers import LONGEST, Answer
from par_campaign.exchange.xlsx.values import fold
from par_campaign.scoring.decimals import trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Option, Rule, RuleKind, Tier
from par_campaign.scoring.ruletext import RuleTextError, format_band, parse_tiers

_BAND = re.compile(
	r"(từ trên|từ|trên|dưới|đạt|lớn hơn hoặc bằng|nhỏ hơn hoặc bằng|lớn hơn|nhỏ hơn|không dưới|không quá|ít nhất|tối thiểu|tối đa"
	r"|>=|<=|≥|≤|>|<)?\s*\d+(?:[.,]\d+)?\s*%?"
	r"(\s*(-|–|—|đến( dưới)?|- dưới|– dưới)\s*(dưới|<|<=)?\s*\d+(?:[.,]\d+)?\s*%)?(\s*trở (lên|xuống))?",
	re.IGNORECASE,
)
# words of sentences that the language of bands does not have
_COMPARED = (
	(re.compile(r"\b(cao hơn|vượt)\b(?=\s*\d)", re.IGNORECASE), "trên"),
	(re.compile(r"\b(thấp hơn|kém)\b(?=\s*\d)", re.IGNORECASE), "dưới"),
)
_OPEN_END = re.compile(r"trở (lên|xuống)", re.IGNORECASE)
_EACH = re.compile(r"(cứ )?(mỗi|có một|có 01)\b", re.IGNORECASE)
_EXTERNAL = re.compile(r"điều tra xã hội học|\bxhh\b|sipas|ddci|chỉ số hài lòng", re.IGNORECASE)

LOWER, UPPER = "lower", "upper"


@dataclass(frozen=True)
class Question:
	"""Something to be decided by a person: to which of two bands a number belongs, what a row is …"""

	key: str  # to be answered by one of `values` under this key
	row: int
	code: str
	text: str
	choices: tuple[str, ...]  # in words
	values: tuple[str, ...] = (LOWER, UPPER)


def guess_rule(
	title: str, guidance: str, survey: bool, maximum: Decimal | None, answers: list[Answer]
) -> Rule:
	"""The rule that the answers spell out. They have been checked to state points."""
	if not answers:
		source = _EXTERNAL.search(f"{title}\n{guidance}")
		if survey or source:
			return Rule(RuleKind.EXTERNAL, source=_source(source))
		return Rule(RuleKind.DIRECT)
	if len(answers) == 1 and is_each(answers[0]):
		return Rule(RuleKind.COUNT, per_occurrence=answers[0].points)
	tiers = read_tiers(answers)
	if tiers:
		return Rule(RuleKind.TIERS, tiers=tiers)
	if _is_yes_no(answers, maximum):
		return Rule(RuleKind.YES_NO)
	return Rule(RuleKind.CHOICE, options=tuple(Option(a.label, a.points or Decimal(0)) for a in answers))


def is_each(answer: Answer) -> bool:
	"""Whether the answer pays for each occurrence."""
	return bool(_EACH.match(answer.label)) and answer.points is not None


def _source(found: re.Match[str] | None) -> str:
	word = found[0].upper() if found else ""
	return word if word in ("SIPAS", "DDCI") else "Điều tra xã hội học"


def _is_yes_no(answers: list[Answer], maximum: Decimal | None) -> bool:
	points = {fold(answer.label): answer.points for answer in answers}
	return points == {"có": maximum, "không": Decimal(0)}


def read_tiers(answers: list[Answer]) -> tuple[Tier, ...]:
	"""Bands, if every answer is one; else nothing."""
	tiers = []
	for answer in answers:
		tier = _tier(answer)
		if tier is None:
			return ()
		tiers.append(tier)
	return tuple(tiers)


def _tier(answer: Answer) -> Tier | None:
	points = "tỷ lệ" if answer.by_rate else str(answer.points)
	for label in (answer.label, _band_in(answer.label)):
		try:
			return parse_tiers(f"{label}: {points}")[0] if label else None
		except RuleTextError:
			continue
	return None


def _band_in(label: str) -> str:
	"""The band within a sentence that has one percentage or range: "Đạt từ 90% kế hoạch trở lên"."""
	label = " ".join(label.split())
	if label.count("%") not in (1, 2) or len(label) > LONGEST:
		return ""
	for said, sign in _COMPARED:
		label = said.sub(sign, label)
	found = [match[0].strip() for match in _BAND.finditer(label) if "%" in match[0]]
	if len(found) != 1:
		return ""
	band = re.sub(r"^đạt\s*", "", found[0], flags=re.IGNORECASE)
	end = _OPEN_END.search(label)
	return f"{band} {end[0]}" if end and not _OPEN_END.search(band) else band


def settle_seams(
	code: str, row: int, tiers: tuple[Tier, ...], decided: Mapping[str, str]
) -> tuple[tuple[Tier, ...], list[Question]]:
	"""Bands with their seams as decided, and a question for each seam that is not."""
	ordered = sorted(tiers, key=lambda tier: tier.low if tier.low is not None else Decimal(-1))
	questions = []
	for at in range(len(ordered) - 1):
		below, above = ordered[at], ordered[at + 1]
		seam = below.high
		if seam is None or seam != above.low or below.high_inclusive != above.low_inclusive:
			continue
		question = _question(code, row, trim(seam), below, above)
		choice = decided.get(question.key)
		if choice not in (LOWER, UPPER):
			questions.append(question)
			continue
		ordered[at] = replace(below, high_inclusive=choice == LOWER)
		ordered[at + 1] = replace(above, low_inclusive=choice == UPPER)
	by_low = {tier.low: tier for tier in ordered}
	return tuple(by_low[tier.low] for tier in tiers) if len(by_low) == len(tiers) else tiers, questions


def _question(code: str, row: int, at: str, below: Tier, above: Tier) -> Question:
	"""To which of two bands the number `at`, at which they meet, belongs."""
	both = _("{0} %: both bands {1} and {2} hold it. To which does it belong?")
	neither = _("{0} %: neither of the bands {1} and {2} holds it. To which does it belong?")
	names = (format_band(below), format_band(above))
	text = (both if below.high_inclusive else neither).format(at, *names)
	return Question(f"{code}@{at}", row, code, text, names)
