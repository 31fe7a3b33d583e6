"""Plain text stays as it was typed, and is no markup.

"0,8 <= b/a < 1" and "Sở A & Sở B" are ordinary in criteria; a sanitiser would alter them on paper and in
digests. So nothing is altered: what an HTML parser would take for the beginning of a tag or of a comment is
refused, closed or not, whether the text looks like JSON or not. Every place that shows a text escapes it
all the same: what was stored before this check stays as it is until somebody changes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, sanitize_html

from par_campaign.saying import lines, say

# HTML, 13.2.5.1 and 13.2.5.6: what makes "<" the beginning of a tag or of a comment, closed or not
TAG = re.compile("<[A-Za-z/!?]")
AROUND = 12  # characters shown beside the sign, so that it is found
DATES = ("Date", "Datetime")  # a controller that compares two of them would fail on a text that is none
# Frappe's prints put an address between quotation marks, and a link to it runs "javascript:"
ADDRESSES = ("Attach", "Attach Image")
ADDRESS = re.compile(r"(?:https?:/)?/[^\s\"'<>`]*")
# What has a sanitiser of its own, or is never shown as text
RICH = ("Text Editor", "HTML Editor", "Markdown Editor")
UNSHOWN = ("Code", "JSON", "Password")
PLAIN = ("Data", "Small Text", "Text", "Long Text", "Autocomplete", "Attach", "Attach Image", "Read Only")


@dataclass(frozen=True)
class Found:
	"""A text that cannot be kept, and where it stands."""

	doc: Document
	df: Document
	mend: str


def is_plain(df) -> bool:
	"""Whether a field holds text that people type, to be kept and shown as it is."""
	return df.fieldtype in PLAIN


def fault_of(text: str) -> str:
	"""Why a text cannot be kept and how to mend it; empty where it can."""
	if found := TAG.search(text):
		near = text[max(0, found.start() - AROUND) : found.end() + AROUND]
		return _("“{0}” reads as markup. Put a space after the sign <, or leave it out.").format(near)
	try:
		text.encode()
	except UnicodeEncodeError:
		return _("It holds half a character, which cannot be stored. Type it again.")
	return ""


def address_fault(text: str) -> str:
	"""Why a text cannot be the address of a file; empty where it can."""
	if text.isprintable() and ADDRESS.fullmatch(text.replace(" ", "")):
		return ""
	return _("This is no address of a file. Attach the file again, under a name without quotation marks.")


def parted(text: str) -> str:
	"""The same text with its signs set apart from what follows: it reads the same and is no markup."""
	return TAG.sub(lambda found: f"< {found[0][1]}", text)


def check(doc) -> None:
	"""Refuse a document with markup in any new or changed text, rows included, named by row and field."""
	faults = [fault for each in (doc, *doc.get_all_children()) for fault in _faults(each, doc)]
	if faults:
		frappe.throw(lines(map(_sentence, faults)), title=_("Plain Text Only"))


def check_dates(doc) -> None:
	"""Refuse a document with a text for a date that is none."""
	rows = (doc, *doc.get_all_children())
	dates = [(each, df) for each in rows for df in each.meta.fields if df.fieldtype in DATES]
	wrong = [
		Found(each, df, _("This is no date.")) for each, df in dates if not _is_date(each.get(df.fieldname))
	]
	if wrong:
		frappe.throw(lines(map(_sentence, wrong)), title=_("Wrong Date"))


def check_values(doc, values: dict) -> None:
	"""The same for single values about to be written past the document's own save."""
	for field, value in values.items():
		df = doc.meta.get_field(field)
		if df and is_plain(df) and isinstance(value, str) and (mend := _fault_in(df, value)):
			frappe.throw(lines([_sentence(Found(doc, df, mend))]), title=_("Plain Text Only"))


def _faults(each, doc) -> Iterator[Found]:
	for df in each.meta.fields:
		value = each.get(df.fieldname) if is_plain(df) else None
		if value is None or value == "":
			continue
		if isinstance(value, dict | list | tuple):
			yield Found(each, df, _("Text is expected here."))
		elif isinstance(value, str):
			if (mend := _fault_in(df, value)) and not _stood_before(each, df.fieldname, doc):
				yield Found(each, df, mend)
		else:
			each.set(df.fieldname, str(value))  # a number sent by a program: text from here on


def _is_date(value) -> bool:
	if not isinstance(value, str) or not value:
		return True
	try:
		return bool(get_datetime(value))
	except (ValueError, OverflowError):
		return False


def _fault_in(df, text: str) -> str:
	return fault_of(text) or (address_fault(text) if df.fieldtype in ADDRESSES else "")


def _stood_before(each, field: str, doc) -> bool:
	"""Whether this text is stored already, in this field of this document or of one of its rows."""
	before = doc.get_doc_before_save()
	rows = [before] if each is doc else before.get(each.parentfield) if before else []
	return any(row.get(field) == each.get(field) for row in rows or () if row)


def _sentence(found: Found) -> str:
	each, label = found.doc, _(found.df.label or found.df.fieldname)
	if not each.get("parentfield"):
		return say("{0}: {1}", label, found.mend)
	table = frappe.get_meta(each.parenttype).get_label(each.parentfield)
	row = f"{each.idx} ({each.code})" if each.get("code") else each.idx
	return say(_("{0}, row {1}, {2}: {3}"), _(table), row, label, found.mend)


def sanitise_rich_text(doc) -> None:
	"""Rich text, of which the app has none and an administrator may add some: cleaned, whatever it looks like."""
	for df in doc.meta.get("fields", {"fieldtype": ("in", RICH)}):
		if isinstance(value := doc.get(df.fieldname), str):
			doc.set(df.fieldname, sanitize_html(value, always_sanitize=True))
