"""Báo cáo tóm tắt thành tích of a unit, drawn from its scorecard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.printing.builders.tables import digest_line
from par_campaign.printing.content import (
	Align,
	Block,
	Cell,
	Column,
	Document,
	Heading,
	Paragraph,
	Row,
	RowStyle,
	Table,
)
from par_campaign.printing.forms import count, in_sentence, maximum, points
from par_campaign.printing.inputs import Paper
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.model import (
	Campaign,
	Card,
	CardResult,
	CardTotals,
	CriteriaSet,
	Leaf,
	Line,
	RankRow,
	Results,
	ScoreType,
	Sum,
)

# A summary stays short.
MOST_HIGHLIGHTS = 12  # leaves told of
MOST_OF_AREA = 2
MOST_SHORTFALLS = 8
_LONGEST = 600  # characters of an explanation

_C, _R = Align.CENTER, Align.RIGHT
COLUMNS = (
	Column("STT", 11, _C),
	Column("Lĩnh vực", 68),
	Column("Điểm tối đa", 14, _R),
	Column("Điểm tự chấm", 14, _R),
	Column("Điểm thẩm định", 15, _R),
	Column("Tỷ lệ (%)", 14, _R),
)


@dataclass(frozen=True)
class Profile:
	"""What the scorecard does not know of a unit; what is empty is left out."""

	features: tuple[str, ...] = ()  # đặc điểm, tình hình
	achievements: tuple[str, ...] = ()  # written by the unit, before what the scorecard tells
	awards: tuple[str, ...] = ()  # received before, with decision and date
	citation: str = ""  # of the award proposal


def summary_document(
	paper: Paper, campaign: Campaign, results: Results, unit: str, level: str, profile: Profile | None = None
) -> Document:
	"""The report that goes with a proposal of `level`; `paper` is usually the unit's own."""
	card = next(card for card in campaign.cards if card.unit == unit)
	row = next(row for row in results.ranking if row.unit == unit)
	criteria = next(s for s in campaign.criteria_sets if s.name == card.criteria_set)
	among = sum(
		(r.group, r.cluster) == (row.group, row.cluster) and r.rank is not None for r in results.ranking
	)
	body = _body(campaign, criteria, card, results.cards[unit], row, among, profile or Profile())
	return Document(
		**paper.frame("Báo cáo", "BC"),
		kind="Báo cáo",
		subject=f"Tóm tắt thành tích đề nghị tặng {level}\ntrong {in_sentence(campaign.title)}",
		body=(*body, *digest_line(results.digest)),
		name=f"bao-cao-tom-tat-thanh-tich-{unit}",
	)


def _body(
	campaign: Campaign,
	criteria: CriteriaSet,
	card: Card,
	result: CardResult,
	row: RankRow,
	among: int,
	profile: Profile,
) -> Iterator[Block]:
	yield Paragraph(f"Tên đơn vị đề nghị: {card.unit_name}.")
	yield Heading("I. Đặc điểm, tình hình")
	yield from _texts(profile.features, "(Đơn vị bổ sung.)")
	yield Heading("II. Thành tích đạt được")
	yield Heading("1. Kết quả chung", 2)
	yield Paragraph(_overall(campaign, result, row, among))
	if profile.citation:
		yield Paragraph(profile.citation)
	yield from (Paragraph(text, mark="-") for text in profile.achievements)
	yield Heading("2. Kết quả theo lĩnh vực", 2)
	yield Table(COLUMNS, tuple(_rows(criteria, result)))
	yield from _highlights(criteria, card, result)
	yield from _shortfalls(criteria, card, result)
	yield Heading("III. Các hình thức đã được khen thưởng")
	yield from _texts(
		profile.awards, "(Đơn vị bổ sung, nếu có.)"
	)  # what was given elsewhere is not known here


def _texts(texts: tuple[str, ...], otherwise: str) -> Iterator[Paragraph]:
	if not texts:
		yield Paragraph(otherwise)
	for text in texts:
		yield Paragraph(text, mark="-")


