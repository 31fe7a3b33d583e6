"""Stored files: written once, shared, read-only, checked by the clock, swept, and those of older sites sealed."""

import os
import shutil
import stat
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import frappe
import pytest
import site_factories as f

from par_campaign.audit import stored_files
from par_campaign.patches.v0_1 import seal_files
from par_campaign.permissions import sealed
from par_campaign.permissions.files import kinds, names, store

NOBODY = 65534
OLD = stored_files.REST + 60  # seconds


def unique(text: str = "") -> bytes:
	"""A text no other test has: what is stored outlives the tests' rollback."""
	return f"{text} {frappe.generate_hash()}".encode()


def upload(content: bytes, name: str = "plan.txt", user: str = f.STAFF_A):
	with f.as_user(user):
		return frappe.get_doc(doctype="File", file_name=name, content=content).insert()


def evidence(campaign, file, unit: str = "TA", user: str = f.STAFF_A):
	with f.as_user(user):
		return frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f"{campaign.name}-{unit}",
			title="Plan",
			file=file.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()


def age(address: str) -> Path:
	path = store.path_of(address)
	then = path.stat().st_mtime - OLD
	os.utime(path, (then, then))
	return path


# --- written once ------------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_its_hash_private_and_read_only(campaign):
	content = unique()
	file = upload(content)
	assert store.digest_of(file.file_url) == sealed.sha256_of(store.path_of(file.file_url))
	assert (file.is_private, file.file_name, file.file_size) == (1, "plan.txt", len(content))
	path = store.path_of(file.file_url)
	assert stat.S_IMODE(path.stat().st_mode) == path.parent.stat().st_mode & 0o444
	item = evidence(campaign, file)
	assert (item.sha256, item.file_name) == (store.digest_of(file.file_url), "plan.txt")
	assert file.reload().attached_to_name == item.name


@pytest.mark.parametrize("folders, files", [(0o755, 0o444), (0o750, 0o440), (0o700, 0o400)])
def test_who_may_read_the_folder_reads_its_files_and_nobody_writes_them(base, folders, files):
	"""nginx sends files as an account of its own: without reading them it answers 403 where the app allows."""
	folder = sealed.path_of("", folder="kept-modes")
	folder.mkdir()
	try:
		folder.chmod(folders)
		digest = sealed.seal(b"read by some", folder="kept-modes")
		assert stat.S_IMODE(sealed.path_of(digest, folder="kept-modes").stat().st_mode) == files
	finally:
		shutil.rmtree(folder)


def as_nobody(work) -> str:
	"""What `work` says, done by an ordinary user without rights of root; what fails there fails here."""
	out, into = os.pipe()
	if not (child := os.fork()):
		try:
			if not os.getuid():
				os.setgroups([])
				os.setgid(NOBODY)
				os.setuid(NOBODY)
			os.write(into, work().encode())
		except BaseException as error:
			os.write(into, f"{type(error).__name__}: {error}".encode())
		finally:
			os._exit(0)
	os.close(into)
	with os.fdopen(out) as said:
		text = said.read()
	os.waitpid(child, 0)
	return text


def test_not_even_the_user_that_wrote_them_writes_over_sealed_bytes(base, monkeypatch):
	"""The server runs as an ordinary user; root, as which tests run in a container, could."""
	with tempfile.TemporaryDirectory() as folder:
		os.chmod(folder, 0o777)
		monkeypatch.setattr(sealed, "get_files_path", lambda *parts, is_private: os.path.join(folder, *parts))

		def work() -> str:
			digest = sealed.seal(b"handed in", folder="kept", suffix=".txt")
			path = sealed.path_of(digest, folder="kept", suffix=".txt")
			refused = []
			for mode in ("wb", "ab", "r+b"):
				try:
					open(path, mode).close()
				except PermissionError:
					refused.append(mode)
			assert sealed.seal(b"handed in", folder="kept", suffix=".txt") == digest
			sealed.touch(digest, folder="kept", suffix=".txt")
			return f"{os.getuid() != 0} {refused} {path.read_bytes()}"

		assert as_nobody(work) == "True ['wb', 'ab', 'r+b'] b'handed in'"


def test_two_units_share_the_bytes_and_have_a_record_each(campaign):
	content = unique("A decree that all attach")
	one, other = upload(content), upload(content, "decree.txt", f.HEAD_B)
	assert one.file_url == other.file_url and one.name != other.name
	of_a, of_b = evidence(campaign, one), evidence(campaign, other, "TB", f.HEAD_B)
	assert (of_a.file_name, of_b.file_name) == ("plan.txt", "decree.txt")
	assert one.reload().attached_to_name == of_a.name and other.reload().attached_to_name == of_b.name
	with f.as_user(f.HEAD_B):
		frappe.delete_doc("PAR Evidence Item", of_b.name)
	assert not frappe.db.exists("File", other.name)
	assert store.read(one.file_url) == content


def test_one_file_may_show_rows_in_two_documents(campaign):
	file = upload(unique())
	first, second = evidence(campaign, file), evidence(campaign, file)
	records = frappe.get_all(
		"File", {"file_url": file.file_url}, pluck="attached_to_name", order_by="creation"
	)
	assert sorted(records) == sorted([first.name, second.name])


