"""Files of our documents, until now writable and under the names people gave them, are sealed.

An evidence item's SHA-256 stays as it was handed in: where the file has changed since, the daily check says so.
A name that another app's record shares keeps its bytes, too; else they are taken away, once.
"""

import os
import shutil
from pathlib import PurePosixPath

import frappe

from par_campaign.permissions import sealed
from par_campaign.permissions.files import address, kinds, store


def execute() -> None:
	rows = _rows()
	for url in sorted({row.file_url for row in rows} | set(_evidence_addresses())):
		hanging = [row for row in rows if row.file_url == url]
		if path := _path_of(url):
			_seal(url, path, hanging)


def _rows() -> list:
	filters = {"attached_to_doctype": ("like", "PAR %"), "is_folder": 0}
	rows = frappe.get_all("File", filters, ["name", "file_name", "file_url"], order_by="creation")
	return [row for row in rows if row.file_url and not store.is_stored(row.file_url)]


def _evidence_addresses() -> list[str]:
	found = frappe.get_all("PAR Evidence Item", {"file": ("is", "set")}, pluck="file", order_by="creation")
	return [url for url in found if not store.is_stored(url)]


def _path_of(url: str) -> str | None:
	"""Where the bytes lie; None where they lie elsewhere, or nowhere any more."""
	if address.place_of(url) not in (address.PRIVATE, address.PUBLIC):
		return None
	path = address.real_path(url)
	return path if path and os.path.isfile(path) else None


def _seal(url: str, path: str, hanging: list) -> None:
	ending = kinds.ending_of(url)
	suffix = f".{ending}" if ending in kinds.KINDS else ""
	with sealed.draft(store.FOLDER) as draft:
		shutil.copyfile(path, draft)
		digest = sealed.seal_file(draft, folder=store.FOLDER, suffix=suffix)
	values = {"file_url": store.address(digest, suffix), "content_hash": digest, "is_private": 1}
	for row in hanging:
		frappe.db.set_value("File", row.name, values, update_modified=False)
	_follow(url, values, hanging[0].file_name if hanging else PurePosixPath(url).name)
	if not _others(url):
		os.unlink(path)


def _follow(url: str, values: dict, file_name: str) -> None:
	"""The fields that name the file, and evidence that has no record of its own."""
	for field in frappe.get_all(
		"DocField",
		{"fieldtype": ("in", ("Attach", "Attach Image")), "parent": ("like", "PAR %")},
		["parent", "fieldname"],
		order_by="parent, idx",
	):
		table = frappe.qb.DocType(field.parent)
		column = table[field.fieldname]
		frappe.qb.update(table).set(column, values["file_url"]).where(column == url).run()
	items = frappe.get_all(
		"PAR Evidence Item", {"file": values["file_url"]}, ["name", "sha256", "owner"], order_by="creation"
	)
	for item in items:
		_complete(item, values, file_name)


def _complete(item, values: dict, file_name: str) -> None:
	changes = (
		{"file_name": file_name}
		if item.sha256
		else {"file_name": file_name, "sha256": values["content_hash"]}
	)
	frappe.db.set_value("PAR Evidence Item", item.name, changes, update_modified=False)
	place = {"attached_to_doctype": "PAR Evidence Item", "attached_to_name": item.name}
	if not frappe.db.exists("File", {**place, "file_url": values["file_url"]}):
		file = frappe.get_doc(
			doctype="File", file_name=file_name, attached_to_field="file", **place, **values
		)
		file.name, file.owner = frappe.generate_hash(length=10), item.owner
		file.db_insert()


def _others(url: str) -> bool:
	"""Whether a record that is not ours still names the old address."""
	return bool(frappe.get_all("File", {"file_url": url}, limit=1, order_by="name"))
