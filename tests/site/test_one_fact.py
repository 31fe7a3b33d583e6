"""What used to be said in two places, and differed: each is said once now."""

import frappe
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
