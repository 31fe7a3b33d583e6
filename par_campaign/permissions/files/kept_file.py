"""File as Frappe has it, but for ours: they are sealed when they come in, and no way of Frappe's changes them.

Frappe's File writes, moves and deletes bytes first and asks the apps' hooks then. So the refusals stand here,
at the methods that touch the bytes, and not in `doc_events`.
"""

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.utils import cint

from par_campaign.permissions import pins
from par_campaign.permissions.files import address, intake, keep, rights, serve, store, whose

FIXED = (
	"file_name",
	"file_url",
	"is_private",
	"is_folder",
	"content_hash",
	"thumbnail_url",
	"attached_to_doctype",
	"attached_to_name",
	"attached_to_field",
)

# How Frappe writes, moves, reads and deletes bytes: where one of these changes, nothing of ours comes in or goes
# out until somebody has read it
RESTS_ON = (
	*(
		f"frappe.core.doctype.file.file.File.{method}"
		for method in (
			"_delete_file_on_disk",
			"before_insert",
			"get_content",
			"get_full_path",
			"handle_is_private_changed",
			"is_downloadable",
			"make_thumbnail",
			"on_rollback",
			"on_trash",
			"optimize_file",
			"save_file",
			"unzip",
			"validate",
			"write_file",
		)
	),
	"frappe.core.doctype.file.utils.attach_files_to_document",
	"frappe.core.doctype.file.utils.find_file_by_url",
	"frappe.utils.response.download_private_file",
	"frappe.utils.response.send_private_file",
)


class KeptFile(File):
	"""A File whose sealed bytes nobody changes."""

	file_url: str
	file_size: int
	_content: bytes | str

	@property
	def is_stored(self) -> bool:
		return store.is_stored(self.file_url)

	# --- coming in ------------------------------------------------------------------------------

	def before_insert(self):
		self.forget_folders_address()
		if self.flags.made_here:
			self.set_folder_name()
			self.set_file_type()
		elif not self.is_folder and whose.is_ours(self):
			pins.require(*RESTS_ON)
			intake.take_in(self)
		else:
			if self.file_url and not self.is_folder:
				address.require_allowed(self.file_url, self.is_private)
			super().before_insert()

	def validate(self):
		self.forget_folders_address()
		if before := self.get_doc_before_save():
			self.guard_changes(before)
		keep.require_open(self)
		size = self.file_size
		super().validate()
		if self.is_stored:
			self.file_size = size  # Frappe takes what the request claims

	def forget_folders_address(self):
		"""Frappe checks no address of a folder, and opens the file it names all the same."""
		if self.is_folder:
			self.set("file_url", None)

	# --- staying as it is -------------------------------------------------------------------------

	def guard_changes(self, before):
		if store.is_stored(before.file_url):
			self.guard_stored(before)
		elif whose.hangs_on_ours(self) and not self.is_folder:
			self.file_url = before.file_url
			intake.take_in(self)
			frappe.db.after_commit.add(before._delete_file_on_disk)  # it lay open under its old name
		elif (self.file_url or "") != (before.file_url or ""):
			if whose.is_par_user():
				address.refuse(self.file_url)
			address.require_allowed(self.file_url, self.is_private)

	def guard_stored(self, before):
		changed = {field for field in FIXED if _plain(self, field) != _plain(before, field)}
		keep.require_open(before) if changed else None
		attaching = changed and all(field.startswith("attached_to_") for field in changed)
		if changed and not (attaching and not before.attached_to_doctype and whose.hangs_on_ours(self)):
			refuse_change()
		self.file_size = before.file_size

	def refuse_if_stored(self):
		if self.is_stored:
			refuse_change()

	def before_rename(self, *args, **kwargs):
		self.refuse_if_stored()

	def handle_is_private_changed(self):
		# a stored one does not change; one that has just become stored is in its place already
		if not self.is_stored:
			super().handle_is_private_changed()

	def save_file(self, *args, **kwargs):
		self.refuse_if_stored()
		return super().save_file(*args, **kwargs)

	def write_file(self):
		"""Refuse to write over bytes of ours and, for people with our roles, over anybody else's."""
		self.refuse_if_stored()
		path = self.get_full_path()
		place = address.place_of(self.file_url or self.file_name, self.is_private)
		if place == address.OURS or (whose.is_par_user() and self.is_others(path)):
			refuse_change()
		return super().write_file()

	def is_others(self, path: str) -> bool:
		"""Whether something lies at the path that is not this record's own."""
		own = None if self.is_new() else frappe.db.get_value("File", self.name, "file_url")
		return address.exists(path) and (
			not own or address.real_path(own) != address.real_path(self.file_url)
		)

	def make_thumbnail(self, *args, **kwargs):
		return None if self.is_stored else super().make_thumbnail(*args, **kwargs)

	@frappe.whitelist()
	def optimize_file(self):
		self.refuse_if_stored()
		return super().optimize_file()

	def unzip(self):
		self.refuse_if_stored()
		return super().unzip()

	# --- going ---------------------------------------------------------------------------------------

	def on_trash(self):
		keep.require_removable(self)
		super().on_trash()

	def _delete_file_on_disk(self):
		# others may rest on the same bytes, also in transactions that are not seen here: see store.py
		if not self.is_stored:
			super()._delete_file_on_disk()

	def on_rollback(self):
		if not self.is_stored:
			super().on_rollback()

	# --- being read ------------------------------------------------------------------------------------

	def get_content(self):
		if not self.is_stored or self.get("content"):
			return super().get_content()
		content = store.read(self.file_url)
		try:
			self._content = content.decode()  # as Frappe hands texts out
		except UnicodeDecodeError:
			self._content = content
		return self._content

	def is_downloadable(self):
		"""Asked before anything serves the bytes: by ourselves, or by the web server that is told to."""
		if not serve.is_what_was_asked(self):
			return False
		if not self.is_stored:
			return super().is_downloadable()
		pins.require(*RESTS_ON)
		if not rights.may(self, "read"):
			return False
		store.require_whole(self.file_url)
		serve.remember(self)
		return True


def _plain(file, field: str):
	value = file.get(field)
	return cint(value) if field.startswith("is_") else value or ""


def refuse_change() -> None:
	frappe.throw(
		_("A stored file never changes. Upload the new one instead."),
		frappe.PermissionError,
		title=_("File Is Kept"),
	)
