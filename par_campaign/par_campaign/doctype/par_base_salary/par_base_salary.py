from frappe.model.document import Document


class PARBaseSalary(Document):
	"""Lương cơ sở from a day until another follows."""
