"""From a document to HTML and CSS: one pair for each part (the document itself, each annex)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from par_campaign.printing import nd30
from par_campaign.printing.content import Annex, Block, Document, RowStyle, Table
from par_campaign.printing.kept_together import held_rows, is_long, is_whole
from par_campaign.printing.pdf.segments import segments
from par_campaign.printing.spans import PlacedCell, basis, listed, recipient_lines, roman, shares, spans


@dataclass(frozen=True)
class Part:
	"""A run of pages. `continued`: it goes on with the page numbers of the part before."""

	html: str
	landscape: bool
	continued: bool


@dataclass(frozen=True)
class PlacedRow:
	"""A row as the template writes it."""

	cells: tuple[PlacedCell, ...]
	style: RowStyle
	long: bool


@dataclass(frozen=True)
class RowGroup:
	"""Rows of a table in one element: `held` ones stay on one page.

	Asking WeasyPrint to avoid a break between two rows does not do: it breaks there all the same where the row
	below is what stays whole and does not fit.
	"""

	rows: tuple[PlacedRow, ...]
	held: bool


def parts(document: Document) -> Iterator[Part]:
	"""The document itself, then its annexes in order."""
	yield from _parts(document, document.body, document.landscape)
	yield from _annexes(document)


def fragment(document: Document, scope: str) -> str:
	"""The document without its annexes, for a page of somebody else's: HTML and its style, which binds only
	what is inside the element of this selector ("." and a class)."""
	body = _parts(document, document.body, document.landscape, template_name="content.j2")
	html = "".join(part.html for part in body)
	style = _scoped(_measures(document.landscape, "nd30.css"), scope)
	return f'<style>{style}</style><div class="{scope.removeprefix(".")}" lang="vi">{html}</div>'


def _scoped(css: str, scope: str) -> str:
	"""Plain rules bound to a selector; the whole page's become the scope's own."""
	found = []
	for selectors, body in re.findall(
		r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
	):
		bound = [
			scope if selector.strip() in ("html", "body") else f"{scope} {selector.strip()}"
			for selector in selectors.split(",")
		]
		found.append(f"{', '.join(bound)} {{{body}}}")
	return "\n".join(found)


def _annexes(document: Document) -> Iterator[Part]:
	for number, annex in enumerate(document.annexes, 1):
		label = roman(number) if len(document.annexes) > 1 else ""
		yield from _parts(document, annex.body, annex.landscape, annex, label)


def _parts(
	document: Document,
	body: tuple[Block, ...],
	landscape: bool,
	annex: Annex | None = None,
	annex_number: str = "",
	template_name: str = "part.j2",
) -> Iterator[Part]:
	runs = list(segments(body))
	template = _environment().get_template(template_name)
	for number, run in enumerate(runs):
		html = template.render(
			document=document,
			annex=annex,
			annex_number=annex_number,
			body=run,
			first=number == 0,
			last=number == len(runs) - 1,
			title=document.title,
			nd30=nd30,
		)
		yield Part(html, landscape, continued=number > 0)


@cache
def _measures(landscape: bool, template: str) -> str:
	"""The decree's measures as CSS."""
	width, height = nd30.page_mm(landscape)
	return (
		_environment()
		.get_template(template)
		.render(
			nd30=nd30,
			width=width,
			height=height,
			family=", ".join(f'"{font}"' for font in nd30.FONTS),
			rule=nd30.RULE_SHARE * 100,
			office=nd30.ISSUER_SHARE * 100,
			single=nd30.LINE_EM,
			spaced=round(nd30.LINE_EM * nd30.LINE_SPACING, 3),
		)
	)


def stylesheet(landscape: bool, first_page: int = 1) -> str:
	"""The style of a part whose first page bears this number; number 1 is not shown."""
	measures = _measures(landscape, "page.css") + _measures(landscape, "nd30.css")
	if first_page == 1:
		return f"{measures} @page :first {{ @top-center {{ content: none }} }}"
	return f"{measures} @page :first {{ counter-reset: page {first_page} }}"


@cache
def _environment() -> Environment:
	environment = Environment(
		loader=PackageLoader("par_campaign.printing"),
		autoescape=_is_markup,
		undefined=StrictUndefined,
		trim_blocks=True,
	)
	environment.filters.update(
		basis=basis,
		kind=_kind,
		listed=listed,
		row_groups=_row_groups,
		recipient_lines=recipient_lines,
		shares=shares,
		spans=spans,
		whole=is_whole,
	)
	return environment


def _is_markup(template: str | None) -> bool:
	"""Everything is escaped but the stylesheet, which holds nothing of a user's."""
	return not (template or "").endswith(".css")


def _kind(block: Block) -> str:
	return type(block).__name__


def _row_groups(table: Table) -> Iterator[RowGroup]:
	"""The rows in order: those that stay together, and the others in runs between them."""
	free: list[PlacedRow] = []
	chain: list[PlacedRow] = []
	for row, cells, held in held_rows(table):
		chain.append(PlacedRow(cells, row.style, is_long(cells)))
		if held:
			continue
		if len(chain) == 1:
			free.append(chain.pop())
			continue
		if free:
			yield RowGroup(tuple(free), held=False)
		yield RowGroup(tuple(chain), held=True)
		free, chain = [], []
	if free:
		yield RowGroup(tuple(free), held=False)
