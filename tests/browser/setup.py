"""Makes a campaign to click through: `dev/par python tests/browser/setup.py SITE PASSWORD [UNIT=STATE …]`.

Each call makes a new one, with a criteria set that has every rule once, over three units of its own.
A unit's scorecard is brought to the state asked for by the people whose step it is (Draft, Submitted,
Under Appraisal or Appraised). Prints names and log-ins as JSON on the last line.
"""

import json
import sys

import frappe

from par_campaign.permissions import roles

DOMAIN = "kiemthu.example"
GROUP = "Nhóm đơn vị kiểm thử"
UNITS = {"KT1": "Sở Kiểm thử Một", "KT2": "Sở Kiểm thử Hai", "KT3": "Sở Kiểm thử Ba"}
STAFF = {
	"manager": roles.MANAGER,
	"lead": roles.LEAD,
	"appraiser": roles.APPRAISER,
	"secretary": roles.SECRETARY,
	"chairman": roles.CHAIRMAN,
	"member.kt3": roles.APPRAISER,
}
# a member of the council who also works in a unit: that narrows nothing, but they have no part in it
OF_UNIT = {"member.kt3": "KT3"}
LATE_ROW = "10.1"
CRITERIA = (
	{"code": "1", "title": "CHỈ ĐẠO, ĐIỀU HÀNH"},
	{"code": "1.1", "title": "Kế hoạch cải cách hành chính"},
	{
		"code": "1.1.1",
		"title": "Ban hành kế hoạch CCHC năm",
		"maximum": 2,
		"rule": "Yes/No",
		"demand": "Evidence",
	},
	{
		"code": "1.1.2",
		"title": "Báo cáo CCHC định kỳ",
		"maximum": 3,
		"rule": "Choice",
		"options_text": "Đủ và đúng hạn: 3\nCó báo cáo trễ hạn: 1,5\nThiếu báo cáo: 0",
		"demand": "Explanation",
	},
	{"code": "1.1.3", "title": "Tuyên truyền CCHC", "maximum": 5, "rule": "Direct", "step": 0.5},
	{"code": "2", "title": "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"},
	{
		"code": "2.1",
		"title": "Hoàn thành kế hoạch kiểm soát TTHC",
		"maximum": 10,
		"rule": "Proportional",
		"full_rate": 100,
		"floor_rate": 50,
	},
	{
		"code": "2.2",
		"title": "Hồ sơ trực tuyến",
		"maximum": 10,
		"rule": "Tiers",
		"options_text": "từ 80 %: 10\ntừ 50 % đến dưới 80 %: 5\ndưới 50 %: 0",
	},
	{
		"code": "2.3",
		"title": "Hồ sơ giải quyết đúng hạn",
		"maximum": 10,
		"rule": "Formula",
		"formula": "100 * a / b",
		"inputs_text": "a: Số hồ sơ đúng hạn\nb: Số hồ sơ đã giải quyết",
		"full_rate": 100,
		"floor_rate": 50,
	},
	{"code": "3", "title": "TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH"},
	{
		"code": "3.1",
		"title": "Mức độ hài lòng",
		"maximum": 10,
		"rule": "External",
		"external_source": "Khảo sát SIPAS",
		"external_scale": 100,
	},
	{"code": "9", "title": "ĐIỂM THƯỞNG"},
	{
		"code": "9.1",
		"title": "Sáng kiến được công nhận",
		"maximum": 2,
		"rule": "Count",
		"per_occurrence": 1,
		"score_type": "Bonus",
	},
	{"code": "10", "title": "ĐIỂM TRỪ"},
	{
		"code": LATE_ROW,
		"title": "Nộp trễ hạn (số ngày)",
		"maximum": 2,
		"rule": "Count",
		"per_occurrence": 0.5,
		"score_type": "Deduction",
		"auto_claim": "Late days",
	},
)
CLAIMS = {
	"1.1.1": "Yes",
	"1.1.2": "Đủ và đúng hạn",
	"1.1.3": "4",
	"2.1": "90",
	"2.2": "85",
	"2.3": "a=90; b=100",
	"9.1": "0",
}


def email(name: str) -> str:
	return f"{name}@{DOMAIN}"


def main(site: str, password: str, states: dict[str, str]) -> dict:
	frappe.init(site)
	frappe.connect()
	make_units()
	make_users(password)
	campaign = make_campaign()
	for unit, state in states.items():
		bring(f"{campaign}-{unit}", unit, state)
	frappe.db.commit()
	return {
		"campaign": campaign,
		"group": GROUP,
		"cards": {unit: f"{campaign}-{unit}" for unit in UNITS},
		"users": {name: email(name) for name in [*STAFF, *unit_users()]},
	}


def make_units() -> None:
	if not frappe.db.exists("PAR Unit Group", GROUP):
		frappe.get_doc(doctype="PAR Unit Group", group_name=GROUP).insert()
	for code, name in UNITS.items():
		if not frappe.db.exists("PAR Unit", code):
			frappe.get_doc(doctype="PAR Unit", unit_code=code, unit_name=name, unit_group=GROUP).insert()


