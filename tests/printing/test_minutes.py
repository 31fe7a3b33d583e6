"""Biên bản họp Hội đồng."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from small_campaign import PAPER

from par_campaign.printing.builders import Ballot, Meeting, Member, minutes_document
from par_campaign.printing.content import Cell, Paragraph, Table
from par_campaign.printing.errors import PrintError
from par_campaign.printing.inputs import Signatory
from par_campaign.scoring.model import Vote, VoteBase

MEMBERS = tuple(
	Member(f"Ông Nguyễn Văn {letter}", f"Giám đốc Sở {letter}", present=letter != "K", absence="đi công tác")
	for letter in "ABCDEGHIK"
)
MEETING = Meeting(
	"Hội đồng Thi đua - Khen thưởng tỉnh",
	"Xét khen thưởng năm 2024",
	datetime(2025, 2, 5, 8, 5),
	"Phòng họp số 2",
	Signatory("Chủ tọa", "Nguyễn Văn A"),
	Signatory("Thư ký", "Trần Thị B"),
	MEMBERS,
	end=datetime(2025, 2, 5, 11, 30),
)


def _ballot(**changes) -> Ballot:
	given = Ballot("Cờ thi đua", "Sở Nội vụ", Vote(9, 8, 7), Decimal("99.95"), rank=1, threshold=Decimal(80))
	return replace(given, **changes)


def _paragraphs(document) -> str:
	return "\n".join(f"{b.mark} {b.text}".strip() for b in document.body if isinstance(b, Paragraph))


def _cells(document) -> list[tuple[str, ...]]:
	table = next(block for block in document.body if isinstance(block, Table))
	return [row.cells for row in table.rows]


def test_who_when_and_where():
	document = minutes_document(PAPER, MEETING, [_ballot()])
	text = _paragraphs(document)
	assert "08 giờ 05 phút, ngày 05 tháng 02 năm 2025" in text
	assert "08/09 (tám trên tổng số chín) thành viên" in text
	assert "01/09 (một trên tổng số chín) thành viên" in text
	assert "Ông Nguyễn Văn K, Giám đốc Sở K, lý do: đi công tác." in text
	assert "Giám đốc Sở A, lý do" not in text  # a reason is for who was away
	assert text.endswith("thống nhất thông qua./.")
	assert [signature.lines for signature in document.signatures] == [("Thư ký",), ("Chủ tọa",)]
	assert document.header.place_date == ""


@pytest.mark.parametrize(
	("base", "in_favour", "share", "result"),
	[
		(VoteBase.PRESENT, 7, "87,50", "Đạt"),
		(VoteBase.ALL, 7, "77,78", "Không đạt"),
		(VoteBase.ALL, 8, "88,89", "Đạt"),
	],
)
def test_a_vote_is_counted_as_the_campaign_says(base, in_favour, share, result):
	document = minutes_document(PAPER, MEETING, [_ballot(vote=Vote(9, 8, in_favour))], vote_base=base)
	_title, row = _cells(document)
	assert row[-2:] == (share, result)
	assert row[6] == str(8 - in_favour)
	assert ("thống nhất đề nghị tặng Cờ thi đua cho 01 tập thể" in _paragraphs(document)) == (result == "Đạt")


def test_levels_are_apart_and_ties_are_told():
	ballots = [_ballot(), _ballot(level="Bằng khen", threshold=None), _ballot(note="bằng điểm ở ngưỡng")]
	rows = _cells(minutes_document(PAPER, MEETING, ballots))
	assert [row[0] for row in rows if len(row) == 1] == [
		"Cờ thi đua (tỷ lệ phải đạt: 80% trở lên)",
		"Bằng khen",
	]
	assert ("", Cell("Ghi chú: bằng điểm ở ngưỡng", 8)) in rows


def test_who_is_recused_or_away_is_not_counted():
	vote, recused = Vote(8, 6, 6), {"recused": 1, "away": 1}
	_title, row = _cells(minutes_document(PAPER, MEETING, [_ballot(vote=vote, **recused)]))
	assert row[5:8] == ("6/6", "0", "100,00")
	with pytest.raises(PrintError, match="Sở Nội vụ"):
		minutes_document(PAPER, MEETING, [_ballot(vote=vote, recused=1)])


@pytest.mark.parametrize(
	"wrong",
	[
		{"vote": Vote(9, 7, 7)},  # the meeting had eight
		{"vote": Vote(8, 8, 7)},
		{"vote": Vote(9, 8, 9)},
		{"vote": Vote(9, 8, 7), "against": 2},
		{"vote": Vote(9, 8, -1)},
	],
)
def test_votes_that_cannot_be_are_refused(wrong):
	with pytest.raises(PrintError, match="Sở Nội vụ"):
		minutes_document(PAPER, MEETING, [_ballot(**wrong)])
