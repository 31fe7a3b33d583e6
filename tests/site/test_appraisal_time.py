"""Deadlines, reminders and notices, by moving the clock."""

import frappe
import pytest
import site_factories as f
from frappe.model.workflow import apply_workflow
from frappe.utils import get_datetime, now_datetime
from freezegun import freeze_time

from par_campaign.notices import schedule

DUE = "2023-10-15 17:00:00"  # by the site's clock, which is seven hours ahead of UTC
SITE_ZONE = 7


def at(moment: str):
	"""The clock of the site stands at this moment."""
	utc = frappe.utils.add_to_date(get_datetime(moment), hours=-SITE_ZONE)
	return freeze_time(utc)


@pytest.fixture
def timed(campaign, monkeypatch):
	"""The launched campaign with a deadline, in the time zone of Vietnam."""
	monkeypatch.setattr(frappe.utils.data, "get_system_timezone", lambda: "Asia/Ho_Chi_Minh")
	f.set_campaign(campaign, self_scoring_deadline=DUE, remind_days="7, 1", late_hand_in="Refuse")
	return campaign


def notices(card, kind=None):
	filters = {"scorecard": card.name, **({"kind": kind} if kind else {})}
	return frappe.get_all("PAR Notice", filters, ["kind", "due", "recipients"], order_by="creation")


def bell(user, words):
	return [
		text
		for text in frappe.get_all(
			"Notification Log", {"for_user": user}, pluck="subject", order_by="creation"
		)
		if words in text
	]


def test_the_clock_is_the_sites(timed):
	with at("2023-10-01 08:00:00"):
		assert str(now_datetime()).startswith("2023-10-01 08:00:00")


def test_each_unit_is_reminded_once_before_its_own_deadline(timed):
	card, other = f.card_of(timed, "TA"), f.card_of(timed, "TB")
	with f.as_user(f.MANAGER), at("2023-10-01 08:00:00"):
		other.extend_deadline("2023-11-15 17:00:00", "Storm")
	for moment in (
		"2023-10-07 08:00:00",
		"2023-10-08 17:00:00",
		"2023-10-08 17:15:00",
		"2023-10-12 09:00:00",
	):
		with at(moment):
			schedule.run()
	assert [row.kind for row in notices(card)] == ["Reminder"]
	assert notices(card)[0].recipients == 2  # its head and its staff
	assert notices(other) == []
	assert len(bell(f.HEAD_A, "Department A")) == len(bell(f.STAFF_A, "Department A")) == 1
	assert "17:00" in bell(f.HEAD_A, "Department A")[0]
	assert "17:00:00" not in bell(f.HEAD_A, "Department A")[0]  # nobody's deadline has seconds
	assert bell(f.HEAD_B, "hand in the scorecard") == []
	with at("2023-10-14 18:00:00"):
		schedule.run()
		schedule.run()
	assert len(notices(card)) == 2


def test_a_late_scheduler_sends_one_reminder_not_all_it_missed(timed):
	with at("2023-10-15 09:00:00"):
		schedule.run()
	assert len(notices(f.card_of(timed))) == 1


def test_hand_in_closes_at_the_units_deadline_and_no_others(timed):
	with f.as_user(f.MANAGER), at("2023-10-01 08:00:00"):
		f.card_of(timed, "TB").extend_deadline("2023-11-15 17:00:00", "Storm")
	with at("2023-10-15 17:00:00"):
		schedule.run()  # the very moment still counts
		assert f.hand_in(timed, "TC").late_days == 0
	with at("2023-10-15 17:00:01"):
		# the clock decides, not the next run of the scheduler
		with pytest.raises(frappe.ValidationError, match="time to hand in ended"):
			f.hand_in(timed, "TA")
		schedule.run()
		schedule.run()
		assert f.hand_in(timed, "TB").late_days == 0
	card = f.card_of(timed, "TA")
	assert card.closed_on and len(notices(card, "Closed")) == 1
	assert not f.card_of(timed, "TC").closed_on and not f.card_of(timed, "TB").closed_on
	assert len(bell(f.HEAD_A, "An extension opens it again")) == 1


