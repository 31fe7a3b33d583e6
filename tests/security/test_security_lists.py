"""One unit asking about another, or about its own scores before they are shown, by lists and searches.

Each test is a hole that was open. The campaign of `live`: A is under appraisal, B has handed in.
"""

import json

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

pytestmark = pytest.mark.usefixtures("behind_the_gate")

LINE, AREA = "PAR Scorecard Line", "PAR Scorecard Area"


def rows(answer) -> list:
	assert answer.status_code == 200, answer.text
	body = answer.json
	found = body.get("data", body.get("message"))
	return found["values"] if isinstance(found, dict) and "values" in found else found


def own_only(found: list, live: str, unit: str = "TB") -> bool:
	"""Whether there are rows, and all of the unit's scorecard."""
	parents = {row["parent"] if isinstance(row, dict) else row[0] for row in found}
	return {name for name in parents if name.startswith(live)} == {f"{live}-{unit}"}


# --- rows of child tables --------------------------------------------------------------------------


def test_rows_by_rest_are_the_own_units(live):
	found = rows(
		Browser(f.HEAD_B).get(
			f"/api/resource/{LINE}",
			parent=SCORECARD,
			fields=json.dumps(["parent", "self_claim"]),
			limit_page_length=0,
		)
	)
	assert own_only(found, live)


def test_rows_by_version_two_of_the_api_are_the_own_units(live):
	found = rows(
		Browser(f.STAFF_B).get(
			f"/api/v2/document/{LINE}", parent=SCORECARD, fields=json.dumps(["parent"]), limit=1000
		)
	)
	assert own_only(found, live)


@pytest.mark.parametrize("table", [LINE, AREA])
def test_report_builder_on_rows_holds_the_own_units(live, table):
	found = rows(
		Browser(f.HEAD_B).get(
			"/api/method/frappe.desk.reportview.get",
			doctype=table,
			parent_doctype=SCORECARD,
			fields=json.dumps([f"`tab{table}`.`parent`", f"`tab{table}`.`self_score`"]),
			page_length=1000,
		)
	)
	assert own_only(found, live)


def test_export_of_rows_holds_the_own_units(live):
	answer = Browser(f.HEAD_B).post(
		"frappe.desk.reportview.export_query",
		doctype=LINE,
		parent_doctype=SCORECARD,
		title="Rows",
		file_format_type="CSV",
		fields=json.dumps([f"`tab{LINE}`.`parent`", f"`tab{LINE}`.`self_claim`"]),
	)
	assert f"{live}-TA" not in answer.text


def test_rows_of_another_units_evidence_are_not_counted(live):
	browser = Browser(f.HEAD_B)
	count = browser.get(
		"/api/method/frappe.client.get_count",
		doctype="PAR Evidence Criterion",
		filters=json.dumps({"parent": frappe.db.get_value("PAR Evidence Item", {"campaign": live})}),
	)
	assert count.status_code == 403


def test_rows_of_a_draft_campaign_stay_hidden(live):
	draft = f.make_campaign(year=2032, title="Not launched")
	frappe.db.commit()
	try:
		found = rows(
			Browser(f.HEAD_B).get(
				"/api/method/frappe.client.get_list",
				doctype="PAR Campaign Group",
				parent="PAR Campaign",
				fields=json.dumps(["parent"]),
				limit_page_length=0,
			)
		)
		assert draft.name not in {row["parent"] for row in found}
	finally:
		frappe.delete_doc("PAR Campaign", draft.name, force=True)
		frappe.db.commit()


def test_user_without_unit_gets_no_rows(live):
	found = rows(
		Browser(f.HOMELESS).get(f"/api/resource/{LINE}", parent=SCORECARD, fields=json.dumps(["parent"]))
	)
	assert found == []


def test_province_gets_the_rows_of_all(live):
	found = rows(
		Browser(f.AUDITOR).get(
			f"/api/resource/{LINE}",
			parent=SCORECARD,
			fields=json.dumps(["parent"]),
			filters=json.dumps({"parent": ["like", f"{live}%"]}),
			limit_page_length=0,
		)
	)
	assert {row["parent"] for row in found} == {f"{live}-{unit}" for unit in ("TA", "TB", "TC", "TD")}


# --- search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["search_link", "search_widget"])
def test_search_cannot_ignore_permissions(live, method):
	answer = Browser(f.HEAD_B).get(
		f"/api/method/frappe.desk.search.{method}",
		doctype=SCORECARD,
		txt="",
		ignore_user_permissions=1,
		filter_fields=json.dumps(["index_score"]),
		page_length=50,
	)
	assert f"{live}-TB" in answer.text and f"{live}-TA" not in answer.text


