"""Breaks in the history: a change that left no trace, or a trace that was taken away in the database itself.

Each Version says what stood before it. Where that is not what the Version before had left, or what stands now is
not what the last one left, something was changed past the app. Compared are values kept as they are (states,
claims, choices, names); numbers and dates are kept as they were shown, and follow from claims.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr

from par_campaign.audit.entry import Entry
from par_campaign.permissions import watched as kinds
from par_campaign.states import CampaignState, EvidenceState, ProposalState, ScorecardState

EXACT = ("Data", "Select", "Link")
# what a field holds before anybody has changed it
AT_FIRST = {
	("PAR Campaign", "workflow_state"): CampaignState.DRAFT,
	("PAR Unit Scorecard", "workflow_state"): ScorecardState.DRAFT,
	("PAR Award Proposal", "workflow_state"): ProposalState.DRAFT,
	("PAR Evidence Item", "status"): EvidenceState.PENDING,
	("PAR Scorecard Line", "self_claim"): "",
	("PAR Scorecard Line", "appraised_claim"): "",
}


def gaps(versions: list) -> Iterator[Entry]:
	"""The breaks in the history these Versions are; it must be whole, so nothing may have been left out."""
	last: dict[tuple, str] = {}
	of: dict[tuple, object] = {}
	for version in sorted(versions, key=lambda row: (row.creation, row.name)):
		for key, old, new in _steps(version):
			stood = last.get(key, AT_FIRST.get((key[0], key[2])))
			if old is not None and stood is not None and stood != old:
				yield _entry(version, key, stood, old)
			last[key], of[key] = new, version
	now = _now(list(last))
	for key, stood in last.items():
		if key in now and now[key] != stood:
			yield _entry(of[key], key, stood, now[key])


def _steps(version) -> Iterator[tuple[tuple, str | None, str]]:
	"""Each exact change: doctype, name and field, what stood before (None where it is not told), what after."""
	watched, meta = kinds.WATCHED[version.ref_doctype], frappe.get_meta(version.doctype)
	for field, old, new in version.diff.get("changed") or ():
		if field in watched.fields and _is_exact(meta, field):
			yield (version.doctype, version.document, field), cstr(old), cstr(new)
	for table, _index, row, changed in version.diff.get("row_changed") or ():
		child = meta.get_options(table)
		for field, old, new in changed if table in watched.tables else ():
			if field in watched.tables[table].fields and _is_exact(frappe.get_meta(child), field):
				yield (child, row, field), cstr(old), cstr(new)
	for table, row in version.diff.get("added") or ():
		child = meta.get_options(table)
		for field in watched.tables[table].fields if table in watched.tables else ():
			if row.get("name") and _is_exact(frappe.get_meta(child), field):
				yield (child, row["name"], field), None, cstr(row.get(field))


def _is_exact(meta, field: str) -> bool:
	df = meta.get_field(field)
	return bool(df) and df.fieldtype in EXACT


def _now(keys: list[tuple]) -> dict[tuple, str]:
	"""What stands in the database, one query for a doctype. What is no more is not here."""
	wanted: dict[str, tuple[set, set]] = {}
	for doctype, name, field in keys:
		names, fields = wanted.setdefault(doctype, (set(), set()))
		names.add(name)
		fields.add(field)
	found: dict[tuple, str] = {}
	for doctype, (names, fields) in wanted.items():
		for row in frappe.get_all(
			doctype, {"name": ("in", names)}, ["name", *fields], order_by="name", limit=0
		):
			found |= {(doctype, row.name, field): cstr(row[field]) for field in fields}
	return found


def _entry(version, key: tuple, stood: str, other: str) -> Entry:
	doctype, _name, field = key
	what = _("{0}: changed without a trace").format(_(frappe.get_meta(doctype).get_label(field)))
	return Entry(
		version.creation,
		"",
		kinds.GAP,
		version.doctype,
		version.document,
		what,
		stood,
		other,
		removed=True,
	)
