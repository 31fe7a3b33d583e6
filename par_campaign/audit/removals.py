"""What was taken away: documents, traces and comments, from what Frappe keeps of the deleted.

Frappe drops the history of a document together with it; `keep_history` puts it among the deleted first. What was
deleted in the database itself, past Frappe, is nowhere.
"""

import json
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr, now, strip_html

from par_campaign.audit.changes import subject
from par_campaign.audit.entry import Entry, Scope
from par_campaign.permissions import watched

TRACES = {"Version": ("ref_doctype", "docname"), "Comment": ("reference_doctype", "reference_name")}
MEMBERSHIP = "User Permission"
MOST = 4000
FIELDS = ("name", "owner", "creation", "modified", "modified_by", "deleted_doctype", "deleted_name", "data")


def keep_history(doc, method: str | None = None) -> None:
	"""Before the history of a deleted document of ours is dropped: keep it as deleted, in one insert for a kind."""
	if doc.doctype not in watched.WATCHED:
		return
	for trace, (doctype, name) in TRACES.items():
		rows = frappe.get_all(trace, {doctype: doc.doctype, name: doc.name}, ["*"], order_by="creation")
		values = [_kept(trace, row) for row in rows]
		if values:
			frappe.db.bulk_insert("Deleted Document", FIELDS, values)


def _kept(trace: str, row) -> tuple:
	user, moment = frappe.session.user, now()
	data = frappe.as_json({"doctype": trace, **row})
	return frappe.generate_hash(length=10), user, moment, moment, user, trace, row.name, data


def removals(scope: Scope) -> Iterator[Entry]:
	"""Deleted documents of the campaign, deleted traces of them, and units taken from accounts."""
	table = frappe.qb.DocType("Deleted Document")
	ours = [*watched.WATCHED, *watched.KEPT, *TRACES]
	of_campaign = table.deleted_doctype.isin(ours) & table.data.like(_within(scope.campaign))
	of_units = (table.deleted_doctype == MEMBERSHIP) & table.data.like('%"PAR Unit"%')
	query = (
		frappe.qb.from_(table)
		.select(table.owner, table.creation, table.deleted_doctype, table.deleted_name, table.data)
		.where(of_campaign | of_units)
		.where(scope.of(table, table.owner, table.creation))
		.orderby(table.creation, order=frappe.qb.desc)
		.limit(MOST)
	)
	units = set(
		frappe.get_all("PAR Unit Scorecard", {"campaign": scope.campaign}, pluck="unit", order_by="unit")
	)
	for row in query.run(as_dict=True):
		entry = _entry(row, json.loads(row.data or "{}"))
		if entry.kind != watched.MEMBERSHIP or entry.unit in units:
			yield entry


def _within(text: str) -> str:
	return "%" + text.replace("_", r"\_").replace("%", r"\%") + "%"


def _entry(row, data: dict) -> Entry:
	kind, what = watched.REMOVAL, _("Deleted: {0}").format(_(row.deleted_doctype))
	doctype, name, old = row.deleted_doctype, row.deleted_name, cstr(data.get("title") or data.get("source"))
	unit = cstr(data.get("unit"))
	if row.deleted_doctype in TRACES:
		doctype, name = subject(*(cstr(data.get(field)) for field in TRACES[row.deleted_doctype]))
		old = _trace_text(row.deleted_doctype, data)
	elif row.deleted_doctype == MEMBERSHIP:
		kind, what = watched.MEMBERSHIP, _("No longer belongs to a unit: {0}").format(cstr(data.get("user")))
		old = unit = cstr(data.get("for_value"))
	return Entry(row.creation, row.owner, kind, doctype, name, what, old=old, unit=unit, removed=True)


def _trace_text(trace: str, data: dict) -> str:
	"""Whose trace it was, of when, and what it said."""
	said = strip_html(cstr(data.get("content"))) if trace == "Comment" else cstr(data.get("data"))
	return f"{cstr(data.get('owner'))}, {cstr(data.get('creation'))[:16]}: {said[:500]}"
