"""The sample's accounts: one for each role, and a head and a member of staff for every unit."""

import unicodedata

import frappe
from frappe.utils import random_string

from par_campaign.permissions import roles
from par_campaign.setup.install import MODULE_PROFILE

DOMAIN = "mau.example"
MANAGER = f"quanly@{DOMAIN}"
LEAD = f"totruong@{DOMAIN}"
APPRAISER = f"thamdinh@{DOMAIN}"
SECRETARY = f"thuky@{DOMAIN}"
CHAIRMAN = f"chutich@{DOMAIN}"
AUDITOR = f"kiemtra@{DOMAIN}"
SHOWN_UNIT = "STC"  # the unit whose two accounts are printed as log-ins

PROVINCIAL = (
	(MANAGER, "Trần Thị Quản Lý", roles.MANAGER),
	(LEAD, "Lê Văn Tổ Trưởng", roles.LEAD),
	(APPRAISER, "Phạm Thị Thẩm Định", roles.APPRAISER),
	(SECRETARY, "Võ Văn Thư Ký", roles.SECRETARY),
	(CHAIRMAN, "Nguyễn Thị Chủ Tịch", roles.CHAIRMAN),
	(AUDITOR, "Đỗ Văn Kiểm Tra", roles.AUDITOR),
)
PASSWORD_KEY = "par_demo_password"


def unit_code(name: str, taken: dict[str, str]) -> str:
	"""Initials of a unit's name without accents, numbered where two units share them."""
	plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
	plain = "".join(c for c in plain if c.isascii())
	initials = "".join(word[0] for word in plain.replace("–", " ").split() if word[0].isalpha()).upper()
	code, number = initials, 2
	while taken.get(code, name) != name:
		code, number = f"{initials}{number}", number + 1
	return code


def head_of(unit: str) -> str:
	"""The account of a unit's head."""
	return f"thutruong.{unit.lower()}@{DOMAIN}"


def staff_of(unit: str) -> str:
	"""The account of a member of a unit's staff."""
	return f"chuyenvien.{unit.lower()}@{DOMAIN}"


def make_users(units: list[dict]) -> list[dict]:
	"""Make the missing accounts and return the log-ins to try."""
	password = _password()
	frappe.flags.in_import = True  # lifts the limit on new accounts an hour, as Data Import does
	for user, name, role in PROVINCIAL:
		_make_user(user, name, role, password)
	for unit in units:
		_make_user(
			head_of(unit["code"]), f"Thủ trưởng {unit['unit']}", roles.UNIT_HEAD, password, unit["code"]
		)
		_make_user(
			staff_of(unit["code"]), f"Chuyên viên {unit['unit']}", roles.UNIT_USER, password, unit["code"]
		)
	frappe.flags.in_import = False
	return logins()


def logins() -> list[dict]:
	"""Role, user and password of the accounts to try."""
	password = _password()
	shown = [(role, user) for user, _name, role in PROVINCIAL]
	shown += [(roles.UNIT_HEAD, head_of(SHOWN_UNIT)), (roles.UNIT_USER, staff_of(SHOWN_UNIT))]
	return [{"role": role, "user": user, "password": password} for role, user in shown]


def _password() -> str:
	"""One random password for the sample's accounts, kept in the site so that it can be shown again."""
	password = frappe.db.get_global(PASSWORD_KEY)
	if not password:
		password = f"Par-{random_string(10)}"
		frappe.db.set_global(PASSWORD_KEY, password)
	return password


def _make_user(user: str, name: str, role: str, password: str, unit: str | None = None) -> None:
	if not frappe.db.exists("User", user):
		_make_account(user, name, password)
	# uninstalling takes roles and unit from accounts that stay: a new install gives them back
	frappe.get_doc("User", user).add_roles(role)
	belongs = {"user": user, "allow": "PAR Unit", "for_value": unit}
	if unit and not frappe.db.exists("User Permission", belongs):
		frappe.get_doc(doctype="User Permission", apply_to_all_doctypes=1, **belongs).insert()


def _make_account(user: str, name: str, password: str) -> None:
	doc = frappe.new_doc("User")  # with its defaults, which an insert leaves out under flags.in_import
	doc.update(
		{
			"email": user,
			"first_name": name,
			"language": "vi",
			"send_welcome_email": 0,
			"new_password": password,
			"module_profile": MODULE_PROFILE,
		}
	)
	doc.flags.no_welcome_mail = True
	doc.flags.ignore_password_policy = True
	doc.insert()


def council(appraisers_areas: str = "") -> list[dict]:
	"""The campaign's council: who appraises and who votes. The appraiser gets the areas given, or all."""
	return [
		{
			"user": CHAIRMAN,
			"position": "Chair",
			"member_name": "Nguyễn Thị Chủ Tịch",
			"votes": 1,
			"appraises": 0,
		},
		{
			"user": LEAD,
			"position": "Deputy Chair",
			"member_name": "Lê Văn Tổ Trưởng",
			"votes": 1,
			"appraises": 1,
		},
		{
			"user": APPRAISER,
			"position": "Member",
			"member_name": "Phạm Thị Thẩm Định",
			"votes": 1,
			"appraises": 1,
			"areas": appraisers_areas,
		},
		{
			"user": MANAGER,
			"position": "Member",
			"member_name": "Trần Thị Quản Lý",
			"votes": 1,
			"appraises": 0,
		},
		{
			"user": SECRETARY,
			"position": "Secretary",
			"member_name": "Võ Văn Thư Ký",
			"votes": 1,
			"appraises": 0,
		},
	]
