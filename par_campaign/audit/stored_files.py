"""The daily check: whether what is stored is still what was handed in, and what nothing rests on any more.

It goes round: each run takes the next files by their address, as many as it may read in one run, and the one
after the last begins anew.
"""

import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.notices import recipients
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import roles, sealed
from par_campaign.permissions.files import store
from par_campaign.saying import say

FINDING = "PAR File Finding"
BROKEN, OTHER = "Missing or changed", "Not the file handed in"
CHECKED_TO = "par_files_checked_to"
MOST_FILES = 2000  # in one run
MOST_BYTES = 4 << 30
MOST_SWEPT = 5000
REST = 24 * 3600  # seconds: an upload whose document is not saved yet may wait so long
AT_ONCE = 500  # addresses asked about in one query


def run() -> None:
	"""Once a day: check the next files, and sweep."""
	check()
	sweep()


# --- whether all is as it was ----------------------------------------------------------------------------


def check() -> int:
	"""Hash the next files anew, write down what differs and tell of it; returns how many are new."""
	addresses = _next_addresses(frappe.db.get_global(CHECKED_TO) or "")
	items = _evidence_of(addresses)
	found: dict[tuple[str, str], dict] = {}
	for address in addresses:
		named = items.get(address, [])
		if not store.is_whole(address):
			found[(BROKEN, address)] = next(iter(named), {})
		if other := [item for item in named if item.sha256 and item.sha256 != store.digest_of(address)]:
			found[(OTHER, address)] = other[0]
	new = _write_down(addresses, found)
	frappe.db.set_global(CHECKED_TO, addresses[-1] if addresses else "")
	if new:
		_tell(new)
	return len(new)


def _next_addresses(after: str) -> list[str]:
	"""Addresses behind `after`, in order; empty at the end of a round."""
	taken, room = [], MOST_BYTES
	for address in sorted(
		set(_addresses("File", "file_url", after)) | set(_addresses("PAR Evidence Item", "file", after))
	)[:MOST_FILES]:
		taken.append(address)
		path = store.path_of(address)
		room -= path.stat().st_size if path.exists() else 0
		if room <= 0:
			break
	return taken


def _addresses(doctype: str, field: str, after: str) -> Iterator[str]:
	table = frappe.qb.DocType(doctype)
	column = table[field]
	query = (
		frappe.qb.from_(table)
		.select(column)
		.distinct()
		.where(column.like(f"/private/files/{store.FOLDER}/%"))
	)
	rows = query.where(column > after).orderby(column).limit(MOST_FILES).run()
	return (row[0] for row in rows if store.is_stored(row[0]))


def _evidence_of(addresses: list[str]) -> dict[str, list]:
	found: dict[str, list] = {}
	for some in _chunks(addresses):
		for item in frappe.get_all(
			"PAR Evidence Item",
			filters={"file": ("in", some)},
			fields=["name", "file", "sha256", "campaign", "unit"],
			order_by="creation",
		):
			found.setdefault(item.file, []).append(item)
	return found


def _write_down(addresses: list[str], found: dict) -> list[str]:
	"""New findings as documents; those that are in order again are marked. Returns the names of the new."""
	known = {}
	for some in _chunks(addresses):
		filters = {"file_url": ("in", some), "resolved_on": ("is", "not set")}
		for row in frappe.get_all(FINDING, filters, ["name", "kind", "file_url"], order_by="creation"):
			known[(row.kind, row.file_url)] = row.name
	if over := [name for key, name in known.items() if key not in found]:
		table = frappe.qb.DocType(FINDING)
		frappe.qb.update(table).set(table.resolved_on, now_datetime()).where(table.name.isin(over)).run()
	return [_finding(key, item) for key, item in found.items() if key not in known]


def _finding(key: tuple[str, str], item) -> str:
	kind, address = key
	return (
		frappe.get_doc(
			doctype=FINDING,
			kind=kind,
			file_url=address,
			digest=store.digest_of(address),
			found_on=now_datetime(),
			evidence=item.get("name"),
			campaign=item.get("campaign"),
			unit=item.get("unit"),
		)
		.insert(ignore_permissions=True)  # the clock's own work; nobody enters findings
		.name
	)


def _tell(new: list[str]) -> None:
	readers = recipients.with_role(roles.MANAGER) + recipients.with_role(roles.AUDITOR)

	def text(language: str | None) -> str:
		return say(
			_("{0} stored files are not what was handed in. See the list of findings.", language), len(new)
		)

	send([Notice(tuple(dict.fromkeys(readers)), FINDING, new[0], text)])


# --- what nothing rests on ----------------------------------------------------------------------------------


def sweep() -> int:
	"""Remove contents that no record and no evidence names, and broken-off drafts; returns how many."""
	folder = sealed.path_of("", folder=store.FOLDER)
	if not folder.exists():
		return 0
	old = list(islice((path for path in sorted(folder.iterdir()) if _is_old(path)), MOST_SWEPT))
	named = _named(store.address(path.stem, path.suffix) for path in old)
	gone = [path for path in old if not _is_needed(path, named) and _is_old(path)]
	for path in gone:
		path.unlink(missing_ok=True)
	return len(gone)


def _is_old(path: Path) -> bool:
	try:
		return os.stat(path).st_mtime < time.time() - REST
	except FileNotFoundError:
		return False


def _is_needed(path: Path, named: set[str]) -> bool:
	if path.name.startswith(sealed.DRAFT):
		return False
	address = store.address(path.stem, path.suffix)
	return address in named or not store.is_stored(address)  # not ours to judge


def _named(addresses: Iterable[str]) -> set[str]:
	found: set[str] = set()
	for some in _chunks(list(addresses)):
		found.update(frappe.get_all("File", {"file_url": ("in", some)}, pluck="file_url", order_by="name"))
		found.update(
			frappe.get_all("PAR Evidence Item", {"file": ("in", some)}, pluck="file", order_by="name")
		)
	return found


def _chunks(values: list[str]) -> Iterator[list[str]]:
	return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
