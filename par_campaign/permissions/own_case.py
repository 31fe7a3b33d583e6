"""Every action that moves a number or a place, and what keeps people from judging their own case in it.

Plain data, read by the tests, which try each action as somebody of the unit concerned, and by the
administrators' table in docs/developers/own_case.md. The checks stand in the controllers, where every way in leads.

An action on one unit, or one that names it, needs somebody of another unit. So does one that changes the rules
of a campaign under way, when claims are known. What falls on all units alike is allowed to people who belong
to one of them, and is marked in the report PAR Audit Trail.
"""

from dataclasses import dataclass

ONE = "one unit"
RULES = "rules under way"
ALL = "all units alike"

_DOCTYPES = "par_campaign.par_campaign.doctype."
APPRAISER = "par_campaign.permissions.appraisers.require_appraiser"
MANAGER = _DOCTYPES + "par_unit_scorecard.freeze.require_manager"
WITHDRAW = _DOCTYPES + "par_unit_scorecard.transitions.unpropose"
EXTERNAL = _DOCTYPES + "par_external_result.par_external_result.PARExternalResult.require_other_units"
PROPOSAL = _DOCTYPES + "par_award_proposal.par_award_proposal.PARAwardProposal.require_uninvolved"
RECUSED = _DOCTYPES + "par_award_proposal.votes.is_bound"
UNIT = _DOCTYPES + "par_unit.par_unit.PARUnit.guard_place"
REVISION = _DOCTYPES + "par_set_revision.apply._check"
CAMPAIGN = _DOCTYPES + "par_campaign.par_campaign.PARCampaign.guard_rules"

BY_APPRAISERS = ("PAR Appraiser", "PAR Appraisal Lead")
BY_LEAD = ("PAR Appraisal Lead",)
BY_MANAGERS = ("PAR Campaign Manager", "PAR Appraisal Lead")
BY_MANAGER = ("PAR Campaign Manager",)
BY_SECRETARY = ("PAR Council Secretary",)
BY_CHAIRMAN = ("PAR Chairman",)
BY_KEEPERS = ("PAR Campaign Manager", "System Manager")


@dataclass(frozen=True)
class Action:
	"""One action: what is done, by which roles, on whom it falls, and the function that refuses one's own."""

	key: str
	what: str
	who: tuple[str, ...]
	falls_on: str
	check: str = ""


