"""Workbooks in and out through the site: what was edited comes in, all of it or nothing."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import frappe
import pytest
import site_factories as f
from openpyxl import Workbook, load_workbook

from par_campaign import documents
from par_campaign.documents import jobs
from par_campaign.exchange.results_workbook.recount import recount
from par_campaign.uploads import criteria, external, score_sheet


def download(kind, **filters) -> bytes:
	documents.download(kind, filters, "xlsx")
	return frappe.local.response.filecontent


def uploaded(content: bytes, name: str = "book.xlsx") -> str:
	file = frappe.get_doc(doctype="File", file_name=name, content=content, is_private=1).insert()
	return file.file_url


def edited(content: bytes, changes: dict[str, object], sheet: int = 0) -> bytes:
	book = load_workbook(BytesIO(content))
	for cell, value in changes.items():
		book.worksheets[sheet][cell] = value
	out = BytesIO()
	book.save(out)
	return out.getvalue()


def cell_of(content: bytes, code: str, label: str) -> str:
	"""Address of a leaf's cell under a column whose heading starts with `label`."""
	sheet = load_workbook(BytesIO(content)).worksheets[0]
	column = next(
		cell.column_letter
		for row in sheet.iter_rows(max_row=8)
		for cell in row
		if isinstance(cell.value, str) and cell.value.startswith(label)
	)
	row = next(cell.row for row in sheet.iter_rows() for cell in row if str(cell.value) == code)
	return f"{column}{row}"


