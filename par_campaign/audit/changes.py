"""Changes of documents, from the Versions Frappe keeps of them. One query for a doctype, whatever the size."""

import json
import re
from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.utils import cstr

from par_campaign.audit.entry import Entry, Scope
from par_campaign.permissions.watched import WATCHED, Table

MOST = 4000  # Versions of one doctype that are read at once, the newest; the report says when there are more
ROUND = re.compile(r"-R\d+$")
STATUS = ("Draft", "Submitted", "Cancelled")


def read(scope: Scope) -> tuple[list, bool]:
	"""The Versions, and whether there are older ones that were not read."""
	found, more = [], False
	for doctype in WATCHED:  # a dozen, whatever the size of the campaign
		criterion = _documents(doctype, scope)
		if criterion is None:
			continue
		versions = _versions(doctype, criterion, scope)
		more |= len(versions) == MOST
		found += versions
	return found, more


def changes(versions: list) -> list[Entry]:
	"""What the Versions tell of watched fields."""
	names = _row_names(versions)
	return [entry for version in versions for entry in _entries(version, names)]


# --- which documents --------------------------------------------------------------------------------


def _documents(doctype: str, scope: Scope):
	"""Criterion on a Version: it is of a document of this campaign, and of the unit if one is asked for."""
	version = frappe.qb.DocType("Version")
	if doctype == "PAR Appraisal":  # by name: the history of a round is written before its record is
		prefix = f"{scope.campaign}-{scope.unit}-R%" if scope.unit else f"{scope.campaign}-%-R%"
		return version.docname.like(prefix.replace("_", r"\_"))
	if doctype == "PAR Campaign":
		return None if scope.unit else version.docname == scope.campaign
	names = OTHERS[doctype](scope) if doctype in OTHERS else _of_campaign(doctype, scope)
	return None if names is None else version.docname.isin(names)


def _of_campaign(doctype: str, scope: Scope):
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.campaign == scope.campaign)
	if not scope.unit:
		return query
	return query.where(table.unit == scope.unit) if frappe.get_meta(doctype).has_field("unit") else None


def _units(scope: Scope):
	card = frappe.qb.DocType("PAR Unit Scorecard")
	query = frappe.qb.from_(card).select(card.unit).where(card.campaign == scope.campaign)
	return query.where(card.unit == scope.unit) if scope.unit else query


def _groups(scope: Scope):
	if scope.unit:
		return None
	row = frappe.qb.DocType("PAR Campaign Group")
	return frappe.qb.from_(row).select(row.unit_group).where(row.parent == scope.campaign)


def _sets(scope: Scope):
	"""The sets in force now, and those a revision has put out of force."""
	if scope.unit:
		return None
	row, revision = frappe.qb.DocType("PAR Campaign Group"), frappe.qb.DocType("PAR Set Revision")
	now = frappe.qb.from_(row).select(row.criteria_set).where(row.parent == scope.campaign)
	before = frappe.qb.from_(revision).select(revision.old_set).where(revision.campaign == scope.campaign)
	names = {name for query in (now, before) for (name,) in query.run()}
	return sorted(names) or [""]


def _everywhere(doctype: str):
	def names(scope: Scope):
		table = frappe.qb.DocType(doctype)
		return None if scope.unit else frappe.qb.from_(table).select(table.name)

	return names


OTHERS = {
	"PAR Unit": _units,
	"PAR Unit Group": _groups,
	"PAR Criteria Set": _sets,
	"PAR Award Level": _everywhere("PAR Award Level"),
	"PAR Base Salary": _everywhere("PAR Base Salary"),
}


# --- reading ----------------------------------------------------------------------------------------


def _versions(doctype: str, criterion, scope: Scope) -> list:
	version = frappe.qb.DocType("Version")
	query = (
		frappe.qb.from_(version)
		.select(
			version.name, version.ref_doctype, version.docname, version.owner, version.creation, version.data
		)
		.where((version.ref_doctype == doctype) & criterion)
		.where(scope.of(version, version.owner, version.creation))
		.orderby(version.creation, order=frappe.qb.desc)
		.orderby(version.name)
		.limit(MOST)
	)
	rows = query.run(as_dict=True)
	for row in rows:
		row.diff = json.loads(row.data or "{}")
		row.doctype, row.document = subject(row.ref_doctype, row.docname)
	return rows


def subject(doctype: str, name: str) -> tuple[str, str]:
	"""The document a history is of: that of a round is its scorecard's."""
	if doctype == "PAR Appraisal":
		return "PAR Unit Scorecard", ROUND.sub("", name)
	return doctype, name


