"""Comments on the campaign's documents that were changed after they were written, and renamed documents."""

import json
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr, strip_html

from par_campaign.audit.entry import Entry, Scope
from par_campaign.permissions import watched

MOST = 4000


def changed_comments(scope: Scope) -> Iterator[Entry]:
	"""From the Versions of comments; their author may correct them, and it shows."""
	version, comment = frappe.qb.DocType("Version"), frappe.qb.DocType("Comment")
	query = (
		frappe.qb.from_(version)
		.join(comment)
		.on((version.ref_doctype == "Comment") & (version.docname == comment.name))
		.select(
			version.owner, version.creation, version.data, comment.reference_doctype, comment.reference_name
		)
		.where(comment.reference_doctype.isin(list(watched.WATCHED)))
		.where(comment.reference_name.like(f"%{scope.campaign}%"))
		.where(scope.of(version, version.owner, version.creation))
		.orderby(version.creation, order=frappe.qb.desc)
		.limit(MOST)
	)
	for row in query.run(as_dict=True):
		for field, old, new in json.loads(row.data or "{}").get("changed") or ():
			if field == "content":
				yield Entry(
					row.creation,
					row.owner,
					watched.COMMENT,
					row.reference_doctype,
					row.reference_name,
					_("Comment changed"),
					strip_html(cstr(old)),
					strip_html(cstr(new)),
				)
