"""Questions row by row, answers, and reviews in their window."""

import frappe
import pytest
import site_factories as f
from frappe.utils import add_days, now_datetime

from par_campaign.par_campaign.doctype.par_query import api

REFUSED = (frappe.PermissionError, frappe.ValidationError)
CODE = "1.1.3"


@pytest.fixture
def card(appraising):
	return f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")


def ask(card, user=f.APPRAISER, code=CODE, **values):
	with f.as_user(user):
		return api.ask(card.name, code, "Which decision is it?", **values)


def get(name):
	return frappe.get_doc("PAR Query", name)


def returned_with_question(card):
	name = ask(card)
	f.step(card, f.LEAD, "Returned")
	return name


def test_question_goes_out_with_the_return(card):
	name = ask(card)
	with f.as_user(f.HEAD_A):
		assert api.of_card(card.name) == []  # still the council's own note
		with pytest.raises(frappe.PermissionError):
			get(name).check_permission("read")
	f.step(card, f.LEAD, "Returned", return_due="2099-12-01 17:00:00")  # the question says what is asked
	with f.as_user(f.HEAD_A):
		shown = api.of_card(card.name)
	assert [(row.code, row.state, str(row.due)) for row in shown] == [(CODE, "Open", "2099-12-01 17:00:00")]
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		api.of_card(card.name)
	with f.as_user(f.HEAD_B):
		assert frappe.get_list("PAR Query") == []


def test_return_without_question_or_request_is_refused(card):
	with pytest.raises(frappe.ValidationError, match="What Is Asked is missing"):
		f.step(card, f.LEAD, "Returned")


def test_every_question_is_answered_before_handing_in_again(card):
	name = returned_with_question(card)
	with pytest.raises(frappe.ValidationError, match="answer the question"):
		f.step(card, f.HEAD_A, "Under Appraisal")
	with f.as_user(f.STAFF_A):
		assert any(gap.get("query") == name for gap in f.card_of_name(card.name).gaps())
		assert api.answer(name, "Decision 12/QD-SA") == "Answered"
	f.step(card, f.HEAD_A, "Under Appraisal")
	query = get(name)
	assert (query.answered_by, query.state) == (f.STAFF_A, "Answered") and query.answered_on
	row = f.line(f.card_of_name(card.name), CODE)
	assert (row.answered, row.is_appraised) == (1, 0)


@pytest.mark.parametrize("changed", [None, "4.5"])
def test_what_an_appraiser_granted_stands_after_the_answer_until_somebody_looks_again(card, changed):
	"""A cut is not undone by an answer, nor by what is accepted in one go for rows nobody has decided on."""
	with f.as_user(f.APPRAISER):
		row = f.line(card, CODE)
		row.appraised_claim, row.appraisal_note, row.is_appraised = "2", "The minutes are missing", 1
		card.save()
	name = returned_with_question(card)
	for _time in range(2):
		with f.as_user(f.HEAD_A):
			api.answer(name, "Decision 12/QD-SA")
			if changed:
				card.reload()
				f.line(card, CODE).self_claim = changed
				card.save()
		f.step(card, f.HEAD_A, "Under Appraisal")
		row = f.line(f.card_of_name(card.name), CODE)
		assert (row.appraised_claim, row.appraised_by) == ("2", f.APPRAISER)
		assert (row.answered, row.is_appraised) == (1, 0)
		f.step(card, f.LEAD, "Returned", return_note="1.1.3: once more")


def test_answered_questions_close_with_the_round_and_stay(card):
	name = returned_with_question(card)
	with f.as_user(f.HEAD_A):
		api.answer(name, "Decision 12/QD-SA")
	f.step(card, f.HEAD_A, "Under Appraisal")
	f.grant_all(card)
	f.step(card, f.LEAD, "Appraised")
	query = get(name)
	assert (query.state, query.closed_by, query.answer) == ("Closed", f.LEAD, "Decision 12/QD-SA")
	with f.as_user(f.HEAD_A), pytest.raises(REFUSED):
		api.answer(name, "Something else")