def test_score_sheet_brings_exactly_the_edits_back(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		content = download("score_sheet", scorecard=card.name)
		claim = cell_of(content, "1.1.3", "Đơn vị tự")
		url = uploaded(edited(content, {claim: 4}))
		seen = score_sheet.preview(card.name, url)
		assert [row[0] for row in seen["rows"]] == ["1.1.3"] and seen["ready"]
		assert not f.line(f.card_of(campaign), "1.1.3").self_claim  # a preview writes nothing
		assert score_sheet.apply(card.name, url) == 1
	card = f.card_of(campaign)
	assert f.line(card, "1.1.3").self_claim == "4"
	assert [row.code for row in card.lines if row.self_claim] == ["1.1.3"]


def test_wrong_cell_is_named_and_nothing_is_written(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		content = download("score_sheet", scorecard=card.name)
		good, bad = cell_of(content, "1.1.3", "Đơn vị tự"), cell_of(content, "2.1.1", "Đơn vị tự")
		url = uploaded(edited(content, {good: 4, bad: "abc"}))
		assert any(bad in fault["cell"] for fault in score_sheet.preview(card.name, url)["faults"])
		with pytest.raises(frappe.ValidationError, match=bad):
			score_sheet.apply(card.name, url)
	assert not any(row.self_claim for row in f.card_of(campaign).lines)


def test_stale_and_foreign_sheets_are_refused(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		content = download("score_sheet", scorecard=card.name)
		url = uploaded(edited(content, {cell_of(content, "1.1.3", "Đơn vị tự"): 4}))
		f.line(card, "1.1.3").self_claim = "1"
		card.save()
		seen = score_sheet.preview(card.name, url)  # what differs is shown, to be carried over by hand
		assert "changed after" in seen["faults"][0]["message"] and not seen["ready"]
		assert [row[0] for row in seen["rows"]] == ["1.1.3"]
		with pytest.raises(frappe.ValidationError, match="changed after"):
			score_sheet.apply(card.name, url)
		assert f.line(f.card_of(campaign), "1.1.3").self_claim == "1"
	with f.as_user(f.STAFF_B):
		other = uploaded(download("score_sheet", scorecard=f.card_of(campaign, "TB").name))
	with f.as_user("Administrator"), pytest.raises(frappe.ValidationError, match="is for"):
		score_sheet.preview(card.name, other)


def test_handed_in_scorecard_takes_no_sheet(campaign):
	with f.as_user(f.HEAD_A):
		content = download("score_sheet", scorecard=f.card_of(campaign).name)
		cell = cell_of(content, "1.1.3", "Đơn vị tự")
	card = f.hand_in(campaign)
	with f.as_user(f.HEAD_A):
		content = download("score_sheet", scorecard=card.name)
		url = uploaded(edited(content, {cell: 1}))
		with pytest.raises(frappe.ValidationError, match="handed in"):
			score_sheet.apply(card.name, url)


def test_file_of_another_user_is_not_opened(campaign):
	with f.as_user(f.STAFF_B):
		url = uploaded(download("score_sheet", scorecard=f.card_of(campaign, "TB").name))
	with f.as_user(f.STAFF_A), pytest.raises(frappe.PermissionError):
		score_sheet.preview(f.card_of(campaign).name, url)


@pytest.mark.parametrize("name", ["/private/files/../../site_config.json", "/etc/passwd", "http://x/y.xlsx"])
def test_only_uploaded_files_are_opened(campaign, name):
	with pytest.raises(frappe.PermissionError):
		score_sheet.preview(f.card_of(campaign).name, name)


def test_criteria_round_trip(base):
	first = f.make_criteria_set()
	url = uploaded(download("criteria", criteria_set=first.name))
	second = f.make_criteria_set(rows=f.CRITERIA[:5])
	assert criteria.preview(second.name, url)["ready"]
	assert criteria.apply(second.name, url) == len(f.CRITERIA)
	from par_campaign.results import store

	second.reload()
	assert store.criteria_of(second) == store.criteria_of(first)


def test_a_new_set_stands_empty_until_a_workbook_fills_it(base):
	full = f.make_criteria_set()
	with f.as_user(f.MANAGER):
		empty = f.make_criteria_set(rows=())
		url = uploaded(download("criteria", criteria_set=full.name))
		assert criteria.apply(empty.name, url) == len(f.CRITERIA)


def test_no_campaign_launches_with_an_empty_set(base):
	campaign = f.make_campaign()
	campaign.groups[0].criteria_set = f.make_criteria_set(rows=()).name
	campaign.save()
	with pytest.raises(frappe.ValidationError, match="no criteria"):
		f.launch(campaign)


def test_annex_of_a_decision_is_understood(base):
	book = Workbook()
	sheet = book.active
	for row in (
		("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"),
		("1", "CHỈ ĐẠO, ĐIỀU HÀNH", 3),
		("1.1", "Kế hoạch", 3),
		("1.1.1", "Ban hành kế hoạch", 1),
		(None, "Đúng hạn: 1", None),
		(None, "Trễ hạn: 0", None),
		("1.1.2", "Mức độ hoàn thành", 2),
		(None, "từ 90 % trở lên: 2", None),
		(None, "từ 70 % đến dưới 90 %: 1", None),
		(None, "dưới 70 %: 0", None),
	):
		sheet.append(row)
	out = BytesIO()
	book.save(out)
	doc = f.make_criteria_set()
	doc.db_set({"bonus_cap": 5, "bonus_position": "Before index"})
	url = uploaded(out.getvalue())
	seen = criteria.preview(doc.name, url)
	assert seen["ready"], seen["faults"]
	assert seen["count"] == 4 and len(seen["rows"]) == 9  # answers stand between the criteria
	criteria.apply(doc.name, url)
	doc.reload()
	assert (doc.bonus_cap, doc.bonus_position) == (5, "Before index")  # an annex does not speak of them
	assert {row.code: row.rule for row in doc.criteria if row.rule} == {"1.1.1": "Choice", "1.1.2": "Tiers"}


def test_not_a_workbook_is_refused_with_a_message(base):
	doc = f.make_criteria_set()
	with pytest.raises(frappe.ValidationError):
		criteria.preview(doc.name, uploaded(b"not a workbook"))


def test_locked_set_takes_no_workbook(campaign):
	name = campaign.groups[0].criteria_set
	content = download("criteria", criteria_set=name)
	other = f.make_criteria_set(rows=f.CRITERIA[:5])
	url = uploaded(download("criteria", criteria_set=other.name))
	assert content
	with pytest.raises(frappe.ValidationError, match="revision"):
		criteria.apply(name, url)


def test_external_values_come_from_a_workbook(appraising):
	with f.as_user(f.LEAD):
		doc = frappe.get_doc(
			doctype="PAR External Result",
			campaign=appraising.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="1",
			document_date="2023-11-01",
			external_values=[{"unit": "TA", "value": 1}],
		).insert()
		content = download("external", external_result=doc.name)
		sheet = load_workbook(BytesIO(content)).active
		rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
		url = uploaded(edited(content, {f"D{rows['TA']}": 85.5, f"D{rows['TB']}": "90,25"}))
		assert external.apply(doc.name, url) == 2
		bad = uploaded(edited(content, {f"D{rows['TA']}": 101}))
		with pytest.raises(frappe.ValidationError, match=f"D{rows['TA']}"):
			external.apply(doc.name, bad)
	doc.reload()
	assert {row.unit: row.value for row in doc.external_values} == {"TA": 85.5, "TB": 90.25}


def consolidated(campaign) -> tuple[str, BytesIO]:
	"""Have the job make the consolidated workbook as the session's user; gives its PAR Document and content."""
	name = jobs.start("consolidated", campaign.name, "xlsx")
	jobs.make(name, "xlsx")
	doc = frappe.get_doc("PAR Document", name)
	assert doc.status == "Ready", doc.error
	return name, BytesIO(Path(frappe.get_doc("File", {"file_url": doc.file}).get_full_path()).read_bytes())


def test_the_consolidated_workbook_holds_all_of_the_campaign_and_is_recounted(appraising):
	card = f.card_of(appraising)
	with f.as_user(f.HEAD_A):
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="=HYPERLINK(1)",
			document_number="12/KH",
			reference="Archive",
			criteria=[{"code": "1.1.1"}],
		).insert()
	for unit in ("TA", "TB", "TC", "TD"):
		f.hand_in(appraising, unit)
	with f.as_user(f.LEAD):
		_name, content = consolidated(appraising)
	book = load_workbook(content)
	units = ["TA", "TB", "TC", "TD"]
	assert set(book.sheetnames) >= {"Xếp hạng", "Ma trận", "Đề nghị khen thưởng", "Minh chứng", *units}
	evidence = [[cell.value for cell in row] for row in book["Minh chứng"].iter_rows(min_row=5)]
	assert evidence[0][:3] == ["TA", "1.1.1", "12/KH"] and evidence[0][5] == "'=HYPERLINK(1)"
	content.seek(0)
	assert recount(content) == []


def test_the_consolidated_workbook_ranks_who_has_handed_in_and_names_the_rest(appraising):
	with f.as_user(f.LEAD):
		_name, nobody = consolidated(appraising)
	assert recount(nobody) == []
	f.hand_in(appraising, "TB")
	with f.as_user(f.STAFF_A):
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f.card_of(appraising).name,
			title="Draft",
			reference="Archive",
			criteria=[{"code": "1.1.1"}],
		).insert()
	with f.as_user(f.LEAD):
		_name, content = consolidated(appraising)
	texts = {
		str(cell.value)
		for sheet in load_workbook(content).worksheets
		for row in sheet.iter_rows()
		for cell in row
		if cell.value is not None
	}
	assert "Department A; Department C; District D" in texts and "TB" in texts
	assert not texts & {"TA", "Draft", "TC"}
	content.seek(0)
	assert recount(content) == []


@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A])
def test_units_neither_make_nor_read_the_consolidated_workbook(appraising, user):
	with f.as_user(f.LEAD):
		name, _content = consolidated(appraising)
	with f.as_user(user):
		with pytest.raises(frappe.PermissionError):
			jobs.start("consolidated", appraising.name, "xlsx")
		with pytest.raises(frappe.PermissionError):
			jobs.status("consolidated", appraising.name)
		file = frappe.get_doc("PAR Document", name).file
		assert not frappe.get_doc("File", {"file_url": file}).has_permission("read")


