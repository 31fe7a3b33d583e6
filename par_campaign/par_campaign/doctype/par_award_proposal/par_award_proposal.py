import frappe
from frappe import _

from par_campaign.notices import steps
from par_campaign.par_campaign.doctype.par_award_proposal import votes
from par_campaign.par_campaign.workflow.guard import GuardedWorkflow
from par_campaign.permissions import roles
from par_campaign.results import selection
from par_campaign.saying import bold, link, say
from par_campaign.states import (
	BEFORE_CHAIRMAN,
	LIVE,
	SETTLED,
	WITHOUT_AWARD,
	CampaignState,
	ProposalState,
	ScorecardState,
)

CAMPAIGN_STATES = (CampaignState.APPRAISING, CampaignState.PUBLISHED)  # in which awards are proposed
# what the vote was taken on
PLACE_FIELDS = ("rank", "index_score", "band", "selection", "vote_threshold", "tie_note", *votes.MEETING)
DECISION_FIELDS = ("decision_number", "decision_date", "signatory")


class PARAwardProposal(GuardedWorkflow):
	first_state = ProposalState.DRAFT
	submitted_states = (ProposalState.AWARDED, ProposalState.REJECTED)
	cancelled_states = (ProposalState.REVOKED,)

	def validate(self):
		self.set_unit()
		self.require_uninvolved(_("work on an award proposal"))
		self.check_open()
		self.check_single()
		self.guard_votes()
		self.guard_place()
		self.count_votes()
		if self.state_before in BEFORE_CHAIRMAN:
			selection.refresh(self)
		self.guard_state()

	def before_update_after_submit(self):
		self.require_uninvolved(_("work on an award proposal"))  # such a save comes here without `validate`

	def after_insert(self):
		self.move_scorecard(ScorecardState.PROPOSED)

	def on_update(self):
		if self.state_changes:
			steps.on_proposal_step(self, self.state_before, self.workflow_state)

	def on_submit(self):
		awarded = self.workflow_state == ProposalState.AWARDED
		self.move_scorecard(ScorecardState.AWARDED if awarded else ScorecardState.APPRAISED)

	def on_cancel(self):
		self.move_scorecard(ScorecardState.NOT_AWARDED)
		steps.on_proposal_step(self, ProposalState.AWARDED, self.workflow_state)

	def on_trash(self):
		self.require_uninvolved(_("delete an award proposal"))
		if self.workflow_state != ProposalState.DRAFT:
			frappe.throw(_("Only a draft proposal can be deleted. Send it back first."))
		self.move_scorecard(ScorecardState.APPRAISED)

	def set_unit(self):
		card = frappe.db.get_value(
			"PAR Unit Scorecard",
			self.scorecard,
			["campaign", "unit", "unit_name", "unit_group", "cluster", "workflow_state"],
			as_dict=True,
		)
		if not card or card.campaign != self.campaign:
			frappe.throw(
				say(_("Scorecard: {0} is not of campaign {1}."), bold(self.scorecard), bold(self.campaign))
			)
		self.unit, self.unit_name = card.unit, card.unit_name
		self.unit_group, self.cluster = card.unit_group, card.cluster
		if self.is_new() and card.workflow_state != ScorecardState.APPRAISED:
			frappe.throw(
				say(
					_("{0} is not appraised, or already proposed: its scorecard is {1}."),
					bold(card.unit_name),
					bold(_(card.workflow_state)),
				)
			)

	def check_open(self):
		if not self.is_new():
			return
		state = frappe.db.get_value("PAR Campaign", self.campaign, "workflow_state")
		if state not in CAMPAIGN_STATES:
			frappe.throw(_("Awards are proposed from appraisal until the campaign closes."))

	def check_single(self):
		"""One achievement is rewarded once: a unit has one live proposal in a campaign."""
		other = frappe.db.get_value(
			"PAR Award Proposal",
			{
				"scorecard": self.scorecard,
				"name": ("!=", self.name or ""),
				"workflow_state": ("in", LIVE),
				"docstatus": ("<", 2),
			},
		)
		if other and self.workflow_state not in WITHOUT_AWARD:
			frappe.throw(
				say(
					_("{0} is already proposed in {1}. A unit gets one award."),
					bold(self.unit_name),
					link("PAR Award Proposal", other),
				),
				frappe.DuplicateEntryError,
			)

	def require_uninvolved(self, action: str):
		"""Nobody proposes, votes or decides for their own unit, or on a scorecard they handed in."""
		roles.require_unmixed(self.unit, self.unit_name, action)
		user = frappe.session.user
		if user != "Administrator" and user in votes.handed_in(self):
			frappe.throw(
				say(_("You handed this scorecard in, so you cannot {0} for it."), action),
				frappe.PermissionError,
			)

	def guard_votes(self):
		"""Votes are taken down by the secretary, while the proposal is with the council."""
		before = self.get_doc_before_save()
		if not before:
			votes.clear(self)
			return
		if self.state_before == ProposalState.COUNCIL:
			votes.identify(self)
		if not votes.differ(before, self):
			return
		if self.state_before != ProposalState.COUNCIL:
			frappe.throw(_("Votes are taken down while the proposal is with the council."))
		# the chairman may write to proposals too, and a workflow's "allow edit" binds the form alone
		if roles.SECRETARY not in frappe.get_roles():
			frappe.throw(_("Votes are taken down by the council's secretary."), frappe.PermissionError)

	def count_votes(self):
		"""Votes are counted while the council has the proposal; what it came to stands from then on."""
		if self.state_before == ProposalState.COUNCIL:
			votes.count(self)
			votes.require_ballots(self)
		elif not self.is_new():
			votes.keep(self)

	def guard_place(self):
		"""The council votes for one award on one place: neither changes under its vote."""
		before = self.get_doc_before_save()
		if not before or self.state_before == ProposalState.DRAFT:
			return
		if self.award_level != before.award_level:
			frappe.throw(
				_(
					"Award: the council has the proposal already. Send it back to draft to propose another award."
				)
			)
		if self.state_before not in BEFORE_CHAIRMAN:
			for field in PLACE_FIELDS:
				self.set(field, before.get(field))

	def check_transition(self, old: str, new: str) -> None:
		self.require_uninvolved(_("decide on an award"))  # a cancel comes here without `validate`
		if new == ProposalState.SUBMITTED:
			votes.require_passed(self)
			selection.require_within_quota(self)
		elif new == ProposalState.AWARDED:
			votes.require_unbound(self)
			self.require_decision()
		elif new == ProposalState.REJECTED and not (self.rejection_reason or "").strip():
			frappe.throw(_("Reason for Rejection is missing. Say why the award is not given."))
		elif new == ProposalState.REVOKED and not (self.revocation_reason or "").strip():
			frappe.throw(_("Reason for Revocation is missing. Say why the award is taken back."))

	def require_decision(self):
		missing = [_(self.meta.get_label(f)) for f in DECISION_FIELDS if not self.get(f)]
		if missing:
			frappe.throw(
				say(_("{0} missing. Enter the decision before you award."), bold(", ".join(missing)))
			)
		state = frappe.db.get_value("PAR Campaign", self.campaign, "workflow_state")
		if state not in SETTLED:
			frappe.throw(
				_("The results of the campaign are not published yet, so no award can be given on them.")
			)

	def move_scorecard(self, state: str) -> None:
		"""Take the scorecard along, as the same user and by its own workflow."""
		card = frappe.get_doc("PAR Unit Scorecard", self.scorecard)
		if card.workflow_state != state:
			card.flags.dropped_proposal = self.name if state == ScorecardState.APPRAISED else None
			card.workflow_state = state
			card.save()

	@frappe.whitelist(methods=["POST"])
	def fill_council(self) -> None:
		"""List the campaign's voting members, own-unit members as recused."""
		self.check_permission("write")
		votes.fill(self)
		self.save()
