"""The reports beside the ranking: their numbers, and that each reader gets their own part of them."""

import threading

import frappe
import pytest
import site_factories as f
from frappe.desk import query_report
from frappe.utils import add_to_date, now_datetime

from par_campaign.statistics.areas import MatchedBy
from par_campaign.statistics.progress import Progress

REPORTS = (
	"PAR Campaign Progress",
	"PAR Evidence List",
	"PAR Heat Map",
	"PAR Most Cut Criteria",
	"PAR Self versus Appraised",
	"PAR Year on Year",
)
OF_UNITS = ("PAR Campaign Progress", "PAR Heat Map", "PAR Self versus Appraised")


def run(report: str, campaign, user: str = f.MANAGER, **filters) -> dict:
	"""The report as the desk asks for it."""
	with f.as_user(user):
		return query_report.run(report, {"campaign": campaign.name, **filters})


def rows(report: str, campaign, user: str = f.MANAGER, **filters) -> list[dict]:
	return run(report, campaign, user, **filters)["result"]


def of_unit(found: list[dict], unit: str) -> dict:
	return next(row for row in found if row.get("unit") == unit)


def units(found: list[dict]) -> list[str]:
	return [row["unit"] for row in found if row.get("unit")]


def summary(result: dict) -> dict:
	return {part["label"]: part["value"] for part in result["report_summary"]}


@pytest.fixture
def appraised(appraising):
	"""A and B appraised, A cut by one point in 1.1.3; C and D have not begun."""
	f.appraise(appraising, "TA", claims={"1.1.3": "4"})
	f.appraise(appraising, "TB")
	return appraising


def add_evidence(card, user: str, codes: tuple[str, ...], **values):
	with f.as_user(user):
		return frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			reference="Shelf 3",
			criteria=[{"code": code} for code in codes],
			**values,
		).insert()


# --- who sees what ----------------------------------------------------------------------------------


@pytest.mark.parametrize("report", OF_UNITS)
def test_provincial_staff_see_all_units_and_a_unit_itself(appraised, report):
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	assert {"TA", "TB"} <= set(units(rows(report, appraised, f.AUDITOR)))
	assert units(rows(report, appraised, f.HEAD_A)) == ["TA"]
	assert units(rows(report, appraised, f.STAFF_B)) == ["TB"]


@pytest.mark.parametrize("report", OF_UNITS)
def test_asking_for_another_unit_gives_nothing(appraised, report):
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	assert rows(report, appraised, f.HEAD_A, unit="TB") == []
	assert units(rows(report, appraised, f.AUDITOR, unit="TB")) == ["TB"]


@pytest.mark.parametrize("report", REPORTS)
def test_a_user_without_unit_sees_nothing(appraised, report):
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	assert rows(report, appraised, f.HOMELESS) == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_campaign_that_is_not_launched_is_not_for_units(base, par_clean_slate, report):
	draft = f.make_campaign()
	with pytest.raises(frappe.PermissionError):
		run(report, draft, f.HEAD_A)


@pytest.mark.parametrize("report", ["PAR Heat Map", "PAR Most Cut Criteria", "PAR Self versus Appraised"])
def test_appraised_scores_are_kept_from_the_unit_until_the_campaign_shows_them(appraised, report):
	f.set_campaign(appraised, units_see_appraisal="When results are published")
	hidden = run(report, appraised, f.HEAD_A)
	assert hidden["result"] == []
	assert not hidden["chart"]
	assert "from when the campaign says so" in hidden["message"]
	assert rows(report, appraised, f.LEAD)
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	assert rows(report, appraised, f.HEAD_A)


def test_the_open_round_is_never_a_units_business(appraising):
	f.set_campaign(appraising, units_see_appraisal="When appraised")
	f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")
	asked = {"include_open": 1}
	assert rows("PAR Self versus Appraised", appraising, f.HEAD_A, **asked) == []
	assert units(rows("PAR Self versus Appraised", appraising, f.LEAD, **asked)) == ["TA"]
	assert rows("PAR Self versus Appraised", appraising, f.LEAD) == []


