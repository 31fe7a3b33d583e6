"""Files the desk hands out: lists, documents and workbooks, always made from the server's own data.

Frappe's report-to-PDF prints HTML that the browser sends; what is signed must not come from there.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from par_campaign.documents import lists, results
from par_campaign.documents.file import CONTENT_TYPES
from par_campaign.workbooks.criteria import criteria_xlsx
from par_campaign.workbooks.external import external_xlsx
from par_campaign.workbooks.score_sheet import score_sheet_xlsx

MAKERS = {
	("ranking", "pdf"): lists.ranking,
	("ranking", "docx"): lists.ranking,
	("ranking", "xlsx"): lists.ranking_xlsx,
	("awards", "pdf"): lists.awards,
	("awards", "docx"): lists.awards,
	("awards", "xlsx"): lists.awards_xlsx,
	("results", "xlsx"): results.results_xlsx,
	("score_sheet", "xlsx"): score_sheet_xlsx,
	("criteria", "xlsx"): criteria_xlsx,
	("external", "xlsx"): external_xlsx,
}

DOCUMENTS = ("pdf", "docx")  # Vietnamese by law, whatever language the desk is in


@contextmanager
def language(code: str):
	"""Speak this language for a while."""
	before = frappe.local.lang
	frappe.local.lang = code
	try:
		yield
	finally:
		frappe.local.lang = before


@frappe.whitelist(methods=["GET", "POST"])
def download(kind: str, filters: str | dict, format: str = "pdf") -> None:
	"""Send a list or document for the given filters. Permission is checked by its maker."""
	maker = MAKERS.get((kind, format))
	if not maker:
		frappe.throw(_("There is no document {0} as {1}.").format(kind, format))
	with language("vi" if format in DOCUMENTS else frappe.local.lang):
		file = maker(frappe._dict(frappe.parse_json(filters) or {}), format)
	frappe.local.response.filename = file.name
	frappe.local.response.filecontent = file.content
	frappe.local.response.type = "download"
	frappe.local.response.content_type = CONTENT_TYPES[format]
	if format == "pdf":
		frappe.local.response.display_content_as = "inline"
