"""A unit's score sheet as a workbook: filled in offline, brought back as exactly what was changed."""

from dataclasses import replace

import frappe
from frappe import _

from par_campaign.documents import to_fill_in
from par_campaign.exchange.score_sheet import workbook as score_sheet_workbook
from par_campaign.exchange.score_sheet.workbook import Change, Upload
from par_campaign.results import store
from par_campaign.scoring.claims import canonical, readable
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.model import Leaf
from par_campaign.uploads import upload

FIELDS = {"applicable": "applicable", "claim": "self_claim", "explanation": "explanation"}


def _read(card, file_url: str) -> Upload:
	path = upload.path_of(file_url)
	with upload.refusals():
		found = score_sheet_workbook.read_upload(
			path,
			store.card(card),
			store.criteria_set(card.criteria_set),
			stamp=to_fill_in.stamp_of(card),
			key=to_fill_in.key(),
		)
	markup = upload.markup_faults((change.cell, change.new) for change in found.changes)
	return replace(found, faults=found.faults + markup)


@frappe.whitelist(methods=["POST"])
def preview(scorecard: str, file_url: str) -> dict:
	"""What an uploaded score sheet would change, cell by cell. Writes nothing."""
	card = frappe.get_doc("PAR Unit Scorecard", scorecard)
	card.check_permission("write")
	found = _read(card, file_url)
	leaves = {leaf.code: leaf for leaf in store.criteria_set(card.criteria_set).leaves()}
	return {
		"columns": [_("No."), _("Criterion"), _("What"), _("Now"), _("In the Workbook"), _("Cell")],
		"rows": [_row(change, leaves[change.code]) for change in found.changes],
		"faults": upload.as_rows(found.faults),
		"remarks": upload.as_rows(found.remarks),
		"ready": bool(found.changes) and not found.faults,
	}


def _row(change: Change, leaf: Leaf) -> list[str]:
	old, new = (_shown(value, change, leaf) for value in (change.old, change.new))
	return [change.code, leaf.title, _label(change.field), old, new, change.cell]


def _label(field: str) -> str:
	return _(frappe.get_meta("PAR Scorecard Line").get_label(FIELDS[field]))


def _shown(value: bool | str | None, change: Change, leaf: Leaf) -> str:
	if isinstance(value, bool):
		if value:
			return _("Yes", context="PAR Scorecard Line")
		return _("No", context="PAR Scorecard Line")
	if not value or change.field != "claim":
		return value or ""
	try:
		text = canonical(leaf, value)
		return readable(leaf, text) if text else ""
	except ClaimError:
		return value  # an older claim that its rule no longer takes


@frappe.whitelist(methods=["POST"])
def apply(scorecard: str, file_url: str) -> int:
	"""Write all changes of an uploaded score sheet, or none; returns how many."""
	card = frappe.get_doc("PAR Unit Scorecard", scorecard, for_update=True)
	card.check_permission("write")
	found = _read(card, file_url)
	upload.require_none(found.faults)
	lines = {line.code: line for line in card.lines}
	for change in found.changes:
		value = int(change.new) if isinstance(change.new, bool) else change.new
		lines[change.code].set(FIELDS[change.field], value)
	if found.changes:
		card.save()
	return len(found.changes)