@pytest.mark.parametrize("report", REPORTS)
def test_more_units_do_not_mean_more_queries(appraised, report, monkeypatch):
	for unit in ("TA", "TB"):
		f.card_of(appraised, unit)

	def queries(**filters) -> int:
		frappe.clear_cache()
		run(report, appraised, f.AUDITOR, **filters)  # fill caches of metadata and permissions
		asked = []
		sql = frappe.db.sql
		monkeypatch.setattr(frappe.db, "sql", lambda *args, **kw: asked.append(args) or sql(*args, **kw))
		run(report, appraised, f.AUDITOR, **filters)
		monkeypatch.setattr(frappe.db, "sql", sql)
		return len(asked)

	# one unit more in the same group, that is with the same criteria set
	assert queries(unit_group=f.GROUP) == queries(unit="TA")


# --- progress ---------------------------------------------------------------------------------------


def progress(campaign, user: str = f.MANAGER, **filters) -> dict[str, str]:
	return {row["unit"]: row["progress"] for row in rows("PAR Campaign Progress", campaign, user, **filters)}


def test_every_unit_stands_where_it_is(appraising):
	f.hand_in(appraising, "TA")
	f.step(f.hand_in(appraising, "TB"), f.LEAD, "Under Appraisal")
	with f.as_user(f.HEAD_C):
		f.fill(f.card_of(appraising, "TC"), {"1.1.1": "Yes"}).save()
	assert progress(appraising) == {
		"TA": "Handed in",
		"TB": "Being appraised",
		"TC": "In work",
		"TD": "Not begun",
	}
	assert progress(appraising, progress="In work") == {"TC": "In work"}
	assert progress(appraising, unit_group=f.DISTRICTS, cluster="Cluster 1") == {"TD": "Not begun"}
	assert progress(appraising, cluster="Cluster 2") == {}


def test_a_document_alone_is_a_beginning(campaign):
	add_evidence(f.card_of(campaign, "TB"), f.HEAD_B, ("1.1.1",))
	assert progress(campaign)["TB"] == "In work"
	assert progress(campaign)["TA"] == "Not begun"


def test_overdue_goes_by_each_units_own_date(campaign):
	past, later = add_to_date(now_datetime(), days=-2, hours=1), add_to_date(now_datetime(), days=3, hours=1)
	f.set_campaign(campaign, self_scoring_deadline=past)
	extended = {"extended_deadline": later, "extension_reason": "Flood"}
	f.step(f.card_of(campaign, "TB"), f.MANAGER, "Draft", **extended)
	found = rows("PAR Campaign Progress", campaign)
	assert of_unit(found, "TA")["progress"] == "Overdue"
	assert of_unit(found, "TA")["days_left"] == -2
	assert (of_unit(found, "TB")["progress"], of_unit(found, "TB")["days_left"]) == ("Not begun", 3)
	assert (of_unit(found, "TB")["extended"], of_unit(found, "TA")["extended"]) == (1, 0)


def test_what_is_filled_in_and_missing_is_counted(appraising):
	with f.as_user(f.HEAD_A):
		f.fill(f.card_of(appraising), {"1.1.1": "Yes", "1.1.2": "Late"}).save()
	row = of_unit(rows("PAR Campaign Progress", appraising), "TA")
	assert (row["filled"], row["missing"]) == (40, 3)  # of the five rows a unit must claim


def test_only_the_province_sees_how_far_the_appraisal_is(appraising):
	f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")
	assert "appraised" in of_unit(rows("PAR Campaign Progress", appraising), "TA")
	of_head = run("PAR Campaign Progress", appraising, f.HEAD_A)
	assert "appraised" not in of_head["result"][0]
	assert "appraised" not in {column["fieldname"] for column in of_head["columns"]}


