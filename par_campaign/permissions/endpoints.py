"""Frappe's own calls that count or export documents without asking who may see them.

They stand in for Frappe's by `override_whitelisted_methods`, and add to them only what is missing.
"""

import frappe
from frappe import client
from frappe.core.doctype.data_export import exporter
from frappe.core.doctype.data_import import data_import
from frappe.desk import listview, notifications
from frappe.desk.form import linked_with
from frappe.utils import get_safe_filters
from frappe.workflow.doctype.workflow import workflow

from par_campaign.permissions import access, exports

# what is kept about documents, by which one could ask about them
RECORDS = ("Comment", "Communication", "Deleted Document", "Document Follow", "File", "ToDo", "Version")


def _is_guarded(doctype: str) -> bool:
	"""Whether this user must be kept to what they may read of this doctype."""
	return (doctype.startswith("PAR ") or doctype in RECORDS) and not access.is_provincial()


def _refuse_units(doctype: str) -> None:
	if _is_guarded(doctype):
		raise frappe.PermissionError


@frappe.whitelist()
def get_count(
	doctype: str, filters: str | dict | list | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""How many documents there are: Frappe counts everybody's, whatever the filters ask."""
	if not _is_guarded(doctype):
		return client.get_count(doctype, filters, debug, cache)
	found = frappe.get_list(
		doctype, filters=get_safe_filters(filters), fields=["count(name) as found"], order_by=None
	)
	return found[0].found if found else 0


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: str | list) -> list | None:
	"""Counts by any field of all documents, for those who arrange workflows."""
	_refuse_units(doctype)
	return workflow.get_workflow_state_count(doctype, workflow_state_field, states)


@frappe.whitelist()
def download_template(
	doctype: str,
	export_fields: str | dict | None = None,
	export_records: str | None = None,
	export_filters: str | dict | list | None = None,
	file_type: str = "CSV",
) -> None:
	"""Data to be imported again, with rows in full; units import nothing."""
	_refuse_units(doctype)
	data_import.download_template(doctype, export_fields, export_records, export_filters, file_type)
	if doctype.startswith("PAR "):
		exports.neutralise(frappe._dict(frappe.local.form_dict))


@frappe.whitelist()
def export_data(doctype: str | list | None = None, **arguments) -> None:
	"""The same by Frappe's older tool."""
	for name in frappe.parse_json(doctype) if str(doctype).startswith("[") else [doctype]:
		_refuse_units(str(name))
	exporter.export_data(doctype=doctype, **arguments)
	if "PAR " in str(doctype):
		exports.neutralise(frappe._dict(frappe.local.form_dict))


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""Counts beside a list. By assignee Frappe filters without permissions, so units get none of ours."""
	if field == "assigned_to" and _is_guarded(doctype):
		return []
	return listview.get_group_by_count(doctype, current_filters, field)


@frappe.whitelist()
def get_submitted_linked_docs(
	doctype: str, name: str, ignore_doctypes_on_cancel_all: str | list | None = None
) -> list[tuple]:
	"""Submitted documents that hang on another. It is asked before cancelling, which units never do."""
	_refuse_units(doctype)
	return linked_with.get_submitted_linked_docs(doctype, name, ignore_doctypes_on_cancel_all)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""Counts of linked documents in a form: for units, of those they may read."""
	if not _is_guarded(doctype):
		return notifications.get_open_count(doctype, name, items)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission()
	links = doc.meta.get_dashboard_data()
	wanted = frappe.parse_json(items) or [item for group in links.transactions for item in group["items"]]
	return {
		"count": {
			"external_links_found": [_readable_count(item, name, links) for item in wanted],
			"internal_links_found": [],
		}
	}


def _readable_count(doctype: str, name: str, links) -> dict:
	fieldname = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	found = []
	if fieldname and frappe.get_meta(doctype).has_field(fieldname) and frappe.has_permission(doctype):
		found = frappe.get_list(doctype, filters={fieldname: name}, limit=100, order_by="name")
	return {"doctype": doctype, "open_count": 0, "count": len(found)}


def may_follow(doc, method: str | None = None) -> None:
	"""Followers get changes and comments by e-mail, so they must be readers."""
	if doc.ref_doctype.startswith("PAR "):
		frappe.has_permission(doc.ref_doctype, doc=doc.ref_docname, user=doc.user, throw=True)
