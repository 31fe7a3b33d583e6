import frappe
from frappe import _
from frappe.utils import formatdate

from par_campaign.par_campaign.doctype.par_campaign import checks, vote_rules
from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.saying import say


class PARAwardLevel(OurDocument):
	def validate(self):
		self.check_rates()
		vote_rules.keep_of_level(self)

	def before_rename(self, old: str, new: str, merge: bool = False):
		checks.require_unlaunched("PAR Award Quota", "award_level", old)

	def check_rates(self):
		"""Two coefficients from one day would contradict each other."""
		seen: dict[str, int] = {}
		for row in self.rates:
			day = str(row.valid_from)
			if day in seen:
				frappe.throw(
					say(
						_("Coefficients, row {0}: {1} stands in row {2} already. Remove one."),
						row.idx,
						formatdate(row.valid_from),
						seen[day],
					)
				)
			seen[day] = row.idx
