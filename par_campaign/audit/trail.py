"""The whole audit of a campaign: every source, the newest first, with who concerns themselves marked."""

import frappe
from frappe import _

from par_campaign.audit import changes, comments, removals
from par_campaign.audit.entry import Entry, Scope
from par_campaign.audit.gaps import gaps
from par_campaign.audit.records import records
from par_campaign.permissions import roles

MOST = 10_000  # lines that are shown at once


def trail(scope: Scope) -> tuple[list[Entry], bool]:
	"""The entries asked for, and whether there are more than are shown. A fixed number of queries."""
	versions, more = changes.read(scope)
	changed = changes.changes(versions)
	if scope.is_whole and not more:
		changed += gaps(versions)
	changed += [*removals.removals(scope), *comments.changed_comments(scope)]
	units = changes.units_of(changed)
	for entry in changed:
		entry.unit = entry.unit or units.get((entry.doctype, entry.name), "")
	found = [entry for entry in [*changed, *records(scope)] if scope.holds(entry)]
	found.sort(key=lambda entry: entry.when, reverse=True)
	return found[:MOST], more or len(found) > MOST


def own_units(entries: list[Entry]) -> list[str]:
	"""For each entry a word where somebody of the province acted on their own unit, or, having one in the
	campaign, on all: by the units accounts have now."""
	provincial = _provincial({entry.who for entry in entries})
	units = _units(provincial)
	return [_mark(entry, units.get(entry.who, frozenset())) for entry in entries]


def _mark(entry: Entry, units: frozenset[str]) -> str:
	if not units:
		return ""
	if entry.unit:
		return _("Own unit") if entry.unit in units else ""
	return _("Own unit concerned")


def _provincial(users: set[str]) -> list[str]:
	"""Those who work for the province; a unit's own people are no judges of it."""
	return frappe.get_all(
		"Has Role",
		filters={"parenttype": "User", "parent": ("in", users), "role": ("in", roles.PROVINCIAL_ROLES)},
		pluck="parent",
		distinct=True,
		order_by="parent",
	)


def _units(users: list[str]) -> dict[str, frozenset[str]]:
	found: dict[str, frozenset[str]] = {}
	for row in frappe.get_all(
		"User Permission",
		filters={"allow": "PAR Unit", "user": ("in", users)},
		fields=["user", "for_value"],
		order_by="user",
	):
		found[row.user] = found.get(row.user, frozenset()) | {row.for_value}
	return found
