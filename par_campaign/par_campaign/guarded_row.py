"""Rows that are read and change only through their document."""

import frappe
from frappe import _

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import pins
from par_campaign.saying import say

RESTS_ON = ("frappe.permissions.has_permission", "frappe.permissions.has_child_permission")


class GuardedRow(OurDocument):
	"""A child row that cannot be saved or deleted by itself, and is read as its document is.

	Frappe lets whoever may write the parent save a child row directly (REST on the child doctype),
	which skips the parent's controller and with it every rule. A parent writes its rows with
	`db_insert` and `db_update`, so these hooks run only on the direct way in.

	A row asked for by its name is checked by Frappe against its parent's doctype only. So a row that stands
	alone loads its document, which is then asked, and shows of itself what the document's form would show.
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

	@property
	def parent_doc(self):
		"""The document of this row: the one it was loaded with, or the stored one."""
		return super().parent_doc or self._load_parent()

	@parent_doc.setter
	def parent_doc(self, value):
		self._parent_doc = value

	@parent_doc.deleter
	def parent_doc(self):
		self._parent_doc = None

	def _load_parent(self) -> OurDocument | None:
		"""Where the row is stored, not where a request says it is; None for a new row and one that is gone."""
		of = frappe.db.get_value(self.doctype, self.name, ["parenttype", "parent"]) if self.name else None
		if not of or not frappe.db.exists(*of):
			return None
		self._parent_doc = frappe.get_doc(*of)
		return self._parent_doc

	def _stands_alone(self) -> bool:
		return super().parent_doc is None

	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""As the document. By itself a row is read and no more, and a new one is nobody's."""
		if self.flags.ignore_permissions:
			return True
		if self._stands_alone() and permtype != "read":
			return False
		pins.require(*RESTS_ON)
		document = self.parent_doc
		return bool(document) and document.has_permission(permtype, debug=debug, user=user)

	def apply_fieldlevel_read_permissions(self):
		"""Leave what the document's form would show of this row, and nothing of a row it no longer has."""
		shown = self._as_shown()
		for df in self.meta.fields:
			if df.fieldname in self.__dict__ and (shown is None or df.fieldname not in shown.__dict__):
				delattr(self, df.fieldname)

	def _as_shown(self) -> OurDocument | None:
		document = self.parent_doc
		if not document:
			return None
		document = frappe.get_doc(document.doctype, document.name)
		document.apply_fieldlevel_read_permissions()
		return next((row for row in document.get_all_children() if row.name == self.name), None)

	def before_print(self, settings=None):
		self.apply_fieldlevel_read_permissions()
