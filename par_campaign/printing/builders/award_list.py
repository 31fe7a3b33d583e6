"""Danh sách đề nghị khen thưởng, as the report of award proposals prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from par_campaign.printing.builders.tables import digest_line, group_row, remark
from par_campaign.printing.content import Align, Block, Column, Document, Row, Table
from par_campaign.printing.forms import count, in_sentence, points
from par_campaign.printing.inputs import Paper
from par_campaign.printing.states import state_word
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.labels import word
from par_campaign.scoring.model import (
	AwardRow,
	Campaign,
	Proposal,
	RankRow,
	Results,
	Selection,
	Vote,
	VoteBase,
)
from par_campaign.states import CHOSEN

SHOWN = (Selection.QUALIFIED, Selection.TIED, Selection.CONTINGENT)

_C, _R = Align.CENTER, Align.RIGHT
COLUMNS = (
	Column("STT", 6, _C),
	Column("Đơn vị", 26),
	Column("Nhóm, cụm", 17),
	Column("Hạng", 7, _C),
	Column("Chỉ số (%)", 9, _R),
	Column("Xếp loại", 10, _C),
	Column("Tóm tắt thành tích", 26),
	Column("Phiếu đồng ý", 11, _C),
	Column("Tình trạng", 21),
)
# As it goes to who decides: more room for what a unit has done, and no states of the desk.
FINAL_COLUMNS = (*COLUMNS[:6], Column("Tóm tắt thành tích", 34), COLUMNS[7], Column("Ghi chú", 13))


@dataclass(frozen=True)
class ProposalRow:
	"""A unit under an award level, with what was proposed so far."""

	unit_name: str
	level: str
	group: str
	cluster: str
	rank: int | None
	index: Decimal
	band: str = ""
	selection: Selection | None = None
	reasons: tuple[str, ...] = ()
	citation: str = ""
	vote: Vote | None = None
	state: str = ""
	decision: str = ""  # "01/QĐ-UBND ngày 05/02/2025"
	unit: str = ""
	places_left: int = 0  # for a tie at the cut-off
	scope: str = ""  # the cluster whose quota it is, empty for the whole group's

	@property
	def open(self) -> bool:
		"""Whether the council still has to choose between this unit and others."""
		return self.selection in (Selection.TIED, Selection.CONTINGENT) and self.state not in CHOSEN


def proposal_rows(
	campaign: Campaign,
	results: Results,
	citations: dict[tuple[str, str], str] | None = None,
	shown: Sequence[Selection] = SHOWN,
) -> tuple[ProposalRow, ...]:
	"""Rows for every unit that may get an award, by level; `citations` by (unit, level)."""
	names = {row.unit: row for row in results.ranking}
	proposals = {(p.unit, p.level): p for p in campaign.proposals}
	return tuple(
		_proposal_row(award, names, proposals.get((award.unit, award.level)), citations or {})
		for award in results.awards
		if award.selection in shown or (award.unit, award.level) in proposals
	)


def _proposal_row(
	award: AwardRow,
	ranking: Mapping[str, RankRow],
	proposal: Proposal | None,
	citations: Mapping[tuple[str, str], str],
) -> ProposalRow:
	return ProposalRow(
		unit=award.unit,
		unit_name=ranking[award.unit].unit_name,
		level=award.level,
		group=award.group,
		cluster=award.cluster,
		rank=award.rank,
		index=award.index,
		band=ranking[award.unit].band,
		selection=award.selection,
		reasons=award.reasons,
		places_left=award.places_left,
		scope=award.scope,
		citation=citations.get((award.unit, award.level), ""),
		vote=proposal.vote if proposal else None,
		state=proposal.state if proposal else "",
		decision=_decision(proposal) if proposal else "",
	)


def _decision(proposal: Proposal) -> str:
	if not proposal.decision_number:
		return ""
	day = f" ngày {proposal.decision_date:%d/%m/%Y}" if proposal.decision_date else ""
	return f"{proposal.decision_number}{day}"


def award_list_document(
	paper: Paper,
	title: str,
	rows: Iterable[ProposalRow],
	*,
	digest: str = "",
	vote_base: VoteBase = VoteBase.PRESENT,
) -> Document:
	"""The proposal list as a document of its own; `title` is the campaign's."""
	return Document(
		**paper.frame("Danh sách", None),
		kind="Danh sách",
		subject=f"Đề nghị khen thưởng\n{in_sentence(title)}",
		body=(*award_blocks(tuple(rows), vote_base), *digest_line(digest)),
		name="danh-sach-de-nghi-khen-thuong",
		landscape=True,
	)


def award_blocks(
	rows: Sequence[ProposalRow], vote_base: VoteBase = VoteBase.PRESENT, *, final: bool = False
) -> tuple[Block, ...]:
	"""The table, a part for each level, and how ties at the cut-off stand.

	`final`: for who decides. What the quotas say is told only of units the council has yet to choose between.
	"""
	columns, told = (FINAL_COLUMNS, _remark_text) if final else (COLUMNS, status_text)
	blocks: list[Block] = [Table(columns, tuple(_rows(rows, vote_base, told)))]
	tied = [row for row in rows if row.selection is Selection.TIED]
	if tied:
		text = (
			f"{len(tied)} trường hợp bằng điểm ở ngưỡng chỉ tiêu, in đủ trong danh sách;"
			" Hội đồng biểu quyết lựa chọn, không tự động loại đơn vị nào."
		)
		blocks.append(remark("Lưu ý: ", text))
	return tuple(blocks)


def _rows(
	rows: Sequence[ProposalRow], vote_base: VoteBase, told: Callable[[ProposalRow], str]
) -> Iterator[Row]:
	for level in dict.fromkeys(row.level for row in rows):
		members = [row for row in rows if row.level == level]
		yield group_row(f"{level} ({count(len(members))} tập thể)")
		for number, row in enumerate(members, 1):
			yield _row(number, row, vote_base, told(row))


def _row(number: int, row: ProposalRow, vote_base: VoteBase, told: str) -> Row:
	return Row(
		(
			str(number),
			row.unit_name,
			", ".join(part for part in (row.group, row.cluster) if part),
			"-" if row.rank is None else str(row.rank),
			points(row.index),
			row.band,
			row.citation,
			vote_text(row.vote, vote_base),
			told,
		)
	)


def vote_text(vote: Vote | None, base: VoteBase = VoteBase.PRESENT) -> str:
	"""7/9 (77,78%): votes in favour of what the campaign counts them against."""
	if vote is None:
		return ""
	members = vote.present if base is VoteBase.PRESENT else vote.members
	if not members:
		return f"{vote.in_favour}/{members}"
	return f"{vote.in_favour}/{members}\n({format_vi(Decimal(vote.in_favour) * 100 / members)}%)"


def _remark_text(row: ProposalRow) -> str:
	return word(row.selection) if row.open and row.selection else ""


def status_text(row: ProposalRow) -> str:
	"""What the quotas say, how far the proposal is, and the decision."""
	parts = [word(row.selection) if row.selection else "", *row.reasons, state_word(row.state)]
	if row.decision:
		parts.append(f"Quyết định số {row.decision}")
	return "; ".join(part for part in parts if part)
