"""Files by identity: no spelling of an address opens another's file, and nothing changes one that is kept.

B is another unit than A, whose document lies with the appraisers. Each test is a hole that was open.
"""

import base64
import json
from io import BytesIO
from urllib.parse import quote

import frappe
import pytest
import site_factories as f
from PIL import Image
from site_browser import PASSWORD, REFUSALS, SCORECARD, Browser
from werkzeug.test import Client

from par_campaign.permissions.files import store

SECRET = b"secret of A"
NAMES = "ident-%"
STRANGER = "stranger@other-app.example"  # has a role of another app and none of ours


@pytest.fixture
def evidence(live):
	return frappe.get_doc("PAR Evidence Item", {"campaign": live})


@pytest.fixture
def record(evidence) -> str:
	"""Name of the File record of A's document."""
	return frappe.db.get_value("File", {"file_url": evidence.file, "attached_to_name": evidence.name})


@pytest.fixture(scope="module", autouse=True)
def stranger(base):
	if not frappe.db.exists("User", STRANGER):
		user = frappe.get_doc(doctype="User", email=STRANGER, first_name="Stranger", send_welcome_email=0)
		user.new_password = PASSWORD
		user.flags.no_welcome_mail = user.flags.ignore_password_policy = True
		user.insert()
		user.add_roles("Website Manager")
		frappe.db.commit()
	yield
	frappe.delete_doc("User", STRANGER, force=True)
	frappe.db.commit()


@pytest.fixture(autouse=True)
def swept():
	yield
	frappe.db.rollback()
	frappe.db.delete("File", {"file_name": ("like", NAMES)})
	for name in frappe.get_all("File", {"owner": STRANGER}, pluck="name", order_by="name"):
		frappe.delete_doc("File", name, force=True)  # with its bytes, which lie under the name it came with
	frappe.db.commit()


def own_picture(browser: Browser, name: str = "ident-own.png", **data) -> dict:
	content = BytesIO()
	Image.effect_noise((400, 400), 50).save(content, "PNG")
	content.seek(0)
	return browser.upload(file=(content, name), is_private="1", **data).json["message"]


def spellings(address: str) -> list[str]:
	"""Other texts for the same place."""
	private, name = "/private/files/", address.removeprefix("/private/files/")
	folder, _slash, file = name.rpartition("/")
	return [
		address,
		f"{private}./{name}",
		f"{private}/{name}",
		f"//private/files/{name}",
		f"{private}../files/{name}",
		f"{private}{folder}/../{folder}/./{file}",
		f"{private}%2e/{name}",
		f"{private}{quote(name, safe='').replace('.', '%2e')}",
		f"{private}%252e/{name}",
		f"/files/../../private/files/{name}",
		f"/files/%2e%2e/%2e%2e/private/files/{name}",
		f"http://{frappe.local.site}{address}",
		f"http://{frappe.local.site}{private}./{name}",
		f"{address} ",
		f"{address}\0",
		address.upper().replace("/PRIVATE/FILES", "/private/files"),
	]


WAYS = {
	"upload": lambda browser, url: browser.upload(file_url=url, file_name="ident-1.txt", is_private="1"),
	"upload, public": lambda browser, url: browser.upload(
		file_url=url, file_name="ident-2.txt", is_private="0"
	),
	"resource": lambda browser, url: browser.call(
		"POST", "/api/resource/File", file_url=url, file_name="ident-3.txt", is_private=1
	),
	"second version": lambda browser, url: browser.call(
		"POST", "/api/v2/document/File", file_url=url, file_name="ident-4.txt", is_private=0
	),
	"client": lambda browser, url: browser.post(
		"frappe.client.insert", doc={"doctype": "File", "file_url": url, "file_name": "ident-5.txt"}
	),
	"folder": lambda browser, url: browser.post(
		"frappe.client.insert",
		doc={"doctype": "File", "file_url": url, "file_name": "ident-6", "is_folder": 1, "is_private": 1},
	),
	"old upload": lambda browser, url: browser.post(
		"uploadfile", from_form=1, file_url=url, filename="ident-7.txt", is_private=1
	),
	"flags": lambda browser, url: browser.post(
		"frappe.client.insert",
		doc={
			"doctype": "File",
			"file_url": url,
			"file_name": "ident-8.txt",
			"flags": {"made_here": 1, "ignore_validate": 1},
			"content_hash": "0" * 64,
			"is_stored": True,
		},
	),
}


