"""A new year's campaign from last year's: what is taken over, what is left out, and what differs."""

import frappe
import pytest
import site_factories as f
from frappe.utils import get_datetime

from par_campaign.par_campaign.doctype.par_campaign.carry_over import carry_over, what_changed


def carried(campaign, user: str = f.MANAGER, year: int = 2024, title: str = "Test campaign 2024"):
	with f.as_user(user):
		return frappe.get_doc("PAR Campaign", carry_over(campaign.name, year, title))


def changed(campaign, user: str = f.MANAGER) -> dict:
	with f.as_user(user):
		return what_changed(campaign.name)


def of_group(found: dict, group: str = f.GROUP) -> list[dict]:
	return next(part["rows"] for part in found["sets"] if part["unit_group"] == group)


def test_the_new_campaign_is_a_draft_with_everything_but_the_plan(campaign):
	f.set_campaign(campaign, appraisal_deadline="2099-12-31 23:00:00")
	new = carried(campaign)
	assert (new.workflow_state, new.year, new.carried_from) == ("Draft", 2024, campaign.name)
	assert (new.plan_number, new.plan_date, new.published_version) == (None, None, 0)
	assert get_datetime(new.self_scoring_deadline) == get_datetime("2100-12-31 17:00:00")
	assert get_datetime(new.appraisal_deadline) == get_datetime("2100-12-31 23:00:00")
	for table, field in (("bands", "label"), ("council", "user"), ("award_quotas", "award_level")):
		assert [row.get(field) for row in new.get(table)] == [row.get(field) for row in campaign.get(table)]
	assert not frappe.db.count("PAR Unit Scorecard", {"campaign": new.name})


def test_the_29th_of_february_becomes_the_28th(campaign):
	f.set_campaign(campaign, self_scoring_deadline="2096-02-29 17:00:00")
	assert str(carried(campaign).self_scoring_deadline) == "2097-02-28 17:00:00"


def test_sets_are_copied_as_drafts_of_the_new_year_and_the_old_stay_as_they_are(campaign):
	new = carried(campaign)
	for old_row, row in zip(campaign.groups, new.groups, strict=True):
		copy = frappe.get_doc("PAR Criteria Set", row.criteria_set)
		old = frappe.get_doc("PAR Criteria Set", old_row.criteria_set)
		assert (copy.year, copy.locked, copy.unit_group) == (2024, 0, old.unit_group)
		assert (old.year, old.locked) == (2023, 1)
		assert "2024" in copy.title
		assert [r.code for r in copy.criteria] == [r.code for r in old.criteria]
	assert of_group(changed(new)) == []


def test_a_set_prepared_for_the_year_is_used(campaign):
	prepared = f.make_criteria_set(f.GROUP, year=2024)
	new = carried(campaign)
	assert new.groups[0].criteria_set == prepared.name
	assert prepared.name in new.carry_over_note


def test_who_left_is_not_taken_over_and_named(campaign):
	f.set_campaign(campaign, council=f.council_with(campaign, f.APPRAISER, left_on="2023-11-01"))
	frappe.db.set_value("User", f.APPRAISER_OF_A, "enabled", 0)
	new = carried(campaign)
	assert [row.user for row in new.council] == [f.LEAD]
	assert f.APPRAISER in new.carry_over_note and f.APPRAISER_OF_A in new.carry_over_note


def test_only_who_may_make_campaigns_carries_over(campaign):
	for user in (f.LEAD, f.SECRETARY, f.CHAIRMAN, f.AUDITOR, f.HEAD_A, f.HOMELESS):
		with pytest.raises(frappe.PermissionError):
			carried(campaign, user)


@pytest.mark.parametrize(("values", "words"), [({"year": 2023}, "2023"), ({"title": " "}, "Title")])
def test_bad_values_are_refused_and_nothing_is_made(campaign, values, words):
	sets = frappe.db.count("PAR Criteria Set")
	with pytest.raises(frappe.ValidationError, match=words):
		carried(campaign, **values)
	assert frappe.db.count("PAR Criteria Set") == sets


def test_a_year_is_made_once(campaign):
	first = carried(campaign)
	with pytest.raises(frappe.ValidationError, match=first.name):
		carried(campaign)


def test_the_origin_cannot_be_typed_in(campaign):
	new = carried(campaign)
	with f.as_user(f.MANAGER):
		new.update({"carried_from": None, "carry_over_note": "Nothing"})
		new.save()
		assert (new.carried_from, "Nothing" in (new.carry_over_note or "")) == (campaign.name, False)
		faked = frappe.copy_doc(new, ignore_no_copy=False)
		faked.carried_from = campaign.name
		assert faked.insert().carried_from is None


def test_changed_rows_are_shown_before_and_after(campaign):
	new = carried(campaign)
	draft = frappe.get_doc("PAR Criteria Set", new.groups[0].criteria_set)
	with f.as_user(f.MANAGER):
		draft.criteria[2].title = "Plan issued in time"
		draft.set("criteria", draft.criteria[:-2])  # without the deduction
		bonus = {"score_type": "Bonus", "rule": "Count", "maximum": 1, "per_occurrence": 1, "demand": "None"}
		draft.append("criteria", {"code": "4.2", "title": "Ideas", **bonus})
		draft.save()
	found = {row["code"]: row for row in of_group(changed(new))}
	assert found["1.1.1"]["parts"] == [
		{"what": "Criterion", "before": "Plan issued", "after": "Plan issued in time"}
	]
	assert (found["4.2"]["kind"], found["5.1"]["kind"]) == ("Added", "Removed")


def test_units_that_came_went_and_moved_are_shown(campaign):
	new = carried(campaign)
	frappe.db.set_value("PAR Unit", "TB", "disabled", 1)
	frappe.db.set_value("PAR Unit", "TD", "cluster", "Cluster 2")
	frappe.get_doc(doctype="PAR Unit", unit_code="TE", unit_name="Department E", unit_group=f.GROUP).insert()
	units = changed(new)["units"]
	assert [unit["unit_name"] for unit in units["added"]] == ["Department E"]
	assert [unit["unit_name"] for unit in units["gone"]] == ["Department B"]
	assert [(u["unit_name"], u["from"][-1], u["place"][-1]) for u in units["moved"]] == [
		("District D", "1", "2")
	]


def test_units_do_not_read_the_comparison(campaign):
	new = carried(campaign)
	for user in (f.HEAD_A, f.HOMELESS):
		with pytest.raises(frappe.PermissionError):
			changed(new, user)
	assert changed(new, f.AUDITOR)["before"] == campaign.title
