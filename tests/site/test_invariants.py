"""Each invariant of the procedure, and an attempt to break it on every way in."""

import json

import frappe
import pytest
import site_factories as f
from frappe.client import set_value
from frappe.model.workflow import WorkflowPermissionError, apply_workflow, bulk_workflow_approval

REFUSED = (frappe.PermissionError, frappe.ValidationError)


def save(card, user, **values):
	with f.as_user(user):
		card.reload()
		card.update(values)
		card.save()


# --- a unit sees only its own -----------------------------------------------------------------


def test_unit_lists_only_its_own_scorecards(campaign):
	with f.as_user(f.HEAD_A):
		assert frappe.get_list("PAR Unit Scorecard", {"campaign": campaign.name}, pluck="unit") == ["TA"]


def test_unit_user_without_unit_sees_nothing(campaign):
	with f.as_user(f.HOMELESS):
		for doctype in ("PAR Unit Scorecard", "PAR Evidence Item", "PAR Appraisal", "PAR Award Proposal"):
			assert frappe.get_list(doctype) == []
		assert not frappe.has_permission("PAR Unit Scorecard", doc=f.card_of(campaign))


@pytest.mark.parametrize("user", [f.HEAD_B, f.STAFF_B, f.HOMELESS])
def test_unit_cannot_open_anothers_scorecard(campaign, user):
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		f.card_of(campaign).check_permission("read")


def test_unit_does_not_see_a_draft_campaign(base):
	draft = f.make_campaign()
	with f.as_user(f.HEAD_A):
		assert draft.name not in frappe.get_list("PAR Campaign", pluck="name")
		assert not frappe.has_permission("PAR Campaign", doc=draft)


def test_ranking_report_is_closed_to_units_before_publication(appraising):
	from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
	from par_campaign.par_campaign.report.par_rankings import par_rankings

	with f.as_user(f.HEAD_A):
		with pytest.raises(frappe.PermissionError):
			par_rankings.execute({"campaign": appraising.name})
		with pytest.raises(frappe.PermissionError):
			par_award_proposals.execute({"campaign": appraising.name})


# --- the appraised part is the province's until it is shown -----------------------------------


def _under_appraisal(campaign):
	card = f.hand_in(campaign)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		f.line(card, "1.1.3").appraised_claim = "1"
		f.line(card, "1.1.3").appraisal_note = "Secret reason"
		card.save()
	return card


def test_unit_does_not_read_scores_under_appraisal(appraising):
	card = _under_appraisal(appraising)
	with f.as_user(f.HEAD_A):
		mine = f.card_of(appraising)
		assert "Secret reason" not in json.dumps(mine.as_dict(), default=str)
		mine.apply_fieldlevel_read_permissions()
		assert not f.line(mine, "1.1.3").get("appraisal_note")
		assert "index_score" not in frappe.get_list("PAR Unit Scorecard", fields=["name", "index_score"])[0]
	assert "Secret reason" in json.dumps(card.as_dict(), default=str)


def test_history_keeps_the_appraised_part_from_the_unit(appraising):
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		card.reload()
		f.line(card, "1.1.3").appraised_claim = "1"
		f.line(card, "1.1.3").appraisal_note = "Secret reason"
		card.flags.ignore_version = False
		card.save(ignore_version=False)
	own = frappe.get_all("Version", {"ref_doctype": card.doctype, "docname": card.name}, pluck="data")
	kept = frappe.get_all(
		"Version", {"ref_doctype": "PAR Appraisal", "docname": f"{card.name}-R1"}, pluck="data"
	)
	assert not any("Secret reason" in data for data in own)
	assert any("Secret reason" in data for data in kept)


def test_unit_reads_its_scores_once_appraised(appraising):
	f.appraise(appraising)
	with f.as_user(f.HEAD_A):
		mine = f.card_of(appraising)
		mine.apply_fieldlevel_read_permissions()
		assert mine.as_dict()["index_score"] is not None
		assert len(frappe.get_list("PAR Appraisal", {"scorecard": mine.name})) == 1
	with f.as_user(f.HEAD_B):
		assert frappe.get_list("PAR Appraisal") == []


def test_campaign_may_hold_scores_back_until_publication(base):
	campaign = f.begin_appraisal(f.launch(f.make_campaign(units_see_appraisal="When results are published")))
	f.appraise(campaign)
	with f.as_user(f.HEAD_A):
		assert "index_score" not in f.card_of(campaign).as_dict()
		assert frappe.get_list("PAR Appraisal", {"campaign": campaign.name}) == []


