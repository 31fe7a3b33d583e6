"""Tờ trình đề nghị khen thưởng, with the danh sách trích ngang as its annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from par_campaign.printing.builders.award_list import ProposalRow, award_blocks
from par_campaign.printing.builders.budget import budget_blocks
from par_campaign.printing.builders.ranking import ranking_blocks
from par_campaign.printing.builders.tables import digest_line
from par_campaign.printing.content import Annex, Block, Document, Heading, Paragraph
from par_campaign.printing.forms import count, in_sentence
from par_campaign.printing.inputs import Paper
from par_campaign.printing.money import Budget
from par_campaign.scoring.model import Band, Campaign, Results, Selection

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
	voted_down: Sequence[ProposalRow] = (),
	plan: str = "",
	council: str = "Hội đồng",
) -> Document:
	"""The submission for the units in `rows`.

	`to`: whom it is addressed to; `minutes`: how the council's minutes are named ("Biên bản số … ngày
	…"); `attachments`: what else the dossier holds; `voted_down`: who has not reached the share of votes;
	`plan`: "Kế hoạch số … ngày …".
	"""
	voted = sum(row.vote is not None for row in (*rows, *voted_down))
	body = (
		_opening(paper, campaign, to[0], plan, council if voted else ""),
		Heading("I. Kết quả thẩm định, xếp hạng"),
		*_results(campaign, results),
		Heading("II. Kết quả xét của Hội đồng"),
		*_council(rows, voted_down, minutes, council),
		Heading("III. Đề nghị khen thưởng"),
		*_levels(rows),
		*_money(budget),
		*_attached(attachments),
		Paragraph(f"{paper.office.in_text} kính trình {to[0]} xem xét, quyết định./."),
	)
	return Document(
		**paper.frame("Tờ trình", "TTr", answers_to=to),
		kind="Tờ trình",
		subject=f"Về việc đề nghị khen thưởng tập thể có thành tích\ntrong {in_sentence(campaign.title)}",
		addressees=tuple(to),
		body=body,
		annexes=_annexes(campaign, results, rows, with_ranking),
		name="to-trinh-de-nghi-khen-thuong",
	)


def _opening(paper: Paper, campaign: Campaign, to: str, plan: str, council: str) -> Paragraph:
	"""`council` is empty while it has not voted."""
	office, title = paper.office.in_text, in_sentence(campaign.title)
	grounds = f"Thực hiện {plan}, {office}" if plan else office
	held = f"; {council} đã họp, xét khen thưởng" if council else ""
	return Paragraph(
		f"{grounds} đã tổ chức thẩm định, xếp hạng kết quả {title} của các cơ quan, đơn vị{held}."
		f" {office} kính trình {to} xem xét, khen thưởng như sau:"
	)


def _results(campaign: Campaign, results: Results) -> Iterator[Paragraph]:
	appraised = sum(card.appraised for card in campaign.cards)
	yield Paragraph(
		f"Có {count(len(campaign.cards))} đơn vị tham gia, đã thẩm định {count(appraised)} đơn vị."
	)
	found = Counter(row.band for row in results.ranking if row.band)
	bands = [
		f"{band.label} {count(found[band.label])} đơn vị"
		for band in _high_first(campaign)
		if found[band.label]
	]
	if bands:
		yield Paragraph(f"Xếp loại: {'; '.join(bands)}.")
	out = [row for row in results.ranking if row.disqualified]
	if out:
		names = "; ".join(f"{row.unit_name} ({row.disqualified})" for row in out)
		yield Paragraph(f"Không xếp hạng: {count(len(out))} đơn vị, gồm: {names}.")


def _high_first(campaign: Campaign) -> list[Band]:
	return sorted(campaign.bands, key=lambda band: band.minimum, reverse=True)


def _council(
	rows: Sequence[ProposalRow], voted_down: Sequence[ProposalRow], minutes: str, council: str
) -> Iterator[Paragraph]:
	voted = sum(row.vote is not None for row in rows) + len(voted_down)
	if not voted:
		yield Paragraph(f"{council} chưa biểu quyết các trường hợp nêu tại Danh sách trích ngang kèm theo.")
		return
	source = f" ({minutes})" if minutes else ""
	yield Paragraph(
		f"{council} đã biểu quyết {count(voted)}/{count(len(rows) + len(voted_down))} trường hợp{source};"
		" kết quả biểu quyết từng trường hợp được đề nghị ghi tại Danh sách trích ngang kèm theo."
	)
	if voted_down:
		names = "; ".join(f"{row.unit_name} ({row.level})" for row in voted_down)
		yield Paragraph(
			f"Không đủ tỷ lệ phiếu, không đề nghị khen thưởng: {count(len(voted_down))} trường hợp, gồm: {names}."
		)


def _levels(rows: Sequence[ProposalRow]) -> Iterator[Paragraph]:
	levels = dict.fromkeys(row.level for row in rows)
	for number, level in enumerate(levels, 1):
		members = [row for row in rows if row.level == level]
		sure = [row for row in members if not row.open]
		text = f"Tặng {level} cho {count(len(sure))} tập thể{_which(sure)}."
		yield Paragraph(text + _undecided([row for row in members if row.open]), mark=f"{number}.")
	if not levels:
		yield Paragraph("Không có trường hợp đề nghị.")


def _which(rows: Sequence[ProposalRow]) -> str:
	if not rows:
		return ""
	return f", gồm: {_names(rows)}" if len(rows) <= FEW else ", có danh sách kèm theo"


def _names(rows: Sequence[ProposalRow]) -> str:
	return "; ".join(row.unit_name for row in rows)


def _undecided(rows: Sequence[ProposalRow]) -> str:
	"""Units the council has yet to choose between are named as such, never counted as proposed."""
	text = ""
	tied = [row for row in rows if row.selection is Selection.TIED]
	for scope in dict.fromkeys(map(_scope, tied)):
		equal = [row for row in tied if _scope(row) == scope]
		text += (
			f" {count(len(equal))} tập thể bằng điểm ở ngưỡng chỉ tiêu ({_names(equal)}):"
			f" còn {count(equal[0].places_left)} chỉ tiêu, Hội đồng biểu quyết lựa chọn."
		)
	waiting = [row for row in rows if row.selection is not Selection.TIED]
	if waiting:
		text += f" Tùy kết quả biểu quyết nêu trên: {_names(waiting)}."
	return text


def _scope(row: ProposalRow) -> tuple[str, str]:
	"""The quota a tie is about."""
	return row.group, row.scope


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
	proposals = award_blocks(rows, campaign.vote_base, final=True)
	annexes = [Annex("Danh sách trích ngang các tập thể đề nghị khen thưởng", proposals, landscape=True)]
	if with_ranking:
		table = ranking_blocks(results.ranking, results, results.digest)
		annexes.append(Annex("Bảng tổng hợp kết quả thẩm định và xếp hạng", table, landscape=True))
	else:
		annexes = [Annex(annexes[0].title, (*proposals, *digest_line(results.digest)), landscape=True)]
	return tuple(annexes)
