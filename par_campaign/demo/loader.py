"""Load the sample campaign through the documents themselves, each step as the role that takes it.

Unit names and totals are real (Tiền Giang 2020, `published_2020.csv`, with the source's address).
Everything on the leaves is made up so that it adds up to the published total. One score breaks the
order the source prints (Sở Nông nghiệp và Phát triển nông thôn, 96,60): it is loaded as printed.
"""

import csv
from pathlib import Path

import frappe

from par_campaign.demo import criteria, evidence, people
from par_campaign.demo.scores import made_up_scores
from par_campaign.states import CampaignState, ScorecardState

SOURCE = Path(__file__).with_name("published_2020.csv")
PREFIX = "Tiền Giang - "
TITLE = "Thi đua đẩy mạnh cải cách hành chính năm 2020 (mẫu)"
MADE_UP = "Số liệu mẫu: điểm từng tiêu chí được dựng để cộng đúng tổng điểm đã công bố."


def load() -> list[dict]:
	"""Load what is missing of the sample; returns the log-ins made. Safe to run again."""
	published = read_published()
	groups = make_groups(published)
	units = make_units(published, groups)
	logins = people.make_users(units)
	campaign = make_campaign(groups)
	fill_scorecards(campaign, units)
	add_external_results(campaign, units)
	mark_misprint(campaign, units)
	frappe.db.commit()  # run from the command line, where nothing commits for us
	return logins


def users() -> list[dict]:
	"""The log-ins of the sample: role, user and password."""
	return people.logins()


def read_published() -> list[dict]:
	"""The published table: group, cluster, unit and score as printed."""
	with SOURCE.open(encoding="utf-8-sig", newline="") as file:
		return [_published_row(row) for row in csv.DictReader(file)]


def _published_row(row: dict) -> dict:
	group, _separator, cluster = row["group"].removeprefix(PREFIX).partition(" - ")
	return {"group": group, "cluster": cluster, "unit": row["unit"], "score": row["score"]}


def make_groups(published: list[dict]) -> dict[str, set[str]]:
	"""Unit groups with the clusters met with in the table."""
	groups: dict[str, set[str]] = {}
	for row in published:
		groups.setdefault(row["group"], set()).update({row["cluster"]} - {""})
	for order, (name, clusters) in enumerate(groups.items(), 1):
		if not frappe.db.exists("PAR Unit Group", name):
			frappe.get_doc(
				doctype="PAR Unit Group",
				group_name=name,
				sort_order=order,
				clusters=[{"cluster_name": c} for c in sorted(clusters)],
			).insert()
	return groups


def make_units(published: list[dict], groups: dict) -> list[dict]:
	"""The units, with codes made from the initials of their names."""
	codes: dict[str, str] = {}
	for row in published:
		row["code"] = people.unit_code(row["unit"], codes)
		codes[row["code"]] = row["unit"]
		if not frappe.db.exists("PAR Unit", row["code"]):
			frappe.get_doc(
				doctype="PAR Unit",
				unit_code=row["code"],
				unit_name=row["unit"],
				unit_group=row["group"],
				cluster=row["cluster"],
			).insert()
	return published


def make_criteria_set(group: str) -> str:
	"""The sample set for one group."""
	title = f"Bộ tiêu chí CCHC 2020 – {group} (mẫu)"
	name = frappe.db.get_value("PAR Criteria Set", {"title": title})
	if name:
		return name
	doc = frappe.get_doc(doctype="PAR Criteria Set", title=title, year=2020, unit_group=group)
	doc.set("criteria", criteria.rows())
	doc.bonus_cap, doc.deduction_cap = 5, 5
	return doc.insert().name


def make_campaign(groups: dict) -> str:
	"""The campaign, launched and under appraisal."""
	name = frappe.db.get_value("PAR Campaign", {"title": TITLE})
	if name:
		return name
	doc = frappe.get_doc(doctype="PAR Campaign", title=TITLE, **HEAD)
	for group in groups:
		doc.append("groups", {"unit_group": group, "criteria_set": make_criteria_set(group)})
	doc.set("bands", [{"label": label, "minimum": minimum} for label, minimum in BANDS])
	doc.set("tie_breakers", [{"kind": "Higher in area", "area": "3"}, {"kind": "Fewer deductions"}])
	doc.set("council", people.council())
	doc.set("legal_bases", [{"citation": text, "document_date": date} for text, date in LEGAL_BASES])
	doc.set("award_quotas", list(quotas(groups)))
	doc.insert()
	move(doc, people.MANAGER, CampaignState.LAUNCHED)
	move(doc, people.MANAGER, CampaignState.APPRAISING)
	return doc.name


