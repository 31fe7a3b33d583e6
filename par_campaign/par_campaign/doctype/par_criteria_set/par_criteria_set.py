from frappe.model.document import Document


class PARCriteriaSet(Document):
	pass
