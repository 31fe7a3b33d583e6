"""What the campaign's form shows before a step is taken: the numbers, and what is still missing.

Nothing here is saved; what keeps a step from being taken is what the controller refuses it for.
"""

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from par_campaign.par_campaign.doctype.par_campaign import launch, publish
from par_campaign.permissions import roles
from par_campaign.results import store, upkeep
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.campaign import evaluate
from par_campaign.states import ScorecardState


def _campaign(name: str):
	"""The campaign, for those who may take its steps."""
	doc = frappe.get_doc("PAR Campaign", name)
	doc.check_permission("write")
	return doc


@frappe.whitelist()
def before_launch(campaign: str) -> dict:
	"""Groups with their sets and units, what is missing, and what is worth a look all the same."""
	doc = _campaign(campaign)
	return {
		"groups": _groups(doc),
		"missing": launch.missing_to_launch(doc),
		"hints": _hints(doc),
		"deadline": str(doc.self_scoring_deadline or ""),
	}


def _groups(campaign) -> list[dict]:
	units: dict[str, int] = {}
	for unit in launch.active_units(campaign):
		units[unit.unit_group] = units.get(unit.unit_group, 0) + 1
	sets = {
		row.name: row
		for row in frappe.get_all(
			"PAR Criteria Set",
			filters={"name": ("in", [row.criteria_set for row in campaign.groups])},
			fields=["name", "title", "version", "leaf_count", "total_maximum"],
			order_by="name",
		)
	}
	return [
		{"unit_group": row.unit_group, "units": units.get(row.unit_group, 0), "set": sets[row.criteria_set]}
		for row in campaign.groups
	]


def _hints(campaign) -> list[dict]:
	"""What a launch does not need, but the campaign will."""
	hints = []
	if not any(member.appraises for member in campaign.council):
		hints.append({"text": _("No member of the council appraises."), "field": "council"})
	if not campaign.bands:
		hints.append({"text": _("There are no classes (e.g. Excellent from 90)."), "field": "bands"})
	if not campaign.award_quotas:
		hints.append({"text": _("There are no award quotas."), "field": "award_quotas"})
	for unit in units_without_head(campaign):
		text = _("{0} has no account that may hand in (role {1}).")
		hints.append(
			{
				"text": say(text, bold(unit.unit_name), _(roles.UNIT_HEAD)),
				"doctype": "PAR Unit",
				"name": unit.name,
			}
		)
	return hints


def units_without_head(campaign) -> list[frappe._dict]:
	"""Active units of the campaign without an enabled user who may hand their scorecard in."""
	permission, role = frappe.qb.DocType("User Permission"), frappe.qb.DocType("Has Role")
	user = frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(permission)
		.join(role)
		.on((role.parent == permission.user) & (role.parenttype == "User"))
		.join(user)
		.on(user.name == permission.user)
		.select(permission.for_value)
		.distinct()
		.where((permission.allow == "PAR Unit") & (role.role == roles.UNIT_HEAD) & (user.enabled == 1))
	)
	headed = {unit for (unit,) in query.run()}
	return [unit for unit in launch.active_units(campaign) if unit.name not in headed]


@frappe.whitelist()
def before_appraisal(campaign: str) -> dict:
	"""How many scorecards are handed in, before the campaign goes over to appraisal."""
	doc = _campaign(campaign)
	return {"states": _states(doc)}


def _states(campaign) -> dict[str, int]:
	card = frappe.qb.DocType("PAR Unit Scorecard")
	query = (
		frappe.qb.from_(card)
		.select(card.workflow_state, Count(card.name))
		.where(card.campaign == campaign.name)
		.groupby(card.workflow_state)
	)
	return dict(query.run())


@frappe.whitelist()
def before_publishing(campaign: str) -> dict:
	"""What would be published: version, units, who is provisional or out of the running, what is missing."""
	doc = _campaign(campaign)
	model = store.campaign(doc.name)
	results = evaluate(model)
	differences = upkeep.differences(model, results.cards)
	return {
		"version": (doc.published_version or 0) + 1,
		"units": len(results.ranking),
		"missing": publish.missing_to_publish(doc) + _first_told(differences),
		"provisional": [row.unit_name for row in results.ranking if row.provisional],
		"disqualified": [row.unit_name for row in results.ranking if row.disqualified],
		"moved": _moved(doc, results),
		"correction_reason": doc.correction_reason or "",
	}


def _first_told(differences: list[dict]) -> list[dict]:
	"""Stored numbers that differ, as the list of what is missing shows them; the first says what is to be done."""
	if not differences:
		return []
	return [{**differences[0], "text": lines(publish.told(differences))}]


def _moved(campaign, results) -> list[dict]:
	"""Units whose index or place differs from the version published last."""
	if not campaign.published_result:
		return []
	before = {
		row.unit: row
		for row in frappe.get_all(
			"PAR Published Row",
			filters={"parent": campaign.published_result, "parenttype": "PAR Published Result"},
			fields=["unit", "rank", "index_score"],
			order_by="idx",
		)
	}
	return [
		{
			"unit_name": row.unit_name,
			"index": [before[row.unit].index_score, float(row.index)],
			"rank": [before[row.unit].rank or None, row.rank],
		}
		for row in results.ranking
		if row.unit in before and _differs(before[row.unit], row)
	]


def _differs(old, row) -> bool:
	return (old.rank or None) != row.rank or store.decimal(old.index_score) != row.index


@frappe.whitelist()
def before_closing(campaign: str) -> dict:
	"""Proposals left undecided, awards given, and the scorecards that end without one."""
	doc = _campaign(campaign)
	states = _states(doc)
	return {
		"undecided": publish.undecided(doc),
		"awarded": states.get(ScorecardState.AWARDED, 0),
		"without": states.get(ScorecardState.APPRAISED, 0),
	}
