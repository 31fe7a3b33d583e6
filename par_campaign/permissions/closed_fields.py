"""Questions about fields the user may not read.

Frappe 15 takes such fields out of what a list returns, but lets them stand in its filters, its order, its
grouping and inside functions: whoever asks "is my index over 80?" often enough knows it. Frappe 16
refuses such filters by itself. Asked for its condition, the list about to be read is looked up on the
stack, as Frappe hands a hook no more than user and doctype; so charts and stored filters count as well.
"""

import re
import sys
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery

from par_campaign.permissions import access, child_rows
from par_campaign.saying import bold, say

PLAIN_FIELD = re.compile(r"[\w\s.`]+", re.ASCII)


def condition(user: str | None = None, doctype: str = "") -> str:
	"""Permission query condition that adds nothing: it refuses a list that asks about closed fields."""
	user = user or frappe.session.user
	query = None if access.is_provincial(user) else _running_query(doctype)
	if query and (asked := closed_fields(doctype) & set(_words(_asked(query)))):
		frappe.throw(
			say(
				_("Lists cannot be filtered, sorted or grouped by {0}: you may not read it."),
				bold(", ".join(sorted(asked))),
			),
			frappe.PermissionError,
		)
	return ""


def closed_fields(doctype: str) -> set[str]:
	"""Fields above the first permission level of a document and its tables (or of a row's document): the
	appraised part of a scorecard, what names the data behind published results."""
	meta = frappe.get_meta(child_rows.PARENTS.get(doctype, doctype))
	tables = [meta, *(frappe.get_meta(table.options) for table in meta.get_table_fields())]
	return {df.fieldname for table in tables for df in table.fields if df.permlevel}


def _running_query(doctype: str) -> DatabaseQuery | None:
	frame = sys._getframe(1)
	while frame:
		query = frame.f_locals.get("self")
		if isinstance(query, DatabaseQuery) and query.doctype == doctype:
			return query
		frame = frame.f_back
	return None


def _asked(query: DatabaseQuery) -> Iterable[str]:
	"""Every text of the query in which a field is named, but for plain fields to be returned."""
	yield from (text for text in (query.order_by, query.group_by) if isinstance(text, str))
	yield from (field for field in query.fields if field and not PLAIN_FIELD.fullmatch(field))
	for filters in (query.filters, query.or_filters):
		for entry in [filters] if isinstance(filters, dict) else filters:
			yield from _fields_of(entry)


def _fields_of(entry) -> Iterable[str]:
	"""Texts of one filter that may name its field; the value is the last of them and names none."""
	if isinstance(entry, str):
		yield entry  # Frappe takes a bare text for a condition
	elif isinstance(entry, dict):
		yield from map(str, entry)
	else:
		# [doctype, field, operator, value, …] or [field, operator, value] or [field, value]
		yield from map(str, entry[:2] if len(entry) > 3 else entry[:1])


def _words(texts: Iterable[str]) -> Iterable[str]:
	# casefold: MariaDB knows columns whatever their case
	return (word for text in texts for word in re.findall(r"\w+", text.casefold()))
