"""Small, complete data for tests on a site: two groups, four units, an account for each role.

Shared by the tests beside the doctypes and those in tests/site.
"""

import frappe

from par_campaign.permissions import roles
from par_campaign.states import CampaignState, ScorecardState

DOMAIN = "test.example"
GROUP = "Test departments"
DISTRICTS = "Test districts"
UNITS = (
	("TA", "Department A", GROUP, None),
	("TB", "Department B", GROUP, None),
	("TC", "Department C", GROUP, None),
	("TD", "District D", DISTRICTS, "Cluster 1"),
)


def email(name: str) -> str:
	return f"{name}@{DOMAIN}"


HEAD_A, STAFF_A = email("head.a"), email("staff.a")
HEAD_B, STAFF_B = email("head.b"), email("staff.b")
HEAD_C, HEAD_D = email("head.c"), email("head.d")
MANAGER, LEAD, APPRAISER = email("manager"), email("lead"), email("appraiser")
# an appraiser who also works in department A, and one who is not in the council
APPRAISER_OF_A, OUTSIDER = email("appraiser.of.a"), email("outsider")
SECRETARY, CHAIRMAN, AUDITOR = email("secretary"), email("chairman"), email("auditor")
HOMELESS = email("homeless")  # a unit user without any unit

USERS = (
	(HEAD_A, roles.UNIT_HEAD, "TA"),
	(STAFF_A, roles.UNIT_USER, "TA"),
	(HEAD_B, roles.UNIT_HEAD, "TB"),
	(STAFF_B, roles.UNIT_USER, "TB"),
	(HEAD_C, roles.UNIT_HEAD, "TC"),
	(HEAD_D, roles.UNIT_HEAD, "TD"),
	(MANAGER, roles.MANAGER, None),
	(LEAD, roles.LEAD, None),
	(APPRAISER, roles.APPRAISER, None),
	(APPRAISER_OF_A, roles.APPRAISER, "TA"),
	(OUTSIDER, roles.APPRAISER, None),
	(SECRETARY, roles.SECRETARY, None),
	(CHAIRMAN, roles.CHAIRMAN, None),
	(AUDITOR, roles.AUDITOR, None),
	(HOMELESS, roles.UNIT_USER, None),
)

# one leaf for each rule
CRITERIA = (
	{"code": "1", "title": "Leadership", "maximum": 10},
	{"code": "1.1", "title": "Plan", "maximum": 10},
	{"code": "1.1.1", "title": "Plan issued", "maximum": 2, "rule": "Yes/No", "demand": "Evidence"},
	{
		"code": "1.1.2",
		"title": "Plan on time",
		"maximum": 3,
		"rule": "Choice",
		"options_text": "On time: 3\nLate: 1\nNot issued: 0",
		"demand": "Explanation",
	},
	{"code": "1.1.3", "title": "Leadership shown", "maximum": 5, "rule": "Direct", "demand": "None"},
	{"code": "2", "title": "Procedures", "maximum": 20},
	{"code": "2.1", "title": "Files", "maximum": 20},
	{
		"code": "2.1.1",
		"title": "Files on time",
		"maximum": 10,
		"rule": "Proportional",
		"full_rate": 100,
		"floor_rate": 50,
		"demand": "None",
	},
	{
		"code": "2.1.2",
		"title": "Online files",
		"maximum": 10,
		"rule": "Tiers",
		"options_text": "from 80 %: 10\nfrom 50 % to under 80 %: 5\nunder 50 %: 0",
		"demand": "None",
	},
	{"code": "3", "title": "Survey", "maximum": 10},
	{
		"code": "3.1",
		"title": "Satisfaction",
		"maximum": 10,
		"rule": "External",
		"external_source": "SIPAS",
		"external_scale": 100,
		"demand": "None",
	},
	{"code": "4", "title": "Bonus"},
	{
		"code": "4.1",
		"title": "Models",
		"maximum": 2,
		"rule": "Count",
		"per_occurrence": 1,
		"score_type": "Bonus",
		"demand": "None",
	},
	{"code": "5", "title": "Deduction"},
	{
		"code": "5.1",
		"title": "Late",
		"maximum": 2,
		"rule": "Count",
		"per_occurrence": 0.5,
		"score_type": "Deduction",
		"demand": "None",
		"auto_claim": "Late days",
	},
)

FULL_CLAIMS = {
	"1.1.1": "Yes",
	"1.1.2": "On time",
	"1.1.3": "5",
	"2.1.1": "100",
	"2.1.2": "90",
	"4.1": "1",
}


def make_base() -> None:
	"""Groups, units, accounts and criteria sets that every test starts from. Safe to run again."""
	for name, clusters in ((GROUP, ()), (DISTRICTS, ("Cluster 1", "Cluster 2"))):
		if not frappe.db.exists("PAR Unit Group", name):
			frappe.get_doc(
				doctype="PAR Unit Group", group_name=name, clusters=[{"cluster_name": c} for c in clusters]
			).insert()
	for code, name, group, cluster in UNITS:
		if not frappe.db.exists("PAR Unit", code):
			frappe.get_doc(
				doctype="PAR Unit", unit_code=code, unit_name=name, unit_group=group, cluster=cluster
			).insert()
	for user, role, unit in USERS:
		make_user(user, role, unit)


