from frappe.model.document import Document


class PARFileFinding(Document):
	"""A stored file that is not what was handed in, as the daily check found it; see permissions/files/watch.py."""
