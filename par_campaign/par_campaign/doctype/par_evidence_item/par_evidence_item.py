from frappe.model.document import Document


class PAREvidenceItem(Document):
	pass
