"""Where the address of a file really leads, and who may name it.

Frappe compares the text of addresses, and a text has many spellings: `./`, `//`, `../`, `%2e`, the site's own
name before it. Here an address is followed to its place on the disk, and the place decides:

| the place | who may make a record on it |
|---|---|
| outside the site's folders of files | nobody |
| a folder of ours (`private/files/par_…`) | our own code, and who may read a record of it, for a document of ours |
| another private file | with a role of ours: who may read a record of it; else Frappe's rule |
| a public file | Frappe's rule: it is everybody's to read |
| elsewhere (`https://…`) | Frappe's rule: the record holds no file |

Who administrates the site is not asked.
"""

import os
from urllib.parse import unquote, urlsplit

import frappe
from frappe import _
from frappe.utils import get_files_path, get_url

from par_campaign.permissions.files import rights, whose
from par_campaign.saying import bold, say

ELSEWHERE, OUTSIDE, OURS, PRIVATE, PUBLIC = "elsewhere", "outside", "ours", "private", "public"
OUR_FOLDERS = "par_"
MOST_CODINGS = 5


def place_of(file_url: str, is_private: int = 0) -> str:
	"""Which of the places above an address leads to."""
	local = _local(file_url)
	if local is None:
		return ELSEWHERE
	path = _real_path(local, is_private)
	if path is None:
		return OUTSIDE
	if inside := _below(path, _folder(1)):
		return OURS if inside.startswith(OUR_FOLDERS) and os.sep in inside else PRIVATE
	return PUBLIC if _below(path, _folder(0)) else OUTSIDE


def real_path(file_url: str) -> str | None:
	"""The file's place on the disk; None where an address leads to none of this site."""
	local = _local(file_url)
	return None if local is None else _real_path(local, 0)


def exists(path: str) -> bool:
	return os.path.lexists(path)


def leads_to_files(file_url: str) -> bool:
	"""Whether Frappe, or a browser, would look for the address among this site's files."""
	local = _local(file_url)
	return local is not None and local.lstrip("/").startswith(("files", "private")) or local == ""


def _local(file_url: str) -> str | None:
	"""The address without coding and this site's name; None for one of another site."""
	text = str(file_url)
	for _attempt in range(MOST_CODINGS):
		if (plain := unquote(text)) == text:
			break
		text = plain
	else:
		return ""  # coded again and again, so that nobody sees what it is
	split = urlsplit(text)
	if split.scheme in ("http", "https") or text.startswith("//"):
		return split.path if split.netloc in _own_names() else None
	return text


def _own_names() -> set[str]:
	request = getattr(frappe.local, "request", None)
	return {urlsplit(get_url()).netloc, frappe.local.site, *([request.host] if request else [])}


def _real_path(local: str, is_private: int) -> str | None:
	if "\0" in local:
		return None
	for prefix, private in (("/private/files/", 1), ("/files/", 0)):
		if local.startswith(prefix):
			return os.path.realpath(os.path.join(_folder(private), local.removeprefix(prefix).lstrip("/")))
	if "/" not in local and local:
		return os.path.realpath(os.path.join(_folder(is_private), local))
	return None


def _folder(is_private: int) -> str:
	return os.path.realpath(get_files_path(is_private=is_private))


def _below(path: str, folder: str) -> str:
	return path.removeprefix(folder + os.sep) if path.startswith(folder + os.sep) else ""


# --- who may name it ----------------------------------------------------------------------------------


def require_allowed(file_url: str, is_private: int = 0) -> None:
	"""Refuse a record of another app, or of none, on a place that is not its user's to name."""
	if not whose.is_below_manager():
		return
	place = place_of(file_url, is_private)
	if place in (OUTSIDE, OURS) or (
		place == PRIVATE and whose.is_par_user() and not readable_record(file_url)
	):
		refuse(file_url)


def refuse(file_url: str) -> None:
	frappe.throw(
		say(
			_("The file {0} was not found among those you may read. Upload the file itself."),
			bold(str(file_url)[:140]),
		),
		frappe.PermissionError,
		title=_("File Not Found"),
	)


def readable_record(file_url: str, user: str | None = None):
	"""A File record that has exactly this address and that the user may read; their own ones first."""
	user = user or frappe.session.user
	rows = frappe.get_all(
		"File",
		filters={"file_url": file_url, "is_folder": 0},
		fields=["name", "owner", "file_url"],
		order_by="creation desc",
	)
	for row in sorted(rows, key=lambda row: row.owner != user):
		# the database takes texts for equal that differ in case, accents or blanks at the end
		if row.file_url == file_url and rights.may(file := frappe.get_doc("File", row.name), "read", user):
			return file
	return None
