"""Nobody judges their own case: each action of permissions/own_case.py, tried by somebody of the unit concerned.

The lead, manager, secretary and chairman of these tests are the campaign's own, in everything allowed what they
try, who have been given department A besides.
"""

import importlib
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest
import site_factories as f
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_award_proposal import desk, meeting
from par_campaign.par_campaign.doctype.par_award_proposal.make import make_proposals
from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.par_campaign.doctype.par_set_revision import apply
from par_campaign.par_campaign.page.par_appraisal_grid import grid as appraisal_grid
from par_campaign.permissions import own_case

CARD, PROPOSAL, EXTERNAL = "PAR Unit Scorecard", "PAR Award Proposal", "PAR External Result"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "developers" / "own_case.md"
OFFICIALS = (f.LEAD, f.MANAGER, f.SECRETARY, f.CHAIRMAN)
TRIED: set[str] = set()  # keys of the actions that a test of this module has tried


def give_unit(*users: str, unit: str = "TA") -> None:
	"""Let accounts belong to a unit without narrowing what they work on."""
	for user in users:
		frappe.get_doc(
			doctype="User Permission",
			user=user,
			allow="PAR Unit",
			for_value=unit,
			apply_to_all_doctypes=0,
			applicable_for=CARD,
		).insert()


def refused(user: str, key: str, attempt, message: str = "You belong to") -> None:
	"""The attempt fails for the user's own unit and leaves nothing behind."""
	TRIED.add(key)
	frappe.db.savepoint("attempt")
	try:
		with f.as_user(user), pytest.raises((frappe.PermissionError, frappe.ValidationError)) as error:
			attempt()
		assert message in frappe.utils.strip_html(str(error.value)), (key, error.value)
	finally:
		frappe.db.rollback(save_point="attempt")
		frappe.clear_document_cache(CARD, "")


def saved(doctype: str, name: str, **values):
	return lambda: frappe.get_doc(doctype, name).update(values).save()


def method(doctype: str, name: str, called: str, *arguments):
	return lambda: getattr(frappe.get_doc(doctype, name), called)(*arguments)


# --- appraisal and management of one unit ------------------------------------------------------------


def _row(card, **values):
	doc = frappe.get_doc(CARD, card)
	f.line(doc, "1.1.3").update(values)
	doc.save()


def _grid(campaign, card):
	stamp = appraisal_grid.stamp(f.line(frappe.get_doc(CARD, card), "1.1.3"))
	rows = [{"scorecard": card, "stamp": stamp, "appraised_claim": "5"}]
	found = appraisal_grid.save_grid(campaign, f.GROUP, "1.1.3", rows)
	raise frappe.PermissionError(" ".join(error["message"] for error in found["errors"]))


def _set(card, **values) -> None:
	frappe.db.set_value(CARD, card.name, values, update_modified=False)


def test_appraisers_of_the_unit_do_none_of_it(appraising):
	card = f.card_of(appraising)
	with f.as_user(f.HEAD_A):
		item = frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			reference="Archive",
			criteria=[{"code": "1.1.1"}],
		).insert()
	f.hand_in(appraising)
	give_unit(f.LEAD)
	refused(f.LEAD, "begin", saved(CARD, card.name, workflow_state="Under Appraisal"))
	_set(card, workflow_state="Under Appraisal", round=1)
	refused(f.LEAD, "score", lambda: _row(card.name, appraised_claim="5", appraisal_note="More"))
	refused(f.LEAD, "score", lambda: _row(card.name, is_appraised=1))
	refused(f.LEAD, "grid", lambda: _grid(appraising.name, card.name))
	refused(f.LEAD, "return", saved(CARD, card.name, workflow_state="Returned", return_note="More"))
	refused(f.LEAD, "close", saved(CARD, card.name, workflow_state="Appraised"))
	refused(f.LEAD, "evidence", saved(item.doctype, item.name, status="Accepted"))
	refused(f.LEAD, "ask", lambda: queries.ask(card.name, "1.1.3", "Why?"))
	question = frappe.get_doc(
		doctype="PAR Query", scorecard=card.name, code="1.1.3", question="Why?"
	).insert()
	refused(f.LEAD, "withdraw question", lambda: queries.take_away(question.name))
	refused(f.LEAD, "outcome", lambda: queries.decide(question.name, "Granted"))
	_set(card, workflow_state="Returned", return_due="2023-01-01 00:00:00")
	refused(f.LEAD, "take back", saved(CARD, card.name, workflow_state="Under Appraisal"))
	refused(f.LEAD, "extend answer", method(CARD, card.name, "extend_answer", "2099-01-01 00:00:00"))
	_set(card, workflow_state="Appraised")
	refused(f.LEAD, "reopen", saved(CARD, card.name, workflow_state="Under Appraisal"))


