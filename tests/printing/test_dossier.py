"""Dossiers: from a results workbook, merged, zipped."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import small_campaign
from pypdf import PdfReader

from par_campaign.cli.papers import paper_of, print_workbook
from par_campaign.exchange.results_workbook import workbook as results_workbook
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.printing.bundles.archive import file_name, zip_documents
from par_campaign.printing.content import Document, Paragraph
from par_campaign.printing.errors import PrintError
from par_campaign.printing.pdf.rendering import merge_pdfs, render_pdf
from par_campaign.scoring import messages
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Proposal, Vote


@pytest.fixture
def campaign():
	"""Four units, two of them tied at the cut-off."""
	return small_campaign.campaign()


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


@pytest.mark.parametrize("meta, said", [({}, "Chưa công bố"), ({"version": "2"}, "Lần công bố: 2")])
def test_a_ranking_says_whether_it_is_published(campaign, tmp_path, meta, said):
	path = _workbook(campaign, tmp_path / "results.xlsx", **meta)
	ranking = _text(print_workbook(path, tmp_path / "pdf")[0].read_bytes())
	assert [text for text in ("Chưa công bố", "Lần công bố: 2") if text in ranking] == [said]


def test_the_dossier_has_submission_annexes_and_summaries(campaign, tmp_path):
	written = print_workbook(_workbook(campaign, tmp_path / "results.xlsx", province="Tiền Giang"), tmp_path)
	text = _text(written[-1].read_bytes())
	order = [
		"TỜ TRÌNH",
		"Kính gửi: Ủy ban nhân dân tỉnh Tiền Giang",
		"Phụ lục I\n",
		"Phụ lục II\n",
		"BÁO CÁO",
	]
	places = [text.index(part) for part in order]
	assert places == sorted(places)
	assert text.count("BÁO CÁO") == 3  # one flag and both of the tie for the other


def test_documents_are_vietnamese_whoever_prints(campaign, tmp_path):
	messages.set_translator(str.upper)
	try:
		written = print_workbook(_workbook(campaign, tmp_path / "results.xlsx"), tmp_path)
		assert messages._("still mine") == "STILL MINE"
	finally:
		messages.set_translator(None)
	assert "UNITS SHARE" not in _text(written[1].read_bytes())


def test_merged_pages_are_the_single_ones_in_order():
	documents = [Document(None, "Báo cáo", name, (Paragraph(name),) * 40) for name in ("Một", "Hai")]
	single = [page.extract_text() for d in documents for page in PdfReader(io.BytesIO(render_pdf(d))).pages]
	whole = PdfReader(io.BytesIO(merge_pdfs(documents)))
	assert [page.extract_text() for page in whole.pages] == single
	assert len(single) > 3  # several pages each


@pytest.mark.parametrize(
	("sheet", "old", "new", "message"),
	[
		("Điểm", "19,95", "hai mươi", "cannot be computed"),  # no number
		("Điểm", "19,95", "20", "changed"),  # a better score
		("Thông tin", "Thành viên có mặt", "Ai đó", "vote base"),  # nothing known
		("Đơn vị", "Sở Y tế", "Sở Khác", "changed"),
	],
)
def test_a_tampered_workbook_writes_nothing(campaign, tmp_path, sheet, old, new, message):
	path = _workbook(campaign, tmp_path / "results.xlsx")
	book = openpyxl.load_workbook(path)
	cells = [cell for row in book[sheet].iter_rows() for cell in row if cell.value == old]
	assert cells
	for cell in cells:
		cell.value = new
	book.save(path)
	with pytest.raises(WorkbookError, match=message):
		print_workbook(path, tmp_path / "out")
	assert not (tmp_path / "out").exists()


def test_something_else_is_refused(tmp_path):
	path = tmp_path / "x.xlsx"
	path.write_bytes(b"not a workbook")
	with pytest.raises(WorkbookError):
		print_workbook(path, tmp_path)


def test_a_workbook_of_the_desk_prints_on_the_office_s_paper(campaign, tmp_path):
	path = _workbook(
		campaign,
		tmp_path / "results.xlsx",
		parent="ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG",
		issuer="Sở Nội vụ",
		place="Mỹ Tho",
		symbol="SNV",
		signatory_authority="KT. GIÁM ĐỐC",
		signatory_title="PHÓ GIÁM ĐỐC",
		signatory_name="Nguyễn Văn Mẫu",
	)
	text = " ".join(_text(print_workbook(path, tmp_path)[-1].read_bytes()).split())
	for part in (
		"ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG",
		"Mỹ Tho, ngày",
		"/TTr-SNV",
		"Kính gửi: Ủy ban nhân dân tỉnh Tiền Giang",
		"KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
		"Nguyễn Văn Mẫu",
	):
		assert part in text, part


def test_what_is_printed_after_awards_bears_the_published_digest(campaign, tmp_path):
	published = evaluate(campaign).digest
	first = evaluate(campaign).awards[0]
	awarded = Proposal(first.unit, first.level, "Awarded", Vote(9, 9, 9), "1/QĐ-UBND", date(2025, 1, 15))
	campaign = replace(campaign, proposals=(awarded,))
	path, now = tmp_path / "results.xlsx", evaluate(campaign)
	assert published != now.digest
	for stated, agrees in ((published, True), ("a" * 64, False)):
		with path.open("wb") as out:
			meta = {"published_digest": stated}
			results_workbook.write(campaign, now, out, meta=meta, published=())
		if agrees:
			assert published in _text(print_workbook(path, tmp_path)[0].read_bytes())
		else:
			with pytest.raises(WorkbookError, match="changed"):
				print_workbook(path, tmp_path)


@pytest.mark.parametrize("province", ["Tiền Giang", "tỉnh Tiền Giang", "Tỉnh Tiền Giang"])
def test_the_province_is_named_once(province):
	paper = paper_of({"province": province})
	assert (paper.office.place, paper.office.symbol) == ("Tiền Giang", "SNV")
	assert paper.office.parent == "Ủy ban nhân dân\ntỉnh Tiền Giang"


def test_a_city_is_no_province():
	paper = paper_of({"province": "Thành phố Huế", "issuer": "Văn phòng"})
	assert (paper.office.place, paper.office.issuer) == ("Huế", "Văn phòng")
	assert paper.office.symbol == ""  # not guessed
	assert paper.office.parent.endswith("\nthành phố Huế")


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
