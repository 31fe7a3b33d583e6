"""Our reports are worked out for whoever asks, each time anew, and never stored.

Frappe hands out a stored ("prepared") report without asking what the next reader may see, and makes a report that
takes more than 15 seconds a prepared one for the whole site. So no result of ours is ever stored, whoever asks for
that, and none that is there from earlier is handed out.
"""

import frappe
from frappe import _

from par_campaign.permissions import ours


def is_ours(report: str | None) -> bool:
	"""Whether a report, standard or of an administrator's, is about our documents."""
	return ours.is_ours(frappe.db.get_value("Report", report, "ref_doctype"))


def refuse_stored(doc, method: str | None = None) -> None:
	"""Before a Prepared Report is stored."""
	if is_ours(doc.report_name):
		frappe.throw(
			_("Reports of PAR Campaign are worked out for each reader anew and are not stored."),
			frappe.PermissionError,
		)


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""None leaves the answer to Frappe."""
	return False if is_ours(doc.report_name) else None


def keep_live() -> None:
	"""Take back what Frappe's timer does, and what was stored before it was refused."""
	names = frappe.get_all("Report", {"ref_doctype": ("like", "PAR %")}, pluck="name", order_by="name")
	prepared = {"name": ("in", names), "prepared_report": 1}
	frappe.db.set_value("Report", prepared, "prepared_report", 0)
	stored = frappe.get_all("Prepared Report", {"report_name": ("in", names)}, pluck="name", order_by="name")
	for name in stored:
		frappe.delete_doc(
			"Prepared Report", name, ignore_permissions=True
		)  # the system tidies up, nobody asks
