import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument


class PARSetRevision(OurDocument):
	"""What came of putting a corrected criteria set into force. Written once, by `apply.py`, and kept."""

	def validate(self):
		if not self.flags.applying:
			frappe.throw(
				_("A revision is recorded when it is put into force, and stays as it is."),
				frappe.PermissionError,
			)

	def on_trash(self):
		frappe.throw(
			_("A revision is recorded when it is put into force, and stays as it is."), frappe.PermissionError
		)
