"""PDF of a document: Jinja2 templates and WeasyPrint, without any access to files or the network.

Each part (the text, each annex) is laid out by itself, so that its page numbers begin at one and its
first page bears none, as the decree asks; the pages are then joined into one file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from par_campaign.printing import phrases
from par_campaign.printing.content import Annex, Document
from par_campaign.printing.tables import head_rows, shares
from par_campaign.printing.widths import issuer_rule
from par_campaign.scoring.messages import _

TEMPLATES = Path(__file__).parent / "templates"
LANDSCAPE = "@page { size: A4 landscape; }"


class ResourceDenied(ValueError):
	"""A document asked for a file or an address. Nothing of the app needs one, so none is given."""


def deny(url: str, *args, **kwargs):
	"""WeasyPrint's url_fetcher: refuses everything, whatever the scheme."""
	raise ResourceDenied(_("Documents load nothing from outside: {0}").format(url[:80]))


def render_pdf(document: Document) -> bytes:
	"""The document with its annexes as one PDF."""
	return join([document])


def join(documents: Iterable[Document]) -> bytes:
	"""Several documents as one PDF, each with its own page numbers."""
	laid_out = [part for document in documents for part in _parts(document)]
	if not laid_out:
		raise ValueError(_("There is nothing to print."))
	pages = [page for part in laid_out for page in part.pages]
	return laid_out[0].copy(pages).write_pdf()


def _parts(document: Document) -> list:
	parts = [_lay_out(main_html(document), document.landscape)]
	for index, annex in enumerate(document.annexes):
		parts.append(_lay_out(annex_html(document, annex, index), annex.landscape))
	return parts


def main_html(document: Document) -> str:
	"""The document's own text as HTML."""
	rule = issuer_rule(document.header.issuer) if document.header else 0
	return _environment().get_template("document.html.j2").render(document=document, issuer_rule=rule)


def annex_html(document: Document, annex: Annex, index: int) -> str:
	"""One annex as HTML."""
	return (
		_environment()
		.get_template("annex.html.j2")
		.render(
			annex=annex,
			annex_number=phrases.annex_head(document, index),
			reference=phrases.clean(annex.reference) or phrases.reference_of(document),
		)
	)


def _lay_out(html: str, landscape: bool):
	fonts = FontConfiguration()
	sheets = [(TEMPLATES / "document.css").read_text(encoding="utf-8"), LANDSCAPE if landscape else ""]
	styles = [CSS(string=sheet, font_config=fonts, url_fetcher=deny) for sheet in sheets if sheet]
	return HTML(string=html, url_fetcher=deny).render(stylesheets=styles, font_config=fonts)


def _environment() -> Environment:
	environment = Environment(
		loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
	)
	environment.globals.update(
		clean=phrases.clean,
		caps=phrases.caps,
		runs=phrases.runs,
		closed=phrases.items_closed,
		number_line=phrases.number_line,
		place_line=phrases.place_line,
		STATE=phrases.STATE,
		MOTTO=phrases.MOTTO,
		TO=phrases.TO,
		RECIPIENTS=phrases.RECIPIENTS,
		shares=shares,
		head_rows=head_rows,
	)
	return environment
