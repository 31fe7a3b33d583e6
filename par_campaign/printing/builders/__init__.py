"""Builders: from plain data to `content.Document`, one module for each kind of document."""

from par_campaign.printing.builders.award_list import (
	ProposalRow,
	award_blocks,
	award_list_document,
	proposal_rows,
)
from par_campaign.printing.builders.budget import budget_blocks, budget_document
from par_campaign.printing.builders.decision import decision_document
from par_campaign.printing.builders.evidence import Evidence, evidence_blocks, evidence_document
from par_campaign.printing.builders.letters import (
	Assignment,
	Outcome,
	Overdue,
	assignment_letter,
	regret_letter,
	reminder_letter,
)
from par_campaign.printing.builders.minutes import Ballot, Meeting, Member, minutes_document
from par_campaign.printing.builders.proposal import Cast, proposal_document
from par_campaign.printing.builders.ranking import ranking_blocks, ranking_document
from par_campaign.printing.builders.scorecard import scorecard_blocks, scorecard_document
from par_campaign.printing.builders.submission import submission_document
from par_campaign.printing.builders.summary import Profile, summary_document

__all__ = [
	"Assignment",
	"Ballot",
	"Cast",
	"Evidence",
	"Meeting",
	"Member",
	"Outcome",
	"Overdue",
	"Profile",
	"ProposalRow",
	"assignment_letter",
	"award_blocks",
	"award_list_document",
	"budget_blocks",
	"budget_document",
	"decision_document",
	"evidence_blocks",
	"evidence_document",
	"minutes_document",
	"proposal_document",
	"proposal_rows",
	"ranking_blocks",
	"ranking_document",
	"regret_letter",
	"reminder_letter",
	"scorecard_blocks",
	"scorecard_document",
	"submission_document",
	"summary_document",
]
