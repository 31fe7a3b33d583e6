"""Phiếu điểm of a unit: every criterion with its points, explanations and appraisal notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from par_campaign.printing.builders.scorecard_rows import Sheet, answers, rows
from par_campaign.printing.builders.tables import digest_line, remark
from par_campaign.printing.content import (
	Align,
	Block,
	Column,
	Document,
	HeadCell,
	Paragraph,
	Signature,
	Span,
	Table,
)
from par_campaign.printing.forms import points
from par_campaign.printing.inputs import Paper, Signatory
from par_campaign.scoring.model import Campaign, Card, CriteriaSet, Results

_C, _R = Align.CENTER, Align.RIGHT
COLUMNS = (
	Column("STT", 8),
	Column("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 40),
	Column("Điểm tối đa", 8, _R),
	Column("Điều tra XHH", 9, _R),
	Column("Tự đánh giá", 9, _R),
	Column("Thẩm định", 9, _R),
	Column("Điểm đạt được", 9, _R),
	Column("Chỉ số (%)", 10, _R),
	Column("Giải trình, tài liệu kiểm chứng", 36),
	Column("Ý kiến thẩm định", 30),
)


def scorecard_document(
	paper: Paper,
	campaign: Campaign,
	results: Results,
	unit: str,
	*,
	evidence: Mapping[str, tuple[str, ...]] | None = None,
	unit_head: Signatory | None = None,
	show_rules: bool = True,
	appraiser: str = "Sở Nội vụ",
) -> Document:
	"""The scorecard of a unit. `evidence`: documents by leaf; `unit_head` signs at the left if given.

	`show_rules` prints the answers or bands of each leaf below its title, as the annexes of decisions do.
	"""
	card = next(card for card in campaign.cards if card.unit == unit)
	frame = paper.frame("Phiếu điểm", None)
	if unit_head:
		frame["signatures"] = (_of(card.unit_name, unit_head), _of(paper.office.issuer, paper.signatory))
	return Document(
		**frame,
		kind="Phiếu điểm",
		subject=f"Kết quả tự đánh giá và thẩm định năm {campaign.year}\n{card.unit_name}",
		body=scorecard_blocks(campaign, results, card, evidence or {}, show_rules, appraiser),
		name=f"phieu-diem-{card.unit}",
		landscape=True,
	)


def _of(agency: str, signatory: Signatory) -> Signature:
	"""Where two agencies sign, each block begins with its agency."""
	return Signature((agency, *signatory.block().lines), signatory.name)


def scorecard_blocks(
	campaign: Campaign,
	results: Results,
	card: Card,
	evidence: Mapping[str, tuple[str, ...]],
	show_rules: bool = True,
	appraiser: str = "Sở Nội vụ",
) -> tuple[Block, ...]:
	"""The table and what is said around it, as the body of a document or of an annex."""
	criteria = next(found for found in campaign.criteria_sets if found.name == card.criteria_set)
	sheet = Sheet(criteria, card, results.cards[card.unit], evidence, answers if show_rules else None)
	table = Table(COLUMNS, tuple(rows(sheet)), head=_head(appraiser), size=11)
	return (*_about(card, criteria), table, *_remarks(sheet), *digest_line(results.digest))


def _head(appraiser: str) -> tuple[tuple[HeadCell, ...], ...]:
	whole = [HeadCell(column.title, rows=2) for column in COLUMNS]
	scores = HeadCell("Điểm đánh giá", columns=3)
	below = (HeadCell("Điều tra XHH"), HeadCell("Tự đánh giá"), HeadCell(f"{appraiser} đánh giá"))
	return (*whole[:3], scores, *whole[6:]), below


def _about(card: Card, criteria: CriteriaSet) -> Iterator[Paragraph]:
	parts = [("Nhóm: ", card.group), ("Cụm: ", card.cluster), ("Bộ tiêu chí: ", criteria.title)]
	spans = [Span(f"{label}{text}") for label, text in parts if text]
	text = tuple(part for span in spans for part in (span, Span("; ")))[:-1]
	yield Paragraph((*text, Span(".")), Align.LEFT, indent=False, small=True)


def _remarks(sheet: Sheet) -> Iterator[Paragraph]:
	result = sheet.result
	if not sheet.card.appraised:
		yield remark("Lưu ý: ", "phiếu chưa được thẩm định, điểm đạt được là điểm tự đánh giá.")
	if result.missing_external:
		codes = ", ".join(result.missing_external)
		yield remark("Lưu ý: ", f"kết quả tạm tính, chưa có điểm từ bên ngoài của tiêu chí {codes}.")
	if result.missing_evidence:
		yield remark("Thiếu tài liệu kiểm chứng ở tiêu chí: ", ", ".join(result.missing_evidence) + ".")
	change = result.totals.index - result.self_totals.index
	if sheet.card.appraised and change:
		yield remark("Chênh lệch giữa thẩm định và tự đánh giá: ", f"{_signed(change)} điểm phần trăm.")


def _signed(value: Decimal) -> str:
	return f"+{points(value)}" if value > 0 else points(value).replace("-", "\u2212")