def test_a_unit_that_joined_later_is_shown_without_scorecard(campaign):
	frappe.get_doc(doctype="PAR Unit", unit_code="TE", unit_name="Department E", unit_group=f.GROUP).insert()
	assert progress(campaign)["TE"] == "No scorecard"
	assert set(progress(campaign, f.HEAD_A)) == {"TA"}
	assert progress(campaign, unit_group=f.DISTRICTS) == {"TD": "Not begun"}


def test_the_chart_stacks_what_the_table_says(appraising):
	f.hand_in(appraising, "TA")
	result = run("PAR Campaign Progress", appraising)
	data = result["chart"]["data"]
	stacks = {
		part["name"]: dict(zip(data["labels"], part["values"], strict=True)) for part in data["datasets"]
	}
	assert stacks == {
		"Not begun": {f.GROUP: 2, f.DISTRICTS: 1},
		"Handed in": {f.GROUP: 1, f.DISTRICTS: 0},
	}
	assert len(result["chart"]["colors"]) == len(stacks)
	assert (summary(result)["Units"], summary(result)["Handed in so far"]) == (4, 1)


# --- heat map, differences, cuts --------------------------------------------------------------------


def test_heat_map_shows_percentages_by_area_and_their_mean(appraised):
	found = rows("PAR Heat Map", appraised, unit_group=f.GROUP)
	assert [row["unit_name"] for row in found] == ["Department B", "Department A", "Mean"]
	assert (of_unit(found, "TA")["area_1"], of_unit(found, "TB")["area_1"]) == (90, 100)
	assert found[-1]["area_1"] == 95
	assert of_unit(found, "TA")["area_3"] is None  # the survey is not in yet, which is not 0 %


def bring_survey(campaign, **values):
	with f.as_user(f.LEAD):
		frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="1/BC",
			document_date="2023-11-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert().submit()


def test_an_area_is_coloured_once_its_survey_is_in(appraised):
	bring_survey(appraised, TA=80, TB=90)
	found = rows("PAR Heat Map", appraised, unit_group=f.GROUP)
	assert [row["area_3"] for row in found] == [90, 80, 85]


def test_heat_map_of_self_scores_shows_nothing_of_the_appraisal(appraised):
	f.set_campaign(appraised, units_see_appraisal="When results are published")
	[row] = rows("PAR Heat Map", appraised, f.HEAD_A, score="Self-scored")
	assert (row["unit"], row["area_1"]) == ("TA", 100)
	card = f.card_of(appraised, "TA")
	assert card.index_score != card.self_index == row["index"]


def test_heat_map_chart_is_of_the_mean_or_the_one_unit(appraised):
	chart = run("PAR Heat Map", appraised, unit_group=f.GROUP)["chart"]["data"]
	assert dict(zip(chart["labels"], chart["datasets"][0]["values"], strict=True))["1"] == 5
	alone = run("PAR Heat Map", appraised, unit="TA")["chart"]["data"]
	assert alone["datasets"][0]["name"].startswith("Department A")


def test_the_difference_is_appraised_less_claimed_in_points(appraised):
	result = run("PAR Self versus Appraised", appraised)
	row = of_unit(result["result"], "TA")
	assert (row["area_1"], row["area_2"]) == (-1, 0)
	assert row["change"] == pytest.approx(row["index_score"] - row["self_index"]) and row["change"] < 0
	assert [summary(result)[key] for key in ("Lowered", "Raised", "Unchanged")] == [1, 0, 1]
	assert result["chart"]["data"]["datasets"][0]["values"] == [-0.5, 0, 0]  # in the mean of both


def test_a_struck_out_area_is_left_empty(appraising):
	with f.as_user(f.HEAD_A):
		card = f.fill(f.card_of(appraising))
		for code in ("2.1.1", "2.1.2"):
			f.line(card, code).update({"applicable": 0, "self_claim": None})
		card.workflow_state = "Submitted"
		card.save()
	f.step(card, f.LEAD, "Under Appraisal")
	f.step(f.grant_all(card), f.LEAD, "Appraised")
	assert of_unit(rows("PAR Heat Map", appraising), "TA")["area_2"] is None


