"""Survey and index values as a workbook, into a draft PAR External Result."""

from io import BytesIO

import frappe
from frappe import _

from par_campaign.documents.file import File, named
from par_campaign.exchange import external_values as external_workbook
from par_campaign.exchange.external_values import ExternalTable
from par_campaign.results import store
from par_campaign.scoring.decimals import trim
from par_campaign.uploads import upload


def _units(campaign: str) -> dict[str, str]:
	rows = frappe.get_all(
		"PAR Unit Scorecard", {"campaign": campaign}, ["unit", "unit_name"], order_by="unit_group, unit"
	)
	return {row.unit: row.unit_name for row in rows}


def external_xlsx(filters, extension: str) -> File:
	"""A table of the campaign's units to fill in."""
	doc = frappe.get_doc("PAR External Result", filters.external_result)
	doc.check_permission("read")
	out = BytesIO()
	external_workbook.write_template(_units(doc.campaign), [doc.criterion_code], out)
	return named("ket-qua-ben-ngoai", doc.name, extension, out.getvalue())


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
		return external_workbook.read(
			path, _units(doc.campaign), store.criteria_sets(set(sets)).values(), doc.criterion_code
		)


@frappe.whitelist(methods=["POST"])
def preview(external_result: str, file_url: str) -> dict:
	"""What was read, unit by unit, with faults. Writes nothing."""
	doc = frappe.get_doc("PAR External Result", external_result)
	doc.check_permission("write")
	found = _read(doc, file_url)
	names = _units(doc.campaign)
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
