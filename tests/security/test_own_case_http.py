"""Holes that were open, by plain requests: the lead who is of a unit, the secretary's votes, the author of a note."""

import frappe
import pytest
import site_factories as f
from site_browser import REFUSALS, Browser

EXTERNAL, PROPOSAL, CARD = "PAR External Result", "PAR Award Proposal", "PAR Unit Scorecard"


def survey(campaign: str, **values) -> dict:
	return {
		"doctype": EXTERNAL,
		"campaign": campaign,
		"criterion_code": "3.1",
		"source": "SIPAS",
		"document_number": "9/BC",
		"document_date": "2031-12-01",
		"external_values": [{"unit": unit, "value": value} for unit, value in values.items()],
	}


def give_unit(user: str, unit: str) -> str:
	permission = frappe.get_doc(
		doctype="User Permission",
		user=user,
		allow="PAR Unit",
		for_value=unit,
		apply_to_all_doctypes=0,
		applicable_for=CARD,
	).insert()
	frappe.db.commit()
	return permission.name


@pytest.fixture
def lead_of_a(live):
	"""The campaign's lead, who belongs to department A, logged in."""
	permission = give_unit(f.LEAD, "TA")
	yield Browser(f.LEAD)
	frappe.delete_doc("User Permission", permission)
	frappe.db.delete(EXTERNAL, {"campaign": live})
	frappe.db.commit()


@pytest.fixture
def appraiser_of_c(live):
	"""A voting member of the council who belongs to department C."""
	permission = give_unit(f.APPRAISER, "TC")
	yield f.APPRAISER
	frappe.delete_doc("User Permission", permission)
	frappe.db.commit()


def external_of(campaign: str, unit: str = "TA"):
	frappe.db.rollback()
	return frappe.db.get_value(
		"PAR Scorecard Line", {"parent": f"{campaign}-{unit}", "code": "3.1"}, "external_value"
	)


def test_lead_of_department_a_gives_it_no_external_value(live, lead_of_a):
	"""Hole 2: entering and submitting a value of the own unit moved its index."""
	answer = lead_of_a.call("POST", f"/api/resource/{EXTERNAL}", **survey(live, TA=100))
	assert answer.status_code == 403 and "Department A" in answer.text
	draft = frappe.get_doc(survey(live, TA=100)).insert()
	frappe.db.commit()
	assert lead_of_a.put(EXTERNAL, draft.name, docstatus=1).status_code in REFUSALS
	submitted = lead_of_a.post("frappe.client.submit", doc=draft.as_json())
	assert submitted.status_code in REFUSALS and not external_of(live)
	frappe.get_doc(EXTERNAL, draft.name).submit()
	frappe.db.commit()
	assert lead_of_a.post("frappe.client.cancel", doctype=EXTERNAL, name=draft.name).status_code in REFUSALS
	assert external_of(live) == 100
	others = lead_of_a.call("POST", f"/api/resource/{EXTERNAL}", **survey(live, TB=80))
	assert others.status_code == 200, others.text


def test_manager_enters_no_external_value(live):
	"""Hole 2: the manager could, though the documents give it to the lead."""
	answer = Browser(f.MANAGER).call("POST", f"/api/resource/{EXTERNAL}", **survey(live, TB=100))
	assert answer.status_code == 403 and not frappe.db.exists(
		EXTERNAL, {"campaign": live, "owner": f.MANAGER}
	)


def test_secretary_writes_no_vote_without_its_account(live, appraiser_of_c):
	"""Hole 8: a member of department C, named by address and without account, voted for department C."""
	f.appraise(frappe.get_doc("PAR Campaign", live), "TC")
	certificate = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[1]
	with f.as_user(f.SECRETARY):
		doc = frappe.get_doc(
			doctype=PROPOSAL, campaign=live, scorecard=f"{live}-TC", award_level=certificate
		).insert()
	f.step(doc, f.SECRETARY, "Council")
	frappe.db.commit()
	vote = {"member_name": appraiser_of_c, "user": None, "vote": "For"}
	answer = Browser(f.SECRETARY).put(PROPOSAL, doc.name, meeting_date="2031-12-20", votes=[vote])
	assert answer.status_code == 417 and "recused" in answer.text
	frappe.db.rollback()
	assert not frappe.db.count("PAR Council Vote", {"parent": doc.name})


def test_author_does_not_rewrite_the_apps_own_note(live):
	"""A low one: a note the app writes has whoever caused it as author, whom Frappe lets rewrite it."""
	with f.as_user(f.LEAD):
		note = frappe.get_doc(CARD, f"{live}-TB").add_comment("Info", "row 3.1 from – to 80")
	frappe.db.commit()
	lead = Browser(f.LEAD)
	answer = lead.post("frappe.desk.form.utils.update_comment", name=note.name, content="nothing")
	assert answer.status_code == 403
	for method in ("frappe.client.set_value", "frappe.client.delete"):
		values = {"doctype": "Comment", "name": note.name, "fieldname": "content", "value": "x"}
		assert lead.post(method, **values).status_code in (*REFUSALS, 404)
	frappe.db.rollback()
	assert "to 80" in frappe.db.get_value("Comment", note.name, "content")


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A, f.LEAD, f.MANAGER])
def test_the_audit_trail_is_the_auditors(live, user):
	asked = {"report_name": "PAR Audit Trail", "filters": {"campaign": live}}
	assert Browser(user).post("frappe.desk.query_report.run", **asked).status_code == 403
	assert Browser(f.AUDITOR).post("frappe.desk.query_report.run", **asked).status_code == 200
