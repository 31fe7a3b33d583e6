"""Attach fields. Frappe makes a File record of whatever address such a field names, and asks nobody."""

import frappe
from frappe import _

from par_campaign.permissions.files import address, store
from par_campaign.permissions.files.kept_file import KeptFile
from par_campaign.permissions.files.whose import hangs_on_ours
from par_campaign.saying import say


def take_attachments(doc, method: str | None = None) -> None:
	"""On every save of a document of ours: each Attach field names a sealed file that hangs on it."""
	if not doc.doctype.startswith("PAR "):
		return
	for df in _changed(doc):
		if address.place_of(doc.get(df.fieldname)) != address.ELSEWHERE:
			doc.set(df.fieldname, _hung(doc, df))


def refuse_foreign_attachments(doc, method: str | None = None) -> None:
	"""On every save, also of other apps' documents: no field takes a file its user may not name."""
	for df in _changed(doc):
		value = doc.get(df.fieldname)
		if not doc.doctype.startswith("PAR ") and address.leads_to_files(value):
			address.require_allowed(value)


def _changed(doc) -> list:
	fields = doc.meta.get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))})
	return [df for df in fields if doc.get(df.fieldname) and doc.has_value_changed(df.fieldname)]


def _hung(doc, df) -> str:
	"""The address of the file, after a record of it hangs on the document."""
	record = _own_record(doc, df) or address.readable_record(doc.get(df.fieldname))
	if record and record.is_stored and _is_free(record, doc, df):
		record.db_set(_place(doc, df))
		return record.file_url
	return _copied(doc, df, record).file_url


def _place(doc, df) -> dict:
	return {
		"attached_to_doctype": doc.doctype,
		"attached_to_name": doc.name,
		"attached_to_field": df.fieldname,
	}


def _own_record(doc, df):
	"""The record that hangs on this document already."""
	filters = {
		"file_url": doc.get(df.fieldname),
		"attached_to_doctype": doc.doctype,
		"attached_to_name": doc.name,
	}
	name = frappe.db.get_value("File", filters, order_by="creation desc")
	return frappe.get_doc("File", name) if name and not doc.is_new() else None


def _is_free(record, doc, df) -> bool:
	"""Whether the record is this document's, or its user's own and on none."""
	if record.attached_to_doctype:
		return (record.attached_to_doctype, record.attached_to_name) == (doc.doctype, doc.name) and (
			record.attached_to_field in (None, "", df.fieldname)
		)
	return record.owner == frappe.session.user


def _copied(doc, df, record):
	"""A record of the document's own on the same bytes; the intake asks whether the user may read them."""
	value = doc.get(df.fieldname)
	try:
		copy = frappe.get_doc(
			doctype="File",
			file_url=value,
			file_name=record.file_name if record else None,
			is_private=1,
			**_place(doc, df),
		)
		copy.flags.of_field = True  # its document may be just about to be written
		return copy.insert()
	except frappe.PermissionError:
		frappe.clear_last_message()
		frappe.throw(
			say(_("{0}: the file was not found. Attach the document again."), _(df.label)),
			frappe.PermissionError,
		)


def require_our_class(doc, method: str | None = None) -> None:
	"""Another app may put its own File in the place of ours, and nothing would seal then: no file of ours."""
	if not isinstance(doc, KeptFile) and (hangs_on_ours(doc) or store.is_stored(doc.file_url)):
		frappe.throw(
			_("Another app on this site has taken the place of the rules for files. Tell an administrator."),
			frappe.PermissionError,
		)
