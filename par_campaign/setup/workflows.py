"""Workflows from the module's `workflow/` folder, kept up to date without overwriting anybody.

Frappe does not sync `Workflow` from module folders, and as fixtures they would undo an
administrator's edits at every migrate. So each is written by this code, with a digest of what was
written: on migrate a workflow that still has that digest gets the new shipped version, one that
an administrator has changed is left alone. The names of its buttons are fixtures: Frappe has them in before.
"""

import hashlib
import json
from pathlib import Path

import frappe

DEFINITIONS = Path(__file__).parents[1] / "par_campaign" / "workflow"
STATE_FIELDS = ("state", "doc_status", "allow_edit")
TRANSITION_FIELDS = ("state", "action", "next_state", "allowed", "allow_self_approval", "condition")


def sync_workflows() -> None:
	"""Create missing workflows; update those nobody has edited. Safe to run at any time."""
	for path in sorted(DEFINITIONS.glob("*.json")):
		definition = json.loads(path.read_text(encoding="utf-8"))
		_make_states(definition)
		_sync(definition)


def remove_workflows() -> None:
	"""Delete the workflows, for uninstalling: without their doctypes they would only raise errors."""
	for path in DEFINITIONS.glob("*.json"):
		name = json.loads(path.read_text(encoding="utf-8"))["name"]
		frappe.delete_doc_if_exists("Workflow", name, force=True)
		frappe.db.delete("DefaultValue", {"parent": "par_campaign", "defkey": _key(name)})


def _make_states(definition: dict) -> None:
	# a state's style is the administrator's to change, so an existing state is left as it is
	for row in definition["states"]:
		if not frappe.db.exists("Workflow State", row["state"]):
			frappe.get_doc(
				doctype="Workflow State", workflow_state_name=row["state"], style=row.get("style", "")
			).insert(ignore_permissions=True)  # install and migrate run as the system, with no user to ask


def _sync(definition: dict) -> None:
	name = definition["name"]
	if not frappe.db.exists("Workflow", name):
		if frappe.db.exists("Workflow", {"document_type": definition["document_type"], "is_active": 1}):
			return  # an administrator has put a workflow of their own in its place
		_write(frappe.new_doc("Workflow"), definition)
		return
	workflow = frappe.get_doc("Workflow", name)
	current = fingerprint(workflow)
	if current == _shipped_fingerprint(definition):
		_remember(name, current)
	elif current == frappe.defaults.get_defaults_for("par_campaign").get(_key(name)):
		_write(workflow, definition)


def _write(workflow, definition: dict) -> None:
	workflow.update(
		{
			"workflow_name": definition["name"],
			"document_type": definition["document_type"],
			"workflow_state_field": definition["workflow_state_field"],
			"send_email_alert": definition["send_email_alert"],
			"is_active": 1,
			"states": [{k: row[k] for k in STATE_FIELDS} for row in definition["states"]],
			"transitions": [{"allow_self_approval": 1, **row} for row in definition["transitions"]],
		}
	)
	workflow.save(ignore_permissions=True)  # install and migrate run as the system
	_remember(workflow.name, fingerprint(workflow))


def fingerprint(workflow) -> str:
	"""Digest of what matters in a workflow: states, transitions and whether it is active."""
	content = {
		"active": int(workflow.is_active or 0),
		"states": [[str(row.get(k) or "") for k in STATE_FIELDS] for row in workflow.states],
		"transitions": [[str(row.get(k) or "") for k in TRANSITION_FIELDS] for row in workflow.transitions],
	}
	return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _shipped_fingerprint(definition: dict) -> str:
	return fingerprint(
		frappe._dict(
			is_active=1,
			states=[frappe._dict(row) for row in definition["states"]],
			transitions=[frappe._dict(allow_self_approval=1, **row) for row in definition["transitions"]],
		)
	)


def _key(name: str) -> str:
	return f"workflow_{frappe.scrub(name)}"


def _remember(name: str, digest: str) -> None:
	frappe.defaults.set_default(_key(name), digest, "par_campaign")
