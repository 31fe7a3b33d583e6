"""The same step taken twice at the same moment: one request gets through, and nothing is there twice.

Requests run at once, each in a thread with its own session and its own connection to the database.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import frappe
import pytest
import site_factories as f
from frappe.database import get_db
from site_browser import SCORECARD, Browser, away, remove


def at_once(*requests) -> list[int]:
	"""Send requests (browser, method, path, data) at the same moment; returns their states."""
	site = frappe.local.site
	headers = {"Host": site, "X-Frappe-Site-Name": site}
	barrier = Barrier(len(requests))

	def send(request):
		browser, method, path, data = request
		barrier.wait()
		return browser.client.open(path, method=method, json=data, headers=headers).status_code

	frappe.db.commit()
	with away(), ThreadPoolExecutor(len(requests)) as pool:
		return list(pool.map(send, requests))


def step(user: str, doctype: str, name: str, action: str):
	"""A workflow button, as the desk presses it."""
	frappe.db.commit()  # to log in is a request of its own, on a connection of its own
	doc = json.dumps(frappe.get_doc(doctype, name).as_dict(), default=str)
	path = "/api/method/frappe.model.workflow.apply_workflow"
	return Browser(user), "POST", path, {"doc": doc, "action": action}


@pytest.fixture
def committed(base, par_clean_slate):
	"""Campaigns a test makes, taken away again."""
	made = []

	def keep(campaign):
		made.append(campaign.name)
		frappe.db.commit()
		return campaign

	yield keep
	for name in made:
		remove(name)


def test_launching_twice_makes_each_scorecard_once(committed):
	campaign = committed(f.make_campaign(year=2033))
	states = at_once(*[step(f.MANAGER, "PAR Campaign", campaign.name, "Launch") for _click in range(2)])
	assert sorted(states)[0] == 200 and sorted(states)[1] != 200, states
	units = frappe.get_all(SCORECARD, {"campaign": campaign.name}, pluck="unit", order_by="unit")
	assert units == ["TA", "TB", "TC", "TD"]


def test_handing_in_twice_is_one_hand_in(committed):
	campaign = committed(f.launch(f.make_campaign(year=2034)))
	name = f"{campaign.name}-TA"
	with f.as_user(f.HEAD_A):
		f.fill(f.card_of(campaign)).save()
	states = at_once(*[step(f.HEAD_A, SCORECARD, name, "Hand In") for _click in range(2)])
	assert sorted(states)[0] == 200 and sorted(states)[1] != 200, states
	assert frappe.db.get_value(SCORECARD, name, "workflow_state") == "Submitted"


def test_publishing_twice_is_one_version(committed):
	campaign = committed(f.begin_appraisal(f.launch(f.make_campaign(year=2035))))
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, unit)
	states = at_once(
		*[step(f.MANAGER, "PAR Campaign", campaign.name, "Publish Results") for _click in range(2)]
	)
	assert sorted(states)[0] == 200 and sorted(states)[1] != 200, states
	assert frappe.db.count("PAR Published Result", {"campaign": campaign.name}) == 1


def test_proposing_twice_is_one_proposal(committed):
	campaign = committed(f.begin_appraisal(f.launch(f.make_campaign(year=2036))))
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, unit, claims={} if unit == "TA" else {"1.1.3": "3"})
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=1)[0]
	path = "/api/method/par_campaign.par_campaign.doctype.par_award_proposal.make.make_proposals"
	frappe.db.commit()
	data = {"campaign": campaign.name, "choices": json.dumps([{"unit": "TA", "award_level": flag}])}
	states = at_once(*[(Browser(f.SECRETARY), "POST", path, data) for _click in range(2)])
	assert sorted(states)[0] == 200 and sorted(states)[1] != 200, states
	assert frappe.db.count("PAR Award Proposal", {"campaign": campaign.name}) == 1


def test_evidence_does_not_slip_in_beside_the_hand_in(committed):
	"""Whichever comes first, no document is added to a scorecard that is handed in."""
	campaign = committed(f.launch(f.make_campaign(year=2037)))
	name = f"{campaign.name}-TA"
	with f.as_user(f.HEAD_A):
		f.fill(f.card_of(campaign)).save()
	evidence = {"scorecard": name, "title": "Beside", "reference": "Shelf 1", "criteria": [{"code": "1.1.1"}]}
	at_once(
		step(f.HEAD_A, SCORECARD, name, "Hand In"),
		*[(Browser(f.STAFF_A), "POST", "/api/resource/PAR Evidence Item", evidence) for _ in range(2)],
	)
	handed_in = frappe.db.get_value(SCORECARD, name, "submitted_on")
	assert handed_in
	assert not frappe.get_all("PAR Evidence Item", {"scorecard": name, "creation": (">", handed_in)})


def test_a_place_is_not_given_to_two_tied_units(appraising):
	"""What a step has seen of the other proposals must still hold when it is taken."""
	from par_campaign.results import selection

	mine = frappe._dict(campaign=appraising.name, name="AW-mine")
	# from here on this connection reads what it has seen now
	assert not frappe.get_all("PAR Award Proposal", {"campaign": appraising.name}, order_by="name")
	conf = frappe.conf
	other = get_db(host=conf.db_host, user=conf.db_name, password=conf.db_password, cur_db_name=conf.db_name)
	try:
		other.sql(
			"insert into `tabPAR Award Proposal` (name, campaign, workflow_state) values (%s, %s, %s)",
			("AW-other", appraising.name, "Submitted to Chairman"),
		)
		other.commit()
		with pytest.raises(frappe.TimestampMismatchError):
			selection.require_settled(mine)
	finally:
		frappe.db.rollback()
		other.sql("delete from `tabPAR Award Proposal` where name = %s", ("AW-other",))
		other.commit()
		other.close()
