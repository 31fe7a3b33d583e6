"""Frappe's own exports of our lists and reports: who gets them, and with people's texts kept from becoming formulas.

They stand in for Frappe's by `override_whitelisted_methods`; what is exported, and to whom, is Frappe's.
"""

import frappe
from frappe.desk.utils import pop_csv_params

from par_campaign.exchange.xlsx.harmless import harmless_csv, harmless_xlsx
from par_campaign.permissions import arguments, ours, pins, records
from par_campaign.permissions.standing_in import instead_of

OWN_REPORTS = "frappe.desk.query_report.export_query"


@instead_of(OWN_REPORTS)
def export_report(frappes, form):
	"""A script report as Excel or CSV."""
	is_ours = ours.is_ours(frappe.get_cached_value("Report", form.report_name, "ref_doctype"))
	if is_ours:
		pins.require(OWN_REPORTS)  # a report of an administrator's may have any name
	frappes()
	if is_ours:
		neutralise(form)


@instead_of("frappe.desk.reportview.export_query")
def export_list(frappes, form):
	"""A list as Excel or CSV."""
	frappes()
	if ours.is_ours(form.doctype):
		neutralise(form)


@instead_of("frappe.core.doctype.data_import.data_import.download_template")
def download_template(frappes, form):
	"""Data to be imported again, with rows in full; units import nothing."""
	_export_in_full(frappes, form)


@instead_of("frappe.core.doctype.data_export.exporter.export_data")
def export_data(frappes, form):
	"""The same by Frappe's older tool."""
	_export_in_full(frappes, form)


def _export_in_full(frappes, form) -> None:
	"""Every field of every row, which is not for units: neither of documents nor of what is kept about them."""
	named = str(form.doctype or "")
	doctypes = arguments.parsed(named, list, str) if named.startswith("[") else [named]
	if any(records.is_kept_to_readable(name) for name in doctypes):
		raise frappe.PermissionError
	is_ours = ours.mentioned_in(doctypes)
	frappes()
	if is_ours:
		neutralise(form)


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
