"""The evidence list with its files as a ZIP: what the user may open, by area and criterion, with an index."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import frappe
import pytest
import site_factories as f
from openpyxl import load_workbook

from par_campaign import documents
from par_campaign.documents import evidence_files
from par_campaign.permissions.files import store


def scan(unit: str) -> bytes:
	return f"%PDF-1.7\nscan of {unit}".encode()


@pytest.fixture
def filed(campaign):
	"""A and B have a file each on two rows; A names another paper without file."""
	for unit in ("TA", "TB"):
		user = f.email(f"head.{unit[-1].lower()}")
		with f.as_user(user):
			file = frappe.get_doc(
				doctype="File", file_name=f"scan {unit}.pdf", content=scan(unit), is_private=1
			).insert()
			_add(f.card_of(campaign, unit), ("1.1.1", "2.1.1"), f"Plan of {unit}", file=file.file_url)
	with f.as_user(f.HEAD_A):
		_add(f.card_of(campaign), ("1.1.2",), "On paper", reference="Shelf 3")
	return campaign


def _add(card, codes, title, **values):
	doc = frappe.get_doc(doctype="PAR Evidence Item", scorecard=card.name, title=title, **values)
	doc.document_number = "12/KH-UBND"
	doc.set("criteria", [{"code": code} for code in codes])
	return doc.insert()


def packed(campaign, user, **filters):
	with f.as_user(user):
		answer = evidence_files.pack({"campaign": campaign.name, **filters})
		return frappe.get_doc("File", {"file_url": answer["file_url"]})


def names(file) -> list[str]:
	with ZipFile(file.get_full_path()) as zipped:
		assert zipped.testzip() is None
		return zipped.namelist()


def index_of(file):
	with ZipFile(file.get_full_path()) as zipped:
		sheet = load_workbook(BytesIO(zipped.read("danh-muc-minh-chung.xlsx"))).active
	labels = [cell.value for cell in sheet[4]]
	return [
		dict(zip(labels, (cell.value for cell in row), strict=False)) for row in sheet.iter_rows(min_row=5)
	]


def test_files_lie_by_unit_area_and_criterion_each_once(filed):
	file = packed(filed, f.LEAD)
	assert names(file) == [
		"TA Department A/1 Leadership/1.1.1/12_KH-UBND Plan of TA.pdf",
		"TB Department B/1 Leadership/1.1.1/12_KH-UBND Plan of TB.pdf",
		"danh-muc-minh-chung.xlsx",
	]
	with ZipFile(file.get_full_path()) as zipped:
		assert zipped.read(names(file)[0]) == scan("TA")


def test_the_index_names_every_row_and_where_its_file_lies(filed):
	rows = [row for row in index_of(packed(filed, f.HEAD_A)) if row["Document No."]]
	path = "TA Department A/1 Leadership/1.1.1/12_KH-UBND Plan of TA.pdf"
	assert [row["File in the ZIP"] for row in rows] == [path, "not in the ZIP", path]
	assert len(rows[0]["SHA-256"]) == 64


def test_a_unit_gets_its_own_files_only_and_nobody_elses_zip(filed):
	file = packed(filed, f.HEAD_A)
	assert [name for name in names(file) if "TB" in name] == []
	assert (file.is_private, file.owner) == (1, f.HEAD_A)
	with f.as_user(f.HEAD_A):
		assert file.has_permission("read")
	for other in (f.HEAD_B, f.LEAD, f.HOMELESS):
		with f.as_user(other):
			assert not frappe.get_doc("File", file.name).has_permission("read")


def test_who_sees_no_file_gets_no_zip(filed):
	for user, filters in ((f.HOMELESS, {}), (f.HEAD_A, {"unit": "TB"}), (f.HEAD_C, {})):
		with pytest.raises(frappe.ValidationError, match="no file here"):
			packed(filed, user, **filters)


def test_a_file_that_was_changed_on_disk_is_told_and_not_handed_out(filed):
	item = frappe.get_doc("PAR Evidence Item", {"title": "Plan of TA"})
	path = store.path_of(item.file)
	path.write_bytes(b"other")  # as root: no other user can
	try:
		file = packed(filed, f.LEAD, unit="TA")
	finally:
		path.write_bytes(scan("TA"))
	assert names(file) == ["danh-muc-minh-chung.xlsx"]
	row = next(row for row in index_of(file) if row["Document No."])
	assert (row["SHA-256"], row["File in the ZIP"]) == ("differs from the file handed in", "not in the ZIP")


def test_a_new_zip_takes_the_place_of_the_users_earlier_one(filed):
	first, second = packed(filed, f.LEAD), packed(filed, f.LEAD)
	assert not frappe.db.exists("File", first.name)
	assert store.is_stored(second.file_url) and Path(second.get_full_path()).exists()


def test_a_large_one_is_made_in_the_background_and_told(filed, monkeypatch):
	jobs = []
	monkeypatch.setattr(evidence_files, "AT_ONCE", 3)
	monkeypatch.setattr(frappe, "enqueue", lambda method, **kwargs: jobs.append((method, kwargs)))
	with f.as_user(f.HEAD_A):
		assert evidence_files.pack({"campaign": filed.name}) == {"waiting": 1, "files": 1}
		[(method, kwargs)] = jobs
		method(kwargs["filters"])
	told = frappe.get_last_doc("Notification Log", {"for_user": f.HEAD_A, "document_type": "File"})
	assert names(frappe.get_doc("File", told.document_name))[0].startswith("TA Department A/")


def test_the_list_comes_as_a_workbook(filed):
	with f.as_user(f.HEAD_A):
		documents.download("evidence", {"campaign": filed.name}, "xlsx")
		sheet = load_workbook(BytesIO(frappe.local.response.filecontent)).active
	found = [row[0].value for row in sheet.iter_rows(min_row=5)]
	assert (found[0], found.count("Plan of TA"), "Plan of TB" in found) == ("Department A", 2, False)
