from frappe.model.document import Document


class PARAwardProposal(Document):
	pass