@pytest.mark.parametrize("user", [f.HEAD_B, f.HOMELESS, STRANGER])
@pytest.mark.parametrize("way", WAYS)
def test_no_spelling_of_an_address_opens_a_file(live, evidence, user, way):
	browser = Browser(user)
	for url in spellings(evidence.file):
		answer = WAYS[way](browser, url)
		assert SECRET not in answer.data, url
		assert browser.get(evidence.file).status_code == 403, url
		for made in frappe.get_all("File", {"owner": user}, ["name", "file_url"], order_by="name"):
			assert made.file_url != evidence.file, url
			if made.file_url:
				assert SECRET not in browser.get(made.file_url, fid=made.name).data, url
	assert SECRET not in Client_as_guest().get(evidence.file).data


def Client_as_guest():
	"""Somebody who has not logged in."""
	from frappe.app import application

	guest = Browser.__new__(Browser)
	guest.client = Client(application)
	return guest


@pytest.mark.parametrize("user", [f.HEAD_B, STRANGER])
@pytest.mark.parametrize(
	"url",
	[
		"/private/files/../../site_config.json",
		"/private/files/%2e%2e/%2e%2e/site_config.json",
		"/files/../../site_config.json",
		"/files/../../private/files/../../site_config.json",
		"../site_config.json",
		"site_config.json",
		"/etc/passwd",
	],
)
def test_nothing_outside_the_folders_of_files_is_opened(live, user, url):
	browser = Browser(user)
	for way in WAYS.values():
		assert b"db_password" not in way(browser, url).data
	for made in frappe.get_all("File", {"owner": user}, ["name", "file_url"], order_by="name"):
		if made.file_url:
			assert b"db_password" not in browser.get(made.file_url, fid=made.name).data
			told = browser.get("/api/method/frappe.handler.download_file", file_url=made.file_url)
			assert b"db_password" not in told.data


def test_no_record_moves_to_anothers_file(live, evidence):
	browser = Browser(f.HEAD_B)
	name = own_picture(browser)["name"]
	for url in spellings(evidence.file):
		assert browser.put("File", name, file_url=url).status_code in REFUSALS
		answer = browser.post(
			"frappe.client.set_value", doctype="File", name=name, fieldname="file_url", value=url
		)
		assert answer.status_code in REFUSALS
	assert browser.get(evidence.file).status_code == 403


def test_no_picture_field_takes_anothers_file(live, evidence):
	for user in (f.HEAD_B, STRANGER):
		browser = Browser(user)
		for url in spellings(evidence.file):
			browser.put("User", user, user_image=url)
			assert browser.get(evidence.file).status_code == 403, url
			assert not frappe.db.exists("File", {"owner": user, "file_url": ("like", "%par_files%")}), url


def test_no_evidence_takes_anothers_file(live, evidence):
	browser = Browser(f.HEAD_C)
	for url in spellings(evidence.file):
		made = browser.add_evidence(f"{live}-TC", title="Grabbed", file=url, reference="Shelf")
		assert made.status_code in REFUSALS, url
	assert browser.get(evidence.file).status_code == 403


def test_the_library_gives_no_file_of_others(live, evidence, record):
	browser = Browser(f.HEAD_B)
	assert browser.upload(library_file_name=record).status_code in REFUSALS
	for method in (
		"frappe.core.doctype.communication.email.make",
		"frappe.utils.file_manager.add_attachments",
	):
		browser.post(
			method,
			doctype=SCORECARD,
			name=f"{live}-TB",
			attachments=json.dumps([record]),
			content="x",
			subject="x",
		)
	assert browser.get(evidence.file).status_code == 403
	assert frappe.db.count("File", {"file_url": evidence.file}) == 1


def test_the_library_gives_ones_own_file_again(live):
	browser = Browser(f.HEAD_C)
	own = browser.upload(file=(BytesIO(b"of C"), "ident-lib.txt"), is_private="1").json["message"]
	again = browser.upload(library_file_name=own["name"], doctype=SCORECARD, docname=f"{live}-TC")
	assert again.status_code == 200
	assert again.json["message"]["file_url"] == own["file_url"]
	assert again.json["message"]["name"] != own["name"]


