import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARAppraisal(PARTestCase):
	def record(self, claims: dict | None = None):
		self.campaign = f.begin_appraisal(f.launch())
		self.card = f.appraise(self.campaign, claims=claims)
		return frappe.get_doc("PAR Appraisal", f"{self.card.name}-R1")

	def test_closing_a_round_writes_what_changed_from_what_to_what_and_why(self):
		record = self.record({"1.1.3": "3"})
		self.assertEqual((record.docstatus, record.round, record.closed_by), (1, 1, f.LEAD))
		change = next(row for row in record.changes if row.code == "1.1.3")
		self.assertEqual((change.score_before, change.score, change.note), (5, 3, "Checked"))
		self.assertEqual(change.appraised_by, f.LEAD)
		self.assertLess(record.index_score, record.index_before)

	def test_it_is_not_made_by_hand(self):
		campaign = f.launch()
		record = frappe.get_doc(doctype="PAR Appraisal", scorecard=f.card_of(campaign).name)
		with self.refused(frappe.PermissionError, "when an appraisal is closed"):
			record.insert()

	def test_it_is_neither_changed_nor_cancelled_nor_deleted(self):
		record = self.record()
		record.changes[0].score = 0
		with self.refused(frappe.UpdateAfterSubmitError):
			record.save()
		with self.refused(frappe.PermissionError, "another round"):
			record.reload().cancel()
		with self.refused(frappe.ValidationError):
			frappe.delete_doc("PAR Appraisal", record.name)

	def test_the_next_round_stands_beside_the_first(self):
		self.record({"1.1.3": "3"})
		f.step(self.card, f.LEAD, "Under Appraisal")
		with f.as_user(f.LEAD):
			f.line(self.card, "1.1.3").update({"appraised_claim": "4", "appraisal_note": "Shown since"})
			self.card.save()
		f.step(self.card, f.LEAD, "Appraised")
		second = frappe.get_doc("PAR Appraisal", f"{self.card.name}-R2")
		change = next(row for row in second.changes if row.code == "1.1.3")
		self.assertEqual((change.score_before, change.score), (3, 4))
		self.assertTrue(frappe.db.exists("PAR Appraisal", f"{self.card.name}-R1"))

	def test_another_unit_does_not_read_it(self):
		record = self.record()
		with f.as_user(f.HEAD_B):
			self.assertFalse(frappe.has_permission("PAR Appraisal", "read", record))
