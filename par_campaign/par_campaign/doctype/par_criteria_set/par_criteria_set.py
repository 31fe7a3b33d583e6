import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.results import store
from par_campaign.saying import bold, lines, say
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.validate import faults

# What scores follow from; a locked set changes these by a numbered revision only.
HEAD_FIELDS = ("unit_group", "year", "bonus_position", "not_applicable", "bonus_cap", "deduction_cap")


class PARCriteriaSet(OurDocument):
	def validate(self):
		self.keep_system_fields()
		self.check_choices()
		self.clean_codes()
		self.check_faults()
		self.guard_lock()
		self.set_sums()

	def on_update(self):
		frappe.clear_document_cache(self.doctype, self.name)

	def on_trash(self):
		if self.locked:
			frappe.throw(say(_("Criteria set {0} is in use, so it cannot be deleted."), bold(self.title)))

	def keep_system_fields(self):
		before = self.get_doc_before_save()
		if before:
			self.locked, self.version, self.previous_version = (
				before.locked,
				before.version,
				before.previous_version,
			)
		elif not self.flags.revision:
			self.locked, self.version, self.previous_version = 0, 1, None

	def clean_codes(self):
		for row in self.criteria:
			row.code = (row.code or "").strip().rstrip(".")

	def check_choices(self):
		"""Only the listed kinds of rule, score and demand: Frappe looks at that after this controller."""
		for doc in (self, *self.criteria):
			doc._validate_selects()

	def guard_lock(self):
		before = self.get_doc_before_save()
		if not before or not before.locked:
			return
		if any(self.has_value_changed(f) for f in HEAD_FIELDS) or store.criteria_of(
			self
		) != store.criteria_of(before):
			frappe.throw(
				say(
					_("Criteria set {0} is in use by a launched campaign. Make a revision to change it."),
					bold(self.title),
				),
				title=_("Locked"),
			)

	def check_faults(self):
		"""Refuse a set that contradicts itself, with every fault listed at once."""
		if not self.criteria:
			return  # a new set stands empty until a workbook fills it; no campaign launches with it
		found = all_faults(self)
		errors = [fault for fault in found if fault.severity == "error"]
		if errors:
			frappe.throw(lines(fault_text(fault) for fault in errors), title=_("The Criteria Set Has Faults"))
		if found and not frappe.flags.in_import:
			frappe.msgprint(lines(fault_text(fault) for fault in found), title=_("Please Check"))

	def set_sums(self):
		leaves = store.criteria_set_of(self).leaves()
		self.leaf_count = len(leaves)
		self.total_maximum = float(sum(leaf.maximum for leaf in leaves if leaf.score_type.value == "Normal"))

	@frappe.whitelist(methods=["POST"])
	def make_revision(self, reason: str) -> str:
		"""Copy a locked set into its next numbered version, which can be edited; returns its name."""
		self.check_permission("create")
		if not (reason or "").strip():
			frappe.throw(_("Reason for Revision is missing."))
		copy = frappe.copy_doc(self)
		copy.flags.revision = True
		copy.locked, copy.version, copy.previous_version = 0, (self.version or 1) + 1, self.name
		copy.revision_reason = reason
		return copy.insert().name


def all_faults(doc) -> list[Fault]:
	"""Every fault of a set at once: lines that cannot be read, then what contradicts itself in the rest."""
	unread = store.text_faults(doc)
	codes = frozenset(fault.code for fault in unread)
	found = faults(store.criteria_set_of(doc, codes))
	# what an unreadable line leaves open is not a second fault
	return unread + [f for f in found if f.code not in codes or f.field not in store.TEXT_FIELDS]


def fault_text(fault) -> str:
	"""A fault as one line that names row and field."""
	field = _(frappe.get_meta("PAR Criterion").get_label(fault.field) or fault.field) if fault.field else ""
	if fault.code and field:
		return say(_("Row {0}, {1}: {2}"), bold(fault.code), field, fault.message)
	return say("{0} {1}", bold(fault.code), fault.message) if fault.code else fault.message
