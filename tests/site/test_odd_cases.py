"""What goes otherwise than planned: a revised set, a member who leaves, a unit that is no more."""

import frappe
import pytest
import site_factories as f
from frappe.utils import add_days, nowdate

from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.par_campaign.doctype.par_set_revision import apply
from par_campaign.par_campaign.doctype.par_task import api as plan

REASON = "Annex corrected by Decision 7"


def revise(campaign, change, group=f.GROUP):
	"""A revision of the group's set with its rows changed; the revision's name."""
	row = next(row for row in campaign.reload().groups if row.unit_group == group)
	with f.as_user(f.MANAGER):
		name = frappe.get_doc("PAR Criteria Set", row.criteria_set).make_revision(REASON)
		doc = frappe.get_doc("PAR Criteria Set", name)
		change(doc)
		doc.save()
	return name


def rows_of(doc):
	return {row.code: row for row in doc.criteria}


def set_rule(**values):
	"""Change row 1.1.3 of a set, and the sums above it."""

	def change(doc):
		rows = rows_of(doc)
		rows["1.1.3"].update(values)
		rows["1"].maximum = rows["1.1"].maximum = sum(rows[f"1.1.{n}"].maximum for n in (1, 2, 3))

	return change


def put(campaign, name, user=f.MANAGER, reason=REASON):
	with f.as_user(user):
		return frappe.get_doc("PAR Set Revision", apply.put_into_force(campaign.name, name, reason))


def record_of(record, code, card):
	return [row for row in record.changes if row.code == code and row.scorecard == card.name]


# --- a criterion found wrong after the launch ----------------------------------------------------------


def test_corrected_maximum_is_worked_out_anew_and_the_old_is_kept(appraising):
	card = f.appraise(appraising)
	before, old_set = card.index_score, card.criteria_set
	untouched = f.hand_in(appraising, "TB", {**f.FULL_CLAIMS, "1.1.3": "0"})
	name = revise(appraising, set_rule(maximum=8))
	record = put(appraising, name)
	card.reload()
	assert card.criteria_set == name and f.line(card, "1.1.3").maximum == 8
	assert f.line(card, "1.1.3").self_claim == "5" and card.index_score < before
	index = next(row for row in record.changes if row.change == "Index" and row.scorecard == card.name)
	assert (index.old_score, index.new_score) == (before, card.index_score)
	assert (record.old_set, record.new_set, record.changed) == (old_set, name, "1.1.3")
	assert frappe.db.get_value("PAR Criteria Set", old_set, "locked") == 1
	assert frappe.db.get_value("PAR Criteria Set", name, "locked") == 1
	assert frappe.db.get_value("PAR Appraisal", {"scorecard": card.name}, "index_score") == before
	moved = {(row.code, row.change) for row in record.changes if row.scorecard == untouched.name}
	assert moved == {(None, "Index")}  # the row has 0 as before, out of more
	assert f.card_of(appraising, "TD").criteria_set != name  # the other group's set stands


def test_a_row_comes_in_and_is_asked_of_those_who_have_handed_in(appraising):
	handed_in, appraised = f.hand_in(appraising, "TB"), f.appraise(appraising)

	def add(doc):
		doc.append(
			"criteria",
			{"code": "1.1.4", "title": "Inspection", "maximum": 4, "rule": "Direct", "demand": "None"},
		)
		doc.criteria.sort(key=lambda row: [int(part) for part in row.code.split(".")])
		for number, row in enumerate(doc.criteria, 1):
			row.idx = number
		rows_of(doc)["1"].maximum = rows_of(doc)["1.1"].maximum = 14

	record = put(appraising, revise(appraising, add))
	assert record.added == "1.1.4"
	assert record.to_look_at == "Department A, Department B"  # C has handed nothing in yet
	codes = [line.code for line in appraised.reload().lines]
	assert codes.index("1.1.4") == codes.index("1.1.3") + 1
	assert f.line(handed_in.reload(), "1.1.1").self_claim == "Yes"
	with f.as_user(f.HEAD_C):
		assert any(gap["code"] == "1.1.4" for gap in f.card_of(appraising, "TC").gaps())
	for unit in ("TC", "TD"):
		f.appraise(appraising, unit, {"1.1.4": "4"}) if unit == "TD" else None
	with pytest.raises(frappe.ValidationError, match=r"1\.1\.4.* have no appraised score"):
		f.step(appraising, f.MANAGER, "Results Published")


