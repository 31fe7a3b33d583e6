"""PAR Award Proposals: who qualifies under the quotas, ties at the cut-off, and what was proposed."""

from collections.abc import Mapping

import frappe
from frappe import _

from par_campaign.par_campaign.report.live import live
from par_campaign.par_campaign.report.scorecards import names_by_unit
from par_campaign.permissions import roles
from par_campaign.results import in_force
from par_campaign.results.proposals import proposals_of
from par_campaign.scoring.model import AwardRow, Selection
from par_campaign.states import ProposalState

SHOWN = (Selection.QUALIFIED, Selection.TIED)


@live("PAR Award Proposals")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart (none) and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(), []
	rows = get_rows(filters)
	return get_columns(), rows, get_message(filters, rows), None, get_summary(rows)


def get_rows(filters) -> list[dict]:
	"""One row for each unit and award it stands a chance of; all units with `show_all`."""
	roles.require_provincial()
	frappe.has_permission("PAR Campaign", doc=filters.campaign, throw=True)
	_model, results, _waiting = in_force.ranked(filters.campaign)
	ranking = {row.unit: row for row in results.ranking}
	proposals = proposals_of(filters.campaign)
	names = names_by_unit(filters.campaign)
	rows = []
	for award in results.awards:
		proposal = proposals.get((award.unit, award.level))
		if not (filters.show_all or proposal or award.selection in SHOWN):
			continue
		if filters.unit_group and award.group != filters.unit_group:
			continue
		if filters.award_level and award.level != filters.award_level:
			continue
		row = _row(award, ranking[award.unit], proposal)
		rows.append({**row, "scorecard": names.get(award.unit)})
	return rows


def _row(award: AwardRow, ranked, proposal) -> dict:
	proposal = proposal or frappe._dict()
	return {
		"award_level": award.level,
		"unit": award.unit,
		"unit_name": ranked.unit_name,
		"unit_group": award.group,
		"cluster": award.cluster,
		"rank": award.rank,
		"index_score": float(award.index),
		"band": ranked.band,
		"selection": award.selection.value,
		"reasons": "; ".join(award.reasons),
		"proposal": proposal.name,
		"state": proposal.workflow_state,
		"citation": proposal.citation,
		"vote_percent": proposal.vote_percent if proposal.members_present else None,
		"votes": f"{proposal.votes_for}/{proposal.members_present}" if proposal.members_present else "",
		"decision": _decision(proposal),
	}


def _decision(proposal) -> str:
	if not proposal.decision_number:
		return ""
	return f"{proposal.decision_number} ({frappe.utils.formatdate(proposal.decision_date)})"


def get_columns() -> list[dict]:
	return [
		{"fieldname": "award_level", "label": _("Award"), "fieldtype": "Data", "width": 325},
		{"fieldname": "rank", "label": _("Rank"), "fieldtype": "Int", "width": 60},
		{"fieldname": "unit_name", "label": _("Unit"), "fieldtype": "Data", "width": 220},
		{"fieldname": "unit_group", "label": _("Group"), "fieldtype": "Data", "width": 150},
		{"fieldname": "cluster", "label": _("Cluster"), "fieldtype": "Data", "width": 80, "align": "left"},
		{"fieldname": "index_score", "label": _("Index"), "fieldtype": "Float", "precision": 2, "width": 90},
		{"fieldname": "band", "label": _("Class"), "fieldtype": "Data", "width": 85},
		{"fieldname": "selection", "label": _("Selection"), "fieldtype": "Data", "width": 140},
		{"fieldname": "reasons", "label": _("Why"), "fieldtype": "Data", "width": 260},
		{
			"fieldname": "proposal",
			"label": _("Proposal"),
			"fieldtype": "Link",
			"options": "PAR Award Proposal",
			"width": 150,
		},
		{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 130},
		{"fieldname": "votes", "label": _("Votes"), "fieldtype": "Data", "width": 70},
		{"fieldname": "vote_percent", "label": _("In Favour (%)"), "fieldtype": "Percent", "width": 100},
		{"fieldname": "decision", "label": _("Decision"), "fieldtype": "Data", "width": 150},
	]


def get_message(filters, rows: list[dict]) -> str | None:
	"""Whether places may still move, and how many units the council must decide among."""
	tied = sum(row["selection"] == Selection.TIED.value for row in rows)
	notes = []
	if not in_force.version_in_force(filters.campaign):
		notes.append(_("Results are not published yet: who qualifies may still change."))
	if tied:
		text = _("{0} units are tied at a cut-off. The council decides among them; nothing is cut silently.")
		notes.append(text.format(tied))
	return "<br>".join(notes) or None


def get_summary(rows: list[dict]) -> list[dict]:
	counts = {
		_("Qualified"): sum(row["selection"] == Selection.QUALIFIED.value for row in rows),
		_("Tied at cut-off"): sum(row["selection"] == Selection.TIED.value for row in rows),
		_("Proposed"): sum(bool(row["proposal"]) for row in rows),
		_("Awarded"): sum(row["state"] == ProposalState.AWARDED for row in rows),
	}
	return [{"label": label, "value": value, "datatype": "Int"} for label, value in counts.items()]
