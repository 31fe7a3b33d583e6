"""File as Frappe has it, but for one thing: what is kept is refused before it is deleted, not after."""

from frappe.core.doctype.file.file import File

from par_campaign.permissions.files import keep_evidence_on_trash


class KeptFile(File):
	"""Frappe's File takes the bytes off the disk first and asks the apps' hooks then: a refusal put the record
	back and left nothing behind it."""

	def on_trash(self):
		keep_evidence_on_trash(self)
		super().on_trash()
