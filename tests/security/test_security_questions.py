"""Questions about what may not be read, from wherever Frappe asks a list; and results of reports that are not stored.

Actors: department A's head, whose own appraised scores are not shown yet; B's head; the lead, who may ask.
"""

import json

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

from par_campaign.permissions import closed_fields, lists, reports

pytestmark = pytest.mark.usefixtures("behind_the_gate")

LINE = "PAR Scorecard Line"
VIEW, CLIENT = "frappe.desk.reportview.", "frappe.client."
INDEX = json.dumps([[SCORECARD, "index_score", ">", 0]])

ASKED = {
	"tags beside the list": (
		VIEW + "get_stats",
		{"stats": '["index_score"]', "doctype": SCORECARD},
	),
	"tags with a filter": (
		VIEW + "get_stats",
		{"stats": '["workflow_state"]', "doctype": SCORECARD, "filters": INDEX},
	),
	"sidebar": (
		VIEW + "get_sidebar_stats",
		{"stats": '["_user_tags"]', "doctype": SCORECARD, "filters": INDEX},
	),
	"dashboard filter": (
		VIEW + "get_filter_dashboard_data",
		{
			"stats": json.dumps([{"name": "index_score", "type": "Float"}]),
			"doctype": SCORECARD,
			"filters": "[]",
		},
	),
	"group by": (
		"frappe.desk.listview.get_group_by_count",
		{"doctype": SCORECARD, "current_filters": "[]", "field": "band"},
	),
	"group by with a filter": (
		"frappe.desk.listview.get_group_by_count",
		{"doctype": SCORECARD, "current_filters": INDEX, "field": "unit"},
	),
	"average": (
		CLIENT + "get_list",
		{"doctype": SCORECARD, "fields": '["avg(index_score) as x"]'},
	),
	"average in capitals": (
		CLIENT + "get_list",
		{"doctype": SCORECARD, "fields": '["AVG(`tabPAR Unit Scorecard`.`INDEX_SCORE`) as x"]'},
	),
	"renamed": (CLIENT + "get_list", {"doctype": SCORECARD, "fields": '["index_score as unit_name"]'}),
	"distinct": (CLIENT + "get_list", {"doctype": SCORECARD, "fields": '["distinct index_score"]'}),
	"or filter": (CLIENT + "get_list", {"doctype": SCORECARD, "or_filters": INDEX}),
	"value by filter": (
		CLIENT + "get_value",
		{"doctype": SCORECARD, "fieldname": "name", "filters": json.dumps({"index_score": [">", 0]})},
	),
	"count": (CLIENT + "get_count", {"doctype": SCORECARD, "filters": json.dumps({"band": "Good"})}),
	"count of the report view": (
		VIEW + "get_count",
		{"doctype": SCORECARD, "filters": INDEX, "fields": "[]"},
	),
	"aggregate of the report view": (
		VIEW + "get",
		{
			"doctype": SCORECARD,
			"fields": '["`tabPAR Unit Scorecard`.`unit`"]',
			"group_by": "`tabPAR Unit Scorecard`.`unit`",
			"aggregate_function": "sum",
			"aggregate_on_doctype": SCORECARD,
			"aggregate_on_field": "index_score",
		},
	),
	"search filter": (
		"frappe.desk.search.search_link",
		{"doctype": SCORECARD, "txt": "", "filters": json.dumps({"index_score": [">", 0]})},
	),
	"search field": (
		"frappe.desk.search.search_widget",
		{"doctype": SCORECARD, "txt": "", "filter_fields": '["max(index_score)"]'},
	),
	"next document": (
		"frappe.desk.form.utils.get_next",
		{"doctype": SCORECARD, "value": "", "prev": 0, "sort_field": "index_score"},
	),
	"rows": (
		CLIENT + "get_list",
		{"doctype": LINE, "parent": SCORECARD, "filters": json.dumps({"appraised_score": [">", 0]})},
	),
	"rows in the order of scores": (
		CLIENT + "get_list",
		{"doctype": LINE, "parent": SCORECARD, "order_by": "`tabPAR Scorecard Line`.`appraised_score` desc"},
	),
	"calendar": (
		"frappe.desk.calendar.get_events",
		{
			"doctype": SCORECARD,
			"start": "2000-01-01",
			"end": "2100-01-01",
			"field_map": json.dumps({"start": "creation", "end": "modified", "id": "name"}),
			"filters": INDEX,
			"fields": '["name", "creation", "modified"]',
		},
	),
	"field through a link": (
		CLIENT + "get_list",
		{"doctype": "PAR Evidence Item", "fields": '["scorecard.index_score"]'},
	),
	"proposal through a link": (
		CLIENT + "get_list",
		{"doctype": SCORECARD, "fields": '["name", "award_proposal.workflow_state"]'},
	),
	"column of a custom report": (
		"frappe.desk.query_report.get_data_for_custom_field",
		{"doctype": SCORECARD, "field": "max(index_score)"},
	),
}