ACTIONS = (
	Action("score", "Appraise a row of the score sheet, or accept it", BY_APPRAISERS, ONE, APPRAISER),
	Action("grid", "Appraise in the grid, many units at a time", BY_APPRAISERS, ONE, APPRAISER),
	Action("begin", "Begin appraisal", BY_APPRAISERS, ONE, APPRAISER),
	Action("return", "Return for supplement, with the date to answer by", BY_APPRAISERS, ONE, APPRAISER),
	Action("take back", "Take a scorecard back that was not answered", BY_APPRAISERS, ONE, APPRAISER),
	Action("close", "Close appraisal", BY_LEAD, ONE, APPRAISER),
	Action("reopen", "Reopen appraisal", BY_LEAD, ONE, APPRAISER),
	Action("evidence", "Accept or reject a document of evidence", BY_APPRAISERS, ONE, APPRAISER),
	Action("ask", "Ask for explanation or supplement", BY_APPRAISERS, ONE, APPRAISER),
	Action("withdraw question", "Take back a question that is not sent", BY_APPRAISERS, ONE, APPRAISER),
	Action("outcome", "Decide an answer or a request for review", BY_APPRAISERS, ONE, APPRAISER),
	Action("extend answer", "Extend the time to answer", BY_APPRAISERS, ONE, APPRAISER),
	Action("extend", "Extend the time to hand in", BY_MANAGERS, ONE, MANAGER),
	Action("disqualify", "Take out of the running", BY_MANAGERS, ONE, MANAGER),
	Action("requalify", "Put back in the running", BY_MANAGERS, ONE, MANAGER),
	Action("take out", "Take a unit out of the campaign", BY_MANAGERS, ONE, MANAGER),
	Action("put back", "Put a unit back into the campaign", BY_MANAGERS, ONE, MANAGER),
	Action("remark", "Write the remark printed beside the rank", BY_MANAGERS, ONE, MANAGER),
	Action("external", "Enter or change external values", BY_LEAD, ONE, EXTERNAL),
	Action(
		"external submit", "Submit external values, which writes them on scorecards", BY_LEAD, ONE, EXTERNAL
	),
	Action("external cancel", "Cancel external values, which takes them off again", BY_LEAD, ONE, EXTERNAL),
	Action("external amend", "Amend cancelled external values", BY_LEAD, ONE, EXTERNAL),
	Action("external delete", "Delete a draft of external values", BY_LEAD, ONE, EXTERNAL),
	Action("external workbook", "Bring external values in from Excel", BY_LEAD, ONE, EXTERNAL),
	Action("propose", "Propose an award", BY_SECRETARY, ONE, PROPOSAL),
	Action("proposal", "Change a proposal: award, citation, reason in a tie", BY_SECRETARY, ONE, PROPOSAL),
	Action("delete proposal", "Delete a draft proposal", BY_SECRETARY, ONE, PROPOSAL),
	Action("withdraw proposal", "Take the scorecard out of its proposal", BY_SECRETARY, ONE, WITHDRAW),
	Action("to council", "Send a proposal to the council", BY_SECRETARY, ONE, PROPOSAL),
	Action("votes", "Take down votes and ballots on a proposal", BY_SECRETARY, ONE, PROPOSAL),
	Action("meeting", "Take down the votes of a meeting on many proposals", BY_SECRETARY, ONE, PROPOSAL),
	Action("vote", "Vote, as a member of the council", ("member of the council",), ONE, RECUSED),
	Action("to chairman", "Submit a proposal to the chairman", BY_SECRETARY, ONE, PROPOSAL),
	Action("return to council", "Return a proposal to the council", BY_CHAIRMAN, ONE, PROPOSAL),
	Action("award", "Award", BY_CHAIRMAN, ONE, PROPOSAL),
	Action("award many", "Award several units by one decision", BY_CHAIRMAN, ONE, PROPOSAL),
	Action("reject", "Reject a proposal", BY_CHAIRMAN, ONE, PROPOSAL),
	Action("revoke", "Revoke an award", BY_CHAIRMAN, ONE, PROPOSAL),
	Action(
		"unit",
		"Change a unit's name, group, cluster or parent, switch it off, delete it",
		BY_KEEPERS,
		ONE,
		UNIT,
	),
	Action("revision", "Put a revised criteria set into force", BY_MANAGER, RULES, REVISION),
	Action(
		"rules",
		"Change groups, classes, tie-breakers, quotas, year or base of votes",
		BY_MANAGER,
		RULES,
		CAMPAIGN,
	),
	Action("scorecards", "Make the scorecards that are missing", BY_MANAGER, ALL),
	Action("membership", "Give an account a unit, or take it away", ("System Manager",), ALL),
	Action("dates", "Change the campaign's dates for all units", BY_MANAGER, ALL),
	Action("council", "Change the council's members and areas", BY_MANAGER, ALL),
	Action("launch", "Launch a campaign", BY_MANAGER, ALL),
	Action("begin campaign", "Begin a campaign's appraisal", BY_MANAGER, ALL),
	Action("publish", "Publish results", BY_MANAGER, ALL),
	Action("correct", "Take published results back for correction", BY_MANAGER, ALL),
	Action("close campaign", "Close a campaign", BY_MANAGER, ALL),
	Action("set", "Draft a criteria set or a revision, without force until it is put in", BY_KEEPERS, ALL),
	Action("levels", "Change award levels, coefficients and base salary", BY_KEEPERS, ALL),
	Action("clusters", "Change a group's clusters", BY_KEEPERS, ALL),
)


def table() -> str:
	"""The actions as a table of Markdown, as docs/developers/own_case.md holds it."""
	rows = ["| action | who may | falls on | own unit refused by |", "|---|---|---|---|"]
	for action in ACTIONS:
		in_doctype = action.check.startswith(_DOCTYPES)
		place = action.check.removeprefix(_DOCTYPES if in_doctype else "par_campaign.")
		check = f"`{place}`" if place else "allowed, marked in the audit"
		rows.append(f"| {action.what} | {', '.join(action.who)} | {action.falls_on} | {check} |")
	return "\n".join(rows)
