import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARQuery(PARTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = f.begin_appraisal(f.launch())
		self.card = f.step(f.hand_in(self.campaign), f.LEAD, "Under Appraisal")

	def ask(self, code: str = "1.1.3", user: str = f.APPRAISER, **values):
		with f.as_user(user):
			return frappe.get_doc(
				doctype="PAR Query",
				scorecard=self.card.name,
				code=code,
				**({"kind": "Explanation", "question": "Which meeting?"} | values),
			).insert()

	def test_a_question_names_its_row_and_who_asked(self):
		query = self.ask(state="Closed", asked_by=f.LEAD)
		self.assertEqual((query.title, query.unit, query.state), ("Leadership shown", "TA", "Open"))
		self.assertEqual(query.asked_by, f.APPRAISER)  # not for the client to set

	def test_a_question_about_no_row_or_without_words_is_refused(self):
		with self.refused(frappe.ValidationError, "9.9", "not a scored row"):
			self.ask("9.9")
		with self.refused(frappe.ValidationError, "1.1.3"):
			self.ask(question=" ")

	def test_who_is_not_in_the_council_or_of_the_unit_does_not_ask(self):
		for user in (f.OUTSIDER, f.APPRAISER_OF_A):
			with self.refused(frappe.PermissionError):
				self.ask(user=user)

	def test_the_unit_sees_and_answers_it_once_it_is_sent(self):
		query = self.ask()
		with f.as_user(f.HEAD_A):
			self.assertFalse(frappe.has_permission("PAR Query", "read", query))
		f.step(self.card, f.LEAD, "Returned")
		query = frappe.get_doc("PAR Query", query.name)  # as a new request would
		query.answer = "The one of 5 March"
		with f.as_user(f.HEAD_B), self.refused(frappe.PermissionError):
			query.save()
		with f.as_user(f.HEAD_A):
			query.save()
		self.assertEqual((query.state, query.answered_by), ("Answered", f.HEAD_A))

	def test_what_was_sent_is_neither_changed_nor_deleted(self):
		query = self.ask()
		f.step(self.card, f.LEAD, "Returned")
		with f.as_user(f.APPRAISER):
			query.reload().question = "Another question"
			with self.refused(frappe.ValidationError, "has been sent"):
				query.save()
			with self.refused(frappe.ValidationError, "stays on record"):
				frappe.delete_doc("PAR Query", query.name)