def test_a_record_of_another_app_never_shares_bytes_of_ours(campaign):
	content = unique()
	ours = upload(content)
	theirs = frappe.get_doc(doctype="File", file_name="theirs.txt", content=content, is_private=1).insert()
	assert theirs.file_url != ours.file_url and not store.is_stored(theirs.file_url)
	theirs.delete()
	assert store.read(ours.file_url) == content


def test_whatever_comes_to_hang_on_a_document_of_ours_is_sealed(campaign):
	"""Also what an administrator uploads as a public file and then attaches."""
	content = unique()
	file = frappe.get_doc(doctype="File", file_name="open.txt", content=content, is_private=0).insert()
	file.update({"attached_to_doctype": "PAR Campaign", "attached_to_name": campaign.name})
	file.save()
	assert file.is_private and store.read(file.file_url) == content


# --- the clock's check --------------------------------------------------------------------------------------------


@pytest.fixture
def watched(campaign):
	"""An evidence item with its file; the check begins just before it."""
	item = evidence(campaign, upload(content := unique()))
	frappe.db.set_global(stored_files.CHECKED_TO, item.file[:-8])
	yield item
	path = store.path_of(item.file)
	path.unlink(missing_ok=True)
	path.write_bytes(content)


def findings(item) -> list:
	return frappe.get_all(
		stored_files.FINDING,
		{"file_url": item.file},
		["name", "kind", "evidence", "unit", "resolved_on"],
		order_by="creation",
	)


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_the_check_tells_of_a_file_that_is_not_what_it_was(watched, harm):
	path = store.path_of(watched.file)
	content = path.read_bytes()
	path.write_bytes(b"other") if harm == "changed" else path.unlink()
	stored_files.check()
	[found] = findings(watched)
	assert (found.kind, found.evidence, found.unit) == (stored_files.BROKEN, watched.name, "TA")
	for user in (f.AUDITOR, f.MANAGER):
		assert frappe.db.exists(
			"Notification Log", {"for_user": user, "document_type": stored_files.FINDING}
		), user
		assert frappe.get_doc(stored_files.FINDING, found.name).has_permission("read", user=user), user
	for user in (f.HEAD_A, f.LEAD):
		assert not frappe.has_permission(stored_files.FINDING, "read", user=user), user

	again(watched)
	assert len(findings(watched)) == 1  # told once
	path.write_bytes(content)
	again(watched)
	assert findings(watched)[0].resolved_on


def again(item) -> None:
	frappe.db.set_global(stored_files.CHECKED_TO, item.file[:-8])
	stored_files.check()


def test_the_check_tells_of_a_file_put_in_anothers_place(watched):
	frappe.db.set_value("PAR Evidence Item", watched.name, "sha256", "0" * 64)
	stored_files.check()
	assert [found.kind for found in findings(watched)] == [stored_files.OTHER]


def test_the_check_goes_round_in_parts(campaign, monkeypatch):
	monkeypatch.setattr(stored_files, "MOST_FILES", 2)
	for _number in range(3):
		evidence(campaign, upload(unique()))
	frappe.db.set_global(stored_files.CHECKED_TO, "")
	places = set()
	for _run in range(500):
		stored_files.check()
		if not (place := frappe.db.get_global(stored_files.CHECKED_TO)):
			break
		places.add(place)
	stored = {
		url for url in frappe.get_all("File", pluck="file_url", order_by="name") if store.is_stored(url)
	}
	assert not place and len(stored) / 2 <= len(places) <= len(stored)


def test_what_nothing_rests_on_is_swept_after_a_day(campaign):
	kept, gone = upload(unique()), upload(unique())
	evidence(campaign, kept)
	gone.delete()
	stored_files.sweep()
	assert store.is_whole(gone.file_url)  # a document may yet be saved with it
	paths = [age(file.file_url) for file in (kept, gone)]
	other = sealed.path_of("0" * 64, folder="par_results", suffix=".json")
	other.parent.mkdir(exist_ok=True)
	other.write_text("of the results")
	os.utime(other, (0, 0))
	try:
		stored_files.sweep()
		assert [path.exists() for path in (*paths, other)] == [True, False, True]
	finally:
		other.unlink()


def test_what_is_uploaded_again_is_not_swept(campaign):
	content = unique()
	upload(content).delete()
	again = upload(content)
	age(again.file_url)
	again.delete()
	third = upload(content)  # seals nothing new, and is not committed yet for another connection
	frappe.db.delete("File", {"name": third.name})
	stored_files.sweep()
	assert store.is_whole(third.file_url)


# --- what older sites have -------------------------------------------------------------------------------------------


def plain_file(name: str, content: bytes, private: int = 1, **values):
	"""A File as it was made before, by the table: its bytes lie open under the name people gave it."""
	name = f"{frappe.generate_hash(length=6)}-{name}"
	folder = Path(frappe.get_site_path("private" if private else "public", "files"))
	(folder / name).write_bytes(content)
	url = f"/private/files/{name}" if private else f"/files/{name}"
	file = frappe.get_doc(doctype="File", file_name=name, file_url=url, is_private=private, **values)
	file.name, file.content_hash = frappe.generate_hash(length=10), frappe.generate_hash()
	file.db_insert()
	return file, folder / name


