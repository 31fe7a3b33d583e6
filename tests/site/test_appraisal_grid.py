"""One criterion over all units: who sees what, all or none, conflicts."""

import json
from contextlib import suppress

import frappe
import pytest
import site_factories as f

from par_campaign.par_campaign.page.par_appraisal_grid import grid as appraisal_grid

CODE = "1.1.3"


@pytest.fixture
def council(appraising):
	"""Two scorecards under appraisal; the appraiser has area 1 only."""
	for unit in ("TA", "TB"):
		f.step(f.hand_in(appraising, unit), f.LEAD, "Under Appraisal")
	f.hand_in(appraising, "TC")  # not begun
	f.set_campaign(appraising, council=f.council_with(appraising, f.APPRAISER, areas="1"))
	return appraising


def grid(campaign, user=f.APPRAISER, code=CODE):
	with f.as_user(user):
		return appraisal_grid.grid(campaign.name, f.GROUP, code)


def by_unit(result):
	return {row["unit"]: row for row in result["rows"]}


def save(campaign, user, code=CODE, **values):
	"""Save for the units given by code; each value is a dict of what is to stand, or a claim."""
	rows = by_unit(grid(campaign, user, code))
	payload = [
		{
			"scorecard": rows[unit]["scorecard"],
			"stamp": rows[unit]["stamp"],
			**(value if isinstance(value, dict) else {"appraised_claim": value, "appraisal_note": "Checked"}),
		}
		for unit, value in values.items()
	]
	with f.as_user(user):
		return appraisal_grid.save_grid(campaign.name, f.GROUP, code, json.dumps(payload))


def test_grid_shows_every_unit_and_why_a_row_is_closed(council):
	rows = by_unit(grid(council))
	assert rows["TA"]["editable"] and rows["TB"]["editable"]
	assert not rows["TC"]["editable"] and rows["TC"]["why_not"] == "Submitted"
	assert rows["TA"]["self_claim"] == "5" and rows["TA"]["appraised_claim"] == "5"
	own = by_unit(grid(council, f.APPRAISER_OF_A))
	assert own["TA"]["why_not"] == "Your own unit" and own["TB"]["editable"]


def test_choices_are_the_members_own_areas(council):
	with f.as_user(f.APPRAISER):
		rows = appraisal_grid.choices(council.name)[0]["rows"]
	assert [row["code"] for row in rows] == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3"]
	with f.as_user(f.LEAD):
		codes = [row["code"] for row in appraisal_grid.choices(council.name)[0]["rows"]]
	# neither the survey's row nor the one the system fills
	assert "2.1.2" in codes and "4.1" in codes and not {"3.1", "5.1"} & set(codes)


def test_all_rows_are_saved_and_marked_as_looked_at(council):
	result = save(council, f.APPRAISER, TA="4", TB={})
	assert (result["saved"], result["errors"]) == (2, [])
	changed, accepted = f.line(f.card_of(council, "TA"), CODE), f.line(f.card_of(council, "TB"), CODE)
	assert (changed.appraised_claim, changed.appraised_score, changed.appraisal_note) == ("4", 4, "Checked")
	assert (accepted.appraised_claim, accepted.is_appraised, accepted.appraised_by) == ("5", 1, f.APPRAISER)
	assert not f.line(f.card_of(council, "TB"), "1.1.1").is_appraised
	assert by_unit(result)["TA"]["appraised_score"] == 4


@pytest.mark.parametrize(
	("wrong", "words"),
	[
		({"appraised_claim": "9", "appraisal_note": "x"}, "not between 0 and 5"),
		({"appraised_claim": "4"}, "say why"),
		({"appraised_applicable": 0}, "say why"),
	],
)
def test_one_wrong_row_saves_none(council, wrong, words):
	result = save(council, f.APPRAISER, TA="4", TB=wrong)
	assert result["saved"] == 0
	assert [error["scorecard"] for error in result["errors"]] == [f"{council.name}-TB"]
	assert words in result["errors"][0]["message"] and "<" not in result["errors"][0]["message"]
	assert f.line(f.card_of(council, "TA"), CODE).appraised_claim == "5"


