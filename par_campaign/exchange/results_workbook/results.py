"""The sheets of a results workbook that state what follows: ranking, areas, awards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from par_campaign.exchange.xlsx.tables import Column, Entry, Table, shown
from par_campaign.scoring.labels import flag_word, word
from par_campaign.scoring.model import Campaign, CardResult, Results, ScoreType

RANKING, MATRIX, AWARDS = "Xếp hạng", "Ma trận", "Xét khen thưởng"

RANKING_COLUMNS = (
	Column("group", "Nhóm", 22),
	Column("cluster", "Cụm", 22),
	Column("rank", "Hạng", 7, "centre"),
	Column("group_rank", "Hạng trong nhóm", 9, "centre"),
	Column("unit", "Mã đơn vị", 12),
	Column("unit_name", "Tên đơn vị", 44),
	Column("self_index", "Chỉ số tự chấm", 9, "points"),
	Column("earned", "Điểm đạt được", 9, "points"),
	Column("maximum", "Điểm tối đa", 9, "points"),
	Column("bonus", "Điểm thưởng", 9, "points"),
	Column("deduction", "Điểm trừ", 9, "points"),
	Column("index", "Chỉ số (%)", 9, "bold points"),
	Column("band", "Xếp loại", 12, "centre"),
	Column("provisional", "Tạm tính", 8, "centre"),
	Column("missing_external", "Chờ kết quả bên ngoài", 16),
	Column("missing_evidence", "Thiếu minh chứng", 16),
	Column("disqualified", "Lý do không xét", 30),
	Column("trace", "Diễn giải thứ hạng", 40, wording=True),
	Column("index_trace", "Diễn giải chỉ số", 50, wording=True),
)


def ranking_table(campaign: Campaign, results: Results) -> Table:
	"""The ranking in its order, with the sums it rests on."""

	def records() -> Iterator[Sequence[Entry]]:
		for row in results.ranking:
			place = (row.group, row.cluster, row.rank, row.group_rank, row.unit, row.unit_name)
			sums = _sums(results.cards[row.unit])
			index = (shown(row.index), row.band, flag_word(row.provisional))
			yield (
				*place,
				*sums,
				*index,
				*_missing(results.cards[row.unit]),
				*_why(row.disqualified, row.trace, results.cards[row.unit]),
			)

	subtitle = f"Mã kiểm chứng: {results.digest}. {campaign.title}"
	return Table(RANKING, "BẢNG XẾP HẠNG", RANKING_COLUMNS, records, subtitle, printed="provisional")


def _sums(card: CardResult) -> tuple[Entry, ...]:
	totals = card.totals
	sums = (totals.earned, totals.maximum, totals.bonus, totals.deduction)
	return shown(card.self_totals.index), *(shown(number) for number in sums)


def _missing(card: CardResult) -> tuple[Entry, Entry]:
	return "; ".join(card.missing_external), "; ".join(card.missing_evidence)


def _why(disqualified: str, trace: str, card: CardResult) -> tuple[Entry, ...]:
	return disqualified, trace, card.totals.trace


def matrix_table(campaign: Campaign, results: Results) -> Table:
	"""Units down, areas across, each with points earned and the area's maximum for that unit, then what
	stands outside the maximum, so that a row adds up to its index."""
	areas = area_titles(campaign)
	columns = [
		Column("unit", "Mã đơn vị", 12),
		Column("unit_name", "Tên đơn vị", 44),
		Column("group", "Nhóm", 22),
	]
	for code, title in areas.items():
		columns.append(Column(f"earned.{code}", f"{code}. {title}", 12, "points"))
		columns.append(Column(f"maximum.{code}", f"{code}. Điểm tối đa", 9, "points"))
	columns += [
		Column("bonus", "Điểm thưởng", 9, "points"),
		Column("deduction", "Điểm trừ", 9, "points"),
		Column("index", "Chỉ số (%)", 9, "bold points"),
	]

	def records() -> Iterator[Sequence[Entry]]:
		for row in results.ranking:
			totals = results.cards[row.unit].totals
			cells: list[Entry] = []
			for code in areas:
				total = totals.rows.get(code)
				cells += [shown(total.earned), shown(total.maximum)] if total else [None, None]
			outside = (shown(totals.bonus), shown(totals.deduction))
			yield row.unit, row.unit_name, row.group, *cells, *outside, shown(totals.index)

	return Table(MATRIX, "ĐIỂM THEO LĨNH VỰC", tuple(columns), records, campaign.title)


def area_titles(campaign: Campaign) -> dict[str, str]:
	"""Areas of all sets by code that count towards the maximum, in the order met; titles that differ between
	sets are joined by " / "."""
	titles: dict[str, dict[str, None]] = {}
	for criteria_set in campaign.criteria_sets:
		counted = {leaf.area for leaf in criteria_set.leaves() if leaf.score_type is ScoreType.NORMAL}
		for criterion in criteria_set.criteria:
			if not criterion.parent and criterion.code in counted:
				titles.setdefault(criterion.code, {})[criterion.title] = None
	return {code: " / ".join(variants) for code, variants in titles.items()}


AWARD_COLUMNS = (
	Column("level", "Hình thức khen thưởng", 30),
	Column("group", "Nhóm", 22),
	Column("cluster", "Cụm", 22),
	Column("scope", "Chỉ tiêu của cụm", 18),
	Column("rank", "Hạng", 7, "centre"),
	Column("unit", "Mã đơn vị", 12),
	Column("unit_name", "Tên đơn vị", 44),
	Column("index", "Chỉ số (%)", 9, "points"),
	Column("selection", "Kết quả xét", 26),
	Column("places_left", "Còn chỉ tiêu", 9, "centre"),
	Column("reasons", "Lý do", 60, wording=True),
)


def awards_table(results: Results) -> Table:
	"""Every unit against every quota."""
	names = {row.unit: row.unit_name for row in results.ranking}

	def records() -> Iterator[Sequence[Entry]]:
		for row in results.awards:
			place = (row.level, row.group, row.cluster, row.scope, row.rank)
			unit = (row.unit, names[row.unit], shown(row.index))
			yield *place, *unit, word(row.selection), row.places_left, "\n".join(row.reasons)

	return Table(AWARDS, "KẾT QUẢ XÉT KHEN THƯỞNG", AWARD_COLUMNS, records)
