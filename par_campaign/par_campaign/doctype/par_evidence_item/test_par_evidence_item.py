import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPAREvidenceItem(PARTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = f.launch()
		self.card = f.card_of(self.campaign)

	def make(self, *codes: str, user: str = f.STAFF_A, **values):
		with f.as_user(user):
			return frappe.get_doc(
				doctype="PAR Evidence Item",
				scorecard=self.card.name,
				title="Plan 55",
				criteria=[{"code": code} for code in codes],
				**({"reference": "Document store, 55/KH"} | values),
			).insert()

	def test_one_document_shows_several_rows(self):
		item = self.make("1.1.1", "1.1.2")
		self.assertEqual((item.unit, item.campaign, item.codes), ("TA", self.campaign.name, "1.1.1, 1.1.2"))
		self.assertEqual(item.criteria[0].title, "Plan issued")
		self.assertEqual(f.line(self.card.reload(), "1.1.1").evidence_count, 1)

	def test_a_document_with_neither_file_nor_reference_is_refused(self):
		with self.refused(frappe.ValidationError, "File", "Reference"):
			self.make("1.1.1", reference=" ")

	def test_rows_are_scored_rows_and_stand_once(self):
		with self.refused(frappe.ValidationError, "row 2", "1.1"):
			self.make("1.1.1", "1.1")
		with self.refused(frappe.ValidationError, "row 2", "1.1.1 stands twice"):
			self.make("1.1.1", "1.1.1")

	def test_the_unit_alone_enters_its_evidence(self):
		for user in (f.STAFF_B, f.APPRAISER):
			with self.refused(frappe.PermissionError):
				self.make("1.1.1", user=user)

	def test_after_the_hand_in_evidence_stands(self):
		item = self.make("1.1.1")
		f.hand_in(self.campaign)
		item.reload().title = "Another plan"
		with f.as_user(f.STAFF_A), self.refused(frappe.ValidationError, "handed in"):
			item.save()

	def test_a_rejection_needs_a_reason_and_takes_the_document_off_the_count(self):
		item = self.make("1.1.1")
		f.begin_appraisal(self.campaign)
		f.step(f.hand_in(self.campaign), f.LEAD, "Under Appraisal")
		with f.as_user(f.APPRAISER):
			item.reload().status = "Rejected"
			with self.refused(frappe.ValidationError, "Reason is missing"):
				item.save()
			item.reload().update({"status": "Rejected", "status_reason": "Not signed"})
			item.save()
		self.assertEqual(item.reviewed_by, f.APPRAISER)
		self.assertEqual(f.line(self.card.reload(), "1.1.1").evidence_count, 0)

	def test_a_changed_document_is_to_be_looked_at_again(self):
		item = self.make("1.1.1")
		item.db_set("status", "Accepted")
		with f.as_user(f.STAFF_A):
			item.reload().reference = "Elsewhere"
			item.save()
		self.assertEqual(item.status, "Pending")
