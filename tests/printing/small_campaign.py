"""A campaign of four units, two of them tied at the cut-off, with all that a small document needs."""

from datetime import date
from decimal import Decimal

from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CriteriaSet,
	Heading,
	Leaf,
	Line,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
)

DIRECT = Rule(RuleKind.DIRECT)
CRITERIA = CriteriaSet(
	"BTC",
	"Bộ tiêu chí",
	(
		Heading("1", "CHỈ ĐẠO, ĐIỀU HÀNH"),
		Leaf("1.1", "Kế hoạch", Decimal(60), rule=DIRECT),
		Leaf("1.2", "Kiểm tra", Decimal(20), rule=DIRECT),
		Heading("2", "CẢI CÁCH THỂ CHẾ"),
		Leaf("2.1", "Rà soát văn bản", Decimal(20), rule=DIRECT),
		Heading("3", "ĐIỂM THƯỞNG"),
		Leaf("3.1", "Sáng kiến", Decimal(2), ScoreType.BONUS, rule=DIRECT),
	),
)
NAMES = {"SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "SYT": "Sở Y tế", "SCT": "Sở Công Thương"}
POINTS = {
	"SNV": ("60", "20", "19,95", "0"),
	"STC": ("55", "20", "20", "0"),
	"SYT": ("55", "20", "20", "0"),
	"SCT": ("40", "10", "5,5", "0"),
}
PAPER = Paper(
	Office("Sở Nội vụ", "Tiền Giang", "Ủy ban nhân dân\ntỉnh Tiền Giang", "SNV", "CCHC", "Sở Nội vụ"),
	Signatory("Phó Giám đốc", "Nguyễn Văn Ắc", ("KT. Giám đốc",)),
	5,
	date(2025, 2, 5),
	recipients=("Như trên", "Lãnh đạo Sở"),
)


def card(unit: str, **changes) -> Card:
	"""A unit's appraised scorecard; every leaf is explained."""
	lines = tuple(
		Line(leaf.code, claim=claim, appraised_claim=claim, explanation=f"Giải trình {leaf.code}")
		for leaf, claim in zip(CRITERIA.leaves(), POINTS[unit], strict=True)
	)
	given = {"group": "Sở, ban, ngành", "criteria_set": "BTC", "lines": lines, "appraised": True}
	return Card(unit, NAMES[unit], **{**given, **changes})


def campaign() -> Campaign:
	"""The campaign."""
	return Campaign(
		"CCHC-2024",
		"Thi đua đẩy mạnh cải cách hành chính năm 2024",
		2024,
		(CRITERIA,),
		tuple(card(unit) for unit in NAMES),
		bands=(Band("Xuất sắc", Decimal(90)), Band("Khá", Decimal(50))),
		quotas=(Quota("Cờ thi đua", 1, "Sở, ban, ngành", 2),),
	)
