"""Phiếu đề nghị khen thưởng: one award proposal with its grounds, its vote and its decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from par_campaign.printing.builders.award_list import ProposalRow, vote_text
from par_campaign.printing.content import Align, Column, Document, Row, Table
from par_campaign.printing.forms import points
from par_campaign.printing.inputs import Paper
from par_campaign.printing.states import state_word
from par_campaign.scoring.model import VoteBase

COLUMNS = (Column("Nội dung", 30), Column("Thông tin", 70))
VOTE_COLUMNS = (
	Column("STT", 10, Align.CENTER),
	Column("Thành viên Hội đồng", 50),
	Column("Biểu quyết", 40, Align.CENTER),
)


@dataclass(frozen=True)
class Cast:
	"""A member's vote, in the words of the form."""

	member: str
	vote: str


def proposal_document(
	paper: Paper,
	title: str,
	row: ProposalRow,
	*,
	tie_note: str = "",
	reason: str = "",
	casts: tuple[Cast, ...] = (),
	vote_base: VoteBase = VoteBase.PRESENT,
) -> Document:
	"""The proposal on a page; `title` is the campaign's, `reason` that of a rejection or revocation."""
	facts = tuple(Row((label, text)) for label, text in _facts(row, tie_note, reason, vote_base) if text)
	votes = tuple(Row((str(number), cast.member, cast.vote)) for number, cast in enumerate(casts, 1))
	return Document(
		**paper.frame("Phiếu đề nghị", None),
		kind="Phiếu đề nghị khen thưởng",
		subject=title,
		body=(Table(COLUMNS, facts, size=13), *((Table(VOTE_COLUMNS, votes),) if votes else ())),
		name=f"phieu-de-nghi-khen-thuong-{row.unit}",
	)


def _facts(row: ProposalRow, tie_note: str, reason: str, base: VoteBase) -> Iterator[tuple[str, str]]:
	yield "Đơn vị", row.unit_name
	yield "Hình thức khen thưởng đề nghị", row.level
	yield "Nhóm, cụm", ", ".join(part for part in (row.group, row.cluster) if part)
	yield "Xếp hạng", "" if row.rank is None else str(row.rank)
	yield "Chỉ số cải cách hành chính (%)", points(row.index)
	yield "Xếp loại", row.band
	yield "Tóm tắt thành tích", row.citation
	yield "Lý do Hội đồng chọn khi bằng điểm", tie_note
	yield "Phiếu đồng ý", vote_text(row.vote, base).replace("\n", " ")
	yield "Tình trạng", state_word(row.state)
	yield "Lý do", reason
	yield "Quyết định", f"Số {row.decision}" if row.decision else ""
