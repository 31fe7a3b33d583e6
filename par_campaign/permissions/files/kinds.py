"""Which kinds of files are taken, and what each must hold: the one table of it.

An ending promises a content, and the content must keep the promise. Nothing a browser could run is among them
(SVG, HTML, XHTML, XML), and nothing an office would run (programs, workbooks with macros).
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import filetype
import frappe
from frappe import _
from frappe.core.api.file import get_max_file_size

from par_campaign.saying import bold, say

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BEGINNING = 1 << 16  # enough to tell a kind; the rest is the matter of whoever opens it
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PAGE = re.compile(r"^\s*<|<(!doctype|html|head|body|script|svg|iframe)\b", re.IGNORECASE)


def _magic(*types: str) -> Callable[[bytes], bool]:
	"""What `filetype` knows by its first bytes."""
	return lambda content: filetype.guess_mime(content[:BEGINNING]) in types


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
	return lambda content: content.startswith(beginnings)


def _package(folder: str) -> Callable[[bytes], bool]:
	"""Office Open XML: a ZIP with the parts of its kind, and no macros."""

	def holds(content: bytes) -> bool:
		names = _zip_names(content)
		macros = any(name.endswith("vbaProject.bin") for name in names)
		return "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) and not macros

	return holds


def _open_document(kind: str) -> Callable[[bytes], bool]:
	expected = f"application/vnd.oasis.opendocument.{kind}".encode()
	return lambda content: "content.xml" in _zip_names(content) and expected in content[:200]


def _zip_names(content: bytes) -> set[str]:
	try:
		with ZipFile(BytesIO(content)) as package:
			return set(package.namelist())
	except (BadZipFile, ValueError, NotImplementedError, OSError):
		return set()


def _is_text(content: bytes) -> bool:
	"""Text in Unicode that no browser would take for a page."""
	coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
	try:
		text = content.decode(coding)
	except UnicodeDecodeError:
		return False
	return not UNSEEN.search(text) and not PAGE.search(text[:BEGINNING])


# ending → whether a content is of that kind
KINDS: dict[str, Callable[[bytes], bool]] = {
	"pdf": _magic("application/pdf"),
	"docx": _package("word/"),
	"xlsx": _package("xl/"),
	"pptx": _package("ppt/"),
	"odt": _open_document("text"),
	"ods": _open_document("spreadsheet"),
	"odp": _open_document("presentation"),
	"doc": _starts(OLE),
	"xls": _starts(OLE),
	"ppt": _starts(OLE),
	"rtf": _starts(b"{\\rtf"),
	"txt": _is_text,
	"csv": _is_text,
	"jpg": _magic("image/jpeg"),
	"jpeg": _magic("image/jpeg"),
	"png": _magic("image/png"),
	"gif": _magic("image/gif"),
	"webp": _magic("image/webp"),
	"tif": _magic("image/tiff"),
	"tiff": _magic("image/tiff"),
	"heic": _magic("image/heic"),
	"mp4": _magic("video/mp4"),
	"mp3": _magic("audio/mpeg"),
	"zip": _starts(b"PK\x03\x04", b"PK\x05\x06"),
	"rar": _starts(b"Rar!\x1a\x07"),
	"7z": _starts(b"7z\xbc\xaf\x27\x1c"),
}
# what a browser shows by itself; all else is handed out to be saved
SHOWN = frozenset({"pdf", "jpg", "jpeg", "png", "gif", "webp"})


def ending_of(name: str) -> str:
	"""The ending that counts: the last one, in small letters."""
	return PurePosixPath(name).suffix.lower().lstrip(".")


def checked(name: str, content: bytes) -> str:
	"""Refuse what is not taken, or is not what its name promises; returns its ending with the dot."""
	ending = ending_of(name)
	if ending not in KINDS:
		sentence = _("{0} is of a kind that is not taken. Save it as one of these and upload that: {1}.")
		_refuse(sentence, bold(name), ", ".join(KINDS))
	if not content:
		_refuse(_("{0} is empty. Choose the file again, or save it anew first."), bold(name))
	if not KINDS[ending](content):
		sentence = _("{0} does not hold what its ending says (.{1}). Open it and save it as .{1} again.")
		_refuse(sentence, bold(name), ending)
	return f".{ending}"


def _refuse(sentence: str, *values) -> None:
	frappe.throw(say(sentence, *values), title=_("File Not Taken"))


def tell_browser(bootinfo) -> None:
	"""What may be uploaded, told before anybody chooses a file."""
	bootinfo.par_uploads = {"endings": list(KINDS), "most_bytes": get_max_file_size()}
