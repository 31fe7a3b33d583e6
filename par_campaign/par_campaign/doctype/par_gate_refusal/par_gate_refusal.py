import frappe

from par_campaign.par_campaign.our_document import OurDocument


class PARGateRefusal(OurDocument):
	"""A name that was asked for and is not open to users of this app."""

	@frappe.whitelist(methods=["POST"])
	def allow(self, reason: str) -> None:
		"""Add the name to what this site lets its users ask for; whoever may change the settings may do it."""
		settings = frappe.get_doc("PAR Gate Settings")
		settings.append("names", {"kind": self.kind, "asked_name": self.asked_name, "reason": reason})
		settings.save()
