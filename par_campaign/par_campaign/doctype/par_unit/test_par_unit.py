import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARUnit(PARTestCase):
	def make(self, code: str, **values):
		unit = {"unit_code": code, "unit_name": f"Unit {code}", "unit_group": f.DISTRICTS}
		return frappe.get_doc(doctype="PAR Unit", **(unit | values)).insert()

	def test_the_code_is_the_name(self):
		self.assertEqual(self.make("X1.a-b_2").name, "X1.a-b_2")

	def test_a_code_that_would_not_do_in_names_and_files_is_refused(self):
		for code in ("X/1", "Sở1", "X 1", "-X"):
			with self.refused(frappe.ValidationError, code, "letters without accents"):
				self.make(code)

	def test_the_cluster_is_one_of_the_groups(self):
		self.assertEqual(self.make("X1", cluster="Cluster 2").cluster, "Cluster 2")
		with self.refused(frappe.ValidationError, "Cluster 9", f.DISTRICTS, "Cluster 1, Cluster 2"):
			self.make("X2", cluster="Cluster 9")

	def test_a_unit_is_not_its_own_parent(self):
		unit = self.make("X1")
		unit.parent_unit = unit.name
		with self.refused(frappe.ValidationError, "Parent Unit"):
			unit.save()

	def test_units_read_the_list_of_units_and_change_nothing(self):
		with f.as_user(f.HEAD_A):
			unit = frappe.get_doc("PAR Unit", "TA")
			unit.unit_name = "Renamed"
			with self.refused(frappe.PermissionError):
				unit.save()