def unit_users() -> dict[str, tuple[str, str]]:
	"""Name → role and unit of the units' people."""
	users = {}
	for unit in UNITS:
		users[f"head.{unit.lower()}"] = (roles.UNIT_HEAD, unit)
		users[f"staff.{unit.lower()}"] = (roles.UNIT_USER, unit)
	return users


def make_users(password: str) -> None:
	for name, role in STAFF.items():
		make_user(name, role, password)
	for name, unit in OF_UNIT.items():
		permission = {"user": email(name), "allow": "PAR Unit", "for_value": unit}
		if not frappe.db.exists("User Permission", permission):
			scope = {"apply_to_all_doctypes": 0, "applicable_for": "PAR Unit Scorecard"}
			frappe.get_doc(doctype="User Permission", **scope, **permission).insert()
	for name, (role, unit) in unit_users().items():
		make_user(name, role, password)
		permission = {"user": email(name), "allow": "PAR Unit", "for_value": unit}
		if not frappe.db.exists("User Permission", permission):
			frappe.get_doc(doctype="User Permission", apply_to_all_doctypes=1, **permission).insert()


def make_user(name: str, role: str, password: str) -> None:
	if frappe.db.exists("User", email(name)):
		doc = frappe.get_doc("User", email(name))
	else:
		doc = frappe.get_doc(
			doctype="User",
			email=email(name),
			first_name=name,
			language="vi",
			enabled=1,
			send_welcome_email=0,
			roles=[{"role": role}],
		)
	doc.new_password = password
	doc.flags.ignore_password_policy = True
	frappe.flags.in_import = True  # lifts the limit on new accounts an hour
	doc.save()
	frappe.flags.in_import = False


def make_campaign() -> str:
	"""A campaign under appraisal, so that every step of a scorecard can be taken."""
	criteria = frappe.get_doc(
		doctype="PAR Criteria Set", title="Bộ tiêu chí kiểm thử", year=2024, unit_group=GROUP
	)
	for row in CRITERIA:
		criteria.append(
			"criteria",
			{"score_type": "Normal", "demand": "None", "may_not_apply": int(row["code"] == "2.2"), **row},
		)
	for row in criteria.criteria:
		if row.code in ("9", "10"):
			row.score_type = "Bonus" if row.code == "9" else "Deduction"
	criteria.insert()
	doc = frappe.get_doc(
		doctype="PAR Campaign",
		title="Chiến dịch kiểm thử",
		year=2024,
		plan_number="1/KH-KT",
		plan_date="2024-01-02",
		self_scoring_deadline="2099-12-31 17:00:00",
		review_from="2020-01-01 08:00:00",
		review_until="2099-12-31 17:00:00",
		units_see_review="When results are published",
		groups=[{"unit_group": GROUP, "criteria_set": criteria.name}],
		bands=[{"label": "Xuất sắc", "minimum": 90}, {"label": "Tốt", "minimum": 0}],
		council=[
			{"user": email("chairman"), "member_name": "Chủ tịch", "position": "Chair", "appraises": 0},
			{"user": email("lead"), "member_name": "Tổ trưởng", "position": "Deputy Chair"},
			{"user": email("appraiser"), "member_name": "Thẩm định", "position": "Member"},
			{"user": email("member.kt3"), "member_name": "Người của KT3", "position": "Member", "votes": 0},
		],
	)
	levels = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=1)
	doc.append("award_quotas", {"award_level": levels[0], "unit_group": GROUP, "places": 1})
	doc.insert()
	step(doc, "manager", "Launched")
	step(doc, "manager", "Appraising")
	add_survey(doc.name)
	return doc.name


def add_survey(campaign: str) -> None:
	result = frappe.get_doc(
		doctype="PAR External Result",
		campaign=campaign,
		criterion_code="3.1",
		source="Khảo sát SIPAS",
		document_number="9/BC-KT",
		document_date="2024-12-01",
		external_values=[{"unit": unit, "value": 90} for unit in UNITS],
	)
	result.insert()
	result.submit()


def step(doc, user: str, state: str) -> None:
	"""Take a document to its next state as the user whose step it is."""
	frappe.set_user(email(user))
	try:
		doc.reload()
		doc.workflow_state = state
		doc.save()
	finally:
		frappe.set_user("Administrator")


def bring(name: str, unit: str, state: str) -> None:
	"""Fill in a scorecard and take it as far as asked."""
	if state == "Draft":
		return
	card = frappe.get_doc("PAR Unit Scorecard", name)
	head = f"head.{unit.lower()}"
	frappe.set_user(email(head))
	for line in card.lines:
		line.self_claim = CLAIMS.get(line.code)
		line.explanation = "Đã thực hiện theo kế hoạch."
	card.save()
	step(card, head, "Submitted")
	if state == "Submitted":
		return
	step(card, "lead", "Under Appraisal")
	if state == "Under Appraisal":
		return
	frappe.set_user(email("lead"))
	card.reload()
	for line in card.lines:
		if line.code in CLAIMS:
			line.appraised_claim = CLAIMS[line.code]
	card.save()
	step(card, "lead", "Appraised")


if __name__ == "__main__":
	_program, site, password, *pairs = sys.argv
	print(json.dumps(main(site, password, dict(pair.split("=") for pair in pairs))))
