"""Documents of the award procedure: submission, minutes, draft decision, budget."""

from collections import Counter
from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from par_campaign.documents import particulars
from par_campaign.documents.award_data import AwardData, award_data_of, budget_of
from par_campaign.documents.file import lines, paper_of
from par_campaign.documents.letters import plan_of
from par_campaign.documents.makers import builds, offered, offers
from par_campaign.par_campaign.doctype.par_award_proposal.votes import PRESENT, key
from par_campaign.permissions.appraisers import is_sitting
from par_campaign.printing.builders import (
	Ballot,
	Meeting,
	Member,
	budget_document,
	decision_document,
	minutes_document,
	submission_document,
)
from par_campaign.printing.content import Document
from par_campaign.printing.forms import in_sentence
from par_campaign.printing.inputs import Signatory
from par_campaign.printing.kinds import awards as kinds
from par_campaign.printing.names import natural
from par_campaign.results import store
from par_campaign.scoring.model import Vote
from par_campaign.states import ProposalState

POSITIONS = {
	"Chair": "Chủ tịch Hội đồng",
	"Deputy Chair": "Phó Chủ tịch Hội đồng",
	"Member": "Ủy viên",
	"Secretary": "Thư ký Hội đồng",
}
SUMMARIES = "Báo cáo tóm tắt thành tích của các tập thể được đề nghị"


@builds(kinds.Submission, of=award_data_of)
def submission(data: AwardData) -> Document:
	"""Tờ trình đề nghị khen thưởng, with danh sách trích ngang and the ranking as its annexes."""
	own = particulars.of(kinds.Submission, data.doc)
	money = budget_of(data, data.proposed, kinds.Submission) if own.with_money and data.proposed else None
	held = _minutes_reference(data.doc) if particulars.latest_meeting(data.doc.name) else ""
	return submission_document(
		paper_of(data.doc, own, with_bases=True),
		data.model,
		data.results,
		data.not_turned_down,
		to=lines(own.addressees) or lines(offered(kinds.Submission, data.doc)["addressees"]),
		minutes=held,
		budget=money,
		attachments=tuple(text for text in (held, SUMMARIES if data.proposed else "") if text),
		voted_down=data.voted_down,
		plan=plan_of(data.doc),
		council=particulars.of(kinds.Minutes, data.doc).council_name or particulars.COUNCIL,
	)


def _minutes_reference(campaign) -> str:
	own = particulars.of(kinds.Minutes, campaign)
	return _minutes_paper(campaign, own).reference("Biên bản", "BB")


# --- minutes ------------------------------------------------------------------------------------------


@builds(kinds.Minutes, of=award_data_of)
def minutes(data: AwardData) -> Document:
	"""Biên bản họp Hội đồng with the votes taken down on the day of the meeting."""
	own = particulars.of(kinds.Minutes, data.doc)
	day = getdate(own.meeting_begin) if own.meeting_begin else None
	proposals = _voted(data.doc.name, day) if day else []
	if not proposals:
		frappe.throw(
			_(
				"No votes are taken down for a meeting on this day. Enter the day as it stands on the proposals."
			),
			title=_("Council Minutes"),
		)
	votes = _votes([row.name for row in proposals])
	return minutes_document(
		_minutes_paper(data.doc, own),
		_meeting(data.doc, own, votes),
		_ballots(data, proposals, votes),
		vote_base=data.model.vote_base,
	)


def _minutes_paper(campaign, own):
	return paper_of(
		campaign,
		frappe._dict(
			own.as_dict(),
			issuer=own.council_name or particulars.COUNCIL,
			issuer_parent=campaign.office_parent,
			symbol=own.symbol or "BB-HĐTĐKT",
			document_date=own.document_date or (getdate(own.meeting_begin) if own.meeting_begin else None),
		),
	)


def _voted(campaign: str, day) -> list:
	return frappe.get_all(
		"PAR Award Proposal",
		filters={"campaign": campaign, "meeting_date": day, "members_present": (">", 0)},
		fields=[
			"name",
			"unit",
			"unit_name",
			"award_level",
			"unit_group",
			"cluster",
			"rank",
			"index_score",
			"members_total",
			"members_present",
			"votes_for",
			"vote_threshold",
			"tie_note",
			"secret_ballot",
			"ballots_against",
		],
		order_by="unit_group, cluster, rank, unit",
	)


def _votes(proposals: list[str]) -> list:
	return frappe.get_all(
		"PAR Council Vote",
		filters={"parent": ("in", proposals), "parenttype": "PAR Award Proposal"},
		fields=["parent", "user", "member_name", "vote"],
		order_by="parent, idx",
	)


def _meeting(campaign, own, votes: list) -> Meeting:
	there = {key(row) for row in votes if row.vote in (*PRESENT, "Recused")}
	begin = get_datetime(own.meeting_begin)
	sitting = [row for row in campaign.council if is_sitting(row, begin.date())]
	return Meeting(
		council=own.council_name or particulars.COUNCIL,
		purpose=own.purpose or campaign.title,
		begin=begin,
		end=get_datetime(own.meeting_end) if own.meeting_end else None,
		venue=own.venue or "………………",
		chair=Signatory("Chủ tọa", _chair(sitting, there)),
		secretary=Signatory("Thư ký", _first(row for row in sitting if row.position == "Secretary")),
		members=tuple(_member(row, key(row) in there) for row in sitting if row.votes),
		reports=lines(own.reports),
		discussion=lines(own.discussion),
		conclusions=lines(own.conclusions),
	)


