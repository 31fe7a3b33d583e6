import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARUnitScorecard(PARTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = f.launch()

	def test_campaign_and_unit_are_the_name(self):
		self.assertEqual(f.card_of(self.campaign).name, f"{self.campaign.name}-TA")

	def test_the_rows_are_the_sets_scored_rows(self):
		codes = [line.code for line in f.card_of(self.campaign).lines]
		self.assertEqual(codes, ["1.1.1", "1.1.2", "1.1.3", "2.1.1", "2.1.2", "3.1", "4.1", "5.1"])

	def test_claims_are_stored_in_one_form_and_scored(self):
		with f.as_user(f.STAFF_A):
			card = f.fill(f.card_of(self.campaign), {"1.1.1": "có", "1.1.2": "2", "2.1.1": "76,50"})
			card.save()
		self.assertEqual(
			[f.line(card, code).self_claim for code in ("1.1.1", "1.1.2", "2.1.1")], ["Yes", "Late", "76.5"]
		)
		self.assertEqual(
			[f.line(card, code).self_score for code in ("1.1.1", "1.1.2", "2.1.1")], [2, 1, 7.65]
		)

	def test_wrong_claims_are_all_named_with_row_and_field(self):
		with f.as_user(f.STAFF_A):
			card = f.fill(f.card_of(self.campaign), {"1.1.3": "5,5", "2.1.1": "101"})
			with self.refused(frappe.ValidationError, "Row 1.1.3", "5,5", "Row 2.1.1", "101"):
				card.save()
		self.assertFalse(f.line(f.card_of(self.campaign), "1.1.3").self_claim)

	def test_staff_fill_in_and_the_head_hands_in(self):
		with f.as_user(f.STAFF_A):
			card = f.fill(f.card_of(self.campaign))
			card.workflow_state = "Submitted"
			with self.refused(frappe.PermissionError, "Only the head of Department A"):
				card.save()
		card = f.hand_in(self.campaign)
		self.assertEqual((card.workflow_state, card.submitted_by), ("Submitted", f.HEAD_A))

	def test_an_incomplete_scorecard_is_not_handed_in(self):
		with f.as_user(f.HEAD_A):
			card = f.card_of(self.campaign)
			f.line(card, "1.1.2").self_claim = "On time"
			card.workflow_state = "Submitted"
			with self.refused(frappe.ValidationError, "Row 1.1.1", "Row 1.1.2", "explain the score"):
				card.save()

	def test_an_untouched_scorecard_may_be_withdrawn(self):
		card = f.hand_in(self.campaign)
		f.step(card, f.HEAD_A, "Draft")
		self.assertIsNone(card.submitted_by)

	def test_rows_stay_as_they_are(self):
		with f.as_user(f.STAFF_A):
			card = f.card_of(self.campaign)
			card.set("lines", card.lines[1:])
			with self.refused(frappe.ValidationError, "rows cannot be added, removed or moved"):
				card.save()

	def test_a_unit_opens_its_own_scorecard_only(self):
		with f.as_user(f.HEAD_B):
			self.assertFalse(frappe.has_permission("PAR Unit Scorecard", "read", f.card_of(self.campaign)))
			self.assertEqual(
				frappe.get_list("PAR Unit Scorecard", {"campaign": self.campaign.name}, pluck="unit"), ["TB"]
			)
