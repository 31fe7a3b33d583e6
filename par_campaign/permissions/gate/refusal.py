"""A refusal: what the user reads, and the line the administrator finds."""

import frappe
from frappe import _
from frappe.utils import now
from frappe.website.serve import get_response
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from par_campaign.permissions import plain_text
from par_campaign.permissions.gate import allowed
from par_campaign.permissions.gate.asked import Asked
from par_campaign.saying import bold, say

LOG = "PAR Gate Refusal"
LONGEST = 140  # of a name that is kept
MOST_LINES = 2000  # what a single user could make up is without end
OTHERS = "(others)"


class NotListed(frappe.PermissionError):
	"""The request names something the users of this app do not need."""


def refuse(missing: list[Asked]) -> None:
	"""Raise, and note each name that is missing."""
	user = frappe.session.user
	frappe.request.after_response.add(lambda: note(missing, user))
	values = (_(missing[0].kind), bold(missing[0].name[:LONGEST]), whom_to_ask())
	if _is_asked_by_a_program():
		frappe.throw(say(_sentence(), *values), NotListed, title=_("Not Open"))
	raise Forbidden(response=_page(say(_sentence(), *values)))


def _sentence() -> str:
	return _("{0} {1} is not open to users of PAR Campaign. If your work needs it, ask {2} to add it.")


def _is_asked_by_a_program() -> bool:
	"""Whether Frappe would answer in JSON, where a message is shown as it is; its page of errors says none."""
	accept = frappe.get_request_header("Accept") or ""
	if frappe.local.is_ajax or "application/json" in accept:
		return True
	return frappe.request.path.startswith("/api/") and not accept.startswith("text")


def _page(message: str) -> Response:
	frappe.respond_as_web_page(_("Not Open"), message, http_status_code=403, indicator_color="red")
	return get_response("message", http_status_code=403)


def whom_to_ask() -> str:
	"""Who can add a name, as the administrator has it written; else their role."""
	return frappe.get_cached_doc(allowed.SETTINGS).whom_to_ask or _("the administrator of this site")


def note(missing: list[Asked], user: str) -> None:
	"""Count each refusal once, on the line of its user and name. Runs when the answer has been sent.

	The request itself has been rolled back by then, so this is a transaction of its own.
	"""
	for each in missing:
		_count(each, user)
	frappe.db.commit()


def _count(each: Asked, user: str) -> None:
	asked = _as_text(each.name)
	if _add(each.kind, asked, user):
		return
	name = asked if frappe.db.count(LOG) < MOST_LINES else OTHERS
	if name == OTHERS and _add(each.kind, name, user):
		return
	frappe.get_doc(doctype=LOG, kind=each.kind, asked_name=name, user=user, times=1, last_on=now()).insert(
		ignore_permissions=True  # nobody writes these lines but the gate
	)


def _as_text(name: str) -> str:
	"""A name as a line can hold it: what was asked for may be markup, or no text at all."""
	return plain_text.parted(name.encode("utf-8", "replace").decode())[:LONGEST]


def _add(kind: str, name: str, user: str) -> bool:
	"""One more on a line that is there."""
	line = frappe.qb.DocType(LOG)
	found = frappe.db.get_value(LOG, {"kind": kind, "asked_name": name, "user": user})
	if found:
		query = frappe.qb.update(line).set(line.times, line.times + 1).set(line.last_on, now())
		query.where(line.name == found).run()
	return bool(found)
