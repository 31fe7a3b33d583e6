import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument


class PARPublishedResult(OurDocument):
	"""One numbered version of a campaign's results, as published. Never overwritten."""

	def before_insert(self):
		if not self.flags.publishing:
			frappe.throw(
				_("Published results are written when a campaign's results are published."),
				frappe.PermissionError,
			)

	def validate(self):
		if not self.is_new():
			frappe.throw(
				_("Published results are not edited. Publish a new version."), frappe.PermissionError
			)

	def on_trash(self):
		frappe.throw(_("Published results are not deleted."), frappe.PermissionError)