def make_user(user: str, role: str, unit: str | None) -> None:
	"""An account with this role that belongs to this unit. Safe to run again."""
	if frappe.db.exists("User", user):
		return
	doc = frappe.get_doc(
		doctype="User",
		email=user,
		first_name=user.partition("@")[0],
		send_welcome_email=0,
		roles=[{"role": role}],
	)
	doc.new_password = "Par-test-1234!"
	doc.flags.ignore_password_policy = True
	doc.insert()
	if unit:
		# an appraiser's own unit must not narrow what they appraise
		narrow = role in roles.UNIT_ROLES
		frappe.get_doc(
			doctype="User Permission",
			user=user,
			allow="PAR Unit",
			for_value=unit,
			apply_to_all_doctypes=int(narrow),
			applicable_for=None if narrow else "PAR Unit Scorecard",
		).insert()


def make_criteria_set(group: str = GROUP, rows=CRITERIA, **values):
	doc = frappe.get_doc(doctype="PAR Criteria Set", title=f"Test set {group}", year=2023, unit_group=group)
	doc.update(values)
	for row in rows:
		doc.append("criteria", {"score_type": "Normal", "may_not_apply": 1, "demand": "None", **row})
	return doc.insert()


def make_campaign(**values):
	"""A draft campaign over both groups."""
	levels = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")
	doc = frappe.get_doc(
		doctype="PAR Campaign",
		title="Test campaign",
		year=2023,
		plan_number="55/KH-CCHC",
		plan_date="2023-02-24",
		self_scoring_deadline="2099-12-31 17:00:00",
	)
	doc.update(values)
	for group in (GROUP, DISTRICTS):
		doc.append("groups", {"unit_group": group, "criteria_set": make_criteria_set(group).name})
	doc.set("bands", [{"label": "Excellent", "minimum": 90}, {"label": "Good", "minimum": 0}])
	doc.set(
		"council",
		[
			{"user": LEAD, "member_name": "Lead", "position": "Chair"},
			{"user": APPRAISER, "member_name": "Appraiser", "position": "Member"},
			{"user": APPRAISER_OF_A, "member_name": "Appraiser of A", "position": "Member"},
		],
	)
	doc.set(
		"award_quotas",
		[
			{"award_level": levels[0], "unit_group": GROUP, "places": 1},
			{"award_level": levels[1], "unit_group": GROUP, "places": 1},
		],
	)
	return doc.insert()


def as_user(user: str):
	"""Context manager: act as this user."""
	return _AsUser(user)


class _AsUser:
	def __init__(self, user: str):
		self.user = user

	def __enter__(self):
		self.before = frappe.session.user
		frappe.set_user(self.user)
		return self

	def __exit__(self, *_exception):
		frappe.set_user(self.before)


def launch(campaign=None):
	"""A launched campaign; returns it."""
	campaign = campaign or make_campaign()
	with as_user(MANAGER):
		campaign.reload()
		campaign.workflow_state = CampaignState.LAUNCHED
		campaign.save()
	return campaign


def begin_appraisal(campaign):
	with as_user(MANAGER):
		campaign.reload()
		campaign.workflow_state = CampaignState.APPRAISING
		campaign.save()
	return campaign


def set_campaign(campaign, **values):
	"""Give a launched campaign other dates or settings, as its manager."""
	with as_user(MANAGER):
		campaign.reload()
		campaign.update(values)
		campaign.save()
	return campaign


def council_with(campaign, user: str, **values) -> list[dict]:
	"""The campaign's council with other values on one member's row."""
	campaign.reload()
	rows = [row.as_dict(no_nulls=True) for row in campaign.council]
	for row in rows:
		if row["user"] == user:
			row.update(values)
	return rows


def card_of_name(name: str):
	return frappe.get_doc("PAR Unit Scorecard", name)


def grant_all(card):
	"""Accept every claim of a scorecard under appraisal, as the lead."""
	with as_user(LEAD):
		card.reload()
		for row in card.lines:
			if row.rule != "External" and row.code != "5.1":
				row.appraised_claim = row.self_claim
				row.appraisal_note = "Checked"
		card.save()
	return card


def card_of(campaign, unit: str = "TA"):
	return frappe.get_doc("PAR Unit Scorecard", f"{campaign.name}-{unit}")


def line(card, code: str):
	return next(row for row in card.lines if row.code == code)


def fill(card, claims: dict | None = None):
	"""Enter claims and explanations; the caller saves."""
	for code, claim in (claims or FULL_CLAIMS).items():
		line(card, code).self_claim = claim
	for row in card.lines:
		row.explanation = row.explanation or "As reported"
	return card


def hand_in(campaign, unit: str = "TA", claims: dict | None = None, head: str | None = None):
	"""Fill and hand in a unit's scorecard as its head; returns it."""
	with as_user(head or email(f"head.{unit[-1].lower()}")):
		card = fill(card_of(campaign, unit), claims)
		card.workflow_state = ScorecardState.SUBMITTED
		card.save()
	return card


def step(doc, user: str, state: str, **values):
	"""Take a document to a state as a user, by plain save."""
	with as_user(user):
		doc.reload()
		doc.update(values)
		doc.workflow_state = state
		doc.save()
	return doc


def appraise(campaign, unit: str = "TA", claims: dict | None = None):
	"""Hand in, appraise in full and close; `claims` overrides what the appraisers grant."""
	card = hand_in(campaign, unit)
	step(card, LEAD, ScorecardState.UNDER_APPRAISAL)
	with as_user(LEAD):
		for row in card.lines:
			if row.rule == "External" or row.code == "5.1":
				continue
			row.appraised_claim = (claims or {}).get(row.code, row.self_claim)
			row.appraisal_note = "Checked"
		card.save()
	return step(card, LEAD, ScorecardState.APPRAISED)
