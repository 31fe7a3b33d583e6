import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARUnitGroup(PARTestCase):
	def make(self, *clusters: str):
		rows = [{"cluster_name": cluster} for cluster in clusters]
		return frappe.get_doc(doctype="PAR Unit Group", group_name="Group X", clusters=rows).insert()

	def test_the_groups_name_is_its_name(self):
		self.assertEqual(self.make("East", " West ").name, "Group X")
		clusters = frappe.get_doc("PAR Unit Group", "Group X").clusters
		self.assertEqual([row.cluster_name for row in clusters], ["East", "West"])

	def test_a_cluster_that_stands_twice_is_named_with_its_row(self):
		with self.refused(frappe.ValidationError, "Row 3", "East", "stands twice"):
			self.make("East", "West", "East ")

	def test_a_cluster_with_units_in_it_stays(self):
		group = frappe.get_doc("PAR Unit Group", f.DISTRICTS)
		group.set("clusters", [row for row in group.clusters if row.cluster_name != "Cluster 1"])
		with self.refused(frappe.ValidationError, "Cluster 1", "Move them"):
			group.save()

	def test_an_empty_cluster_may_go(self):
		group = frappe.get_doc("PAR Unit Group", f.DISTRICTS)
		group.set("clusters", [row for row in group.clusters if row.cluster_name != "Cluster 2"])
		group.save()
		self.assertEqual(len(group.reload().clusters), 1)
