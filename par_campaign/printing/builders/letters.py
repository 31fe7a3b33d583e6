"""Công văn: giao chỉ tiêu, nhắc hạn, and to units that were not chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from par_campaign.printing.builders.tables import group_row
from par_campaign.printing.content import Align, Annex, Block, Column, Document, Paragraph, Row, Table
from par_campaign.printing.forms import count, day_text, in_sentence, maximum, points
from par_campaign.printing.inputs import Paper
from par_campaign.printing.words import time_text
from par_campaign.scoring.model import ScoreType

_C, _R = Align.CENTER, Align.RIGHT
ASSIGNMENT_COLUMNS = (
	Column("STT", 14, _C),
	Column("Tiêu chí", 82),
	Column("Điểm tối đa", 18, _R),
	Column("Chỉ tiêu giao", 52),
	Column("Cơ quan, bộ phận thực hiện", 50),
	Column("Thời hạn", 26, _C),
	Column("Ghi chú", 20),
)
OVERDUE_COLUMNS = (
	Column("STT", 10, _C),
	Column("Đơn vị", 58),
	Column("Nội dung chưa hoàn thành", 65),
	Column("Thời hạn", 27, _C),
)
FEW_ROWS = 10  # so many stand in the text of a reminder


@dataclass(frozen=True)
class Assignment:
	"""A leaf given to somebody, with what is to be reached and until when."""

	code: str
	title: str
	maximum: Decimal | None = None
	target: str = ""  # "từ 95% trở lên"
	responsible: str = ""
	due: date | None = None
	note: str = ""
	area: str = ""  # "1. CHỈ ĐẠO, ĐIỀU HÀNH": opens a part of the table
	score_type: ScoreType = ScoreType.NORMAL


@dataclass(frozen=True)
class Overdue:
	"""What a unit has not done yet."""

	unit_name: str
	what: str
	due: date


@dataclass(frozen=True)
class Outcome:
	"""How a unit that was not chosen stood."""

	unit_name: str
	index: Decimal
	group: str = ""
	cluster: str = ""
	rank: int | None = None
	of_units: int | None = None  # in the running where the rank was given
	band: str = ""
	levels: tuple[str, ...] = ()  # awards it was considered for
	reasons: tuple[str, ...] = ()
	strengths: tuple[str, ...] = ()  # areas with the best share of points
	weaknesses: tuple[str, ...] = ()


def assignment_letter(
	paper: Paper,
	addressees: Sequence[str],
	campaign_title: str,
	assignments: Sequence[Assignment],
	*,
	plan: str = "",
	report_by: date | None = None,
	contact: str = "",
	to_own: bool = False,
) -> Document:
	"""Công văn giao chỉ tiêu: the text, and the criteria in an annex.

	`plan`: "Kế hoạch số … ngày …"; `to_own`: to the office's own divisions, to which it may give orders.
	"""
	return _letter(
		paper,
		addressees,
		f"giao chỉ tiêu, nhiệm vụ {in_sentence(campaign_title)}",
		tuple(_assignment_text(paper, campaign_title, assignments, plan, report_by, contact, to_own)),
		"cong-van-giao-chi-tieu",
		Annex(
			f"Chỉ tiêu, nhiệm vụ {campaign_title}",
			(_assignment_table(assignments),),
			landscape=True,
		),
	)


def _assignment_text(
	paper: Paper,
	title: str,
	assignments: Sequence[Assignment],
	plan: str,
	report_by: date | None,
	contact: str,
	to_own: bool,
) -> Iterator[Block]:
	grounds = f"Thực hiện {plan}" if plan else f"Để thực hiện {in_sentence(title)}"
	some = f"{count(len(assignments))} chỉ tiêu, nhiệm vụ"
	if to_own:
		given = f"giao {some} cho các phòng, đơn vị trực thuộc theo Phụ lục kèm theo"
		asked = "Yêu cầu Trưởng các phòng, đơn vị trực thuộc"
	else:  # an office passes on what the plan gives to others of its rank
		given = f"thông báo {some} giao các cơ quan, đơn vị tại Phụ lục kèm theo"
		asked = "Đề nghị Thủ trưởng cơ quan, đơn vị"
	yield Paragraph(f"{grounds}, {paper.office.in_text} {given}.")
	yield Paragraph(f"{asked} tập trung thực hiện các nội dung sau:", keep_next=True)
	tasks = (
		"Phân công cụ thể bộ phận, cá nhân chịu trách nhiệm từng chỉ tiêu; bảo đảm tiến độ và chất lượng.",
		"Tự chấm điểm, giải trình và cập nhật đầy đủ tài liệu minh chứng trên hệ thống đúng thời hạn.",
	)
	for number, task in enumerate(tasks, 1):
		yield Paragraph(task, mark=f"{number}.")
	if report_by:
		yield Paragraph(f"Báo cáo kết quả thực hiện trước {day_text(report_by)}.", mark="3.")
	yield Paragraph(
		f"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {_contact(paper, contact)}./."
	)


def _assignment_table(items: Sequence[Assignment]) -> Table:
	"""The criteria, area by area. A column nobody has anything in is left out."""
	rows = [(item, _assignment_cells(item)) for item in items]
	shown = [place for place in range(len(ASSIGNMENT_COLUMNS)) if any(cells[place] for _item, cells in rows)]
	body: list[Row] = []
	area = ""
	for item, cells in rows:
		if item.area != area:
			area = item.area
			body.append(group_row(area))
		body.append(Row(tuple(cells[place] for place in shown)))
	return Table(tuple(ASSIGNMENT_COLUMNS[place] for place in shown), tuple(body))


def _assignment_cells(item: Assignment) -> tuple[str, ...]:
	sign = {ScoreType.BONUS: "+", ScoreType.DEDUCTION: "\u2212"}.get(item.score_type, "")
	most = maximum(item.maximum)
	return (
		item.code,
		item.title,
		f"{sign}{most}" if most else "",
		item.target,
		item.responsible,
		f"{item.due:%d/%m/%Y}" if item.due else "",
		item.note,
	)


def reminder_letter(
	paper: Paper,
	addressees: Sequence[str],
	campaign_title: str,
	overdue: Sequence[Overdue],
	*,
	counted_on: date,
	deadline: datetime | None = None,
	contact: str = "",
) -> Document:
	"""Công văn nhắc hạn: which units still lack what on the day of counting; a long list is an annex."""
	rows = tuple(_overdue_row(number, item) for number, item in enumerate(overdue, 1))
	table = Table(OVERDUE_COLUMNS, rows)
	annexes = (Annex("Danh sách cơ quan, đơn vị chưa hoàn thành", (table,)),) if len(rows) > FEW_ROWS else ()
	return _letter(
		paper,
		addressees,
		f"đôn đốc thực hiện {in_sentence(campaign_title)}",
		(
			*_reminder_opening(campaign_title, overdue, counted_on, listed=bool(annexes)),
			*(() if annexes else (table,)),
			*_reminder_text(paper, deadline, contact),
		),
		"cong-van-nhac-han",
		*annexes,
	)


def _reminder_opening(
	title: str, overdue: Sequence[Overdue], counted_on: date, *, listed: bool
) -> Iterator[Block]:
	units = len({item.unit_name for item in overdue})
	grounds = f"Qua theo dõi việc thực hiện {in_sentence(title)}, tính đến {day_text(counted_on)}"
	undone = f"còn {count(units)} cơ quan, đơn vị chưa hoàn thành"
	if listed:
		yield Paragraph(f"{grounds}, {undone} nội dung được giao (có danh sách tại Phụ lục kèm theo).")
	else:
		yield Paragraph(f"{grounds}, {undone} các nội dung sau:", keep_next=True)


def _reminder_text(paper: Paper, deadline: datetime | None, contact: str) -> Iterator[Block]:
	until = f" trước {time_text(deadline.time())}, {day_text(deadline.date())}" if deadline else ""
	yield Paragraph(
		f"{paper.office.in_text} đề nghị các cơ quan, đơn vị có tên trong danh sách khẩn trương hoàn thành{until}."
		" Hết thời hạn, hệ thống tự động khóa việc nộp; trường hợp nộp chậm được ghi nhận và xem xét điểm theo quy"
		" định của bộ tiêu chí."
	)
	yield Paragraph(f"Nếu có vướng mắc, đề nghị liên hệ {_contact(paper, contact)}./.")


def _overdue_row(number: int, item: Overdue) -> Row:
	return Row((str(number), item.unit_name, item.what, f"{item.due:%d/%m/%Y}"))


def regret_letter(
	paper: Paper, campaign_title: str, outcome: Outcome, *, decision: str = "", contact: str = ""
) -> Document:
	"""To a unit that was not chosen. `decision`: "Quyết định số … ngày … của …"."""
	return _letter(
		paper,
		(outcome.unit_name,),
		f"thông báo kết quả xét khen thưởng {in_sentence(campaign_title)}",
		tuple(_regret_text(paper, campaign_title, outcome, decision, contact)),
		"thong-bao-ket-qua-xet-khen-thuong",
	)


def _regret_text(paper: Paper, title: str, outcome: Outcome, decision: str, contact: str) -> Iterator[Block]:
	grounds = f"Căn cứ {decision}" if decision else "Căn cứ kết quả họp Hội đồng xét khen thưởng"
	yield Paragraph(
		f"{grounds}, {paper.office.in_text} thông báo kết quả xét khen thưởng {in_sentence(title)} đối với"
		f" {outcome.unit_name} như sau:"
	)
	yield Paragraph(_place(outcome), mark="1.")
	levels = " và ".join(outcome.levels) or "khen thưởng"
	why = f" Lý do: {'; '.join(outcome.reasons)}." if outcome.reasons else ""
	yield Paragraph(f"Đơn vị chưa được xét tặng {levels} đợt này.{why}", mark="2.")
	number = 3
	for lead, texts in (
		("Những lĩnh vực đơn vị thực hiện tốt, cần tiếp tục phát huy", outcome.strengths),
		("Những lĩnh vực còn có thể nâng điểm", outcome.weaknesses),
	):
		if texts:
			yield Paragraph(f"{lead}: {'; '.join(texts)}.", mark=f"{number}.")
			number += 1
	yield Paragraph(
		f"{paper.office.in_text} trân trọng ghi nhận kết quả, nỗ lực của tập thể đơn vị và mong đơn vị tiếp tục"
		f" hưởng ứng phong trào thi đua. Mọi ý kiến đề nghị gửi về {_contact(paper, contact)} để được giải thích./."
	)


def _place(outcome: Outcome) -> str:
	text = f"Chỉ số cải cách hành chính của đơn vị đạt {points(outcome.index)}%"
	if outcome.band:
		text += f", xếp loại {outcome.band}"
	if outcome.rank is not None:
		among = f"/{count(outcome.of_units)}" if outcome.of_units else ""
		where = ", ".join(part for part in (outcome.cluster, outcome.group) if part)
		text += f", xếp hạng {count(outcome.rank)}{among}{f' ({where})' if where else ''}"
	return f"{text}."


def _letter(
	paper: Paper, addressees: Sequence[str], about: str, body: tuple[Block, ...], name: str, *annexes: Annex
) -> Document:
	return Document(
		**paper.frame("Công văn", "", answers_to=addressees),
		kind="",
		subject=about,
		body=body,
		addressees=tuple(addressees),
		name=name,
		annexes=annexes,
	)


def _contact(paper: Paper, contact: str) -> str:
	return f"{paper.office.in_text} ({contact})" if contact else paper.office.in_text
