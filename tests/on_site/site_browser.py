"""Real requests with real log-ins against the whole application, and a committed campaign to ask about.

Requests run on a connection of their own, so what they ask about is committed and taken away again.
"""

from contextlib import contextmanager

import frappe
import pytest
import site_factories as f
from werkzeug.test import Client

from par_campaign.setup.uninstall import RECORDS
from par_campaign.testing import state as kept_state

SCORECARD = "PAR Unit Scorecard"
REFUSALS = (403, 417)
PASSWORD = "Par-test-1234!"
MATRIX_DOMAIN = "matrix.example"


class Browser:
	"""A logged-in client of the application."""

	def __init__(self, user: str):
		from frappe.app import application

		self.client = Client(application)
		answer = self.call("POST", "/api/method/login", usr=user, pwd=PASSWORD)
		assert answer.status_code == 200, answer.text
		self.token = None

	def open(self, path: str, /, headers: dict | None = None, **how):
		"""One request, as werkzeug's client makes it, to the test site."""
		with away() as site:
			headers = {"Host": site, "X-Frappe-Site-Name": site, **(headers or {})}
			# buffered: what runs after the answer has run, too
			return self.client.open(path, headers=headers, buffered=True, **how)

	def call(self, method: str, path: str, /, **data):
		return self.open(
			path, method=method, **({"query_string": data} if method == "GET" else {"json": data})
		)

	def upload(self, path: str = "/api/method/upload_file", /, **data):
		"""Multipart, as the desk uploads."""
		return self.open(path, method="POST", data=data)

	def get(self, path: str, /, **data):
		return self.call("GET", path, **data)

	def put(self, doctype: str, name: str, /, **values):
		return self.call("PUT", f"/api/resource/{doctype}/{name}", **values)

	def post(self, method: str, /, **data):
		return self.call("POST", f"/api/method/{method}", **data)

	def add_evidence(self, scorecard: str, /, **values):
		"""A new document of evidence for row 1.1.1."""
		criteria = [{"code": "1.1.1"}]
		return self.call(
			"POST", "/api/resource/PAR Evidence Item", scorecard=scorecard, criteria=criteria, **values
		)


@contextmanager
def away():
	"""The application opens and closes connections of its own: ours is closed before, or it would keep its locks."""
	site = frappe.local.site
	kept_state.forget()
	frappe.db.rollback()
	frappe.destroy()
	try:
		yield site
	finally:
		connect(site)


def connect(site: str) -> None:
	"""Open the test's own connection, as the plugin does before the first test."""
	frappe.init(site=site, sites_path=".", force=True)
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.in_test = True
	frappe.flags.print_messages = False


@pytest.fixture(scope="module")
def live(base):
	"""Name of a committed campaign under appraisal: A under appraisal, B handed in, C and D in draft."""
	frappe.set_user("Administrator")
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2031, title="Over HTTP")))
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		file = frappe.get_doc(
			doctype="File", file_name="secret-plan.txt", content="secret of A", is_private=1
		).insert()
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			file=file.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()
	f.step(f.hand_in(campaign, "TA"), f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		card.reload()
		f.line(card, "1.1.3").appraised_claim = "1"
		f.line(card, "1.1.3").appraisal_note = "Secret reason"
		card.save()
	f.hand_in(campaign, "TB")
	frappe.db.commit()
	name = campaign.name
	yield name
	remove(name)


def remove(campaign: str) -> None:
	"""Take a committed test campaign away again, with all that was written of it."""
	frappe.db.rollback()
	doctypes = campaign_doctypes()
	for doctype in doctypes:
		key = "name" if doctype == "PAR Campaign" else "campaign"
		if names := frappe.get_all(doctype, {key: campaign}, pluck="name", order_by="name"):
			remove_documents(doctype, names)
	frappe.db.delete("PAR Criteria Set", {"year": 2023, "title": ("like", "Test set%")})
	remove_records(doctypes)
	frappe.db.commit()
	frappe.clear_cache()


def remove_left_over() -> None:
	"""What a run that was broken off has committed: a later one would count its campaigns and notices."""
	for name in frappe.get_all("PAR Campaign", pluck="name", order_by="name"):
		remove(name)
	remove_records(our_doctypes())  # also what was written of units and groups, which stay
	restore_shared()
	# the accounts that only the matrix needs would count among the holders of their roles
	frappe.db.set_value("User", {"name": ("like", f"%@{MATRIX_DOMAIN}")}, "enabled", 0)
	frappe.db.commit()


def restore_shared() -> None:
	"""The accounts and units that all tests share, as they were made: the attack and failed tests leave marks."""
	users = [user for user, _role, _unit in f.USERS]
	marked = ("phone", "mobile_no", "api_key", "reset_password_key")
	frappe.db.set_value("User", {"name": ("in", users)}, dict.fromkeys(marked))
	frappe.db.delete(
		"File", {"owner": ("in", users)}
	)  # what a failed test let them take would be theirs in the next run
	units = {unit[0]: unit for unit in f.UNITS}
	for name in frappe.get_all("PAR Unit", {"name": ("in", list(units))}, pluck="name", order_by="name"):
		_code, title, group, cluster = units[name]
		values = {"unit_name": title, "unit_group": group, "cluster": cluster, "disabled": 0}
		frappe.db.set_value("PAR Unit", name, values | dict.fromkeys(("phone", "address", "email")))
	frappe.db.delete("PAR Unit Division", {"parent": ("in", list(units))})


def remove_records(doctypes: list[str]) -> None:
	for record, field in RECORDS.items():
		frappe.db.delete(record, {field: ("in", doctypes)})


def campaign_doctypes() -> list[str]:
	"""The doctypes whose documents belong to one campaign, and the campaign itself."""
	fields = {"fieldname": "campaign", "parent": ("like", "PAR %")}
	linked = frappe.get_all("DocField", fields, pluck="parent", order_by="parent")
	documents = {"name": ("in", linked), "istable": 0, "issingle": 0, "is_virtual": 0}
	return ["PAR Campaign", *frappe.get_all("DocType", documents, pluck="name", order_by="name")]


def our_doctypes() -> list[str]:
	return frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name")


def remove_documents(doctype: str, names: list[str]) -> None:
	"""By the tables, because what is handed in or published is not deleted by any other way."""
	for field in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(field.options, {"parenttype": doctype, "parent": ("in", names)})
	frappe.db.delete("File", {"attached_to_doctype": doctype, "attached_to_name": ("in", names)})
	frappe.db.delete(doctype, {"name": ("in", names)})


def state(doctype: str, name: str) -> str:
	return frappe.db.get_value(doctype, name, "workflow_state")
