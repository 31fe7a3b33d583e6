"""The two reports as documents and as workbooks."""

from dataclasses import replace
from io import BytesIO

from frappe import _

from par_campaign.documents.file import File, campaign_of, named, paper_of, rendered
from par_campaign.documents.makers import writes
from par_campaign.exchange.xlsx import plain_list
from par_campaign.exchange.xlsx.tables import Column, Table
from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
from par_campaign.par_campaign.report.par_rankings import par_rankings
from par_campaign.permissions import roles
from par_campaign.printing.builders import award_list_document, proposal_rows, ranking_document
from par_campaign.printing.kinds import lists as kinds
from par_campaign.results import in_force, store


@writes(kinds.Ranking, "pdf")
@writes(kinds.Ranking, "docx")
def ranking(filters, extension: str) -> File:
	"""Bảng tổng hợp kết quả thẩm định và xếp hạng, of a group or cluster if the filters say so."""
	campaign = campaign_of(filters)
	roles.require_provincial()
	model, results, waiting = in_force.worked_out(campaign.name)
	version = in_force.version_in_force(campaign.name)
	groups = par_rankings.group_order()
	in_order = sorted(results.ranking, key=lambda row: groups.get(row.group, (0, row.group)))
	document = ranking_document(
		paper_of(campaign),
		model,
		replace(results, ranking=tuple(in_order)),
		group=filters.unit_group or None,
		cluster=filters.cluster or None,
		digest="" if waiting else None,  # of a part of the units it would verify nothing
		version=version and version.version,
		not_handed_in=[
			card.unit_name
			for card in waiting
			if filters.unit_group in (None, "", card.group) and filters.cluster in (None, "", card.cluster)
		],
	)
	return rendered(document, campaign.name, extension)


@writes(kinds.ProposalList, "pdf")
@writes(kinds.ProposalList, "docx")
def awards(filters, extension: str) -> File:
	"""Danh sách đề nghị khen thưởng, as the report of award proposals shows it."""
	campaign = campaign_of(filters)
	roles.require_provincial()
	model, results, waiting = in_force.worked_out(campaign.name)
	citations = {
		key: proposal.citation or ""
		for key, proposal in par_award_proposals.proposals_of(campaign.name).items()
	}
	rows = [
		row
		for row in proposal_rows(model, results, citations)
		if filters.unit_group in (None, "", row.group) and filters.award_level in (None, "", row.level)
	]
	digest = "" if waiting else results.digest
	document = award_list_document(
		paper_of(campaign), campaign.title, rows, digest=digest, vote_base=model.vote_base
	)
	return rendered(document, campaign.name, extension)


@writes(kinds.Ranking, "xlsx")
def ranking_xlsx(filters, extension: str) -> File:
	"""PAR Rankings as a workbook."""
	campaign = campaign_of(filters)
	rows = par_rankings.get_rows(filters)
	table = report_table(_("PAR Rankings"), campaign, par_rankings.get_columns(filters), rows)
	return named("xep-hang", campaign.name, extension, workbook([table]))


@writes(kinds.ProposalList, "xlsx")
def awards_xlsx(filters, extension: str) -> File:
	"""PAR Award Proposals as a workbook."""
	campaign = campaign_of(filters)
	rows = par_award_proposals.get_rows(filters)
	table = report_table(_("PAR Award Proposals"), campaign, par_award_proposals.get_columns(), rows)
	return named("de-nghi-khen-thuong", campaign.name, extension, workbook([table]))


def workbook(tables: list[Table]) -> bytes:
	"""Tables as the sheets of a workbook."""
	out = BytesIO()
	plain_list.write(tables, out)
	return out.getvalue()


def report_table(sheet: str, campaign, columns: list[dict], rows: list[dict]) -> Table:
	"""A report's own columns and rows as a sheet."""
	shown = [column for column in columns if column["fieldname"] != "proposal"]
	records = [[_entry(row.get(column["fieldname"]), column) for column in shown] for row in rows]
	return Table(
		sheet=sheet[:31],
		title=sheet.upper(),
		subtitle=f"{campaign.title} ({campaign.plan_number or ''})",
		columns=tuple(
			Column(column["fieldname"], column["label"], column.get("width", 100) / 7, _style(column))
			for column in shown
		),
		records=lambda: records,
	)


def _style(column: dict) -> str:
	if column["fieldtype"] in ("Float", "Percent"):
		return "points"
	return "centre" if column["fieldtype"] == "Int" else "text"


def _entry(value, column: dict):
	if value is None or value == "":
		return None
	if column["fieldtype"] in ("Float", "Percent"):
		return store.decimal(value)
	return int(value) if column["fieldtype"] == "Int" else _(str(value))
