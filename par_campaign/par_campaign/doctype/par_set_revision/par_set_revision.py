from frappe.model.document import Document


class PARSetRevision(Document):
	pass
