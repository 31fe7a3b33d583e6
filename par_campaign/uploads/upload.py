"""The uploaded file: permission first, then the guarded reader, then one message with every fault."""

from collections.abc import Iterable
from contextlib import contextmanager

import frappe
from frappe import _

from par_campaign.exchange.xlsx.errors import Fault, WorkbookError
from par_campaign.permissions import plain_text
from par_campaign.saying import lines

MOST_FAULTS_SHOWN = 50


def path_of(file_url: str) -> str:
	"""Path of an uploaded file the user may read. Looks the File up, so that no path can be named."""
	names = frappe.get_all("File", {"file_url": file_url}, pluck="name", order_by="creation desc")
	for name in names:
		file = frappe.get_doc("File", name)
		if file.has_permission("read") and file_url.startswith(("/private/files/", "/files/")):
			return file.get_full_path()
	frappe.throw(_("The file was not found. Upload it again."), frappe.PermissionError)


@contextmanager
def refusals():
	"""Turn what the reader refuses into one message to the user."""
	try:
		yield
	except WorkbookError as error:
		frappe.throw(lines([fault_list(error.faults)]), title=_("The Workbook Cannot Be Read"))


def markup_faults(texts: Iterable[tuple[str, object]]) -> tuple[Fault, ...]:
	"""Faults of cells whose text could not be kept; `texts` are cells, as `Sheet!A1` or `A1`, with what they hold."""
	found = [(cell, plain_text.fault_of(text)) for cell, text in texts if isinstance(text, str)]
	return tuple(Fault("", cell, fault) for cell, fault in found if fault)


def fault_list(faults: Iterable[Fault]) -> str:
	"""Faults as lines, each with its cell; texts from the file are escaped."""
	faults = list(faults)
	shown = [str(fault) for fault in faults[:MOST_FAULTS_SHOWN]]
	if len(faults) > MOST_FAULTS_SHOWN:
		shown.append(_("… and {0} more").format(len(faults) - MOST_FAULTS_SHOWN))
	return lines(shown)


def as_rows(faults: Iterable[Fault]) -> list[dict]:
	"""Faults for the preview dialog."""
	return [{"cell": f"{f.sheet}!{f.cell}".strip("!"), "message": f.message} for f in faults]


def require_none(faults: Iterable[Fault]) -> None:
	"""Refuse to write while there are faults."""
	faults = list(faults)
	if faults:
		frappe.throw(lines([fault_list(faults)]), title=_("The Workbook Has Faults"))
