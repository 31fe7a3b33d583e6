"""The whole way of a campaign, each step by the role whose step it is."""

import frappe
import pytest
import site_factories as f
from frappe.model.workflow import apply_workflow
from frappe.utils import get_fullname as name_of

from par_campaign.par_campaign.doctype.par_unit_scorecard import sheet


def test_launch_gives_every_active_unit_one_scorecard(campaign):
	cards = frappe.get_all("PAR Unit Scorecard", {"campaign": campaign.name}, ["unit"], order_by="unit")
	units = frappe.get_all(
		"PAR Unit",
		{"unit_group": ("in", [f.GROUP, f.DISTRICTS]), "disabled": 0},
		pluck="name",
		order_by="name",
	)
	assert [card.unit for card in cards] == units
	assert all(not row["missing"] for row in campaign.coverage())


def test_launching_again_makes_no_second_scorecard(campaign):
	before = frappe.db.count("PAR Unit Scorecard", {"campaign": campaign.name})
	with f.as_user(f.MANAGER):
		campaign.reload()
		assert campaign.make_missing_scorecards() == 0
	assert frappe.db.count("PAR Unit Scorecard", {"campaign": campaign.name}) == before


def test_unit_added_later_is_shown_missing_and_then_made(campaign):
	frappe.get_doc(doctype="PAR Unit", unit_code="TLATE", unit_name="Late unit", unit_group=f.GROUP).insert()
	campaign.reload()
	missing = {row["unit_group"]: row["missing"] for row in campaign.coverage()}
	assert missing[f.GROUP] == ["Late unit"]
	with f.as_user(f.MANAGER):
		assert campaign.make_missing_scorecards() == 1
	assert frappe.db.exists("PAR Unit Scorecard", f"{campaign.name}-TLATE")


def test_disabled_unit_gets_none(base):
	frappe.get_doc(
		doctype="PAR Unit", unit_code="TOFF", unit_name="Closed unit", unit_group=f.GROUP, disabled=1
	).insert()
	campaign = f.launch()
	assert not frappe.db.exists("PAR Unit Scorecard", f"{campaign.name}-TOFF")


def test_scorecard_carries_the_scored_rows(campaign):
	card = f.card_of(campaign)
	assert [row.code for row in card.lines] == [
		"1.1.1",
		"1.1.2",
		"1.1.3",
		"2.1.1",
		"2.1.2",
		"3.1",
		"4.1",
		"5.1",
	]


def test_scores_follow_the_rules(appraising):
	card = f.appraise(appraising, claims={"2.1.1": "80"})
	points = {row.code: row.appraised_score for row in card.lines}
	assert points["1.1.1"] == 2 and points["1.1.2"] == 3 and points["2.1.1"] == 8 and points["2.1.2"] == 10
	# 28 of 30 earned while the survey (10 points) is missing: it counts 0 of 40; bonus 1
	assert card.earned == 28 and card.maximum == 40 and card.bonus == 1
	assert card.index_score == 71.0
	assert card.self_index == 76.0
	assert card.provisional == 1


def test_from_plan_to_award(appraising):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit, claims={"1.1.3": {"TA": "5", "TB": "4", "TC": "3"}.get(unit, "2")})
	with f.as_user(f.MANAGER):
		appraising.reload()
		apply_workflow(appraising, "Publish Results")
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=appraising.name,
			scorecard=f"{appraising.name}-TA",
			award_level=flag,
		).insert()
		assert (proposal.rank, proposal.selection) == (1, "Qualified")
		proposal = apply_workflow(proposal, "Send to Council")
		proposal.fill_council()
		votes = {row.user: row.vote for row in proposal.votes}
		assert votes[f.APPRAISER_OF_A] == "Recused"
		for row in proposal.votes:
			row.vote = row.vote or "For"
		proposal.meeting_date = "2023-12-20"
		proposal.save()
		assert (proposal.members_total, proposal.members_present, proposal.votes_for) == (2, 2, 2)
		apply_workflow(proposal, "Submit to Chairman")
	with f.as_user(f.CHAIRMAN):
		proposal.reload()
		proposal.update(
			{"decision_number": "01/QĐ-UBND", "decision_date": "2024-01-05", "signatory": "Chair"}
		)
		proposal.save()
		apply_workflow(proposal, "Award")
	card = f.card_of(appraising)
	assert card.workflow_state == "Awarded" and card.award_level == flag
	with f.as_user(f.MANAGER):
		appraising.reload()
		apply_workflow(appraising, "Close")
	assert f.card_of(appraising, "TB").workflow_state == "Not Awarded"


def test_returned_scorecard_is_answered_and_appraised_on(appraising):
	card = f.hand_in(appraising, claims={**f.FULL_CLAIMS, "1.1.3": "4"})
	f.step(card, f.LEAD, "Under Appraisal")
	f.step(card, f.LEAD, "Returned", return_note="1.1.3: explain")
	with f.as_user(f.HEAD_A):
		card.reload()
		f.line(card, "1.1.3").self_claim = "3,5"
		card.workflow_state = "Under Appraisal"
		card.save()
	row = f.line(f.card_of(appraising), "1.1.3")
	assert (row.self_claim, row.appraised_claim, row.answered) == ("3.5", "3.5", 1)


