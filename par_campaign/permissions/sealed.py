"""Bytes that never change: kept under the name of their own SHA-256, written once, read-only on disk.

They lie among the site's private files, so that a backup with files holds them. Nothing here asks who may
read: that is the matter of whoever hands them out.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import get_files_path

from par_campaign.saying import say

READING = 0o444
DRAFT = ".sealing-"


class SealBroken(frappe.ValidationError):
	"""What lies on the disk is not what was sealed."""


def seal(content: bytes, *, folder: str = "", suffix: str = "") -> str:
	"""Keep `content` and return its SHA-256 (hex).

	The same content is kept once, whoever seals it. A transaction that is rolled back leaves it lying: another
	one may have come to rest on it meanwhile. What nothing rests on is swept away later, by whoever keeps the
	folder.
	"""
	digest = hashlib.sha256(content).hexdigest()
	path = path_of(digest, folder=folder, suffix=suffix)
	if path.exists():
		read(digest, folder=folder, suffix=suffix)
		return digest
	path.parent.mkdir(parents=True, exist_ok=True)
	_write(path, content)
	return digest


def _write(path: Path, content: bytes) -> None:
	"""All or nothing: a reader never sees half of it, and a crash leaves none under the name."""
	with _draft_in(path.parent) as draft:
		draft.write_bytes(content)
		_settle(draft, path)


def _settle(draft: Path, path: Path) -> None:
	with open(draft, "rb+") as file:
		os.fsync(file.fileno())
	# whoever may read the folder reads its files, nginx's own account too; nobody writes them
	os.chmod(draft, path.parent.stat().st_mode & READING)
	os.replace(draft, path)


@contextmanager
def draft(folder: str) -> Iterator[Path]:
	"""A place to write what is too large for memory; to be sealed by `seal_file`, else it is taken away."""
	parent = path_of("", folder=folder)
	parent.mkdir(parents=True, exist_ok=True)
	with _draft_in(parent) as path:
		yield path


@contextmanager
def _draft_in(parent: Path) -> Iterator[Path]:
	handle, name = tempfile.mkstemp(dir=parent, prefix=DRAFT)
	os.close(handle)
	try:
		yield Path(name)
	finally:
		Path(name).unlink(missing_ok=True)


def seal_file(draft: Path, *, folder: str = "", suffix: str = "") -> str:
	"""As `seal`, for a file written in a `draft`, which then bears its SHA-256 as name."""
	digest = sha256_of(draft)
	_settle(draft, path_of(digest, folder=folder, suffix=suffix))
	return digest


def path_of(digest: str, *, folder: str = "", suffix: str = "") -> Path:
	"""Where content with this SHA-256 lies, whether it is there or not."""
	return Path(get_files_path(*filter(None, (folder, f"{digest}{suffix}")), is_private=1))


def is_whole(digest: str, *, folder: str = "", suffix: str = "") -> bool:
	"""Whether the content is there and is what was sealed."""
	try:
		return sha256_of(path_of(digest, folder=folder, suffix=suffix)) == digest
	except OSError:
		return False


def sha256_of(path: str | Path) -> str:
	"""SHA-256 (hex) of a file, read in pieces: evidence may be a large scan."""
	found = hashlib.sha256()
	with open(path, "rb") as file:
		while piece := file.read(1 << 20):
			found.update(piece)
	return found.hexdigest()


def read(digest: str, *, folder: str = "", suffix: str = "") -> bytes:
	"""The content, checked. Raises `SealBroken` where it is missing or differs."""
	try:
		content = path_of(digest, folder=folder, suffix=suffix).read_bytes()
	except OSError:
		content = None
	if content is None or hashlib.sha256(content).hexdigest() != digest:
		refuse_broken(digest)
	return content


def refuse_broken(digest: str) -> NoReturn:
	"""Say that what lies under this name is not what was sealed."""
	frappe.throw(
		say(
			_("A stored file is missing or has been changed on the disk ({0}). Tell an administrator."),
			digest[:12],
		),
		SealBroken,
		title=_("File Changed"),
	)


def touch(digest: str, *, folder: str = "", suffix: str = "") -> None:
	"""Let the content count as new for whoever sweeps the folder. Its owner may, read-only as it is."""
	os.utime(path_of(digest, folder=folder, suffix=suffix))
