"""What is wrong with an answer: a leak, a change that was not the actor's to make, a fault of our code."""

import re
import zipfile
from functools import cache
from io import BytesIO

import frappe
import site_factories as f
from pypdf import PdfReader
from scene import NOBODYS, UNIT, Actor, Scene

# what Frappe writes by itself about any request
NOISE = frozenset(
	"tab" + name
	for name in (
		"Access Log", "Activity Log", "Error Log", "Notification Settings", "Route History", "Series", "Sessions",
		"View Log", "PAR Gate Refusal", "Scheduled Job Log", "Singles Cache", "Email Queue", "Email Queue Recipient", "Submission Queue",
	)
) | {"__UserSettings", "__global_search"}  # fmt: skip

# who may do what; nobody of the actors changes any of it
POWERS = frozenset(
	"tab" + name
	for name in (
		"Has Role", "User Permission", "Custom DocPerm", "DocPerm", "DocType", "DocField", "Custom Field",
		"Property Setter", "Role", "Role Profile", "Server Script", "Client Script", "Workflow", "Workflow State",
		"Workflow Transition", "Workflow Document State", "Report", "Print Format", "Webhook", "Notification",
		"Module Profile", "Block Module", "Singles", "Web Page", "Web Form", "Website Theme", "Custom Role",
		"OAuth Client", "OAuth Bearer Token", "Assignment Rule", "Auto Repeat", "Domain",
	)
)  # fmt: skip

# what a unit may write of its own while its scorecard is with the council
UNITS_OWN = frozenset(
	"tabPAR " + name for name in ("Task", "Task Row", "Query", "Unit Division", "Unit", "Document")
)
# what Frappe notes on a document about readers of it
SOCIAL = frozenset({"_comments", "_liked_by", "_seen"})
# a notice read by whom it is for
NOTED = frozenset({"read", "seen", "modified", "modified_by"})
# what Frappe notes by itself where a report took long
SLOW = frozenset({"prepared_report", "modified"})
# what Frappe's "Forgot Password" writes, which anybody may press for anybody: the key goes out by e-mail
FORGOTTEN = frozenset(
	{"modified", "modified_by", "reset_password_key", "last_reset_password_key_generated_on"}
)
# which doctypes the desk's search looks through: Frappe lets every user of the desk reset it, and it opens nothing
SEARCH = "Global Search"
PLANS = frozenset({"tabPAR Task", "tabPAR Task Row"})
PERSONS = ("owner", "for_user", "allocated_to", "user")
HANDS_ON = "/permissions/standing_in.py"
OURS = frappe.get_app_path("par_campaign")


def judge(request, answer, scene: Scene) -> list[str]:
	"""Everything wrong with an answer, in words."""
	return [
		*(f"leak: {marker} ({scene.markers[marker]})" for marker in leaks(request.actor, answer, scene)),
		*(f"change: {change}" for change in answer.changes if not may_change(request.actor, change, scene)),
		*(f"schema: {statement}" for statement in answer.schema),
		*(f"disk: {what}" for what in answer.on_disk),
		*([f"fault: {answer.error} at {last_of_ours(answer)}"] if is_our_fault(answer) else []),
	]


# --- leaks ----------------------------------------------------------------------------------------------


def leaks(actor: Actor, answer, scene: Scene) -> list[str]:
	pattern = _any_of(tuple(scene.markers))
	text = answer.headers + "".join(texts_of(answer.body))
	return sorted({m for m in pattern.findall(text) if scene.markers[m] in actor.secrets})


@cache
def _any_of(markers: tuple[str, ...]) -> re.Pattern:
	return re.compile("|".join(map(re.escape, markers)))


def texts_of(body: bytes) -> list[str]:
	"""The words of an answer, those inside a workbook, an archive or a PDF included."""
	found = [body.decode("utf-8", "replace")]
	if body.startswith(b"PK"):
		with zipfile.ZipFile(BytesIO(body)) as archive:
			found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
	elif body.startswith(b"%PDF"):
		found += [page.extract_text() for page in PdfReader(BytesIO(body)).pages]
	return found


# --- changes --------------------------------------------------------------------------------------------


