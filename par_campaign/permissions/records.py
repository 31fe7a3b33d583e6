"""What Frappe keeps about documents: to-dos, comments, versions, tags, followers, mails and the like.

Whoever may list such records sees those of every document. A record about a document of ours is for whoever may
read the document; records about others' documents are left to Frappe and to the other apps. Which doctypes hold
such records is read from their fields, so that one added later is narrowed as well.
"""

import frappe
from frappe.query_builder import Criterion

from par_campaign.permissions import child_rows, ours, people, roles, rules

# with rules of their own: files (files/rights.py), and notices, which name the user they are for
APART = frozenset({"File", "Notification Log"})


def is_about_documents(doctype: str | None) -> bool:
	"""Whether records of this doctype say which document they are about."""
	if not isinstance(doctype, str) or ours.is_ours(doctype) or not frappe.db.exists("DocType", doctype):
		return False
	return bool(ours.references_of(doctype))


def is_kept_to_readable(doctype: str | None) -> bool:
	"""Whether this user is kept to what they may read of a doctype: of ours, and for our users of people and of all
	that is kept about documents, by which one could ask about them."""
	if doctype == "User" and people.is_kept_to_names(frappe.session.user):
		return True
	if roles.is_provincial():
		return False
	return ours.is_ours(doctype) or (roles.has_role() and is_about_documents(doctype))


def condition(user: str, doctype: str) -> str:
	"""Permission query condition: records about documents of ours are listed for whoever sees the document."""
	if doctype in APART or roles.is_administrator(user):
		return ""
	record = frappe.qb.DocType(doctype)
	pairs = ours.references_of(doctype)
	return " and ".join(
		f"({rules.sql(_seen(record[first], record[second], user))})" for first, second in pairs
	)


def _seen(about, name, user: str):
	ours_of_them = ours.documents() + ours.tables()
	others = about.isnull() | about.notin(ours_of_them)
	if not roles.has_role(user):
		return others
	readable = [doctype for doctype in ours.documents() if child_rows.may_read_some(doctype, user)]
	return Criterion.any([others, *(_of(doctype, about, name, user) for doctype in readable)])


def _of(doctype: str, about, name, user: str):
	names = child_rows.seen_names(doctype, user)
	return (about == doctype) & name.isin(names) if names else about == doctype


def has_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""As the list, for every doctype: None leaves the answer to Frappe and to others."""
	user = user or frappe.session.user
	if ours.is_ours(doc.doctype) or doc.doctype in APART or roles.is_administrator(user):
		return None
	for doctype, name in _named_by(doc):
		if not may_read(doctype, name, user):
			return False
	return None


def _named_by(doc) -> set[tuple[str, str]]:
	"""Documents of ours a record is about: as it stands in the request, and as it is stored."""
	pairs = ours.references_of(doc.doctype)
	if not pairs or doc.meta.issingle or doc.meta.get("is_virtual"):
		return set()
	found = {(doc.get(first), doc.get(second)) for first, second in pairs}
	if not doc.is_new():
		stored = frappe.db.get_value(doc.doctype, doc.name, [field for pair in pairs for field in pair])
		found |= set(zip(stored[::2], stored[1::2], strict=True)) if stored else set()
	return {(doctype, name) for doctype, name in found if ours.is_ours(doctype) and name}


def may_read(doctype: str, name: str, user: str) -> bool:
	"""Whether a user may read a document of ours, which may be gone by now."""
	if frappe.get_meta(doctype).istable or not frappe.db.exists(doctype, name):
		return False
	return frappe.permissions.has_permission(doctype, "read", name, user, raise_exception=False)


def has_notice_permission(doc, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""A notice is for the user it names; so it is in Frappe's list, but not for a notice asked for by its name."""
	user = user or frappe.session.user
	if roles.is_administrator(user) or doc.for_user == user:
		return None
	if ours.is_ours(doc.document_type) or roles.has_role(user):
		return False
	return None


def may_follow(doc, method: str | None = None) -> None:
	"""Followers get changes and comments by e-mail, so they must be readers."""
	if ours.is_ours(doc.ref_doctype):
		frappe.has_permission(doc.ref_doctype, doc=doc.ref_docname, user=doc.user, throw=True)
