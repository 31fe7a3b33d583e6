"""A file coming in: its bytes, whatever way they came, are checked and sealed, and the record describes them."""

import frappe
from frappe import _
from frappe.core.doctype.file.utils import decode_file_content
from frappe.utils import call_hook_method

from par_campaign.permissions import sealed
from par_campaign.permissions.files import address, kinds, names, rights, store, whose


def take_in(file) -> None:
	"""Make a File record that is about to be written one of a sealed file."""
	content, name = _source(file)
	file.file_name = names.checked(file.file_name or name)
	suffix = kinds.checked(file.file_name, content)
	file._content = content
	file.file_size = file.check_max_file_size()
	_ask_frappe(file)
	describe(file, store.keep(content, suffix), suffix)


def _ask_frappe(file) -> None:
	"""What Frappe asks of every new file, and the apps that watch the room on the disk."""
	file.set_folder_name()
	if file.is_new():
		file.validate_attachment_limit()
	file.set_file_type()
	file.validate_file_extension()
	call_hook_method("before_write_file", file_size=file.file_size)


def describe(file, digest: str, suffix: str) -> None:
	"""Let the record say what is sealed. The SHA-256 stands where Frappe keeps an MD5, so that Frappe's
	"same file" never joins a record of another app to bytes of ours."""
	file.file_url, file.content_hash = store.address(digest, suffix), digest
	file.is_private, file.is_folder = 1, 0
	file.content, file.thumbnail_url = b"", None


def _source(file) -> tuple[bytes, str]:
	"""The bytes, and the name they had: sent with the record, or those of a file its user may read."""
	if file.content:
		return _sent(file), ""
	if not file.file_url:
		return b"", ""
	return _named(file)


def _sent(file) -> bytes:
	content = file.content
	if not isinstance(content, str | bytes):
		frappe.throw(_("File: send the content as text or base64."))
	if file.decode:
		content = decode_file_content(content)
		file.decode = False
	return content.encode() if isinstance(content, str) else content


def _named(file) -> tuple[bytes, str]:
	place = address.place_of(file.file_url, file.is_private)
	if place == address.ELSEWHERE:
		frappe.throw(
			_("Upload the file itself: what lies at an address elsewhere could change."),
			title=_("File Not Taken"),
		)
	source = address.readable_record(file.file_url)
	if source:
		_require_document(file, source)
	elif place == address.PUBLIC or _is_managers(place):
		source = frappe.get_doc(doctype="File", file_url=file.file_url, file_name=file.file_name or "file")
	if not source or not source.exists_on_disk():
		address.refuse(file.file_url)
	content = source.get_content()
	return content.encode() if isinstance(content, str) else content, source.file_name


def _require_document(file, source) -> None:
	"""Others' files are taken for a document alone: a record on none is its owner's for ever, also when they may
	no longer read the file."""
	if source.owner == frappe.session.user or file.flags.of_field or not whose.is_below_manager():
		return
	if not rights.document_of(file):
		frappe.clear_messages()  # Frappe has looked for the unsaved document, too, and said so
		# not as a question of rights: the uploader shows no refusal of a file from the library
		frappe.throw(
			_("This file is somebody else's. Save the document first, then attach the file to it."),
			title=_("File Not Taken"),
		)


def _is_managers(place: str) -> bool:
	return place == address.PRIVATE and not whose.is_below_manager()


def register(draft, file_name: str):
	"""The File of something our own code has written, without reading it into memory; `draft` lies in the
	store's folder and is taken away. It hangs on no document, so nobody but its owner may open it."""
	suffix = f".{kinds.ending_of(file_name)}"
	size = draft.stat().st_size
	digest = sealed.seal_file(draft, folder=store.FOLDER, suffix=suffix)
	file = frappe.get_doc(doctype="File", file_name=file_name, file_size=size)
	describe(file, digest, suffix)
	file.flags.made_here = True  # flags never come from a request
	return file.insert(ignore_permissions=True)  # whoever was let to have it made may have it
