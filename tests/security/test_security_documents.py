"""Documents sent whole, followed, printed, or pointed at the wrong thing. Each test is a hole that was open."""

import json

import frappe
import pytest
import site_factories as f
from site_browser import REFUSALS, SCORECARD, Browser


def as_sent(doc, **values) -> dict:
	return {**json.loads(json.dumps(doc.as_dict(), default=str)), **values}


def run_doc_method(browser: Browser, **data):
	return browser.call("POST", "/api/method/run_doc_method", **data)


@pytest.mark.parametrize(
	"method, arguments", [("frappe.client.save", {}), ("frappe.desk.form.save.savedocs", {"action": "Save"})]
)
def test_another_units_scorecard_is_not_saved_under_ones_own_name(live, method, arguments):
	doc = as_sent(frappe.get_doc(SCORECARD, f"{live}-TC"), unit="TB", return_note="mine")
	answer = Browser(f.HEAD_B).post(method, doc=json.dumps(doc), **arguments)
	assert answer.status_code in REFUSALS
	assert not frappe.db.get_value(SCORECARD, f"{live}-TC", "return_note")


def test_gaps_are_not_told_of_a_document_made_up(live):
	"""Called "new", a document is not compared with what stands under its name."""
	doc = as_sent(frappe.get_doc(SCORECARD, f"{live}-TA"), unit="TB", __islocal=1)
	assert run_doc_method(Browser(f.HEAD_B), docs=json.dumps(doc), method="gaps").status_code == 403


def test_units_are_not_told_how_far_the_others_are(live):
	answer = run_doc_method(Browser(f.HEAD_B), dt="PAR Campaign", dn=live, method="coverage")
	assert answer.json["message"] == []
	answer = run_doc_method(Browser(f.MANAGER), dt="PAR Campaign", dn=live, method="coverage")
	assert sum(sum(group["states"].values()) for group in answer.json["message"]) == 4


def test_steps_are_not_taken_by_a_link(live):
	"""A GET needs no token of the session, so a link in a mail could do it."""
	answer = Browser(f.LEAD).get(
		"/api/method/run_doc_method",
		dt=SCORECARD,
		dn=f"{live}-TB",
		method="disqualify",
		args=json.dumps({"reason": "x"}),
	)
	assert answer.status_code in REFUSALS
	assert not frappe.db.get_value(SCORECARD, f"{live}-TB", "disqualified")


@pytest.mark.parametrize(
	"file", ["javascript:alert(1)", "https://example.org/plan.pdf", "/etc/passwd", "/api/method/logout"]
)
def test_evidence_is_a_stored_file(live, file):
	answer = Browser(f.HEAD_C).add_evidence(f"{live}-TC", title="Elsewhere", file=file)
	assert answer.status_code in REFUSALS
	assert not frappe.db.exists("PAR Evidence Item", {"title": "Elsewhere"})


def test_another_units_scorecard_is_not_followed(live):
	frappe.db.set_value("User", f.HEAD_B, "document_follow_notify", 1)
	frappe.db.commit()
	frappe.clear_document_cache("User", f.HEAD_B)
	try:
		browser, method = Browser(f.HEAD_B), "frappe.desk.form.document_follow.update_follow"
		for doctype, name in ((SCORECARD, f"{live}-TA"), ("PAR Appraisal", f"{live}-TB-R1")):
			browser.post(method, doctype=doctype, doc_name=name, following=True)
			assert not frappe.db.exists("Document Follow", {"ref_docname": name}), name
		browser.post(method, doctype=SCORECARD, doc_name=f"{live}-TB", following=True)
		assert frappe.db.exists("Document Follow", {"ref_docname": f"{live}-TB", "user": f.HEAD_B})
	finally:
		frappe.db.set_value("User", f.HEAD_B, "document_follow_notify", 0)
		frappe.db.delete("Document Follow", {"user": f.HEAD_B})
		frappe.db.commit()


def test_print_format_shows_nothing_hidden(live):
	"""A print format is a template over the whole document, whatever its reader may see of it."""
	html = "{% for row in doc.lines %}{{ row.code }} {{ row.appraisal_note or '' }}{% endfor %}"
	frappe.get_doc(
		doctype="Print Format",
		name="Guess",
		doc_type=SCORECARD,
		custom_format=1,
		print_format_type="Jinja",
		html=html,
		standard="No",
	).insert()
	frappe.db.commit()
	try:
		query = {"doctype": SCORECARD, "name": f"{live}-TA", "format": "Guess"}
		own, lead = (Browser(user).get("/printview", **query).text for user in (f.HEAD_A, f.LEAD))
		assert "1.1.3" in own and "Secret reason" not in own
		assert "Secret reason" in lead
	finally:
		frappe.delete_doc("Print Format", "Guess", force=True)
		frappe.db.commit()


def test_unit_does_not_see_that_rows_were_struck_out(appraising):
	"""The maximum tells which rows the appraisers hold not to apply."""
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		row = f.line(card, "1.1.3")
		row.appraised_applicable, row.appraisal_note = 0, "No such business"
		card.save()
	with f.as_user(f.HEAD_A):
		seen = f.card_of(appraising).as_dict()
	assert "maximum" not in seen
	assert all("maximum" not in area for area in seen["areas"])


def _before_the_chairman(campaign):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, unit, claims={} if unit == "TA" else {"1.1.3": "3"})
	f.step(campaign, f.MANAGER, "Results Published")
	flag, certificate = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=2)
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=campaign.name,
			scorecard=f"{campaign.name}-TA",
			award_level=flag,
		).insert()
		f.step(proposal, f.SECRETARY, "Council")
		proposal.fill_council()
		for row in proposal.votes:
			row.vote = "For" if row.user != f.APPRAISER_OF_A else row.vote
		proposal.meeting_date = "2023-12-20"
		proposal.save()
	return f.step(proposal, f.SECRETARY, "Submitted to Chairman"), certificate


def test_award_does_not_change_under_the_councils_vote(appraising):
	proposal, certificate = _before_the_chairman(appraising)
	with f.as_user(f.CHAIRMAN), pytest.raises(frappe.ValidationError, match="draft"):
		proposal.reload()
		proposal.award_level = certificate
		proposal.save()


def test_standing_does_not_change_under_the_councils_vote(appraising):
	proposal, _certificate = _before_the_chairman(appraising)
	before = (proposal.rank, proposal.index_score, proposal.vote_threshold)
	with f.as_user(f.CHAIRMAN):
		proposal.reload()
		proposal.update({"rank": 7, "index_score": 1, "vote_threshold": 1})
		proposal.save()
	proposal.reload()
	assert (proposal.rank, proposal.index_score, proposal.vote_threshold) == before
