"""Biên bản họp Hội đồng: who was there, what was said, how the council voted on each proposal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from par_campaign.printing.builders.tables import group_row
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
from par_campaign.printing.errors import PrintError
from par_campaign.printing.forms import count, day_text, in_sentence, points
from par_campaign.printing.inputs import Paper, Signatory
from par_campaign.printing.words import number_words, time_text
from par_campaign.scoring.awards import passes_vote
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Vote, VoteBase

PASSED, NOT_PASSED = "Đạt", "Không đạt"

_C, _R = Align.CENTER, Align.RIGHT
_BEFORE = (
	Column("STT", 9, _C),
	Column("Đơn vị", 38),
	Column("Nhóm, cụm", 26),
	Column("Hạng", 11, _C),
	Column("Chỉ số (%)", 13, _R),
	Column("Phiếu đồng ý", 13, _C),
	Column("Phiếu không đồng ý", 15, _C),
)
_ABSTAINED = (Column("Không có ý kiến", 13, _C),)  # where there is any
_INVALID = (Column("Phiếu không hợp lệ", 13, _C),)  # the same of a secret ballot
_AFTER = (Column("Tỷ lệ đồng ý (%)", 14, _R), Column("Kết quả", 13, _C))


@dataclass(frozen=True)
class Member:
	"""A member of the council. `role` is empty for an ordinary member."""

	name: str  # "Ông Nguyễn Văn A"
	position: str = ""  # "Giám đốc Sở Nội vụ"
	role: str = ""  # "Chủ tịch Hội đồng"
	present: bool = True
	absence: str = ""  # the reason given

	def line(self) -> str:
		"""Name, position, role and, of an absent member, the reason."""
		reason = f"lý do: {self.absence}" if self.absence and not self.present else ""
		return ", ".join(part for part in (self.name, self.position, self.role, reason) if part)


@dataclass(frozen=True)
class Ballot:
	"""A proposal and its votes."""

	level: str
	unit_name: str
	vote: Vote
	index: Decimal
	group: str = ""
	cluster: str = ""
	rank: int | None = None
	threshold: Decimal | None = None  # % the level needs
	against: int | None = None  # None: all present who were not in favour
	recused: int = 0  # members of the unit itself: counted neither as present nor among all members
	away: int = 0  # members who were there but not for this vote
	secret: bool = False  # by ballot papers: nobody knows who voted how
	note: str = ""  # on a tie at the cut-off

	@property
	def abstained(self) -> int:
		"""Members present who voted neither way; of a secret ballot the papers blank, spoilt or not given in."""
		return 0 if self.against is None else self.vote.present - self.vote.in_favour - self.against

	def base(self, base: VoteBase) -> int:
		"""How many members the votes in favour are counted against."""
		return self.vote.present if base is VoteBase.PRESENT else self.vote.members

	def share(self, base: VoteBase) -> Decimal | None:
		"""Votes in favour in percent."""
		members = self.base(base)
		return Decimal(self.vote.in_favour) * 100 / members if members else None


@dataclass(frozen=True)
class Meeting:
	"""The council's meeting."""

	council: str  # "Hội đồng Thi đua - Khen thưởng tỉnh Tiền Giang"
	purpose: str  # "xét khen thưởng phong trào …"
	begin: datetime
	venue: str
	chair: Signatory
	secretary: Signatory
	members: tuple[Member, ...]
	reports: tuple[str, ...] = ()  # what was laid before the council
	discussion: tuple[str, ...] = ()
	conclusions: tuple[str, ...] = ()  # besides what the votes say
	end: datetime | None = None


def minutes_document(
	paper: Paper, meeting: Meeting, ballots: Sequence[Ballot], *, vote_base: VoteBase = VoteBase.PRESENT
) -> Document:
	"""The minutes. Raises `PrintError` where votes do not agree with who was there."""
	_check(meeting, ballots)
	frame = paper.frame("Biên bản", "BB", dated=False)
	frame["signatures"] = (meeting.secretary.block(), meeting.chair.block())
	return Document(
		**frame,
		kind="Biên bản",
		subject=f"Họp {meeting.council}\n{in_sentence(meeting.purpose)}",
		body=(
			*_opening(meeting),
			*_content(meeting, ballots, vote_base),
			*_closing(meeting, ballots, vote_base),
		),
		name="bien-ban-hop-hoi-dong",
	)


