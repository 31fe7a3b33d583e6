"""Evidence stays as it was handed in: its files are neither taken away nor joined by others after hand-in."""

import frappe
from frappe import _

UNIT_STATES = ("Draft", "Returned")


def is_kept(file) -> bool:
	"""Whether a file is evidence of a scorecard that is handed in."""
	if file.attached_to_doctype != "PAR Evidence Item" or not file.attached_to_name:
		return False
	scorecard = frappe.db.get_value("PAR Evidence Item", file.attached_to_name, "scorecard")
	state = scorecard and frappe.db.get_value("PAR Unit Scorecard", scorecard, "workflow_state")
	return bool(state and state not in UNIT_STATES)


def require_open(file) -> None:
	if is_kept(file):
		frappe.throw(
			_("The scorecard is handed in, so the files of its evidence can no longer change."),
			frappe.PermissionError,
			title=_("Handed In"),
		)
