"""Documents as PDF/A, by WeasyPrint."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn

from weasyprint import CSS, HTML
from weasyprint.document import Document as Rendered
from weasyprint.pdf import VARIANTS
from weasyprint.text.fonts import FontConfiguration

from par_campaign.printing import nd30
from par_campaign.printing.content import Document
from par_campaign.printing.errors import PrintError
from par_campaign.printing.normalise import cleaned
from par_campaign.printing.pdf import joining
from par_campaign.printing.pdf.markup import Part, parts, stylesheet
from par_campaign.printing.pdf.metadata import describe
from par_campaign.scoring.messages import _

if TYPE_CHECKING:
	from weasyprint.pdf.fonts import Font

# PDF/A for the archive; the level with readable text where this WeasyPrint knows it.
ARCHIVE = next(name for name in ("pdf/a-2u", "pdf/a-2b") if name in VARIANTS)
ACCESSIBLE = "pdf/ua-1"

BATCH = 120  # pages


def _news(record: logging.LogRecord) -> bool:
	"""Not what WeasyPrint 59 says of every file: "PDF/A support is experimental"."""
	return "support is experimental" not in record.getMessage()


logging.getLogger("weasyprint").addFilter(_news)


class DenyAll:
	"""A url_fetcher that fetches nothing: these documents have no outside resources at all."""

	_fail_on_errors = False  # asked for by newer WeasyPrint: a refused resource is left out, not fatal

	def __call__(self, url: str, *args: object, **kwargs: object) -> NoReturn:
		raise PermissionError("documents fetch nothing")


def render_pdf(document: Document, variant: str | None = None) -> bytes:
	"""A document as PDF. Raises `PrintError` when no font with the decree's metrics is installed."""
	return merge_pdfs([document], variant)


def merge_pdfs(documents: Iterable[Document], variant: str | None = None) -> bytes:
	"""Several documents in one PDF, each with page numbers of its own.

	However many they are, memory holds the layout of some `BATCH` pages; tagged files (`ACCESSIBLE`)
	are the exception, their structure cannot be joined.
	"""
	batch = BATCH if joining.AVAILABLE and variant != ACCESSIBLE else None
	written = [_write(rendered, variant or ARCHIVE) for rendered in _batches(documents, batch)]
	if not written:
		raise PrintError(_("There is nothing to print."))
	return written[0] if len(written) == 1 else joining.join(written)


def _batches(documents: Iterable[Document], pages: int | None) -> Iterator[list[Rendered]]:
	"""Laid out parts, as many at a time as have so many pages."""
	font_config = FontConfiguration()
	batch: list[Rendered] = []
	number = 0  # of the last page laid out
	for part in (part for document in documents for part in parts(cleaned(document))):
		first_page = number + 1 if part.continued else 1
		batch.append(_layout(part, first_page, font_config))
		number = first_page + len(batch[-1].pages) - 1
		if pages and sum(len(rendered.pages) for rendered in batch) >= pages:
			yield batch
			batch = []
	if batch:
		yield batch


def _layout(part: Part, first_page: int, font_config: FontConfiguration) -> Rendered:
	fetcher = DenyAll()
	css = stylesheet(part.landscape, first_page)
	style = CSS(string=css, font_config=font_config, url_fetcher=fetcher)
	html = HTML(string=part.html, url_fetcher=fetcher, base_url=None)
	return html.render(stylesheets=[style], font_config=font_config)


def _write(rendered: list[Rendered], variant: str) -> bytes:
	whole = rendered[0].copy([page for part in rendered for page in part.pages])

	def build_element_structure(structure: object, etree_element: object = None) -> None:
		for part in rendered:
			part.build_element_structure(structure, etree_element)

	whole.build_element_structure = build_element_structure  # older WeasyPrint tags by the first part's alone
	content: bytes = whole.write_pdf(
		pdf_variant=variant,
		pdf_identifier=True,
		finisher=lambda document, pdf: describe(pdf, variant, document.metadata.title or ""),
	)
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


def _family(font: Font) -> str:
	"""Bytes in older WeasyPrint, text in newer."""
	family = font.family
	return family.decode() if isinstance(family, bytes) else str(family)
