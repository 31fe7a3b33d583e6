"""The annex shown in docs/exchange.md is understood as the page says, and its limits are the program's."""

import io
from pathlib import Path

import openpyxl

from par_campaign.exchange.criteria.workbook import preview
from par_campaign.exchange.xlsx.limits import MIB, RESULTS, UPLOAD

PAGE = Path(__file__).parents[2] / "docs" / "exchange.md"


def table(first_heading: str) -> list[list[str]]:
	"""The page's table with this first heading, without its ruling."""
	rows = PAGE.read_text(encoding="utf-8").partition(f"| {first_heading} |")
	block = "".join(rows[1:]).partition("\n\n")[0]
	return [
		[cell.strip() for cell in line.strip("|").split("|")]
		for line in block.splitlines()
		if "---" not in line
	]


def number(text: str) -> float | None:
	return float(text.replace(",", ".")) if text else None


def test_the_annex_of_the_page_is_understood_as_it_says():
	heading, *rows = table("STT")
	book = openpyxl.Workbook()
	book.active.append(heading)
	for code, title, maximum in rows:
		book.active.append([code or None, title, number(maximum)])
	out = io.BytesIO()
	book.save(out)
	shown = preview(out, {})
	assert not shown.faults and not shown.questions
	understood = [
		[leaf.code, leaf.rule.kind.value, f"{leaf.maximum:f}", leaf.score_type.value]
		for leaf in shown.criteria_set.leaves()
	]
	assert understood == table("Row")[1:]


def test_the_limits_of_the_page_are_the_programs():
	stated = {name: values for name, *values in table("limit")[1:]}
	for at, bounds in enumerate((UPLOAD, RESULTS)):
		assert stated["file"][at] == f"{bounds.file_bytes // MIB} MiB"
		assert stated["unpacked"][at] == f"{bounds.total_bytes // MIB} MiB"
		assert stated["filled rows a sheet"][at] == f"{bounds.rows:,}".replace(",", " ")
		assert stated["filled cells"][at] == f"{bounds.cells:,}".replace(",", " ")
		assert stated["characters in cells"][at] == f"{bounds.cell_chars:,}".replace(",", " ")
		assert stated["unpacked / packed of one part"][at] == str(bounds.ratio)
