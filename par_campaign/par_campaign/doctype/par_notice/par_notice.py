from frappe.model.document import Document


class PARNotice(Document):
	pass