def test_the_workbook_is_no_pdf(appraising):
	with pytest.raises(frappe.ValidationError, match="no document"):
		jobs.start("consolidated", appraising.name, "pdf")


# --- Frappe's own exports ---------------------------------------------------------------------------


@pytest.mark.parametrize("file_type", ["CSV", "Excel"])
def test_exported_lists_hold_no_formulas_of_users(campaign, file_type):
	card = f.card_of(campaign)
	f.line(card, "1.1.3").explanation = "=HYPERLINK(1)"
	card.save()
	fields = ["`tabPAR Scorecard Line`.`explanation`", "`tabPAR Scorecard Line`.`maximum`"]
	seen = exported(
		"frappe.desk.reportview.export_query",
		doctype="PAR Scorecard Line",
		parent_doctype="PAR Unit Scorecard",
		fields=frappe.as_json(fields),
		filters=frappe.as_json({"parent": card.name, "code": "1.1.3"}),
		file_format_type=file_type,
	)
	assert "'=HYPERLINK(1)" in seen and "=HYPERLINK(1)" not in seen
	assert any(isinstance(value, float | int) for value in seen)


@pytest.mark.parametrize("file_type", ["CSV", "Excel"])
def test_exported_reports_hold_no_formulas_of_users(campaign, file_type):
	frappe.get_doc(
		doctype="PAR Evidence Item",
		scorecard=f.card_of(campaign).name,
		title="@Kế hoạch",
		reference="https://example.org",
		criteria=[{"code": "1.1.1"}],
	).insert()
	seen = exported(
		"frappe.desk.query_report.export_query",
		report_name="PAR Evidence List",
		filters=frappe.as_json({"campaign": campaign.name, "unit": "TA"}),
		file_format_type=file_type,
		visible_idx=frappe.as_json(list(range(50))),
	)
	assert "'@Kế hoạch" in seen and "@Kế hoạch" not in seen


