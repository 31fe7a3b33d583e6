"""A unit's own plan: who shares rows out, who reads it, what happens as the scorecard moves on."""

import frappe
import pytest
import site_factories as f
from frappe.utils import add_days, getdate, nowdate
from freezegun import freeze_time

from par_campaign.notices import tasks as clock
from par_campaign.par_campaign.doctype.par_task import api
from par_campaign.par_campaign.doctype.par_unit_scorecard import sheet

REFUSED = (frappe.PermissionError, frappe.ValidationError)
NOT_OF_THE_UNIT = [
	f.HEAD_B,
	f.STAFF_B,
	f.MANAGER,
	f.LEAD,
	f.APPRAISER,
	f.APPRAISER_OF_A,
	f.AUDITOR,
	f.HOMELESS,
]
DUE = "2099-06-20"


@pytest.fixture
def card(campaign):
	f.set_campaign(campaign, self_scoring_deadline="2099-07-10 17:00:00")
	return f.card_of(campaign)


def share(card, codes=("1.1.1", "1.1.2"), user=f.HEAD_A, **values):
	with f.as_user(user):
		words = {"title": "Plan and reports", "due_date": DUE, "person": f.STAFF_A} | values
		return frappe.get_doc("PAR Task", api.share_out(card.name, list(codes), **words))


def claim(card, code, user=f.STAFF_A, **values):
	with f.as_user(user):
		card.reload()
		f.line(card, code).update(values)
		card.save()
	return card


def todos(user, **filters):
	filters |= {"reference_type": "PAR Task", "allocated_to": user}
	return frappe.get_all("ToDo", filters, ["reference_name", "status", "date"], order_by="creation")


def bell(user, words):
	subjects = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation")
	return [subject for subject in subjects if words in subject]


def divisions(card, *rows):
	with f.as_user(f.HEAD_A):
		api.save_divisions(card.name, [{"division_name": name, "head_user": head} for name, head in rows])


# --- sharing out -----------------------------------------------------------------------------------


def test_the_person_finds_it_on_their_list_and_is_told(card):
	task = share(card)
	assert (task.unit, task.campaign, task.state, task.progress) == ("TA", card.campaign, "Open", 0)
	assert [(row.code, row.title) for row in task.rows] == [
		("1.1.1", "Plan issued"),
		("1.1.2", "Plan on time"),
	]
	assert [(todo.reference_name, todo.status, str(todo.date)) for todo in todos(f.STAFF_A)] == [
		(task.name, "Open", DUE)
	]
	assert len(bell(f.STAFF_A, "Plan and reports")) == 1


def test_a_division_without_person_goes_to_its_head(card):
	divisions(card, ("Office", f.STAFF_A), ("Finance", None))
	assert share(card, division="Office", person=None).person == f.STAFF_A
	with pytest.raises(frappe.ValidationError, match="Person is missing"):
		share(card, ["1.1.3"], division="Finance", person=None)
	with pytest.raises(frappe.ValidationError, match=r"Archive.* is not one"):
		share(card, ["1.1.3"], division="Archive")


def test_only_the_head_says_what_divisions_there_are(card):
	for user in (f.STAFF_A, f.HEAD_B, f.MANAGER):
		with f.as_user(user), pytest.raises(frappe.PermissionError):
			api.save_divisions(card.name, [{"division_name": "Office"}])
	with pytest.raises(frappe.ValidationError, match=r"row 1: .*does not belong to this unit"):
		divisions(card, ("Office", f.STAFF_B))
	with pytest.raises(frappe.ValidationError, match="row 2: office stands twice"):
		divisions(card, ("Office", None), ("office", None))
	divisions(card, ("Office", f.HEAD_A))
	assert frappe.db.get_value("PAR Unit", "TA", "unit_name") == "Department A"


@pytest.mark.parametrize("user", [f.STAFF_A, *NOT_OF_THE_UNIT])
def test_only_the_units_head_shares_out(card, user):
	with pytest.raises(frappe.PermissionError):
		share(card, user=user)


@pytest.mark.parametrize("user", [f.STAFF_B, f.HEAD_B, f.LEAD, f.APPRAISER_OF_A, f.MANAGER])
def test_only_the_units_people_are_given_rows(card, user):
	with pytest.raises(frappe.ValidationError, match="does not work on the scorecard"):
		share(card, person=user)


def test_account_that_is_switched_off_is_given_nothing(card):
	frappe.db.set_value("User", f.STAFF_A, "enabled", 0)
	with pytest.raises(frappe.ValidationError, match="does not work on the scorecard"):
		share(card)


