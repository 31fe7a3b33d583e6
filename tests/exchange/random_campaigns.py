"""Random campaigns that a server could hold: every rule, odd texts, gaps in what is filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Heading,
	Leaf,
	Line,
	NotApplicableMode,
	Option,
	Proposal,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	TieBreak,
	TieBreaker,
	Tier,
	Vote,
	VoteBase,
)

TEXTS = (
	"",
	"Đã ban hành kế hoạch số 12/KH-UBND",
	'=HYPERLINK("http://example.org","x")',
	"=1+1",
	"+84 123",
	"-50 hồ sơ",
	"- Ban hành đúng hạn",
	"@SUM(A1)",
	"\tcmd",
	"'đã trích dẫn'",
	"'=1",
	"''-x",
	"'",
	"#N/A",
	"TRUE",
	"1,5",
	"1e5",
	"001",
	"45000",
	"dòng một\ndòng hai\r\ndòng ba\r",
	" khoảng trắng hai đầu ",
	"ký tự \x0b lạ \x01 \ufffe",
	"_x000D_ và _x0041_",
	"<b>&amp;</b> ]]>",
	"Cải cách",  # NFD
	"emoji 🏆 và \U0001f1fb\U0001f1f3",
	"\u202eđảo ngược",
	"a" * 40_000,
	"=" * 33_000,
	"\x01" * 9_000,
)

D = Decimal
FORMULAS = ("a / b * 100", "100 - (b - a) / b * 100", "(a + 0) / (b * 1.0) * 1e2")
STEPS = (D("0.25"), D("0.5"), D("1"), D("2"))


def campaign(rng: Random, units: int | None = None, sets: int | None = None) -> Campaign:
	"""A campaign whose sets are sound and whose claims fit their rules."""
	made = tuple(criteria_set(rng, f"BTC-{n}") for n in range(1, (sets or rng.randint(1, 2)) + 1))
	cards = tuple(card(rng, f"DV{n:02}", rng.choice(made)) for n in range(units or rng.randint(1, 5)))
	bands = (Band("Xuất sắc", D(90)), Band("Tốt", D(80)), Band("Khá", D("65.5")))[: rng.randint(0, 3)]
	return Campaign(
		name="CCHC-2025",
		title=text(rng),
		year=rng.randint(2020, 2030),
		criteria_sets=made,
		cards=cards,
		bands=bands,
		tie_breakers=tuple(tie_breaker(rng) for _n in range(rng.randint(0, 3))),
		quotas=tuple(quota(rng, n, bands) for n in range(rng.randint(0, 3))),
		vote_base=rng.choice(list(VoteBase)),
		proposals=tuple(proposal(rng, c) for c in cards if rng.random() < 0.4),
	)


def text(rng: Random) -> str:
	return rng.choice(TEXTS[:-3]) if rng.random() < 0.97 else rng.choice(TEXTS)


def some(rng: Random, make, chance: float = 0.5):
	return make() if rng.random() < chance else None


def number(rng: Random, least: int = 0, most: int = 100) -> Decimal:
	places = rng.choice((0, 0, 1, 2))
	return D(rng.randint(least * 10**places, most * 10**places)).scaleb(-places)


def criteria_set(rng: Random, name: str) -> CriteriaSet:
	criteria: list[Criterion] = []
	for area in range(1, rng.randint(2, 4)):
		score_type = ScoreType.NORMAL if area == 1 or rng.random() < 0.7 else rng.choice(list(ScoreType))
		leaves = [leaf(rng, f"{area}.{n}", score_type) for n in range(1, rng.randint(2, 5))]
		maximum = sum((row.maximum for row in leaves), D(0))
		criteria.append(Heading(str(area), f"LĨNH VỰC {area} {text(rng)}", maximum))
		criteria += leaves
	return CriteriaSet(
		name=name,
		title=text(rng),
		criteria=tuple(criteria),
		bonus_position=rng.choice(list(BonusPosition)),
		not_applicable=rng.choice(list(NotApplicableMode)),
		bonus_cap=some(rng, lambda: number(rng, 0, 5)),
		deduction_cap=some(rng, lambda: number(rng, 0, 5)),
	)


def leaf(rng: Random, code: str, score_type: ScoreType) -> Leaf:
	maximum = rng.choice(STEPS) * rng.randint(1, 6)
	return Leaf(
		code=code,
		title=f"Tiêu chí {code} {text(rng)}",
		maximum=maximum,
		score_type=score_type,
		rule=rule(rng, rng.choice(list(RuleKind)), maximum),
		demand=rng.choice(list(EvidenceDemand)),
		may_not_apply=rng.random() < 0.5,
	)


def rule(rng: Random, kind: RuleKind, maximum: Decimal) -> Rule:
	if kind is RuleKind.DIRECT:
		return Rule(kind, step=rng.choice((None, D("0.25"))))
	if kind is RuleKind.CHOICE:
		labels = rng.sample(
			("=1 đáp án", "Đúng hạn", "Chậm: dưới 5 ngày", "Không", "'x", "- Có"), rng.randint(2, 5)
		)
		points = [maximum, *(rng.choice((D(0), maximum / 2)) for _label in labels[1:])]
		return Rule(kind, options=tuple(Option(*pair) for pair in zip(labels, points, strict=True)))
	if kind is RuleKind.TIERS:
		return Rule(kind, tiers=tiers(rng, maximum))
	if kind is RuleKind.PROPORTIONAL:
		return Rule(kind, full=rng.choice((None, D(90))), floor=rng.choice((None, D(0), D("50.5"))))
	if kind is RuleKind.COUNT:
		return Rule(kind, per_occurrence=maximum / rng.choice((1, 2, 4)))
	if kind is RuleKind.FORMULA:
		banded = rng.random() < 0.5
		inputs = (("a", text(rng)), ("b", "Tổng số hồ sơ"))
		shape = {"tiers": tiers(rng, maximum)} if banded else {"floor": D(30)}
		return Rule(kind, formula=rng.choice(FORMULAS), inputs=inputs, **shape)
	if kind is RuleKind.EXTERNAL:
		return Rule(kind, scale=rng.choice((None, D(100), D(5))), source=rng.choice(("SIPAS", "DDCI =1")))
	return Rule(kind)


def tiers(rng: Random, maximum: Decimal) -> tuple[Tier, ...]:
	closed = rng.random() < 0.5
	cut = number(rng, 20, 90)
	upper = Tier(cut, closed, None, False, rng.choice((None, maximum)))
	lower = Tier(None, False, cut, not closed, D(0))
	return (upper, lower)


def card(rng: Random, code: str, of: CriteriaSet) -> Card:
	leaves = [row for row in of.leaves() if rng.random() < 0.9]
	return Card(
		unit=code,
		unit_name=f"Sở {code} {text(rng)}",
		group=rng.choice(("Sở, ban, ngành", "=Nhóm")),
		criteria_set=of.name,
		cluster=rng.choice(("", "Cụm 1", "- Cụm 2")),
		lines=tuple(line(rng, row) for row in leaves),
		appraised=rng.random() < 0.7,
		disqualified=some(rng, lambda: "Vi phạm " + text(rng), 0.1) or "",
		state=rng.choice(("Draft", "Appraised", "")),
	)


def line(rng: Random, row: Leaf) -> Line:
	external = row.rule.kind is RuleKind.EXTERNAL
	return Line(
		code=row.code,
		applicable=rng.random() < 0.85,
		appraised_applicable=rng.choice((None, None, True, False)),
		claim=None if external else some(rng, lambda: claim(rng, row), 0.85),
		appraised_claim=None if external else some(rng, lambda: claim(rng, row), 0.7),
		external=some(rng, lambda: number(rng), 0.7) if external else None,
		has_evidence=rng.random() < 0.5,
		explanation=text(rng),
		note=text(rng),
		claimed_by=rng.choice(("", "an@so.vn")),
		appraised_by=rng.choice(("", "binh@snv.vn")),
	)


def claim(rng: Random, row: Leaf) -> str:
	"""A claim the leaf's rule allows, as people type it."""
	kind, maximum = row.rule.kind, row.maximum
	if kind is RuleKind.DIRECT:
		quarters = rng.randint(0, int(maximum * 4))
		return str(D(quarters) / 4).replace(".", rng.choice(".,"))
	if kind is RuleKind.YES_NO:
		return rng.choice(("Yes", "No", "Có", ""))
	if kind is RuleKind.CHOICE:
		return rng.choice(row.rule.options).label
	if kind is RuleKind.COUNT:
		return str(rng.randint(0, 9))
	if kind is RuleKind.FORMULA:
		total = rng.randint(1, 90)
		return f"a={rng.randint(0, total)}; b={total}"
	return str(number(rng)).replace(".", rng.choice(".,"))