@pytest.mark.parametrize("place", [{}, {"doctype": "PAR Notice", "docname": "none"}])
def test_a_file_one_may_read_is_not_taken_for_oneself(live, evidence, record, place):
	"""A record on no document would be its owner's for ever, also when they are no auditor any more."""
	browser = Browser(f.AUDITOR)
	assert browser.get(evidence.file).data == SECRET
	refused = browser.upload(library_file_name=record, **place)
	assert refused.status_code in REFUSALS and "Save the document first" in refused.text
	assert "not found" not in refused.text  # the one message is what to do
	assert browser.upload(file_url=evidence.file, is_private="1", **place).status_code in REFUSALS
	answer = browser.call("POST", "/api/resource/File", file_url=evidence.file, is_private=1)
	assert answer.status_code in REFUSALS
	assert frappe.db.count("File", {"file_url": evidence.file}) == 1


def test_a_unit_takes_a_colleagues_file_for_another_document_of_its_own(live):
	colleagues = frappe.get_doc(
		doctype="File", file_name="ident-unit.txt", content="of the unit", attached_to_doctype=SCORECARD
	)
	colleagues.attached_to_name = f"{live}-TC"
	url = colleagues.insert().file_url
	frappe.db.commit()  # the request below has a connection of its own
	browser = Browser(f.HEAD_C)
	assert browser.upload(library_file_name=colleagues.name).status_code in REFUSALS
	made = browser.add_evidence(f"{live}-TC", title="The same for another criterion", file=url)
	assert made.status_code == 200
	assert browser.get(made.json["data"]["file"]).data == b"of the unit"
	taken = browser.upload(library_file_name=colleagues.name, doctype=SCORECARD, docname=f"{live}-TC")
	assert taken.status_code == 200
	name = made.json["data"]["name"]
	assert browser.call("DELETE", f"/api/resource/PAR Evidence Item/{name}").status_code == 202


def test_the_archive_of_files_holds_none_of_others(live, record):
	answer = Browser(f.HEAD_B).post("frappe.core.api.file.zip_files", files=json.dumps([{"name": record}]))
	assert answer.status_code == 403 and SECRET not in answer.data


def test_who_has_left_the_unit_no_longer_reads_what_they_uploaded(live, evidence, record):
	"""Frappe gives a file to its uploader for ever."""
	assert frappe.db.get_value("File", record, "owner") == f.STAFF_A
	browser = Browser(f.STAFF_A)
	assert browser.get(evidence.file).status_code == 200
	kept = frappe.get_all(
		"User Permission", {"user": f.STAFF_A, "allow": "PAR Unit"}, pluck="name", order_by="name"
	)
	frappe.db.set_value("User Permission", kept[0], "for_value", "TB")
	frappe.db.commit()
	frappe.clear_cache(user=f.STAFF_A)
	try:
		browser = Browser(f.STAFF_A)
		assert browser.get(evidence.file).status_code == 403
		answer = browser.post("frappe.core.api.file.zip_files", files=json.dumps([{"name": record}]))
		assert SECRET not in answer.data and answer.status_code == 403
	finally:
		frappe.db.set_value("User Permission", kept[0], "for_value", "TA")
		frappe.db.commit()
		frappe.clear_cache(user=f.STAFF_A)


# --- what is kept never changes ----------------------------------------------------------------------------


def test_a_kept_picture_is_not_optimised(live):
	"""The picture was written anew, 2,0 MB to 0,2 MB, and its SHA-256 was no longer true."""
	browser = Browser(f.HEAD_C)
	picture = own_picture(browser)
	before = store.path_of(picture["file_url"]).read_bytes()
	answer = browser.post("run_doc_method", dt="File", dn=picture["name"], method="optimize_file")
	assert answer.status_code in REFUSALS
	assert store.path_of(picture["file_url"]).read_bytes() == before