@pytest.mark.parametrize(
	"code, reason",
	[
		("9.9", "not a row"),
		("1.1", "not a row"),
		("3.1", "not a row"),
		("5.1", "not a row"),
		("1.1.1", "open task"),
	],
)
def test_rows_are_the_sets_own_and_open_once(card, code, reason):
	share(card)
	with pytest.raises(frappe.ValidationError, match=rf"Rows, row 2: .*{reason}"):
		share(card, ["1.1.3", code])
	assert frappe.db.count("PAR Task", {"scorecard": card.name}) == 1


def test_same_row_twice_in_one_task(card):
	with pytest.raises(frappe.ValidationError, match=r"row 2: .*stands twice"):
		share(card, ["1.1.3", "1.1.3."])


def test_due_day_lies_between_today_and_the_units_own_deadline(card):
	with pytest.raises(frappe.ValidationError, match="passed already"):
		share(card, due_date=add_days(nowdate(), -1))
	with pytest.raises(frappe.ValidationError, match="after the unit hands in"):
		share(card, due_date="2099-07-11")
	with f.as_user(f.MANAGER):
		card.reload().extend_deadline("2099-08-10 17:00:00", "Storm")
	assert share(card, due_date="2099-07-11")


# --- whose it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", NOT_OF_THE_UNIT)
def test_nobody_else_reads_the_plan(card, user):
	task = share(card)
	with f.as_user(user):
		assert not frappe.has_permission("PAR Task", doc=task)
		assert not frappe.permissions.has_permission("PAR Task") or frappe.get_list("PAR Task") == []
		with pytest.raises(frappe.PermissionError):
			api.choices(card.name)
		if frappe.has_permission("PAR Unit Scorecard", doc=card):
			assert sheet.load(card.name)["tasks"] == []


def test_the_unit_reads_it_in_the_score_sheet(card):
	task = share(card)
	with f.as_user(f.STAFF_A):
		loaded = sheet.load(card.name)
		assert [(row["name"], row["codes"], row["mine"]) for row in loaded["tasks"]] == [
			(task.name, ["1.1.1", "1.1.2"], True)
		]
		assert not loaded["may"]["plan"]
		assert {row["user"] for row in api.choices(card.name)["people"]} == {f.HEAD_A, f.STAFF_A}
	with f.as_user(f.HEAD_A):
		assert sheet.load(card.name)["may"]["plan"]


def test_the_person_says_how_far_it_is_and_nothing_else(card):
	task = share(card)
	with f.as_user(f.STAFF_A):
		task.reload().update({"state": "Doing", "notes": "Begun"})
		task.save()
		for values in ({"due_date": add_days(DUE, 1)}, {"title": "Less"}, {"person": f.HEAD_A}):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("PAR Task", task.name).update(values).save()
		with pytest.raises(frappe.PermissionError):
			changed = frappe.get_doc("PAR Task", task.name)
			changed.remove(changed.rows[1])
			changed.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("PAR Task", task.name)
	assert frappe.db.get_value("PAR Task", task.name, "state") == "Doing"


def test_colleague_leaves_anothers_task_alone(card):
	task = share(card, person=f.HEAD_A)
	with f.as_user(f.STAFF_A), pytest.raises(frappe.PermissionError, match="say how far it is"):
		task.reload().update({"state": "Doing"}).save()


def test_a_divisions_head_passes_its_tasks_on(card):
	divisions(card, ("Office", f.STAFF_A))
	task = share(card, division="Office")
	with f.as_user(f.STAFF_A):
		task.reload().update({"person": f.HEAD_A}).save()
		with pytest.raises(frappe.ValidationError, match="does not work on the scorecard"):
			frappe.get_doc("PAR Task", task.name).update({"person": f.STAFF_B}).save()
	assert todos(f.STAFF_A, status="Open") == [] and len(todos(f.HEAD_A, status="Open")) == 1


def test_system_fields_are_not_a_clients_to_set(card):
	task = share(card)
	with f.as_user(f.HEAD_A):
		task.reload().update({"progress": 100, "done_on": "2020-01-01", "reminded_for": DUE}).save()
	task.reload()
	assert (task.progress, task.done_on, task.reminded_for) == (0, None, None)


