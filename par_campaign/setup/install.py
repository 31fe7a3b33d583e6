"""What a site needs beyond its doctypes. Everything here may run again and again."""

import frappe

from par_campaign.permissions import doors
from par_campaign.permissions.reports import keep_live
from par_campaign.permissions.roles import ROLES
from par_campaign.results import upkeep
from par_campaign.setup.workflows import sync_workflows

# The two awards of the plan, as data an administrator may rename, re-value or add to.
# Coefficients are multiples of the base salary for a collective; they stay marked until the office
# confirms them.
AWARD_LEVELS = (
	{
		"level_name": "Cờ thi đua của Ủy ban nhân dân tỉnh",
		"short_name": "Cờ thi đua",
		"precedence": 1,
		"rates": [{"valid_from": "2024-01-01", "coefficient": 8}],
		"vote_threshold": 90,
	},
	{
		"level_name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
		"short_name": "Bằng khen",
		"precedence": 2,
		"rates": [{"valid_from": "2024-01-01", "coefficient": 2}],
		"vote_threshold": 80,
	},
)

# Lương cơ sở, for the money of the awards; an administrator adds what follows
BASE_SALARIES = (
	{
		"valid_from": "2024-07-01",
		"amount": 2_340_000,
		"source": "Nghị định số 73/2024/NĐ-CP ngày 30 tháng 6 năm 2024 của Chính phủ",
	},
	{"valid_from": "2026-07-01", "amount": 2_530_000},
)

# For staff who only use this app: the desk without Frappe's own workspaces
MODULE_PROFILE = "PAR Campaign"


def after_install() -> None:
	make_roles()
	make_award_levels()
	make_base_salaries()
	make_module_profile()


def after_sync() -> None:
	# fixtures (workflow actions) are in by now, which after_install would come too early for
	sync_workflows()


def after_migrate() -> None:
	make_roles()
	sync_workflows()
	keep_live()
	doors.tell_what_is_open()
	upkeep.refresh_all()


def make_roles() -> None:
	"""Create the app's roles; an existing role keeps what an administrator has set on it."""
	for role in ROLES:
		if not frappe.db.exists("Role", role):
			frappe.get_doc(doctype="Role", role_name=role, desk_access=1).insert(
				ignore_permissions=True  # install and migrate run as the system, with no user to ask
			)


def make_award_levels() -> None:
	"""Give a new site the two awards; a site that has any keeps its own."""
	if frappe.db.count("PAR Award Level"):
		return
	for level in AWARD_LEVELS:
		frappe.get_doc(doctype="PAR Award Level", **level).insert(ignore_permissions=True)  # as above


def make_base_salaries() -> None:
	"""Give a new site the base salaries known; a site that has any keeps its own."""
	if frappe.db.count("PAR Base Salary"):
		return
	for salary in BASE_SALARIES:
		frappe.get_doc(doctype="PAR Base Salary", **salary).insert(ignore_permissions=True)  # as above


def make_module_profile() -> None:
	"""Offer a module profile that leaves a user nothing but this app; an existing one stays as it is."""
	if frappe.db.exists("Module Profile", MODULE_PROFILE):
		return
	others = frappe.get_all("Module Def", {"name": ("!=", "PAR Campaign")}, pluck="name", order_by="name")
	frappe.get_doc(
		doctype="Module Profile",
		module_profile_name=MODULE_PROFILE,
		block_modules=[{"module": module} for module in others],
	).insert(ignore_permissions=True)  # as above
