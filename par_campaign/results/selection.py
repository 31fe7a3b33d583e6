"""Where a proposal's unit stands under the campaign's quotas."""

import frappe
from frappe import _

from par_campaign.results import in_force
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.model import AwardRow, Selection
from par_campaign.states import ProposalState

MAY_BE_PROPOSED = (Selection.QUALIFIED, Selection.TIED)


def refresh(proposal) -> None:
	"""Write rank, index, class and how the unit was selected; refuse one that does not qualify."""
	model, results, _waiting = in_force.ranked(proposal.campaign)
	ranked = next(row for row in results.ranking if row.unit == proposal.unit)
	row = award_row(results, proposal)
	going_back = proposal.state_changes and proposal.workflow_state == ProposalState.DRAFT
	if not going_back and (not row or row.selection not in MAY_BE_PROPOSED):
		frappe.throw(lines([_refusal(proposal, row)]), title=_("Not within the Quota"))
	if not row:
		return
	proposal.rank, proposal.band = row.rank, ranked.band
	proposal.index_score = float(ranked.index)
	proposal.selection = row.selection.value
	proposal.vote_threshold = float(threshold(model, proposal) or 0)


def award_row(results, proposal) -> AwardRow | None:
	"""The unit's best place at the proposed level (several quotas may cover it)."""
	rows = [r for r in results.awards if r.unit == proposal.unit and r.level == proposal.award_level]
	order = list(Selection)
	return min(rows, key=lambda r: order.index(r.selection), default=None)


def threshold(model, proposal):
	"""The highest vote threshold of the quotas that cover the unit at this level, in %."""
	cluster = proposal.cluster or ""
	covering = [
		quota.threshold
		for quota in model.quotas
		if quota.level == proposal.award_level
		and quota.group == proposal.unit_group
		and (not quota.cluster or quota.cluster == cluster)
		and quota.threshold is not None
	]
	return max(covering, default=None)


def _refusal(proposal, row: AwardRow | None) -> str:
	if not row:
		return say(
			_("The campaign has no quota of {0} for {1}."),
			bold(proposal.award_level),
			bold(proposal.unit_name),
		)
	reasons = "; ".join(row.reasons)
	return say(
		_("{0} cannot be proposed for {1}: {2}. {3}"),
		bold(proposal.unit_name),
		bold(proposal.award_level),
		_(row.selection.value),
		reasons,
	)


def require_within_quota(proposal) -> None:
	"""In a tie at the cut-off: the council says why, and no more go on than there are places."""
	require_settled(proposal)
	if messages := missing(proposal):
		frappe.throw(lines(messages), title=_("Tied at cut-off"))


def require_settled(proposal) -> None:
	"""Refuse while another proposal of the campaign moves on at this moment: both could take one place."""
	table = frappe.qb.DocType("PAR Award Proposal")
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.workflow_state)
		.where((table.campaign == proposal.campaign) & (table.name != proposal.name))
		.orderby(table.name)
	)
	# what this request has seen so far against what stands now, which a lock reads
	if query.run() != query.for_update().run():
		frappe.throw(
			_("Another proposal has just been changed. Load this one again and repeat the step."),
			frappe.TimestampMismatchError,
		)


def missing(proposal) -> list[str]:
	"""What a proposal that is tied at the cut-off lacks before it may go to the chairman."""
	if proposal.selection != Selection.TIED.value:
		return []
	if not (proposal.tie_note or "").strip():
		return [_("Council's Reason in a Tie is missing. Say why the council chose this unit.")]
	# those who have gone on hold their places, so what is left is what this evaluation says
	_model, results, _waiting = in_force.ranked(proposal.campaign)
	row = award_row(results, proposal)
	if not row or row.selection is not Selection.TIED:
		return [_("The places the tied units shared are taken by others. Send this proposal back.")]
	return []
