from frappe.model.document import Document


class PARUnitGroup(Document):
	pass