def test_row_changed_meanwhile_is_a_conflict(council):
	before = by_unit(grid(council))["TA"]
	save(council, f.LEAD, TA="3")
	with f.as_user(f.APPRAISER):
		result = appraisal_grid.save_grid(
			council.name, f.GROUP, CODE, [{**before, "appraised_claim": "4", "appraisal_note": "x"}]
		)
	assert result["errors"][0]["conflict"] and f.LEAD in result["errors"][0]["message"]
	assert f.line(f.card_of(council, "TA"), CODE).appraised_claim == "3"


def test_another_row_of_the_same_scorecard_is_no_conflict(council):
	before = by_unit(grid(council))["TA"]
	assert save(council, f.LEAD, code="2.1.1", TA="80")["saved"] == 1
	with f.as_user(f.APPRAISER):
		result = appraisal_grid.save_grid(
			council.name, f.GROUP, CODE, [{**before, "appraised_claim": "4", "appraisal_note": "x"}]
		)
	assert result["saved"] == 1
	card = f.card_of(council, "TA")
	assert (f.line(card, "2.1.1").appraised_claim, f.line(card, CODE).appraised_claim) == ("80", "4")


@pytest.mark.parametrize(
	("user", "code", "unit"),
	[
		(f.APPRAISER, "2.1.1", "TA"),  # not among their areas
		(f.APPRAISER_OF_A, CODE, "TA"),  # their own unit
		(f.OUTSIDER, CODE, "TA"),  # not in the council
		(f.AUDITOR, CODE, "TA"),
		(f.MANAGER, CODE, "TA"),
		(f.APPRAISER, CODE, "TC"),  # not under appraisal
	],
)
def test_who_may_not_appraise_saves_nothing(council, user, code, unit):
	before = f.line(f.card_of(council, unit), code).appraised_claim
	result = save(council, user, code, **{unit: "4"})
	assert result["saved"] == 0 and len(result["errors"]) == 1
	assert f.line(f.card_of(council, unit), code).appraised_claim == before


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A, f.HOMELESS])
def test_units_do_not_get_the_grid(council, user):
	with f.as_user(user):
		for call in (
			lambda: appraisal_grid.grid(council.name, f.GROUP, CODE),
			lambda: appraisal_grid.choices(council.name),
			lambda: appraisal_grid.save_grid(council.name, f.GROUP, CODE, "[]"),
		):
			with pytest.raises(frappe.PermissionError):
				call()


def test_scorecard_of_another_group_or_none_is_an_error_not_a_crash(council):
	with f.as_user(f.LEAD):
		result = appraisal_grid.save_grid(
			council.name, f.GROUP, CODE, [{"scorecard": f"{council.name}-TD"}, {"scorecard": "nope"}]
		)
	assert [error["message"] for error in result["errors"]] == [
		"This scorecard belongs to another campaign or group.",
		"There is no such scorecard.",
	]


def test_unknown_row_or_group_is_refused(council):
	with f.as_user(f.LEAD):
		with pytest.raises(frappe.ValidationError, match="not scored"):
			appraisal_grid.grid(council.name, f.GROUP, "9.9")
		with pytest.raises(frappe.ValidationError, match="not in this campaign"):
			appraisal_grid.grid(council.name, "No such group", CODE)


def test_unit_cannot_mark_its_rows_as_appraised(council):
	with f.as_user(f.HEAD_A):
		card = f.card_of(council, "TA")
		f.line(card, CODE).is_appraised = 1
		with suppress(frappe.ValidationError):
			card.save()
	assert not f.line(f.card_of(council, "TA"), CODE).is_appraised


def test_member_who_left_appraises_no_more_and_keeps_what_was_done(council):
	save(council, f.APPRAISER, TA="4")
	f.set_campaign(council, council=f.council_with(council, f.APPRAISER, left_on=frappe.utils.nowdate()))
	assert save(council, f.APPRAISER, TB="4")["saved"] == 0
	assert f.line(f.card_of(council, "TA"), CODE).appraised_by == f.APPRAISER
	f.set_campaign(
		council,
		council=f.council_with(
			council, f.APPRAISER, left_on=frappe.utils.add_days(frappe.utils.nowdate(), 1)
		),
	)
	assert save(council, f.APPRAISER, TB="4")["saved"] == 1
