"""Papers of one unit: its score sheet, its list of evidence, the summary of its achievements.

A unit gets its own and no other's; appraised scores stand in them from when its campaign shows them.
"""

from collections.abc import Mapping
from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import getdate

from par_campaign.documents import particulars, sources
from par_campaign.documents.award_data import AwardData
from par_campaign.documents.file import lines, paper_of
from par_campaign.documents.makers import builds
from par_campaign.permissions import roles, secrecy
from par_campaign.printing.builders import (
	Profile,
	evidence_document,
	scorecard_document,
	summary_document,
)
from par_campaign.printing.content import Document
from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.printing.kinds import units as kinds
from par_campaign.printing.names import in_two_lines, natural
from par_campaign.results import in_force
from par_campaign.scoring.model import Campaign, Results
from par_campaign.states import SETTLED, ProposalState


def card_of(filters):
	"""The scorecard named by the filters, if the user may print it."""
	if not filters.scorecard:
		frappe.throw(_("Choose a scorecard first."))
	card = frappe.get_doc("PAR Unit Scorecard", filters.scorecard)
	card.check_permission("print")
	return card


# --- whose paper it is --------------------------------------------------------------------------------


def head_of(unit) -> Signatory:
	"""Who signs for a unit."""
	is_committee = unit.unit_name.casefold().startswith(("ubnd", "ủy ban nhân dân"))
	return Signatory(
		unit.head_title or ("Chủ tịch" if is_committee else "Thủ trưởng đơn vị"), unit.head_name or ""
	)


def unit_paper(campaign, unit, own=None) -> Paper:
	"""A unit's own paper: its name above, its head below, and what its `own` particulars say."""
	paper = paper_of(campaign, own)
	parent = frappe.get_cached_value("PAR Unit", unit.parent_unit, "unit_name") if unit.parent_unit else ""
	if not parent and unit.unit_name.casefold().startswith("sở "):
		parent = campaign.office_parent or ""
	own = own or frappe._dict()
	return replace(
		paper,
		office=Office(
			issuer=in_two_lines(own.issuer or unit.unit_name),
			place=campaign.office_place or "",
			parent=in_two_lines(own.issuer_parent or parent),
			symbol=unit.name,
			name=natural(unit.unit_name),
		),
		signatory=paper.signatory if own.signatory_title else head_of(unit),
		archive=paper.archive or "VT",
	)


# --- score sheet and evidence -------------------------------------------------------------------------


@builds(kinds.ScoreSheet)
def scorecard(filters) -> Document:
	"""Phiếu điểm of a scorecard."""
	card = card_of(filters)
	campaign, results = sources.alone(card)
	evidence = sources.evidence_of([card.name])[card.name]
	doc = frappe.get_cached_doc("PAR Campaign", card.campaign)
	results = replace(results, digest=published_digest(doc))
	return score_sheet(doc, campaign, results, card.unit, evidence, hidden=secrecy.is_hidden(card))


def score_sheet(doc, campaign: Campaign, results: Results, unit: str, evidence, hidden=False) -> Document:
	"""Phiếu điểm from what has been read already; only the unit signs while the appraisal is hidden."""
	unit_doc = frappe.get_cached_doc("PAR Unit", unit)
	paper = unit_paper(doc, unit_doc) if hidden else paper_of(doc)
	return scorecard_document(
		paper,
		campaign,
		results,
		unit,
		evidence=sources.by_leaf(evidence),
		unit_head=None if hidden else head_of(unit_doc),
		appraiser=natural(doc.office_name or "") or "Thẩm định",
	)


def published_digest(campaign) -> str:
	"""The digest of the results as they hang out; none while they may still change."""
	if campaign.workflow_state not in SETTLED or not campaign.published_result:
		return ""
	return frappe.db.get_value("PAR Published Result", campaign.published_result, "digest") or ""


