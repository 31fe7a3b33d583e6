"""The questions and review requests of a scorecard, as its steps need them."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.saying import bold, say
from par_campaign.states import QueryState

QUESTIONS = ("Explanation", "Supplement")
REVIEW = "Review request"


def _of(card, **filters) -> list[frappe._dict]:
	return frappe.get_all(
		"PAR Query",
		filters={"scorecard": card.name, **filters},
		fields=["name", "code", "question", "state", "sent_on"],
		order_by="code, creation",
	)


def unsent(card) -> list[frappe._dict]:
	"""Questions written down and not yet sent to the unit."""
	return _of(card, kind=("in", QUESTIONS), state=QueryState.OPEN, sent_on=("is", "not set"))


def open_questions(card) -> list[frappe._dict]:
	"""Questions the unit has and has not answered."""
	return _of(card, kind=("in", QUESTIONS), state=QueryState.OPEN, sent_on=("is", "set"))


def answered_codes(card) -> set[str]:
	"""Rows on which the unit has answered a question."""
	return {query.code for query in _of(card, kind=("in", QUESTIONS), state=QueryState.ANSWERED)}


def open_reviews(card) -> set[str]:
	"""Rows whose review the unit has asked for and nobody has decided."""
	return {query.code for query in _of(card, kind=REVIEW, state=QueryState.OPEN)}


def require_reviews_decided(card) -> None:
	"""A round is not closed over a review request without an outcome."""
	if codes := sorted(open_reviews(card)):
		frappe.throw(
			say(
				_(
					"Row {0}: the unit asked for a review. Write down its outcome before you close the appraisal."
				),
				bold(", ".join(codes)),
			),
			title=_("Review Not Decided"),
		)


def send(card) -> None:
	"""With the return the unit gets the questions; those without a date of their own get the return's."""
	query = frappe.qb.DocType("PAR Query")
	names = [row.name for row in unsent(card)]
	if not names:
		return
	frappe.qb.update(query).set(query.sent_on, now_datetime()).where(query.name.isin(names)).run()
	frappe.qb.update(query).set(query.due, card.return_due).where(
		query.name.isin(names) & query.due.isnull()
	).run()


def close_answered(card) -> None:
	"""When the round closes its questions have been seen; those never answered close without answer."""
	query = frappe.qb.DocType("PAR Query")
	(
		frappe.qb.update(query)
		.set(query.state, QueryState.CLOSED)
		.set(query.closed_by, frappe.session.user)
		.set(query.closed_on, now_datetime())
		.where(
			(query.scorecard == card.name) & query.kind.isin(QUESTIONS) & (query.state != QueryState.CLOSED)
		)
		.run()
	)
