"""The files of a campaign's evidence, each held against the SHA-256 it was handed in with, before results that rest
on them are published."""

from pathlib import Path

import frappe
from frappe import _
from frappe.utils import get_files_path

from par_campaign.permissions import sealed
from par_campaign.saying import bold, lines, say

KNOWN = "par_evidence_sha256"
FOLDERS = {"/private/files/": 1, "/files/": 0}  # address → whether the folder is private


def require_whole_evidence(campaign: str) -> None:
	"""Refuse, naming every document at once whose file is missing or is not what was handed in."""
	if broken := broken_evidence(campaign):
		sentences = [
			say(
				_("{0}: the file of {1} ({2}) is missing or has been changed since it was handed in."),
				bold(item.unit),
				item.title,
				item.name,
			)
			for item in broken
		]
		sentences.append(_("An administrator must bring these files back from the backup."))
		frappe.throw(lines(sentences), sealed.SealBroken, title=_("File Changed"))


def broken_evidence(campaign: str) -> list:
	"""Evidence (name, title, unit) whose file is not what its SHA-256 says. Each file is read once, however many
	documents share it."""
	items = frappe.get_all(
		"PAR Evidence Item",
		filters={"campaign": campaign, "file": ("is", "set")},
		fields=["name", "title", "unit", "file", "sha256"],
		order_by="unit, creation",
	)
	found = {address: _sha256_at(address) for address in {item.file for item in items}}
	return [item for item in items if not item.sha256 or found[item.file] != item.sha256]


def _sha256_at(address: str) -> str | None:
	"""SHA-256 of what lies at an address of this site; None where nothing does."""
	path = _path_of(address)
	try:
		return _known_sha256(path) if path else None
	except OSError:
		return None


def _known_sha256(path: Path) -> str:
	"""As it was when the file was last read, if nothing was written to it since: the evidence of a large province
	takes longer to read than a request may last, and the next attempt then goes on where this one ended. The
	system moves ctime with every write, and lets nobody set it.
	"""
	now = path.stat()
	stamp = f"{path} {now.st_ino} {now.st_size} {now.st_mtime_ns} {now.st_ctime_ns}"
	if not (known := frappe.cache.hget(KNOWN, stamp)):
		known = sealed.sha256_of(path)
		frappe.cache.hset(KNOWN, stamp, known)
	return known


def _path_of(address: str) -> Path | None:
	for folder, private in FOLDERS.items():
		if address.startswith(folder):
			return Path(get_files_path(address.removeprefix(folder), is_private=private))
	return None