# --- nobody appraises, approves or votes for their own unit -----------------------------------


@pytest.mark.parametrize(
	"user", [f.APPRAISER_OF_A, f.OUTSIDER, f.HEAD_A, f.STAFF_A, f.SECRETARY, f.CHAIRMAN, f.AUDITOR]
)
def test_only_a_campaign_appraiser_of_another_unit_begins_appraisal(appraising, user):
	card = f.hand_in(appraising)
	with pytest.raises(REFUSED):
		f.step(card, user, "Under Appraisal")
	with f.as_user(user), pytest.raises(REFUSED):
		apply_workflow(card.reload(), "Begin Appraisal")
	with f.as_user(user), pytest.raises(REFUSED):
		set_value(card.doctype, card.name, "workflow_state", "Under Appraisal")
	assert frappe.db.get_value(card.doctype, card.name, "workflow_state") == "Submitted"


def test_bulk_approval_of_own_unit_is_refused(appraising):
	card = f.hand_in(appraising)
	with f.as_user(f.APPRAISER_OF_A):
		frappe.db.savepoint("bulk")
		with pytest.raises(REFUSED):
			apply_workflow(frappe.get_doc(card.doctype, card.name), "Begin Appraisal")
	assert bulk_workflow_approval  # the bulk way calls apply_workflow for each document
	assert frappe.db.get_value(card.doctype, card.name, "workflow_state") == "Submitted"


def test_own_unit_appraiser_cannot_touch_scores(appraising):
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.APPRAISER_OF_A), pytest.raises(frappe.PermissionError):
		card.reload()
		f.line(card, "1.1.3").appraised_claim = "5"
		f.line(card, "1.1.3").appraisal_note = "x"
		f.line(card, "1.1.1").appraised_claim = "Yes"
		card.save()


def test_one_who_handed_in_cannot_appraise_even_as_appraiser(appraising):
	card = f.hand_in(appraising)
	user = frappe.get_doc("User", f.HEAD_A)
	user.add_roles("PAR Appraisal Lead")
	frappe.db.delete("User Permission", {"user": f.HEAD_A})
	frappe.clear_cache(user=f.HEAD_A)
	appraising.reload()
	appraising.append("council", {"user": f.HEAD_A, "member_name": "Head A", "position": "Member"})
	appraising.save()
	with pytest.raises(frappe.PermissionError):
		f.step(card, f.HEAD_A, "Under Appraisal")


# --- self scores are frozen from hand-in ------------------------------------------------------


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A, f.LEAD, f.MANAGER, "Administrator"])
@pytest.mark.parametrize("field, value", [("self_claim", "1"), ("explanation", "new"), ("applicable", 0)])
def test_self_part_is_frozen_after_hand_in(campaign, user, field, value):
	card = f.hand_in(campaign)
	with f.as_user(user), pytest.raises(REFUSED):
		card.reload()
		f.line(card, "1.1.3").set(field, value)
		card.save()


def test_no_other_unit_and_no_official_fills_in_a_units_claims(campaign):
	for user in (f.HEAD_B, f.MANAGER, f.LEAD):
		card = f.card_of(campaign)
		with f.as_user(user), pytest.raises(REFUSED):
			f.fill(card)
			card.save()


