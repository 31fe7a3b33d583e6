"""One PDF/A of several, for files too long to be laid out in memory at once."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence

# Frappe brings pypdf along. Without it everything is laid out at once, which only takes more memory.
AVAILABLE = importlib.util.find_spec("pypdf") is not None


def join(files: Sequence[bytes]) -> bytes:
	"""The pages and outlines of all files; colour profile and metadata of the first."""
	from pypdf import PdfReader, PdfWriter

	first = PdfReader(io.BytesIO(files[0]))
	writer = PdfWriter(clone_from=first)
	for content in files[1:]:
		writer.append(io.BytesIO(content))
	header = first.pdf_header  # PDF/A-2 is PDF 1.7; versions of pypdf differ in bytes or text
	writer.pdf_header = header if isinstance(writer.pdf_header, str) else header.encode()
	writer.generate_file_identifiers()  # PDF/A asks for one
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()
