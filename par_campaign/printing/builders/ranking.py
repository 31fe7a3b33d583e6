"""Bảng tổng hợp kết quả thẩm định và xếp hạng."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from par_campaign.printing.builders.tables import digest_line, group_row, remark, sections
from par_campaign.printing.content import Align, Block, Column, Document, Paragraph, Row, Table
from par_campaign.printing.forms import maximum, points
from par_campaign.printing.inputs import Paper
from par_campaign.scoring.model import Campaign, CardResult, RankRow, Results

_C, _R = Align.CENTER, Align.RIGHT
COLUMNS = (
	Column("Xếp hạng", 6, _C),
	Column("Đơn vị", 32),
	Column("Điểm tự chấm", 9, _R),
	Column("Điểm thẩm định", 9, _R),
	Column("Điểm tối đa", 8, _R),
	Column("Điểm thưởng", 8, _R),
	Column("Điểm trừ", 7, _R),
	Column("Chỉ số (%)", 9, _R),
	Column("Xếp loại", 10, _C),
	Column("Hạng chung nhóm", 8, _C),
	Column("Ghi chú", 18),
)


def ranking_document(
	paper: Paper,
	campaign: Campaign,
	results: Results,
	*,
	group: str | None = None,
	cluster: str | None = None,
	digest: str | None = None,
	version: int | str | None = None,
	not_handed_in: Sequence[str] = (),
) -> Document:
	"""The results of all units, of one group or of one cluster, in order of rank.

	`digest` is that of the published results (default: of `results`), `version` which publication it is;
	without one the paper says that nothing is published yet, and names the units `not_handed_in`.
	"""
	rows = [row for row in results.ranking if group in (None, row.group) and cluster in (None, row.cluster)]
	return Document(
		**paper.frame("Bảng tổng hợp", None),
		kind="Bảng tổng hợp",
		subject=f"Kết quả thẩm định và xếp hạng\n{campaign.title}",
		body=(
			*_not_yet(version, not_handed_in),
			*ranking_blocks(rows, results, results.digest if digest is None else digest, version),
		),
		name="bang-tong-hop-xep-hang",
		landscape=True,
	)


def _not_yet(version: int | str | None, not_handed_in: Sequence[str]) -> Iterator[Paragraph]:
	if version:
		return
	yield remark("Chưa công bố: ", "điểm và thứ hạng còn có thể thay đổi.")
	if not_handed_in:
		yield remark(f"Chưa nộp phiếu ({len(not_handed_in)} đơn vị): ", f"{'; '.join(not_handed_in)}.")


def ranking_blocks(
	rows: Sequence[RankRow], results: Results, digest: str = "", version: int | str | None = None
) -> tuple[Block, ...]:
	"""The table with its remarks, as the body of a document or of an annex."""
	return (Table(COLUMNS, tuple(_rows(rows, results))), *_remarks(rows, version), *digest_line(digest))


def _rows(rows: Sequence[RankRow], results: Results) -> Iterator[Row]:
	for title, members in sections(rows):
		if title:
			yield group_row(title)
		shared = Counter(row.rank for row in members if row.rank is not None)
		for row in members:
			tied = row.rank is not None and shared[row.rank] > 1
			yield _row(row, results.cards[row.unit], tied)


def _row(row: RankRow, card: CardResult, tied: bool) -> Row:
	totals = card.totals
	return Row(
		(
			"-" if row.rank is None else str(row.rank),
			row.unit_name,
			points(card.self_totals.earned),
			points(totals.earned),
			maximum(totals.maximum),
			points(totals.bonus),
			points(totals.deduction),
			points(row.index),
			row.band,
			"-" if row.group_rank is None else str(row.group_rank),
			"; ".join(_notes(row, tied)),
		)
	)


def _notes(row: RankRow, tied: bool) -> list[str]:
	notes = []
	if row.disqualified:
		notes.append(f"Không xếp hạng: {row.disqualified}")
	if tied:
		notes.append("Đồng hạng")
	if row.provisional:
		notes.append("Tạm tính: chưa có kết quả điều tra, khảo sát")
	return notes


def _remarks(rows: Sequence[RankRow], version: int | str | None) -> Iterator[Paragraph]:
	text = f"{len(rows)} đơn vị; chỉ số làm tròn hai chữ số thập phân; đơn vị đồng hạng được ghi rõ."
	yield remark("Ghi chú: ", text)
	if version:
		yield remark("Lần công bố: ", str(version))