@pytest.mark.parametrize(
	"change",
	[
		{"file_name": "ident-other.txt"},
		{"file_url": "/files/other.txt"},
		{"is_private": 0},
		{"is_folder": 1},
		{"content_hash": "0"},
		{"thumbnail_url": "/files/x.png"},
		{"attached_to_doctype": SCORECARD},
	],
)
def test_a_kept_record_does_not_change(live, record, change):
	before = frappe.get_doc("File", record).as_dict()
	for user, name in ((f.STAFF_A, record), (f.HEAD_C, own_picture(Browser(f.HEAD_C))["name"])):
		was = frappe.db.get_value("File", name, list(change))
		assert Browser(user).put("File", name, **change).status_code in REFUSALS
		assert frappe.db.get_value("File", name, list(change)) == was
	assert frappe.get_doc("File", record).as_dict() == before


def test_a_kept_archive_is_not_unpacked_in_its_place(live):
	from zipfile import ZipFile

	browser, content = Browser(f.HEAD_C), BytesIO()
	with ZipFile(content, "w") as archive:
		archive.writestr("a.html", "<script>alert(1)</script>")
	content.seek(0)
	own = browser.upload(file=(content, "ident-a.zip"), is_private="1").json["message"]
	answer = browser.post("frappe.core.api.file.unzip_file", name=own["name"])
	assert answer.status_code in REFUSALS
	assert frappe.db.exists("File", own["name"])
	assert not frappe.db.exists("File", {"file_name": ("like", "a%.html")})


def test_ones_own_picture_does_not_write_over_anothers(live, evidence):
	"""Own picture, renamed to the other's name, optimised: answered 403, the other's bytes were gone."""
	for user in (f.HEAD_B, STRANGER):
		browser = Browser(user)
		name = own_picture(browser, f"ident-{user[:4]}.png")["name"]
		for target in (
			evidence.file.removeprefix("/private/files/"),
			evidence.file,
			evidence.file.rpartition("/")[2],
		):
			browser.post(
				"frappe.client.set_value", doctype="File", name=name, fieldname="file_name", value=target
			)
			browser.post("run_doc_method", dt="File", dn=name, method="optimize_file")
	assert store.read(evidence.file) == SECRET
	assert Browser(f.LEAD).get(evidence.file).data == SECRET


# --- private, whatever was asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
	"to", [{"doctype": SCORECARD}, {"doctype": "PAR Task", "docname": "new-par-task-1"}, {}]
)
def test_no_upload_of_ours_is_public(live, to):
	"""A file dropped on a form was public: whoever had its address read it without log-in."""
	browser = Browser(f.HEAD_C)
	where = to | ({"docname": f"{live}-TC"} if to.get("doctype") == SCORECARD else {})
	made = browser.upload(file=(BytesIO(b"dropped"), "ident-drop.txt"), is_private="0", **where).json[
		"message"
	]
	assert made["is_private"] == 1 and store.is_stored(made["file_url"])
	assert Client_as_guest().get(made["file_url"]).status_code == 403
	assert Client_as_guest().get("/files/ident-drop.txt").status_code == 404


def test_pictures_in_texts_and_files_by_call_are_private_too(live, behind_the_gate):
	browser = Browser(f.HEAD_C)
	answer = browser.post(
		"frappe.client.attach_file",
		filename="ident-call.txt",
		filedata=base64.b64encode(b"by call").decode(),
		decode_base64=1,
		doctype=SCORECARD,
		docname=f"{live}-TC",
		is_private=0,
	)
	made = answer.json["message"]
	assert made["is_private"] == 1 and store.read(made["file_url"]) == b"by call"


# --- how it is handed out -------------------------------------------------------------------------------------


def test_a_file_is_handed_out_under_its_own_name_and_runs_nowhere(live):
	browser = Browser(f.HEAD_C)
	name = "ident-Kế hoạch số 5.txt"
	made = browser.upload(file=(BytesIO("kế hoạch".encode()), name), is_private="1").json["message"]
	for answer in (browser.get(made["file_url"]), accelerated(browser, made["file_url"])):
		headers = answer.headers
		assert headers["X-Content-Type-Options"] == "nosniff"
		assert "sandbox" in headers["Content-Security-Policy"]
		assert headers["Content-Disposition"].startswith("attachment;")
		assert f"filename*=UTF-8''{quote(name, safe='')}" in headers["Content-Disposition"]
	saved = browser.get("/api/method/frappe.handler.download_file", file_url=made["file_url"])
	assert saved.data == "kế hoạch".encode()
	assert quote(name, safe="") in saved.headers["Content-Disposition"]