@pytest.mark.parametrize(
	"user", [f.HEAD_A, f.STAFF_A, f.APPRAISER_OF_A, f.OUTSIDER, f.AUDITOR, f.MANAGER, f.SECRETARY]
)
def test_only_the_councils_appraisers_ask(card, user):
	with pytest.raises(REFUSED):
		ask(card, user)


def test_appraiser_asks_in_own_areas_only(card):
	campaign = frappe.get_doc("PAR Campaign", card.campaign)
	f.set_campaign(campaign, council=f.council_with(campaign, f.APPRAISER, areas="2"))
	with pytest.raises(frappe.PermissionError):
		ask(card)
	assert ask(card, code="2.1.1")


def test_nothing_is_asked_before_the_appraisal(appraising):
	with pytest.raises(frappe.ValidationError, match="while the scorecard is under appraisal"):
		ask(f.hand_in(appraising))


def test_unknown_row_and_past_date_are_refused(card):
	with pytest.raises(frappe.ValidationError, match="not a scored row"):
		ask(card, code="9.9")
	with pytest.raises(frappe.ValidationError, match="passed already"):
		ask(card, due="2001-01-01 00:00:00")


@pytest.mark.parametrize("user", [f.HEAD_B, f.APPRAISER, f.LEAD, f.MANAGER, f.APPRAISER_OF_A])
def test_only_the_unit_answers(card, user):
	name = returned_with_question(card)
	if user == f.APPRAISER_OF_A:
		frappe.get_doc("User", user).add_roles("PAR Unit User")  # who sits in the unit may speak for it
		with f.as_user(user):
			assert api.answer(name, "Ours") == "Answered"
		return
	with f.as_user(user), pytest.raises(REFUSED):
		api.answer(name, "Not mine to say")


def test_sent_question_is_neither_changed_nor_deleted(card):
	name = returned_with_question(card)
	with f.as_user(f.APPRAISER):
		query = get(name)
		query.question = "Another one"
		with pytest.raises(frappe.ValidationError, match="has been sent"):
			query.save()
		with pytest.raises(frappe.ValidationError, match="stays on record"):
			api.take_away(name)


def test_unsent_question_may_be_taken_away(card):
	name = ask(card)
	with f.as_user(f.APPRAISER):
		api.take_away(name)
	assert not frappe.db.exists("PAR Query", name)


def test_system_fields_of_a_query_cannot_be_sent(card):
	name = returned_with_question(card)
	with f.as_user(f.HEAD_A):
		query = get(name)
		query.update({"state": "Closed", "asked_by": f.HEAD_A, "closed_by": f.HEAD_A})
		query.save()
		query.unit = "TB"
		with pytest.raises(frappe.PermissionError):
			query.save()
	query = get(name)
	assert (query.state, query.asked_by, query.closed_by, query.unit) == ("Open", f.APPRAISER, None, "TA")


# --- review on request -------------------------------------------------------------------------------


def window(campaign, start=-1, end=1):
	now = now_datetime()
	return f.set_campaign(
		frappe.get_doc("PAR Campaign", campaign),
		review_from=add_days(now, start),
		review_until=add_days(now, end),
	)


def request(card, user=f.HEAD_A):
	with f.as_user(user):
		return api.request_review(card.name, CODE, "The decision was issued in time")


@pytest.fixture
def appraised(appraising):
	return f.appraise(appraising, claims={CODE: "3"})


