"""The evidence list as a workbook, and with the files themselves as a ZIP by unit, area and criterion.

Both hold what the report PAR Evidence List shows to whoever asks; of the files only those this user may
open. A ZIP is written to a private file of the user's own, in the background when it is large.
"""

import os
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import formatdate

from par_campaign.documents.file import File, campaign_of, named
from par_campaign.documents.lists import report_table, workbook
from par_campaign.documents.makers import writes
from par_campaign.exchange.archive_of_files import Archive, Entry, file_name, safe_name
from par_campaign.par_campaign.report.par_evidence_list import par_evidence_list
from par_campaign.permissions import sealed
from par_campaign.permissions.arguments import parsed
from par_campaign.permissions.files import intake, store
from par_campaign.printing.kinds.units import EvidenceList
from par_campaign.saying import say

AT_ONCE = 20 << 20  # bytes of files that are packed while the user waits
TIMEOUT = 3600  # seconds
FOLDER = "minh-chung"


@writes(EvidenceList, "xlsx")
def evidence_xlsx(filters, extension: str) -> File:
	"""PAR Evidence List as a workbook."""
	campaign = campaign_of(filters)
	rows = par_evidence_list.get_rows(filters)
	return named("danh-muc-minh-chung", campaign.name, extension, _index(campaign, rows, []))


def _index(campaign, rows: list[dict], more: list[dict]) -> bytes:
	columns = [c for c in par_evidence_list.get_columns() if c["fieldname"] != "evidence"]
	shown = [
		{**row, "document_date": _day(row), "supplementary": _yes(row), "file": _file(row)} for row in rows
	]
	columns = [{**c, "fieldtype": "Data"} for c in columns]
	return workbook([report_table(_("PAR Evidence List"), campaign, [*columns, *more], shown)])


def _file(row: dict) -> str:
	"""The name the file came with: its address says nothing to a reader."""
	return row.get("file_name") or row.get("file") or ""


def _day(row: dict) -> str:
	return formatdate(row["document_date"], "dd/mm/yyyy") if row.get("document_date") else ""


def _yes(row: dict) -> str:
	return _("Supplementary") if row.get("supplementary") else ""


# --- the ZIP --------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def pack(filters: str | dict) -> dict:
	"""Pack the files of the evidence list; `file_url` of the ZIP, or `waiting` where it is made in the
	background, after which the user is told by a notification."""
	filters = frappe._dict(parsed(filters, dict))
	campaign_of(filters)
	rows = par_evidence_list.get_rows(filters)
	entries = _entries(rows)
	if not entries:
		frappe.throw(_("There is no file here that you may open."), title=_("Nothing to Pack"))
	if sum(os.path.getsize(entry.source) for entry in entries) <= AT_ONCE:
		return {"file_url": make(filters).file_url, "files": len(entries)}
	frappe.enqueue(
		make_and_tell,
		queue="long",
		timeout=TIMEOUT,
		job_id=f"par_evidence_zip::{filters.campaign}::{frappe.session.user}",
		deduplicate=True,
		enqueue_after_commit=True,
		filters=dict(filters),
	)
	return {"waiting": 1, "files": len(entries)}


def make_and_tell(filters: dict) -> None:
	"""The job: runs as the user who asked, so it packs what that user may open by then."""
	try:
		file, failed = make(frappe._dict(filters)), ""
	except Exception:
		frappe.log_error(title="PAR evidence ZIP")
		file, failed = None, _("The files of the evidence list could not be packed. Try again.")
	frappe.get_doc(
		doctype="Notification Log",
		for_user=frappe.session.user,
		type="Alert",
		subject=failed or str(say(_("The files of the evidence list are packed: {0}"), file.file_name)),
		document_type="File" if file else None,
		document_name=file.name if file else None,
	).insert(ignore_permissions=True)  # a notice of the system to the user who asked


def make(filters):
	"""Write the ZIP with its index; returns its File, private and the user's own."""
	campaign = campaign_of(filters)
	rows = par_evidence_list.get_rows(filters)
	made = named(FOLDER, campaign.name, "zip", b"")
	with sealed.draft(store.FOLDER) as path:
		with open(path, "wb") as out:
			_write(out, campaign, rows)
		_drop_earlier(campaign.name)
		return intake.register(path, f"{Path(made.name).stem}-{frappe.generate_hash(length=8)}.zip")


def _write(out, campaign, rows: list[dict]) -> None:
	archive = Archive(out)
	entries = _entries(rows)
	broken = {entry.key for entry in entries if not _is_as_handed_in(entry)}
	found = archive.add_all(entry for entry in entries if entry.key not in broken)
	for row in rows:
		if key := row.get("evidence"):
			row["path"], row["sha256"] = found.get(key, (_("not in the ZIP"), ""))
			if key in broken:
				row["sha256"] = _("differs from the file handed in")
	more = [
		{"fieldname": "path", "label": _("File in the ZIP"), "fieldtype": "Data", "width": 500},
		{"fieldname": "sha256", "label": _("SHA-256"), "fieldtype": "Data", "width": 480},
	]
	archive.add_bytes("danh-muc-minh-chung.xlsx", _index(campaign, rows, more))
	archive.close()


def _is_as_handed_in(entry: Entry) -> bool:
	"""Whether the bytes are those their name promises; what differs is told in the index and not handed out."""
	whole = entry.source.stem == sealed.sha256_of(entry.source)
	if not whole:
		store.log_broken(store.address(entry.source.stem, entry.source.suffix))
	return whole


def _entries(rows: list[dict]) -> list[Entry]:
	"""The files to pack, each once, under the first row it shows."""
	sources = _sources({row["file"] for row in rows if row.get("evidence") and row.get("file")})
	titles: dict[str, str] = {}
	unit, entries, seen = "", [], set()
	for row in rows:
		if row.get("is_heading"):
			if not row["indent"]:
				unit, titles = f"{row['unit']} {row['title']}", {}
			titles[row["code"]] = row["title"]
			continue
		key, source = row.get("evidence"), sources.get(row.get("file") or "")
		if key and source and key not in seen:
			seen.add(key)
			entries.append(Entry(key, source, _place(unit, titles, row)))
	return entries


def _place(unit: str, titles: dict[str, str], row: dict) -> tuple[str, ...]:
	area = row["row"].partition(".")[0]
	title = " ".join(filter(None, (row["document_number"], row["title"])))
	return (
		safe_name(unit),
		safe_name(f"{area} {titles.get(area, '')}"),
		safe_name(row["row"]),
		file_name(title, row["file"]),
	)


def _sources(urls: set[str]) -> dict[str, Path]:
	"""Where the files lie that the user may open, by address. Asked file by file, as opening one is."""
	found: dict[str, Path] = {}
	names = frappe.get_all(
		"File",
		filters={"file_url": ("in", sorted(filter(store.is_stored, urls))), "is_folder": 0},
		fields=["name", "file_url"],
		order_by="creation",
	)
	for row in names:
		if row.file_url in found:
			continue
		file = frappe.get_doc("File", row.name)
		if file.has_permission("read") and file.exists_on_disk():
			found[row.file_url] = Path(file.get_full_path())
	return found


def _drop_earlier(campaign: str) -> None:
	"""The user's earlier ZIPs of this campaign: large, and made again in no time."""
	filters = {
		"owner": frappe.session.user,
		"file_name": ("like", f"{FOLDER}-{campaign}-%.zip"),
		"is_private": 1,
		"attached_to_doctype": ("is", "not set"),
	}
	for name in frappe.get_all("File", filters, pluck="name", order_by="creation"):
		frappe.delete_doc("File", name, ignore_permissions=True)  # their own
