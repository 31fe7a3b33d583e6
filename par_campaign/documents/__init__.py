"""Files the desk hands out: lists, documents and workbooks, always made from the server's own data.

Frappe's report-to-PDF prints HTML that the browser sends; what is signed must not come from there.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from par_campaign.documents import makers
from par_campaign.documents.file import CONTENT_TYPES, language
from par_campaign.permissions import audience
from par_campaign.permissions.arguments import parsed
from par_campaign.printing import kinds
from par_campaign.printing.errors import PrintError
from par_campaign.saying import lines, say

PAPERS = ("pdf", "docx", "zip")  # Vietnamese by law, whatever language the desk is in


@contextmanager
def refusals():
	"""Tell the user what cannot be printed and why, instead of failing."""
	try:
		yield
	except PrintError as error:
		frappe.throw(lines([str(error)]), title=_("Cannot Be Printed"))


@frappe.whitelist(methods=["GET", "POST"])
def check(kind: str, filters: str | dict) -> None:
	"""Raise what `download` would refuse the document for, so that the form can say it in a dialog."""
	with refusals():
		makers.built(makers.kind_of(kind), frappe._dict(parsed(filters, dict)))


@frappe.whitelist(methods=["GET", "POST"])
def download(kind: str, filters: str | dict, format: str = "pdf") -> None:
	"""Send a list or document for the given filters."""
	found = makers.kind_of(kind)
	if found.in_background:
		frappe.throw(say(_("{0} takes minutes, so it is made in the background."), _(found.label)))
	with language("vi" if format in PAPERS else frappe.local.lang), refusals():
		file = makers.made(found, format, frappe._dict(parsed(filters, dict)))
	frappe.local.response.filename = file.name
	frappe.local.response.filecontent = file.content
	frappe.local.response.type = "download"
	frappe.local.response.content_type = CONTENT_TYPES[format]
	if format == "pdf":
		frappe.local.response.display_content_as = "inline"


def tell_browser(bootinfo) -> None:
	"""Tell the desk which documents there are for its user, and where to offer them (hook `extend_bootinfo`)."""
	bootinfo.par_documents = [
		{
			"key": kind.key,
			"label": kind.label,
			"formats": list(kind.formats),
			"places": [place.value for place, whom in kind.places.items() if audience.includes(whom)],
			"fields": list(kind.fields()),
			"asks": bool(kind.asks),
			"further": list(kind.further),
			"of_unit": kind.of_unit,
			"in_background": kind.in_background,
		}
		for kind in kinds.every()
		if audience.includes(kind.audience)
	]