# what is asked for is taken out, and the rest of the list given
TAKEN_OUT = ("average", "renamed", "distinct", "aggregate of the report view", "field through a link")


@pytest.fixture(scope="module")
def heads(live):
	return {"own": Browser(f.HEAD_A), "lead": Browser(f.LEAD)}


@pytest.mark.parametrize("question", list(ASKED))
def test_no_list_answers_about_what_is_closed(heads, question):
	"""A's head, about A's own hidden scores."""
	method, data = ASKED[question]
	answer = heads["own"].get(f"/api/method/{method}", **data)
	if question in TAKEN_OUT and answer.status_code == 200:
		assert all(
			name not in answer.text for name in ("index_score", '"x"', "unit_name", "_aggregate_column")
		)
	else:
		assert answer.status_code != 200 or answer.json.get("message") in (None, [], {}, {"stats": {}})
	assert "TypeError" not in answer.text and "AttributeError" not in answer.text, answer.text


def test_a_saved_report_asks_no_more_than_a_list(live):
	"""A's head saves a report in the report view, whose order the server reads from the database."""
	browser = Browser(f.HEAD_A)
	settings = {"fields": [["name", SCORECARD]], "filters": [[SCORECARD, "index_score", ">", 0]]}
	made = browser.post(
		"frappe.desk.reportview.save_report",
		name="Guess",
		doctype=SCORECARD,
		report_settings=json.dumps(settings),
	)
	try:
		answer = browser.get("/api/method/frappe.desk.query_report.run", report_name="Guess")
		assert made.status_code == 200 and live not in answer.text
		with f.as_user(f.HEAD_A), pytest.raises(frappe.PermissionError):
			frappe.get_doc("Report", "Guess").get_data()
	finally:
		frappe.delete_doc("Report", "Guess", force=True, ignore_missing=True)
		frappe.db.commit()


def test_the_lead_may_ask(heads):
	answer = heads["lead"].get(
		"/api/method/frappe.client.get_list", doctype=SCORECARD, filters=INDEX, fields='["name"]'
	)
	assert answer.status_code == 200 and answer.json["message"]


# --- closed where the query is not found --------------------------------------------------------------


def test_a_query_that_is_not_found_is_refused(base):
	"""The condition asked for by something that is no list of Frappe's as we know it."""
	with pytest.raises(frappe.PermissionError):
		lists.condition(f.HEAD_B, SCORECARD)
	assert lists.condition(f.LEAD, SCORECARD) == ""


@pytest.mark.parametrize("name", ["filters", "or_filters", "order_by", "group_by", "fields", "link_tables"])
def test_a_query_whose_parts_have_other_names_is_refused(base, monkeypatch, name):
	"""As if Frappe had renamed an attribute of its query."""
	known = closed_fields.is_known

	def renamed(query):
		value = query.__dict__.pop(name)
		try:
			return known(query)
		finally:
			setattr(query, name, value)

	with f.as_user(f.HEAD_B):
		assert isinstance(frappe.get_list(SCORECARD), list)
		monkeypatch.setattr(closed_fields, "is_known", renamed)
		with pytest.raises(frappe.PermissionError):
			frappe.get_list(SCORECARD)
		assert isinstance(frappe.get_list("ToDo"), list)  # what is not ours goes its way


def test_a_query_in_another_variable_is_refused(base, monkeypatch):
	"""As if Frappe asked for the conditions from elsewhere than a method of its query."""
	monkeypatch.setattr(closed_fields, "DatabaseQuery", type("AnotherQuery", (), {}))
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		frappe.get_list(SCORECARD)


# --- reports are worked out anew ----------------------------------------------------------------------


@pytest.mark.parametrize("user", [f.HEAD_B, f.LEAD, f.AUDITOR])
def test_no_result_of_our_reports_is_stored(live, user):
	"""Whoever asks for one: Frappe would hand it to the next reader unasked."""
	answer = Browser(user).post(
		"frappe.core.doctype.prepared_report.prepared_report.make_prepared_report",
		report_name="PAR Rankings",
		filters=json.dumps({"campaign": live}),
	)
	assert answer.status_code == 403
	assert not frappe.db.count("Prepared Report", {"report_name": "PAR Rankings"})


def test_a_stored_result_is_handed_to_nobody_and_goes_within_the_hour(live):
	"""One from before, as left by an older version; the auditor, who may read the report."""
	stored = frappe.get_doc(
		doctype="Prepared Report",
		name="left-over",
		report_name="PAR Rankings",
		status="Completed",
		filters="{}",
	)
	stored.db_insert()
	frappe.db.commit()
	answer = Browser(f.AUDITOR).get(
		"/api/method/frappe.core.doctype.prepared_report.prepared_report.download_attachment", dn="left-over"
	)
	assert answer.status_code != 200
	reports.keep_live()
	frappe.db.commit()
	assert not frappe.db.exists("Prepared Report", "left-over")


def test_keeping_reports_live_is_scheduled():
	assert "par_campaign.permissions.reports.keep_live" in frappe.get_hooks("scheduler_events")["hourly"]
