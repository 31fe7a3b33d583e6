"""Many documents in one file: a ZIP of PDF and Word files, numbered in order."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from par_campaign.printing.content import Document
from par_campaign.printing.errors import PrintError
from par_campaign.printing.pdf.rendering import render_pdf
from par_campaign.printing.word.rendering import render_docx
from par_campaign.scoring.messages import _

RENDERERS = MappingProxyType({"pdf": render_pdf, "docx": render_docx})


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