@pytest.mark.parametrize("private", [1, 0])
def test_files_of_older_sites_are_sealed(campaign, private):
	item = evidence(campaign, upload(unique()))
	frappe.db.delete("File", {"attached_to_name": item.name})
	content = unique()
	digest = "1" * 64  # as it was handed in; the file has changed since, and that stays to be seen
	place = {"attached_to_doctype": "PAR Evidence Item", "attached_to_name": item.name}
	file, path = plain_file("old plan.TXT", content, private, **place)
	frappe.db.set_value(
		"PAR Evidence Item", item.name, {"file": file.file_url, "sha256": digest, "file_name": None}
	)
	f.hand_in(campaign)
	for _again in range(2):
		seal_files.execute()
	item.reload(), file.reload()
	assert store.read(item.file) == content and item.file == file.file_url
	assert (file.is_private, file.content_hash) == (1, store.digest_of(item.file))
	assert (item.sha256, item.file_name) == (digest, file.file_name)
	assert not path.exists()


def test_a_name_another_app_shares_keeps_its_bytes(campaign):
	place = {"attached_to_doctype": "PAR Campaign", "attached_to_name": campaign.name}
	ours, path = plain_file("shared.txt", content := unique(), **place)
	theirs = frappe.get_doc(doctype="File", file_name="theirs.txt", file_url=ours.file_url, is_private=1)
	theirs.name = frappe.generate_hash(length=10)
	theirs.db_insert()
	seal_files.execute()
	assert store.read(ours.reload().file_url) == content
	assert path.read_bytes() == content and theirs.reload().file_url != ours.file_url
	path.unlink()


def test_evidence_without_a_record_gets_one(campaign):
	item = evidence(campaign, upload(unique()))
	frappe.db.delete("File", {"attached_to_name": item.name})
	file, _path = plain_file("lost.txt", unique(), owner=f.STAFF_A)
	frappe.db.set_value("PAR Evidence Item", item.name, "file", file.file_url)
	seal_files.execute()
	item.reload()
	with f.as_user(f.LEAD):
		assert item.file_doc().attached_to_name == item.name


# --- kinds and names ---------------------------------------------------------------------------------------------------


def package(*parts: str, **contents: bytes) -> bytes:
	out = BytesIO()
	with ZipFile(out, "w") as archive:
		for part in parts:
			archive.writestr(part, contents.get("of", b"x"))
	return out.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
ODT = package("mimetype", "content.xml", of=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
	"name, content",
	[
		("a.pdf", b"%PDF-1.4\n"),
		("a.PDF", b"%PDF-2.0\n"),
		("a.docx", DOCX),
		("a.xlsx", XLSX),
		("a.odt", ODT),
		("a.doc", kinds.OLE + b"\0" * 600),
		("a.txt", "Kế hoạch: 0,8 <= b/a < 1 & hết\r\n".encode()),
		("a.csv", "﻿STT;Đơn vị\n1;Sở A".encode()),
		("a.txt", "điểm".encode("utf-16")),
		("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
		("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40),
		("a.zip", package("b")),
	],
)
def test_documents_of_an_office_are_taken(base, name, content):
	assert kinds.checked(name, content) == f".{kinds.ending_of(name)}"


@pytest.mark.parametrize(
	"name, content",
	[
		("a.docx", XLSX),
		("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
		("a.xlsm", XLSX),
		("a.odt", DOCX),
		("a.doc", DOCX),
		("a.pdf", b" %PDF-1.4"),
		("a.png", b"\xff\xd8\xff\xe0" + b"\0" * 40),
		("a.txt", b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"),
		("a.txt", b"\n\n<svg onload=alert(1)>"),
		("a.txt", b"hello <ScRiPt>alert(1)</script>"),
		("a.zip", b"PK"),
		("a", b"text"),
		(".txt", b"text"),
	],
)
def test_what_is_not_what_it_says_is_refused_with_its_name(base, name, content):
	with pytest.raises(frappe.ValidationError, match=name.replace(".", r"\.")):
		kinds.checked(name, content)


@pytest.mark.parametrize(
	"name", ["a/b.txt", "a\\b.txt", "a\0.txt", 'a".txt', "a\u202efdp.txt", "<b>.txt", "a\n.txt", " ", ""]
)
def test_names_that_are_more_than_names_are_refused(base, name):
	with pytest.raises(frappe.ValidationError, match="File Name"):
		names.checked(name)


def test_ordinary_names_are_kept_as_they_are(base):
	for name in (
		"Kế hoạch số 55/KH (bản ký) & phụ lục 'A'.pdf".replace("/", "-"),
		"1.1.1.xlsx",
		"Sở Nội vụ;v2.docx",
	):
		assert names.checked(name) == name
	assert names.checked("Kế".encode().decode() + ".pdf") == names.checked("Kế.pdf")
