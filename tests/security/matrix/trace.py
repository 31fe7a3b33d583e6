"""What an attempt has left in the database and on the disk, and taking it back.

Each table that holds documents of ours or anything kept about them is compared as a whole after every
attempt that writes; so a refusal that has changed something shows, whatever it was.
"""

from pathlib import Path

import frappe

# what Frappe keeps about documents beside them
BESIDE = (
	"Comment",
	"Communication",
	"Custom DocPerm",
	"Deleted Document",
	"DocShare",
	"Document Follow",
	"File",
	"Has Role",
	"Notification Log",
	"Tag Link",
	"ToDo",
	"User Permission",
	"Version",
)
MODULE = "PAR Campaign"
# a request that is refused at the gate is counted there: that is what should be written
ASIDE = ("PAR Gate Refusal",)


def tracked() -> list[str]:
	"""Every doctype with a table whose rows are compared."""
	ours = {"module": MODULE, "issingle": 0, "is_virtual": 0, "name": ("not in", ASIDE)}
	return [*frappe.get_all("DocType", ours, pluck="name", order_by="name"), *BESIDE]


class Trace:
	"""The rows and files as they stand now, to be compared and put back."""

	def __init__(self):
		self.doctypes = tracked()
		frappe.db.commit()
		self.sums = self._sums()
		self.rows = {doctype: _rows(doctype) for doctype in self.doctypes}
		self.files = _files()

	def _sums(self) -> dict[str, int]:
		# one look at all tables; the names are doctypes of this site, not anybody's text
		names = ", ".join(f"`tab{doctype}`" for doctype in self.doctypes)
		return {
			name.partition(".tab")[2]: digest for name, digest in frappe.db.sql(f"checksum table {names}")
		}

	def changed(self) -> set[str]:
		"""The doctypes in whose table anything differs."""
		frappe.db.commit()  # ends the view of the database this connection holds
		now = self._sums()
		return {doctype for doctype, digest in self.sums.items() if now[doctype] != digest}

	def put_back(self, doctypes: set[str]) -> None:
		"""Make these tables, and the files if theirs is among them, what they were."""
		for doctype in doctypes:
			_restore(doctype, self.rows[doctype])
		if "File" in doctypes:
			_restore_files(self.files)
		frappe.db.commit()
		frappe.cache.delete_keys("document_cache::")
		if "User Permission" in doctypes or "Has Role" in doctypes:
			frappe.clear_cache()
		if left := self.changed():
			raise AssertionError(f"could not be put back: {sorted(left)}")


def _rows(doctype: str) -> dict[str, dict]:
	table = frappe.qb.DocType(doctype)
	return {row.name: row for row in frappe.qb.from_(table).select(table.star).run(as_dict=True)}


def _restore(doctype: str, rows: dict[str, dict]) -> None:
	table, now = frappe.qb.DocType(doctype), _rows(doctype)
	differing = [name for name in {*rows, *now} if rows.get(name) != now.get(name)]
	if gone := [name for name in differing if name in now]:
		frappe.qb.from_(table).delete().where(table.name.isin(gone)).run()
	if missing := [rows[name] for name in differing if name in rows]:
		columns = list(missing[0])
		frappe.qb.into(table).columns(*columns).insert(
			*[tuple(row[column] for column in columns) for row in missing]
		).run()


def _folders() -> list[Path]:
	return [Path(frappe.get_site_path(kind, "files")) for kind in ("private", "public")]


def _files() -> dict[Path, bytes]:
	return {path: path.read_bytes() for folder in _folders() for path in folder.rglob("*") if path.is_file()}


def _restore_files(files: dict[Path, bytes]) -> None:
	now = {path for folder in _folders() for path in folder.rglob("*") if path.is_file()}
	for path in now - set(files):
		path.unlink()
	for path in set(files) - now:
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_bytes(files[path])
