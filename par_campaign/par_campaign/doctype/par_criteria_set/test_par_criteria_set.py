import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARCriteriaSet(PARTestCase):
	def test_the_set_knows_its_sums_and_its_first_version(self):
		made = f.make_criteria_set(locked=1, version=7)
		self.assertEqual((made.leaf_count, made.total_maximum), (8, 40))
		self.assertEqual((made.locked, made.version), (0, 1))  # not for the client to set
		self.assertRegex(made.name, r"^CS-2023-\d{3}$")

	def test_every_fault_is_named_at_once_with_row_and_field(self):
		rows = [dict(row) for row in f.CRITERIA]
		rows[0]["maximum"] = 11
		rows[2].pop("rule")
		with self.refused(frappe.ValidationError, "Row 1, Maximum", "11", "Row 1.1.1, Rule"):
			f.make_criteria_set(rows=rows)

	def test_an_answer_that_cannot_be_read_is_named_with_its_line(self):
		rows = [dict(row) for row in f.CRITERIA]
		rows[3]["options_text"] = "On time: 3\nLate"
		with self.refused(frappe.ValidationError, "Row 1.1.2", "line 2"):
			f.make_criteria_set(rows=rows)

	def test_unreadable_lines_do_not_hide_the_other_faults(self):
		rows = [dict(row) for row in f.CRITERIA]
		rows[0]["maximum"] = 11
		rows[3]["options_text"] = "On time: 3\nLate"
		rows[8]["options_text"] = "from 80 %: 10\nunder 50 %: 0"
		with self.refused(
			frappe.ValidationError, "Row 1, Maximum", "Row 1.1.2", "line 2", "Row 2.1.2", "between"
		):
			f.make_criteria_set(rows=rows)

	def test_an_unknown_kind_of_rule_is_named(self):
		rows = [dict(row) for row in f.CRITERIA]
		rows[2]["rule"] = "Guess"
		with self.refused(frappe.ValidationError, "Row #3", "Guess"):
			f.make_criteria_set(rows=rows)

	def test_a_locked_set_changes_by_a_numbered_revision_only(self):
		campaign = f.launch()
		locked = frappe.get_doc("PAR Criteria Set", campaign.groups[0].criteria_set)
		locked.criteria[2].maximum = 3
		locked.criteria[4].maximum = 4
		with self.refused(frappe.ValidationError, "Make a revision"):
			locked.save()
		with self.refused(frappe.ValidationError, "Reason for Revision"):
			locked.reload().make_revision(" ")
		revision = frappe.get_doc("PAR Criteria Set", locked.make_revision("A misprint in 1.1.1"))
		self.assertEqual((revision.version, revision.previous_version, revision.locked), (2, locked.name, 0))

	def test_a_locked_set_is_not_deleted(self):
		campaign = f.launch()
		with self.refused(frappe.ValidationError, "in use"):
			frappe.delete_doc("PAR Criteria Set", campaign.groups[0].criteria_set)

	def test_an_appraiser_does_not_write_sets(self):
		with f.as_user(f.APPRAISER), self.refused(frappe.PermissionError):
			f.make_criteria_set()
