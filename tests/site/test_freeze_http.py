"""Published results are fixed: every way a request can change a document is tried on all they consist of.

Each attempt is judged by what stands in the database afterwards, not by the answer's words.
"""

import json
from contextlib import suppress

import frappe
import pytest
import site_factories as f
from frappe.core.doctype.data_import.importer import Importer
from site_browser import PASSWORD, REFUSALS, SCORECARD, Browser, remove

RESULT, PROPOSAL = "PAR Published Result", "PAR Award Proposal"
SYSTEM_MANAGER = f.email("everything")
FIXED = {  # all that a published version is made of, and what it was made from
	RESULT: {"superseded", "rows", "payload_sha256"},
	SCORECARD: {"lines", "areas"},
	"PAR Appraisal": {"changes"},
	"PAR External Result": {"external_values"},
}
CAMPAIGN_FIELDS = ("year", "vote_base", "published_version", "published_result", "workflow_state")
CAMPAIGN_TABLES = ("groups", "bands", "tie_breakers", "award_quotas")


@pytest.fixture(scope="module")
def published(base):
	"""A committed campaign with published results: A to D appraised, B out of the running in draft."""
	frappe.set_user("Administrator")
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2032, title="Published")))
	with f.as_user(f.MANAGER):
		f.card_of(campaign, "TB").disqualify("False evidence")
	for unit in ("TA", "TC", "TD"):
		f.appraise(campaign, unit)
	with f.as_user(f.LEAD):
		frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="1/BC",
			document_date="2023-11-01",
			external_values=[{"unit": "TA", "value": 90}],
		).insert().submit()
	f.step(campaign, f.MANAGER, "Results Published")
	make_system_manager()
	frappe.db.commit()
	yield campaign.name
	frappe.db.delete("PAR External Result", {"campaign": campaign.name})
	frappe.db.delete("PAR Published Row", {"parent": ("like", f"{campaign.name}-%")})
	remove(campaign.name)


def make_system_manager() -> None:
	if frappe.db.exists("User", SYSTEM_MANAGER):
		return
	roles = ("System Manager", "PAR Campaign Manager", "PAR Appraisal Lead", "PAR Council Secretary")
	doc = frappe.get_doc(
		doctype="User",
		email=SYSTEM_MANAGER,
		first_name="Everything",
		send_welcome_email=0,
		roles=[{"role": role} for role in roles],
		new_password=PASSWORD,
	)
	doc.flags.ignore_password_policy = True
	doc.insert()


def stands(campaign: str) -> dict:
	"""All that publishing has fixed, as it is in the database."""
	frappe.db.rollback()
	frappe.clear_document_cache("PAR Campaign", campaign)
	found = {}
	for doctype in FIXED:
		for name in frappe.get_all(doctype, {"campaign": campaign}, pluck="name", order_by="name"):
			found[doctype, name] = plain(frappe.get_doc(doctype, name))
	doc = frappe.get_doc("PAR Campaign", campaign)
	found["campaign"] = {field: doc.get(field) for field in CAMPAIGN_FIELDS} | {
		table: [plain(row) for row in doc.get(table)] for table in CAMPAIGN_TABLES
	}
	for group in (f.GROUP, f.DISTRICTS):
		found["group", group] = bool(frappe.db.exists("PAR Unit Group", group))
	found["levels"] = frappe.get_all("PAR Award Level", pluck="name", order_by="name")
	found["sets"] = [
		plain(frappe.get_doc("PAR Criteria Set", row.criteria_set))["criteria"] for row in doc.groups
	]
	return found


def plain(doc) -> dict:
	# a save that changes nothing is no harm
	aside = ("_comments", "_liked_by", "_user_tags", "_assign", "_seen", "modified", "modified_by")
	values = json.loads(json.dumps(doc.as_dict(), default=str))
	for key, value in values.items():
		if isinstance(value, list):
			values[key] = [{k: v for k, v in row.items() if k not in aside} for row in value]
	return {key: value for key, value in values.items() if key not in aside}


def moved(before: dict, after: dict) -> list:
	"""What differs: place, before, after."""
	return [
		(key, _difference(before.get(key), after.get(key)))
		for key in sorted(before.keys() | after.keys(), key=str)
		if before.get(key) != after.get(key)
	]


def _difference(before, after):
	if isinstance(before, dict) and isinstance(after, dict):
		return {
			k: (before.get(k), after.get(k))
			for k in before.keys() | after.keys()
			if before.get(k) != after.get(k)
		}
	return before, after