ACCELERATED = {"X-Use-X-Accel-Redirect": "on"}


def accelerated(browser: Browser, url: str):
	"""As nginx asks: the application answers with headers alone, and nginx sends the bytes."""
	answer = browser.open(url, headers=ACCELERATED)
	assert answer.headers["X-Accel-Redirect"].endswith(url)
	return answer


def test_what_was_changed_on_the_disk_is_handed_out_to_nobody(live, evidence):
	path = store.path_of(evidence.file)
	path.write_bytes(b"changed")  # as root: no other user can
	try:
		for browser in (Browser(f.HEAD_A), Browser(f.LEAD)):
			answers = [
				browser.get(evidence.file),
				browser.open(evidence.file, headers=ACCELERATED),
				browser.get("/api/method/frappe.handler.download_file", file_url=evidence.file),
			]
			for answer in answers:
				assert answer.status_code == 417 and b"changed\n" not in answer.data
				assert "X-Accel-Redirect" not in answer.headers
				assert b"Tell an administrator" in answer.data
	finally:
		path.write_bytes(SECRET)


# --- what is taken --------------------------------------------------------------------------------------------

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
	"name, content",
	[
		("ident-page.html", PAGE),
		("ident-picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
		("ident-page.xhtml", PAGE),
		("ident-data.xml", b"<?xml version='1.0'?><a/>"),
		("ident-report.pdf.exe", b"MZ\x90"),
		("ident-report.pdf", PAGE),
		("ident-report.pdf", b""),
		("ident-note.txt", b"  " + PAGE),
		("ident-note.txt", b"a\x00b"),
		("ident-note.csv", "điểm".encode("cp1258", "replace")),
		("ident-photo.jpg", b"%PDF-1.7"),
		("ident-book.xlsx", b"PK\x03\x04"),
		("ident-noending", b"text"),
		("ident-<img src=x onerror=alert(1)>.txt", b"text"),
		("ident-\u202etxt.exe.pdf", b"%PDF-1.7"),
		("ident-\x01.txt", b"text"),
	],
)
def test_what_is_no_document_is_not_taken(live, name, content):
	browser = Browser(f.HEAD_C)
	doc = {"doctype": "File", "file_name": name, "content": base64.b64encode(content).decode(), "decode": 1}
	answer = browser.post("frappe.client.insert", doc=doc)
	assert answer.status_code == 417, answer.text
	assert "File Not Taken" in answer.text and "Traceback" not in json.loads(answer.text).get("exception", "")
	assert not frappe.db.exists("File", {"file_name": ("like", NAMES)})


def test_a_long_name_is_shortened_and_keeps_its_ending(live):
	made = Browser(f.HEAD_C).upload(file=(BytesIO(b"text"), "ident-" + "ă" * 300 + ".txt")).json["message"]
	assert len(made["file_name"]) == 140 and made["file_name"].endswith("….txt")


@pytest.mark.parametrize("content", [["a"], {"a": 1}, 5, True])
def test_content_of_a_wrong_type_is_refused_in_words(live, content):
	doc = {"doctype": "File", "file_name": "ident-type.txt", "content": content}
	assert Browser(f.HEAD_C).post("frappe.client.insert", doc=doc).status_code == 417


# --- other apps -------------------------------------------------------------------------------------------------


def test_files_of_other_apps_are_as_frappe_has_them(live):
	browser = Browser(STRANGER)
	name = f"ident-{frappe.generate_hash(length=8)}"  # as yet nowhere on the disk
	made = browser.upload(file=(BytesIO(PAGE), f"{name}.html"), is_private="0").json["message"]
	assert made["file_url"] == f"/files/{name}.html" and not made["is_private"]
	picture = own_picture(browser, f"{name}.png", doctype="User", docname=STRANGER)
	assert picture["file_url"] == f"/private/files/{name}.png"
	assert browser.put("File", picture["name"], is_private=0).status_code == 200
	assert browser.call("DELETE", f"/api/resource/File/{made['name']}").status_code == 202
	again = browser.upload(file_url=frappe.db.get_value("File", picture["name"], "file_url"))
	assert again.status_code == 200
