"""Made-up leaf scores that add up exactly to a published total."""

import random
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.demo.criteria import BONUS_AREA, CRITERIA, DEDUCTION_AREA, LATE_ROW

FULL_TOTAL = Decimal(100)
EXPLANATION = "Thực hiện đầy đủ theo kế hoạch"
CUTS = ("Giảm điểm theo tài liệu kiểm chứng", "Minh chứng chưa đầy đủ", "Số liệu báo cáo chưa khớp")


@dataclass(frozen=True)
class LeafScore:
	"""What the unit claims and what the appraisers grant on a leaf, as claim texts."""

	claim: str | None
	appraised: str | None
	explanation: str = EXPLANATION
	note: str = ""


def made_up_scores(total: str, seed: str) -> dict[str, LeafScore]:
	"""Claims and appraised claims for every leaf; the appraised index is `total` to the hundredth.

	`seed` makes the same unit come out the same every time.
	"""
	rng = random.Random(seed)
	target = Decimal(total)
	scores = {code: _full(code, rule, Decimal(str(maximum))) for code, maximum, rule in _leaves()}
	bonus = max(Decimal(0), target - FULL_TOTAL)
	# a bonus on top makes the sheets look as real ones do: nobody has all points and a bonus only
	bonus = min(Decimal(5), bonus + Decimal(rng.choice(("0.25", "0.5", "1"))) if bonus else bonus)
	_set_bonus(scores, bonus, rng)
	_cut(scores, FULL_TOTAL + bonus - target, rng)
	return scores


def _leaves():
	for code, _title, maximum, rule, _demand in CRITERIA:
		if rule:
			yield code, maximum, rule


def _full(code: str, rule: tuple, maximum: Decimal) -> LeafScore:
	area = code.partition(".")[0]
	if area in (BONUS_AREA, DEDUCTION_AREA):
		return LeafScore(None, None) if code == LATE_ROW else LeafScore("0", "0")
	claim = _full_claim(rule, maximum)
	return LeafScore(claim, claim)


def _full_claim(rule: tuple, maximum: Decimal) -> str:
	kind, parameters = rule
	if kind == "Yes/No":
		return "Yes"
	if kind == "Choice":
		return parameters["options_text"].splitlines()[0].rpartition(":")[0]
	if kind == "Count":
		return str(int(maximum / Decimal(str(parameters["per_occurrence"]))))
	if kind == "Formula":
		return "a=480; b=480"
	if kind == "External":
		return str(parameters.get("external_scale", maximum))
	return "100" if kind in ("Tiers", "Proportional") else str(maximum)


def _set_bonus(scores: dict, bonus: Decimal, rng: random.Random) -> None:
	"""Whole points as recognised models (9.1), the rest on the free row (9.2)."""
	counted = min(3, int(bonus))
	rest = bonus - counted
	if rest > 2:
		raise ValueError(f"bonus {bonus} is more than the sample set can give")
	scores["9.1"] = LeafScore(str(counted), str(counted))
	scores["9.2"] = LeafScore(str(rest), str(rest))


def _cut(scores: dict, shortfall: Decimal, rng: random.Random) -> None:
	"""Take the shortfall off the free rows, in made-up pieces that add up exactly."""
	free = [
		(code, Decimal(str(m)))
		for code, m, rule in _leaves()
		if rule == ("Direct", {}) and code[0] not in "9"
	]
	external = [("8.2", Decimal(4))]
	rng.shuffle(free)
	left = shortfall
	for number, (code, maximum) in enumerate(external + free):
		if left <= 0:
			break
		last = number == len(external + free) - 1
		most = min(left, maximum)
		piece = (
			most if last else min(most, (left * Decimal(rng.randint(20, 60)) / 100).quantize(Decimal("0.01")))
		)
		piece = left if left <= Decimal("0.1") and left <= maximum else piece
		left -= piece
		if piece:
			given = maximum - piece
			claimed = given + (piece * Decimal(rng.choice((0, 50, 100))) / 100).quantize(Decimal("0.01"))
			scores[code] = LeafScore(str(claimed), str(given), note=rng.choice(CUTS))
	if left > 0:
		raise ValueError(f"shortfall {shortfall} does not fit the free rows")
