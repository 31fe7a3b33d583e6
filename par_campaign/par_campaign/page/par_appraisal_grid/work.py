"""A council member's work: their rows over all units with what is still open, and points as typed.

The page "Appraisal Grid" shows it beside the grid itself (`par_campaign/page/par_appraisal_grid/grid.py`). Nothing is written here.
"""

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, IfNull, Sum

from par_campaign.par_campaign.page.par_appraisal_grid import grid as appraisal_grid
from par_campaign.permissions import roles
from par_campaign.permissions.arguments import parsed
from par_campaign.saying import say
from par_campaign.scoring.claims import canonical, readable
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.model import RuleKind
from par_campaign.scoring.rules import score
from par_campaign.states import HELD_BY_UNIT, CampaignState, ScorecardState

CAMPAIGN_STATES = (CampaignState.APPRAISING, CampaignState.LAUNCHED, CampaignState.PUBLISHED)


@frappe.whitelist()
def campaigns() -> list[dict]:
	"""Campaigns to choose from with their groups, those under appraisal first, newest first."""
	rows = frappe.get_list(
		"PAR Campaign",
		filters={"workflow_state": ("in", CAMPAIGN_STATES)},
		fields=["name", "title", "year", "workflow_state"],
		order_by="year desc, creation desc",
		limit_page_length=0,
	)
	return sorted(rows, key=lambda row: CAMPAIGN_STATES.index(row.workflow_state))


@frappe.whitelist()
def work_list(campaign: str) -> list[dict]:
	"""Groups of a campaign with the rows the user appraises; leaves with their counts.

	`units`: scorecards under appraisal that are the user's to appraise; `open`: those nobody has looked
	at or decided on yet; `waiting`: scorecards of the group that are not with the appraisers now.
	"""
	groups = appraisal_grid.choices(campaign)
	counts = _counts(campaign)
	for group in groups:
		of_group = counts.get(group["unit_group"], {})
		for row in group["rows"]:
			if row["leaf"]:
				found = of_group.get(row["code"]) or {}
				row["units"], row["open"] = int(found.get("units") or 0), int(found.get("open") or 0)
		group["waiting"] = _waiting(campaign, group["unit_group"])
	return groups


def _counts(campaign: str) -> dict[str, dict[str, dict]]:
	"""By group and row, how many units there are to appraise and how many are open: one query."""
	card, line = frappe.qb.DocType("PAR Unit Scorecard"), frappe.qb.DocType("PAR Scorecard Line")
	claimed, appraised = IfNull(line.self_claim, "") != "", IfNull(line.appraised_claim, "") != ""
	# as completeness.unappraised: what keeps the appraisal from being closed …
	undecided = (line.appraised_applicable == 1) & ~appraised & ((line.score_type == "Normal") | claimed)
	# … and what was filled in from the claim and nobody has looked at
	unseen = (line.is_appraised == 0) & (claimed | (line.applicable == 0))
	query = (
		frappe.qb.from_(line)
		.join(card)
		.on((line.parent == card.name) & (line.parenttype == "PAR Unit Scorecard"))
		.select(
			card.unit_group,
			line.code,
			Count(line.name).as_("units"),
			Sum(Case().when(undecided | unseen, 1).else_(0)).as_("open"),
		)
		.where((card.campaign == campaign) & (card.workflow_state == ScorecardState.UNDER_APPRAISAL))
		.where(card.taken_out == 0)
		.groupby(card.unit_group, line.code)
		.orderby(card.unit_group, line.code)
	)
	found: dict[str, dict[str, dict]] = {}
	for row in _not_own(query, card).run(as_dict=True):
		found.setdefault(row.unit_group, {})[row.code] = row
	return found


def _not_own(query, card):
	"""Without the scorecards the user has a part in: those are nobody's work of theirs."""
	user = frappe.session.user
	if user == "Administrator":
		return query
	query = query.where((IfNull(card.submitted_by, "") != user) & (IfNull(card.answered_by, "") != user))
	units = sorted(roles.units_of(user))
	return query.where(card.unit.notin(units)) if units else query


def _waiting(campaign: str, unit_group: str) -> int:
	return frappe.db.count(
		"PAR Unit Scorecard",
		{
			"campaign": campaign,
			"unit_group": unit_group,
			"taken_out": 0,
			"workflow_state": ("in", (*HELD_BY_UNIT, ScorecardState.SUBMITTED)),
		},
	)


@frappe.whitelist()
def preview(campaign: str, unit_group: str, code: str, claims: str | dict) -> dict[str, dict]:
	"""The points that typed claims would give, by scorecard: `points`, `text` and `trace`, or `error`."""
	appraisal_grid.require_reader(campaign)
	leaf = appraisal_grid.find_leaf(campaign, unit_group, code)
	claims = parsed(claims, dict)
	if not isinstance(claims, dict) or len(claims) > appraisal_grid.MOST_ROWS:
		frappe.throw(say(_("Rows: a list of at most {0} is expected."), appraisal_grid.MOST_ROWS))
	return {name: _worked(leaf, str(claim or "")) for name, claim in claims.items()}


def _worked(leaf, claim: str) -> dict:
	if leaf.rule.kind is RuleKind.EXTERNAL:
		return {"error": _("Filled by the system")}
	try:
		text = canonical(leaf, claim)
		worked = score(leaf, text)
	except ClaimError as error:
		return {"error": str(error)}
	if text is None or worked is None:
		return {"points": None, "text": "", "trace": ""}
	return {"points": float(worked[0]), "text": readable(leaf, text), "trace": worked[1]}