def test_a_row_goes_with_all_that_hung_on_it_and_stays_on_record(appraising):
	card = f.card_of(appraising)
	f.set_campaign(appraising, self_scoring_deadline="2099-12-31 17:00:00")
	with f.as_user(f.HEAD_A):
		values = {"title": "Show", "due_date": "2099-06-01", "person": f.STAFF_A}
		task = plan.share_out(card.name, ["1.1.2", "1.1.3"], **values)
		item = {"title": "Plan", "reference": "Archive", "criteria": [{"code": "1.1.3"}]}
		item = frappe.get_doc(doctype="PAR Evidence Item", scorecard=card.name, **item).insert()
	card = f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		query = queries.ask(card.name, "1.1.3", "Which decision is it?")
	f.step(card, f.LEAD, "Returned")

	def remove(doc):
		doc.remove(rows_of(doc)["1.1.3"])
		rows_of(doc)["1"].maximum = rows_of(doc)["1.1"].maximum = 5

	record = put(appraising, revise(appraising, remove))
	assert "1.1.3" not in [line.code for line in card.reload().lines]
	gone = record_of(record, "1.1.3", card)[0]
	assert (gone.change, gone.old_claim, gone.old_explanation) == ("Removed", "5", "As reported")
	assert frappe.db.get_value("PAR Query", query, "state") == "Closed"
	assert [row.code for row in frappe.get_doc("PAR Task", task).rows] == ["1.1.2"]
	f.step(card, f.HEAD_A, "Under Appraisal")  # nothing that is gone stands in the way
	with f.as_user(f.LEAD):
		item.reload().update({"status": "Accepted"}).save()


def test_claim_the_new_rule_does_not_allow_is_taken_off_and_kept(appraising):
	card = f.appraise(appraising)
	record = put(appraising, revise(appraising, set_rule(rule="Yes/No")))
	line = f.line(card.reload(), "1.1.3")
	assert (line.self_claim, line.appraised_claim, line.is_appraised) == (None, None, 0)
	kept = record_of(record, "1.1.3", card)[0]
	assert (kept.change, kept.old_claim, kept.old_appraised_claim) == ("Claim does not fit", "5", "5")
	assert record.to_look_at == "Department A"


def test_revisions_are_numbered_and_follow_each_other(appraising):
	first = put(appraising, revise(appraising, set_rule(maximum=8)))
	second = put(appraising, revise(appraising, set_rule(maximum=9)))
	assert second.old_set == first.new_set and second.name > first.name
	assert frappe.db.get_value("PAR Criteria Set", second.new_set, "version") == 3


@pytest.mark.parametrize("user", [f.HEAD_A, f.APPRAISER, f.SECRETARY, f.AUDITOR, f.CHAIRMAN])
def test_only_the_campaigns_manager_puts_a_revision_into_force(appraising, user):
	name = revise(appraising, set_rule(maximum=8))
	with pytest.raises(frappe.PermissionError):
		put(appraising, name, user)
	assert f.card_of(appraising).criteria_set != name


def test_what_is_no_revision_of_its_set_or_has_no_reason_is_refused(appraising):
	with pytest.raises(frappe.ValidationError, match="not a revision"):
		put(appraising, f.make_criteria_set().name)
	name = revise(appraising, set_rule(maximum=8))
	with pytest.raises(frappe.ValidationError, match="Reason is missing"):
		put(appraising, name, reason=" ")
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit)
	f.step(appraising, f.MANAGER, "Results Published")
	with pytest.raises(frappe.ValidationError, match="Take published results back"):
		put(appraising, name)


@pytest.fixture
def queued(appraising, monkeypatch):
	"""A revision too large for one request: its name, and the job as it was put into the queue."""
	name, jobs = revise(appraising, set_rule(maximum=8)), []
	with monkeypatch.context() as patch:
		patch.setattr(apply, "IN_REQUEST_AT_MOST", 1)
		patch.setattr(frappe, "enqueue", lambda method, **options: jobs.append((method, options)))
		with f.as_user(f.MANAGER):
			assert apply.put_into_force(appraising.name, name, REASON) is None
	[(method, options)] = jobs
	assert options["deduplicate"] and name in options["job_id"]
	words = {key: options[key] for key in ("campaign", "criteria_set", "reason")}
	return name, lambda: method(**words)


def told_to_manager() -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": f.MANAGER}, pluck="subject", order_by="creation")


def test_large_revision_is_put_into_force_in_the_background(appraising, queued):
	name, job = queued
	assert f.card_of(appraising).criteria_set != name
	with f.as_user(f.MANAGER):
		job()
	assert {f.card_of(appraising, unit).criteria_set for unit in ("TA", "TB", "TC")} == {name}
	record = frappe.get_last_doc("PAR Set Revision", {"campaign": appraising.name})
	assert (record.new_set, record.applied_by) == (name, f.MANAGER)
	assert told_to_manager()[-1] == f"The revision is in force: {record.name}"


def test_revision_that_fails_half_way_changes_nothing_and_is_told(appraising, queued, monkeypatch):
	name, job = queued
	move, moved, rollback = apply.scorecards.move, [], frappe.db.rollback

	def fail_at_the_second(card, new_set):
		moved.append(card.name)
		if len(moved) == 2:
			raise RuntimeError("the server stops")
		return move(card, new_set)

	monkeypatch.setattr(apply.scorecards, "move", fail_at_the_second)
	# as far back as the job began, not to before the test's own data
	frappe.db.savepoint("job")
	monkeypatch.setattr(frappe.db, "rollback", lambda: rollback(save_point="job"))
	with f.as_user(f.MANAGER):
		job()
	monkeypatch.undo()
	assert len(moved) == 2
	assert name not in {f.card_of(appraising, unit).criteria_set for unit in ("TA", "TB", "TC")}
	assert not frappe.db.exists("PAR Set Revision", {"campaign": appraising.name})
	assert "nothing was changed" in told_to_manager()[-1]