@pytest.mark.parametrize("user", [f.LEAD, f.MANAGER])
def test_managers_of_the_unit_do_none_of_it(appraising, user):
	card = f.card_of(appraising).name
	give_unit(user)
	refused(user, "extend", method(CARD, card, "extend_deadline", "2099-12-31 18:00:00", "Flood"))
	refused(user, "disqualify", method(CARD, card, "disqualify", "False evidence"))
	refused(user, "take out", method(CARD, card, "take_out", "Merged", "TB"))
	refused(user, "remark", saved(CARD, card, remark="First of all"))
	frappe.db.set_value(CARD, card, {"disqualified": 1, "disqualified_reason": "False evidence"})
	refused(user, "requalify", method(CARD, card, "requalify"))
	frappe.db.set_value(CARD, card, {"taken_out": 1, "taken_out_on": now_datetime()})
	refused(user, "put back", method(CARD, card, "put_back"))


# --- external values ---------------------------------------------------------------------------------


def survey(campaign, user=f.LEAD, **values):
	with f.as_user(user):
		return frappe.get_doc(
			doctype=EXTERNAL,
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert()


def test_lead_of_a_unit_touches_no_external_value_of_it(appraising):
	draft, submitted = survey(appraising, TA=50, TB=60), survey(appraising, TA=40)
	with f.as_user(f.LEAD):
		submitted.submit()
	give_unit(f.LEAD)
	refused(f.LEAD, "external", lambda: survey(appraising, TA=99))
	refused(f.LEAD, "external", saved(EXTERNAL, draft.name, external_values=[{"unit": "TB", "value": 60}]))
	refused(f.LEAD, "external submit", method(EXTERNAL, draft.name, "submit"))
	refused(f.LEAD, "external delete", lambda: frappe.delete_doc(EXTERNAL, draft.name))
	refused(f.LEAD, "external", saved(EXTERNAL, submitted.name))
	refused(f.LEAD, "external cancel", method(EXTERNAL, submitted.name, "cancel"))
	frappe.get_doc(EXTERNAL, submitted.name).cancel()
	amended = frappe.copy_doc(submitted)
	amended.amended_from = submitted.name
	refused(f.LEAD, "external amend", lambda: amended.insert())
	assert survey(appraising, TB=70).docstatus == 0  # other units' values stay the lead's


def test_lead_of_a_unit_brings_no_workbook_with_its_value_in(appraising, monkeypatch):
	from par_campaign import documents  # noqa: F401 (first: workbooks are part of it)
	from par_campaign.uploads import external

	draft = survey(appraising, TB=60)
	give_unit(f.LEAD)
	value = frappe._dict(unit="TA", value=99, code="3.1")
	monkeypatch.setattr(external, "_read", lambda *_: SimpleNamespace(values=[value], faults=[]))
	refused(f.LEAD, "external workbook", lambda: external.apply(draft.name, "/private/files/x.xlsx"))


@pytest.mark.parametrize("user", [f.MANAGER, f.SECRETARY, f.CHAIRMAN, f.APPRAISER, f.AUDITOR])
def test_external_values_are_the_leads_alone(appraising, user):
	with pytest.raises(frappe.PermissionError):
		survey(appraising, user, TB=60)
	draft = survey(appraising, TB=60)
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		draft.reload().submit()
	with f.as_user(f.LEAD):
		draft.reload().submit()
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		draft.reload().cancel()


# --- awards ------------------------------------------------------------------------------------------


def proposed(campaign) -> str:
	"""Department A appraised and proposed for the flag."""
	f.appraise(campaign)
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		return make_proposals(campaign.name, [{"unit": "TA", "award_level": flag}])[0]


def in_state(name: str, state: str, docstatus: int = 0) -> None:
	frappe.db.set_value(PROPOSAL, name, {"workflow_state": state, "docstatus": docstatus})


def test_officials_of_the_unit_move_no_proposal_of_it(appraising):
	f.appraise(appraising)
	flag, certificate = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=2)
	give_unit(f.SECRETARY)
	choice = [{"unit": "TA", "award_level": flag}]
	refused(f.SECRETARY, "propose", lambda: make_proposals(appraising.name, choice))
	frappe.set_user("Administrator")
	name = make_proposals(appraising.name, choice)[0]
	give_unit(f.CHAIRMAN)
	card = f.card_of(appraising).name
	for values in ({"award_level": certificate}, {"citation": "Best"}, {"tie_note": "Chosen"}):
		refused(f.SECRETARY, "proposal", saved(PROPOSAL, name, **values))
	refused(f.SECRETARY, "delete proposal", lambda: frappe.delete_doc(PROPOSAL, name))
	refused(f.SECRETARY, "withdraw proposal", saved(CARD, card, workflow_state="Appraised"))
	refused(f.SECRETARY, "to council", saved(PROPOSAL, name, workflow_state="Council"))
	in_state(name, "Council")
	votes = {name: {"votes": {f.LEAD: "For", f.APPRAISER: "For"}}}
	refused(f.SECRETARY, "votes", method(PROPOSAL, name, "fill_council"))
	refused(f.SECRETARY, "votes", saved(PROPOSAL, name, secret_ballot=1, ballots_for=2))
	refused(f.SECRETARY, "meeting", lambda: meeting.record(appraising.name, "2023-12-20", votes))
	refused(f.SECRETARY, "to chairman", saved(PROPOSAL, name, workflow_state="Submitted to Chairman"))
	in_state(name, "Submitted to Chairman")
	refused(f.CHAIRMAN, "return to council", saved(PROPOSAL, name, workflow_state="Council"))
	rejected = {"workflow_state": "Rejected", "rejection_reason": "No", "docstatus": 1}
	refused(f.CHAIRMAN, "reject", saved(PROPOSAL, name, **rejected))
	decision = ("7/QĐ", "2023-12-28", "X")
	fields = dict(zip(("decision_number", "decision_date", "signatory"), decision, strict=True))
	refused(f.CHAIRMAN, "award", saved(PROPOSAL, name, workflow_state="Awarded", docstatus=1, **fields))
	refused(f.CHAIRMAN, "award many", lambda: desk.award_all([name], *decision))
	in_state(name, "Awarded", 1)
	refused(f.CHAIRMAN, "proposal", saved(PROPOSAL, name))
	revoked = {"workflow_state": "Revoked", "revocation_reason": "False", "docstatus": 2}
	refused(f.CHAIRMAN, "revoke", saved(PROPOSAL, name, **revoked))


