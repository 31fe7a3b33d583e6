"""PAR Audit Trail: nhật ký kiểm tra, every change that moved a number, a place or a right: who, when, from, to, why."""

from collections.abc import Mapping

import frappe
from frappe import _

from par_campaign.audit.entry import Entry, Scope
from par_campaign.audit.trail import own_units, trail
from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.permissions import roles

READERS = frozenset({roles.AUDITOR, "System Manager"})


@live("PAR Audit Trail")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart (none) and summary of the report. Without a campaign nothing is read."""
	require_reader()
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(), []
	scorecards.require_campaign(filters.campaign)
	entries, more = trail(_scope(filters))
	rows = get_rows(entries)
	return get_columns(), rows, get_message(rows, more), None, get_summary(rows)


def require_reader() -> None:
	"""The auditor reads all; nobody who takes part, and no unit."""
	if frappe.session.user != "Administrator" and not READERS & set(frappe.get_roles()):
		frappe.throw(_("The audit trail is for the auditor."), frappe.PermissionError)


def _scope(filters) -> Scope:
	return Scope(
		filters.campaign,
		filters.unit or "",
		_accounts(filters.user),
		filters.kind or "",
		str(filters.from_date or ""),
		str(filters.to_date or ""),
	)


def _accounts(text: str | None) -> tuple[str, ...]:
	"""Accounts whose address or name holds the text; an account that is gone goes by its address."""
	text = (text or "").strip()
	if not text:
		return ()
	like = ("like", f"%{text}%")
	return (text, *frappe.get_all("User", or_filters={"name": like, "full_name": like}, pluck="name"))


def get_rows(entries: list[Entry]) -> list[dict]:
	names = _names("PAR Unit", "unit_name", {entry.unit for entry in entries if entry.unit})
	people = _names("User", "full_name", {entry.who for entry in entries if entry.who})
	return [
		{
			"moment": entry.when,
			"user": entry.who,
			"full_name": people.get(entry.who, entry.who),
			"kind": _(entry.kind),
			"unit_name": names.get(entry.unit, entry.unit),
			"what": entry.what,
			"old": entry.old,
			"new": entry.new,
			"why": entry.why,
			"own_unit": mark,
			"document_type": entry.doctype,
			"document": entry.name,
			"is_removal": int(entry.removed),
		}
		for entry, mark in zip(entries, own_units(entries), strict=True)
	]


def _names(doctype: str, field: str, names: set[str]) -> dict[str, str]:
	rows = frappe.get_all(doctype, {"name": ("in", names)}, ["name", field], order_by="name")
	return {row.name: row[field] for row in rows}


def get_message(rows: list[dict], more: bool) -> str | None:
	said = []
	if more:
		said.append(_("There are more changes than are shown at once. Choose a unit, a kind or a period."))
	if not rows:
		said.append(_("No changes."))
	if frappe.db.exists("Logs To Clear", {"ref_doctype": "Deleted Document"}):
		said.append(
			_("Log Settings clear the record of what was deleted, so that old removals are not shown.")
		)
	return " ".join(said) or None


def get_summary(rows: list[dict]) -> list[dict]:
	own = sum(bool(row["own_unit"]) for row in rows)
	removed = sum(row["is_removal"] for row in rows)
	return [
		{"label": _("Changes"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("By People of a Unit Concerned"),
			"value": own,
			"datatype": "Int",
			"indicator": "orange" if own else "green",
		},
		{
			"label": _("Removals and Breaks"),
			"value": removed,
			"datatype": "Int",
			"indicator": "red" if removed else "green",
		},
	]


def get_columns() -> list[dict]:
	return [
		{"fieldname": "moment", "label": _("When"), "fieldtype": "Datetime", "width": 165},
		_text("full_name", _("Who"), 150),
		_text("kind", _("Kind"), 120),
		_text("unit_name", _("Unit"), 160),
		_text("what", _("What"), 250),
		_text("old", _("From"), 150),
		_text("new", _("To"), 150),
		_text("why", _("Why"), 180),
		_text("own_unit", _("Own Unit"), 120),
		{
			"fieldname": "document",
			"label": _("Document"),
			"fieldtype": "Dynamic Link",
			"options": "document_type",
			"width": 170,
		},
		_text("document_type", _("Document Type"), 130),
		_text("user", _("Account"), 170),
	]


def _text(fieldname: str, label: str, width: int) -> dict:
	# to the left, numbers too: the table would set a column by what its first rows hold
	return {"fieldname": fieldname, "label": label, "fieldtype": "Data", "width": width, "align": "left"}
