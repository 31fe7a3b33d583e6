"""A new year's campaign from last year's, and what differs between the two.

Taken over: groups with their criteria sets as drafts of the new year, council, quotas, classes,
tie-breakers, legal bases still in force, and the dates, each the same number of years later. Left out:
plan, results and who has gone; that is written in the new campaign.
"""

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, getdate

from par_campaign.par_campaign.doctype.par_campaign import checks, launch
from par_campaign.permissions import roles
from par_campaign.results import store
from par_campaign.saying import bold, say
from par_campaign.statistics.sets import RowChange, changes

SHIFTED = (
	"self_scoring_from",
	"self_scoring_deadline",
	"supplement_deadline",
	"appraisal_deadline",
	"review_from",
	"review_until",
)
OF_THE_OLD_PLAN = ("plan_number", "plan_date", "plan_file")
OF_THE_OLD_SET = ("decision_number", "decision_date", "decision_title", "revision_reason")


@frappe.whitelist(methods=["POST"])
def carry_over(campaign: str, year: int | str, title: str) -> str:
	"""Make the campaign of a later year from this one; returns its name. All or nothing."""
	old = frappe.get_doc("PAR Campaign", campaign)
	old.check_permission("read")
	for doctype in ("PAR Campaign", "PAR Criteria Set"):
		frappe.has_permission(doctype, "create", throw=True)
	year, title = int(cint(year)), (title or "").strip()
	_check(old, year, title)
	new = frappe.copy_doc(old, ignore_no_copy=False)
	notes: list[str] = []
	new.update({"year": year, "title": title, **dict.fromkeys(OF_THE_OLD_PLAN)})
	_shift_dates(old, new)
	_take_sets(new, old.year, notes)
	_leave_out(new, notes)
	new.carried_from, new.carry_over_note = old.name, "\n".join(notes)
	new.flags.carry_over = True
	return new.insert().name


def _check(old, year: int, title: str) -> None:
	if not title:
		frappe.throw(_("Title is missing. Give the new campaign a name."))
	if year <= old.year:
		frappe.throw(say(_("Year: {0} is not after {1}, the year of this campaign."), year, old.year))
	made = frappe.db.get_value("PAR Campaign", {"carried_from": old.name, "year": year})
	if made:
		frappe.throw(
			say(_("{0} was already made from this campaign for {1}. Open that one."), bold(made), year)
		)


def _shift_dates(old, new) -> None:
	years = new.year - old.year
	for field in SHIFTED:
		if old.get(field):
			new.set(field, add_to_date(get_datetime(old.get(field)), years=years))


def _take_sets(new, old_year: int, notes: list[str]) -> None:
	"""The set prepared for the new year where a group has one, else a copy of the old one as a draft."""
	prepared = _prepared_sets([row.unit_group for row in new.groups], new.year)
	for row in new.groups:
		if row.unit_group in prepared:
			row.criteria_set = prepared[row.unit_group]
			note = _("{0}: the criteria set {1}, prepared for {2}, is used.")
		else:
			row.criteria_set = _copy_set(row.criteria_set, old_year, new.year)
			note = _("{0}: criteria set {1} is a copy for {2}, to be revised before the launch.")
		notes.append(note.format(row.unit_group, row.criteria_set, new.year))


def _prepared_sets(groups: list[str], year: int) -> dict[str, str]:
	"""The newest set of the year for each group that has one."""
	rows = frappe.get_all(
		"PAR Criteria Set",
		filters={"unit_group": ("in", groups), "year": year},
		fields=["name", "unit_group"],
		order_by="version, creation",
	)
	return {row.unit_group: row.name for row in rows}


def _copy_set(name: str, old_year: int, year: int) -> str:
	copy = frappe.copy_doc(frappe.get_doc("PAR Criteria Set", name))
	title = copy.title.replace(str(old_year), str(year))
	copy.title = title if str(year) in title else f"{title} ({year})"
	copy.update({"year": year, **dict.fromkeys(OF_THE_OLD_SET)})
	return copy.insert().name


