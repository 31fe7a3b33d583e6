"""What a proposal's form shows beside its fields: the council to vote, the count, what is missing.

Nothing here is saved. The rules are the controller's own, asked before a step instead of after it.
"""

import frappe
from frappe import _
from frappe.utils import cint

from par_campaign.par_campaign.doctype.par_award_proposal import votes
from par_campaign.permissions import roles
from par_campaign.permissions.arguments import parsed, records
from par_campaign.results import selection
from par_campaign.states import SETTLED, ProposalState


def _proposal(name: str):
	roles.require_provincial()
	doc = frappe.get_doc("PAR Award Proposal", name)
	doc.check_permission("read")
	return doc


@frappe.whitelist()
def council(proposal: str) -> list[dict]:
	"""The members who may vote, with the votes taken down so far; `bound` ones cannot but be recused."""
	doc = _proposal(proposal)
	votes.fill(doc)
	return [
		{
			**{field: row.get(field) or "" for field in votes.FIELDS},
			"bound": votes.is_bound(doc.unit, row.user, votes.handed_in(doc)),
		}
		for row in doc.votes
	]


@frappe.whitelist(methods=["POST"])
def tally(proposal: str, cast: str | list[dict], ballots: str | dict | None = None) -> dict:
	"""How these votes would count: members, present, for, in %, and whether they reach the threshold.

	`ballots` says whether the ballot is secret, and then how many were counted for what.
	"""
	doc = _proposal(proposal)
	rows = records(cast, list)
	doc.set("votes", [{field: row.get(field) for field in votes.FIELDS} for row in rows])
	votes.put_ballots(doc, parsed(ballots, dict))
	votes.count(doc)
	return count_of(doc)


def count_of(doc) -> dict:
	"""The vote as it is counted on the document, with the basis of the percentage."""
	return {
		"members": doc.members_total,
		"present": doc.members_present,
		"for": doc.votes_for,
		"secret": cint(doc.secret_ballot),
		"against": doc.ballots_against,
		"invalid": doc.ballots_invalid,
		"fault": votes.ballot_fault(doc),
		"percent": doc.vote_percent,
		"threshold": doc.vote_threshold,
		"base": frappe.get_cached_value("PAR Campaign", doc.campaign, "vote_base"),
		"passed": votes.passes(doc),
	}


@frappe.whitelist()
def state_of(proposal: str) -> dict:
	"""The count, what keeps the proposal from going to the chairman, and what an award waits for."""
	doc = _proposal(proposal)
	with_council = doc.workflow_state == ProposalState.COUNCIL
	return {
		"count": count_of(doc),
		"missing": [*votes.missing(doc), *selection.missing(doc)] if with_council else [],
		"published": frappe.db.get_value("PAR Campaign", doc.campaign, "workflow_state") in SETTLED,
		"last_decision": _last_decision(doc),
	}


def _last_decision(doc) -> dict:
	"""Number, date and signatory of the campaign's latest award: one decision often names many units."""
	rows = frappe.get_list(
		"PAR Award Proposal",
		filters={"campaign": doc.campaign, "workflow_state": ProposalState.AWARDED},
		fields=["decision_number", "decision_date", "signatory"],
		order_by="modified desc",
		limit=1,
	)
	return rows[0] if rows else {}


@frappe.whitelist(methods=["POST"])
def award_all(proposals: str | list[str], decision_number: str, decision_date: str, signatory: str) -> int:
	"""Award several proposals by one decision, all or none; returns how many.

	Each takes the step by its own controller, which checks the user, the unit and the state.
	"""
	names = parsed(proposals, list, str)
	if not names:
		frappe.throw(_("Choose at least one unit."))
	for name in names:
		doc = frappe.get_doc("PAR Award Proposal", name)
		doc.check_permission("submit")
		doc.update(
			{
				"decision_number": decision_number,
				"decision_date": decision_date,
				"signatory": signatory,
				"workflow_state": ProposalState.AWARDED,
			}
		)
		doc.submit()
	return len(names)
