from frappe.model.document import Document


class PARPublishedResult(Document):
	pass
