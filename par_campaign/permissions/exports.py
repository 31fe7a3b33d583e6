"""Frappe's own exports of our lists and reports, with people's texts kept from becoming formulas.

They stand in for Frappe's by `override_whitelisted_methods`; what is exported, and to whom, is Frappe's.
"""

import frappe
from frappe.desk import query_report, reportview
from frappe.desk.utils import pop_csv_params

from par_campaign.exchange.harmless import harmless_csv, harmless_xlsx


@frappe.whitelist()
def export_report() -> None:
	"""A script report as Excel or CSV."""
	request = frappe._dict(frappe.local.form_dict)
	query_report.export_query()
	if _is_ours(frappe.get_cached_value("Report", request.report_name, "ref_doctype")):
		neutralise(request)


@frappe.whitelist()
def export_list() -> None:
	"""A list as Excel or CSV."""
	request = frappe._dict(frappe.local.form_dict)
	reportview.export_query()
	if _is_ours(request.doctype):
		neutralise(request)


def _is_ours(doctype: str | None) -> bool:
	return (doctype or "").startswith("PAR ")


def neutralise(request: frappe._dict) -> None:
	"""Make the file that is about to be sent harmless. `request` holds how a CSV was asked for."""
	response = frappe.local.response
	name = str(response.get("filename") or "")
	if response.get("type") == "csv":
		response["result"] = harmless_csv(response["result"])
	elif name.endswith(".csv"):
		text = response["filecontent"].decode("utf-8")
		response["filecontent"] = harmless_csv(text, **pop_csv_params(frappe._dict(request))).encode("utf-8")
	elif name.endswith(".xlsx"):
		response["filecontent"] = harmless_xlsx(response["filecontent"])
