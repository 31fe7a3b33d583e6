"""Files handed out as a ZIP: names that are safe on every system, each file told by its SHA-256."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONGEST = 80  # characters of a folder or file name: three folders still fit Windows' 260
PIECE = 1 << 20
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
	"""A file to put into the ZIP: where it lies, and its folders and name inside."""

	key: str
	source: Path
	place: tuple[str, ...]


def safe_name(text: str, extension: str = "") -> str:
	"""A folder or file name without anything a system takes for more than a name."""
	bare = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" .")
	bare = bare[: LONGEST - len(extension)].strip(" .") or "_"
	return f"_{bare}{extension}" if _RESERVED.fullmatch(bare) else f"{bare}{extension}"


def file_name(title: str, original: str) -> str:
	"""A title as file name, with the ending of the original file."""
	ending = PurePosixPath(original).suffix
	return safe_name(title, ending if re.fullmatch(r"\.[A-Za-z0-9]{1,10}", ending) else "")


def unique(path: str, taken: set[str]) -> str:
	"""The path, or with a number behind it where another has it; names differing in case are the same."""
	stem, dot, ending = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
	found, number = path, 1
	while found.casefold() in taken:
		number += 1
		found = f"{stem} ({number}){dot}{ending}"
	taken.add(found.casefold())
	return found


class Archive:
	"""A ZIP being written, in memory that does not grow with the files."""

	def __init__(self, out: BinaryIO):
		self._zip = ZipFile(out, "w", ZIP_DEFLATED)
		self._taken: set[str] = set()

	def add_all(self, entries: Iterable[Entry]) -> dict[str, tuple[str, str]]:
		"""Put the files in; path inside and SHA-256 (hex) of each by its key."""
		return {entry.key: self.add(entry) for entry in entries}

	def add(self, entry: Entry) -> tuple[str, str]:
		path = unique("/".join(entry.place), self._taken)
		digest = hashlib.sha256()
		info = ZipInfo.from_file(entry.source, path, strict_timestamps=False)
		info.compress_type = ZIP_DEFLATED
		with open(entry.source, "rb") as source, self._zip.open(info, "w") as inside:
			while piece := source.read(PIECE):
				digest.update(piece)
				inside.write(piece)
		return path, digest.hexdigest()

	def add_bytes(self, path: str, content: bytes) -> None:
		"""Put a finished file in."""
		self._zip.writestr(unique(path, self._taken), content)

	def close(self) -> None:
		"""Write the ZIP's own list of contents: nothing can be added after."""
		self._zip.close()
