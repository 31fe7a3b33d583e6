"""Documents that take minutes, made in the background: the whole dossier, the score sheets of all units, the
consolidated workbook.

The file hangs on a PAR Document, which only provincial staff may read. It must not hang on the campaign:
every unit reads that, and a private file opens to whoever may read what it hangs on.
"""

from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.documents import makers, particulars
from par_campaign.documents.file import File, campaign_of, language
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import roles
from par_campaign.printing.kinds import Kind
from par_campaign.saying import bold, plain, say
from par_campaign.states import DocumentState

DOCTYPE = "PAR Document"
TIMEOUT = 3600  # seconds; 200 units take some minutes


def _kind(key: str) -> type[Kind]:
	"""The kind of this key, if it is one of those made in the background."""
	kind = makers.kind_of(key)
	if not kind.in_background:
		frappe.throw(say(_("There is no document {0}."), key))
	return kind


@frappe.whitelist()
def status(kind: str, campaign: str) -> dict:
	"""How far a bundle is: its PAR Document, file and error, and whether the user may have it made."""
	found = _kind(kind)
	campaign_doc = campaign_of(frappe._dict(campaign=campaign))
	roles.require_provincial()
	doc = particulars.of(found, campaign_doc)
	if not doc.is_new():
		doc.check_permission("read")
	return {
		"title": _(doc.kind),
		"name": None if doc.is_new() else doc.name,
		**{field: doc.get(field) for field in ("status", "file", "made_on", "error")},
		"made_by": frappe.utils.get_fullname(doc.made_by) if doc.made_by else "",
		"may_make": frappe.has_permission(DOCTYPE, "create" if doc.is_new() else "write", doc),
	}


@frappe.whitelist(methods=["POST"])
def start(kind: str, campaign: str, format: str = "pdf", unit_group: str | None = None) -> str:
	"""Have a bundle made; returns its PAR Document. One under way is not started twice."""
	found = _kind(kind)
	makers.require_format(found, format)
	campaign_doc = campaign_of(frappe._dict(campaign=campaign))
	roles.require_provincial()
	doc = particulars.of(found, campaign_doc)
	doc.check_permission("create" if doc.is_new() else "write")
	doc.save()
	doc.db_set({"status": DocumentState.WAITING, "error": None})
	frappe.enqueue(
		make,
		queue="long",
		timeout=TIMEOUT,
		job_id=f"par_document:{doc.name}:{format}",
		deduplicate=True,
		enqueue_after_commit=True,  # the job reads what is written here
		document=doc.name,
		format=format,
		unit_group=unit_group,
	)
	return doc.name


def make(document: str, format: str, unit_group: str | None = None) -> None:
	"""The job: make the file as the user who asked, hang it on the document, and tell them."""
	doc = frappe.get_doc(DOCTYPE, document)
	# to be seen while the job runs
	doc.db_set("status", DocumentState.BEING_MADE, commit=not frappe.flags.in_test)
	frappe.db.savepoint("par_document")
	try:
		file = _attach(doc, format, unit_group)
		outcome = {"status": DocumentState.READY, "file": file.file_url, "error": None}
	except Exception as error:
		frappe.db.rollback(save_point="par_document")
		frappe.log_error(title=f"PAR document {document}")
		outcome = {"status": DocumentState.FAILED, "error": plain(str(error)) or type(error).__name__}
	doc.db_set({**outcome, "made_by": frappe.session.user, "made_on": now_datetime()})
	_tell(doc)


def _attach(doc, format: str, unit_group: str | None):
	filters = frappe._dict(campaign=doc.campaign, unit_group=unit_group)
	with language("vi"):
		made = _made(doc, format, filters)
	_drop_earlier(doc, format)
	file = frappe.get_doc(
		doctype="File",
		file_name=made.name,
		content=made.content,
		is_private=1,
		attached_to_doctype=DOCTYPE,
		attached_to_name=doc.name,
		attached_to_field="file",
	)
	file.check_max_file_size = lambda: len(made.content)  # the limit is for what people upload
	return file.insert()


def _made(doc, format: str, filters) -> File:
	kind = makers.kind_of(doc.key)
	bundle = makers.built(kind, filters)
	if not isinstance(bundle, makers.Bundle):  # a workbook
		return makers.made(kind, format, filters)
	with_progress = replace(bundle, documents=_with_progress(doc, bundle))
	return makers.joined(with_progress, doc.campaign, format)


def _drop_earlier(doc, format: str) -> None:
	"""The file made before in this format: it can be made again, and would be taken for the newest."""
	for name in frappe.get_all(
		"File",
		filters={
			"attached_to_doctype": DOCTYPE,
			"attached_to_name": doc.name,
			"file_name": ("like", f"%.{format}"),
		},
		pluck="name",
		order_by="creation",
	):
		frappe.delete_doc("File", name)


def _with_progress(doc, bundle):
	title = _(doc.kind)
	for number, document in enumerate(bundle.documents):
		if number and not number % max(bundle.count // 50, 1):
			frappe.publish_progress(number * 100 / bundle.count, title=title, description=document.title)
		yield document


def _tell(doc) -> None:
	ready = doc.status == DocumentState.READY

	def text(code):
		message = _("{0} is ready.", code) if ready else _("{0} could not be made: {1}", code)
		return say(message, bold(_(doc.kind, code)), doc.error or "")

	send([Notice((frappe.session.user,), DOCTYPE, doc.name, text)])
	frappe.publish_realtime(
		"par_document",
		{"name": doc.name, "status": doc.status, "file": doc.file, "error": doc.error},
		user=frappe.session.user,
		after_commit=True,
	)
