"""A file going out: under the name it came with, and so that no browser runs it."""

from urllib.parse import quote

import frappe

from par_campaign.permissions import arguments
from par_campaign.permissions.files import address, kinds, store
from par_campaign.permissions.standing_in import instead_of

PRIVATE = "/private/files/"
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
# a PDF is shown by the browser's own viewer, which a sandbox would not let in
VIEWER = "frame-ancestors 'self'; base-uri 'none'"


def is_what_was_asked(file) -> bool:
	"""Frappe looks a record up by the address and then sends the address's bytes; the database takes addresses
	for equal that differ in case or accents, and the bytes would be another record's."""
	request = getattr(frappe.local, "request", None)
	asked = request.path if request else ""
	if not asked.startswith(PRIVATE):
		return True
	return address.real_path(asked) == address.real_path(file.file_url)


def remember(file) -> None:
	"""Which file this request hands out, for `harden`."""
	frappe.flags.par_served = file.file_name


@instead_of("frappe.handler.download_file")
def download_file(frappes, form):
	"""Frappe's own takes the first record with the address; ours has one for each unit that has the file."""
	if not store.is_stored(form.file_url):
		return frappes()
	file = address.readable_record(form.file_url)
	if not file or not file.is_downloadable():
		raise frappe.PermissionError
	frappe.local.response.filename = file.file_name
	frappe.local.response.filecontent = store.read(form.file_url)
	frappe.local.response.type = "download"


@instead_of("frappe.core.api.file.zip_files")
def zip_files(frappes, form):
	"""Frappe's own asks its own rule, by which an uploader reads a file for ever."""
	for entry in arguments.parsed(form.files, list, (str, dict)):
		name = entry if isinstance(entry, str) else entry.get("name")
		frappe.get_doc("File", str(name)).check_permission("read")
	return frappes()


def harden(response=None, request=None) -> None:
	"""After every request: the headers of a stored file that is handed out."""
	name = frappe.flags.par_served
	if response is None or response.status_code >= 400 or not name:
		return
	response.headers["Content-Disposition"] = disposition(name)
	response.headers["X-Content-Type-Options"] = "nosniff"
	response.headers["Content-Security-Policy"] = VIEWER if kinds.ending_of(name) == "pdf" else SANDBOX


def disposition(name: str) -> str:
	"""How a browser takes the file: shown where it can do so safely, else saved, under its own name."""
	way = "inline" if kinds.ending_of(name) in kinds.SHOWN else "attachment"
	plain = name.encode("ascii", "replace").decode().replace("?", "_").replace("\\", "_").replace('"', "_")
	return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
