"""The list of what may be asked for: the app's own (`allowed.json`), and what an administrator has added."""

import json
from functools import lru_cache
from pathlib import Path

import frappe
from frappe.model import table_fields
from frappe.utils.caching import site_cache

from par_campaign.permissions.gate.asked import DOCTYPE, KINDS, ROW, Asked

LIST = Path(__file__).with_name("allowed.json")
SETTINGS = "PAR Gate Settings"


@lru_cache
def shipped() -> frozenset[Asked]:
	"""What the desk needs for users of this app, as it comes with it."""
	groups = json.loads(LIST.read_text(encoding="utf-8"))["groups"]
	return frozenset(Asked(kind, name) for group in groups for kind in KINDS for name in group.get(kind, ()))


def added() -> frozenset[Asked]:
	"""What an administrator has added on this site."""
	rows = frappe.get_cached_doc(SETTINGS).names
	return frozenset(Asked(row.kind, row.asked_name) for row in rows)


def unlisted(asked: list[Asked]) -> list[Asked]:
	"""Those that are on neither list. A row is as good as the doctype it is a row of, or as its own."""
	missing = [each for each in asked if each not in shipped()]
	if not missing:
		return []
	more = added()
	doctypes = {each.name for each in shipped() | more if each.kind == DOCTYPE}
	return [each for each in missing if each not in more and not _is_row_of(each, doctypes)]


def _is_row_of(each: Asked, doctypes: set[str]) -> bool:
	return each.kind == ROW and (each.name in doctypes or bool(_parents(each.name) & doctypes))


@site_cache(ttl=600)
def _parents(row: str) -> set[str]:
	"""Doctypes that have a table of these rows."""
	tables = {"fieldtype": ("in", table_fields), "options": row}
	return set(frappe.get_all("DocField", tables, pluck="parent", order_by="parent"))
