import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.saying import bold, say


class PARGateSettings(OurDocument):
	"""What this site lets its users ask for beside the app's own list."""

	def validate(self):
		seen = set()
		for row in self.names:
			row.asked_name = (row.asked_name or "").strip()
			if (row.kind, row.asked_name) in seen:
				frappe.throw(
					say(
						_("Names Added on This Site, row {0}: {1} stands twice. Remove one."),
						row.idx,
						bold(row.asked_name),
					)
				)
			seen.add((row.kind, row.asked_name))