def test_the_most_cut_criterion_names_units_points_and_reasons(appraised):
	[row] = rows("PAR Most Cut Criteria", appraised)
	assert (row["code"], row["units"], row["cut_units"], row["cut_percent"]) == ("1.1.3", 2, 1, 50)
	assert (row["average_cut"], row["total_cut"], row["reasons"]) == (1, 1, "Checked")


def test_a_unit_reads_where_it_was_cut_itself(appraised):
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	assert [row["code"] for row in rows("PAR Most Cut Criteria", appraised, f.HEAD_A)] == ["1.1.3"]
	assert rows("PAR Most Cut Criteria", appraised, f.HEAD_B) == []


# --- year on year -----------------------------------------------------------------------------------


@pytest.fixture
def two_years(base, par_clean_slate):
	"""2022 and 2023, A appraised in both, B in the later one only."""
	years = []
	for year, units_of_year in ((2022, ("TA",)), (2023, ("TA", "TB"))):
		campaign = f.begin_appraisal(f.launch(f.make_campaign(year=year)))
		for unit in units_of_year:
			f.appraise(campaign, unit, claims={"1.1.3": "4" if year == 2022 else "5"})
		years.append(campaign)
	return years


def test_a_unit_is_compared_with_itself_a_year_before(two_years):
	before, after = two_years
	for campaign in two_years:
		bring_survey(campaign, TA=80)
	result = run("PAR Year on Year", after)
	by_code = {row.get("code"): row for row in result["result"]}
	assert (by_code["1"]["before"], by_code["1"]["after"], by_code["1"]["change"]) == (90, 100, 10)
	assert by_code["2"]["change"] == 0
	cards = [f.card_of(campaign).index_score for campaign in (before, after)]
	assert [by_code[None]["before"], by_code[None]["after"]] == cards
	assert summary(result)["Units Compared"] == 1  # B has no year before
	assert "Department A" in result["message"]


def test_an_index_that_waits_for_a_survey_is_not_held_against_a_whole_one(two_years):
	before, after = two_years
	bring_survey(before, TA=80)
	result = run("PAR Year on Year", after)
	*areas, whole = result["result"]
	assert (whole["before"], whole["after"], whole["change"]) == (None, None, None)
	assert "1 units whose survey" in whole["note"] and summary(result)["Change of the Index"] == "–"
	survey = next(row for row in areas if row["code"] == "3")
	assert (survey["before"], survey["after"], survey["change"]) == (80, None, None)


def test_units_compare_their_own_years_from_when_both_are_shown(two_years):
	before, after = two_years
	hidden = {"units_see_appraisal": "When results are published"}
	shown = {"units_see_appraisal": "When appraised"}
	f.set_campaign(before, **shown)
	f.set_campaign(after, **hidden)
	assert rows("PAR Year on Year", after, f.HEAD_A) == []
	f.set_campaign(after, **shown)
	assert rows("PAR Year on Year", after, f.HEAD_A)
	assert rows("PAR Year on Year", after, f.HEAD_B) == []


def test_the_year_compared_with_must_be_one_the_reader_may_see(two_years):
	secret = f.make_campaign(year=2021)
	with pytest.raises(frappe.PermissionError):
		run("PAR Year on Year", two_years[1], f.HEAD_A, previous=secret.name)


def test_without_an_earlier_campaign_it_says_so(appraised):
	with f.as_user("Administrator"):
		earlier = frappe.db.count("PAR Campaign", {"year": ("<", 2000)})
	assert not earlier
	result = run("PAR Year on Year", f.set_campaign(appraised, year=2000))
	assert (result["result"], "no earlier campaign" in result["message"]) == ([], True)


# --- evidence ---------------------------------------------------------------------------------------


