"""Keeping the appraised part (permission level 1) from a unit until its campaign shows it.

Frappe strips such fields when a document is loaded, but not from what a save returns, and it keeps
every field's old and new value in the document's history, which goes to whoever may read the
document. Both are mended here.
"""

import frappe
from frappe.core.doctype.version.version import get_diff

from par_campaign.permissions import access


def is_hidden(card) -> bool:
	"""Whether the session's user may not see the appraised part of this scorecard."""
	return not access.is_provincial() and not access.may_see_appraisal(card.campaign, card.name)


def closed_fields(doctype: str) -> set[str]:
	"""Fields of the appraised part."""
	return {df.fieldname for df in frappe.get_meta(doctype).fields if df.permlevel}


def strip(card, values: dict) -> dict:
	"""Take the appraised part out of a scorecard's plain values."""
	for field in closed_fields(card.doctype):
		values.pop(field, None)
	for table in card.meta.get_table_fields():
		fields = closed_fields(table.options)
		for row in values.get(table.fieldname) or ():
			for field in fields:
				row.pop(field, None)
	return values


def empty(card) -> None:
	"""Take the appraised part out of the document itself, which is then not to be saved."""
	for field in closed_fields(card.doctype):
		card.set(field, None)
	for table in card.meta.get_table_fields():
		fields = closed_fields(table.options)
		for row in card.get(table.fieldname):
			row.update(dict.fromkeys(fields))


def save_history(card) -> None:
	"""Keep the change in two parts: the unit's on the scorecard, the appraisers' on their round."""
	diff = get_diff(card.get_doc_before_save(), card)
	if not diff:
		return
	own, appraisal = _split(card, diff)
	_insert(card.doctype, card.name, own)
	_insert("PAR Appraisal", f"{card.name}-R{card.round or 1}", appraisal)


def _split(card, diff: dict) -> tuple[dict, dict]:
	closed = closed_fields(card.doctype)
	own = {**diff, "changed": [c for c in diff["changed"] if c[0] not in closed], "row_changed": []}
	appraisal = {**diff, "changed": [c for c in diff["changed"] if c[0] in closed], "row_changed": []}
	appraisal["added"] = appraisal["removed"] = []
	for table, row_name, index, changes in diff["row_changed"]:
		closed = closed_fields(card.meta.get_options(table))
		for part, wanted in ((own, False), (appraisal, True)):
			if kept := [c for c in changes if (c[0] in closed) is wanted]:
				part["row_changed"].append([table, row_name, index, kept])
	return own, appraisal


def _insert(doctype: str, name: str, diff: dict) -> None:
	if not any(diff.get(key) for key in ("changed", "added", "removed", "row_changed")):
		return
	version = frappe.new_doc("Version")
	version.set_impersonator(diff)
	version.update(
		{
			"ref_doctype": doctype,
			"docname": name,
			"data": frappe.as_json(diff, indent=None, separators=(",", ":")),
		}
	)
	version.insert(ignore_permissions=True)  # history is written by the system, as Frappe's own is
