"""The data behind published results, which holds every unit's claims and every vote, stays closed to units.

Actors: people of unit A and B, who look for what the others claimed; the auditor and the manager, who get it by
the results workbook alone.
"""

import frappe
import pytest
import site_factories as f
from site_browser import Browser, remove

from par_campaign.permissions import sealed
from par_campaign.results import payload

RESULT = "PAR Published Result"
FOLDER = payload.PLACE["folder"]


@pytest.fixture(scope="module")
def published(base):
	"""A committed campaign with published results."""
	frappe.set_user("Administrator")
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2034, title="Published and closed")))
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(campaign, unit)
	f.step(campaign, f.MANAGER, "Results Published")
	frappe.db.commit()
	yield f"{campaign.name}-V1"
	remove(campaign.name)


def file_name(version: str) -> str:
	digest = frappe.db.get_value(RESULT, version, "payload_sha256")
	return sealed.path_of(digest, **payload.PLACE).name


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_B])
@pytest.mark.parametrize("field", ["payload", f"`tab{RESULT}`.`payload`"])
def test_a_unit_asks_for_no_claim_by_filters(published, user, field):
	"""A unit read votes and claims out of the field `payload` in 30 requests, a letter at a time."""
	browser = Browser(user)
	said = set()
	for text in ("criteria_sets", "no such words"):
		filters = frappe.as_json([[field, "like", f"%{text}%"]], indent=None)
		answer = browser.get(f"/api/resource/{RESULT}", filters=filters)
		assert published not in answer.text
		said.add(answer.status_code)
	assert 200 not in said and len(said) == 1


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_B])
def test_a_unit_asks_for_no_hash_by_filters(published, user):
	"""The hash is the name of the file."""
	browser = Browser(user)
	for field in ("payload_sha256", "payload_size"):
		filters = frappe.as_json([[field, "is", "set"]], indent=None)
		answer = browser.get(f"/api/resource/{RESULT}", filters=filters)
		assert answer.status_code == 403 and published not in answer.text, (field, answer.text)
		answer = browser.get(f"/api/resource/{RESULT}", order_by=f"{field} desc")
		assert answer.status_code == 403 and published not in answer.text, (field, answer.text)
	shown = browser.get(f"/api/resource/{RESULT}/{published}").json["data"]
	assert shown["digest"]
	assert not any(shown.get(field) for field in ("payload", "payload_sha256", "payload_size"))


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_B, f.AUDITOR, f.MANAGER])
def test_nobody_opens_the_file_by_its_address(published, user):
	name = file_name(published)
	browser = Browser(user)
	for address in (
		f"/private/files/{FOLDER}/{name}",
		f"/private/files/./{FOLDER}/{name}",
		f"/private/files//{FOLDER}/{name}",
		f"/files/{FOLDER}/{name}",
	):
		answer = browser.get(address)
		assert answer.status_code in (403, 404) and b"criteria_sets" not in answer.data, address


@pytest.mark.parametrize("user", [f.HEAD_A, f.MANAGER])
def test_nobody_makes_a_record_that_points_to_the_file(published, user):
	"""A File of one's own on somebody else's address gave its bytes. Who knows the hash knows the address."""
	name = file_name(published)
	browser = Browser(user)
	for address in (
		f"/private/files/{FOLDER}/{name}",
		f"/private/files/./{FOLDER}//{name}",
		f"/private/files/../files/{FOLDER}/{name}",
		f"/files/../../private/files/{FOLDER}/{name}",
		f"/private/files/%2e/{FOLDER}/{name}",
	):
		for private in (0, 1):
			made = browser.post("upload_file", file_url=address, is_private=private, file_name="x.txt")
			assert made.status_code in (403, 417), (address, made.text)
			made = browser.call("POST", "/api/resource/File", file_url=address, is_private=private)
			assert made.status_code in (403, 417), (address, made.text)
		assert b"criteria_sets" not in browser.get(address).data
	assert not frappe.get_all("File", {"file_url": ("like", f"%{FOLDER}%")}, order_by="name")