def test_self_score_cannot_be_sent_by_itself(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		row = f.line(card, "1.1.3")
		row.self_claim, row.self_score, row.maximum = "2", 5, 100
		card.self_index = 100
		card.save()
	row = f.line(f.card_of(campaign), "1.1.3")
	assert (row.self_score, row.maximum) == (2, 5)
	assert f.card_of(campaign).self_index == 5.0


def test_unit_cannot_write_the_appraised_part(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.HEAD_A):
		row = f.line(card, "1.1.3")
		row.self_claim = "2"
		row.appraised_claim, row.appraised_score, row.appraisal_note = "5", 5, "mine"
		card.index_score, card.band, card.disqualified = 100, "Excellent", 0
		card.save()
	card = f.card_of(campaign)
	assert not f.line(card, "1.1.3").appraised_claim and not card.index_score


@pytest.mark.parametrize(
	"field", ["submitted_by", "answered_by", "late_days", "round", "award_level", "criteria_set", "cluster"]
)
def test_system_fields_cannot_be_sent(campaign, field):
	card = f.card_of(campaign)
	before = card.get(field)
	level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	other_set = campaign.groups[1].criteria_set
	with f.as_user(f.HEAD_A):
		f.fill(card)
		others = {"late_days": 9, "round": 3, "award_level": level, "criteria_set": other_set}
		card.set(field, others.get(field, f.HEAD_A))
		card.save()
	assert f.card_of(campaign).get(field) == before


def test_rows_cannot_be_added_or_removed(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.HEAD_A), pytest.raises(frappe.ValidationError, match="Score Sheet"):
		card.lines.pop()
		card.save()


@pytest.mark.parametrize("user", [f.HEAD_A, f.LEAD])
def test_a_row_is_not_saved_by_itself(appraising, user):
	card = f.hand_in(appraising)
	row = f.line(card, "1.1.3")
	with f.as_user(user):
		alone = frappe.get_doc(row.doctype, row.name)
		alone.appraised_score = 5
		with pytest.raises(frappe.PermissionError):
			alone.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc(row.doctype, row.name)


# --- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [f.STAFF_A, f.HEAD_B, f.LEAD, f.MANAGER])
def test_only_the_units_head_hands_in(campaign, user):
	card = f.card_of(campaign)
	with f.as_user(f.HEAD_A):
		f.fill(card).save()
	with pytest.raises(REFUSED):
		f.step(card, user, "Submitted")


@pytest.mark.parametrize("state", ["Appraised", "Proposed", "Awarded", "Under Appraisal"])
@pytest.mark.parametrize("user", [f.HEAD_A, f.LEAD, f.CHAIRMAN, f.MANAGER])
def test_states_are_not_skipped(campaign, state, user):
	card = f.card_of(campaign)
	with pytest.raises(REFUSED):
		f.step(card, user, state)


def test_scorecard_cannot_be_made_in_a_later_state(base):
	campaign = f.launch()
	frappe.delete_doc("PAR Unit Scorecard", f"{campaign.name}-TA", force=True)
	with f.as_user(f.MANAGER), pytest.raises(REFUSED):
		frappe.get_doc(
			doctype="PAR Unit Scorecard", campaign=campaign.name, unit="TA", workflow_state="Awarded"
		).insert()


def test_award_state_needs_an_awarded_proposal(appraising):
	card = f.appraise(appraising)
	with pytest.raises(frappe.ValidationError):
		f.step(card, f.SECRETARY, "Proposed")


def test_switched_off_workflow_lets_no_state_change(campaign):
	frappe.db.set_value("Workflow", "PAR Unit Scorecard", "is_active", 0)
	frappe.clear_cache(doctype="PAR Unit Scorecard")
	frappe.cache.hdel("workflow", "PAR Unit Scorecard")
	try:
		card = f.card_of(campaign)
		with f.as_user(f.HEAD_A), pytest.raises(frappe.PermissionError, match="switched off"):
			f.fill(card)
			card.workflow_state = "Submitted"
			card.save()
	finally:
		frappe.cache.hdel("workflow", "PAR Unit Scorecard")


def test_auditor_changes_nothing(appraising):
	card = f.hand_in(appraising)
	with f.as_user(f.AUDITOR):
		assert frappe.get_list("PAR Unit Scorecard", {"campaign": appraising.name}, pluck="name")
		with pytest.raises(frappe.PermissionError):
			card.reload().save()
		with pytest.raises(frappe.PermissionError):
			appraising.reload().save()


def test_appraiser_keeps_to_the_areas_given(appraising):
	appraising.reload()
	next(row for row in appraising.council if row.user == f.APPRAISER).areas = "2"
	appraising.save()
	card = f.hand_in(appraising)
	f.step(card, f.APPRAISER, "Under Appraisal")
	with f.as_user(f.APPRAISER):
		f.line(card, "2.1.1").appraised_claim = "90"
		f.line(card, "2.1.1").appraisal_note = "Recounted"
		card.save()
		f.line(card, "1.1.3").appraised_claim = "1"
		f.line(card, "1.1.3").appraisal_note = "Not mine"
		with pytest.raises(frappe.PermissionError, match=r"1\.1\.3"):
			card.save()


# --- records that never change ----------------------------------------------------------------


def test_appraisal_record_is_never_edited(appraising):
	card = f.appraise(appraising)
	record = frappe.get_doc("PAR Appraisal", f"{card.name}-R1")
	with f.as_user(f.LEAD):
		record.conclusion = "changed"
		with pytest.raises(REFUSED):
			record.save()
		with pytest.raises(REFUSED):
			frappe.get_doc("PAR Appraisal", record.name).cancel()
		with pytest.raises(REFUSED):
			frappe.get_doc(doctype="PAR Appraisal", scorecard=card.name).insert()


def test_published_numbers_do_not_move(appraising):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit)
	f.step(appraising, f.MANAGER, "Results Published")
	card = f.card_of(appraising)
	with pytest.raises(REFUSED):
		f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD), pytest.raises(REFUSED):
		card.reload()
		card.disqualify("late")
	with f.as_user(f.MANAGER), pytest.raises(REFUSED, match="published"):
		appraising.reload()
		appraising.bands[0].minimum = 1
		appraising.save()
	with f.as_user(f.MANAGER), pytest.raises(REFUSED):
		result = frappe.get_doc("PAR Published Result", f"{appraising.name}-V1")
		result.digest = "0"
		result.save()


