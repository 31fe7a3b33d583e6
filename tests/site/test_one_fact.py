"""What used to be said in two places, and differed: each is said once now."""

import frappe
import pytest
import site_factories as f

from par_campaign.par_campaign.doctype.par_unit_scorecard import sheet

PROVED_DEDUCTION = {
	"code": "5.2",
	"title": "Complaints",
	"maximum": 2,
	"rule": "Count",
	"per_occurrence": 0.5,
	"score_type": "Deduction",
	"demand": "Evidence and explanation",
}


def test_a_deduction_is_handed_in_without_proof(base):
	"""Scoring asked no proof of a deduction, the hand-in refused it for want of one, the sheet asked for it."""
	campaign = f.make_campaign()
	campaign.groups[0].criteria_set = f.make_criteria_set(
		title="With a deduction", rows=(*f.CRITERIA, PROVED_DEDUCTION)
	).name
	campaign.save()
	f.launch(campaign)
	card = f.hand_in(campaign, claims={**f.FULL_CLAIMS, "5.2": "2"})
	assert frappe.db.get_value(card.doctype, card.name, "workflow_state") == "Submitted"
	assert f.line(card, "5.2").self_score == 1
	assert card.gaps() == [] and "5.2" not in card.missing_evidence
	assert {row["code"]: row.get("demand") for row in sheet.load(card.name)["rows"]}["5.2"] == "None"


@pytest.fixture
def voted(appraising):
	"""A campaign with one proposal on which the council has voted: one of two members present, for it."""
	f.appraise(appraising)
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=appraising.name,
			scorecard=f.card_of(appraising).name,
			award_level=appraising.award_quotas[0].award_level,
		).insert()
	proposal = f.step(proposal, f.SECRETARY, "Council")
	with f.as_user(f.SECRETARY):
		proposal.fill_council()
		for row in proposal.votes:
			row.vote = row.vote or ("For" if row.user == f.LEAD else "Absent")
		proposal.meeting_date = "2023-12-20"
		proposal.save()
	assert (proposal.vote_percent, proposal.members_total, proposal.members_present) == (100, 2, 1)
	return proposal


def test_a_vote_is_counted_as_it_was_when_it_was_taken(voted, appraising):
	"""The base was changed after the vote: the proposal kept 100 %, the printed list said 50 %."""
	with pytest.raises(frappe.ValidationError, match="voted already"):
		f.set_campaign(appraising, vote_base="All members")
	appraising.reload()
	appraising.award_quotas[0].vote_threshold = 30
	with f.as_user(f.MANAGER), pytest.raises(frappe.ValidationError, match="voted already"):
		appraising.save()
	level = frappe.get_doc("PAR Award Level", voted.award_level)
	level.vote_threshold = 30
	with pytest.raises(frappe.ValidationError, match="voted already"):
		level.save()


def test_without_votes_the_base_may_change(voted, appraising):
	for row in voted.votes:
		row.vote = None
	with f.as_user(f.SECRETARY):
		voted.save()
	f.set_campaign(appraising, vote_base="All members")
