"""Where our files lie: among the site's private files, in a folder of their own, each under its SHA-256 and the
ending its content was checked against. The address alone says what the content must be.

One content is kept once, however many records rest on it. Nothing is removed here: a content that no record
needs any more is swept after a day (see watch.py), so that no request takes away what another one, not yet
committed, has come to rest on.
"""

import re
from pathlib import Path

import frappe

from par_campaign.permissions import sealed

FOLDER = "par_files"
ADDRESS = re.compile(rf"/private/files/{FOLDER}/([0-9a-f]{{64}})((?:\.[a-z0-9]{{1,5}})?)")


def keep(content: bytes, suffix: str) -> str:
	"""Seal `content` and return its SHA-256."""
	digest = sealed.seal(content, folder=FOLDER, suffix=suffix)
	sealed.touch(digest, folder=FOLDER, suffix=suffix)  # wanted again: not to be swept under our hands
	return digest


def address(digest: str, suffix: str) -> str:
	"""The address of a content, as File records hold it."""
	return f"/private/files/{FOLDER}/{digest}{suffix}"


def parts(file_url: str | None) -> tuple[str, str] | None:
	"""SHA-256 and ending of an address of ours; None for any other."""
	found = ADDRESS.fullmatch(str(file_url or ""))  # a request may name anything
	return (found[1], found[2]) if found else None


def is_stored(file_url: str | None) -> bool:
	return parts(file_url) is not None


def digest_of(file_url: str | None) -> str | None:
	found = parts(file_url)
	return found[0] if found else None


def _parts_of_ours(file_url: str) -> tuple[str, str]:
	found = parts(file_url)
	if found is None:
		raise ValueError(f"{file_url} is no address of ours")
	return found


def path_of(file_url: str) -> Path:
	digest, suffix = _parts_of_ours(file_url)
	return sealed.path_of(digest, folder=FOLDER, suffix=suffix)


def is_whole(file_url: str) -> bool:
	"""Whether the content is there and is what its name says."""
	digest, suffix = _parts_of_ours(file_url)
	return sealed.is_whole(digest, folder=FOLDER, suffix=suffix)


def read(file_url: str) -> bytes:
	"""The content, checked. Raises `SealBroken`, and logs it, where it is missing or differs."""
	digest, suffix = _parts_of_ours(file_url)
	try:
		return sealed.read(digest, folder=FOLDER, suffix=suffix)
	except sealed.SealBroken:
		log_broken(file_url)
		raise


def require_whole(file_url: str) -> None:
	"""As `read`, without taking the content into memory."""
	if not is_whole(file_url):
		log_broken(file_url)
		sealed.refuse_broken(_parts_of_ours(file_url)[0])


def log_broken(file_url: str) -> None:
	# deferred: the request is refused, and what it wrote is rolled back
	frappe.log_error("PAR stored file differs", f"{file_url} is missing or was changed", defer_insert=True)