def test_the_first_hand_in_stays_on_record_beside_the_answer(appraising):
	card = f.hand_in(appraising)
	first = f.card_of(appraising).submitted_on
	f.step(card, f.LEAD, "Under Appraisal")
	f.step(card, f.LEAD, "Returned", return_note="1.1.3: explain")
	f.step(card, f.HEAD_A, "Under Appraisal")
	card = f.card_of(appraising)
	assert (card.submitted_by, card.submitted_on) == (f.HEAD_A, first)
	assert card.answered_by == f.HEAD_A and card.answered_on > first


def test_who_handed_in_the_answer_alone_cannot_appraise_either(appraising):
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	card.db_set("answered_by", f.LEAD)
	with pytest.raises(frappe.PermissionError, match="handed this scorecard in"):
		f.step(card, f.LEAD, "Appraised")


def test_a_save_without_a_change_leaves_nothing_in_the_history(appraising):
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	before = frappe.db.count("Version", {"docname": card.name})
	with f.as_user(f.LEAD):
		f.card_of(appraising).save()
	assert frappe.db.count("Version", {"docname": card.name}) == before


def test_every_round_stays_on_record(appraising):
	card = f.appraise(appraising, claims={"1.1.3": "4"})
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		f.line(card, "1.1.3").appraised_claim = "4.5"
		f.line(card, "1.1.3").appraisal_note = "Document found"
		card.save()
	f.step(card, f.LEAD, "Appraised")
	rounds = frappe.get_all(
		"PAR Appraisal", {"scorecard": card.name, "docstatus": 1}, ["name", "round"], order_by="round"
	)
	assert [row.round for row in rounds] == [1, 2]
	second = frappe.get_doc("PAR Appraisal", rounds[1].name)
	change = next(row for row in second.changes if row.code == "1.1.3")
	assert (change.self_score, change.score_before, change.score) == (5, 4, 4.5)
	assert change.appraised_by == f.LEAD and change.note == "Document found"
	with f.as_user(f.AUDITOR):
		shown = [of_round.scores["1.1.3"] for of_round in sheet.rounds(card.name)]
	assert [(row.score, row.appraised_by) for row in shown] == [(4, name_of(f.LEAD)), (4.5, name_of(f.LEAD))]
	assert shown[0].appraised_on < shown[1].appraised_on


def test_late_hand_in_is_recorded_and_costs_points(campaign):
	frappe.db.set_value("PAR Campaign", campaign.name, "self_scoring_deadline", "2023-01-01 17:00:00")
	card = f.hand_in(campaign)
	assert card.late_days > 300
	assert f.line(card, "5.1").self_score == 2  # 0,5 a day, capped at the row's maximum
	assert card.self_deduction == 2


def test_extension_is_this_units_and_no_others(campaign):
	frappe.db.set_value("PAR Campaign", campaign.name, "self_scoring_deadline", "2023-01-01 17:00:00")
	with f.as_user(f.MANAGER):
		f.card_of(campaign, "TA").extend_deadline("2099-01-01 00:00:00", "Storm")
	assert f.hand_in(campaign, "TA").late_days == 0
	assert f.hand_in(campaign, "TB").late_days > 0


def test_external_value_recomputes_only_its_scorecards_and_leaves_a_trace(appraising):
	card = f.appraise(appraising)
	f.appraise(appraising, "TB")
	modified = frappe.db.get_value("PAR Unit Scorecard", f"{appraising.name}-TB", "modified")
	result = _external(appraising, TA=90)
	card.reload()
	assert f.line(card, "3.1").appraised_score == 9 and not card.provisional
	assert frappe.db.get_value("PAR Unit Scorecard", f"{appraising.name}-TB", "modified") == modified
	comments = frappe.get_all(
		"Comment", {"reference_name": card.name, "comment_type": "Info"}, pluck="content", order_by="creation"
	)
	assert any(result.name in text for text in comments)


def _external(campaign, **values):
	with f.as_user(f.LEAD):
		result = frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="1/BC",
			document_date="2023-11-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert()
		result.submit()
	return result


def test_correction_publishes_a_new_version_beside_the_old(appraising):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit)
	f.step(appraising, f.MANAGER, "Results Published")
	first = frappe.get_doc("PAR Published Result", f"{appraising.name}-V1")
	with pytest.raises(frappe.ValidationError, match="Reason for Correction"):
		f.step(appraising, f.MANAGER, "Appraising")
	f.step(appraising, f.MANAGER, "Appraising", correction_reason="Survey arrived")
	_external(appraising, TA=50)
	f.step(appraising, f.MANAGER, "Results Published")
	second = frappe.get_doc("PAR Published Result", f"{appraising.name}-V2")
	first.reload()
	assert first.superseded and not second.superseded
	assert first.digest != second.digest
	assert {row.unit: row.index_score for row in first.rows} != {
		row.unit: row.index_score for row in second.rows
	}
	assert second.correction_reason == "Survey arrived"
