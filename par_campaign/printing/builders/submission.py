"""Tờ trình đề nghị khen thưởng, with the danh sách trích ngang as its annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from par_campaign.printing.builders.award_list import ProposalRow, award_blocks
from par_campaign.printing.builders.budget import budget_blocks
from par_campaign.printing.builders.ranking import ranking_blocks
from par_campaign.printing.builders.tables import digest_line
from par_campaign.printing.content import Annex, Block, Document, Heading, Paragraph
from par_campaign.printing.forms import count
from par_campaign.printing.inputs import Paper
from par_campaign.printing.money import Budget
from par_campaign.scoring.model import Campaign, Results

FEW = 5  # so many names stand in the text; more are left to the list


def submission_document(
	paper: Paper,
	campaign: Campaign,
	results: Results,
	rows: Sequence[ProposalRow],
	*,
	to: Sequence[str],
	minutes: str = "",
	budget: Budget | None = None,
	attachments: Sequence[str] = (),
	with_ranking: bool = True,
) -> Document:
	"""The submission for the units in `rows`.

	`to`: whom it is addressed to; `minutes`: how the council's minutes are named ("Biên bản số … ngày
	…"); `attachments`: what else the dossier holds.
	"""
	body = (
		_opening(paper, campaign, to[0]),
		Heading("I. Kết quả thẩm định, xếp hạng"),
		*_results(campaign, results),
		Heading("II. Kết quả xét của Hội đồng"),
		_council(rows, minutes),
		Heading("III. Đề nghị khen thưởng"),
		*_levels(rows),
		*_money(budget),
		*_attached(attachments),
		Paragraph(f"{paper.office.in_text} kính trình {to[0]} xem xét, quyết định./."),
	)
	return Document(
		**paper.frame("Tờ trình", "TTr"),
		kind="Tờ trình",
		subject=f"Về việc đề nghị khen thưởng\n{campaign.title}",
		addressees=tuple(to),
		body=body,
		annexes=_annexes(campaign, results, rows, with_ranking),
		name="to-trinh-de-nghi-khen-thuong",
	)


def _opening(paper: Paper, campaign: Campaign, to: str) -> Paragraph:
	return Paragraph(
		f"Thực hiện {campaign.title}, {paper.office.in_text} đã tổ chức thẩm định, xếp hạng các đơn vị;"
		f" Hội đồng đã họp xét khen thưởng. {paper.office.in_text} kính trình {to} xem xét khen thưởng"
		" như sau:"
	)


def _results(campaign: Campaign, results: Results) -> Iterator[Paragraph]:
	appraised = sum(card.appraised for card in campaign.cards)
	yield Paragraph(
		f"Có {count(len(campaign.cards))} đơn vị tham gia, đã thẩm định {count(appraised)} đơn vị."
	)
	found = Counter(row.band for row in results.ranking if row.band)
	bands = [
		f"{band.label}: {count(found[band.label])}" for band in _high_first(campaign) if found[band.label]
	]
	if bands:
		yield Paragraph(f"Xếp loại: {'; '.join(bands)} đơn vị.")
	out = [row for row in results.ranking if row.disqualified]
	if out:
		names = "; ".join(f"{row.unit_name} ({row.disqualified})" for row in out)
		yield Paragraph(f"Không xếp hạng: {count(len(out))} đơn vị, gồm: {names}.")


def _high_first(campaign: Campaign):
	return sorted(campaign.bands, key=lambda band: band.minimum, reverse=True)


def _council(rows: Sequence[ProposalRow], minutes: str) -> Paragraph:
	voted = sum(row.vote is not None for row in rows)
	source = f" ({minutes})" if minutes else ""
	return Paragraph(
		f"Hội đồng đã biểu quyết {count(voted)}/{count(len(rows))} trường hợp đề nghị{source};"
		" kết quả biểu quyết từng trường hợp ghi tại Danh sách trích ngang kèm theo."
	)


def _levels(rows: Sequence[ProposalRow]) -> Iterator[Paragraph]:
	levels = dict.fromkeys(row.level for row in rows)
	for number, level in enumerate(levels, 1):
		names = [row.unit_name for row in rows if row.level == level]
		which = f"gồm: {'; '.join(names)}" if len(names) <= FEW else "có danh sách kèm theo"
		yield Paragraph(f"Tặng {level} cho {count(len(names))} tập thể, {which}.", mark=f"{number}.")
	if not levels:
		yield Paragraph("Không có trường hợp đề nghị.")


def _money(budget: Budget | None) -> tuple[Block, ...]:
	if budget is None:
		return ()
	return (Heading("IV. Kinh phí khen thưởng"), *budget_blocks(budget))


def _attached(attachments: Sequence[str]) -> Iterator[Paragraph]:
	if attachments:
		yield Paragraph("Hồ sơ kèm theo gồm:", keep_next=True)
	for number, text in enumerate(attachments, 1):
		end = "." if number == len(attachments) else ";"
		yield Paragraph(text.rstrip(" ;.") + end, mark="-")


def _annexes(
	campaign: Campaign, results: Results, rows: Sequence[ProposalRow], with_ranking: bool
) -> tuple[Annex, ...]:
	proposals = award_blocks(rows, campaign.vote_base)
	annexes = [Annex("Danh sách trích ngang các tập thể đề nghị khen thưởng", proposals, landscape=True)]
	if with_ranking:
		table = ranking_blocks(results.ranking, results, results.digest)
		annexes.append(Annex("Bảng tổng hợp kết quả thẩm định và xếp hạng", table, landscape=True))
	else:
		annexes = [Annex(annexes[0].title, (*proposals, *digest_line(results.digest)), landscape=True)]
	return tuple(annexes)