def exported(method: str, **request) -> list:
	"""Values of all cells that come back by Frappe's name for the call; formulas as their text."""
	frappe.local.form_dict = frappe._dict(cmd=method, **request)
	frappe.local.response = frappe._dict()
	# as a request does, with every field of the form
	frappe.get_attr(frappe.get_hooks("override_whitelisted_methods")[method][-1])(**frappe.local.form_dict)
	content = frappe.local.response.filecontent
	if request["file_format_type"] == "Excel":
		return [cell.value for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
	rows = csv.reader(StringIO(content.decode(), newline=""), quoting=csv.QUOTE_NONNUMERIC)
	return [value for row in rows for value in row]


def test_markup_in_a_score_sheet_is_named_by_its_cell(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		content = download("score_sheet", scorecard=card.name)
		cell = cell_of(content, "1.1.3", "Giải trình")
		url = uploaded(edited(content, {cell: "Vì <b>gấp</b>"}))
		seen = score_sheet.preview(card.name, url)
		assert not seen["ready"] and [fault["cell"].endswith(cell) for fault in seen["faults"]] == [True]
		with pytest.raises(frappe.ValidationError, match=f"{cell}: .*reads as markup"):
			score_sheet.apply(card.name, url)
		kept = "0,8 <= b/a < 1 & “x”"
		assert score_sheet.apply(card.name, uploaded(edited(content, {cell: kept}))) == 1
	assert f.line(f.card_of(campaign), "1.1.3").explanation == kept


def test_markup_in_a_criteria_workbook_is_named_by_its_cell(base):
	doc = f.make_criteria_set()
	content = download("criteria", criteria_set=doc.name)
	cell = cell_of(content, "1.1.3", "Lĩnh vực")
	url = uploaded(edited(content, {cell: "Tiêu chí <img src=x onerror=alert(1)>"}))
	seen = criteria.preview(doc.name, url)
	assert not seen["ready"] and [fault["message"] for fault in seen["faults"]]
	with pytest.raises(frappe.ValidationError, match=f"{cell[1:]}: .*reads as markup"):
		criteria.apply(doc.name, url)