def test_locked_set_changes_only_by_revision(campaign):
	criteria_set = frappe.get_doc("PAR Criteria Set", campaign.groups[0].criteria_set)
	criteria_set.criteria[2].demand = "None"
	with pytest.raises(frappe.ValidationError, match="revision"):
		criteria_set.save()
	criteria_set.reload()
	copy = frappe.get_doc("PAR Criteria Set", criteria_set.make_revision("Annex corrected"))
	assert (copy.version, copy.previous_version, copy.locked) == (2, criteria_set.name, 0)


# --- awards -----------------------------------------------------------------------------------


def _proposal(campaign, unit="TA"):
	for code in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, code, claims={} if code == unit else {"1.1.3": "3"})
	f.step(campaign, f.MANAGER, "Results Published")
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		return frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=campaign.name,
			scorecard=f"{campaign.name}-{unit}",
			award_level=flag,
		).insert()


def _voted(proposal, votes):
	f.step(proposal, f.SECRETARY, "Council")
	with f.as_user(f.SECRETARY):
		proposal.fill_council()
		for row in proposal.votes:
			row.vote = votes.get(row.user, row.vote)
		proposal.meeting_date = "2023-12-20"
		proposal.save()
	return proposal


def test_member_of_the_unit_does_not_vote(appraising):
	with pytest.raises(frappe.ValidationError, match="recused"):
		_voted(_proposal(appraising), {f.APPRAISER_OF_A: "For"})


def test_vote_must_reach_the_threshold(appraising):
	proposal = _voted(_proposal(appraising), {f.LEAD: "For", f.APPRAISER: "Against"})
	with pytest.raises(frappe.ValidationError, match="voted for it"):
		f.step(proposal, f.SECRETARY, "Submitted to Chairman")


def test_vote_counts_cannot_be_sent(appraising):
	proposal = _proposal(appraising)
	with f.as_user(f.SECRETARY):
		proposal.update({"votes_for": 9, "members_present": 9, "vote_percent": 100, "vote_threshold": 1})
		proposal.save()
	assert (proposal.votes_for, proposal.members_present, proposal.vote_threshold) == (0, 0, 90)


@pytest.mark.parametrize("user", [f.SECRETARY, f.MANAGER, f.LEAD, f.HEAD_A])
def test_only_the_chairman_awards(appraising, user):
	proposal = _voted(_proposal(appraising), {f.LEAD: "For", f.APPRAISER: "For"})
	f.step(proposal, f.SECRETARY, "Submitted to Chairman")
	with f.as_user(user), pytest.raises(REFUSED):
		proposal.reload()
		proposal.update({"decision_number": "1", "decision_date": "2024-01-01", "signatory": "X"})
		proposal.workflow_state = "Awarded"
		proposal.docstatus = 1
		proposal.save()


def test_submit_without_the_workflow_is_refused(appraising):
	proposal = _proposal(appraising)
	with f.as_user(f.CHAIRMAN), pytest.raises(frappe.PermissionError):
		proposal.reload().submit()
	assert frappe.db.get_value("PAR Award Proposal", proposal.name, "docstatus") == 0


def test_unit_gets_one_award(appraising):
	proposal = _proposal(appraising)
	certificate = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[1]
	with f.as_user(f.SECRETARY), pytest.raises(frappe.ValidationError):
		frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=appraising.name,
			scorecard=proposal.scorecard,
			award_level=certificate,
		).insert()


def test_unit_below_the_quota_cannot_be_proposed(appraising):
	_proposal(appraising)
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY), pytest.raises(frappe.ValidationError):
		frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=appraising.name,
			scorecard=f"{appraising.name}-TB",
			award_level=flag,
		).insert()


def test_workflow_errors_are_frappes_own(campaign):
	"""What a role may not do is the workflow's to refuse, so that administrators can change it."""
	card = f.card_of(campaign)
	with f.as_user(f.HEAD_A):
		f.fill(card).save()
		card.workflow_state = "Returned"
		with pytest.raises(WorkflowPermissionError):
			card.save()
