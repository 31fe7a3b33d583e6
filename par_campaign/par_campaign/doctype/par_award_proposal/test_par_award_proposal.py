import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARAwardProposal(PARTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = f.begin_appraisal(f.launch())
		self.flag, self.certificate = frappe.get_all(
			"PAR Award Level", pluck="name", order_by="precedence", limit=2
		)

	def propose(self, unit: str = "TA", level: str | None = None):
		with f.as_user(f.SECRETARY):
			return frappe.get_doc(
				doctype="PAR Award Proposal",
				campaign=self.campaign.name,
				scorecard=f.card_of(self.campaign, unit).name,
				award_level=level or self.flag,
			).insert()

	def voted(self, vote: str = "For"):
		f.appraise(self.campaign)
		proposal = f.step(self.propose(), f.SECRETARY, "Council")
		with f.as_user(f.SECRETARY):
			proposal.fill_council()
			for row in proposal.votes:
				row.vote = row.vote or vote
			proposal.meeting_date = "2023-12-20"
			proposal.save()
		return proposal

	def test_a_proposal_takes_rank_and_index_from_the_results(self):
		f.appraise(self.campaign)
		proposal = self.propose()
		self.assertRegex(proposal.name, rf"^AW-{self.campaign.name}-\d{{3}}$")
		card = f.card_of(self.campaign)
		self.assertEqual((proposal.rank, proposal.index_score), (1, card.index_score))
		self.assertEqual((card.workflow_state, card.award_proposal), ("Proposed", proposal.name))

	def test_only_an_appraised_unit_is_proposed(self):
		with self.refused(frappe.ValidationError, "Department A", "not appraised"):
			self.propose()

	def test_a_unit_below_the_quota_is_refused_with_the_reason(self):
		f.appraise(self.campaign)
		f.appraise(self.campaign, "TB", {"1.1.3": "1"})
		with self.refused(frappe.ValidationError, "Department B", "Below quota", "rank 2"):
			self.propose("TB")

	def test_a_unit_is_proposed_once(self):
		f.appraise(self.campaign)
		self.propose()
		with self.refused(frappe.ValidationError, "Department A"):
			self.propose(level=self.certificate)

	def test_members_of_the_unit_are_recused_from_the_vote(self):
		proposal = self.voted()
		votes = {row.user: row.vote for row in proposal.votes}
		self.assertEqual(votes, {f.LEAD: "For", f.APPRAISER: "For", f.APPRAISER_OF_A: "Recused"})
		self.assertEqual(
			(proposal.members_total, proposal.members_present, proposal.vote_percent), (2, 2, 100)
		)

	def test_a_proposal_goes_on_only_when_the_vote_has_passed(self):
		proposal = self.voted("Against")
		with self.refused(frappe.ValidationError, "0,00 %", "90,00 %"):
			f.step(proposal, f.SECRETARY, "Submitted to Chairman")

	def test_no_award_without_a_decision_and_published_results(self):
		proposal = f.step(self.voted(), f.SECRETARY, "Submitted to Chairman")
		with self.refused(frappe.ValidationError, "Decision"):
			f.step(proposal, f.CHAIRMAN, "Awarded")
		decision = {"decision_number": "7/QĐ", "decision_date": "2023-12-28", "signatory": "X"}
		with self.refused(frappe.ValidationError, "not published"):
			f.step(proposal, f.CHAIRMAN, "Awarded", **decision)

	def test_a_draft_may_be_deleted_and_frees_the_scorecard(self):
		f.appraise(self.campaign)
		proposal = self.propose()
		with f.as_user(f.SECRETARY):
			frappe.delete_doc("PAR Award Proposal", proposal.name)
		self.assertEqual(f.card_of(self.campaign).workflow_state, "Appraised")

	def test_a_unit_does_not_read_what_is_not_decided(self):
		f.appraise(self.campaign)
		proposal = self.propose()
		with f.as_user(f.HEAD_A):
			self.assertFalse(frappe.has_permission("PAR Award Proposal", "read", proposal))
