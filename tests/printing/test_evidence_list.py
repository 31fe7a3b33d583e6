"""Danh mục tài liệu minh chứng."""

from datetime import date

from small_campaign import CRITERIA, PAPER

from par_campaign.printing.builders import Evidence, evidence_document

PLAN = Evidence(("1.1", "2.1"), "Kế hoạch", "05/KH-SNV", date(2024, 1, 5), "Sở Nội vụ", "Accepted")
REPORT = Evidence(
	("1.2",), "Báo cáo", state="Rejected", reason="sai kỳ", supplementary=True, reference="a.pdf"
)
STRAY = Evidence(("9.9",), "Văn bản khác")


def _rows(items, missing=()):
	document = evidence_document(PAPER, "Chiến dịch", "Sở Nội vụ", CRITERIA, items, missing=missing)
	table, total = document.body
	return [row.cells for row in table.rows], total


def test_documents_stand_under_their_leaves():
	rows, _total = _rows([REPORT, PLAN])
	titles = [row[0] for row in rows if len(row) == 1]
	assert titles == [
		"1. CHỈ ĐẠO, ĐIỀU HÀNH",
		"1.1. Kế hoạch",
		"1.2. Kiểm tra",
		"2. CẢI CÁCH THỂ CHẾ",
		"2.1. Rà soát văn bản",
	]
	assert rows[2] == ("1", "05/KH-SNV", "05/01/2024", "Sở Nội vụ", "Kế hoạch", "Chấp nhận", "")
	assert rows[4][-2:] == ("Không chấp nhận: sai kỳ", "Bổ sung; a.pdf")


def test_a_document_of_two_leaves_is_told_once():
	rows, _total = _rows([REPORT, PLAN])
	assert rows[-1][0] == "1"
	assert rows[-1][1].text == "Đã nêu ở trên (STT 1): Kế hoạch"


def test_what_is_missing_and_what_belongs_nowhere_shows():
	rows, total = _rows([STRAY], missing=("2.1",))
	assert rows[2][1].text == "Chưa có tài liệu minh chứng"
	assert rows[-2] == ("Tài liệu khác",)
	assert rows[-1][4] == "Văn bản khác"
	assert "1 tài liệu; chấp nhận 0, không chấp nhận 0; 1 tiêu chí" in total.text[1].text
