from frappe.model.document import Document


class PARAppraisal(Document):
	pass
