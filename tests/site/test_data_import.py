"""Units, their users and whose unit they are, by Frappe's own Data Import from Vietnamese files."""

from io import BytesIO

import frappe
import pytest
import site_factories as f
from frappe.core.doctype.data_import.importer import Importer
from openpyxl import Workbook

from par_campaign.permissions import access

UNITS = (
	("Mã", "Tên đơn vị", "Nhóm", "Cụm"),
	("XA01", "Ủy ban nhân dân xã Tân Phú Đông", f.DISTRICTS, "Cluster 1"),
	("XA02", "Ủy ban nhân dân phường Mỹ Tho", f.DISTRICTS, "Cluster 2"),
)
USERS = (
	("email", "first_name", "language", "send_welcome_email", "roles.role"),
	("tanphudong@test.example", "Nguyễn Thị Hạnh", "vi", 0, access.UNIT_HEAD),
)
PERMISSIONS = (
	("user", "allow", "for_value", "apply_to_all_doctypes"),
	("tanphudong@test.example", "PAR Unit", "XA01", 1),
)


@pytest.fixture
def in_vietnamese(base, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "vi")
	# the importer commits each row and rolls a failed one back; neither may reach beyond the test
	undo = frappe.db.rollback
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.savepoint("imported"))
	monkeypatch.setattr(frappe.db, "rollback", lambda save_point="imported": undo(save_point=save_point))
	monkeypatch.setattr(frappe.flags, "mute_emails", True)


def imported(doctype: str, rows) -> object:
	"""Import rows as a person does: a Data Import with an uploaded workbook, started."""
	book = Workbook()
	for row in rows:
		book.active.append(row)
	out = BytesIO()
	book.save(out)
	file = frappe.get_doc(
		doctype="File",
		file_name=f"{frappe.generate_hash(length=8)}.xlsx",
		content=out.getvalue(),
		is_private=1,
	).insert()
	doc = frappe.get_doc(
		doctype="Data Import",
		reference_doctype=doctype,
		import_type="Insert New Records",
		import_file=file.file_url,
		mute_emails=1,
	).insert()
	frappe.db.savepoint("imported")
	Importer(doctype, data_import=doc).import_data()
	return doc.reload()


def test_units_and_their_users_come_in(in_vietnamese):
	assert imported("PAR Unit", UNITS).status == "Success"
	unit = frappe.get_doc("PAR Unit", "XA01")
	assert (unit.unit_name, unit.unit_group, unit.cluster) == UNITS[1][1:]
	users = imported("User", USERS)
	assert users.status == "Success", frappe.get_all(
		"Data Import Log", {"data_import": users.name}, ["messages", "exception"], order_by="creation"
	)
	assert imported("User Permission", PERMISSIONS).status == "Success"
	with f.as_user("tanphudong@test.example"):
		assert access.UNIT_HEAD in frappe.get_roles()
		assert list(access.units_of()) == ["XA01"]


def test_a_unit_of_an_unknown_cluster_is_left_out_with_a_reason(in_vietnamese):
	done = imported("PAR Unit", (UNITS[0], ("XA03", "UBND xã Ba", f.DISTRICTS, "Cụm không có")))
	assert done.status == "Error"
	assert not frappe.db.exists("PAR Unit", "XA03")
	log = frappe.get_all(
		"Data Import Log", {"data_import": done.name}, ["success", "messages"], order_by="creation"
	)
	assert [row.success for row in log] == [0]
	assert "Cụm không có" in " ".join(entry["message"] for entry in frappe.parse_json(log[0].messages))


@pytest.mark.parametrize("user", [f.HEAD_A, f.APPRAISER, f.AUDITOR])
def test_only_those_who_may_write_units_import_them(in_vietnamese, user):
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		imported("PAR Unit", UNITS)
