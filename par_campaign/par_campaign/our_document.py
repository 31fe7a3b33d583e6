"""What all documents and rows of this app have in common, whatever writes them."""

import frappe
from frappe.model.document import Document
from frappe.utils import escape_html

from par_campaign.permissions import plain_text


class OurDocument(Document):
	"""Base of every document and row of the app; `tests/site/test_plain_text.py` holds that none is forgotten."""

	def set_user_and_timestamp(self):
		plain_text.check_dates(self)  # before anybody compares them: permissions depend on deadlines
		super().set_user_and_timestamp()

	def run_before_save_methods(self):
		# first, so that no rule of a controller meets something that is no text; and again, for what it wrote
		plain_text.check(self)
		super().run_before_save_methods()
		plain_text.check(self)

	def _sanitize_content(self):
		"""Frappe's own would alter "a < b" in a text that holds a tag, and lets any tag pass in valid JSON."""
		plain_text.sanitise_rich_text(self)

	def get_formatted(
		self, fieldname, doc=None, currency=None, absolute_value=False, translated=False, format=None
	):
		"""For Frappe's print formats and e-mails, which take what they get for HTML."""
		df = self.meta.get_field(fieldname)
		if df and plain_text.is_plain(df) and isinstance(self.get(fieldname), str):
			return escape_html(self.get(fieldname)).replace("\n", "<br>")
		shown = super().get_formatted(fieldname, doc, currency, absolute_value, translated, format)
		# of a link Frappe shows the other document's title
		return escape_html(shown) if df and df.fieldtype in ("Link", "Dynamic Link") and shown else shown

	def db_set(self, fieldname, value=None, *args, **kwargs):
		plain_text.check_values(self, fieldname if isinstance(fieldname, dict) else {fieldname: value})
		return super().db_set(fieldname, value, *args, **kwargs)

	def notify_update(self):
		"""Tell those who have this document open that it changed, and nobody else.

		Frappe also tells everybody subscribed to the doctype, whom it asks for no more than the role: who saves
		which scorecard, and when, is the unit's and the council's matter.
		"""
		if frappe.flags.in_patch:
			return
		frappe.publish_realtime(
			"doc_update",
			{"modified": self.modified, "doctype": self.doctype, "name": self.name},
			doctype=self.doctype,
			docname=self.name,
			after_commit=True,
		)