def _row_names(versions: Iterable) -> dict[str, str]:
	"""What names the rows of tables that were changed: by the rows' own names, one query for a table."""
	wanted: dict[str, tuple[Table, set[str]]] = {}
	for version in versions:
		for table, _index, row, _changes in version.diff.get("row_changed") or ():
			if watched := WATCHED[version.ref_doctype].tables.get(table):
				child = frappe.get_meta(version.doctype).get_options(table)
				wanted.setdefault(child, (watched, set()))[1].add(row)
	found = {}
	for child, (watched, rows) in wanted.items():
		for row in frappe.get_all(
			child, {"name": ("in", rows)}, ["name", *watched.named_by], order_by="name", limit=0
		):
			found[row.name] = _called(row, watched)
	return found


def units_of(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
	"""The unit of each document that has one, one query for a doctype."""
	named: dict[str, set[str]] = {}
	for entry in entries:
		named.setdefault(entry.doctype, set()).add(entry.name)
	found: dict[tuple[str, str], str] = {}
	for doctype, names in named.items():
		if doctype == "PAR Unit":
			found |= {(doctype, name): name for name in names}
		elif frappe.get_meta(doctype).has_field("unit"):
			for row in frappe.get_all(doctype, {"name": ("in", names)}, ["name", "unit"], order_by="name"):
				found[doctype, row.name] = row.unit
	return found


def _called(row, watched: Table) -> str:
	return " ".join(cstr(row.get(field)) for field in watched.named_by if row.get(field))


# --- telling ----------------------------------------------------------------------------------------


def _entries(version, names: dict[str, str]) -> Iterator[Entry]:
	watched, meta = WATCHED[version.ref_doctype], frappe.get_meta(version.doctype)
	changed = {field: (old, new) for field, old, new in version.diff.get("changed") or ()}
	for field, (old, new) in changed.items():
		if kind := watched.fields.get(field):
			why = _why(changed, watched.why.get(field, ""))
			yield _entry(version, kind, _label(meta, field), *_values(meta, field, old, new), why)
	for table, index, row, of_row in version.diff.get("row_changed") or ():
		if rows := watched.tables.get(table):
			called = names.get(row) or _("row {0}").format(index + 1)
			yield from _of_row(version, meta, table, rows, called, of_row)
	for key, old_or_new in (("added", "new"), ("removed", "old")):
		for table, row in version.diff.get(key) or ():
			if (rows := watched.tables.get(table)) and rows.whole_rows:
				text = _row_text(frappe.get_meta(meta.get_options(table)), rows, row)
				what = f"{_label(meta, table)}: {_called(row, rows)}"
				yield _entry(version, rows.whole_rows, what, **{old_or_new: text})


def _of_row(version, meta, table: str, rows: Table, called: str, of_row: list) -> Iterator[Entry]:
	child = frappe.get_meta(meta.get_options(table))
	changed = {field: (old, new) for field, old, new in of_row}
	for field, (old, new) in changed.items():
		if kind := rows.fields.get(field):
			what = f"{called}: {_label(child, field)}"
			entry = _entry(version, kind, what, *_values(child, field, old, new), _why(changed, rows.why))
			entry.unit = called if rows.named_by == ("unit",) else ""
			yield entry


def _entry(version, kind: str, what: str, old: str = "", new: str = "", why: str = "") -> Entry:
	return Entry(
		version.creation, version.owner, kind, version.doctype, version.document, what, old, new, why
	)


def _why(changed: dict, fields: str) -> str:
	"""The reason that was given in the same save."""
	given = [cstr(changed[field][1]) for field in fields.split() if field in changed]
	return "; ".join(text for text in given if text)


def _label(meta, field: str) -> str:
	return _("Status") if field == "docstatus" else _(meta.get_label(field))


def _values(meta, field: str, old, new) -> tuple[str, str]:
	return _value(meta, field, old), _value(meta, field, new)


def _value(meta, field: str, value) -> str:
	"""A value as it was kept; choices and states in the reader's language."""
	if field == "docstatus":
		return _(STATUS[int(value or 0)])
	df = meta.get_field(field)
	if df.fieldtype == "Check":
		return _("No") if cstr(value) in ("", "0") else _("Yes")
	if df.fieldtype == "Select" or df.options == "Workflow State":
		return _(cstr(value)) if value else ""
	return cstr(value)


def _row_text(child, rows: Table, row: dict) -> str:
	"""A whole row in one line, where it was added or taken away."""
	stated = [(field, row.get(field)) for field in rows.fields if field not in rows.named_by]
	return "; ".join(
		f"{_label(child, field)}: {_value(child, field, value)}" for field, value in stated if value
	)
