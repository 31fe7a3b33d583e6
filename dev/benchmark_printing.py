"""Time and memory of printing for a large province, held against the memory that is promised.

	python dev/benchmark_printing.py [--units 200] [--leaves 64] [--json FILE]

The annex is what an office may really ask for: one Phụ lục with the score sheets of all units, pages numbered through.
At its default size a step that takes more memory than `PROMISED_MIB` ends the script with an error; seconds are only
told. Each step runs in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmark_exchange import campaign  # noqa: E402
from measuring import measure  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from par_campaign.printing.builders import (  # noqa: E402
	proposal_rows,
	scorecard_blocks,
	scorecard_document,
	submission_document,
)
from par_campaign.printing.bundles.archive import zip_documents  # noqa: E402
from par_campaign.printing.content import Annex, Document, Paragraph  # noqa: E402
from par_campaign.printing.inputs import Office, Paper, Signatory  # noqa: E402
from par_campaign.printing.pdf.rendering import merge_pdfs, render_pdf  # noqa: E402
from par_campaign.printing.word.rendering import render_docx  # noqa: E402
from par_campaign.scoring.campaign import evaluate  # noqa: E402

UNITS, LEAVES = 200, 64
ZIPPED = 20  # score sheets as PDF and Word: each is a file of its own, so that memory does not grow with them
# Peak of the whole process, the campaign and its results in it. What docs/printing.md says is measured is less.
PROMISED_MIB = {"submission": 400, "annex": 900, "all score sheets": 900, "annex in Word": 1100, "ZIP": 600}

PAPER = Paper(
	Office("Sở Nội vụ", "Tiền Giang", "Ủy ban nhân dân\ntỉnh Tiền Giang", "SNV", "CCHC", "Sở Nội vụ"),
	Signatory("Giám đốc", "Nguyễn Văn Mẫu"),
	year=2025,
)


def _evaluated(arguments: argparse.Namespace):
	made = campaign(arguments.units, arguments.leaves)
	return made, evaluate(made)


def _annex(arguments: argparse.Namespace) -> Document:
	made, results = _evaluated(arguments)
	blocks = (block for card in made.cards for block in scorecard_blocks(made, results, card, {}))
	return Document(
		**PAPER.frame("Báo cáo", "BC"),
		kind="Báo cáo",
		subject="Kết quả thẩm định",
		body=(Paragraph("Phiếu điểm của các đơn vị tại Phụ lục kèm theo./."),),
		annexes=(Annex("Phiếu điểm của các đơn vị", tuple(blocks), landscape=True),),
	)


def _pages(content: bytes) -> Callable[[], str]:
	"""How long a file is, to be counted when its memory has been measured."""
	return lambda: f"{len(PdfReader(io.BytesIO(content)).pages)} pages, {len(content) / 2**20:.1f} MiB"


# --- steps --------------------------------------------------------------------------------------


def step_submission(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made, results = _evaluated(arguments)
	rows = proposal_rows(made, results)
	made_of = submission_document(PAPER, made, results, rows, to=("Chủ tịch Ủy ban nhân dân tỉnh",))
	return lambda: _pages(render_pdf(made_of))


def step_annex(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	document = _annex(arguments)
	return lambda: _pages(render_pdf(document))


def step_all(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made, results = _evaluated(arguments)
	sheets = (scorecard_document(PAPER, made, results, card.unit) for card in made.cards)
	return lambda: _pages(merge_pdfs(sheets))


def step_word(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	document = _annex(arguments)
	return lambda: f"{len(render_docx(document)) / 2**20:.1f} MiB"


def step_zip(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made, results = _evaluated(arguments)
	sheets = (scorecard_document(PAPER, made, results, card.unit) for card in made.cards[:ZIPPED])
	some = min(ZIPPED, len(made.cards))
	return lambda: f"{some} units, {len(zip_documents(sheets)) / 2**20:.1f} MiB"


STEPS = {
	"submission": step_submission,
	"annex": step_annex,
	"all score sheets": step_all,
	"annex in Word": step_word,
	"ZIP": step_zip,
}


def main() -> None:
	"""Command line."""
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--units", type=int, default=UNITS)
	parser.add_argument("--leaves", type=int, default=LEAVES)
	parser.add_argument("--step", choices=STEPS, action="append", help="only this one; may be given again")
	parser.add_argument("--json", type=Path, help="write the figures there")
	arguments = parser.parse_args()
	figures = []
	with tempfile.TemporaryDirectory() as folder:
		for name in arguments.step or STEPS:
			figures.append(measure(name, STEPS[name], arguments, Path(folder)))
			print("{step:18} {seconds:8.1f} s {mib:6} MiB at most  {told}".format(**figures[-1]), flush=True)
	print(f"{arguments.units} units x {arguments.leaves} leaves")
	if arguments.json:
		case = {"units": arguments.units, "leaves": arguments.leaves}
		arguments.json.write_text(json.dumps({**case, "steps": figures}, indent="\t"))
	if arguments.units <= UNITS and arguments.leaves <= LEAVES:
		_hold_against(figures)


def _hold_against(figures: list[dict]) -> None:
	over = [
		f"{f['step']}: {f['mib']} of {PROMISED_MIB[f['step']]} MiB"
		for f in figures
		if f["mib"] > PROMISED_MIB[f["step"]]
	]
	if over:
		raise SystemExit(f"more memory than promised: {'; '.join(over)}")


if __name__ == "__main__":
	main()
