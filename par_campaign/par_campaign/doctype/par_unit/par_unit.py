from frappe.model.document import Document


class PARUnit(Document):
	pass
