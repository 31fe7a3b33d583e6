"""The rows of a scorecard: made from the criteria set, one for each scored row."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze
from par_campaign.results import store
from par_campaign.saying import bold, link, say
from par_campaign.scoring.rules import describe_rule
from par_campaign.states import UNDER_WAY


def start_scorecard(card) -> None:
	"""Fill a new scorecard from its campaign and unit; raises where there can be none."""
	campaign = frappe.get_cached_doc("PAR Campaign", card.campaign)
	if campaign.workflow_state not in UNDER_WAY:
		frappe.throw(
			say(_("Campaign {0} is not open: scorecards are made when it is launched."), bold(campaign.title))
		)
	unit = frappe.get_cached_doc("PAR Unit", card.unit)
	group = next((row for row in campaign.groups if row.unit_group == unit.unit_group), None)
	if not group:
		frappe.throw(
			say(
				_("{0} is of group {1}, which is not in campaign {2}."),
				bold(unit.unit_name),
				unit.unit_group,
				bold(campaign.title),
			)
		)
	_check_single(card, unit)
	for field in freeze.SYSTEM_FIELDS:
		card.set(field, None)
	card.unit_name = unit.unit_name
	card.unit_group = unit.unit_group
	card.cluster = unit.cluster
	card.criteria_set = group.criteria_set
	fill_rows(card)


def _check_single(card, unit) -> None:
	existing = frappe.db.get_value("PAR Unit Scorecard", {"campaign": card.campaign, "unit": card.unit})
	if existing:
		frappe.throw(
			say(
				_("{0} already has scorecard {1} in this campaign. Open that one."),
				bold(unit.unit_name),
				link("PAR Unit Scorecard", existing),
			),
			frappe.DuplicateEntryError,
		)


def fill_rows(card) -> None:
	"""Make the rows anew from the criteria set (new scorecards only)."""
	card.set("lines", [])
	for leaf in store.criteria_set(card.criteria_set).leaves():
		card.append(
			"lines",
			{
				"code": leaf.code,
				"title": leaf.title,
				"maximum": float(leaf.maximum),
				"score_type": leaf.score_type.value,
				"rule": leaf.rule.kind.value,
				"rule_help": describe_rule(leaf),
				"demand": leaf.demand.value,
				"applicable": 1,
				"appraised_applicable": 1,
			},
		)


def prefill_appraisal(card) -> None:
	"""Begin the first round from what the unit claims.

	A row that demands evidence and has none starts empty: it counts only what an appraiser grants.
	"""
	unmet = set((card.missing_evidence or "").split(", "))
	for line in card.lines:
		line.appraised_applicable = line.applicable
		line.appraised_claim = None if line.code in unmet else line.self_claim


def stamp_appraisers(card) -> None:
	"""Write down who changed a row's appraisal and when."""
	before = card.get_doc_before_save()
	if not before:
		return
	old = {line.code: line for line in before.lines}
	for line in card.lines:
		was = old[line.code]
		if any((line.get(f) or None) != (was.get(f) or None) for f in freeze.APPRAISER_FIELDS):
			line.appraised_by = frappe.session.user
			line.appraised_on = now_datetime()
			line.is_appraised = 1


def mark_answers(card) -> None:
	"""While returned, note which rows the unit answers, so that the appraisers look at those again."""
	for line in freeze.changed_rows(card, freeze.UNIT_FIELDS):
		line.answered = 1


def mark_codes(card, codes: set[str]) -> None:
	"""Mark rows as to be looked at again: the unit has answered on them, or asked for their review."""
	for line in card.lines:
		if line.code in codes:
			line.answered, line.is_appraised = 1, 0


def take_answers(card, codes: set[str]) -> None:
	"""When the answers are in, on rows changed and on rows `codes` whose question is answered: each is to
	be looked at again. One nobody has decided on follows its claim; what an appraiser has granted stands
	until an appraiser grants something else."""
	mark_codes(card, codes)
	for line in card.lines:
		if not line.answered:
			continue
		line.is_appraised = 0
		if not line.appraised_by:
			line.appraised_claim = line.self_claim
			line.appraised_applicable = line.applicable


def clear_answers(card) -> None:
	"""When the round closes the answers have been seen."""
	for line in card.lines:
		line.answered = 0