def _check(meeting: Meeting, ballots: Sequence[Ballot]) -> None:
	there = sum(member.present for member in meeting.members)
	for ballot in ballots:
		vote, against = ballot.vote, ballot.against or 0
		present, members = there - ballot.recused - ballot.away, len(meeting.members) - ballot.recused
		if (vote.present, vote.members) != (present, members):
			message = _("{0}: the vote counts {1} of {2} members, the meeting {3} of {4}.")
			counts = (vote.present, vote.members, present, members)
			raise PrintError(message.format(ballot.unit_name, *counts))
		if vote.in_favour + against > vote.present or min(vote.in_favour, against) < 0:
			raise PrintError(_("{0}: there are more votes than members present.").format(ballot.unit_name))


def _opening(meeting: Meeting) -> Iterator[Block]:
	yield Paragraph(f"Thời gian bắt đầu: {_moment(meeting.begin)}.")
	yield Paragraph(f"Địa điểm: {meeting.venue}.")
	yield Heading("I. Thành phần tham dự")
	present = [member for member in meeting.members if member.present]
	absent = [member for member in meeting.members if not member.present]
	yield Paragraph(f"Chủ tọa: {_with_position(meeting, meeting.chair.name)}.", mark="1.")
	yield Paragraph(
		f"Thư ký (người ghi biên bản): {_with_position(meeting, meeting.secretary.name)}.", mark="2."
	)
	yield Paragraph(
		f"Thành viên có mặt: {_of_all(len(present), len(meeting.members))}, gồm:", mark="3.", keep_next=True
	)
	yield from _people(present)
	if absent:
		yield Paragraph(f"Thành viên vắng mặt: {_of_all(len(absent), len(meeting.members))}, gồm:", mark="4.")
		yield from _people(absent)


def _with_position(meeting: Meeting, name: str) -> str:
	"""A member by name, with position and role where the meeting knows them."""
	return next((member.line() for member in meeting.members if member.name == name), name)


def _moment(at: datetime) -> str:
	return f"{time_text(at.time())}, {day_text(at.date())}"


def _of_all(some: int, members: int) -> str:
	return f"{count(some)}/{count(members)} ({number_words(some)} trên tổng số {number_words(members)}) thành viên"


def _people(members: Sequence[Member]) -> Iterator[Block]:
	for number, member in enumerate(members, 1):
		yield Paragraph(f"{member.line()}{'.' if number == len(members) else ';'}", mark="-")


def _content(meeting: Meeting, ballots: Sequence[Ballot], base: VoteBase) -> Iterator[Block]:
	yield Heading("II. Nội dung cuộc họp")
	number = 0
	for title, texts in (
		("Báo cáo tại cuộc họp", meeting.reports),
		("Ý kiến thảo luận", meeting.discussion),
	):
		if texts:
			number += 1
			yield Heading(f"{number}. {title}", 2)
			yield from (Paragraph(text, mark="-") for text in texts)
	yield Heading(f"{number + 1}. Kết quả biểu quyết", 2)
	yield Paragraph(f"Hình thức biểu quyết: {_how(ballots)}.")
	counted = "thành viên có mặt" if base is VoteBase.PRESENT else "tổng số thành viên Hội đồng"
	yield Paragraph(
		f"Tỷ lệ phiếu đồng ý tính trên số {counted}.".replace("số tổng số", "tổng số"), keep_next=True
	)
	with_abstained = any(ballot.abstained for ballot in ballots)
	neither = _INVALID if all(ballot.secret for ballot in ballots) else _ABSTAINED
	columns = (*_BEFORE, *(neither if with_abstained else ()), *_AFTER)
	yield Table(columns, tuple(_rows(ballots, base, with_abstained)), size=11)


def _how(ballots: Sequence[Ballot]) -> str:
	"""How the council voted; both ways where it did not vote on all alike."""
	kinds = dict.fromkeys("bỏ phiếu kín" if ballot.secret else "biểu quyết công khai" for ballot in ballots)
	return " và ".join(kinds)