def test_naming_ones_own_unit_opens_nobody_elses_documents(card):
	"""A save gives the document back, so a unit put into the request must not count."""
	task = share(card)
	with f.as_user(f.STAFF_A):
		values = {"title": "Plan", "reference": "Archive", "criteria": [{"code": "1.1.1"}]}
		item = frappe.get_doc(doctype="PAR Evidence Item", scorecard=card.name, **values).insert()
	for doc in (task, item, card):
		with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
			frappe.get_doc(doc.doctype, doc.name).update({"unit": "TB"}).save()


# --- as the work goes on ---------------------------------------------------------------------------------


def test_what_is_missing_follows_the_scorecard(card):
	task = share(card, ["1.1.2", "1.1.3"])
	assert all(row.gap for row in task.rows)
	claim(card, "1.1.3", self_claim="4", explanation="As reported")
	task.reload()
	assert ([bool(row.gap) for row in task.rows], task.progress) == ([True, False], 50)
	claim(card, "1.1.2", self_claim="On time", explanation="")
	assert "explain the score" in task.reload().rows[0].gap


def test_evidence_that_is_demanded_is_named_and_counted(card):
	task = share(card, ["1.1.1"])
	claim(card, "1.1.1", self_claim="Yes", explanation="As reported")
	assert "no evidence" in task.reload().rows[0].gap
	with f.as_user(f.STAFF_A):
		values = {"title": "Plan", "reference": "Archive", "criteria": [{"code": "1.1.1"}]}
		frappe.get_doc(doctype="PAR Evidence Item", scorecard=card.name, **values).insert()
	assert (task.reload().rows[0].gap, task.progress) == (None, 100)


def test_done_means_nothing_missing_that_hand_in_wants(card):
	task = share(card, ["1.1.3"])
	with f.as_user(f.STAFF_A), pytest.raises(frappe.ValidationError, match=r"1\.1\.3.*enter what you claim"):
		task.reload().update({"state": "Done"}).save()
	claim(card, "1.1.3", self_claim="4", explanation="As reported")
	with f.as_user(f.STAFF_A):
		task.reload().update({"state": "Done"}).save()
	assert task.done_on and todos(f.STAFF_A, status="Open") == []
	assert share(card, ["1.1.3"])  # what is finished may be given out again


def test_reopening_puts_it_on_the_list_again_unless_its_rows_are_taken(card):
	task = share(card, ["1.1.3"])
	claim(card, "1.1.3", self_claim="4", explanation="As reported")
	with f.as_user(f.STAFF_A):
		task.reload().update({"state": "Done"}).save()
		task.reload().update({"state": "Open"}).save()
		assert (task.state, task.done_on) == ("Open", None) and len(todos(f.STAFF_A, status="Open")) == 1
		task.reload().update({"state": "Done"}).save()
	other = share(card, ["1.1.3"])
	with f.as_user(f.STAFF_A), pytest.raises(frappe.ValidationError, match=other.name):
		task.reload().update({"state": "Doing"}).save()


def test_hand_in_ends_the_plan_and_withdrawal_opens_it(campaign, card):
	task = share(card)
	f.hand_in(campaign)
	task.reload()
	assert task.state == "Done" and task.done_on and todos(f.STAFF_A, status="Open") == []
	for user, values in ((f.HEAD_A, {"title": "Other"}), (f.STAFF_A, {"notes": "More"})):
		with f.as_user(user), pytest.raises(frappe.ValidationError, match="handed in"):
			frappe.get_doc("PAR Task", task.name).update(values).save()
	with f.as_user(f.HEAD_A), pytest.raises(frappe.ValidationError, match="handed in"):
		frappe.delete_doc("PAR Task", task.name)
	with pytest.raises(frappe.ValidationError, match="handed in"):
		share(card, ["1.1.3"])
	f.step(card, f.HEAD_A, "Draft")
	with f.as_user(f.HEAD_A):
		task.reload().update({"state": "Open"}).save()
	assert len(todos(f.STAFF_A, status="Open")) == 1


def test_questions_of_the_appraisers_can_be_shared_out(campaign, card):
	from par_campaign.par_campaign.doctype.par_query import api as queries

	f.begin_appraisal(campaign)
	f.step(f.hand_in(campaign), f.LEAD, "Under Appraisal")
	with f.as_user(f.APPRAISER):
		query = queries.ask(card.name, "1.1.3", "Which decision is it?")
	f.step(card.reload(), f.LEAD, "Returned")
	task = share(card, ["1.1.3"], title="Answer")
	assert "answer the question" in task.rows[0].gap
	with f.as_user(f.STAFF_A):
		with pytest.raises(frappe.ValidationError, match="answer the question"):
			task.reload().update({"state": "Done"}).save()
		queries.answer(query, "Decision 12")
		task.reload().update({"state": "Done"}).save()
	assert task.reload().rows[0].gap is None


