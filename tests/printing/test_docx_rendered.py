"""Word files opened by LibreOffice: page for page what the PDF shows."""

import shutil
import subprocess
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import small_campaign
from documents import SENTENCE, annexes, document, table
from small_campaign import PAPER
from word_places import Sheet, sheets

from par_campaign.printing.builders import (
	Outcome,
	Overdue,
	award_list_document,
	proposal_rows,
	ranking_document,
	regret_letter,
	reminder_letter,
	scorecard_document,
	submission_document,
	summary_document,
)
from par_campaign.printing.content import Paragraph
from par_campaign.printing.pdf.rendering import render_pdf
from par_campaign.printing.word.rendering import render_docx
from par_campaign.scoring.campaign import evaluate

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HAS_WRITER = bool(SOFFICE) and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()
pytestmark = pytest.mark.skipif(
	not HAS_WRITER or not shutil.which("pdftotext"),
	reason="LibreOffice Writer or poppler is not installed (Debian: libreoffice-writer-nogui, poppler-utils)",
)

ACROSS_MM, DOWN_MM = 2, 5  # how far a word may stand from its place in the PDF


def _documents():
	campaign = small_campaign.campaign()
	results, title = evaluate(campaign), campaign.title
	rows = proposal_rows(campaign, results)
	overdue = [Overdue(f"Sở số {n}", "Chưa nộp phiếu", date(2024, 11, 30)) for n in range(5)]
	long = tuple(Paragraph(f"Dòng thứ {n}. {SENTENCE}") for n in range(24))
	return {
		"everything": document(annexes=annexes(2, landscape=True)),
		"draft": document(
			header=PAPER.header("TTr").__class__("Sở Nội vụ", mark="DỰ THẢO", number="Số: 05/QĐ")
		),
		"several pages": document((*long, table(30), Paragraph(SENTENCE))),
		"submission": submission_document(PAPER, campaign, results, rows, to=("Chủ tịch tỉnh",)),
		"ranking": ranking_document(PAPER, campaign, results),
		"award list": award_list_document(PAPER, title, rows),
		"scorecard": scorecard_document(PAPER, campaign, results, "SNV"),
		"summary": summary_document(PAPER, campaign, results, "SNV", "Cờ thi đua"),
		"reminder": reminder_letter(
			PAPER,
			("Sở Y tế", "Sở Tư pháp"),
			title,
			overdue,
			counted_on=date(2024, 11, 25),
			deadline=datetime(2024, 11, 30, 17),
		),
		"regret": regret_letter(
			PAPER, title, Outcome("Sở Công Thương", Decimal("88.25"), rank=4, of_units=5)
		),
	}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> dict[str, tuple[list[Sheet], list[Sheet]]]:
	"""Each document's pages in both forms; all Word files are opened in one go."""
	folder = tmp_path_factory.mktemp("word")
	found = _documents()
	for name, made in found.items():
		(folder / f"{name}.docx").write_bytes(render_docx(made))
		(folder / f"{name}-own.pdf").write_bytes(render_pdf(made))
	command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
	words = [folder / f"{name}.docx" for name in found]
	done = subprocess.run(
		[*command, "--convert-to", "pdf", "--outdir", folder, *words],
		capture_output=True,
		timeout=300,
		check=False,
	)
	missing = [path for path in words if not path.with_suffix(".pdf").exists()]
	assert not missing, (missing, done.stdout, done.stderr)
	return {name: (sheets(folder / f"{name}-own.pdf"), sheets(folder / f"{name}.pdf")) for name in found}


NAMES = tuple(_documents())


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_as_many_and_lie_the_same_way(rendered, name):
	own, word = rendered[name]
	assert [(round(s.width), round(s.height)) for s in word] == [
		(round(s.width), round(s.height)) for s in own
	]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_holds_the_same_words(rendered, name):
	for own, word in zip(*rendered[name], strict=True):
		assert Counter(w.text for w in word.words) == Counter(w.text for w in own.words)


@pytest.mark.parametrize("name", NAMES)
def test_words_stand_where_the_pdf_has_them(rendered, name):
	for own, word in zip(*rendered[name], strict=True):
		for here, there in zip(_by_text(own), _by_text(word), strict=True):
			away = abs(here.x - there.x), abs(here.y - there.y)
			assert away[0] < ACROSS_MM and away[1] < DOWN_MM, (here, there)


def _by_text(sheet: Sheet):
	"""Words in an order both forms share: alphabetical, equal ones from the top."""
	return sorted(sheet.words, key=lambda word: (word.text, round(word.y), word.x))
