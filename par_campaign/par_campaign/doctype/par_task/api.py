"""The unit's plan from the score sheet: who has which row, sharing rows out, and the unit's divisions."""

import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_task import plan
from par_campaign.permissions import deadlines, roles
from par_campaign.permissions.arguments import parsed, records
from par_campaign.saying import say

TASK_FIELDS = ("name", "title", "state", "progress", "division", "person", "due_date")
MOST_DIVISIONS = 50


def of_card(card) -> list[dict]:
	"""Tasks of a scorecard the user may read, with their rows; none for who is not of the unit."""
	if not _sees_plan(card.unit):
		return []
	tasks = frappe.get_list(
		"PAR Task",
		filters={"scorecard": card.name},
		fields=list(TASK_FIELDS),
		order_by="due_date, name",
		limit_page_length=0,
	)
	rows = frappe.get_all(
		"PAR Task Row",
		filters={"parent": ("in", [task.name for task in tasks]), "parenttype": "PAR Task"},
		fields=["parent", "code"],
		order_by="parent, idx",
	)
	names = _full_names({task.person for task in tasks if task.person})
	for task in tasks:
		task.codes = [row.code for row in rows if row.parent == task.name]
		task.person_name = names.get(task.person, task.person)
		task.mine = task.person == frappe.session.user
	return tasks


def may_plan(card) -> bool:
	"""Whether the user shares this scorecard's rows out now."""
	return roles.is_head(card.unit) and not plan.is_frozen(card)


def _sees_plan(unit: str) -> bool:
	of_unit = bool(roles.UNIT_ROLES & set(frappe.get_roles())) and roles.belongs_to(unit)
	return frappe.session.user == "Administrator" or of_unit


def _full_names(users: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"User", {"name": ("in", users)}, ["name", "full_name"], as_list=True, order_by="name"
	)
	return dict(rows)


@frappe.whitelist()
def choices(scorecard: str) -> dict:
	"""Whom rows of a scorecard can be given to: divisions with their heads, people, and the last day."""
	card = _of_own_unit(scorecard)
	divisions = frappe.get_cached_doc("PAR Unit", card.unit).divisions
	people = plan.people_of(card.unit)
	names = _full_names(set(people))
	due = deadlines.due_of(card, deadlines.hand_in_deadline(card))
	return {
		"divisions": [{"name": row.division_name, "head": row.head_user} for row in divisions],
		"people": [{"user": user, "full_name": names[user]} for user in people],
		"due": str(due) if due else None,
		"may_plan": may_plan(card),
		"open": not plan.is_frozen(card),
	}


def _of_own_unit(scorecard: str):
	card = frappe.get_doc("PAR Unit Scorecard", scorecard)
	card.check_permission("read")
	if not _sees_plan(card.unit):
		frappe.throw(say(_("The plan of {0} is its own."), card.unit_name), frappe.PermissionError)
	return card


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def people_query(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict) -> list:
	"""The unit's people for a link field, by name or account."""
	card = _of_own_unit(parsed(filters, dict).get("scorecard") or "")
	names = _full_names(set(plan.people_of(card.unit)))
	words = (txt or "").lower()
	found = [(user, name) for user, name in names.items() if words in f"{user} {name}".lower()]
	return sorted(found, key=lambda row: row[1])[int(start) : int(start) + int(page_len)]


@frappe.whitelist(methods=["POST"])
def share_out(
	scorecard: str,
	codes: str | list[str],
	title: str,
	due_date: str,
	division: str | None = None,
	person: str | None = None,
	notes: str | None = None,
) -> str:
	"""Give rows of a scorecard to a division or a person of the unit; returns the task's name."""
	_of_own_unit(scorecard)
	task = frappe.new_doc("PAR Task")
	task.update(
		{
			"scorecard": scorecard,
			"title": title,
			"division": division,
			"person": person,
			"due_date": due_date,
			"notes": notes,
			"rows": [{"code": code} for code in parsed(codes, list, str)],
		}
	)
	return task.insert().name


@frappe.whitelist(methods=["POST"])
def save_divisions(scorecard: str, divisions: str | list[dict]) -> None:
	"""Write down the divisions of the scorecard's unit with their heads, as the unit's head."""
	card = _of_own_unit(scorecard)
	roles.require_head(card.unit, card.unit_name)
	rows = records(divisions, list)
	if not isinstance(rows, list) or len(rows) > MOST_DIVISIONS:
		frappe.throw(say(_("Divisions: at most {0} are expected."), MOST_DIVISIONS))
	unit = frappe.get_doc("PAR Unit", card.unit)
	unit.set(
		"divisions",
		[{"division_name": row.get("division_name"), "head_user": row.get("head_user")} for row in rows],
	)
	# the list of units is the campaign manager's, but how a unit is made up inside is its head's to say,
	# and nothing else of the unit is touched
	unit.save(ignore_permissions=True)
