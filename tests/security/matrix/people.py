"""The columns of the tables: who asks. Of each role one account of the unit and one that has no part in it."""

import frappe
import site_factories as f
from site_browser import MATRIX_DOMAIN as DOMAIN

from par_campaign.permissions import roles

SYSTEM_MANAGER = "System Manager"
OTHER_APP = "Blogger"  # a role of the desk that has nothing to do with ours


def _email(name: str) -> str:
	return f"{name}@{DOMAIN}"


OWN = {
	"Unit User": _email("staff.of.unit"),
	"Unit Head": f.HEAD_D,
	"Appraiser": _email("appraiser.of.unit"),
	"Appraisal Lead": _email("lead.of.unit"),
	"Council Secretary": _email("secretary.of.unit"),
	"Chairman": _email("chairman.of.unit"),
	"Auditor": _email("auditor.of.unit"),
	"Campaign Manager": _email("manager.of.unit"),
}
OTHER = {
	"Unit User": f.STAFF_B,
	"Unit Head": f.HEAD_B,
	"Appraiser": f.APPRAISER,
	"Appraisal Lead": f.LEAD,
	"Council Secretary": f.SECRETARY,
	"Chairman": f.CHAIRMAN,
	"Auditor": f.AUDITOR,
	"Campaign Manager": f.MANAGER,
	"Unit User without unit": f.HOMELESS,
	"Appraiser not in council": f.OUTSIDER,
	"No PAR role": _email("nobody"),
	"System Manager": _email("system.manager"),
	"Guest": "Guest",
}
ROLES = {
	"Unit User": roles.UNIT_USER,
	"Appraiser": roles.APPRAISER,
	"Appraisal Lead": roles.LEAD,
	"Council Secretary": roles.SECRETARY,
	"Chairman": roles.CHAIRMAN,
	"Auditor": roles.AUDITOR,
	"Campaign Manager": roles.MANAGER,
	"No PAR role": OTHER_APP,
	"System Manager": SYSTEM_MANAGER,
}
NOBODY = OTHER["No PAR role"]


def has(whose: str, role: str) -> bool:
	"""Whether there is somebody of this column; whom no unit tells apart stands among the others."""
	return role in (OWN if whose == "own" else OTHER)


def account(whose: str, role: str) -> str:
	"""The account that stands for a column; raises where there is none."""
	return (OWN if whose == "own" else OTHER)[role]


def make() -> None:
	"""The accounts that only the matrix needs; they stay on the test site, and `remove_left_over` switches
	them off between runs."""
	for people, unit in ((OWN, "TD"), (OTHER, None)):
		for role, user in people.items():
			if user.endswith(DOMAIN):
				f.make_user(user, ROLES[role], unit)
	frappe.db.set_value("User", {"name": ("like", f"%@{DOMAIN}")}, "enabled", 1)
	frappe.db.commit()
