"""Small random campaigns in which ties, struck-out rows, caps and half-decided awards are common."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	EvidenceDemand,
	Heading,
	Leaf,
	Line,
	NotApplicableMode,
	Proposal,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	TieBreak,
	TieBreaker,
	Vote,
	VoteBase,
)

D = Decimal
GROUPS, CLUSTERS = ("Sở", "Huyện"), ("Cụm 1", "Cụm 2")
LEVELS = ("Cờ thi đua", "Bằng khen", "Giấy khen")
STATES = ("Draft", "Council", "Submitted to Chairman", "Awarded", "Rejected", "Revoked", "Unheard of")
BANDS = (Band("Xuất sắc", D(90)), Band("Tốt", D(60)), Band("Khá", D(30)))


def criteria_set(rng: Random) -> CriteriaSet:
	"""Two areas of normal rows in two and three levels, one area of bonus, one of deduction."""
	direct = Rule(RuleKind.DIRECT)
	formula = Rule(RuleKind.FORMULA, formula="100 * a / b", inputs=(("a", "Đúng hạn"), ("b", "Tất cả")))
	external = Rule(RuleKind.EXTERNAL, scale=D(100), source="SIPAS")
	count = Rule(RuleKind.COUNT, per_occurrence=D("0.5"))
	criteria = (
		Heading("1", "Chỉ đạo", D(5)),
		Heading("1.1", "Kế hoạch", D(3)),
		Leaf("1.1.1", "Ban hành", D(1), rule=direct, demand=rng.choice(list(EvidenceDemand))),
		Leaf("1.1.2", "Hoàn thành", D(2), rule=formula, demand=rng.choice(list(EvidenceDemand))),
		Leaf("1.2", "Kiểm tra", D(2), rule=direct),
		Heading("2", "Tác động", D(2)),
		Leaf("2.1", "Hài lòng", D(2), rule=external),
		Heading("3", "Điểm thưởng"),
		Leaf("3.1", "Mô hình", D(2), ScoreType.BONUS, rule=count),
		Heading("4", "Điểm trừ"),
		Leaf("4.1", "Trễ hạn", D(2), ScoreType.DEDUCTION, rule=count),
	)
	return CriteriaSet(
		name="Bộ 1",
		title="Bộ tiêu chí",
		criteria=criteria,
		bonus_position=rng.choice(list(BonusPosition)),
		not_applicable=rng.choice(list(NotApplicableMode)),
		bonus_cap=rng.choice((None, D("0.5"), D(1))),
		deduction_cap=rng.choice((None, D("0.5"), D(1))),
	)


def claim(rng: Random, leaf: Leaf) -> str | None:
	"""A claim that the leaf's rule allows, from few values so that units often tie; sometimes none."""
	if rng.random() < 0.1:
		return None
	if leaf.rule.kind is RuleKind.COUNT:
		return str(rng.choice((0, 0, 0, 1, 2, 9)))
	if leaf.rule.kind is RuleKind.FORMULA:
		whole = rng.choice((3, 7, 8))
		return f"a={rng.randint(0, whole)}; b={whole}"
	return str(leaf.maximum / rng.choice((1, 2, 4)))


def line(rng: Random, leaf: Leaf) -> Line:
	"""What stands on a leaf."""
	external = leaf.rule.kind is RuleKind.EXTERNAL
	return Line(
		code=leaf.code,
		applicable=rng.random() < 0.9,
		appraised_applicable=rng.choice((None, None, None, True, False)),
		claim=None if external else claim(rng, leaf),
		appraised_claim=None if external else claim(rng, leaf),
		external=rng.choice((None, D(50), D(100), D("33.3"))) if external else None,
		has_evidence=rng.random() < 0.7,
		explanation=rng.choice(("", " ", "Đã làm")),
	)


def struck_above(rng: Random) -> list[Line]:
	"""Lines on a criterion or an area, which strike out all below them."""
	struck = rng.choice(("1.1", "1", "2", "3")) if rng.random() < 0.2 else ""
	appraised = rng.choice((None, None, True, False))
	return [Line(struck, applicable=rng.random() < 0.3, appraised_applicable=appraised)] if struck else []


