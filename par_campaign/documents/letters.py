"""Letters: targets given to the units, reminders, and what is said to units that were not chosen."""

from collections import Counter
from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, now_datetime

from par_campaign.documents import particulars
from par_campaign.documents.award_data import AwardData
from par_campaign.documents.file import campaign_of, lines, paper_of
from par_campaign.documents.makers import builds, offers
from par_campaign.documents.units import unit_paper
from par_campaign.notices import schedule
from par_campaign.permissions import roles
from par_campaign.printing.builders import (
	Assignment,
	Outcome,
	Overdue,
	assignment_letter,
	regret_letter,
	reminder_letter,
)
from par_campaign.printing.builders.scorecard_rows import answers
from par_campaign.printing.content import Document
from par_campaign.printing.forms import day_text
from par_campaign.printing.kinds import letters as kinds
from par_campaign.printing.kinds.awards import Minutes, Regret
from par_campaign.results import store
from par_campaign.results.proposals import proposals_of
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.model import Leaf, Rule, RuleKind, ScoreType, Selection
from par_campaign.states import CHOSEN, ProposalState, ScorecardState

CONSIDERED = (Selection.QUALIFIED, Selection.TIED, Selection.CONTINGENT)
AREAS_NAMED = 2
NAMED = 5  # so many units a reminder is addressed to by name
FULL = "Đạt điểm tối đa"


# --- công văn giao chỉ tiêu ---------------------------------------------------------------------------


@builds(kinds.Assignment)
def assignment(filters) -> Document:
	"""Công văn giao chỉ tiêu: of the province to a group of units, or of a unit to its divisions."""
	return _of_unit(filters) if filters.unit else _of_group(filters)


def _of_group(filters) -> Document:
	campaign = campaign_of(filters)
	roles.require_provincial()
	group = _group(campaign, filters.unit_group)
	own = particulars.of(kinds.Assignment, campaign)
	due = getdate(campaign.self_scoring_deadline) if campaign.self_scoring_deadline else None
	criteria = store.criteria_set(group.criteria_set)
	areas = {row.code: f"{row.code}. {row.title.upper()}" for row in criteria.criteria if not row.parent}
	rows = [
		Assignment(
			leaf.code,
			leaf.title,
			leaf.maximum,
			target_of(leaf),
			due=due,
			area=areas.get(leaf.area, ""),
			score_type=leaf.score_type,
		)
		for leaf in criteria.leaves()
		if leaf.rule.kind is not RuleKind.EXTERNAL
	]
	return _letter(campaign, paper_of(campaign, own), own, rows, f"Các đơn vị thuộc nhóm {group.unit_group}")


def _group(campaign, name: str | None):
	groups = [row for row in campaign.groups if name in (None, "", row.unit_group)]
	if len(groups) != 1:
		frappe.throw(_("Choose the group of units the letter goes to."), title=_("Assignment Letter"))
	return groups[0]


def _of_unit(filters) -> Document:
	campaign = campaign_of(filters)
	if not roles.belongs_to(filters.unit):
		frappe.throw(_("A unit's plan is its own."), frappe.PermissionError)
	own = particulars.of(kinds.Assignment, campaign, filters.unit)
	tasks = frappe.get_list(
		"PAR Task",
		filters={"campaign": campaign.name, "unit": filters.unit},
		fields=["name", "title", "division", "person", "due_date"],
		order_by="due_date, name",
		limit_page_length=0,
	)
	if not tasks:
		frappe.throw(_("No tasks are planned yet."), title=_("Assignment Letter"))
	codes: dict[str, list[str]] = {task.name: [] for task in tasks}
	for row in frappe.get_all(
		"PAR Task Row",
		filters={"parent": ("in", list(codes)), "parenttype": "PAR Task"},
		fields=["parent", "code"],
		order_by="parent, idx",
	):
		codes[row.parent].append(row.code)
	people = _names({task.person for task in tasks if task.person})
	rows = [
		Assignment(
			", ".join(codes[task.name]),
			task.title,
			responsible=", ".join(part for part in (task.division, people.get(task.person)) if part),
			due=task.due_date,
		)
		for task in tasks
	]
	unit = frappe.get_cached_doc("PAR Unit", filters.unit)
	paper = unit_paper(campaign, unit, own)
	return _letter(campaign, paper, own, rows, "Các phòng, đơn vị trực thuộc", to_own=True)


