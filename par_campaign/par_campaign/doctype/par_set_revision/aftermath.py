"""What a revision leaves to be looked at, and what hangs on rows that are gone."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.states import APPRAISAL_CLOSED, QueryState, ScorecardState

OPENED = ("Added", "Claim does not fit")


def to_look_at(changes: list[dict]) -> list[str]:
	"""Names of handed-in units with a row that has no claim or no appraised score since."""
	names = sorted({change["scorecard"] for change in changes if change["change"] in OPENED})
	return frappe.get_all(
		"PAR Unit Scorecard",
		filters={"name": ("in", names), "workflow_state": ("!=", ScorecardState.DRAFT), "taken_out": 0},
		pluck="unit_name",
		order_by="unit_name",
	)


def let_go(campaign: str, unit_group: str, codes: list[str]) -> None:
	"""Close questions on rows that are gone and take the rows out of units' plans: nobody can reach them."""
	if not codes:
		return
	filters = {"campaign": campaign, "unit_group": unit_group}
	cards = frappe.get_all("PAR Unit Scorecard", filters, pluck="name", order_by="name") or [""]
	query = frappe.qb.DocType("PAR Query")
	closing = frappe.qb.update(query).set(query.state, QueryState.CLOSED).set(query.closed_on, now_datetime())
	closing = closing.set(query.closed_by, frappe.session.user)
	closing = closing.set(query.outcome, _("The row is gone by a revision of the criteria set."))
	closing.where(
		query.scorecard.isin(cards) & query.code.isin(codes) & (query.state != QueryState.CLOSED)
	).run()
	tasks = frappe.get_all("PAR Task", {"scorecard": ("in", cards)}, pluck="name", order_by="name")
	row = frappe.qb.DocType("PAR Task Row")
	frappe.qb.from_(row).delete().where(row.parent.isin(tasks or [""]) & row.code.isin(codes)).run()


def without_score(campaign: str) -> list[dict]:
	"""Appraised scorecards with a row that has come in or lost its score since: name and unit name."""
	card, line = frappe.qb.DocType("PAR Unit Scorecard"), frappe.qb.DocType("PAR Scorecard Line")
	query = (
		frappe.qb.from_(line)
		.join(card)
		.on((line.parent == card.name) & (line.parenttype == "PAR Unit Scorecard"))
		.select(card.name, card.unit_name, line.code)
		.where((card.campaign == campaign) & (card.disqualified == 0))
		.where(card.workflow_state.isin(APPRAISAL_CLOSED))
		.where((line.appraised_applicable == 1) & (line.rule != "External") & (line.score_type == "Normal"))
		.where(line.appraised_claim.isnull() | (line.appraised_claim == ""))
		.orderby(card.unit_name)
		.orderby(line.idx)
	)
	found: dict[str, dict] = {}
	for row in query.run(as_dict=True):
		found.setdefault(row.name, {"name": row.name, "unit_name": row.unit_name, "codes": []})
		found[row.name]["codes"].append(row.code)
	return list(found.values())