def card(rng: Random, number: int, of: CriteriaSet) -> Card:
	"""A unit's scorecard; every tenth is out of the running."""
	return Card(
		unit=f"U{number}",
		unit_name=f"Đơn vị {number}",
		group=rng.choice(GROUPS[: rng.choice((1, 2))]),
		criteria_set=of.name,
		cluster=rng.choice(("", *CLUSTERS)) if rng.random() < 0.7 else "",
		lines=(*(line(rng, leaf) for leaf in of.leaves() if rng.random() < 0.95), *struck_above(rng)),
		appraised=rng.random() < 0.8,
		disqualified="vi phạm" if rng.random() < 0.1 else "",
	)


def tied_card(rng: Random, number: int, of: CriteriaSet) -> Card:
	"""A unit with one of three totals, so that most units share a place with others."""
	half = rng.choice(("1", "1", "0.5", "0"))
	lines = (Line("1.1.1", claim=half), *(Line(code, applicable=False) for code in ("1.1.2", "1.2", "2.1")))
	return Card(
		unit=f"U{number}",
		unit_name=f"Đơn vị {number}",
		group=GROUPS[0],
		criteria_set=of.name,
		cluster=rng.choice(CLUSTERS),
		lines=lines,
		disqualified="vi phạm" if rng.random() < 0.08 else "",
	)


COARSE = {
	"1.1.1": ("1", "0.5"),
	"1.1.2": ("a=8; b=8", "a=6; b=8"),
	"1.2": ("2", "1.5"),
	"3.1": ("0", "1"),
	"4.1": ("0", "1"),
}


def coarse_card(rng: Random, number: int, of: CriteriaSet) -> Card:
	"""A unit whose index often equals another's while its areas, bonus and deduction differ."""

	def coarse_line(code: str) -> Line:
		appraised = rng.choice(COARSE[code])
		return Line(code, claim=rng.choice((appraised, *COARSE[code])), appraised_claim=appraised)

	external = Line("2.1", applicable=rng.random() < 0.8, external=rng.choice((D(100), D(75))))
	return Card(
		unit=f"U{number}",
		unit_name=f"Đơn vị {number}",
		group=GROUPS[0],
		criteria_set=of.name,
		cluster=rng.choice(CLUSTERS),
		lines=(*(coarse_line(code) for code in COARSE), external),
		appraised=True,
	)


def tie_breaker(rng: Random) -> TieBreaker:
	"""A tie-breaker; some name an area no set has."""
	kind = rng.choice(list(TieBreak))
	return TieBreaker(kind, rng.choice(("1", "1.1", "2", "9")) if kind is TieBreak.AREA else "")


def quota(rng: Random) -> Quota:
	"""A quota of one of three awards, whole group, each cluster or one cluster, sometimes overlapping."""
	place = rng.randrange(len(LEVELS))
	return Quota(
		level=LEVELS[place],
		precedence=place + 1,
		group=rng.choice((GROUPS[0], GROUPS[0], GROUPS[1])),
		count=rng.randint(0, 3),
		cluster=rng.choice(("", "", "", CLUSTERS[0], "Cụm 9")),
		per_cluster=rng.random() < 0.35,
		minimum_index=rng.choice((D(50), D("33.33"))) if rng.random() < 0.2 else None,
		minimum_band=rng.choice(("Tốt", "Khá", "Không có")) if rng.random() < 0.1 else "",
		evidence_complete=rng.random() < 0.1,
		threshold=rng.choice((None, D(50), D("66.67"))),
	)


def proposal(rng: Random, units: int) -> Proposal:
	"""A proposal in any state, with a vote or without."""
	vote = Vote(9, rng.randint(5, 9), rng.randint(0, 5)) if rng.random() < 0.5 else None
	return Proposal(f"U{rng.randint(1, units)}", rng.choice(LEVELS), rng.choice(STATES), vote)


def campaign(rng: Random, make_card=card, most_units: int = 7) -> Campaign:
	"""A campaign of a few units."""
	of, units = criteria_set(rng), rng.randint(1, most_units)
	return Campaign(
		name="CCHC-2025",
		title="Chiến dịch",
		year=2025,
		criteria_sets=(of,),
		cards=tuple(make_card(rng, number, of) for number in range(1, units + 1)),
		bands=BANDS[: rng.randint(0, 3)],
		tie_breakers=tuple(tie_breaker(rng) for _n in range(rng.randint(0, 3))),
		quotas=tuple(quota(rng) for _n in range(rng.randint(1, 5))),
		vote_base=rng.choice(list(VoteBase)),
		proposals=tuple(proposal(rng, units) for _n in range(rng.choice((0, 0, 1, 2, 3)))),
	)
