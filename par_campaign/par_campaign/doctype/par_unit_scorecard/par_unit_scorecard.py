from frappe.model.document import Document


class PARUnitScorecard(Document):
	pass
