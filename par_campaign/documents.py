"""Files the desk hands out: lists, documents and workbooks, always made from the server's own data.

Frappe's report-to-PDF prints HTML that the browser sends; what is signed must not come from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign import bridge
from par_campaign.exchange import list_workbook, results_workbook
from par_campaign.exchange.layout import Column, Table
from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
from par_campaign.par_campaign.report.par_rankings import par_rankings
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import evaluate

CONTENT_TYPES = {
	"pdf": "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class File:
	"""A finished file."""

	name: str
	content: bytes


@frappe.whitelist(methods=["GET", "POST"])
def download(kind: str, filters: str | dict, format: str = "pdf") -> None:
	"""Send a list or document for the given filters. Permission is checked by its maker."""
	maker = _maker(kind, format)
	file = maker(frappe._dict(frappe.parse_json(filters) or {}))
	frappe.local.response.filename = file.name
	frappe.local.response.filecontent = file.content
	frappe.local.response.type = "download"
	frappe.local.response.content_type = CONTENT_TYPES[format]


def _maker(kind: str, format: str) -> Callable[[frappe._dict], File]:
	makers = {
		("ranking", "xlsx"): ranking_xlsx,
		("awards", "xlsx"): awards_xlsx,
		("results", "xlsx"): results_xlsx,
	}
	if (kind, format) not in makers:
		frappe.throw(_("There is no document {0} as {1}.").format(kind, format))
	return makers[(kind, format)]


def _campaign(filters):
	"""The campaign, if the user may print it."""
	if not filters.campaign:
		frappe.throw(_("Choose a campaign first."))
	doc = frappe.get_cached_doc("PAR Campaign", filters.campaign)
	doc.check_permission("print")
	return doc


def _file(title: str, campaign, extension: str, content: bytes) -> File:
	stamp = now_datetime().strftime("%Y%m%d-%H%M")
	return File(f"{frappe.scrub(title)}-{campaign.name}-{stamp}.{extension}", content)


def _workbook(tables: list[Table]) -> bytes:
	out = BytesIO()
	list_workbook.write(tables, out)
	return out.getvalue()


def _table(sheet: str, campaign, columns: list[dict], rows: list[dict]) -> Table:
	"""A report's own columns and rows as a sheet."""
	shown = [column for column in columns if column["fieldname"] != "proposal"]
	records = [[_entry(row.get(column["fieldname"]), column) for column in shown] for row in rows]
	return Table(
		sheet=sheet[:31],
		title=sheet.upper(),
		subtitle=f"{campaign.title} ({campaign.plan_number or ''})",
		columns=tuple(
			Column(column["fieldname"], column["label"], column.get("width", 100) / 7, _look(column))
			for column in shown
		),
		records=lambda: records,
	)


def _look(column: dict) -> str:
	if column["fieldtype"] in ("Float", "Percent"):
		return "points"
	return "centre" if column["fieldtype"] == "Int" else "text"


def _entry(value, column: dict):
	if value is None or value == "":
		return None
	if column["fieldtype"] in ("Float", "Percent"):
		return bridge.decimal(value)
	return int(value) if column["fieldtype"] == "Int" else _(str(value))


def ranking_xlsx(filters) -> File:
	"""PAR Rankings as a workbook."""
	campaign = _campaign(filters)
	rows = par_rankings.get_rows(filters)
	table = _table(_("PAR Rankings"), campaign, par_rankings.get_columns(filters), rows)
	return _file("ranking", campaign, "xlsx", _workbook([table]))


def awards_xlsx(filters) -> File:
	"""PAR Award Proposals as a workbook."""
	campaign = _campaign(filters)
	rows = par_award_proposals.get_rows(filters)
	table = _table(_("PAR Award Proposals"), campaign, par_award_proposals.get_columns(), rows)
	return _file("award_proposals", campaign, "xlsx", _workbook([table]))


def results_xlsx(filters) -> File:
	"""The results workbook that `par-campaign recount` checks: published as published, else as it stands."""
	campaign = _campaign(filters)
	par_award_proposals.require_provincial()
	model, meta = bridge.campaign(campaign.name), {}
	if filters.version:
		published = frappe.get_doc("PAR Published Result", f"{campaign.name}-V{int(filters.version)}")
		published.check_permission("read")
		model = digest.campaign_from_json(published.payload)
		meta = {"version": str(published.version), "published_on": str(published.published_on)}
	out = BytesIO()
	results_workbook.write(model, evaluate(model), out, meta=meta)
	return _file("results", campaign, "xlsx", out.getvalue())
