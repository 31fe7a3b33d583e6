"""What the command line prints of a results workbook: ranking, award list and the award dossier as PDF files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from par_campaign.exchange.results_workbook.inputs import PUBLISHED_DIGEST
from par_campaign.exchange.results_workbook.stated import Stated, published_digest
from par_campaign.exchange.results_workbook.workbook import read
from par_campaign.exchange.xlsx.errors import WorkbookError, refuse
from par_campaign.printing.builders import (
	ProposalRow,
	award_list_document,
	proposal_rows,
	ranking_document,
	submission_document,
	summary_document,
)
from par_campaign.printing.content import Document
from par_campaign.printing.inputs import Office, Paper, Signatory
from par_campaign.printing.names import in_two_lines, natural
from par_campaign.printing.pdf.rendering import merge_pdfs, render_pdf
from par_campaign.scoring import messages
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.errors import CampaignError
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Campaign, Results

COMMITTEE = "Ủy ban nhân dân"
WHOLE = "ho-so-khen-thuong"
ROOM = "……………"  # for what the workbook does not say


def print_workbook(path: str | Path, out_dir: str | Path) -> list[Path]:
	"""Print a results workbook's ranking, award list and award dossier as PDF files; returns their paths.

	The dossier is the submission with its annexes and a summary for each unit proposed. WorkbookError
	if the workbook is unsafe, cannot be read whole, cannot be computed or was changed. Nothing is written unless
	everything could be printed.
	"""
	stated = read(path)
	if stated.faults:
		raise WorkbookError(stated.faults)
	_evaluated(stated)  # refusals are in the reader's language, documents are Vietnamese
	with in_vietnamese():
		results = _evaluated(stated)
		lists, dossier = list_documents(stated, results), dossier_documents(stated, results)
	files = [(f"{document.name}.pdf", render_pdf(document)) for document in lists]
	files.append((f"{WHOLE}.pdf", merge_pdfs(dossier)))
	return list(_write(files, Path(out_dir)))


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> Iterator[Path]:
	folder.mkdir(parents=True, exist_ok=True)
	for name, content in files:
		(folder / name).write_bytes(content)
		yield folder / name


@contextmanager
def in_vietnamese() -> Iterator[None]:
	"""Have what scoring says (reasons, ties) in Vietnamese meanwhile: documents are, whoever prints."""
	before, catalogue = messages._translate, messages.vietnamese_catalogue()
	messages.set_translator(messages.by_catalogue(catalogue))
	try:
		yield
	finally:
		messages.set_translator(before)


def _evaluated(stated: Stated) -> Results:
	"""The results, with the published digest where they are published: it is the one on paper."""
	try:
		results = evaluate(stated.campaign)
		published = published_digest(stated, results)
	except CampaignError as error:
		raise refuse(_("The stated campaign cannot be computed: {0}").format(error)) from error
	if results.digest != stated.digest or published != stated.meta.get(PUBLISHED_DIGEST, ""):
		raise refuse(_("The workbook was changed after its export: its digest is another. Recount it first."))
	return replace(results, digest=published) if published else results


def list_documents(stated: Stated, results: Results) -> list[Document]:
	"""Ranking and award list of a results workbook."""
	campaign = stated.campaign
	paper = paper_of(stated.meta)
	rows = proposal_rows(campaign, results)
	return [
		ranking_document(paper, campaign, results, version=stated.meta.get("version") or None),
		award_list_document(paper, campaign.title, rows, digest=results.digest, vote_base=campaign.vote_base),
	]


def dossier_documents(stated: Stated, results: Results) -> list[Document]:
	"""The dossier: the submission with its annexes, then a summary for each unit and level proposed."""
	campaign = stated.campaign
	paper = paper_of(stated.meta)
	rows = proposal_rows(campaign, results)
	to = (
		natural(stated.meta.get("parent", ""))
		or f"{COMMITTEE} {_named(stated.meta.get('province', '').strip())}"
	)
	attachments = ("Báo cáo tóm tắt thành tích của các tập thể được đề nghị",) if rows else ()
	submission = submission_document(paper, campaign, results, rows, to=(to,), attachments=attachments)
	return [submission, *(_summary(paper, campaign, results, row) for row in rows)]


def _summary(paper: Paper, campaign: Campaign, results: Results, row: ProposalRow) -> Document:
	office = replace(paper.office, issuer=row.unit_name, name=row.unit_name)
	own = replace(paper, office=office, signatory=Signatory("Thủ trưởng đơn vị"))
	return summary_document(own, campaign, results, row.unit, row.level)


def paper_of(meta: dict[str, str]) -> Paper:
	"""The paper of what a workbook says of its office; the rest is left open for the hand."""
	said = {key: text.strip() for key, text in meta.items()}
	province = said.get("province", "")
	issuer = said.get("issuer") or "Sở Nội vụ"
	parent = in_two_lines(said.get("parent", "")) or f"{COMMITTEE}\n{_named(province)}"
	place = said.get("place") or re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.IGNORECASE)
	symbol = said.get("symbol") or _abbreviation(issuer)
	office = Office(in_two_lines(issuer), place or ROOM, parent, symbol, name=natural(issuer))
	authority = tuple(filter(None, map(str.strip, said.get("signatory_authority", "").splitlines())))
	title = said.get("signatory_title") or "Giám đốc"
	return Paper(office, Signatory(title, said.get("signatory_name", ""), authority))


def _abbreviation(issuer: str) -> str:
	"""What a department's documents are numbered with: "SNV" of "Sở Nội vụ". Others are not guessed."""
	words = issuer.split()
	if not words or words[0].lower() != "sở":
		return ""
	return "".join(word[0].upper() for word in words if word.lower() != "và")


def _named(province: str) -> str:
	"""A province with what it is: "tỉnh Tiền Giang", "thành phố Huế"."""
	for known in ("tỉnh", "thành phố"):
		if province.lower().startswith(f"{known} "):
			return f"{known} {province[len(known) + 1 :]}"
	return f"tỉnh {province or ROOM}"