def test_unit_taken_out_has_nothing_left_to_do_and_goes_on_when_put_back(card):
	task = share(card)
	with f.as_user(f.MANAGER):
		card.reload().take_out("Decision 5/QD")
	assert todos(f.STAFF_A, status="Open") == []
	with f.as_user(f.HEAD_A), pytest.raises(frappe.ValidationError, match="taken out"):
		task.reload().update({"title": "Other"}).save()
	with f.as_user(f.MANAGER):
		card.reload().put_back()
	assert len(todos(f.STAFF_A, status="Open")) == 1


# --- the calendar -----------------------------------------------------------------------------------------


def on(day):
	return freeze_time(f"{day} 03:00:00")


def test_reminded_once_before_and_told_late_once_with_the_head(card):
	task, other = share(card), share(card, ["1.1.3"], title="Later", due_date=add_days(DUE, 10))
	with on(add_days(DUE, -5)):
		clock.run()
	assert bell(f.STAFF_A, "is due on") == []
	for _twice in range(2):
		with on(add_days(DUE, -1)):
			clock.run()
	assert len(bell(f.STAFF_A, "is due on")) == 1 and bell(f.HEAD_A, "is due on") == []
	for _twice in range(2):
		with on(add_days(DUE, 1)):
			clock.run()
	assert (task.reload().state, other.reload().state) == ("Late", "Open")
	assert len(bell(f.STAFF_A, "is not done")) == len(bell(f.HEAD_A, "is not done")) == 1
	assert bell(f.HEAD_B, "Plan and reports") == bell(f.MANAGER, "Plan and reports") == []
	assert not frappe.db.exists("PAR Notice", {"scorecard": card.name})  # the province reads those


def test_a_later_day_takes_late_off_and_counts_anew(card):
	task = share(card)
	with on(add_days(DUE, 1)):
		clock.run()
		with f.as_user(f.HEAD_A):
			task.reload().update({"due_date": add_days(DUE, 3)}).save()
		assert task.state == "Doing"
		assert str(todos(f.STAFF_A, status="Open")[0].date) == add_days(DUE, 3)
		clock.run()
	with on(add_days(DUE, 4)):
		clock.run()
	assert len(bell(f.STAFF_A, "is due on")) == 1 and len(bell(f.STAFF_A, "is not done")) == 2


def test_late_is_the_calendars_to_say(card):
	task = share(card)
	with f.as_user(f.STAFF_A):
		task.reload().update({"state": "Late"}).save()
	assert task.state == "Open"
	with on(add_days(DUE, 1)), f.as_user(f.STAFF_A):
		task.reload().update({"state": "Doing"}).save()
	assert task.state == "Late"


def test_nothing_is_due_once_it_is_handed_in(campaign, card):
	share(card)
	f.hand_in(campaign)
	with on(add_days(DUE, 1)):
		clock.run()
	assert bell(f.STAFF_A, "is not done") == [] and getdate(DUE)


# --- the report ----------------------------------------------------------------------------------------------


def test_report_counts_by_division_for_the_unit_alone(card):
	from frappe.desk.query_report import run

	divisions(card, ("Office", f.STAFF_A))
	share(card, ["1.1.1"], division="Office")
	done = share(card, ["1.1.3"], division="Office")
	claim(card, "1.1.3", self_claim="4", explanation="As reported")
	with f.as_user(f.STAFF_A):
		done.reload().update({"state": "Done"}).save()
		answer = run("PAR Unit Plan", {"campaign": card.campaign, "by": "division"})
	(row,) = answer["result"]
	assert (row["whose"], row["tasks"], row["done"], row["open"], row["progress"]) == ("Office", 2, 1, 1, 50)
	free = next(
		entry["value"] for entry in answer["report_summary"] if entry["label"] == "Rows given to nobody"
	)
	assert free == 4  # of six rows the unit fills in
	with f.as_user(f.HEAD_B):
		assert run("PAR Unit Plan", {"campaign": card.campaign})["result"] == []
	for user in (f.MANAGER, f.LEAD, f.AUDITOR):
		with f.as_user(user), pytest.raises(frappe.PermissionError):
			run("PAR Unit Plan", {"campaign": card.campaign})