def a_version(campaign):
	return RESULT, f"{campaign}-V1", {"digest": "0" * 64, "superseded": 1, "correction_reason": "x"}


def a_scorecard(campaign):
	return SCORECARD, f"{campaign}-TA", {"index_score": 100, "band": "Good", "trace": "x", "provisional": 1}


def a_scorecard_out_of_the_running(campaign):
	return SCORECARD, f"{campaign}-TB", {"disqualified": 0, "disqualified_reason": None}


def an_appraisal(campaign):
	return "PAR Appraisal", f"{campaign}-TA-R1", {"index_score": 100, "closed_by": "x@test.example"}


def an_external_result(campaign):
	name = frappe.get_all("PAR External Result", {"campaign": campaign}, pluck="name", order_by="name")[0]
	return "PAR External Result", name, {"source": "DDCI", "criterion_code": "1.1.1"}


def a_published_row(campaign):
	return *_row(RESULT, f"{campaign}-V1", "rows"), {"rank": 9, "index_score": 1}


def a_score(campaign):
	return *_row(SCORECARD, f"{campaign}-TA", "lines"), {"appraised_score": 0, "self_claim": "No"}


def an_unsent_score(campaign):
	return *_row(SCORECARD, f"{campaign}-TB", "lines"), {"self_claim": "Yes"}


def a_quota(campaign):
	return *_row("PAR Campaign", campaign, "award_quotas"), {"places": 9}


def a_class(campaign):
	return *_row("PAR Campaign", campaign, "bands"), {"minimum": 1}


def the_campaign(campaign):
	return "PAR Campaign", campaign, {"vote_base": "All members", "year": 2001, "published_version": 7}


def _row(doctype: str, name: str, table: str) -> tuple[str, str]:
	row = frappe.get_doc(doctype, name).get(table)[0]
	return row.doctype, row.name


TARGETS = (
	a_version,
	a_scorecard,
	a_scorecard_out_of_the_running,
	an_appraisal,
	an_external_result,
	a_published_row,
	a_score,
	an_unsent_score,
	a_quota,
	a_class,
	the_campaign,
)
BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"


def attempts(browser: Browser, doctype: str, name: str, values: dict):
	"""One request after another that would change, rename or remove the document."""
	whole = json.loads(json.dumps(frappe.get_doc(doctype, name).as_dict(), default=str)) | values
	forced = {"flags": {"publishing": True, "external_update": True, "ignore_permissions": True}}
	names = json.dumps([name])
	yield browser.put(doctype, name, **values)
	yield browser.put(doctype, name, **values, **forced)
	yield browser.call("PUT", f"/api/v2/document/{doctype}/{name}/", **values)
	yield browser.call("PATCH", f"/api/v2/document/{doctype}/{name}/", **values)
	yield browser.post(
		"frappe.client.set_value", doctype=doctype, name=name, fieldname=json.dumps(values), value=None
	)
	yield browser.post("frappe.client.save", doc=json.dumps(whole | forced))
	yield browser.post(
		"frappe.client.insert", doc=json.dumps({k: v for k, v in whole.items() if k != "name"})
	)
	yield browser.call("POST", f"/api/resource/{doctype}", **{**whole, **forced, "name": f"{name}-x"})
	yield browser.post(
		"frappe.client.bulk_update", docs=json.dumps([{"doctype": doctype, "docname": name, **values}])
	)
	for action in ("Save", "Submit", "Update", "Cancel"):
		yield browser.post("frappe.desk.form.save.savedocs", doc=json.dumps(whole), action=action)
	for action in ("update", "submit", "cancel"):
		yield browser.post(BULK, doctype=doctype, docnames=names, action=action, data=json.dumps(values))
	yield browser.post("frappe.client.cancel", doctype=doctype, name=name)
	yield browser.post("frappe.desk.form.save.cancel", doctype=doctype, name=name)
	yield browser.post("frappe.client.rename_doc", doctype=doctype, old_name=name, new_name=f"{name}-new")
	yield browser.post(
		"frappe.model.rename_doc.update_document_title", doctype=doctype, docname=name, name=f"{name}-new"
	)
	yield browser.post("frappe.client.delete", doctype=doctype, name=name)
	yield browser.post("frappe.desk.reportview.delete_items", doctype=doctype, items=names)
	yield browser.call("DELETE", f"/api/resource/{doctype}/{name}")
	yield browser.call("DELETE", f"/api/v2/document/{doctype}/{name}/")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("user", [SYSTEM_MANAGER, f.MANAGER, f.LEAD])
