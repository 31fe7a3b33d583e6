"""Files the desk hands out: lists, documents and workbooks, always made from the server's own data.

Frappe's report-to-PDF prints HTML that the browser sends; what is signed must not come from there.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from par_campaign.documents import (
	awards,
	bundles,
	evidence_files,
	forms,
	letters,
	lists,
	results,
	to_fill_in,
	units,
)
from par_campaign.documents.award_data import award_data_of
from par_campaign.documents.file import CONTENT_TYPES, File, language, named, rendered
from par_campaign.permissions.arguments import parsed
from par_campaign.printing.errors import PrintError
from par_campaign.saying import lines, say

# Each gives a `Document`; who may have it is checked where its data is read.
BUILDERS = {
	"scorecard": units.scorecard,
	"evidence": units.evidence,
	"summary": units.summary,
	"submission": lambda filters: awards.submission(award_data_of(filters)),
	"minutes": lambda filters: awards.minutes(award_data_of(filters)),
	"decision": lambda filters: awards.decision(award_data_of(filters)),
	"budget": lambda filters: awards.budget(award_data_of(filters)),
	"proposal": forms.proposal,
	"assignment": letters.assignment,
	"reminder": letters.reminder,
}


def document(filters, extension: str) -> File:
	"""One of `BUILDERS` as PDF or Word."""
	found = BUILDERS[filters.kind](filters)
	return rendered(found, campaign_name(filters), extension)


def campaign_name(filters) -> str:
	"""The campaign a document is of."""
	if filters.campaign:
		return filters.campaign
	if filters.proposal:
		return frappe.db.get_value("PAR Award Proposal", filters.proposal, "campaign")
	return frappe.db.get_value("PAR Unit Scorecard", filters.scorecard, "campaign")


def regrets(filters, extension: str) -> File:
	"""The letters to units not chosen: one PDF, or a ZIP of Word files."""
	bundle = bundles.regrets(filters)
	return named(bundle.name, filters.campaign, extension, bundles.RENDERERS[extension](bundle.documents))


MAKERS = {
	**{(kind, extension): document for kind in BUILDERS for extension in ("pdf", "docx")},
	("regret", "pdf"): regrets,
	("regret", "zip"): regrets,
	("ranking", "pdf"): lists.ranking,
	("ranking", "docx"): lists.ranking,
	("ranking", "xlsx"): lists.ranking_xlsx,
	("awards", "pdf"): lists.awards,
	("awards", "docx"): lists.awards,
	("awards", "xlsx"): lists.awards_xlsx,
	("results", "xlsx"): results.results_xlsx,
	("evidence", "xlsx"): evidence_files.evidence_xlsx,
	("score_sheet", "xlsx"): to_fill_in.score_sheet_xlsx,
	("criteria", "xlsx"): to_fill_in.criteria_xlsx,
	("external", "xlsx"): to_fill_in.external_xlsx,
}

DOCUMENTS = ("pdf", "docx", "zip")  # Vietnamese by law, whatever language the desk is in


@contextmanager
def refusals():
	"""Tell the user what cannot be printed and why, instead of failing."""
	try:
		yield
	except PrintError as error:
		frappe.throw(lines([str(error)]), title=_("Cannot Be Printed"))


@frappe.whitelist(methods=["GET", "POST"])
def check(kind: str, filters: str | dict) -> None:
	"""Raise what `download` would refuse the document for, so that the form can say it in a dialog."""
	filters = frappe._dict(parsed(filters, dict), kind=kind)
	if kind in BUILDERS:
		with refusals():
			BUILDERS[kind](filters)
	elif kind in bundles.BUNDLES:
		bundles.BUNDLES[kind](filters)


@frappe.whitelist(methods=["GET", "POST"])
def download(kind: str, filters: str | dict, format: str = "pdf") -> None:
	"""Send a list or document for the given filters. Permission is checked by its maker."""
	maker = MAKERS.get((kind, format))
	if not maker:
		frappe.throw(say(_("There is no document {0} as {1}."), kind, format))
	with language("vi" if format in DOCUMENTS else frappe.local.lang), refusals():
		file = maker(frappe._dict(parsed(filters, dict), kind=kind), format)
	frappe.local.response.filename = file.name
	frappe.local.response.filecontent = file.content
	frappe.local.response.type = "download"
	frappe.local.response.content_type = CONTENT_TYPES[format]
	if format == "pdf":
		frappe.local.response.display_content_as = "inline"
