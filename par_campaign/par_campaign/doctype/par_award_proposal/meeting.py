"""One meeting of the council on many proposals: who was there and how each voted, taken down in one sheet.

What may be written stays with each proposal's own controller; here it is only gathered and handed on.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from par_campaign.par_campaign.doctype.par_award_proposal import desk, votes
from par_campaign.permissions import roles
from par_campaign.permissions.arguments import parsed
from par_campaign.results import in_force
from par_campaign.saying import bold, say
from par_campaign.states import ProposalState

PROPOSAL = "PAR Award Proposal"
FIELDS = (
	"name",
	"scorecard",
	"unit",
	"unit_name",
	"unit_group",
	"cluster",
	"award_level",
	"rank",
	"index_score",
)
STATED = (*FIELDS, "campaign", "vote_threshold", *votes.MEETING)


@frappe.whitelist()
def sheet(campaign: str, meeting_date: str | None = None) -> dict:
	"""The members who vote on that day (today where none is named) and the proposals that are with the
	council, each with the votes taken down so far."""
	roles.require_provincial()
	members = votes.members(campaign, meeting_date)
	rows = _with_council(campaign)
	taken = _taken([row.name for row in rows])
	handed_in = votes.handed_in_by([row.scorecard for row in rows])
	return {
		"members": [{"key": votes.key(row), "member_name": row.member_name} for row in members],
		"proposals": [
			{
				**{field: row[field] for field in FIELDS},
				"own": roles.belongs_to(row.unit),
				"votes": _votes(row, members, taken.get(row.name, {}), handed_in[row.scorecard]),
				**{field: row[field] for field in votes.MEETING},
			}
			for row in rows
		],
	}


def _with_council(campaign: str) -> list:
	"""The proposals that are with the council, by group and cluster, the highest award and rank first."""
	rows = frappe.get_list(
		PROPOSAL,
		filters={"campaign": campaign, "workflow_state": ProposalState.COUNCIL},
		fields=list(STATED),
		order_by="name",
		limit=0,
	)
	levels = frappe.get_all("PAR Award Level", fields=["name", "precedence"], order_by="name")
	precedence = {level.name: level.precedence for level in levels}
	return sorted(
		rows, key=lambda row: (row.unit_group, row.cluster or "", precedence[row.award_level], row.rank)
	)


def _taken(proposals: list[str]) -> dict[str, dict]:
	"""The votes that stand, by proposal and member."""
	found: dict[str, dict] = {}
	for row in frappe.get_all(
		"PAR Council Vote",
		filters={"parenttype": PROPOSAL, "parent": ("in", proposals)},
		fields=["parent", "member_name", "user", "vote"],
		order_by="parent, idx",
	):
		found.setdefault(row.parent, {})[votes.key(row)] = row.vote or ""
	return found


def _votes(proposal, members: list, taken: dict[str, str], handed_in: set[str]) -> dict[str, dict]:
	"""Of each member the vote and whether they belong to the unit, which leaves them nothing but recusal."""
	found = {}
	for member in members:
		bound = votes.is_bound(proposal.unit, member.user, handed_in)
		vote = taken.get(votes.key(member)) or ("Recused" if bound else "")
		found[votes.key(member)] = {"vote": vote, "bound": bound}
	return found


@frappe.whitelist(methods=["POST"])
def tally(campaign: str, cast: str | dict, meeting_date: str | None = None) -> dict[str, dict]:
	"""How these votes would count, by proposal.

	`cast` gives for each proposal `votes` by member, whether the ballot is secret and how many ballots were
	counted for what.
	"""
	roles.require_provincial()
	cast = parsed(cast, dict, dict)
	counts = {}
	rows = [row for row in _with_council(campaign) if row.name in cast]
	handed_in = votes.handed_in_by([row.scorecard for row in rows])
	for row in rows:
		doc = frappe.get_doc({**row, "doctype": PROPOSAL, "votes": []})
		doc.flags.handed_in = handed_in[row.scorecard]
		_put(doc, meeting_date, cast[row.name])
		votes.count(doc)
		counts[row.name] = desk.count_of(doc)
	return counts


@frappe.whitelist(methods=["POST"])
def record(campaign: str, meeting_date: str, cast: str | dict) -> dict[str, list[str]]:
	"""Write the votes of one meeting on all the proposals named, all or none; `cast` as for `tally`.

	Returns the names of those whose vote passed and of the rest. Each is saved by its own controller, which
	checks the user, the unit, the state and every vote.
	"""
	roles.require_provincial()
	cast = parsed(cast, dict, dict)
	if not cast:
		frappe.throw(_("Take down the votes on at least one proposal."))
	outcome: dict[str, list[str]] = {"passed": [], "rest": []}
	with in_force.scored_once(campaign):
		for name, given in cast.items():
			doc = _write(campaign, name, getdate(meeting_date), given)
			outcome["passed" if votes.passes(doc) else "rest"].append(name)
	return outcome


def _write(campaign: str, name: str, meeting_date, given: dict):
	doc = frappe.get_doc(PROPOSAL, name)
	doc.check_permission("write")
	if doc.campaign != campaign or doc.workflow_state != ProposalState.COUNCIL:
		frappe.throw(
			say(
				_("{0}: the proposal is not with the council of this campaign. Load the sheet again."),
				bold(doc.unit_name),
			)
		)
	_put(doc, meeting_date, given)
	return doc.save()


def _put(doc, meeting_date, given: dict) -> None:
	"""Set the meeting and the votes by member. Rows that stand keep their place and note, so that the
	document's history says whose vote changed."""
	doc.meeting_date = meeting_date
	votes.put_ballots(doc, given)
	votes.fill(doc)
	rows = {votes.key(row): row for row in doc.votes}
	for member, vote in parsed(given.get("votes"), dict).items():
		if member not in rows:
			frappe.throw(
				say(_("{0}: {1} is not a voting member of the campaign's council."), doc.unit_name, member)
			)
		rows[member].vote = vote or None