def outline(found: list[dict]) -> list[tuple]:
	return [(row["indent"], row["code"] or row["title"]) for row in found]


def test_one_document_stands_under_every_row_it_shows_and_is_counted_once(campaign):
	card = f.card_of(campaign)
	add_evidence(card, f.HEAD_A, ("1.1.1", "2.1.1"), document_number="12/KH-UBND")
	result = run("PAR Evidence List", campaign, unit="TA")
	assert outline(result["result"]) == [
		(0, "Department A"),
		(1, "1"),
		(2, "1.1"),
		(3, "1.1.1"),
		(4, "Plan"),
		(1, "2"),
		(2, "2.1"),
		(3, "2.1.1"),
		(4, "Plan"),
	]
	assert summary(result)["Documents"] == 1


def test_a_row_without_the_evidence_it_demands_is_named(campaign):
	with f.as_user(f.HEAD_A):
		f.fill(f.card_of(campaign)).save()
	result = run("PAR Evidence List", campaign, f.HEAD_A)
	assert outline(result["result"])[-1] == (4, "Still missing: Evidence")
	assert summary(result)["Rows still Lacking"] == 1
	add_evidence(f.card_of(campaign), f.HEAD_A, ("1.1.1",))
	assert summary(run("PAR Evidence List", campaign, f.HEAD_A))["Rows still Lacking"] == 0


def test_a_rejected_document_says_why_and_leaves_the_row_lacking(appraising):
	with f.as_user(f.HEAD_A):
		f.fill(f.card_of(appraising)).save()
	item = add_evidence(f.card_of(appraising), f.HEAD_A, ("1.1.1",))
	f.step(f.hand_in(appraising), f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		item.reload().update({"status": "Rejected", "status_reason": "Unsigned"})
		item.save()
	result = run("PAR Evidence List", appraising, unit="TA")
	row = next(row for row in result["result"] if row.get("evidence"))
	assert (row["status"], row["status_reason"]) == ("Rejected", "Unsigned")
	assert [summary(result)[key] for key in ("Rejected", "Rows still Lacking")] == [1, 1]


def test_evidence_is_narrowed_by_area_and_status(campaign):
	add_evidence(f.card_of(campaign), f.HEAD_A, ("1.1.1",))
	add_evidence(f.card_of(campaign), f.HEAD_A, ("2.1.1",))
	only = rows("PAR Evidence List", campaign, unit="TA", area="2")
	assert [row["code"] for row in only if row["code"]] == ["2", "2.1", "2.1.1"]
	assert rows("PAR Evidence List", campaign, unit="TA", status="Accepted") == []
	assert len(rows("PAR Evidence List", campaign, unit="TA", status="Pending")) == 9


def test_other_units_documents_are_not_listed(campaign):
	for unit, user in (("TA", f.HEAD_A), ("TB", f.HEAD_B)):
		add_evidence(f.card_of(campaign, unit), user, ("1.1.1",), issuer=unit)
	assert {
		row.get("issuer") for row in rows("PAR Evidence List", campaign, f.HEAD_A) if row.get("evidence")
	} == {"TA"}
	assert (
		len({row["evidence"] for row in rows("PAR Evidence List", campaign, f.LEAD) if row.get("evidence")})
		== 2
	)


# --- never stored -----------------------------------------------------------------------------------


@pytest.mark.parametrize("report", [*REPORTS, "PAR Rankings", "PAR Award Proposals"])
def test_a_refused_reader_does_not_turn_the_report_into_a_stored_one(base, par_clean_slate, report):
	draft = f.make_campaign()
	with pytest.raises(frappe.PermissionError):
		run(report, draft, f.HEAD_A)
	waiting = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
	assert not [t for t in waiting if t.kwargs.get("report") == report and not t.finished.is_set()]


@pytest.mark.parametrize("word", [*Progress, *MatchedBy])
def test_words_of_the_reports_are_translated(base, word, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "vi")
	assert frappe._(word.value) != word.value
