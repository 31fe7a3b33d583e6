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
	assert document.subject.endswith("\nxét khen thưởng năm 2024")


def test_the_chair_is_told_with_position_and_role():
	chair = replace(MEMBERS[0], role="Chủ tịch Hội đồng")
	meeting = replace(MEETING, chair=Signatory("Chủ tọa", chair.name), members=(chair, *MEMBERS[1:]))
	text = _paragraphs(minutes_document(PAPER, meeting, [_ballot()]))
	assert "1. Chủ tọa: Ông Nguyễn Văn A, Giám đốc Sở A, Chủ tịch Hội đồng." in text


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
	text = _paragraphs(document)
	assert ("thống nhất đề nghị tặng Cờ thi đua cho 01 (một) tập thể, gồm:" in text) == (result == "Đạt")
	assert ("Không đủ tỷ lệ phiếu để đề nghị tặng Cờ thi đua:" in text) == (result == "Không đạt")
	assert f"phiếu đồng ý, đạt {share}%." in text


def test_votes_are_concluded_in_figures_and_words():
	passed, failed = _ballot(), _ballot(unit_name="Sở Y tế", vote=Vote(9, 8, 4))
	text = _paragraphs(minutes_document(PAPER, MEETING, [passed, failed]))
	assert "- Sở Nội vụ: 07/08 (bảy trên tổng số tám) phiếu đồng ý, đạt 87,50%." in text
	assert "- Sở Y tế: 04/08 (bốn trên tổng số tám) phiếu đồng ý, đạt 50,00%." in text


def test_abstentions_have_a_column_where_there_are_any():
	def heads(*ballots):
		document = minutes_document(PAPER, MEETING, ballots)
		return [c.title for c in next(b for b in document.body if isinstance(b, Table)).columns]

	assert "Không có ý kiến" not in heads(_ballot(against=1))
	abstained = _ballot(vote=Vote(9, 8, 6), against=1)
	assert "Không có ý kiến" in heads(_ballot(against=1), abstained)
	_title, row = _cells(minutes_document(PAPER, MEETING, [abstained]))
	assert row[5:9] == ("6/8", "1", "1", "75,00")


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
	_title, row, note = _cells(minutes_document(PAPER, MEETING, [_ballot(vote=vote, **recused)]))
	assert row[5:8] == ("6/6", "0", "100,00")
	told = (
		"Ghi chú: 01 thành viên thuộc đơn vị không tham gia biểu quyết; 01 thành viên vắng mặt khi biểu quyết"
	)
	assert note == ("", Cell(told, 8))
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


def test_a_secret_ballot_is_told_as_one_with_its_invalid_papers():
	document = minutes_document(PAPER, MEETING, [_ballot(against=0, secret=True)])
	assert "Hình thức biểu quyết: bỏ phiếu kín." in _paragraphs(document)
	table = next(block for block in document.body if isinstance(block, Table))
	titles = [column.title for column in table.columns]
	assert "Phiếu không hợp lệ" in titles and "Không có ý kiến" not in titles
	assert _cells(document)[1][titles.index("Phiếu không hợp lệ")] == "1"


def test_open_votes_and_secret_ballots_of_one_meeting():
	ballots = [_ballot(against=0), _ballot(unit_name="Sở Tài chính", against=0, secret=True)]
	document = minutes_document(PAPER, MEETING, ballots)
	assert "biểu quyết công khai và bỏ phiếu kín." in _paragraphs(document)
	table = next(block for block in document.body if isinstance(block, Table))
	assert "Không có ý kiến" in [column.title for column in table.columns]