def _overall(campaign: Campaign, result: CardResult, row: RankRow, among: int) -> str:
	totals, own = result.totals, result.self_totals
	where = ", ".join(part for part in (row.cluster, row.group) if part)
	rank = f", xếp hạng {count(row.rank)}/{count(among)} ({where})" if row.rank is not None else ""
	band = f", xếp loại {row.band}" if row.band else ""
	extra = "".join(
		f"; điểm {word} {points(value)}"
		for word, value in (("thưởng", totals.bonus), ("trừ", totals.deduction))
		if value
	)
	provisional = " Kết quả tạm tính, chưa có đủ điểm điều tra, khảo sát." if row.provisional else ""
	return (
		f"Năm {campaign.year}, đơn vị tự chấm {points(own.earned)} điểm; kết quả thẩm định"
		f" {points(totals.earned)}/{maximum(totals.maximum)} điểm{extra}; chỉ số cải cách hành chính đạt"
		f" {points(row.index)}%{band}{rank}.{provisional}"
	)


def _rows(criteria: CriteriaSet, result: CardResult) -> Iterator[Row]:
	areas = [row for row in criteria.criteria if not row.parent and row.code in result.totals.rows]
	for area in areas:
		yield Row(
			(
				area.code,
				area.title,
				*_sums(result.totals.rows[area.code], result.self_totals.rows.get(area.code)),
			)
		)
	yield Row((Cell("Cộng", 2, _C), *_sums(result.totals, result.self_totals)), RowStyle.TOTAL)


def _sums(stands: Sum | CardTotals, own: Sum | CardTotals | None) -> tuple[str, ...]:
	"""Maximum, points of the unit's own score, points that count, and their share in %."""
	mine = points(own.earned if own else None)
	return maximum(stands.maximum), mine, points(stands.earned), _percent(stands.earned, stands.maximum)


def _percent(earned: Decimal, most: Decimal) -> str:
	return points(earned * 100 / most if most else None)


def _highlights(criteria: CriteriaSet, card: Card, result: CardResult) -> Iterator[Block]:
	"""Leaves with full points or a bonus that the unit has explained."""
	told: list[tuple[Leaf, str]] = []
	areas: Counter[str] = Counter()
	for leaf, line in _lines(criteria, card):
		if line.explanation.strip() and _is_full(leaf, result) and areas[leaf.area] < MOST_OF_AREA:
			areas[leaf.area] += 1
			told.append((leaf, line.explanation))
	if told:
		yield Heading("3. Những kết quả nổi bật", 2)
	for leaf, explanation in told[:MOST_HIGHLIGHTS]:
		got = points(result.lines[leaf.code].points)
		yield Paragraph(f"{leaf.title} ({got} điểm): {_short(explanation)}", mark="-")


def _lines(criteria: CriteriaSet, card: Card) -> list[tuple[Leaf, Line]]:
	lines = {line.code: line for line in card.lines}
	return [(leaf, lines[leaf.code]) for leaf in criteria.leaves() if leaf.code in lines]


def _is_full(leaf: Leaf, result: CardResult) -> bool:
	line = result.lines[leaf.code]
	if not line.applicable or not line.points or leaf.score_type is ScoreType.DEDUCTION:
		return False
	return leaf.score_type is ScoreType.BONUS or line.points >= line.maximum


def _shortfalls(criteria: CriteriaSet, card: Card, result: CardResult) -> Iterator[Block]:
	"""In one sentence, what an honest report does not leave out."""
	short = [
		f"{leaf.title} ({points(line.points)}/{format_vi(line.maximum, None)} điểm)"
		for leaf, line in ((leaf, result.lines[leaf.code]) for leaf, _line in _lines(criteria, card))
		if leaf.score_type is ScoreType.NORMAL
		and line.applicable
		and line.points is not None
		and line.points * 2 < line.maximum
	]
	if short:
		yield Heading("4. Hạn chế", 2)
		yield Paragraph(f"Nội dung đạt dưới một nửa số điểm: {'; '.join(short[:MOST_SHORTFALLS])}.")


def _short(text: str) -> str:
	"""An explanation on one line, cut at a word where it is too long for a summary."""
	flat = " ".join(text.split())
	return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rsplit(' ', 1)[0]}…"
