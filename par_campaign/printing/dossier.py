"""The award dossier: as PDFs from a results workbook, as one PDF, as a ZIP of PDF and Word files."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from par_campaign.exchange.errors import WorkbookError, refuse
from par_campaign.exchange.results_workbook import read
from par_campaign.exchange.stated import Stated
from par_campaign.printing.builders import award_list_document, proposal_rows, ranking_document
from par_campaign.printing.content import Document
from par_campaign.printing.docx import render_docx
from par_campaign.printing.errors import PrintError
from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.printing.pdf import merge_pdfs, render_pdf
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Results

WHOLE = "ho-so-khen-thuong"
RENDERERS = MappingProxyType({"pdf": render_pdf, "docx": render_docx})
ROOM = "……………"  # for what the workbook does not say
# What a changed cell can make of a campaign shows in any of these.
_IMPOSSIBLE = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError)


def print_workbook(path: str | Path, out_dir: str | Path) -> list[Path]:
	"""Print a results workbook's ranking and award dossier as PDF files; returns what was written.

	WorkbookError if the workbook is unsafe, cannot be read whole or cannot be computed. Files are
	written only after every document was printed.
	"""
	stated = read(path)
	if stated.faults:
		raise WorkbookError(stated.faults)
	documents = workbook_documents(stated, _evaluated(stated))
	files = [(f"{document.name}.pdf", render_pdf(document)) for document in documents]
	files.append((f"{WHOLE}.pdf", merge_pdfs(documents)))
	folder = Path(out_dir)
	folder.mkdir(parents=True, exist_ok=True)
	written = []
	for name, content in files:
		written.append(folder / name)
		written[-1].write_bytes(content)
	return written


def _evaluated(stated: Stated) -> Results:
	try:
		return evaluate(stated.campaign)
	except _IMPOSSIBLE as error:
		raise refuse(_("The stated campaign cannot be computed: {0}").format(error)) from error


def workbook_documents(stated: Stated, results: Results) -> list[Document]:
	"""The documents that can be made of a results workbook alone."""
	paper = paper_of(stated.meta, stated.campaign.year)
	campaign = stated.campaign
	rows = proposal_rows(campaign, results)
	return [
		ranking_document(paper, campaign, results, version=stated.meta.get("version") or None),
		award_list_document(paper, campaign.title, rows, digest=results.digest, vote_base=campaign.vote_base),
	]


def paper_of(meta: dict[str, str], year: int) -> Paper:
	"""The paper of what a workbook says of its office; the rest is left open for the hand."""
	province = meta.get("province", "").strip()
	issuer = meta.get("issuer", "").strip() or "Sở Nội vụ"
	place = re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.IGNORECASE)
	named = province if place != province else f"tỉnh {province or ROOM}"
	office = Office(issuer, place or ROOM, f"Ủy ban nhân dân\n{named}", name=issuer)
	return Paper(office, Signatory("Giám đốc"), year=year)


def zip_documents(
	documents: Iterable[Document], renderers: Mapping[str, Callable[[Document], bytes]] = RENDERERS
) -> bytes:
	"""The documents in a ZIP, numbered in order, each in every format of `renderers` (by extension)."""
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in _files(documents, renderers):
			archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
	return out.getvalue()


def _files(
	documents: Iterable[Document], renderers: Mapping[str, Callable[[Document], bytes]]
) -> Iterator[tuple[str, bytes]]:
	number = 0
	for number, document in enumerate(documents, 1):
		for extension, render in renderers.items():
			yield f"{number:02d}-{file_name(document.name)}.{extension}", render(document)
	if not number:
		raise PrintError(_("There is nothing to print."))


def file_name(text: str) -> str:
	"""Letters, digits and hyphens only: safe as a name on every system."""
	plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
	bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
	return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-").lower()[:80] or "tai-lieu"
