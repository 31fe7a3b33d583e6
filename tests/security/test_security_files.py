"""One unit at another's files, and at its own after hand-in. Each test is a hole that was open."""

import json
from io import BytesIO

import frappe
import pytest
import site_factories as f
from site_browser import REFUSALS, SCORECARD, Browser

SECRET = b"secret of A"


@pytest.fixture
def evidence(live):
	"""A's document, which lies with the appraisers."""
	return frappe.get_doc("PAR Evidence Item", {"campaign": live})


@pytest.fixture(autouse=True)
def swept():
	yield
	frappe.db.delete("File", {"file_name": ("like", "grab-%")})
	frappe.db.commit()


def test_files_of_other_units_are_not_listed(live, evidence):
	query = {"fields": json.dumps(["file_url"]), "limit_page_length": 0}
	assert evidence.file not in Browser(f.HEAD_B).get("/api/resource/File", **query).text
	assert evidence.file not in Browser(f.HOMELESS).get("/api/resource/File", **query).text
	for user in (f.HEAD_A, f.LEAD):
		assert evidence.file in Browser(user).get("/api/resource/File", **query).text, user


def test_file_search_does_not_name_other_units_files(live, evidence):
	answer = Browser(f.HEAD_B).get(
		"/api/method/frappe.core.api.file.get_files_by_search_text", text="secret-plan"
	)
	assert evidence.file not in answer.text


def test_file_is_not_opened_by_uploading_its_address(live, evidence):
	browser = Browser(f.HEAD_B)
	answer = browser.upload(file_url=evidence.file, file_name="grab-1.txt", is_private="1")
	assert answer.status_code in REFUSALS
	assert browser.get(evidence.file).status_code == 403


@pytest.mark.parametrize("prefix", ["", "http://{site}", "/files/..{nothing}"])
def test_file_is_not_opened_by_a_record_with_its_address(live, evidence, prefix):
	browser = Browser(f.HEAD_B)
	url = prefix.format(site=frappe.local.site, nothing="") + evidence.file
	browser.call("POST", "/api/resource/File", file_url=url, file_name="grab-2.txt", is_private=1)
	assert browser.get(evidence.file).status_code == 403


def test_file_is_not_opened_by_changing_ones_own_record(live, evidence):
	browser = Browser(f.HEAD_B)
	own = browser.upload(file=(BytesIO(b"own file of B"), "grab-3.txt"), is_private="1")
	name = own.json["message"]["name"]
	browser.put("File", name, file_url=evidence.file)
	assert browser.get(evidence.file).status_code == 403


def test_file_is_not_opened_by_a_picture_field(live, evidence):
	"""Frappe attaches whatever an Attach field names, and asks nobody."""
	browser = Browser(f.HEAD_B)
	assert browser.put("User", f.HEAD_B, user_image=evidence.file).status_code in REFUSALS
	assert browser.get(evidence.file).status_code == 403


def test_archive_holds_no_file_of_another_unit(live, evidence):
	name = frappe.db.get_value("File", {"file_url": evidence.file})
	answer = Browser(f.HEAD_B).post(
		"frappe.core.api.file.zip_files", files=json.dumps([{"name": name, "is_private": 1}])
	)
	assert SECRET not in answer.data and b"secret-plan" not in answer.data


def test_the_same_document_may_be_uploaded_by_two_units(live, evidence):
	"""A decree that everybody attaches: Frappe keeps one file, and each unit opens it by its own record."""
	browser = Browser(f.HEAD_B)
	answer = browser.upload(file=(BytesIO(SECRET), "grab-4.txt"), is_private="1")
	assert answer.status_code == 200
	assert browser.get(answer.json["message"]["file_url"]).data == SECRET


# --- evidence stays as it was handed in -----------------------------------------------------------------


def test_file_of_evidence_is_not_deleted_after_hand_in(live, evidence):
	browser = Browser(f.STAFF_A)
	name = frappe.db.get_value("File", {"file_url": evidence.file, "attached_to_name": evidence.name})
	browser.post("frappe.desk.form.utils.remove_attach", fid=name)
	browser.call("DELETE", f"/api/resource/File/{name}")
	assert frappe.db.exists("File", name)
	assert Browser(f.LEAD).get(evidence.file).data == SECRET


def test_bytes_of_evidence_outlive_a_deletion_that_is_refused(live, evidence):
	"""Frappe's File deletes them before any hook is asked, and no rollback brings them back."""
	name = frappe.db.get_value("File", {"file_url": evidence.file, "attached_to_name": evidence.name})
	file = frappe.get_doc("File", name)
	shared = {"content_hash": file.content_hash, "name": ("!=", name)}
	assert not frappe.get_all("File", shared, order_by="name")  # or Frappe would have kept them for the other
	for options in ({}, {"ignore_permissions": True}, {"force": True}):
		with pytest.raises(frappe.PermissionError, match="handed in"):
			frappe.delete_doc("File", name, **options)
		assert file.get_content() and frappe.db.exists("File", name)


@pytest.mark.parametrize(
	"change", [{"is_private": 0}, {"attached_to_name": None}, {"attached_to_doctype": SCORECARD}]
)
def test_file_of_evidence_is_not_moved_after_hand_in(live, evidence, change):
	name = frappe.db.get_value("File", {"file_url": evidence.file, "attached_to_name": evidence.name})
	answer = Browser(f.STAFF_A).put("File", name, **change)
	assert answer.status_code in REFUSALS
	file = frappe.get_doc("File", name)
	assert (file.is_private, file.attached_to_name, file.file_url) == (1, evidence.name, evidence.file)


def test_no_file_is_hung_on_evidence_after_hand_in(live, evidence):
	answer = Browser(f.STAFF_A).upload(
		file=(BytesIO(b"too late"), "grab-5.txt"),
		is_private="1",
		doctype="PAR Evidence Item",
		docname=evidence.name,
	)
	assert answer.status_code in REFUSALS
	assert not frappe.db.exists("File", {"file_name": ("like", "grab-5%")})


def test_a_letter_added_to_a_scorecard_after_hand_in_is_not_taken_away_again(live):
	browser = Browser(f.STAFF_A)
	letter = browser.upload(
		file=(BytesIO(b"letter"), "grab-7.txt"), is_private="1", doctype=SCORECARD, docname=f"{live}-TA"
	).json["message"]
	for user in (f.STAFF_A, f.HEAD_A, f.LEAD, f.MANAGER):
		Browser(user).post("frappe.desk.form.utils.remove_attach", fid=letter["name"])
		answer = Browser(user).call("DELETE", f"/api/resource/File/{letter['name']}")
		assert answer.status_code in REFUSALS
	assert browser.get(letter["file_url"]).data == b"letter"


def test_unit_deletes_its_evidence_with_its_file_before_hand_in(live):
	browser = Browser(f.HEAD_C)
	url = browser.upload(file=(BytesIO(b"early of C"), "grab-6.txt"), is_private="1").json["message"][
		"file_url"
	]
	made = browser.add_evidence(f"{live}-TC", title="Early", file=url)
	name = made.json["data"]["name"]
	assert browser.call("DELETE", f"/api/resource/PAR Evidence Item/{name}").status_code == 202
	assert not frappe.db.exists("File", {"file_url": url})