def test_who_handed_the_scorecard_in_does_not_decide_on_it_later(appraising):
	name = proposed(appraising)
	frappe.db.set_value(CARD, f.card_of(appraising).name, "submitted_by", f.SECRETARY)
	refused(f.SECRETARY, "to council", saved(PROPOSAL, name, workflow_state="Council"), "You handed this")


# --- votes -------------------------------------------------------------------------------------------


@pytest.fixture
def with_council(appraising):
	name = proposed(appraising)
	return f.step(frappe.get_doc(PROPOSAL, name), f.SECRETARY, "Council")


def take_down(proposal, *rows: dict) -> None:
	doc = frappe.get_doc(PROPOSAL, proposal.name)
	doc.update({"meeting_date": "2023-12-20", "votes": list(rows)}).save()


@pytest.mark.parametrize(
	"spelling",
	[
		f.APPRAISER_OF_A,
		f.APPRAISER_OF_A.upper(),
		f"  {f.APPRAISER_OF_A} ",
		"Appraiser of A",
		"APPRAISER  of a",
		"\uff21ppraiser of A",
	],
)
def test_secretary_writes_a_members_vote_without_the_account(with_council, spelling):
	"""Hole 8: the vote of a member of department A counted for department A."""
	row = {"member_name": spelling, "user": None, "vote": "For"}
	refused(f.SECRETARY, "vote", lambda: take_down(with_council, row), "is recused")
	row["vote"] = "Recused"
	with f.as_user(f.SECRETARY):
		take_down(with_council, row)
	stored = frappe.get_doc(PROPOSAL, with_council.name).votes[0]
	assert (stored.member_name, stored.user) == ("Appraiser of A", f.APPRAISER_OF_A)


