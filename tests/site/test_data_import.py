"""Units, their users and whose unit they are, by Frappe's own Data Import from Vietnamese files; nothing with
decimals, which it reads as English."""

import csv
from io import BytesIO

import frappe
import pytest
import site_factories as f
from frappe.core.doctype.data_import import data_import
from frappe.core.doctype.data_import.importer import UPDATE, Importer
from openpyxl import Workbook

from par_campaign.permissions import imports, roles

UNITS = (
	("Mã", "Tên đơn vị", "Nhóm", "Cụm"),
	("XA01", "Ủy ban nhân dân xã Tân Phú Đông", f.DISTRICTS, "Cluster 1"),
	("XA02", "Ủy ban nhân dân phường Mỹ Tho", f.DISTRICTS, "Cluster 2"),
)
USERS = (
	("email", "first_name", "language", "send_welcome_email", "roles.role"),
	("tanphudong@test.example", "Nguyễn Thị Hạnh", "vi", 0, roles.UNIT_HEAD),
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


def workbook(rows) -> object:
	"""The File of an uploaded workbook."""
	book = Workbook()
	for row in rows:
		book.active.append(row)
	out = BytesIO()
	book.save(out)
	name = f"{frappe.generate_hash(length=8)}.xlsx"
	return frappe.get_doc(doctype="File", file_name=name, content=out.getvalue(), is_private=1).insert()


def imported(doctype: str, rows) -> object:
	"""Import rows as a person does: a Data Import with an uploaded workbook, started."""
	doc = frappe.get_doc(
		doctype="Data Import",
		reference_doctype=doctype,
		import_type="Insert New Records",
		import_file=workbook(rows).file_url,
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
		assert roles.UNIT_HEAD in frappe.get_roles()
		assert list(roles.units_of()) == ["XA01"]


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


# --- decimals: 0,5 came in as 5 ---------------------------------------------------------------------

WHERE_INSTEAD = "by the menu Excel"
# what the rule must find by itself, among them tables and documents whose tables alone hold decimals
CLOSED = ("PAR Criteria Set", "PAR Criterion", "PAR External Result", "PAR External Value", "PAR Campaign")
OPEN = ("PAR Unit", "PAR Unit Group", "PAR Query", "User", "User Permission", "Currency Exchange")


def ours() -> list[str]:
	return frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name")


def test_the_fields_say_what_is_closed(base):
	assert all(imports.holds_decimals(doctype) for doctype in CLOSED)
	assert not any(imports.holds_decimals(doctype) for doctype in OPEN)


def test_the_desk_offers_no_import_of_what_is_closed(base):
	offered = [name for name in ours() if frappe.get_meta(name).allow_import]
	assert offered == ["PAR Unit", "PAR Unit Group"]


def test_no_data_import_is_made_for_any_of_them(base):
	closed = [name for name in ours() if imports.holds_decimals(name)]
	assert len(closed) > len(CLOSED)
	for doctype in closed:
		doc = frappe.get_doc(doctype="Data Import", reference_doctype=doctype, import_type=UPDATE)
		with pytest.raises(frappe.ValidationError, match=WHERE_INSTEAD):
			doc.insert()


def test_a_field_added_by_an_administrator_closes_its_doctype(base):
	frappe.get_meta("PAR Unit").get_field("phone").fieldtype = "Float"
	try:
		assert imports.holds_decimals("PAR Unit")
	finally:
		frappe.clear_cache(doctype="PAR Unit")


@pytest.fixture
def awaited_value(campaign):
	with f.as_user(f.LEAD):
		return frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": "TA", "value": 87.35}],
		).insert()


DECIMAL = "0,5"


def rows_of(result) -> tuple:
	"""A table that would give the value anew."""
	row = result.external_values[0]
	heads = ("ID", "ID (external_values)", "external_values.unit", "external_values.value")
	return heads, (result.name, row.name, row.unit, DECIMAL)


def test_an_import_begun_before_is_refused_row_by_row(in_vietnamese, awaited_value):
	"""As `form_start_import` and the worker run it: the document is there from an older release."""
	begun = frappe.get_doc(
		doctype="Data Import",
		name=frappe.generate_hash(),  # the log, a table without transactions, outlives a test
		reference_doctype=awaited_value.doctype,
		import_type=UPDATE,
		import_file=workbook(rows_of(awaited_value)).file_url,
		payload_count=1,
		status="Pending",
	)
	begun.db_insert()
	frappe.db.savepoint("imported")
	data_import.form_start_import(begun.name)
	assert begun.reload().status == "Error"
	logs = frappe.get_all(
		"Data Import Log", {"data_import": begun.name}, pluck="messages", order_by="creation"
	)
	assert len(logs) == 1 and "Excel" in logs[0], logs
	assert awaited_value.reload().external_values[0].value == 87.35


def test_nor_does_the_command_line_bring_decimals_in(in_vietnamese, awaited_value, tmp_path):
	path = tmp_path / "values.csv"
	with path.open("w", encoding="utf-8", newline="") as file:
		csv.writer(file).writerows(rows_of(awaited_value))
	frappe.db.savepoint("imported")
	data_import.import_file(awaited_value.doctype, str(path), "Update", console=True)
	assert awaited_value.reload().external_values[0].value == 87.35
