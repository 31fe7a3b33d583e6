"""Names of files as people gave them: kept to be shown and to save the file under, never a place on the disk."""

import re
import unicodedata
from pathlib import PurePosixPath

import frappe
from frappe import _

from par_campaign.saying import bold, say

LONGEST = 140  # characters, the column's
# what is markup or a folder, is not seen, or turns the reading round so that `exe.pdf` looks like a PDF
REFUSED = re.compile(r'[<>"/\\\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


def checked(name: str | None) -> str:
	"""The name as it is kept: composed letters, and shortened before its ending where it is too long."""
	text = unicodedata.normalize("NFC", str(name or "")).strip(" .")
	if not text:
		frappe.throw(_("File Name: it is empty. Give the file a name and upload it again."))
	if REFUSED.search(text):
		frappe.throw(
			say(
				_(
					'File Name: {0} has characters that no file name may have (< > " / \\ or ones that are not seen). Rename the file and upload it again.'
				),
				bold(REFUSED.sub("_", text)[:LONGEST]),
			),
			title=_("File Not Taken"),
		)
	return _shortened(text)


def _shortened(text: str) -> str:
	if len(text) <= LONGEST:
		return text
	ending = PurePosixPath(text).suffix[:16]
	return text[: LONGEST - len(ending) - 1].rstrip() + "…" + ending
