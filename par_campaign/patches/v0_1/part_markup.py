"""Texts stored before plain text was asked for: what a browser takes for markup gets a space after its sign.

They read the same and are no markup any more, also where Frappe shows them as HTML. Each document says so in
its timeline. The sealed data of published results stays as it is: its digest holds.
"""

import frappe
from frappe import _

from par_campaign.permissions import plain_text
from par_campaign.saying import say


def execute() -> None:
	"""May run again: there is nothing left to part then."""
	for doctype in frappe.get_all(
		"DocType",
		{"module": "PAR Campaign", "issingle": 0, "is_virtual": 0},
		pluck="name",
		order_by="name",
	):
		part_all(doctype)


def part_all(doctype: str) -> None:
	"""All rows of one table."""
	meta = frappe.get_meta(doctype)
	# addresses are left: altered, they would lead nowhere
	fields = [
		df.fieldname
		for df in meta.fields
		if plain_text.is_plain(df) and df.fieldtype not in plain_text.ADDRESSES and not df.get("is_virtual")
	]
	if not fields:
		return
	place = ["parent", "parenttype"] if meta.istable else []
	rows = frappe.get_all(
		doctype,
		fields=["name", *place, *fields],
		or_filters=[[field, "like", "%<%"] for field in fields],
		order_by="name",
	)
	for row in rows:
		if changed := {field: plain_text.parted(row[field]) for field in fields if _has_markup(row[field])}:
			frappe.db.set_value(doctype, row.name, changed, update_modified=False)
			_say_so(row.get("parenttype") or doctype, row.get("parent") or row.name, meta, changed)


def _has_markup(text: str | None) -> bool:
	return bool(text and plain_text.TAG.search(text))


def _say_so(doctype: str, name: str, meta, changed: dict) -> None:
	labels = ", ".join(_(meta.get_label(field)) for field in changed)
	frappe.get_doc(
		doctype="Comment",
		comment_type="Info",
		reference_doctype=doctype,
		reference_name=name,
		content=str(say(_("A space was put after the sign < in: {0}. The text was read as markup."), labels)),
	).insert(ignore_permissions=True)  # the patch runs for nobody in particular