def _chair(sitting: list, there: set) -> str:
	"""Who was in the chair: the chair of the council, or a deputy where the chair was away."""
	for position in ("Chair", "Deputy Chair"):
		holders = [row for row in sitting if row.position == position]
		if found := _first(row for row in holders if key(row) in there or not row.votes):
			return found
	return ""


def _first(rows) -> str:
	return next((row.member_name or row.user for row in rows), "")


def _member(row, present: bool) -> Member:
	role = POSITIONS.get(row.position, row.position or "")
	return Member(row.member_name or row.user, row.get("agency") or "", role, present)


def _ballots(data: AwardData, proposals: list, votes: list) -> list[Ballot]:
	there = {key(row) for row in votes if row.vote in (*PRESENT, "Recused")}
	order = {quota.level: quota.precedence for quota in data.model.quotas}
	found = []
	for row in sorted(proposals, key=lambda row: order.get(row.award_level, len(order))):
		cast = {key(vote): vote.vote for vote in votes if vote.parent == row.name}
		counted = Counter(cast.values())
		found.append(
			Ballot(
				level=row.award_level,
				unit_name=row.unit_name,
				vote=Vote(row.members_total, row.members_present, row.votes_for),
				index=store.decimal(row.index_score),
				group=row.unit_group or "",
				cluster=row.cluster or "",
				rank=row.rank or None,
				threshold=store.decimal(row.vote_threshold) or None,
				against=row.ballots_against if row.secret_ballot else counted["Against"],
				secret=bool(row.secret_ballot),
				recused=counted["Recused"],
				away=sum(cast.get(who) not in (*PRESENT, "Recused") for who in there),
				note=row.tie_note or "",
			)
		)
	return found


# --- decision and money -------------------------------------------------------------------------------


@builds(kinds.Decision, of=award_data_of)
def decision(data: AwardData) -> Document:
	"""Dự thảo Quyết định khen thưởng for the units the council has voted for."""
	if not data.chosen:
		frappe.throw(
			_("No proposal has gone to the chairman yet, so there is nothing to decide on."),
			title=_("Award Decision"),
		)
	own = particulars.of(kinds.Decision, data.doc)
	usual = offered(kinds.Decision, data.doc)
	said = frappe._dict({**usual, **{key: value for key, value in own.as_dict().items() if value}})
	paper = paper_of(data.doc, said, with_bases=True)
	paper = replace(paper, office=replace(paper.office, name=said.authority))  # who decides, not the body
	return decision_document(
		replace(paper, draft=any(row.state != ProposalState.AWARDED for row in data.chosen)),
		data.doc.title,
		data.chosen,
		authority=said.authority,
		proposed_by=said.proposed_by,
		executors=lines(said.executors),
		budget=budget_of(data, data.chosen, kinds.Decision) if own.with_money else None,
		fund=said.fund,
	)


@builds(kinds.Budget, of=award_data_of)
def budget(data: AwardData) -> Document:
	"""Bảng tính kinh phí khen thưởng: of the units voted for, or before the vote of those proposed."""
	rows = data.chosen or data.proposed
	if not rows:
		frappe.throw(_("No unit is proposed for an award yet."), title=_("Award Budget"))
	own = particulars.of(kinds.Budget, data.doc)
	return budget_document(paper_of(data.doc, own), data.doc.title, budget_of(data, rows, kinds.Budget))


# --- what they usually say -------------------------------------------------------------------------------


@offers(kinds.Submission)
def _submission_offered(campaign) -> dict:
	return {"addressees": f"Chủ tịch {_committee(campaign)}", "recipients": "Như trên", "with_money": 1}


@offers(kinds.Minutes)
def _minutes_offered(campaign) -> dict:
	day = particulars.latest_meeting(campaign.name)
	return {
		"council_name": particulars.COUNCIL,
		"purpose": f"Xét khen thưởng {in_sentence(campaign.title)}",
		"meeting_begin": get_datetime(f"{day} 08:00:00") if day else None,
	}


@offers(kinds.Decision)
def _decision_offered(campaign) -> dict:
	committee = _committee(campaign)
	office = natural(campaign.office_name or "")
	return {
		"issuer": committee,
		"symbol": "QĐ-UBND",
		"signatory_title": "Chủ tịch",
		"authority": f"Chủ tịch {committee}",
		"proposed_by": f"{_title(campaign)} {office} tại {_submission_reference(campaign)}",
		"executors": f"Chánh Văn phòng {committee}\n{_title(campaign)} {office}",
		"fund": "Quỹ thi đua, khen thưởng",
		"with_money": 1,
	}


def _committee(campaign) -> str:
	return natural(campaign.office_parent or "") or "Ủy ban nhân dân tỉnh"


def _title(campaign) -> str:
	return (campaign.signatory_title or "Giám đốc").capitalize()


def _submission_reference(campaign) -> str:
	paper = paper_of(campaign, particulars.of(kinds.Submission, campaign))
	return paper.reference("Tờ trình", "TTr", with_issuer=False)  # who proposes has been named
