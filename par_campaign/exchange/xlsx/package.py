"""The outside of an xlsx file: is it a zip that may be unpacked, and does it carry only data?

Everything here looks at the zip's table of contents; nothing is unpacked before it has passed.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.errors import WorkbookError, refuse
from par_campaign.exchange.xlsx.limits import Limits
from par_campaign.scoring.messages import _

Source = str | os.PathLike[str] | BinaryIO

# What zipfile and zlib raise on broken input, depending on which byte is broken.
ZIP_ERRORS = (
	zipfile.BadZipFile,
	zipfile.LargeZipFile,
	zlib.error,
	EOFError,
	OSError,
	struct.error,
	NotImplementedError,
	RuntimeError,
	ValueError,
	LookupError,
	OverflowError,
)

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
_END_MAGIC = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_END_SIZE = 22
_LOCATOR_SIZE = 20
_ENCRYPTED = 0x1

# Parts that act or reach outside, by the beginning of their (lower-case) name.
_ACTIVE_PARTS = (
	("xl/macrosheets/", "macros"),
	("xl/dialogsheets/", "macros"),
	("xl/vba", "macros"),
	("customui/", "macros"),
	("xl/externallinks/", "links to other files"),
	("xl/connections.xml", "links to other files"),
	("xl/querytables/", "links to other files"),
	("xl/model/", "links to other files"),
	("xl/webextensions/", "links to other files"),
	("xl/embeddings/", "embedded objects"),
	("xl/activex/", "embedded objects"),
	("xl/ctrlprops/", "embedded objects"),
)


class Package:
	"""An opened xlsx whose table of contents has passed. Use as a context manager."""

	def __init__(self, archive: zipfile.ZipFile, bounds: Limits):
		self._archive = archive
		self._names = {info.filename.lower(): info for info in archive.infolist()}
		self.bounds = bounds

	def __enter__(self) -> Package:
		return self

	def __exit__(self, *_exc: object) -> None:
		self._archive.close()

	def names(self) -> list[str]:
		"""Names of all parts, lower case (part names do not differ by case)."""
		return list(self._names)

	def has(self, name: str) -> bool:
		"""Whether there is a part of that name."""
		return name.lower() in self._names

	def chunks(self, name: str) -> Iterator[bytes]:
		"""The part's bytes, unpacked piece by piece. WorkbookError if it is missing or broken."""
		info = self._names.get(name.lower())
		if info is None:
			raise refuse(_("The workbook is damaged: part {0} is missing").format(name))
		try:
			with self._archive.open(info) as part:
				while chunk := part.read(limits.CHUNK):
					yield chunk
		except ZIP_ERRORS as error:
			raise refuse(_("The workbook is damaged: part {0} cannot be unpacked").format(name)) from error

	def small(self, name: str) -> Iterator[bytes]:
		"""Like `chunks`, for a part that has to be small."""
		info = self._names.get(name.lower())
		if info is not None and info.file_size > self.bounds.part_bytes:
			raise refuse(_("Part {0} is larger than {1} MB").format(name, _mib(self.bounds.part_bytes)))
		return self.chunks(name)


def open_package(source: Source, bounds: Limits) -> Package:
	"""Open an xlsx by path or as a seekable binary file. WorkbookError says why it is refused."""
	try:
		if isinstance(source, str | os.PathLike):
			with Path(source).open("rb") as file:
				_check_envelope(file, bounds)
			archive = zipfile.ZipFile(source)
		else:
			_check_envelope(source, bounds)
			archive = zipfile.ZipFile(source)
	except FileNotFoundError:
		raise
	except ZIP_ERRORS as error:
		raise refuse(_("The file is not a readable .xlsx workbook")) from error
	try:
		_check_members(archive, _size_of(source), bounds)
	except WorkbookError:
		archive.close()
		raise
	return Package(archive, bounds)


def _size_of(source: Source) -> int:
	if isinstance(source, str | os.PathLike):
		return Path(source).stat().st_size
	return source.seek(0, os.SEEK_END)


