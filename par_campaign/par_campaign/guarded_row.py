"""Rows that change only through their parent."""

import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.saying import say


class GuardedRow(OurDocument):
	"""A child row that cannot be saved or deleted by itself.

	Frappe lets whoever may write the parent save a child row directly (REST on the child doctype),
	which skips the parent's controller and with it every rule. A parent writes its rows with
	`db_insert` and `db_update`, so these hooks run only on the direct way in.
	"""

	def validate(self):
		self._refuse()

	def on_trash(self):
		self._refuse()

	def _refuse(self):
		frappe.throw(
			say(
				_("Rows of {0} are changed in the {1} they belong to, not by themselves."),
				_(self.doctype),
				_(self.parenttype or ""),
			),
			frappe.PermissionError,
		)
