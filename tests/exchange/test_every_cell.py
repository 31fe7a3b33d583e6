"""Every single cell of a results workbook, one after the other: changed, the recount names it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import islice
from random import Random

import openpyxl
import pytest
import random_campaigns

from par_campaign.exchange.results_workbook.recount import recount
from par_campaign.exchange.results_workbook.workbook import write
from par_campaign.exchange.xlsx.book import MARKS_SHEET
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.scoring.campaign import evaluate, with_proposals

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def exported() -> bytes:
	campaign = random_campaigns.campaign(Random(1), units=1, sets=1)
	out = io.BytesIO()
	digest = with_proposals(campaign, evaluate(campaign), ()).digest
	write(campaign, evaluate(campaign), out, meta={"published_digest": digest}, published=())
	return out.getvalue()


def sheets(content: bytes) -> dict[str, str]:
	"""Names of the sheets by their part of the package, in order."""
	names = openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames
	return {f"xl/worksheets/sheet{at}.xml": name for at, name in enumerate(names, 1)}


def parts(content: bytes) -> dict[str, bytes]:
	with zipfile.ZipFile(io.BytesIO(content)) as package:
		return {name: package.read(name) for name in package.namelist()}


def with_part(package: dict[str, bytes], part: str, text: str) -> io.BytesIO:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as made:
		for name, data in package.items():
			made.writestr(name, text.encode() if name == part else data)
	return out


def other(cell: str, at: int) -> str:
	"""Another text or, for every second cell, a number."""
	if at % 2:
		return f'<c r="{cell}"><v>7.25</v></c>'
	return f'<c r="{cell}" t="inlineStr"><is><t>khác</t></is></c>'


def named(found: Iterable, sheet: str, cell: str) -> bool:
	"""Whether the cell is among what was found; of the sheet of marks its row is enough."""
	if sheet == MARKS_SHEET:
		return any(one.sheet == sheet for one in found)
	return any((one.sheet, one.cell) == (sheet, cell) for one in found)


@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_whatever_cell_is_changed_the_recount_names_it(step):
	"""Every eleventh cell, which falls into each sheet and each kind of column; and, by `./test slow`, every one."""
	content = exported()
	assert recount(io.BytesIO(content)) == []
	package, tried = parts(content), 0
	for part, sheet in sheets(content).items():
		text = package[part].decode()
		for cell in islice(CELL.finditer(text), tried % step, None, step):
			tried += 1
			changed = text[: cell.start()] + other(cell[1], tried) + text[cell.end() :]
			try:
				found = recount(with_part(package, part, changed))
			except WorkbookError as refusal:
				found = refusal.faults
			assert named(found, sheet, cell[1]), (sheet, cell[1], found)
	assert tried > 400 / step, tried
