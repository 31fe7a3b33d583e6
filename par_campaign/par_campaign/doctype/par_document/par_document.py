import frappe
from frappe import _
from frappe.utils import get_datetime

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import roles
from par_campaign.printing import kinds
from par_campaign.printing.kinds import Kind
from par_campaign.saying import say

SYSTEM_FIELDS = ("status", "file", "made_by", "made_on", "error")


def name_of(kind: type[Kind], campaign: str, unit: str | None = None) -> str:
	"""Name of a campaign's paper of a kind: there is one of each, and one for each unit's own."""
	return "-".join(part for part in (campaign, kind.key, unit) if part)


class PARDocument(OurDocument):
	"""What a printed document needs besides the campaign's data: number, signatory, meeting and the like.

	Files made in the background hang on it and not on the campaign, which every unit may read.
	"""

	@property
	def paper(self) -> type[Kind]:
		"""The kind of document, as the room of printing knows it."""
		found = next((kind for kind in kinds.kept() if kind.label == self.kind), None)
		if not found:
			frappe.throw(_("Kind: choose one of the list."))
		return found

	@property
	def key(self) -> str:
		"""The key of its kind."""
		return self.paper.key

	def autoname(self):
		self.name = name_of(self.paper, self.campaign, self.unit)

	def validate(self):
		self.keep_system_fields()
		self.check_unit()
		self.check_meeting()

	def keep_system_fields(self):
		"""File and status are written by the job alone."""
		before = self.get_doc_before_save()
		for field in SYSTEM_FIELDS:
			self.set(field, before.get(field) if before else None)

	def check_unit(self):
		"""A unit writes its own papers, and the province those of the campaign."""
		frappe.has_permission("PAR Campaign", doc=self.campaign, throw=True)
		if self.unit and not self.paper.of_unit:
			frappe.throw(say(_("{0} is a document of the campaign, not of a unit."), _(self.kind)))
		if self.paper.of_unit_only and not self.unit:
			frappe.throw(_("Unit: say whose achievements these are."))
		if not roles.is_provincial() and self.unit not in roles.units_of():
			frappe.throw(_("You can only write documents of your own unit."), frappe.PermissionError)

	def check_meeting(self):
		begin, end = self.meeting_begin, self.meeting_end
		if begin and end and get_datetime(end) < get_datetime(begin):
			frappe.throw(_("End: the meeting ends before it begins."))
