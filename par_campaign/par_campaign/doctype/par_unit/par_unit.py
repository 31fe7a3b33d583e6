import re

import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import roles
from par_campaign.saying import bold, say

# what a unit is compared with, and under what name
PLACE_FIELDS = ("unit_name", "unit_group", "cluster", "parent_unit", "disabled")


class PARUnit(OurDocument):
	def validate(self):
		if not self.is_new() and any(self.has_value_changed(field) for field in PLACE_FIELDS):
			self.guard_place()
		self.check_code()
		self.check_cluster()
		self.check_parent()
		self.check_divisions()

	def on_trash(self):
		self.guard_place()

	def guard_place(self):
		"""Nobody moves their own unit among others, or takes it away."""
		roles.require_unmixed(self.name, self.unit_name, _("change name, group or cluster"))

	def check_code(self):
		# the code is part of the names of scorecards and of files handed out
		if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", self.unit_code or ""):
			frappe.throw(
				say(
					_("Code {0}: use letters without accents, digits, point, hyphen and underscore only."),
					bold(self.unit_code),
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
				say(
					_("Cluster {0} is not one of group {1}. Choose one of: {2}."),
					bold(self.cluster),
					bold(self.unit_group),
					", ".join(clusters) or _("(none)"),
				)
			)

	def check_parent(self):
		if self.parent_unit and self.parent_unit == self.name:
			frappe.throw(_("A unit cannot be its own parent. Clear Parent Unit."))

	def check_divisions(self):
		"""Names stand once, and heads are the unit's own people."""
		before = self.get_doc_before_save()
		heads = {row.head_user for row in before.divisions} if before else set()
		seen = set()
		for row in self.divisions:
			row.division_name = (row.division_name or "").strip()
			if row.division_name.lower() in seen:
				_division_fault(row, _("{0} stands twice. Remove one.").format(row.division_name))
			seen.add(row.division_name.lower())
			if (
				row.head_user
				and row.head_user not in heads
				and not roles.belongs_to(self.name, row.head_user)
			):
				_division_fault(
					row,
					_("{0} does not belong to this unit. Add the account to it first.").format(row.head_user),
				)


def _division_fault(row, message: str) -> None:
	frappe.throw(say(_("Divisions, row {0}: {1}"), row.idx, message))
