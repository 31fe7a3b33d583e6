import frappe
from frappe import _
from frappe.utils import get_datetime

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import roles
from par_campaign.saying import say

# What the register of documents (par_campaign/documents) calls a kind, and what it is called here
KINDS = {
	"submission": "Submission for Awards",
	"minutes": "Council Minutes",
	"decision": "Award Decision",
	"assignment": "Assignment Letter",
	"reminder": "Reminder Letter",
	"regret": "Letter to Units Not Chosen",
	"budget": "Award Budget",
	"summary": "Summary of Achievements",
	"dossier": "Award Dossier",
	"scorecards": "All Score Sheets",
	"consolidated": "Consolidated Workbook",
}
UNIT_KINDS = ("summary", "assignment")  # papers of a unit's own
SYSTEM_FIELDS = ("status", "file", "made_by", "made_on", "error")


def name_of(kind: str, campaign: str, unit: str | None = None) -> str:
	"""Name of a campaign's paper of a kind: there is one of each, and one for each unit's own."""
	return "-".join(part for part in (campaign, kind, unit) if part)


class PARDocument(OurDocument):
	"""What a printed document needs besides the campaign's data: number, signatory, meeting and the like.

	Files made in the background hang on it and not on the campaign, which every unit may read.
	"""

	@property
	def key(self) -> str:
		"""The kind as the register of documents knows it."""
		for key, label in KINDS.items():
			if label == self.kind:
				return key
		frappe.throw(_("Kind: choose one of the list."))

	def autoname(self):
		self.name = name_of(self.key, self.campaign, self.unit)

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
		if self.unit and self.key not in UNIT_KINDS:
			frappe.throw(say(_("{0} is a document of the campaign, not of a unit."), _(self.kind)))
		if self.key == "summary" and not self.unit:
			frappe.throw(_("Unit: say whose achievements these are."))
		if not roles.is_provincial() and self.unit not in roles.units_of():
			frappe.throw(_("You can only write documents of your own unit."), frappe.PermissionError)

	def check_meeting(self):
		begin, end = self.meeting_begin, self.meeting_end
		if begin and end and get_datetime(end) < get_datetime(begin):
			frappe.throw(_("End: the meeting ends before it begins."))
