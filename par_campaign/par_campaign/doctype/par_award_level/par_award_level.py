from frappe.model.document import Document


class PARAwardLevel(Document):
	pass