def _leave_out(new, notes: list[str]) -> None:
	"""Take out what can no longer be: members who left, quotas of clusters that are no more, old laws."""
	enabled = set(
		frappe.get_all(
			"User",
			{"name": ("in", [row.user for row in new.council if row.user]), "enabled": 1},
			pluck="name",
			order_by="name",
		)
	)
	clusters = checks.clusters_of({row.unit_group for row in new.groups})
	begin = getdate(f"{new.year}-01-01")
	keep = {
		"council": lambda row: not row.left_on and (not row.user or row.user in enabled),
		"award_quotas": lambda row: not row.cluster or row.cluster in clusters.get(row.unit_group, ()),
		"legal_bases": lambda row: not row.in_force_to or getdate(row.in_force_to) >= begin,
	}
	for table, stays in keep.items():
		for row in [row for row in new.get(table) if not stays(row)]:
			new.remove(row)
			notes.append(_("{0}: {1} is not taken over.").format(_(new.meta.get_label(table)), _name_of(row)))


def _name_of(row) -> str:
	fields = ("member_name", "user", "award_level", "unit_group", "cluster", "citation")
	return ", ".join(str(row.get(field)) for field in fields if row.get(field))


# --- what differs -------------------------------------------------------------------------------


@frappe.whitelist()
def what_changed(campaign: str) -> dict:
	"""This campaign beside the one it was made from: rows of the criteria sets by group, and units."""
	doc = frappe.get_doc("PAR Campaign", campaign)
	doc.check_permission("read")
	if not roles.is_provincial():
		frappe.throw(
			_("What changed between campaigns is shown to provincial staff."), frappe.PermissionError
		)
	if not doc.carried_from:
		frappe.throw(_("This campaign was not made from another."))
	old = frappe.get_doc("PAR Campaign", doc.carried_from)
	return {
		"before": old.title,
		"notes": (doc.carry_over_note or "").splitlines(),
		"sets": _set_changes(old, doc),
		"units": _unit_changes(old, doc),
	}


def _set_changes(old, new) -> list[dict]:
	before = {row.unit_group: row.criteria_set for row in old.groups}
	found = []
	for row in new.groups:
		if row.unit_group not in before:
			found.append(
				{"unit_group": row.unit_group, "criteria_set": row.criteria_set, "is_new": 1, "rows": []}
			)
			continue
		rows = changes(store.criteria_set(before[row.unit_group]), store.criteria_set(row.criteria_set))
		found.append(
			{
				"unit_group": row.unit_group,
				"criteria_set": row.criteria_set,
				"rows": [_row_change(change) for change in rows],
			}
		)
	return found


def _row_change(change: RowChange) -> dict:
	return {
		"kind": change.kind.value,
		"code": change.code,
		"title": change.title,
		"parts": [{"what": part.value, "before": old, "after": new} for part, old, new in change.parts],
	}


def _unit_changes(old, new) -> dict[str, list[dict]]:
	"""Units that are new, gone, or in another group or cluster than in the old campaign."""
	before = {
		row.unit: row
		for row in frappe.get_all(
			"PAR Unit Scorecard",
			filters={"campaign": old.name, "taken_out": 0},
			fields=["unit", "unit_name", "unit_group", "cluster"],
			order_by="unit_group, unit_name",
		)
	} or {unit.name: unit for unit in launch.active_units(old)}
	after = {unit.name: unit for unit in launch.active_units(new)}
	return {
		"added": [_unit(row) for name, row in after.items() if name not in before],
		"gone": [_unit(row) for name, row in before.items() if name not in after],
		"moved": [
			{**_unit(row), "from": _place(before[name])}
			for name, row in after.items()
			if name in before and _place(row) != _place(before[name])
		],
	}


def _unit(row) -> dict:
	return {"unit_name": row.unit_name, "place": _place(row)}


def _place(row) -> str:
	return " – ".join(filter(None, (row.unit_group, row.cluster)))
