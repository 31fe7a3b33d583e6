"""Tờ trình, danh sách trích ngang and draft decision: what they say of whom."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import small_campaign
from small_campaign import PAPER

from par_campaign.printing.builders import decision_document, proposal_rows, submission_document
from par_campaign.printing.builders.award_list import ProposalRow
from par_campaign.printing.content import Article, Paragraph, Table
from par_campaign.printing.money import AwardRate, BaseSalary, budget
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.digest import campaign_from_json, canonical_json
from par_campaign.scoring.explain import explain_proposal
from par_campaign.scoring.model import Proposal, Selection, Vote

FLAG = "Cờ thi đua"
TITLE = "Thi đua đẩy mạnh cải cách hành chính năm 2024"
ROWS = tuple(
	ProposalRow(
		name, FLAG, "Sở, ban, ngành", "", rank, Decimal(90), vote=Vote(9, 9, 9), state="Submitted to Chairman"
	)
	for rank, name in enumerate(("Sở Nội vụ", "Sở Y tế"), 1)
)
FAILED = ProposalRow(
	"Sở Tư pháp", FLAG, "Sở, ban, ngành", "", 3, Decimal(88), vote=Vote(9, 9, 2), state="Council"
)


def _texts(body) -> str:
	return "\n".join(str(block.text) for block in body if isinstance(block, Paragraph | Article))


def _submission(rows=ROWS, **more):
	campaign = small_campaign.campaign()
	return submission_document(
		PAPER, campaign, evaluate(campaign), rows, to=("Chủ tịch Ủy ban nhân dân tỉnh",), **more
	)


def test_the_submission_names_plan_council_and_who_fell_short():
	document = _submission(
		voted_down=(FAILED,), plan="Kế hoạch số 12/KH-UBND", council="Hội đồng Thi đua - Khen thưởng"
	)
	text = _texts(document.body)
	assert text.startswith("Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ đã tổ chức thẩm định")
	assert "Hội đồng Thi đua - Khen thưởng đã họp, xét khen thưởng." in text
	assert "đã biểu quyết 03/03 trường hợp" in text
	assert "không đề nghị khen thưởng: 01 trường hợp, gồm: Sở Tư pháp (Cờ thi đua)." in text
	assert document.subject.endswith("\ntrong thi đua đẩy mạnh cải cách hành chính năm 2024")


def test_no_session_is_told_of_before_the_vote():
	campaign = small_campaign.campaign()
	rows = proposal_rows(campaign, evaluate(campaign))
	text = _texts(_submission(rows).body)
	assert "đã họp" not in text and "chưa biểu quyết" in text


def test_the_list_for_who_decides_tells_no_states_of_the_desk():
	tied = ProposalRow("Sở Tài chính", FLAG, "Sở, ban, ngành", "", 1, Decimal(90), selection=Selection.TIED)
	(table,) = (block for block in _submission((*ROWS, tied)).annexes[0].body if isinstance(block, Table))
	assert table.columns[-1].title == "Ghi chú"
	assert table.rows[0].cells == ("Cờ thi đua (03 tập thể)",)
	assert [row.cells[-1] for row in table.rows[1:]] == ["", "", "Bằng điểm ở ngưỡng, Hội đồng quyết định"]


def _decision(confirmed: bool):
	rates = [AwardRate(FLAG, date(2024, 1, 1), Decimal(8), confirmed=confirmed)]
	salaries = [BaseSalary(date(2024, 7, 1), Decimal(2340000))]
	return decision_document(
		PAPER,
		TITLE,
		ROWS,
		authority="Chủ tịch Ủy ban nhân dân tỉnh",
		proposed_by="Giám đốc Sở Nội vụ",
		executors=("Chánh Văn phòng",),
		budget=budget([row.level for row in ROWS], date(2025, 1, 5), rates, salaries),
	)


def test_the_decision_gives_money_in_figures_and_words():
	document = _decision(confirmed=True)
	text = _texts(document.body)
	assert "Khen thưởng 02 tập thể có thành tích trong thi đua đẩy mạnh" in text
	assert "Tặng Cờ thi đua cho 02 tập thể." in text
	total = "Ba mươi bảy triệu bốn trăm bốn mươi nghìn đồng"
	assert f"37.440.000 đồng (bằng chữ: {total})" in text
	(table,) = document.annexes[0].body
	assert table.rows[1].cells[-1] == "18.720.000"


def test_an_amount_by_an_unconfirmed_coefficient_is_marked_wherever_it_stands():
	table, remark = _decision(confirmed=False).annexes[0].body
	assert table.rows[1].cells[-1] == "18.720.000 (*)"
	assert remark.small and remark.text[0].text == "(*) "


def test_the_issuer_is_left_out_where_the_sentence_has_named_it():
	assert (
		PAPER.reference("Tờ trình", "TTr") == "Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2025 của Sở Nội vụ"
	)
	short = PAPER.reference("Tờ trình", "TTr", with_issuer=False)
	assert short == "Tờ trình số 05/TTr-SNV ngày 05 tháng 02 năm 2025"


def test_a_decisions_date_is_written_as_dates_are():
	"""It was carried as text and printed as the database has it: ngày 2024-01-05."""
	campaign = small_campaign.campaign()
	award = evaluate(campaign).awards[0]
	decided = Proposal(award.unit, award.level, "Awarded", Vote(9, 9, 9), "01/QĐ-UBND", date(2024, 1, 5))
	campaign = replace(campaign, proposals=(decided,))
	rows = proposal_rows(campaign, evaluate(campaign), {})
	assert [row.decision for row in rows if row.decision] == ["01/QĐ-UBND ngày 05/01/2024"]
	(_vote, said) = explain_proposal(decided, campaign.vote_base, None)
	assert said.endswith("05/01/2024")


def test_a_decision_keeps_the_digest_it_had_as_text():
	award = Proposal("A", FLAG, "Awarded", decision_number="1", decision_date=date(2024, 1, 5))
	campaign = replace(small_campaign.campaign(), proposals=(award, Proposal("B", FLAG, "Draft")))
	text = canonical_json(campaign)
	assert '"decision_date":"2024-01-05"' in text and text.count("decision_date") == 1
	assert campaign_from_json(text) == campaign