@builds(kinds.EvidenceList)
def evidence(filters) -> Document:
	"""Danh mục tài liệu minh chứng of a scorecard."""
	card = card_of(filters)
	campaign, results = sources.alone(card)
	doc = frappe.get_cached_doc("PAR Campaign", card.campaign)
	unit = frappe.get_cached_doc("PAR Unit", card.unit)
	return evidence_document(
		unit_paper(doc, unit),
		doc.title,
		card.unit_name,
		campaign.criteria_sets[0],
		sources.evidence_of([card.name])[card.name],
		missing=results.cards[card.unit].missing_evidence,
		name=f"danh-muc-tai-lieu-minh-chung-{card.unit}",
	)


# --- summary ------------------------------------------------------------------------------------------


@builds(kinds.Summary)
def summary(filters) -> Document:
	"""Báo cáo tóm tắt thành tích of a scorecard, for the award its particulars or its proposal name."""
	card = card_of(filters)
	if not card.round or secrecy.is_hidden(card):
		frappe.throw(
			_("The summary tells what the appraisal gave, which can be told from when its scores are shown."),
			title=_("Summary of Achievements"),
		)
	doc = frappe.get_cached_doc("PAR Campaign", card.campaign)
	own = particulars.of(kinds.Summary, doc, card.unit)
	level = own.award_level or particulars.proposed_level(card.campaign, card.unit)
	if not level:
		frappe.throw(_("Award: say which award it is for."), title=_("Summary of Achievements"))
	campaign, results = _ranked(card, doc)
	return unit_summary(
		doc, campaign, results, card.unit, level, own, earlier_awards([card.unit], before=doc.year)
	)


def _ranked(card, doc) -> tuple[Campaign, Results]:
	"""With the unit's rank where the user may know it: provincial staff always, a unit once published."""
	if roles.is_provincial() or doc.workflow_state in SETTLED:
		campaign, results, _waiting = in_force.worked_out(doc.name)
		return campaign, results
	campaign, results = sources.alone(card)
	return campaign, replace(
		results, ranking=tuple(replace(row, rank=None, group_rank=None) for row in results.ranking)
	)


def unit_summary(
	doc,
	campaign: Campaign,
	results: Results,
	unit: str,
	level: str,
	own,
	earlier: Mapping,
	citation: str = "",
) -> Document:
	"""Báo cáo tóm tắt thành tích from what has been read already."""
	unit_doc = frappe.get_cached_doc("PAR Unit", unit)
	profile = Profile(
		features=lines(own.features),
		achievements=lines(own.achievements),
		awards=(*lines(own.earlier_awards), *earlier.get(unit, ())),
		citation=citation,
	)
	return summary_document(unit_paper(doc, unit_doc, own), campaign, results, unit, level, profile)


def earlier_awards(units, before: int) -> dict[str, list[str]]:
	"""Awards of campaigns before that year given in this system, by unit, in one query."""
	proposal, campaign = frappe.qb.DocType("PAR Award Proposal"), frappe.qb.DocType("PAR Campaign")
	rows = (
		frappe.qb.from_(proposal)
		.join(campaign)
		.on(proposal.campaign == campaign.name)
		.select(
			proposal.unit,
			proposal.award_level,
			proposal.decision_number,
			proposal.decision_date,
			campaign.year,
		)
		.where(proposal.unit.isin(list(units) or [""]) & (proposal.workflow_state == ProposalState.AWARDED))
		.where(campaign.year < before)
		.orderby(campaign.year)
		.run(as_dict=True)
	)
	found: dict[str, list[str]] = {}
	for row in rows:
		day = f" ngày {getdate(row.decision_date):%d/%m/%Y}" if row.decision_date else ""
		text = f"Năm {row.year}: {row.award_level} (Quyết định số {row.decision_number}{day})"
		found.setdefault(row.unit, []).append(text)
	return found


def summaries(data: AwardData):
	"""Báo cáo tóm tắt thành tích of every unit proposed."""
	units = [row.unit for row in data.proposed]
	earlier = earlier_awards(units, before=data.model.year)
	for row in data.proposed:
		own = particulars.of(kinds.Summary, data.doc, row.unit)
		yield unit_summary(
			data.doc, data.model, data.results, row.unit, row.level, own, earlier, row.citation
		)