def test_nothing_published_changes(published, user, target):
	before = stands(published)
	browser = Browser(user)
	for at, answer in enumerate(attempts(browser, *target(published))):
		assert answer.status_code < 500, (at, answer.text[-500:])
		assert moved(before, stands(published)) == [], (at, answer.text[-500:])


@pytest.mark.parametrize("user", [f.HEAD_B, f.STAFF_B])
def test_a_unit_out_of_the_running_cannot_change_its_scorecard_either(published, user):
	before = stands(published)
	browser = Browser(user)
	for target in (a_scorecard_out_of_the_running, an_unsent_score):
		for _answer in attempts(browser, *target(published)):
			assert moved(before, stands(published)) == []
	whole = json.loads(json.dumps(frappe.get_doc(SCORECARD, f"{published}-TB").as_dict(), default=str))
	whole["lines"][0]["self_claim"] = "Yes"
	browser.post("frappe.client.save", doc=json.dumps(whole))
	browser.put(SCORECARD, f"{published}-TB", workflow_state="Submitted")
	assert moved(before, stands(published)) == []


METHODS = (
	("disqualify", {"reason": "x"}),
	("requalify", {}),
	("take_out", {"reason": "x"}),
	("put_back", {}),
)


@pytest.mark.parametrize("unit", ["TA", "TB"])
@pytest.mark.parametrize("user", [SYSTEM_MANAGER, f.MANAGER])
def test_methods_of_a_scorecard_leave_it_as_published(published, user, unit):
	before = stands(published)
	browser = Browser(user)
	for method, arguments in METHODS:
		path = f"/api/resource/{SCORECARD}/{published}-{unit}"
		answer = browser.call("POST", path, run_method=method, **arguments)
		assert answer.status_code in (200, *REFUSALS), answer.text  # 200: it had nothing to change
		assert moved(before, stands(published)) == [], method
	for step in ("Begin Appraisal", "Close Appraisal", "Reopen Appraisal", "Return for Supplement"):
		doc = json.dumps({"doctype": SCORECARD, "name": f"{published}-{unit}"})
		browser.post("frappe.model.workflow.apply_workflow", doc=doc, action=step)
		assert moved(before, stands(published)) == [], step


@pytest.mark.parametrize("user", [SYSTEM_MANAGER, f.MANAGER])
def test_names_that_results_speak_of_are_kept(published, user):
	before = stands(published)
	browser = Browser(user)
	level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	other = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[1]
	for doctype, name, new in (
		("PAR Unit Group", f.GROUP, "Other departments"),
		("PAR Unit Group", f.GROUP, f.DISTRICTS),
		("PAR Award Level", level, "Other award"),
		("PAR Award Level", level, other),
		("PAR Unit", "TA", "TX"),
	):
		for merge in (0, 1):
			browser.post(
				"frappe.client.rename_doc", doctype=doctype, old_name=name, new_name=new, merge=merge
			)
			browser.post(
				"frappe.model.rename_doc.update_document_title",
				doctype=doctype,
				docname=name,
				name=new,
				merge=merge,
			)
			assert moved(before, stands(published)) == [], (doctype, new)


@pytest.mark.parametrize("user", [SYSTEM_MANAGER, f.MANAGER])
def test_the_criteria_set_behind_results_is_kept(published, user):
	before = stands(published)
	doc = frappe.get_doc("PAR Campaign", published)
	name = doc.groups[0].criteria_set
	row = frappe.get_doc("PAR Criteria Set", name).criteria[2]
	browser = Browser(user)
	for target in (
		("PAR Criteria Set", name, {"locked": 0, "bonus_cap": 1}),
		(row.doctype, row.name, {"maximum": 9}),
	):
		for answer in attempts(browser, *target):
			assert answer.status_code < 500, answer.text[-500:]
			assert moved(before, stands(published)) == [], answer.text[-500:]


@pytest.mark.parametrize("user", [SYSTEM_MANAGER, "Administrator"])
@pytest.mark.parametrize("target", [a_version, a_scorecard, the_campaign])
def test_data_import_changes_nothing_published(published, user, target, tmp_path):
	before = stands(published)
	doctype, name, values = target(published)
	field = next(iter(values))
	path = tmp_path / "import.csv"
	label = frappe.get_meta(doctype).get_label(field)
	path.write_text(f"ID,{label}\n{name},{values[field]}\n", encoding="utf-8")
	with f.as_user(user), suppress(frappe.ValidationError, frappe.PermissionError):
		kind = "Update Existing Records"
		Importer(doctype, file_path=str(path), import_type=kind, console=True).import_data()
	assert moved(before, stands(published)) == []
