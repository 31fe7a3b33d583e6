"""Search in link fields, with the user's permissions.

Frappe's own takes `ignore_user_permissions` from the request and then lists every document, with any
field `filter_fields` names. This one stands in its place for documents that are not everybody's.
"""

import frappe


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: str | dict | list | None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
) -> list:
	"""Documents the user may read whose name, title or search fields contain the text."""
	meta = frappe.get_meta(doctype)
	if meta.istable:
		raise frappe.PermissionError
	columns = list(dict.fromkeys(["name", meta.title_field or "name", *meta.get_search_fields()]))
	fields = [f"`tab{doctype}`.`{column}`" for column in columns]
	if meta.show_title_field_in_link and meta.title_field:
		fields.insert(1, f"`tab{doctype}`.`{meta.title_field}` as `label`")
	return frappe.get_list(
		doctype,
		fields=fields,
		filters=frappe.parse_json(filters) or None,
		or_filters=[[doctype, column, "like", f"%{txt}%"] for column in columns] if txt else None,
		order_by=f"`tab{doctype}`.`modified` desc",
		limit_start=start,
		limit_page_length=page_len,
		as_list=not as_dict,
	)
