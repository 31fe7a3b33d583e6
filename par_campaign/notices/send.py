"""Sending a notice: the desk's bell always, e-mail where the campaign says so.

Frappe leaves out users who have switched notifications off; for e-mail the same is done here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import frappe
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils import get_url_to_form

from par_campaign.saying import plain

Text = Callable[[str | None], str]  # the notice in a language


@dataclass(frozen=True)
class Notice:
	"""What is said about which document to whom."""

	users: tuple[str, ...]
	doctype: str
	name: str
	text: Text
	by_email: bool = False


def send(notices: Iterable[Notice]) -> dict[str, int]:
	"""Send notices, each in its readers' language; returns how many people each document's went to."""
	notices = [notice for notice in notices if notice.users]
	accounts = _accounts({user for notice in notices for user in notice.users})
	reached: dict[str, int] = {}
	for notice in notices:
		readers = [accounts[user] for user in notice.users if user in accounts]
		reached[notice.name] = reached.get(notice.name, 0) + len(readers)
		for language in sorted({reader.language or "" for reader in readers}):
			_send(notice, [r for r in readers if (r.language or "") == language], language or None)
	return reached


def _accounts(users: set[str]) -> dict[str, frappe._dict]:
	"""Enabled accounts with address, language and whether they want e-mail, in two queries."""
	if not users:
		return {}
	rows = frappe.get_all(
		"User",
		filters={"name": ("in", sorted(users)), "enabled": 1},
		fields=["name", "email", "language"],
		order_by="name",
	)
	settings = {
		row.name: row
		for row in frappe.get_all(
			"Notification Settings",
			filters={"name": ("in", sorted(users))},
			fields=["name", "enabled", "enable_email_notifications"],
			order_by="name",
		)
	}
	for row in rows:
		wish = settings.get(row.name)
		row.wants_email = not wish or bool(wish.enabled and wish.enable_email_notifications)
	return {row.name: row for row in rows}


def _send(notice: Notice, readers: list, language: str | None) -> None:
	subject = str(notice.text(language))  # a driver of the database knows plain strings only
	frappe.enqueue(
		make_notification_logs,
		enqueue_after_commit=True,  # what is taken back must not be told
		now=frappe.flags.in_test,
		doc=frappe._dict(
			type="Alert",  # Frappe sends no e-mail of its own for this type
			document_type=notice.doctype,
			document_name=notice.name,
			subject=subject,
			from_user=frappe.session.user,
		),
		users=[reader.email for reader in readers],
	)
	if notice.by_email:
		_email(notice, [reader.email for reader in readers if reader.wants_email], subject)


def _email(notice: Notice, addresses: list[str], subject: str) -> None:
	if not addresses:
		return
	try:
		frappe.sendmail(
			bcc=addresses,  # colleagues of other agencies need not see each other's addresses
			subject=plain(subject),
			template="new_notification",
			args={"body_content": subject, "doc_link": get_url_to_form(notice.doctype, notice.name)},
		)
	except frappe.OutgoingEmailError:
		# no outgoing account: the bell has it, and the step itself must not fail for this
		frappe.log_error(title="PAR notice by e-mail")
