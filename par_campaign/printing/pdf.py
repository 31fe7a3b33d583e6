"""Documents as PDF/A, by WeasyPrint."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from weasyprint import CSS, HTML
from weasyprint.document import Document as Rendered
from weasyprint.pdf import VARIANTS
from weasyprint.text.fonts import FontConfiguration

from par_campaign.printing import nd30
from par_campaign.printing.content import Document
from par_campaign.printing.errors import PrintError
from par_campaign.printing.markup import Part, parts
from par_campaign.printing.normalise import cleaned
from par_campaign.scoring.messages import _

# PDF/A for the archive; the level with readable text where this WeasyPrint knows it.
ARCHIVE = next(name for name in ("pdf/a-2u", "pdf/a-2b") if name in VARIANTS)
ACCESSIBLE = "pdf/ua-1"

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # "PDF/A support is experimental", every time


class DenyAll:
	"""A url_fetcher that fetches nothing: these documents have no outside resources at all."""

	_fail_on_errors = False  # asked for by newer WeasyPrint: a refused resource is left out, not fatal

	def __call__(self, url: str, *args, **kwargs):
		raise PermissionError("documents fetch nothing")


def render_pdf(document: Document, variant: str | None = None) -> bytes:
	"""A document as PDF. Raises `PrintError` when no font with the decree's metrics is installed."""
	return merge_pdfs([document], variant)


def merge_pdfs(documents: Iterable[Document], variant: str | None = None) -> bytes:
	"""Several documents in one PDF, each with page numbers of its own."""
	rendered = [
		_layout(part, font_config)
		for font_config in [FontConfiguration()]
		for document in documents
		for part in parts(cleaned(document))
	]
	return _write(rendered, variant or ARCHIVE)


def _layout(part: Part, font_config: FontConfiguration) -> Rendered:
	fetcher = DenyAll()
	style = CSS(string=part.css, font_config=font_config, url_fetcher=fetcher)
	html = HTML(string=part.html, url_fetcher=fetcher, base_url=None)
	return html.render(stylesheets=[style], font_config=font_config)


def _write(rendered: list[Rendered], variant: str) -> bytes:
	whole = rendered[0].copy([page for part in rendered for page in part.pages])
	whole._html = rendered[0]._html
	content = whole.write_pdf(pdf_variant=variant, pdf_identifier=True)
	_check_fonts(whole)
	return content


def _check_fonts(document: Rendered) -> None:
	"""Refuse to hand over a document set in some other typeface than the decree's."""
	families = {_family(font) for font in document.fonts.values()}
	if families and not families & set(nd30.FONTS):
		raise PrintError(
			_(
				"No font with the metrics of Times New Roman is installed (e.g. the package fonts-liberation2)."
			)
		)


def _family(font) -> str:
	"""Bytes in older WeasyPrint, text in newer."""
	return font.family.decode() if isinstance(font.family, bytes) else font.family
