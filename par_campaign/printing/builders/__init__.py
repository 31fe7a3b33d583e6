"""Builders: from plain data to `content.Document`, one module for each kind of document."""

from par_campaign.printing.builders.award_list import (
	ProposalRow,
	award_blocks,
	award_list_document,
	proposal_rows,
)
from par_campaign.printing.builders.ranking import ranking_blocks, ranking_document
from par_campaign.printing.builders.report import ReportColumn, report_blocks, report_document

__all__ = [
	"ProposalRow",
	"ReportColumn",
	"award_blocks",
	"award_list_document",
	"proposal_rows",
	"ranking_blocks",
	"ranking_document",
	"report_blocks",
	"report_document",
]
