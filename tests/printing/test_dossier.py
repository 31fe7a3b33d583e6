"""Dossiers: from a results workbook, merged, zipped."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from pypdf import PdfReader

from par_campaign.exchange import results_workbook
from par_campaign.exchange.errors import WorkbookError
from par_campaign.printing.content import Document, Paragraph
from par_campaign.printing.dossier import file_name, paper_of, print_workbook, zip_documents
from par_campaign.printing.errors import PrintError
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CriteriaSet,
	Criterion,
	Line,
	Quota,
	Rule,
	RuleKind,
)

LEAVES = (
	Criterion("1", "CHỈ ĐẠO, ĐIỀU HÀNH"),
	Criterion("1.1", "Kế hoạch", Decimal(60), rule=Rule(RuleKind.DIRECT)),
	Criterion("1.2", "Kiểm tra", Decimal(40), rule=Rule(RuleKind.DIRECT)),
)
POINTS = {"SNV": ("60", "39,95"), "STC": ("55", "40"), "SYT": ("55", "40"), "SCT": ("40", "20,5")}
NAMES = {"SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "SYT": "Sở Y tế", "SCT": "Sở Công Thương"}


@pytest.fixture
def campaign():
	"""Four units, two of them tied at the cut-off."""
	cards = tuple(
		Card(
			unit,
			NAMES[unit],
			"Sở, ban, ngành",
			"BTC",
			appraised=True,
			lines=tuple(
				Line(code, claim=claim, appraised_claim=claim)
				for code, claim in zip(("1.1", "1.2"), POINTS[unit], strict=True)
			),
		)
		for unit in POINTS
	)
	return Campaign(
		"CCHC-2024",
		"Thi đua đẩy mạnh cải cách hành chính năm 2024",
		2024,
		(CriteriaSet("BTC", "Bộ tiêu chí", LEAVES),),
		cards,
		bands=(Band("Xuất sắc", Decimal(90)), Band("Khá", Decimal(50))),
		quotas=(Quota("Cờ thi đua", 1, "Sở, ban, ngành", 2),),
	)


def _workbook(campaign, path, **meta):
	with path.open("wb") as out:
		results_workbook.write(campaign, evaluate(campaign), out, meta=meta)
	return path


def _text(content) -> str:
	return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_workbook_prints(campaign, tmp_path):
	path = _workbook(campaign, tmp_path / "results.xlsx", province="Tiền Giang", issuer="Sở Nội vụ")
	written = print_workbook(path, tmp_path / "out" / "pdf")
	assert all(file.read_bytes().startswith(b"%PDF-") for file in written)
	names = [file.name for file in written]
	assert names[0] == "bang-tong-hop-xep-hang.pdf"
	assert "danh-sach-de-nghi-khen-thuong.pdf" in names
	ranking = _text(written[0].read_bytes())
	for fact in ("TỈNH TIỀN GIANG", "SỞ NỘI VỤ", "Sở Công Thương", "99,95", evaluate(campaign).digest):
		assert fact in ranking
	awards = _text(written[1].read_bytes())
	assert "Sở Tài chính" in awards and "Sở Y tế" in awards  # both of the tie
	assert "Sở Công Thương" not in awards


def test_the_whole_dossier_holds_every_page_in_order(campaign, tmp_path):
	written = print_workbook(_workbook(campaign, tmp_path / "results.xlsx"), tmp_path)
	*parts, whole = [PdfReader(file) for file in written]
	texts = [page.extract_text() for part in parts for page in part.pages]
	assert [page.extract_text() for page in whole.pages] == texts


def test_a_tampered_workbook_writes_nothing(campaign, tmp_path):
	path = _workbook(campaign, tmp_path / "results.xlsx")
	book = openpyxl.load_workbook(path)
	for row in book["Điểm"].iter_rows():
		for cell in row:
			if cell.value == "39,95":
				cell.value = "bốn mươi"
	book.save(path)
	with pytest.raises(WorkbookError):
		print_workbook(path, tmp_path / "out")
	assert not (tmp_path / "out").exists()


def test_something_else_is_refused(tmp_path):
	path = tmp_path / "x.xlsx"
	path.write_bytes(b"not a workbook")
	with pytest.raises(WorkbookError):
		print_workbook(path, tmp_path)


@pytest.mark.parametrize("province", ["Tiền Giang", "tỉnh Tiền Giang", "Tỉnh Tiền Giang"])
def test_the_province_is_named_once(province):
	paper = paper_of({"province": province}, 2024)
	assert paper.office.place == "Tiền Giang"
	assert paper.office.parent.lower() == "ủy ban nhân dân\ntỉnh tiền giang"


def test_a_city_is_no_province():
	paper = paper_of({"province": "Thành phố Huế", "issuer": "Văn phòng"}, 2024)
	assert (paper.office.place, paper.office.issuer) == ("Huế", "Văn phòng")
	assert paper.office.parent.endswith("Thành phố Huế")


def test_a_zip_holds_pdf_and_word_of_each(campaign):
	plain = Document(None, "Báo cáo", "Tóm tắt", (Paragraph("Nội dung"),), name="../Báo cáo: Đơn vị/1")
	with zipfile.ZipFile(io.BytesIO(zip_documents([plain, replace(plain, name="hai")]))) as archive:
		names = archive.namelist()
		assert names == ["01-bao-cao-don-vi-1.pdf", "01-bao-cao-don-vi-1.docx", "02-hai.pdf", "02-hai.docx"]
		assert archive.read(names[0]).startswith(b"%PDF-")
		assert archive.read(names[1]).startswith(b"PK")


def test_an_empty_zip_is_an_error():
	with pytest.raises(PrintError):
		zip_documents([])


@pytest.mark.parametrize(
	("text", "name"),
	[("Đơn vị/../x", "don-vi-x"), ("", "tai-lieu"), ("...", "tai-lieu"), ("a" * 200, "a" * 80)],
)
def test_file_names_are_safe(text, name):
	assert file_name(text) == name
