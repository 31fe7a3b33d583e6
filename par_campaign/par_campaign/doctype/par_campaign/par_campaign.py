from frappe.model.document import Document


class PARCampaign(Document):
	pass