def _names(users: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"User", filters={"name": ("in", sorted(users))}, fields=["name", "full_name"], order_by="name"
	)
	return {row.name: row.full_name for row in rows}


def _letter(campaign, paper, own, rows, to: str, *, to_own: bool = False) -> Document:
	return assignment_letter(
		paper,
		lines(own.addressees) or (to,),
		campaign.title,
		rows,
		plan=plan_of(campaign),
		report_by=own.report_by and getdate(own.report_by),
		contact=own.contact or "",
		to_own=to_own,
	)


def plan_of(campaign) -> str:
	"""How documents name the campaign's plan: "Kế hoạch số … ngày …"; empty without a number."""
	if not campaign.plan_number:
		return ""
	day = f" {day_text(getdate(campaign.plan_date))}" if campaign.plan_date else ""
	return f"Kế hoạch số {campaign.plan_number}{day}"


def target_of(leaf: Leaf) -> str:
	"""What earns a row's full points, in words."""
	if leaf.score_type is ScoreType.DEDUCTION:
		return "Không để phát sinh"
	return _full_points(leaf.rule) or ("Khuyến khích" if leaf.score_type is ScoreType.BONUS else FULL)


def _full_points(rule: Rule) -> str:
	if rule.kind is RuleKind.PROPORTIONAL and rule.full is not None:
		return f"Từ {format_vi(rule.full, None)}% trở lên" if rule.full < 100 else "100%"
	if rule.kind is RuleKind.CHOICE and rule.options:
		return max(rule.options, key=lambda option: option.points).label
	if rule.tiers:
		best = max(rule.tiers, key=lambda tier: tier.points if tier.points is not None else -1)
		return answers(replace(rule, tiers=(best,))).rpartition(":")[0]
	return "Đạt" if rule.kind is RuleKind.YES_NO else ""


# --- công văn nhắc hạn --------------------------------------------------------------------------------


@builds(kinds.Reminder)
def reminder(filters) -> Document:
	"""Công văn nhắc hạn to the units that still hold their scorecards."""
	campaign = campaign_of(filters)
	roles.require_provincial()
	own = particulars.of(kinds.Reminder, campaign)
	cards = [card for card in schedule.cards_with_unit() if card.campaign == campaign.name]
	if not cards:
		frappe.throw(_("No unit has anything to hand in."), title=_("Reminder Letter"))
	cards.sort(key=lambda card: (card.due, card.unit_name))
	dues = {card.due for card in cards if card.due >= now_datetime()}
	return reminder_letter(
		paper_of(campaign, own),
		lines(own.addressees) or _reminded(cards),
		campaign.title,
		[Overdue(card.unit_name, _undone(card), getdate(card.due)) for card in cards],
		counted_on=getdate(),
		deadline=dues.pop() if len(dues) == 1 else None,
		contact=own.contact or "",
	)


def _reminded(cards: list) -> tuple[str, ...]:
	"""A few units by name; more by the list."""
	names = tuple(dict.fromkeys(card.unit_name for card in cards))
	return names if len(names) <= NAMED else ("Các cơ quan, đơn vị có tên trong danh sách",)


def _undone(card) -> str:
	if card.workflow_state == ScorecardState.RETURNED:
		return "Chưa giải trình, bổ sung theo yêu cầu"
	left = f" (còn {card.missing_count} tiêu chí chưa chấm)" if card.missing_count else ""
	return f"Chưa nộp phiếu tự chấm điểm{left}"


# --- letters to units not chosen ----------------------------------------------------------------------


def regrets(data: AwardData, unit: str | None = None) -> list[Document]:
	"""A letter to each unit that was considered and not chosen, or to the one named."""
	if not data.chosen:
		frappe.throw(
			_("No award is on its way yet, so there is nothing to tell the other units."),
			title=_("Letter to Units Not Chosen"),
		)
	own = particulars.of(Regret, data.doc)
	outcomes = _outcomes(data, unit)
	if not outcomes:
		frappe.throw(
			_("Every unit that was considered has been chosen."), title=_("Letter to Units Not Chosen")
		)
	paper = paper_of(data.doc, own)
	return [
		regret_letter(
			paper,
			data.doc.title,
			outcome,
			decision=own.decision_reference or _decision(data) or _session(data.doc),
			contact=own.contact or "",
		)
		for outcome in outcomes
	]


