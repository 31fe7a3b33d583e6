"""Survey and index values as a workbook, into a draft PAR External Result."""

import frappe
from frappe import _

from par_campaign.documents import to_fill_in
from par_campaign.exchange import external_values
from par_campaign.exchange.external_values import ExternalTable
from par_campaign.results import store
from par_campaign.scoring.decimals import trim
from par_campaign.uploads import upload


def _read(doc, file_url: str) -> ExternalTable:
	path = upload.path_of(file_url)
	sets = frappe.get_all(
		"PAR Unit Scorecard",
		{"campaign": doc.campaign},
		pluck="criteria_set",
		distinct=True,
		order_by="criteria_set",
	)
	with upload.refusals():
		return external_values.read(
			path,
			to_fill_in.units_of(doc.campaign),
			store.criteria_sets(set(sets)).values(),
			doc.criterion_code,
		)


@frappe.whitelist(methods=["POST"])
def preview(external_result: str, file_url: str) -> dict:
	"""What was read, unit by unit, with faults. Writes nothing."""
	doc = frappe.get_doc("PAR External Result", external_result)
	doc.check_permission("write")
	found = _read(doc, file_url)
	names = to_fill_in.units_of(doc.campaign)
	return {
		"columns": [_("Cell"), _("Unit"), _("Value")],
		"rows": [[v.cell, names[v.unit], trim(v.value)] for v in found.values],
		"faults": upload.as_rows(found.faults),
		"remarks": upload.as_rows(found.remarks),
		"ready": bool(found.values) and not found.faults,
	}


@frappe.whitelist(methods=["POST"])
def apply(external_result: str, file_url: str) -> int:
	"""Put the workbook's values in the place of the draft's; returns how many."""
	doc = frappe.get_doc("PAR External Result", external_result, for_update=True)
	doc.check_permission("write")
	found = _read(doc, file_url)
	upload.require_none(found.faults)
	doc.set("external_values", [])
	for value in found.values:
		if value.code == doc.criterion_code:
			doc.append("external_values", {"unit": value.unit, "value": float(value.value)})
	doc.save()
	return len(doc.external_values)