def _check_envelope(file: BinaryIO, bounds: Limits) -> None:
	"""Size, kind of file and size of the table of contents, before zipfile reads that whole."""
	size = file.seek(0, os.SEEK_END)
	if size > bounds.file_bytes:
		raise refuse(_("The file is larger than {0} MB").format(_mib(bounds.file_bytes)))
	file.seek(0)
	magic = file.read(len(_OLE_MAGIC))
	if magic == _OLE_MAGIC:
		raise refuse(_("The file is protected by a password or is an old .xls: save it as plain .xlsx"))
	if not magic.startswith(_ZIP_MAGIC):
		raise refuse(_("The file is not an .xlsx workbook"))
	_check_directory(file, size, bounds)
	file.seek(0)


def _check_directory(file: BinaryIO, size: int, bounds: Limits) -> None:
	"""Bound the table of contents, found in the way zipfile finds it."""
	window = min(size, _END_SIZE + 0xFFFF + _LOCATOR_SIZE)
	file.seek(size - window)
	tail = file.read(window)
	at = len(tail) - _END_SIZE
	if at < 0 or not (tail[at:].startswith(_END_MAGIC) and tail.endswith(b"\0\0")):
		at = tail.rfind(_END_MAGIC)
	if at < 0 or len(tail) - at < _END_SIZE:
		raise refuse(_("The file is not a readable .xlsx workbook"))
	if tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_ZIP64_LOCATOR):
		raise refuse(_("The file has too many parts or is too large (zip64)"))
	directory_bytes = struct.unpack_from("<L", tail, at + 12)[0]
	if directory_bytes > bounds.members * limits.DIRECTORY_ENTRY:
		raise refuse(_("The file has more than {0} parts").format(bounds.members))


def _check_members(archive: zipfile.ZipFile, file_size: int, bounds: Limits) -> None:
	members = archive.infolist()
	if len(members) > bounds.members:
		raise refuse(_("The file has more than {0} parts").format(bounds.members))
	for info in members:
		_check_member(info, bounds)
	if len({info.filename.lower() for info in members}) != len(members):
		raise refuse(_("The workbook is damaged: a part is there twice"))
	if sum(info.file_size for info in members) > bounds.total_bytes:
		raise refuse(_("Unpacked, the file is larger than {0} MB").format(_mib(bounds.total_bytes)))
	if sum(info.compress_size for info in members) > file_size:
		# Parts that share their packed bytes: the unpacked size is many times what is stated.
		raise refuse(_("The workbook is damaged: its parts overlap"))
	_check_kind({info.filename.lower() for info in members})


def _check_member(info: zipfile.ZipInfo, bounds: Limits) -> None:
	name = info.filename
	if name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or "\0" in name:
		raise refuse(_("The workbook is damaged: a part has the name {0}").format(repr(name)))
	if info.flag_bits & _ENCRYPTED:
		raise refuse(_("The file is protected by a password: save it without one"))
	if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
		raise refuse(_("Part {0} is packed in a way that .xlsx does not know").format(name))
	if info.file_size > limits.RATIO_FROM and info.file_size > bounds.ratio * max(info.compress_size, 1):
		raise refuse(_("Part {0} unpacks to more than {1} times its size").format(name, bounds.ratio))
	_check_active(name.lower())


def _check_active(name: str) -> None:
	for prefix, what in _ACTIVE_PARTS:
		if name.startswith(prefix) or (what == "macros" and "vbaproject" in name):
			raise refuse(active_content(what))


def active_content(what: str) -> str:
	"""The message for content that acts or reaches outside (`what` as in the table above)."""
	return {
		"macros": _("The workbook contains macros: save it as .xlsx without them"),
		"links to other files": _("The workbook contains links to other files or data sources: remove them"),
		"embedded objects": _("The workbook contains embedded objects or controls: remove them"),
	}[what]


def _check_kind(names: set[str]) -> None:
	if "[content_types].xml" in names:
		if any(name.startswith("word/") for name in names):
			raise refuse(_("The file is a Word document, not an .xlsx workbook"))
		return
	if "mimetype" in names:
		raise refuse(_("The file is an OpenDocument file: save it as .xlsx"))
	raise refuse(_("The file is not an .xlsx workbook"))


def _mib(size: int) -> int:
	return size // limits.MIB
