"""A scorecard stays as it was handed in: no file of its evidence is taken away or joined by another, and none that
hangs on the scorecard itself is taken away. Letters may still be added to the scorecard; each has its time."""

import frappe
from frappe import _

from par_campaign.states import HELD_BY_UNIT


def is_kept(file) -> bool:
	"""Whether a file is evidence of a scorecard that is handed in."""
	if file.attached_to_doctype != "PAR Evidence Item" or not file.attached_to_name:
		return False
	return _is_handed_in(frappe.db.get_value("PAR Evidence Item", file.attached_to_name, "scorecard"))


def stays(file) -> bool:
	"""Whether a file may not be taken away."""
	on_scorecard = file.attached_to_doctype == "PAR Unit Scorecard"
	return is_kept(file) or (on_scorecard and _is_handed_in(file.attached_to_name))


def _is_handed_in(scorecard: str | None) -> bool:
	state = scorecard and frappe.db.get_value("PAR Unit Scorecard", scorecard, "workflow_state")
	return bool(state and state not in HELD_BY_UNIT)


def require_open(file) -> None:
	if is_kept(file):
		frappe.throw(
			_("The scorecard is handed in, so the files of its evidence can no longer change."),
			frappe.PermissionError,
			title=_("Handed In"),
		)


def require_removable(file) -> None:
	if stays(file):
		frappe.throw(
			_("The scorecard is handed in, so no file is taken away from it or its evidence."),
			frappe.PermissionError,
			title=_("Handed In"),
		)