def test_record_is_written_by_the_step_alone(appraising):
	record = put(appraising, revise(appraising, set_rule(maximum=8)))
	for user in (f.MANAGER, "Administrator"):
		with f.as_user(user), pytest.raises(frappe.PermissionError):
			frappe.get_doc("PAR Set Revision", record.name).update({"reason": "Other"}).save()
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("PAR Set Revision", record.name)


def test_preview_names_what_would_change(appraising):
	name = revise(appraising, set_rule(maximum=8))
	with f.as_user(f.MANAGER):
		(found,) = apply.campaigns_for(name)
	assert (found["campaign"], found["scorecards"], found["changed"]) == (appraising.name, 3, ["1.1.3"])
	assert found["added"] == found["removed"] == []


# --- a member leaves the council -----------------------------------------------------------------------


def test_who_has_left_neither_appraises_nor_asks_and_their_work_stays(appraising):
	card = f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")
	with f.as_user(f.APPRAISER):
		line = f.line(card.reload(), "1.1.3")
		line.appraised_claim, line.appraisal_note = "4", "Two months late"
		card.save()
	f.set_campaign(appraising, council=f.council_with(appraising, f.APPRAISER, left_on=nowdate()))
	with f.as_user(f.APPRAISER):
		f.line(card.reload(), "1.1.3").appraised_claim = "3"
		with pytest.raises(frappe.PermissionError, match="not among the appraisers"):
			card.save()
		with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
			queries.ask(card.name, "1.1.3", "Which?")
	line = f.line(card.reload(), "1.1.3")
	assert (line.appraised_claim, line.appraised_by) == ("4", f.APPRAISER)


def test_who_has_left_by_the_meeting_does_not_vote(appraising):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit)
	f.step(appraising, f.MANAGER, "Results Published")
	f.set_campaign(
		appraising, council=f.council_with(appraising, f.APPRAISER, left_on=add_days(nowdate(), -3))
	)
	from par_campaign.par_campaign.doctype.par_award_proposal import votes

	def sitting(day) -> list[str]:
		return [row.user for row in votes.members(appraising.name, day)]

	assert f.APPRAISER not in sitting(nowdate())
	assert f.APPRAISER in sitting(add_days(nowdate(), -5))


# --- a unit is dissolved or merged ------------------------------------------------------------------------


def test_dissolved_unit_leaves_and_everything_goes_on_without_it(appraising):
	card = f.hand_in(appraising)
	with f.as_user(f.MANAGER):
		card.reload().take_out("Decision 5/QD-UBND", "TB")
	card.reload()
	assert (card.taken_out, card.disqualified, card.successor_unit) == (1, 1, "TB")
	assert "merged into Department B" in card.disqualified_reason and f.line(card, "1.1.3").self_claim == "5"
	with pytest.raises(frappe.ValidationError, match="taken out of the campaign"):
		f.step(card, f.LEAD, "Under Appraisal")
	for unit in ("TB", "TC", "TD"):
		f.appraise(appraising, unit)
	f.step(appraising, f.MANAGER, "Results Published")
	rows = {row.unit: row for row in frappe.get_doc("PAR Published Result", appraising.published_result).rows}
	assert not rows["TA"].rank and rows["TB"].rank


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A, f.APPRAISER, f.SECRETARY, f.AUDITOR])
def test_only_manager_or_lead_take_a_unit_out(campaign, user):
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		f.card_of(campaign).take_out("Decision 5/QD-UBND")


def test_faults_in_taking_out_are_named(campaign):
	with f.as_user(f.MANAGER):
		with pytest.raises(frappe.ValidationError, match="Reason is missing"):
			f.card_of(campaign).take_out(" ")
		for wrong in ("TA", "NONE"):
			with pytest.raises(frappe.ValidationError, match="is not another unit"):
				f.card_of(campaign).take_out("Decision 5", wrong)
		with pytest.raises(frappe.ValidationError, match="has not been taken out"):
			f.card_of(campaign).put_back()
		f.card_of(campaign).take_out("Decision 5")
		with pytest.raises(frappe.ValidationError, match="already"):
			f.card_of(campaign).take_out("Decision 5")
	with pytest.raises(frappe.ValidationError, match="taken out of the campaign"):
		f.hand_in(campaign)


def test_unit_put_back_goes_on_where_it_stood(campaign):
	with f.as_user(f.MANAGER):
		f.card_of(campaign).take_out("Decision 5")
		f.card_of(campaign).put_back()
	card = f.hand_in(campaign)
	assert (card.taken_out, card.disqualified, card.workflow_state) == (0, 0, "Submitted")


def test_client_cannot_take_out_by_a_plain_save(campaign):
	with f.as_user(f.HEAD_A):
		card = f.card_of(campaign)
		card.update({"taken_out": 1, "successor_unit": "TB"})
		card.save()
	assert not f.card_of(campaign).taken_out
