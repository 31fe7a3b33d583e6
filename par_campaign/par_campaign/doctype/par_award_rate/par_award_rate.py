from frappe.model.document import Document


class PARAwardRate(Document):
	"""How many base salaries an award is worth from a day on."""
