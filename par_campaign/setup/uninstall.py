"""The mirror of install: what Frappe does not remove with the module's doctypes."""

import json

import frappe

from par_campaign.permissions.roles import ROLES
from par_campaign.setup.install import MODULE_PROFILE
from par_campaign.setup.workflows import DEFINITIONS, remove_workflows

# what Frappe keeps about documents beside them; left behind it would hang on the next ones of that name
RECORDS = {
	"Comment": "reference_doctype",
	"Custom DocPerm": "parent",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Notification Log": "document_type",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"Version": "ref_doctype",
	"Workflow Action": "reference_doctype",
}
STATES_OF_FRAPPE = ("Pending", "Approved", "Rejected")


def before_uninstall() -> None:
	remove_workflows()
	_remove_states()
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.delete_doc_if_exists("Role", role, force=True)
	_remove_module_profile()
	_remove_records()
	# Frappe takes them away at the next migrate only; until then each run would fail
	frappe.db.delete("Scheduled Job Type", {"method": ("like", "par\\_campaign.%")})
	frappe.db.delete("User Permission", {"allow": ("like", "PAR %")})
	frappe.clear_cache()


def _remove_module_profile() -> None:
	"""Delete our module profile; users who had it get the whole desk back."""
	users = frappe.get_all("User", {"module_profile": MODULE_PROFILE}, pluck="name")
	frappe.db.delete("Block Module", {"parenttype": "User", "parent": ("in", users or [""])})
	frappe.db.set_value("User", {"module_profile": MODULE_PROFILE}, "module_profile", None)
	frappe.delete_doc_if_exists("Module Profile", MODULE_PROFILE, force=True)


def _remove_records() -> None:
	"""Delete comments, histories, to-dos and permissions edited for our doctypes; files stay, sealed ones too."""
	ours = frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name")
	frappe.db.delete("Workflow Action Permitted Role", {"role": ("in", ROLES)})
	for doctype, field in RECORDS.items():
		frappe.db.delete(doctype, {field: ("in", ours)})
	for key in ("par_demo%", "par_files%"):
		frappe.db.delete("DefaultValue", {"defkey": ("like", key)})


def _remove_states() -> None:
	"""Delete our workflow states and actions that no other workflow uses."""
	states, actions = set(), set()
	for path in DEFINITIONS.glob("*.json"):
		definition = json.loads(path.read_text(encoding="utf-8"))
		states |= {row["state"] for row in definition["states"]}
		actions |= {row["action"] for row in definition["transitions"]}
	states -= set(frappe.get_all("Workflow Document State", pluck="state")) | set(STATES_OF_FRAPPE)
	actions -= set(frappe.get_all("Workflow Transition", pluck="action"))
	for state in states:
		frappe.delete_doc_if_exists("Workflow State", state, force=True)
	for action in actions:
		frappe.delete_doc_if_exists("Workflow Action Master", action, force=True)