def test_a_vote_under_another_members_account_keeps_the_councils_name(with_council):
	with f.as_user(f.SECRETARY):
		take_down(with_council, {"member_name": "Somebody", "user": f.LEAD, "vote": "For"})
	assert frappe.get_doc(PROPOSAL, with_council.name).votes[0].member_name == "Lead"


@pytest.mark.parametrize("second", [{"user": None}, {"user": f.LEAD, "member_name": "Head of all"}])
def test_one_member_votes_once_however_spelled(with_council, second):
	rows = (
		{"member_name": "Lead", "user": f.LEAD, "vote": "For"},
		{"member_name": "LEAD", "vote": "For"} | second,
	)
	refused(f.SECRETARY, "vote", lambda: take_down(with_council, *rows), "stands twice")


def test_strangers_do_not_vote(with_council):
	for row in ({"member_name": "Nobody"}, {"member_name": "Lead", "user": f.OUTSIDER}):
		refused(
			f.SECRETARY,
			"vote",
			lambda row=row: take_down(with_council, row | {"vote": "For"}),
			"not a voting member",
		)


def test_votes_do_not_come_with_a_new_proposal(appraising):
	f.appraise(appraising)
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		doc = frappe.get_doc(
			doctype=PROPOSAL,
			campaign=appraising.name,
			scorecard=f.card_of(appraising).name,
			award_level=flag,
			votes=[{"member_name": "Lead", "user": f.LEAD, "vote": "For"}],
			secret_ballot=1,
			ballots_for=3,
		).insert()
	doc.reload()
	assert not doc.votes and not doc.ballots_for and not doc.votes_for


@pytest.fixture
def voted(with_council):
	with f.as_user(f.SECRETARY):
		take_down(
			with_council,
			{"member_name": "Lead", "user": f.LEAD, "vote": "For"},
			{"member_name": "Appraiser", "user": f.APPRAISER, "vote": "For"},
		)
	return with_council


@pytest.mark.parametrize(
	"change",
	[
		{"user": None, "appraises": 0},
		{"user": f.OUTSIDER},
		{"user": None, "appraises": 0, "member_name": f.LEAD},
	],
)
def test_council_row_of_a_voter_keeps_its_account(voted, change):
	campaign = frappe.get_doc("PAR Campaign", voted.campaign)
	rows = [row.as_dict(no_nulls=True) for row in campaign.council]
	rows[0] |= change
	with f.as_user(f.MANAGER), pytest.raises(frappe.ValidationError, match=r"voted already|has the account"):
		campaign.update({"council": rows}).save()
	with f.as_user(f.MANAGER), pytest.raises(frappe.ValidationError, match="voted already"):
		campaign.reload().update({"council": [row for row in rows if row["idx"] > 1]}).save()


@pytest.mark.parametrize("name", ["lead", " LEAD ", f.OUTSIDER, f.OUTSIDER.upper(), "outsider"])
def test_council_names_nobody_twice_and_no_account_by_name_alone(appraising, name):
	appraising.reload().append("council", {"member_name": name, "position": "Member", "appraises": 0})
	with f.as_user(f.MANAGER), pytest.raises(frappe.ValidationError, match="stands twice|has the account"):
		appraising.save()


def test_unit_given_after_the_vote_keeps_the_award_back_and_the_proposal_goes_back(voted):
	f.step(voted, f.SECRETARY, "Submitted to Chairman")
	give_unit(f.LEAD)
	frappe.db.set_value("PAR Campaign", voted.campaign, "workflow_state", "Results Published")
	decision = {"decision_number": "7", "decision_date": "2023-12-28", "signatory": "X"}
	with pytest.raises(frappe.ValidationError, match="belongs to the unit by now"):
		f.step(voted, f.CHAIRMAN, "Awarded", docstatus=1, **decision)
	f.step(voted.reload(), f.CHAIRMAN, "Council", docstatus=0)
	assert voted.members_present == 2  # what the meeting gave stands until it votes again
	with pytest.raises(frappe.ValidationError, match="is recused"):
		f.step(voted, f.SECRETARY, "Submitted to Chairman")


def test_counted_votes_stand_when_the_council_grows(voted):
	f.step(voted, f.SECRETARY, "Submitted to Chairman")
	campaign = frappe.get_doc("PAR Campaign", voted.campaign)
	campaign.append("council", {"member_name": "Late", "position": "Member", "appraises": 0})
	campaign.save()
	f.step(voted, f.CHAIRMAN, "Council")
	assert (voted.members_total, voted.vote_percent) == (3, 100)


