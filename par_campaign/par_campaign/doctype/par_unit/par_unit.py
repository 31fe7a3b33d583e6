import re

import frappe
from frappe import _
from frappe.model.document import Document


class PARUnit(Document):
	def validate(self):
		self.check_code()
		self.check_cluster()
		self.check_parent()

	def check_code(self):
		# the code is part of the names of scorecards and of files handed out
		if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", self.unit_code or ""):
			frappe.throw(
				_("Code {0}: use letters without accents, digits, point, hyphen and underscore only.").format(
					frappe.bold(self.unit_code)
				)
			)

	def check_cluster(self):
		if not self.cluster:
			return
		clusters = frappe.get_all(
			"PAR Unit Cluster",
			filters={"parent": self.unit_group, "parenttype": "PAR Unit Group"},
			pluck="cluster_name",
			order_by="idx",
		)
		if self.cluster not in clusters:
			frappe.throw(
				_("Cluster {0} is not one of group {1}. Choose one of: {2}.").format(
					frappe.bold(self.cluster),
					frappe.bold(self.unit_group),
					", ".join(clusters) or _("(none)"),
				)
			)

	def check_parent(self):
		if self.parent_unit and self.parent_unit == self.name:
			frappe.throw(_("A unit cannot be its own parent. Clear Parent Unit."))
