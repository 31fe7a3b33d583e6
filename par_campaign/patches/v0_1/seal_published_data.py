"""The data behind published results leaves the table for a sealed file: as a column it answered filters, and
ended at the largest packet of the database server.

Frappe keeps the column of a field that is gone, and goes on answering filters on it, so it is dropped here; not
before every version's file has been read back. Broken off, it may run again.
"""

import frappe

from par_campaign.results import payload

DOCTYPE = "PAR Published Result"


def execute() -> None:
	_forget_columns()
	if not frappe.db.has_column(DOCTYPE, "payload"):
		return
	for name in frappe.get_all(DOCTYPE, pluck="name", order_by="name"):
		_seal(name)
	# commits what stands, as MariaDB does before every change of a table
	frappe.db.sql_ddl("alter table `tabPAR Published Result` drop column `payload`")
	_forget_columns()


def _seal(name: str) -> None:
	"""One version at a time: each may be as large as the server lets through."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.payload).where(table.name == name)
	if not (text := query.run()[0][0]):
		return
	fields = payload.keep(text)
	if payload.text_of(frappe._dict(fields, name=name)) != text:
		raise ValueError(f"{name}: the file does not hold what stands in the table")
	frappe.db.set_value(DOCTYPE, name, fields, update_modified=False)


def _forget_columns() -> None:
	frappe.cache.hdel("table_columns", f"tab{DOCTYPE}")