def test_extension_after_the_close_opens_it_again(timed):
	with at("2023-10-16 08:00:00"):
		schedule.run()
	with at("2023-10-17 08:00:00"):
		with f.as_user(f.MANAGER):
			f.card_of(timed).extend_deadline("2023-10-20 17:00:00", "Flood")
		assert not f.card_of(timed).closed_on
		assert f.card_of(timed, "TB").closed_on
		schedule.run()
		# the extension's own reminder: seven days before it have begun
		assert [row.kind for row in notices(f.card_of(timed))] == ["Closed", "Reminder"]
		assert f.hand_in(timed).late_days == 0
		with pytest.raises(frappe.ValidationError, match="time to hand in ended"):
			f.hand_in(timed, "TB")


def test_later_deadline_of_the_campaign_opens_every_units_again(timed):
	with at("2023-10-16 08:00:00"):
		schedule.run()
	f.set_campaign(timed, self_scoring_deadline="2023-10-31 17:00:00")
	with at("2023-10-16 09:00:00"):
		schedule.run()
	assert not f.card_of(timed).closed_on
	assert len(notices(f.card_of(timed), "Opened again")) == 1


def test_late_campaign_tells_and_records_but_does_not_close(timed):
	f.set_campaign(timed, late_hand_in="Accept and record as late")
	with at("2023-10-18 08:00:00"):
		schedule.run()
		schedule.run()
		card = f.card_of(timed)
		assert not card.closed_on and [row.kind for row in notices(card)] == ["Deadline passed"]
		assert f.hand_in(timed).late_days == 3


def test_unit_cannot_set_or_lift_the_close(timed):
	with at("2023-10-16 08:00:00"):
		schedule.run()
		with f.as_user(f.HEAD_A):
			card = f.card_of(timed)
			card.closed_on = None
			card.save()
	assert f.card_of(timed).closed_on


def test_who_switched_notifications_off_gets_none(timed):
	frappe.db.set_value("Notification Settings", f.HEAD_A, "enabled", 0)
	frappe.db.set_value("User", f.STAFF_A, "enabled", 0)
	with at("2023-10-08 18:00:00"):
		schedule.run()
	assert bell(f.HEAD_A, "Department A") == [] and bell(f.STAFF_A, "Department A") == []


def test_email_only_where_the_campaign_says_so(timed, monkeypatch):
	sent = []
	monkeypatch.setattr(frappe, "sendmail", lambda **message: sent.append(message))
	frappe.db.set_value("Notification Settings", f.STAFF_A, "enable_email_notifications", 0)
	with at("2023-10-08 18:00:00"):
		schedule.run()
	assert sent == []
	f.set_campaign(timed, notify_by_email=1)
	with at("2023-10-14 18:00:00"):
		schedule.run()
	to_a = [message["bcc"] for message in sent if "Department A" in message["subject"]]
	assert to_a == [[f.HEAD_A]]


@pytest.mark.parametrize("days", ["week", "0", "7, -1", "999"])
def test_reminder_days_that_cannot_be_read(base, days):
	with pytest.raises(frappe.ValidationError, match="Remind Days before"):
		f.make_campaign(remind_days=days)


def test_notice_record_is_the_provinces(timed):
	with at("2023-10-08 18:00:00"):
		schedule.run()
	with f.as_user(f.HEAD_A), pytest.raises(frappe.PermissionError):
		frappe.get_list("PAR Notice")
	with f.as_user(f.MANAGER):
		assert frappe.get_list("PAR Notice", {"unit": "TA"})


# --- the time to answer ----------------------------------------------------------------------------


def returned(campaign, due):
	with at("2023-10-14 08:00:00"):
		f.begin_appraisal(campaign)
		card = f.hand_in(campaign)
		f.step(card, f.LEAD, "Under Appraisal")
		return f.step(card, f.LEAD, "Returned", return_note="1.1.3: explain", return_due=due)