def test_review_from_request_to_second_round(appraised):
	window(appraised.campaign)
	name = request(appraised)
	with f.as_user(f.LEAD):
		assert get(name).has_permission("read")
	card = f.step(appraised, f.LEAD, "Under Appraisal")
	assert card.round == 2 and f.line(card, CODE).answered == 1
	with pytest.raises(frappe.ValidationError, match="asked for a review"):
		f.step(card, f.LEAD, "Appraised")
	with f.as_user(f.LEAD):
		card.reload()
		f.line(card, CODE).appraised_claim = "4"
		f.line(card, CODE).appraisal_note = "Document accepted"
		card.save()
		assert api.decide(name, "One point more") == "Closed"
	f.step(card, f.LEAD, "Appraised")
	with f.as_user(f.HEAD_A):
		assert [(row.state, row.outcome) for row in api.of_card(card.name)] == [("Closed", "One point more")]
		rounds = frappe.get_list("PAR Appraisal", {"scorecard": card.name}, ["round"], order_by="round")
	assert [row.round for row in rounds] == [1, 2]


def test_first_round_stays_to_be_read_while_the_second_is_under_way(appraised):
	f.step(appraised, f.LEAD, "Under Appraisal")
	with f.as_user(f.HEAD_A):
		assert len(frappe.get_list("PAR Appraisal", {"scorecard": appraised.name})) == 1
		assert "index_score" not in f.card_of_name(appraised.name).as_dict()


def test_later_rounds_may_be_held_back(appraised):
	f.set_campaign(
		frappe.get_doc("PAR Campaign", appraised.campaign), units_see_review="When results are published"
	)
	f.step(appraised, f.LEAD, "Under Appraisal")
	f.step(appraised, f.LEAD, "Appraised")
	with f.as_user(f.HEAD_A):
		assert frappe.get_list("PAR Appraisal", {"scorecard": appraised.name}, pluck="round") == [1]
		second = frappe.get_doc("PAR Appraisal", f"{appraised.name}-R2")
		assert not second.has_permission("read")
		assert "index_score" not in f.card_of_name(appraised.name).as_dict()


def test_request_can_be_declined_without_a_second_round(appraised):
	window(appraised.campaign)
	name = request(appraised)
	with f.as_user(f.APPRAISER):
		assert api.decide(name, "The note stands: no new document") == "Closed"
	assert f.card_of_name(appraised.name).round == 1


@pytest.mark.parametrize(("start", "end", "words"), [(1, 2, "from"), (-3, -1, "ended on")])
def test_no_request_outside_the_window(appraised, start, end, words):
	window(appraised.campaign, start, end)
	with pytest.raises(frappe.ValidationError, match=words):
		request(appraised)


def test_no_request_where_the_campaign_has_no_window(appraised):
	with pytest.raises(frappe.ValidationError, match="no time in which"):
		request(appraised)


def test_no_request_about_scores_that_are_not_shown(appraised):
	window(appraised.campaign)
	f.set_campaign(
		frappe.get_doc("PAR Campaign", appraised.campaign), units_see_appraisal="When results are published"
	)
	with pytest.raises(frappe.ValidationError, match="once the scorecard is appraised"):
		request(appraised)


@pytest.mark.parametrize("user", [f.STAFF_A, f.HEAD_B, f.LEAD, f.APPRAISER, f.MANAGER])
def test_only_the_units_head_asks_for_its_review(appraised, user):
	window(appraised.campaign)
	with pytest.raises(REFUSED):
		request(appraised, user)


def test_same_review_is_asked_for_once_and_can_be_taken_back(appraised):
	window(appraised.campaign)
	name = request(appraised)
	with pytest.raises(frappe.ValidationError, match="asked for already"):
		request(appraised)
	with f.as_user(f.HEAD_A):
		api.take_away(name)
	assert request(appraised)


@pytest.mark.parametrize("user", [f.HEAD_A, f.APPRAISER_OF_A, f.OUTSIDER])
def test_review_is_not_decided_by_the_unit_or_a_stranger(appraised, user):
	window(appraised.campaign)
	name = request(appraised)
	with f.as_user(user), pytest.raises(REFUSED):
		api.decide(name, "In our favour")
