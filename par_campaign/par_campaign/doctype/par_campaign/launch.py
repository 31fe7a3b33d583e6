"""Launching: one scorecard for every active unit of the campaign's groups, and none twice."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from par_campaign.results import store
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.validate import faults
from par_campaign.states import CampaignState

# Above this many, scorecards are made in a background job: each is a document with about 60 rows.
IN_REQUEST_AT_MOST = 30


def check_launchable(campaign) -> None:
	"""Everything a launch needs, all that is missing said at once."""
	if missing := missing_to_launch(campaign):
		frappe.throw(lines(gap["text"] for gap in missing), title=_("Not Ready to Launch"))


def missing_to_launch(campaign) -> list[dict]:
	"""What keeps the campaign from its launch: a sentence each, and the document where it is mended."""
	missing = []
	for field in ("plan_number", "plan_date", "self_scoring_deadline"):
		if not campaign.get(field):
			text = say(_("{0} is missing."), bold(_(campaign.meta.get_label(field))))
			missing.append({"text": text, "field": field})
	if not campaign.groups:
		text = _("Unit Groups: add at least one group with its criteria set.")
		missing.append({"text": text, "field": "groups"})
	return missing + _faulty_sets(campaign) + _groups_without_units(campaign)


def _faulty_sets(campaign) -> list[dict]:
	return [
		{
			"text": say("{0}: {1} {2}", bold(criteria_set.title), fault.code, fault.message),
			"doctype": "PAR Criteria Set",
			"name": name,
		}
		for name, criteria_set in store.criteria_sets({row.criteria_set for row in campaign.groups}).items()
		for fault in faults(criteria_set)
		if fault.severity == "error"
	]


def _groups_without_units(campaign) -> list[dict]:
	with_units = {unit.unit_group for unit in active_units(campaign)}
	text = _("Unit Groups, row {0}: {1} has no active unit. Add its units, or remove the row.")
	return [
		{
			"text": say(text, row.idx, bold(row.unit_group)),
			"doctype": "PAR Unit Group",
			"name": row.unit_group,
		}
		for row in campaign.groups
		if row.unit_group not in with_units
	]


def lock_criteria_sets(campaign) -> None:
	"""From the launch on a set is changed by a numbered revision only."""
	criteria_set = frappe.qb.DocType("PAR Criteria Set")
	names = [row.criteria_set for row in campaign.groups]
	frappe.qb.update(criteria_set).set(criteria_set.locked, 1).where(criteria_set.name.isin(names)).run()
	for name in names:
		frappe.clear_document_cache("PAR Criteria Set", name)


def active_units(campaign) -> list[frappe._dict]:
	"""Active units of the campaign's groups."""
	return frappe.get_all(
		"PAR Unit",
		filters={"unit_group": ("in", [row.unit_group for row in campaign.groups]), "disabled": 0},
		fields=["name", "unit_name", "unit_group", "cluster"],
		order_by="unit_group, cluster, name",
	)


def units_without_scorecard(campaign) -> list[frappe._dict]:
	"""Active units of the campaign that have no scorecard yet."""
	have = set(
		frappe.get_all("PAR Unit Scorecard", {"campaign": campaign.name}, pluck="unit", order_by="unit")
	)
	return [unit for unit in active_units(campaign) if unit.name not in have]


def start(campaign) -> int:
	"""Make the missing scorecards, at once or in the background; returns how many are missing."""
	missing = units_without_scorecard(campaign)
	if len(missing) <= IN_REQUEST_AT_MOST:
		make_scorecards(campaign.name)
		return len(missing)
	frappe.enqueue(
		make_scorecards,
		queue="long",
		job_id=f"par_campaign_scorecards::{campaign.name}",
		deduplicate=True,
		enqueue_after_commit=True,
		campaign=campaign.name,
		notify=frappe.session.user,
	)
	frappe.msgprint(
		say(
			_("{0} scorecards are being made in the background. The overview shows how far it is."),
			len(missing),
		),
		alert=True,
	)
	return len(missing)


def make_scorecards(campaign: str, notify: str | None = None) -> int:
	"""Insert a scorecard for each unit that has none; safe to run again, or twice at a time."""
	doc = frappe.get_doc("PAR Campaign", campaign, for_update=True)
	missing = units_without_scorecard(doc)
	for done, unit in enumerate(missing, 1):
		frappe.get_doc(doctype="PAR Unit Scorecard", campaign=campaign, unit=unit.name).insert()
		if notify:
			frappe.publish_progress(
				done * 100 / len(missing),
				title=_("Making scorecards"),
				doctype="PAR Campaign",
				docname=campaign,
			)
	return len(missing)


def coverage(campaign) -> list[dict]:
	"""Per group: active units, scorecards by state, and who has none."""
	units: dict[str, int] = {}
	for unit in active_units(campaign):
		units[unit.unit_group] = units.get(unit.unit_group, 0) + 1
	missing: dict[str, list[str]] = {}
	for unit in units_without_scorecard(campaign):
		missing.setdefault(unit.unit_group, []).append(unit.unit_name)
	launched = campaign.workflow_state != CampaignState.DRAFT
	states = _states_by_group(campaign.name)
	return [
		{
			"unit_group": row.unit_group,
			"units": units.get(row.unit_group, 0),
			"missing": missing.get(row.unit_group, []) if launched else [],
			"states": states.get(row.unit_group, {}),
		}
		for row in campaign.groups
	]


def _states_by_group(campaign: str) -> dict[str, dict[str, int]]:
	card = frappe.qb.DocType("PAR Unit Scorecard")
	rows = (
		frappe.qb.from_(card)
		.select(card.unit_group, card.workflow_state, Count(card.name))
		.where(card.campaign == campaign)
		.groupby(card.unit_group, card.workflow_state)
		.orderby(card.unit_group)
		.run()
	)
	states: dict[str, dict[str, int]] = {}
	for group, state, count in rows:
		states.setdefault(group, {})[state] = count
	return states
