"""A sample campaign of this year in the middle of its work, for `./demo`: something to do for every role.

Units are those of the published sample; what they claim, the documents and the questions are made up.
"""

import frappe
from frappe.utils import add_days, add_to_date, get_datetime, now_datetime, nowdate

from par_campaign.demo import criteria, evidence, people
from par_campaign.demo.loader import BANDS, HEAD, LEGAL_BASES, MADE_UP, move, quotas
from par_campaign.demo.scores import made_up_scores
from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.states import BEING_APPRAISED, CampaignState, ScorecardState

OFFICE = {field: value for field, value in HEAD.items() if field.startswith(("office_", "signatory_"))}
DAYS_LEFT = 20
TOTAL = "96.75"  # what a unit's made-up claims add up to, before the appraisers cut any
# unit → how far it has come, and up to which area its sheet is filled in
UNITS = {
	people.SHOWN_UNIT: (ScorecardState.DRAFT, 6),
	"SXD": (ScorecardState.DRAFT, 3),
	"SNV": (ScorecardState.SUBMITTED, 10),
	"STP": (ScorecardState.SUBMITTED, 10),
	"SYT": (ScorecardState.UNDER_APPRAISAL, 10),
	"SCT": (ScorecardState.RETURNED, 10),
}
QUESTION = "Đề nghị giải trình cách tính và gửi bổ sung văn bản kèm theo. (câu hỏi mẫu)"
ASKED_ROW, COMMON_AREAS = "3.1.3", "3, 6, 7"


def load_running() -> str:
	"""Make this year's campaign where it is missing; returns its name. Needs the published sample."""
	year = now_datetime().year
	title = f"Thi đua đẩy mạnh cải cách hành chính năm {year} (mẫu)"
	if name := frappe.db.get_value("PAR Campaign", {"title": title}):
		return name
	campaign = _make_campaign(title, year)
	for unit, (state, areas) in UNITS.items():
		if frappe.db.exists("PAR Unit Scorecard", f"{campaign}-{unit}"):
			_bring(campaign, unit, state, areas)
	frappe.db.commit()  # run from the command line, where nothing commits for us
	return campaign


def _make_campaign(title: str, year: int) -> str:
	groups = [
		frappe.get_doc("PAR Unit Group", name)
		for name in frappe.get_all("PAR Unit Group", pluck="name", order_by="sort_order, name")
	]
	clusters = {group.name: {row.cluster_name for row in group.clusters} for group in groups}
	doc = frappe.get_doc(
		doctype="PAR Campaign",
		title=title,
		year=year,
		plan_number="55/KH-CCHC",
		plan_date=f"{year}-02-24",
		self_scoring_from=get_datetime(add_days(nowdate(), -10)),
		self_scoring_deadline=add_to_date(get_datetime(nowdate()), days=DAYS_LEFT, hours=17),
		supplement_deadline=add_to_date(get_datetime(nowdate()), days=DAYS_LEFT + 10, hours=17),
		remind_days="7, 3, 1",
		**OFFICE,
	)
	for group in clusters:
		doc.append("groups", {"unit_group": group, "criteria_set": _make_set(group, year)})
	doc.set("bands", [{"label": label, "minimum": minimum} for label, minimum in BANDS])
	doc.set("tie_breakers", [{"kind": "Higher in area", "area": "3"}, {"kind": "Fewer deductions"}])
	doc.set("council", people.council(COMMON_AREAS))
	doc.set("legal_bases", [{"citation": text, "document_date": date} for text, date in LEGAL_BASES[1:2]])
	doc.set("award_quotas", list(quotas(clusters)))
	doc.insert()
	move(doc, people.MANAGER, CampaignState.LAUNCHED)
	move(doc, people.MANAGER, CampaignState.APPRAISING)
	return doc.name


def _make_set(group: str, year: int) -> str:
	doc = frappe.get_doc(
		doctype="PAR Criteria Set",
		title=f"Bộ tiêu chí CCHC {year} – {group} (mẫu)",
		year=year,
		unit_group=group,
		bonus_cap=5,
		deduction_cap=5,
	)
	doc.set("criteria", criteria.rows())
	return doc.insert().name


def _bring(campaign: str, unit: str, state: str, areas: int) -> None:
	card = frappe.get_doc("PAR Unit Scorecard", f"{campaign}-{unit}")
	scores = made_up_scores(TOTAL, f"{unit}-{campaign}")
	frappe.set_user(people.staff_of(unit))
	try:
		for line in card.lines:
			if line.rule != "External" and int(line.code.partition(".")[0]) <= areas:
				line.self_claim = scores[line.code].claim
				line.explanation = f"{scores[line.code].explanation} ({MADE_UP})"
		card.save()
		evidence.add_report(card)
	finally:
		frappe.set_user("Administrator")
	if state != ScorecardState.DRAFT:
		move(card, people.head_of(unit), ScorecardState.SUBMITTED)
	if state in BEING_APPRAISED:
		move(card, people.LEAD, ScorecardState.UNDER_APPRAISAL)
		_appraise_common_areas(card, scores)
	if state == ScorecardState.RETURNED:
		_return(card)


def _appraise_common_areas(card, scores: dict) -> None:
	"""The appraiser has done the areas given to them; the rest is the lead's."""
	areas = {area.strip() for area in COMMON_AREAS.split(",")}
	frappe.set_user(people.APPRAISER)
	try:
		card.reload()
		for line in card.lines:
			if line.code.partition(".")[0] in areas:
				line.appraised_claim = scores[line.code].appraised
				line.appraisal_note = scores[line.code].note
				line.is_appraised = 1
		card.save()
	finally:
		frappe.set_user("Administrator")


def _return(card) -> None:
	frappe.set_user(people.LEAD)
	try:
		queries.ask(card.name, ASKED_ROW, QUESTION)
		card.reload()
		card.return_note = "Đề nghị đơn vị giải trình, bổ sung theo từng dòng. (mẫu)"
		card.return_due = add_to_date(get_datetime(nowdate()), days=DAYS_LEFT, hours=17)
		card.workflow_state = ScorecardState.RETURNED
		card.save()
	finally:
		frappe.set_user("Administrator")
