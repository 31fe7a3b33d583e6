from frappe.model.document import Document


class PARExternalResult(Document):
	pass