def test_answer_closes_at_its_own_date(timed):
	card = returned(timed, "2023-10-20 17:00:00")
	with at("2023-10-19 18:00:00"):
		schedule.run()
		assert [row.kind for row in notices(card)] == ["Reminder"]
		with f.as_user(f.LEAD), pytest.raises(frappe.ValidationError, match="may answer until"):
			apply_workflow(card.reload(), "Take Back")
	with at("2023-10-21 08:00:00"):
		schedule.run()
		with f.as_user(f.HEAD_A):
			with pytest.raises(frappe.ValidationError, match="time to answer ended"):
				f.step(card, f.HEAD_A, "Under Appraisal")
			card.reload()
			f.line(card, "1.1.3").self_claim = "2"
			with pytest.raises(frappe.ValidationError, match="time to answer ended"):
				card.save()
		assert bell(f.LEAD, "time to answer ended")
		with f.as_user(f.LEAD):
			card = apply_workflow(card.reload(), "Take Back")
	assert card.workflow_state == "Under Appraisal" and not card.closed_on
	assert bell(f.HEAD_A, "go on without a further answer")


def test_later_date_to_answer_opens_it_again(timed):
	card = returned(timed, "2023-10-20 17:00:00")
	with at("2023-10-21 08:00:00"):
		schedule.run()
		assert f.card_of(timed).closed_on
		with f.as_user(f.HEAD_A), pytest.raises(frappe.PermissionError):
			card.reload().extend_answer("2023-10-30 17:00:00")
		with f.as_user(f.LEAD):
			card.reload().extend_answer("2023-10-30 17:00:00")
		assert not f.card_of(timed).closed_on
		assert f.step(card, f.HEAD_A, "Under Appraisal").supplement_late_days == 0


def test_late_answer_is_recorded(timed):
	f.set_campaign(timed, late_hand_in="Accept and record as late")
	card = returned(timed, "2023-10-20 17:00:00")
	with at("2023-10-22 08:00:00"):
		assert f.step(card, f.HEAD_A, "Under Appraisal").supplement_late_days == 2


def test_date_to_answer_is_the_campaigns_where_none_is_given(timed):
	f.set_campaign(timed, supplement_deadline="2023-10-25 17:00:00")
	assert get_datetime(returned(timed, None).return_due) == get_datetime("2023-10-25 17:00:00")


def test_date_to_answer_in_the_past_is_refused(timed):
	with pytest.raises(frappe.ValidationError, match="passed already"):
		returned(timed, "2023-10-01 17:00:00")


def test_own_unit_appraiser_does_not_take_back(timed):
	card = returned(timed, "2023-10-20 17:00:00")
	with at("2023-10-21 08:00:00"), f.as_user(f.APPRAISER_OF_A), pytest.raises(frappe.PermissionError):
		apply_workflow(card.reload(), "Take Back")


# --- notices of steps --------------------------------------------------------------------------------


def test_steps_are_told_to_those_who_act_next(appraising):
	assert bell(f.HEAD_A, "has begun. Hand in by")
	card = f.hand_in(appraising)
	told = "Department A</strong> has handed in"
	assert bell(f.APPRAISER, told) and bell(f.LEAD, told)
	assert not bell(f.APPRAISER_OF_A, told) and not bell(f.OUTSIDER, told)
	f.step(card, f.LEAD, "Under Appraisal")
	f.step(card, f.LEAD, "Returned", return_note="1.1.3: explain")
	assert bell(f.HEAD_A, "ask for explanation") and not bell(f.HEAD_B, "ask for explanation")
	f.step(card, f.HEAD_A, "Under Appraisal")
	assert bell(f.APPRAISER, "answered and handed in again")
	with f.as_user(f.LEAD):
		for row in f.card_of(appraising).lines:
			f.line(card, row.code).appraised_claim = f.line(card, row.code).appraised_claim or row.self_claim
			f.line(card, row.code).appraisal_note = "Checked"
		card.save()
	f.step(card, f.LEAD, "Appraised")
	assert bell(f.HEAD_A, "can be seen now")
	for unit in ("TB", "TC", "TD"):
		f.appraise(appraising, unit)
	assert bell(f.MANAGER, "All scorecards")
	f.step(appraising, f.MANAGER, "Results Published")
	assert bell(f.HEAD_D, "results are published") and bell(f.CHAIRMAN, "results are published")


def test_scores_held_back_are_not_announced(base):
	campaign = f.begin_appraisal(f.launch(f.make_campaign(units_see_appraisal="When results are published")))
	f.appraise(campaign)
	assert not bell(f.HEAD_A, "can be seen now")
