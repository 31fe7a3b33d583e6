"""The results workbook: everything a published result rests on, for people and for the recount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from par_campaign.exchange.results_workbook import inputs
from par_campaign.exchange.results_workbook import results as result_tables
from par_campaign.exchange.results_workbook.guide import guide_table
from par_campaign.exchange.results_workbook.stated import Stated, StatedReader
from par_campaign.exchange.results_workbook.units import unit_tables
from par_campaign.exchange.xlsx.book import MARKS_SHEET, write_tables
from par_campaign.exchange.xlsx.limits import RESULTS
from par_campaign.exchange.xlsx.package import Source
from par_campaign.exchange.xlsx.safe import open_workbook
from par_campaign.exchange.xlsx.tables import Table
from par_campaign.scoring.model import Campaign, Proposal, Results


def tables(
	campaign: Campaign,
	results: Results,
	meta: Mapping[str, str] | None = None,
	evidence: Sequence[Mapping[str, str]] = (),
	unit_sheets: bool = False,
	published: Sequence[Proposal] | None = None,
) -> list[Table]:
	"""The workbook's sheets in order. Also what a recount expects to find."""
	common = [
		guide_table(campaign, MARKS_SHEET, published is not None),
		inputs.info_table(campaign, results, meta or {}, unit_sheets),
		result_tables.ranking_table(campaign, results),
		result_tables.matrix_table(campaign, results),
		result_tables.awards_table(results),
		inputs.proposals_table(campaign),
		*([] if published is None else [inputs.published_table(campaign, published)]),
		inputs.points_table(campaign, results),
		inputs.units_table(campaign),
		inputs.criteria_table(campaign.criteria_sets),
		inputs.settings_table(campaign),
		inputs.evidence_table(evidence),
	]
	if not unit_sheets:
		return common
	taken = [MARKS_SHEET, *(table.sheet for table in common)]
	return [*common, *unit_tables(campaign, results, taken)]


def write(
	campaign: Campaign,
	results: Results,
	out: BinaryIO,
	*,
	meta: Mapping[str, str] | None = None,
	evidence: Sequence[Mapping[str, str]] = (),
	unit_sheets: bool = False,
	published: Sequence[Proposal] | None = None,
) -> None:
	"""Write the results workbook, in memory that does not grow with it.

	`meta` is shown on the information sheet (keys with a Vietnamese label are in `input_tables`),
	`evidence` on its own sheet. With `unit_sheets` it is the consolidated workbook, which has a sheet
	for each unit too. The digest is that of `results`. While results are published `published` are the
	award proposals of that moment: what was decided on them since moves the digest and no number, and with
	these the published digest follows from the workbook still.
	"""
	write_tables(tables(campaign, results, meta, evidence, unit_sheets, published), out)


def read(source: Source) -> Stated:
	"""What a results workbook states, by path or from a seekable binary file.

	WorkbookError if the file is unsafe or no results workbook; faulty cells are listed in
	`Stated.faults`.
	"""
	with open_workbook(source, RESULTS) as book:
		return StatedReader(book).read()