def tie_breaker(rng: Random) -> TieBreaker:
	kind = rng.choice(list(TieBreak))
	return TieBreaker(kind, rng.choice("123") if kind is TieBreak.AREA else "")


def quota(rng: Random, position: int, bands: tuple[Band, ...]) -> Quota:
	return Quota(
		level=("Cờ thi đua", "Bằng khen", "=Giấy khen")[position],
		precedence=position + 1,
		group=rng.choice(("Sở, ban, ngành", "=Nhóm")),
		count=rng.randint(0, 3),
		cluster=rng.choice(("", "", "Cụm 1")),
		per_cluster=rng.random() < 0.4,
		minimum_index=some(rng, lambda: number(rng, 30, 80)),
		minimum_band=rng.choice(bands).label if bands and rng.random() < 0.4 else "",
		evidence_complete=rng.random() < 0.3,
		threshold=some(rng, lambda: number(rng, 50, 90)),
	)


def proposal(rng: Random, of: Card) -> Proposal:
	vote = some(rng, lambda: Vote(9, rng.randint(5, 9), rng.randint(0, 5)), 0.6)
	state = rng.choice(("Draft", "Council", "Awarded", "Rejected"))
	decided = ("12/QĐ-UBND", date(2026, 1, 15)) if state == "Awarded" else ("", None)
	return Proposal(of.unit, rng.choice(("Cờ thi đua", "Bằng khen")), state, vote, *decided)