HEAD = {
	"year": 2020,
	"plan_number": "55/KH-CCHC",
	"plan_date": "2020-02-24",
	"self_scoring_from": "2020-10-01 00:00:00",
	# the sample is handed in today, years after its campaign, and nobody was late
	"self_scoring_deadline": "2099-11-20 17:00:00",
	"office_parent": "Ủy ban nhân dân tỉnh Tiền Giang",
	"office_name": "Sở Nội vụ",
	"office_place": "Tiền Giang",
	"office_symbol": "SNV",
	"office_drafter": "CCHC",
	"signatory_title": "Giám đốc",
	"signatory_name": "Nguyễn Văn Mẫu",
}
MISPRINTED = "Sở Nông nghiệp và Phát triển nông thôn"
MISPRINT = (
	"Nguồn xếp thứ {place} nhưng in {score} điểm, không đúng thứ tự: có thể là lỗi in. Giữ nguyên như đã in."
)
EXTERNAL = {"8.1": "Khảo sát SIPAS 2020 (mẫu)", "8.2": "DDCI 2020 (mẫu)"}
BANDS = (("Xuất sắc", 95), ("Tốt", 85), ("Khá", 75), ("Trung bình", 60), ("Yếu", 0))
LEGAL_BASES = (
	(
		"Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003 và các Luật sửa đổi, bổ sung năm 2005, 2013",
		"2003-11-26",
	),
	("Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ", "2017-07-31"),
	(
		"Kế hoạch số 55/KH-CCHC về phát động phong trào thi đua đẩy mạnh cải cách hành chính (số liệu mẫu)",
		"2020-02-24",
	),
)
# Cờ thi đua and Bằng khen for each group: made up, small enough that something is left to win
PLACES = {"Sở, ban, ngành tỉnh": (1, 3), "Cơ quan ngành dọc": (1, 1), "UBND cấp huyện": (1, 1)}


def quotas(groups: dict):
	"""Quota rows of the two awards for each group, by cluster where it has any."""
	levels = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=2)
	for group, clusters in groups.items():
		for level, places in zip(levels, PLACES.get(group, (1, 1)), strict=False):
			yield {
				"award_level": level,
				"unit_group": group,
				"per_cluster": int(bool(clusters)),
				"places": places,
				"minimum_band": "Tốt",
			}


def move(doc, user: str, state: str) -> None:
	"""Take a document to its next state as the user whose step it is."""
	me = frappe.session.user
	frappe.set_user(user)
	try:
		doc.reload()
		doc.workflow_state = state
		doc.save()
	finally:
		frappe.set_user(me)


def fill_scorecards(campaign: str, units: list[dict]) -> None:
	"""Score, hand in and appraise each unit's scorecard, as its head and as the lead."""
	todo = frappe.get_all(
		"PAR Unit Scorecard",
		{"campaign": campaign, "workflow_state": ScorecardState.DRAFT},
		["name", "unit"],
		order_by="unit",
	)
	by_code = {row["code"]: row for row in units}
	for done, entry in enumerate(todo, 1):
		card = frappe.get_doc("PAR Unit Scorecard", entry.name)
		fill_scorecard(card, by_code[entry.unit])
		print(f"  {done}/{len(todo)} {card.unit_name}", flush=True)


def fill_scorecard(card, unit: dict) -> None:
	"""One unit's scorecard from claims to the closed appraisal."""
	scores = made_up_scores(unit["score"], unit["code"])
	me = frappe.session.user
	frappe.set_user(people.head_of(unit["code"]))
	try:
		for line in card.lines:
			if line.rule != "External":
				line.self_claim = scores[line.code].claim
			line.explanation = f"{scores[line.code].explanation} ({MADE_UP})"
		card.save()
		evidence.add_report(card)
		card.workflow_state = ScorecardState.SUBMITTED
		card.save()
	finally:
		frappe.set_user(me)
	move(card, people.LEAD, ScorecardState.UNDER_APPRAISAL)
	appraise(card, scores)
	move(card, people.LEAD, ScorecardState.APPRAISED)
	card.reload()


def add_external_results(campaign: str, units: list[dict]) -> None:
	"""Survey and index arrive after everything else, as documents with their source."""
	for code, source in EXTERNAL.items():
		if frappe.db.exists(
			"PAR External Result", {"campaign": campaign, "criterion_code": code, "docstatus": 1}
		):
			continue
		result = frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign,
			criterion_code=code,
			source=source,
			document_number="1/BC-MAU",
			document_date="2020-12-01",
		)
		for unit in units:
			value = made_up_scores(unit["score"], unit["code"])[code].appraised
			result.append("external_values", {"unit": unit["code"], "value": float(value or 0)})
		frappe.set_user(people.LEAD)
		try:
			result.insert()
			result.submit()
		finally:
			frappe.set_user("Administrator")


def mark_misprint(campaign: str, units: list[dict]) -> None:
	"""Say beside the one unit whose printed score breaks the printed order that it does."""
	for place, unit in enumerate(units, 1):
		if unit["unit"] == MISPRINTED:
			card = frappe.get_doc("PAR Unit Scorecard", f"{campaign}-{unit['code']}")
			card.remark = MISPRINT.format(place=place, score=unit["score"].replace(".", ","))
			card.save()


def appraise(card, scores: dict) -> None:
	frappe.set_user(people.LEAD)
	try:
		for line in card.lines:
			if line.rule == "External" or line.code == criteria.LATE_ROW:
				continue
			line.appraised_claim = scores[line.code].appraised
			if line.appraised_claim != line.self_claim:
				line.appraisal_note = scores[line.code].note
		card.save()
	finally:
		frappe.set_user("Administrator")
