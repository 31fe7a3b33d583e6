"""Bytes that never change: kept under the name of their own SHA-256, written once, read-only on disk.

They lie among the site's private files, so that a backup with files holds them. Nothing here asks who may
read: that is the matter of whoever hands them out.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import get_files_path

from par_campaign.saying import say

READ_ONLY = 0o440


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
	handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".sealing-")
	try:
		with os.fdopen(handle, "wb") as file:
			file.write(content)
			file.flush()
			os.fsync(file.fileno())
		os.chmod(draft, READ_ONLY)
		os.replace(draft, path)
	except BaseException:
		Path(draft).unlink(missing_ok=True)
		raise


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
		frappe.throw(
			say(
				_("A stored file is missing or has been changed on the disk ({0}). Tell an administrator."),
				digest[:12],
			),
			SealBroken,
			title=_("File Changed"),
		)
	return content
