"""The rule of a leaf, read from the answers that an annex writes beneath it.

What can be read in two ways is asked, never guessed: two neighbouring bands that both hold, or
both leave out, the number at which they meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from par_campaign.exchange.values import fold
from par_campaign.scoring.decimals import NumberError, to_decimal, trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Option, Rule, RuleKind, Tier
from par_campaign.scoring.ruletext import RATE_WORDS, RuleTextError, format_band, parse_tiers

_POINTS_UNIT = re.compile(r"\s*(điểm|đ)$", re.IGNORECASE)
_BAND = re.compile(
	r"(từ|trên|dưới|đạt|>=|<=|≥|≤|>|<)?\s*\d+(?:[.,]\d+)?\s*%?"
	r"(\s*(-|–|—|đến( dưới)?|- dưới|– dưới)\s*(dưới|<|<=)?\s*\d+(?:[.,]\d+)?\s*%)?(\s*trở lên)?",
	re.IGNORECASE,
)
_EACH = re.compile(r"(cứ )?mỗi\b", re.IGNORECASE)
_EXTERNAL = re.compile(r"điều tra xã hội học|\bxhh\b|sipas|ddci|chỉ số hài lòng", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
	"""An unnumbered row under a leaf. `points` is None where the row states none, or "tỷ lệ" (by rate)."""

	row: int
	label: str
	points: Decimal | None
	by_rate: bool = False


@dataclass(frozen=True)
class Question:
	"""Something to be decided by a person: to which of two bands a number belongs."""

	key: str  # to be answered by `LOWER` or `UPPER` under this key
	row: int
	code: str
	text: str
	choices: tuple[str, str]


LOWER, UPPER = "lower", "upper"


def read_answer(row: int, text: str, stated: Decimal | None) -> Answer:
	"""An answer from its text and the points in its row's points column, if any stand there."""
	if stated is not None:
		return Answer(row, text.rstrip(" :"), stated)
	label, colon, points = text.rpartition(":")
	bare = _POINTS_UNIT.sub("", points.strip())
	if colon and label.strip() and fold(bare) in RATE_WORDS:
		return Answer(row, label.strip(), None, by_rate=True)
	try:
		return (
			Answer(row, label.strip(), to_decimal(bare))
			if colon and label.strip()
			else Answer(row, text, None)
		)
	except NumberError:
		return Answer(row, text, None)


def guess_rule(
	title: str, guidance: str, survey: bool, maximum: Decimal | None, answers: list[Answer]
) -> Rule:
	"""The rule that the answers spell out. They have been checked to state points."""
	if not answers:
		source = _EXTERNAL.search(f"{title}\n{guidance}")
		if survey or source:
			return Rule(RuleKind.EXTERNAL, source=_source(source))
		return Rule(RuleKind.DIRECT)
	if len(answers) == 1 and _EACH.match(answers[0].label) and answers[0].points is not None:
		return Rule(RuleKind.COUNT, per_occurrence=answers[0].points)
	tiers = read_tiers(answers)
	if tiers:
		return Rule(RuleKind.TIERS, tiers=tiers)
	if _is_yes_no(answers, maximum):
		return Rule(RuleKind.YES_NO)
	return Rule(RuleKind.CHOICE, options=tuple(Option(a.label, a.points or Decimal(0)) for a in answers))


def _source(found: re.Match | None) -> str:
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
	"""The band within a sentence that has one percentage or range: "Đạt từ 90% trở lên kế hoạch"."""
	if label.count("%") not in (1, 2):
		return ""
	found = [match[0] for match in _BAND.finditer(label) if "%" in match[0]]
	return re.sub(r"^đạt\s*", "", found[0].strip(), flags=re.IGNORECASE) if len(found) == 1 else ""


def settle_seams(
	code: str, row: int, tiers: tuple[Tier, ...], decided: Mapping[str, str]
) -> tuple[tuple[Tier, ...], list[Question]]:
	"""Bands with their seams as decided, and a question for each seam that is not."""
	ordered = sorted(tiers, key=lambda tier: tier.low if tier.low is not None else Decimal(-1))
	questions = []
	for at in range(len(ordered) - 1):
		below, above = ordered[at], ordered[at + 1]
		if below.high is None or below.high != above.low or below.high_inclusive != above.low_inclusive:
			continue
		question = _question(code, row, below, above)
		choice = decided.get(question.key)
		if choice not in (LOWER, UPPER):
			questions.append(question)
			continue
		ordered[at] = replace(below, high_inclusive=choice == LOWER)
		ordered[at + 1] = replace(above, low_inclusive=choice == UPPER)
	by_low = {tier.low: tier for tier in ordered}
	return tuple(by_low[tier.low] for tier in tiers) if len(by_low) == len(tiers) else tiers, questions


def _question(code: str, row: int, below: Tier, above: Tier) -> Question:
	at = trim(below.high)
	both = _("{0} %: both bands {1} and {2} hold it. To which does it belong?")
	neither = _("{0} %: neither of the bands {1} and {2} holds it. To which does it belong?")
	names = (format_band(below), format_band(above))
	text = (both if below.high_inclusive else neither).format(at, *names)
	return Question(f"{code}@{at}", row, code, text, names)
