"""The invariants over HTTP: real requests with real log-ins against the whole application."""

import json

import frappe
import pytest
import site_factories as f
from site_browser import REFUSALS, SCORECARD, Browser, state


def test_unit_reads_its_own_and_no_others_scorecard(live):
	browser = Browser(f.HEAD_B)
	assert browser.get(f"/api/resource/{SCORECARD}/{live}-TB").status_code == 200
	assert browser.get(f"/api/resource/{SCORECARD}/{live}-TA").status_code == 403
	listed = browser.get(f"/api/resource/{SCORECARD}", filters=json.dumps({"campaign": live})).json["data"]
	assert [row["name"] for row in listed] == [f"{live}-TB"]


def test_own_scores_under_appraisal_stay_hidden(live):
	browser = Browser(f.HEAD_A)
	assert "Secret reason" not in browser.get(f"/api/resource/{SCORECARD}/{live}-TA").text
	form = browser.get("/api/method/frappe.desk.form.load.getdoc", doctype=SCORECARD, name=f"{live}-TA")
	assert form.status_code == 200 and "Secret reason" not in form.text
	assert "Secret reason" in Browser(f.LEAD).get(f"/api/resource/{SCORECARD}/{live}-TA").text


@pytest.mark.parametrize("user", [f.APPRAISER_OF_A, f.HEAD_A, f.OUTSIDER, f.AUDITOR, f.CHAIRMAN])
def test_state_sent_by_rest_is_refused(live, user):
	answer = Browser(user).put(SCORECARD, f"{live}-TA", workflow_state="Appraised")
	assert answer.status_code in REFUSALS
	assert state(SCORECARD, f"{live}-TA") == "Under Appraisal"


def test_row_sent_by_rest_is_refused(live):
	row = f.line(frappe.get_doc(SCORECARD, f"{live}-TA"), "1.1.3")
	for user in (f.HEAD_A, f.LEAD, f.APPRAISER):
		answer = Browser(user).put("PAR Scorecard Line", row.name, appraised_score=5, self_score=5)
		assert answer.status_code in REFUSALS, user
	assert frappe.db.get_value("PAR Scorecard Line", row.name, ["self_score", "appraised_score"]) == (5, 1)


def test_claims_after_hand_in_by_set_value_are_refused(live):
	row = f.line(frappe.get_doc(SCORECARD, f"{live}-TB"), "1.1.3")
	answer = Browser(f.HEAD_B).post(
		"frappe.client.set_value",
		doctype="PAR Scorecard Line",
		name=row.name,
		fieldname="self_claim",
		value="1",
	)
	assert answer.status_code in REFUSALS
	assert frappe.db.get_value("PAR Scorecard Line", row.name, "self_claim") == "5"


def test_bulk_approval_changes_nothing_for_the_own_unit(live):
	Browser(f.APPRAISER_OF_A).post(
		"frappe.model.workflow.bulk_workflow_approval",
		docnames=json.dumps([f"{live}-TA"]),
		doctype=SCORECARD,
		action="Return for Supplement",
	)
	assert state(SCORECARD, f"{live}-TA") == "Under Appraisal"


def test_bulk_edit_of_state_is_refused(live):
	Browser(f.HEAD_B).post(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=SCORECARD,
		docnames=json.dumps([f"{live}-TB"]),
		action="update",
		data=json.dumps({"workflow_state": "Appraised"}),
	)
	assert state(SCORECARD, f"{live}-TB") == "Submitted"


def test_scorecard_sent_whole_through_the_form_is_checked(live):
	doc = json.loads(json.dumps(frappe.get_doc(SCORECARD, f"{live}-TB").as_dict(), default=str))
	doc["workflow_state"], doc["index_score"] = "Awarded", 100
	answer = Browser(f.HEAD_B).post("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save")
	assert answer.status_code in REFUSALS
	assert state(SCORECARD, f"{live}-TB") == "Submitted"


def test_evidence_file_opens_for_unit_and_appraiser_only(live):
	url = frappe.db.get_value("PAR Evidence Item", {"campaign": live}, "file")
	assert url.startswith("/private/files/")
	assert Browser(f.STAFF_A).get(url).data == b"secret of A"
	assert Browser(f.LEAD).get(url).data == b"secret of A"
	for user in (f.HEAD_B, f.HOMELESS):
		assert Browser(user).get(url).status_code == 403, user


def test_anothers_file_cannot_be_claimed_as_own_evidence(live):
	url = frappe.db.get_value("PAR Evidence Item", {"campaign": live}, "file")
	answer = Browser(f.email("head.c")).add_evidence(f"{live}-TC", title="Mine now", file=url)
	assert answer.status_code in REFUSALS
	assert Browser(f.email("head.c")).get(url).status_code == 403


@pytest.mark.parametrize("report", ["PAR Rankings", "PAR Award Proposals"])
def test_reports_are_closed_to_units_before_publication(live, report):
	answer = Browser(f.HEAD_A).get(
		"/api/method/frappe.desk.query_report.run",
		report_name=report,
		filters=json.dumps({"campaign": live}),
	)
	assert answer.status_code == 403 or not answer.json["message"].get("result")


@pytest.mark.parametrize("kind, format", [("ranking", "pdf"), ("awards", "xlsx"), ("results", "xlsx")])
def test_documents_are_closed_to_units(live, kind, format):
	answer = Browser(f.HEAD_A).get(
		"/api/method/par_campaign.documents.download",
		kind=kind,
		format=format,
		filters=json.dumps({"campaign": live}),
	)
	assert answer.status_code == 403


def test_manager_downloads_a_pdf(live):
	answer = Browser(f.MANAGER).get(
		"/api/method/par_campaign.documents.download",
		kind="ranking",
		format="pdf",
		filters=json.dumps({"campaign": live}),
	)
	assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_unit_head_cannot_share_a_scorecard(live):
	answer = Browser(f.HEAD_A).post(
		"frappe.share.add", doctype=SCORECARD, name=f"{live}-TA", user=f.HEAD_B, read=1, write=1
	)
	assert answer.status_code in REFUSALS
	assert Browser(f.HEAD_B).get(f"/api/resource/{SCORECARD}/{live}-TA").status_code == 403


def test_assigning_does_not_open_a_scorecard_to_another_unit(live):
	Browser(f.LEAD).post(
		"frappe.desk.form.assign_to.add",
		doctype=SCORECARD,
		name=f"{live}-TA",
		assign_to=json.dumps([f.HEAD_B]),
	)
	assert Browser(f.HEAD_B).get(f"/api/resource/{SCORECARD}/{live}-TA").status_code == 403