def _rows(ballots: Sequence[Ballot], base: VoteBase, with_abstained: bool) -> Iterator[Row]:
	for level in dict.fromkeys(ballot.level for ballot in ballots):
		of_level = [ballot for ballot in ballots if ballot.level == level]
		thresholds = dict.fromkeys(b.threshold for b in of_level if b.threshold is not None)
		needed = ", ".join(f"{format_vi(threshold, None)}%" for threshold in thresholds)
		yield group_row(f"{level}{f' (tỷ lệ phải đạt: {needed} trở lên)' if needed else ''}")
		for number, ballot in enumerate(of_level, 1):
			cells = _cells(number, ballot, base, with_abstained)
			yield Row(cells)
			if notes := _notes(ballot):
				yield Row(("", Cell(f"Ghi chú: {notes}", len(cells) - 1)), RowStyle.DETAIL)


def _cells(number: int, ballot: Ballot, base: VoteBase, with_abstained: bool) -> tuple[str, ...]:
	vote = ballot.vote
	against = vote.present - vote.in_favour if ballot.against is None else ballot.against
	return (
		str(number),
		ballot.unit_name,
		", ".join(part for part in (ballot.group, ballot.cluster) if part),
		"-" if ballot.rank is None else str(ballot.rank),
		points(ballot.index),
		f"{vote.in_favour}/{ballot.base(base)}",
		str(against),
		*((str(ballot.abstained),) if with_abstained else ()),
		points(ballot.share(base)),
		PASSED if _passes(ballot, base) else NOT_PASSED,
	)


def _notes(ballot: Ballot) -> str:
	"""Why fewer voted than were there, and how a tie was decided."""
	parts = [
		f"{count(ballot.recused)} thành viên thuộc đơn vị không tham gia biểu quyết"
		if ballot.recused
		else "",
		f"{count(ballot.away)} thành viên vắng mặt khi biểu quyết" if ballot.away else "",
		ballot.note,
	]
	return "; ".join(part for part in parts if part)


def _passes(ballot: Ballot, base: VoteBase) -> bool:
	return passes_vote(ballot.vote, ballot.threshold, base)


def _closing(meeting: Meeting, ballots: Sequence[Ballot], base: VoteBase) -> Iterator[Block]:
	yield Heading("III. Kết luận")
	number = 0
	for lead, told in _outcomes(ballots, base):
		number += 1
		yield Paragraph(lead, mark=f"{number}.", keep_next=bool(told))
		for place, ballot in enumerate(told, 1):
			yield Paragraph(_in_words(ballot, base) + ("." if place == len(told) else ";"), mark="-")
	for text in meeting.conclusions:
		number += 1
		yield Paragraph(text, mark=f"{number}.")
	end = _moment(meeting.end) if meeting.end else "…… giờ …… phút, cùng ngày"
	yield Paragraph(
		f"Cuộc họp kết thúc vào {end}. Biên bản đã được đọc lại và các thành viên dự họp thống nhất thông qua./."
	)


def _outcomes(ballots: Sequence[Ballot], base: VoteBase) -> Iterator[tuple[str, list[Ballot]]]:
	"""By level: whom the council proposes, and who has not reached the share of votes."""
	for level in dict.fromkeys(ballot.level for ballot in ballots):
		of_level = [ballot for ballot in ballots if ballot.level == level]
		passed = [ballot for ballot in of_level if _passes(ballot, base)]
		failed = [ballot for ballot in of_level if not _passes(ballot, base)]
		if passed:
			some = f"{count(len(passed))} ({number_words(len(passed))}) tập thể"
			yield f"Hội đồng thống nhất đề nghị tặng {level} cho {some}, gồm:", passed
		else:
			yield f"Không có tập thể nào đủ tỷ lệ phiếu để đề nghị tặng {level}.", []
		if failed:
			yield f"Không đủ tỷ lệ phiếu để đề nghị tặng {level}:", failed


def _in_words(ballot: Ballot, base: VoteBase) -> str:
	"""Sở Nội vụ: 07/09 (bảy trên tổng số chín) phiếu đồng ý, đạt 77,78%."""
	votes, members = ballot.vote.in_favour, ballot.base(base)
	counted = f"{count(votes)}/{count(members)} ({number_words(votes)} trên tổng số {number_words(members)})"
	share = ballot.share(base)
	return f"{ballot.unit_name}: {counted} phiếu đồng ý{'' if share is None else f', đạt {points(share)}%'}"