# --- rules and master data ---------------------------------------------------------------------------


def _campaign(name: str, **values):
	doc = frappe.get_doc("PAR Campaign", name)
	return lambda: doc.update(values).save()


def test_manager_of_a_unit_does_not_change_the_rules_under_way(appraising):
	old = appraising.groups[0].criteria_set
	with f.as_user(f.MANAGER):
		revision = frappe.get_doc("PAR Criteria Set", old).make_revision("Annex corrected")
	give_unit(f.MANAGER)
	TRIED.add("set")
	refused(f.MANAGER, "revision", lambda: apply.put_into_force(appraising.name, revision, "Corrected"))
	for values in (
		{"bands": [{"label": "Excellent", "minimum": 10}]},
		{"award_quotas": []},
		{"tie_breakers": [{"kind": "Fewer deductions"}]},
		{"vote_base": "All members"},
	):
		refused(f.MANAGER, "rules", _campaign(appraising.name, **values))


def test_manager_of_another_group_puts_a_revision_into_force(appraising):
	old = appraising.groups[0].criteria_set
	with f.as_user(f.MANAGER):
		revision = frappe.get_doc("PAR Criteria Set", old).make_revision("Annex corrected")
		give_unit_as_admin(f.MANAGER, "TD")
		assert apply.put_into_force(appraising.name, revision, "Corrected")


def give_unit_as_admin(user: str, unit: str) -> None:
	before = frappe.session.user
	frappe.set_user("Administrator")
	give_unit(user, unit=unit)
	frappe.set_user(before)


@pytest.mark.parametrize("field, value", [("unit_name", "Z"), ("disabled", 1), ("unit_group", f.DISTRICTS)])
def test_keeper_of_a_unit_does_not_move_it(base, field, value):
	give_unit(f.MANAGER)
	refused(f.MANAGER, "unit", saved("PAR Unit", "TA", **{field: value}))
	refused(f.MANAGER, "unit", lambda: frappe.delete_doc("PAR Unit", "TA"))
	with f.as_user(f.MANAGER):
		saved("PAR Unit", "TB", unit_name="Department Bee")()


def test_what_falls_on_all_units_alike_is_allowed(campaign):
	"""By a manager who belongs to one of them; the audit marks it."""
	give_unit(f.MANAGER)
	TRIED.add("membership")
	f.set_campaign(campaign, self_scoring_deadline="2099-12-31 18:00:00")
	with f.as_user(f.MANAGER):
		assert campaign.make_missing_scorecards() == 0
	TRIED.add("scorecards")
	f.set_campaign(campaign, council=f.council_with(campaign, f.LEAD, areas="1"))
	f.begin_appraisal(campaign)
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, unit)
	f.step(campaign, f.MANAGER, "Results Published")
	f.step(campaign, f.MANAGER, "Appraising", correction_reason="Misprint")
	f.step(campaign, f.MANAGER, "Results Published")
	f.step(campaign, f.MANAGER, "Closed")
	TRIED.update(("launch", "begin campaign", "publish", "correct", "close campaign", "dates", "council"))
	with f.as_user(f.MANAGER):
		level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
		frappe.get_doc("PAR Award Level", level).save()
		frappe.get_doc("PAR Unit Group", f.GROUP).save()
	TRIED.update(("levels", "clusters"))


# --- the table is whole ------------------------------------------------------------------------------


def test_every_action_of_the_table_was_tried(request):
	"""Runs last in the file; alone it has nothing to say."""
	if request.session.testscollected < 20:
		pytest.skip("the tests above were not all asked for")
	assert {action.key for action in own_case.ACTIONS} == TRIED


@pytest.mark.parametrize("check", sorted({action.check for action in own_case.ACTIONS if action.check}))
def test_the_checks_of_the_table_are_there(check):
	module, _, name = check.rpartition(".")
	try:
		found = getattr(importlib.import_module(module), name)
	except ModuleNotFoundError:
		module, _, owner = module.rpartition(".")
		found = getattr(getattr(importlib.import_module(module), owner), name)
	assert callable(found)


def test_the_documented_table_is_the_one_the_tests_walk():
	assert own_case.table() in DOCS.read_text(encoding="utf-8")
