import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_campaign import checks
from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.saying import bold, say


class PARUnitGroup(OurDocument):
	def validate(self):
		self.check_duplicate_clusters()
		self.check_clusters_in_use()

	def before_rename(self, old: str, new: str, merge: bool = False):
		checks.require_unlaunched("PAR Campaign Group", "unit_group", old)

	def check_duplicate_clusters(self):
		seen = set()
		for row in self.clusters:
			row.cluster_name = (row.cluster_name or "").strip()
			if row.cluster_name in seen:
				frappe.throw(
					say(_("Row {0}: cluster {1} stands twice. Remove one."), row.idx, bold(row.cluster_name))
				)
			seen.add(row.cluster_name)

	def check_clusters_in_use(self):
		"""A cluster with units in it cannot vanish from under them."""
		if self.is_new():
			return
		kept = {row.cluster_name for row in self.clusters}
		used = frappe.get_all(
			"PAR Unit",
			filters={"unit_group": self.name, "cluster": ("is", "set")},
			pluck="cluster",
			distinct=True,
			order_by="cluster",
		)
		if gone := [c for c in used if c not in kept]:
			frappe.throw(
				say(
					_("Units are still in cluster {0}. Move them to another cluster first."),
					bold(", ".join(gone)),
				)
			)