def may_change(actor: Actor, change, scene: Scene) -> bool:
	if SEARCH in change.table or SEARCH in str(change.key):
		return True
	if change.table == "tabReport" and change.fields <= SLOW:
		return True
	if change.table in POWERS:
		return _is_of_own_report(actor, change)
	if change.table == "__Auth":
		return change.key[-2:-1] == (actor.user,) or actor.user in change.key
	if change.table.startswith("tabPAR "):
		return _may_change_ours(actor, change)
	if change.table == "tabUser":
		return change.key == (actor.user,) or change.fields <= FORGOTTEN
	if change.fields <= SOCIAL and UNIT not in actor.secrets:
		return True
	if change.table == "tabNotification Log" and change.fields <= NOTED and _is_theirs(actor, change):
		return True
	return _is_theirs(actor, change) and not _is_about_others(actor, change, scene)


def _may_change_ours(actor: Actor, change) -> bool:
	if change.fields <= SOCIAL and (UNIT not in actor.secrets or change.table == "tabPAR Campaign"):
		return True  # they read it: the province reads all, and everybody a campaign that is launched
	if actor.changes_nothing:
		return False
	if actor.own_unit:
		return change.table in UNITS_OWN and change.units == {actor.own_unit}
	# of the province: not the units' plans, and nothing of a unit of their own
	return change.table not in PLANS and not (change.units & _units_of(actor.user))


def _is_of_own_report(actor: Actor, change) -> bool:
	"""A view that the actor saves for themselves: it reads by their own permissions, as any list."""
	rows = [row for row in (change.before, change.after) if row]
	if change.table == "tabHas Role":
		return all(row["parenttype"] == "Report" and row["owner"] == actor.user for row in rows)
	is_view = change.table == "tabReport"
	return is_view and all(
		row["owner"] == actor.user and row["is_standard"] == "No" and row["report_type"] == "Report Builder"
		for row in rows
	)


@cache
def _units_of(user: str) -> frozenset[str]:
	return frozenset(unit for account, _role, unit in f.USERS if account == user and unit)


def unit_of(table: str, row: dict) -> str | None:
	"""Whose document a stored row of ours is, or is part of."""
	if table == "tabPAR Unit":
		return row["name"]
	if row.get("parenttype") == "PAR Unit":
		return row["parent"]
	if row.get("parenttype"):
		return (
			frappe.db.get_value(row["parenttype"], row["parent"], "unit")
			if _has_unit(row["parenttype"])
			else None
		)
	return row.get("unit")


def _has_unit(doctype: str) -> bool:
	return frappe.get_meta(doctype).has_field("unit")


def _is_theirs(actor: Actor, change) -> bool:
	"""A record of Frappe's that the actor made, or that was made for them."""
	return all(
		actor.user in [row.get(name) for name in PERSONS] or row.get("parent") == actor.user
		for row in (change.before, change.after)
		if row
	)


def _is_about_others(actor: Actor, change, scene: Scene) -> bool:
	"""Whether a record of the actor's own hangs on a document of B's, or points to a file of B's."""
	after = change.after or {}
	if change.table == "tabComment" and after.get("reference_doctype") == "PAR Campaign":
		return after.get("comment_email") != actor.user
	if change.table == "tabFile" and not change.before and after.get("file_url") in scene.files:
		return True
	if UNIT not in actor.secrets:
		return False
	names = {name for of_doctype in scene.targets.values() for name in of_doctype} - {NOBODYS}
	return any(after.get(field) in names for field in _REFERENCES)


_REFERENCES = ("reference_name", "ref_docname", "docname", "attached_to_name", "share_name", "document_name")


# --- faults ----------------------------------------------------------------------------------------------


def is_our_fault(answer) -> bool:
	"""Where a function of ours hands a request on to the one it stands for, what follows is Frappe's own."""
	last = last_of_ours(answer)
	return answer.status >= 500 and bool(last) and HANDS_ON not in last


def last_of_ours(answer) -> str:
	frames = [f"{path}:{line} {name}" for path, name, line in answer.frames if path.startswith(OURS)]
	return frames[-1] if frames else ""


def frappes_fault(answer) -> str:
	"""Frappe's own 500, by where it was raised, to be counted."""
	if answer.status < 500 or is_our_fault(answer):
		return ""
	path, name, line = answer.frames[-1] if answer.frames else ("unknown", "unknown", 0)
	return f"{path.rpartition('/apps/')[2] or path}:{line} {name}: {answer.error.partition(':')[0]}"
