"""Questions about fields and documents the user may not read.

Frappe 15 takes closed fields out of what a list returns, but lets them stand in its filters, its order, its
grouping and inside functions: whoever asks "is my index over 80?" often enough knows it. And a list may name fields
of a document that a link leads to ("award_proposal.votes_for"), for which only the doctype is asked. Frappe 16
refuses such filters by itself.

Asked for its condition, the list about to be read is looked up on the stack, as Frappe hands a hook no more than
user and doctype; so charts and stored filters count as well. Where it is not found as it is known, the list of a
doctype of ours is refused.
"""

import re
import sys
from collections.abc import Iterable
from types import FrameType

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery

from par_campaign.permissions import ours, pins, roles
from par_campaign.saying import bold, say

# Frappe takes these out by itself where they are closed
PLAIN_FIELD = re.compile(r"(`tab[\w\s]+`\.)?`?\w+`?", re.ASCII)
# by which Frappe's search sorts: the text searched for is no field
RELEVANCE = re.compile(
	r"""\(1 / nullif\(locate\('([^'"`\\]|\\.)*', `tab[\w\s]+`\.`name`\), 0\)\) as `_relevance`""", re.ASCII
)
RESTS_ON = tuple(
	f"frappe.model.db_query.DatabaseQuery.{name}"
	for name in ("execute", "parse_args", "build_conditions", "get_permission_query_conditions")
)


def refuse(user: str, doctype: str) -> None:
	"""Refuse the list that is about to be read where it asks about what is closed to the user."""
	if roles.is_provincial(user):
		return
	is_ours = ours.is_ours(doctype)
	if is_ours:
		pins.require(*RESTS_ON)
	query = running_query(doctype)
	if is_ours and not is_known(query):
		_refuse(_("the list cannot be checked"))
	if query and (linked := _linked_to_ours(query)):
		_refuse(", ".join(linked))
	if is_ours and (asked := closed_fields(doctype) & set(words(_asked(query)))):
		_refuse(", ".join(sorted(asked)))


def _refuse(what: str) -> None:
	frappe.throw(
		say(_("Lists cannot be filtered, sorted or grouped by {0}: you may not read it."), bold(what)),
		frappe.PermissionError,
	)


def closed_fields(doctype: str) -> set[str]:
	"""Fields above level 0, of a doctype and of its tables; of a table, those of its documents as well.

	A role may open such a level, or a document by itself; in lists they stay closed to units all the same, but for
	what every unit reads on the documents themselves (the state of its evidence).
	"""
	family = {doctype, *ours.parents_of(doctype)}
	metas = [frappe.get_meta(name) for name in family]
	metas += [frappe.get_meta(table.options) for meta in metas for table in meta.get_table_fields()]
	return {df.fieldname for meta in metas for df in meta.fields if df.permlevel and not _is_open(meta, df)}


def _is_open(meta, df) -> bool:
	return not meta.istable and df.permlevel in meta.get_permlevel_access("read")


def running_query(doctype: str) -> DatabaseQuery | None:
	frame: FrameType | None = sys._getframe(1)
	while frame:
		query = frame.f_locals.get("self")
		if isinstance(query, DatabaseQuery) and query.doctype == doctype:
			return query
		frame = frame.f_back
	return None


def is_known(query: DatabaseQuery | None) -> bool:
	"""Whether the query is one that runs, with everything that is looked at."""
	return all(
		hasattr(query, name)
		for name in ("fields", "filters", "or_filters", "order_by", "group_by", "link_tables")
	)


def _linked_to_ours(query: DatabaseQuery) -> list[str]:
	return sorted(
		{table.doctype for table in getattr(query, "link_tables", ()) if ours.is_ours(table.doctype)}
	)


def _asked(query: DatabaseQuery) -> Iterable[str]:
	"""Every text of the query in which a field is named, but for plain fields to be returned."""
	yield from (field for field in query.fields or () if field and not _is_harmless(field))
	yield from conditions(query)


def conditions(query: DatabaseQuery) -> Iterable[str]:
	"""Every text by which a query chooses, sorts and groups."""
	yield from (text for text in (query.order_by, query.group_by) if isinstance(text, str))
	for filters in (query.filters, query.or_filters):
		for entry in [filters] if isinstance(filters, dict) else filters:
			yield from _fields_of(entry)


def _is_harmless(field: str) -> bool:
	return bool(PLAIN_FIELD.fullmatch(field) or RELEVANCE.fullmatch(field))


def _fields_of(entry) -> Iterable[str]:
	"""Texts of one filter that may name its field; the value is the last of them and names none."""
	if isinstance(entry, str):
		yield entry  # Frappe takes a bare text for a condition
	elif isinstance(entry, dict):
		yield from map(str, entry)
	else:
		# [doctype, field, operator, value, …] or [field, operator, value] or [field, value]
		yield from map(str, entry[:2] if len(entry) > 3 else entry[:1])


def words(texts: Iterable[str]) -> Iterable[str]:
	# casefold: MariaDB knows columns whatever their case
	return (word for text in texts for word in re.findall(r"\w+", text.casefold()))
