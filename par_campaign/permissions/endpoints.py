"""Frappe's own calls that count, search or export documents without asking who may see them.

They stand in for Frappe's by `override_whitelisted_methods`, and add to them only what is missing.
"""

import frappe
from frappe.utils import cint, get_safe_filters

from par_campaign.permissions import ours, people, records, roles
from par_campaign.permissions.standing_in import instead_of


def _refuse_units(doctype: str | None) -> None:
	if records.is_kept_to_readable(doctype):
		raise frappe.PermissionError


# --- counts --------------------------------------------------------------------------------------


@instead_of("frappe.client.get_count")
def get_count(frappes, form):
	"""How many documents there are: Frappe counts everybody's, whatever the filters ask."""
	if records.is_kept_to_readable(form.doctype):
		return _readable(form.doctype, form.filters)
	if roles.is_provincial() or not records.is_about_documents(form.doctype):
		return frappes()
	# a user of another app: as Frappe counts, but for the records about documents of ours
	return frappes() - sum(
		frappes(filters=_with(form.filters, form.doctype, [field, "in", ours.documents()]))
		for field, _name in ours.references_of(form.doctype)
	)


def _readable(doctype: str, filters) -> int:
	found = frappe.get_list(
		doctype, filters=get_safe_filters(filters), fields=["count(name) as found"], order_by=None
	)
	return found[0].found if found else 0


def _with(filters, doctype: str, condition: list) -> list:
	filters = get_safe_filters(filters) or []
	if isinstance(filters, str):
		filters = {"name": filters}
	if isinstance(filters, dict):
		filters = [
			[field, *(value if isinstance(value, list | tuple) else ("=", value))]
			for field, value in filters.items()
		]
	return [*filters, condition]


@instead_of("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")
def get_workflow_state_count(frappes, form):
	"""Counts by any field of all documents, for those who arrange workflows."""
	_refuse_units(form.doctype)
	return frappes()


@instead_of("frappe.desk.listview.get_group_by_count")
def get_group_by_count(frappes, form):
	"""Counts beside a list. By assignee Frappe filters without permissions, so units get none of ours."""
	if form.field == "assigned_to" and records.is_kept_to_readable(form.doctype):
		return []
	return frappes()


@instead_of("frappe.desk.notifications.get_open_count")
def get_open_count(frappes, form):
	"""Counts of linked documents in a form: for units, of those they may read."""
	if roles.is_provincial() or not ours.mentioned_in((form.doctype, form.get("items"))):
		return frappes()
	doc = frappe.get_doc(form.doctype, form.name)
	doc.check_permission()
	links = doc.meta.get_dashboard_data()
	wanted = frappe.parse_json(form.get("items")) or [
		item for group in links.transactions for item in group["items"]
	]
	return {
		"count": {
			"external_links_found": [_readable_count(item, form.name, links) for item in wanted],
			"internal_links_found": [],
		}
	}


def _readable_count(doctype: str, name: str, links) -> dict:
	fieldname = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	found = []
	if fieldname and frappe.get_meta(doctype).has_field(fieldname) and frappe.has_permission(doctype):
		found = frappe.get_list(doctype, filters={fieldname: name}, limit=100, order_by="name")
	return {"doctype": doctype, "open_count": 0, "count": len(found)}


@instead_of("frappe.desk.form.linked_with.get_submitted_linked_docs")
def get_submitted_linked_docs(frappes, form):
	"""Submitted documents that hang on another. It is asked before cancelling, which units never do."""
	_refuse_units(form.doctype)
	return frappes()


# --- search --------------------------------------------------------------------------------------
# Frappe takes `ignore_user_permissions` from the request, and then every document, with any field that
# `filter_fields` names.


@instead_of("frappe.desk.search.search_widget")
def search_widget(frappes, form):
	"""What a link field's dialog and the awesome bar find."""
	return frappes(**_within_permissions(form))


@instead_of("frappe.desk.search.search_link")
def search_link(frappes, form):
	"""What a link field offers."""
	return frappes(**_within_permissions(form))


def _within_permissions(form) -> dict:
	"""What to change in a search so that it ignores no permissions where it matters."""
	if not cint(form.ignore_user_permissions) or roles.is_administrator():
		return {}
	if ours.is_ours(form.doctype) or (roles.has_role() and not ours.is_of_another_app(form.doctype)):
		return {"ignore_user_permissions": False}
	if not records.is_about_documents(form.doctype):
		return {}
	filters = [
		[form.doctype, field, "not in", ours.documents()] for field, _ in ours.references_of(form.doctype)
	]
	return {"filters": [*_as_list(form.doctype, form.filters), *filters]}


def _as_list(doctype: str, filters) -> list:
	filters = frappe.parse_json(filters) or []
	if isinstance(filters, dict):
		return [frappe.utils.make_filter_tuple(doctype, field, value) for field, value in filters.items()]
	return filters


@instead_of("frappe.desk.search.get_names_for_mentions")
def get_names_for_mentions(frappes, form):
	"""Whom a comment may mention: units' people see neither names nor addresses of other units' people."""
	hidden = people.hidden_from(frappe.session.user)
	return [person for person in frappes() if person.get("is_group") or person["id"] not in hidden]