def test_search_does_not_read_rows(live):
	answer = Browser(f.HEAD_B).get(
		"/api/method/frappe.desk.search.search_widget",
		doctype=LINE,
		txt="",
		ignore_user_permissions=1,
		reference_doctype=SCORECARD,
		filter_fields=json.dumps(["parent", "appraised_score", "appraisal_note"]),
	)
	assert "Secret reason" not in answer.text and live not in answer.text


def test_search_finds_by_text_for_those_who_may(live):
	found = Browser(f.LEAD).get(
		"/api/method/frappe.desk.search.search_link",
		doctype=SCORECARD,
		txt="Department A",
		filters=json.dumps({"campaign": live}),
	)
	assert [(row["value"], row["label"]) for row in found.json["message"]] == [(f"{live}-TA", "Department A")]


# --- questions about what one may not read ------------------------------------------------------------

QUESTIONS = {
	"filter": {"filters": {"index_score": [">", 0]}},
	"filter as list": {"filters": [[SCORECARD, "index_score", ">", 0]]},
	"filter in other case": {"filters": [[SCORECARD, "INDEX_SCORE", ">", 0]]},
	"filter on rows": {"filters": [[LINE, "appraised_score", "=", 1]]},
	"or filter": {"or_filters": [[SCORECARD, "index_score", ">", 0]]},
	"order": {"order_by": "index_score desc"},
	"group": {"group_by": "index_score", "fields": ["count(name) as n"]},
	"function": {
		"fields": ["max(`tabPAR Unit Scorecard`.docstatus + `tabPAR Unit Scorecard`.index_score) as x"]
	},
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_unit_cannot_ask_about_scores_it_does_not_see(live, question):
	parameters = {
		key: json.dumps(v) if not isinstance(v, str) else v for key, v in QUESTIONS[question].items()
	}
	answer = Browser(f.HEAD_A).get("/api/method/frappe.client.get_list", doctype=SCORECARD, **parameters)
	assert answer.status_code != 200, answer.text


def test_rows_cannot_be_sorted_by_what_the_appraisers_gave(live):
	answer = Browser(f.HEAD_A).get(
		f"/api/resource/{LINE}",
		parent=SCORECARD,
		fields=json.dumps(["code"]),
		order_by="appraised_score desc",
	)
	assert answer.status_code == 403


def test_chart_of_ones_own_asks_no_more_than_a_list(live):
	"""Anybody may make a chart, whose filters then come from the database and not from the request."""
	browser = Browser(f.HEAD_A)
	made = browser.post(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.create_dashboard_chart",
		args=json.dumps(
			{
				"chart_name": "Guess",
				"chart_type": "Group By",
				"group_by_type": "Count",
				"group_by_based_on": "unit",
				"document_type": SCORECARD,
				"type": "Bar",
				"filters_json": json.dumps([[SCORECARD, "index_score", ">", 0]]),
			}
		),
	)
	try:
		answer = browser.get(
			"/api/method/frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart_name="Guess"
		)
		assert made.status_code == 200 and answer.status_code == 403, answer.text
	finally:
		frappe.delete_doc("Dashboard Chart", "Guess", force=True, ignore_missing=True)
		frappe.db.commit()


def test_number_card_sums_nothing_hidden(live):
	answer = Browser(f.HEAD_A).get(
		"/api/method/frappe.desk.doctype.number_card.number_card.get_result",
		doc=json.dumps(
			{"document_type": SCORECARD, "function": "Sum", "aggregate_function_based_on": "index_score"}
		),
		filters="[]",
	)
	assert answer.status_code != 200 or not answer.json["message"]


def test_province_filters_by_scores(live):
	answer = Browser(f.LEAD).get(
		f"/api/resource/{SCORECARD}",
		filters=json.dumps({"campaign": live, "index_score": [">", 0]}),
		order_by="index_score desc",
	)
	assert [row["name"] for row in answer.json["data"]] == [f"{live}-TA"]


def test_unit_still_filters_and_sorts_by_what_it_reads(live):
	answer = Browser(f.HEAD_A).get(
		f"/api/resource/{SCORECARD}",
		filters=json.dumps([[SCORECARD, "campaign", "=", live], [SCORECARD, "unit_name", "like", "%a%"]]),
		fields=json.dumps(["name", "index_score"]),
		order_by="late_days desc",
	)
	assert answer.json["data"] == [{"name": f"{live}-TA"}]


def test_unit_asks_for_no_total_of_its_own_by_order(live):
	"""Totals hold values of surveys that the campaign does not show yet."""
	answer = Browser(f.HEAD_A).get(f"/api/resource/{SCORECARD}", order_by="self_index desc")
	assert answer.status_code == 403, answer.text


def test_count_answers_no_question_about_another_unit(live):
	"""Frappe counts with whatever filters, and without permissions."""
	browser = Browser(f.HEAD_B)
	filters = json.dumps({"name": f"{live}-TA"})
	for path in ("/api/method", "/api/v2/method"):
		answer = browser.get(f"{path}/frappe.client.get_count", doctype=SCORECARD, filters=filters)
		assert answer.json.get("message", answer.json.get("data")) == 0, path
	filters = json.dumps({"campaign": live, "index_score": [">", 0]})
	answer = browser.get("/api/method/frappe.client.get_count", doctype=SCORECARD, filters=filters)
	assert answer.status_code == 403


def test_count_answers_no_question_about_the_history(live):
	answer = Browser(f.HEAD_A).get(
		"/api/method/frappe.client.get_count",
		doctype="Version",
		filters=json.dumps({"ref_doctype": "PAR Appraisal", "data": ["like", "%Secret%"]}),
	)
	assert answer.status_code == 403


def test_count_is_right_for_those_who_may(live):
	query = {"doctype": SCORECARD, "filters": json.dumps({"campaign": live})}
	for user, number in ((f.LEAD, 4), (f.HEAD_B, 1), (f.HOMELESS, 0)):
		answer = Browser(user).get("/api/method/frappe.client.get_count", **query)
		assert answer.json["message"] == number, user


def test_no_values_are_counted_for_arranging_workflows(live):
	"""It takes any column for the state's, and counts its values over all documents."""
	answer = Browser(f.HEAD_B).get(
		"/api/method/frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		doctype=SCORECARD,
		workflow_state_field="index_score",
		states="[]",
	)
	assert answer.status_code == 403


# --- exports ----------------------------------------------------------------------------------------


def test_import_template_holds_no_appraised_rows(live):
	answer = Browser(f.HEAD_A).post(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype=SCORECARD,
		export_fields=json.dumps(
			{SCORECARD: ["name"], "lines": ["code", "appraised_score", "appraisal_note"]}
		),
		export_records="all",
	)
	assert answer.status_code == 403 and "Secret reason" not in answer.text


@pytest.mark.parametrize("doctype", [SCORECARD, json.dumps([SCORECARD])])
def test_data_export_holds_no_appraised_rows(live, doctype):
	answer = Browser(f.HEAD_A).post(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=doctype,
		parent_doctype=SCORECARD,
		all_doctypes=True,
		with_data=True,
		select_columns=json.dumps({SCORECARD: ["name"], LINE: ["name", "appraised_score", "appraisal_note"]}),
	)
	assert answer.status_code != 200 and "Secret reason" not in answer.text


# --- counts ----------------------------------------------------------------------------------------


def test_counts_in_a_form_are_of_what_the_unit_may_read(live):
	answer = Browser(f.HEAD_B).get(
		"/api/method/frappe.desk.notifications.get_open_count",
		doctype="PAR Campaign",
		name=live,
		items=json.dumps([SCORECARD, "PAR Award Proposal"]),
	)
	found = answer.json["message"]["count"]["external_links_found"]
	assert [(row["doctype"], row["count"]) for row in found] == [(SCORECARD, 1), ("PAR Award Proposal", 0)]


def test_counts_by_assignee_filter_nothing_for_units(live):
	"""The unit's own To Do that names another's scorecard would answer any filter on it."""
	browser = Browser(f.HEAD_B)
	todo = browser.call(
		"POST",
		"/api/resource/ToDo",
		description="Guess",
		reference_type=SCORECARD,
		reference_name=f"{live}-TA",
		allocated_to=f.HEAD_B,
	)
	try:
		answer = browser.get(
			"/api/method/frappe.desk.listview.get_group_by_count",
			doctype=SCORECARD,
			current_filters=json.dumps([[SCORECARD, "index_score", ">", 0]]),
			field="assigned_to",
		)
		assert answer.json["message"] == []
	finally:
		if todo.status_code == 200:
			frappe.delete_doc("ToDo", todo.json["data"]["name"], force=True)
			frappe.db.commit()


def test_submitted_documents_of_another_unit_are_not_named(live):
	answer = Browser(f.HEAD_B).get(
		"/api/method/frappe.desk.form.linked_with.get_submitted_linked_docs",
		doctype=SCORECARD,
		name=f"{live}-TA",
	)
	assert answer.status_code == 403


def test_units_texts_are_not_in_the_global_search():
	"""It gives whatever it finds to whoever may read some document of the kind."""
	for doctype in ("PAR Evidence Item", "PAR Award Proposal", "PAR Query", "PAR Task"):
		assert not frappe.get_meta(doctype).get_global_search_fields(), doctype
