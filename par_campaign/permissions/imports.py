"""Frappe's Data Import, closed for our documents with decimals.

It reads numbers as English: 0,5 of a Vietnamese sheet comes in as 5, without a word. Which doctypes hold decimals
is asked of their fields, so a new field closes its doctype by itself. Our own workbooks read both.
"""

import frappe
from frappe import _

from par_campaign.saying import bold, say

DECIMALS = ("Float", "Currency", "Percent")


def refuse_import(doc, method: str | None = None) -> None:
	"""On every save of a Data Import: it is not made for a doctype with decimals."""
	_require_whole_numbers(doc.reference_doctype)


def refuse_imported(doc, method: str | None = None) -> None:
	"""On every save: a row that comes out of a Data Import, however it was started, has no decimals."""
	if (doc.flags.updater_reference or {}).get("doctype") == "Data Import":
		_require_whole_numbers(doc.doctype)


def holds_decimals(doctype: str) -> bool:
	"""Whether a doctype of ours, or a table in it, has a field for decimals."""
	if not doctype.startswith("PAR "):
		return False
	meta = frappe.get_meta(doctype)
	tables = [meta, *(frappe.get_meta(table.options) for table in meta.get_table_fields())]
	return any(df.fieldtype in DECIMALS for table in tables for df in table.fields)


def _require_whole_numbers(doctype: str | None) -> None:
	if doctype and holds_decimals(doctype):
		frappe.throw(
			say(
				_(
					"{0} holds decimals, which Data Import reads wrongly: 0,5 would become 5. Bring in criteria sets, external values and score sheets by the menu Excel of their forms; enter other documents by hand."
				),
				bold(_(doctype)),
			),
			title=_("Not by Data Import"),
		)