def _decision(data: AwardData) -> str:
	found = [row.decision for row in data.chosen if row.decision]
	if not found:
		return ""
	number, _separator, day = found[-1].partition(" ngày ")
	return f"Quyết định số {number}{f' ngày {formatdate(day)}' if day else ''}"


def _session(campaign) -> str:
	"""The council's session that voted, while nothing has been decided."""
	council = particulars.of(Minutes, campaign).council_name or particulars.COUNCIL
	day = particulars.latest_meeting(campaign.name)
	return f"kết quả họp {council}{f' {day_text(getdate(day))}' if day else ''}"


def _outcomes(data: AwardData, unit: str | None) -> list[Outcome]:
	chosen = {row.unit for row in data.chosen}
	said = proposals_of(data.doc.name)
	awards: dict[str, list] = {}
	for award in data.results.awards:
		considered = award.selection in CONSIDERED or (award.unit, award.level) in said
		if award.unit not in chosen and (considered or award.unit == unit):
			awards.setdefault(award.unit, []).append(award)
	places = Counter((row.group, row.cluster) for row in data.results.ranking if row.rank is not None)
	return [
		_outcome(data, row, awards[row.unit], said, places[row.group, row.cluster])
		for row in data.results.ranking
		if row.unit in awards and unit in (None, "", row.unit)
	]


def _outcome(data: AwardData, row, awards: list, said: dict, of_units: int) -> Outcome:
	thresholds = {
		quota.level: quota.threshold
		for quota in data.model.quotas
		if quota.group == row.group and quota.cluster in ("", row.cluster)
	}
	best, worst = _areas(data, row.unit)
	reasons: list[str] = []
	for award in awards:
		# whoever was turned down need not be told of quotas
		proposal = said.get((row.unit, award.level))
		reasons += _turned_down(proposal, thresholds.get(award.level)) or award.reasons
	return Outcome(
		unit_name=row.unit_name,
		index=row.index,
		group=row.group,
		cluster=row.cluster,
		rank=row.rank,
		of_units=of_units,
		band=row.band,
		levels=tuple(dict.fromkeys(award.level for award in awards)),
		reasons=tuple(dict.fromkeys(reasons)),
		strengths=best,
		weaknesses=worst,
	)


def _turned_down(proposal, threshold) -> list[str]:
	if not proposal or proposal.workflow_state in CHOSEN:
		return []
	if proposal.workflow_state == ProposalState.REJECTED:
		return ["người có thẩm quyền không quyết định khen thưởng"]
	if not proposal.members_present:
		return []
	share = f"{proposal.votes_for}/{proposal.members_present} phiếu đồng ý"
	needed = f", chưa đạt tỷ lệ tối thiểu {format_vi(threshold, None)}%" if threshold else ""
	return [
		f"kết quả biểu quyết của Hội đồng: {share} ({format_vi(store.decimal(proposal.vote_percent))}%){needed}"
	]


def _areas(data: AwardData, unit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
	"""Titles of the areas with the best and the lowest share of points."""
	card = next(card for card in data.model.cards if card.unit == unit)
	criteria = next(found for found in data.model.criteria_sets if found.name == card.criteria_set)
	sums = data.results.cards[unit].totals.rows
	shares = [
		(sums[row.code].earned / sums[row.code].maximum, _in_a_sentence(row.title))
		for row in criteria.criteria
		if not row.parent and row.code in sums and sums[row.code].maximum
	]
	shares.sort(key=lambda pair: pair[0], reverse=True)
	best = [title for share, title in shares[:AREAS_NAMED] if share >= 1 or share == shares[0][0]]
	worst = [title for share, title in reversed(shares[-AREAS_NAMED:]) if share < 1 and title not in best]
	return tuple(best), tuple(worst)


def _in_a_sentence(title: str) -> str:
	return title.capitalize() if title.isupper() else title


# --- what they usually say -------------------------------------------------------------------------------


@offers(kinds.Assignment)
@offers(kinds.Reminder)
@offers(Regret)
def _letter_offered(_campaign) -> dict:
	return {"recipients": "Như trên"}
