from frappe.model.document import Document


class PARTask(Document):
	pass
