"""What the score sheet calls to ask, answer and review, row by row."""

import frappe

from par_campaign.par_campaign.doctype.par_query.ledger import REVIEW

FIELDS = (
	"name", "kind", "code", "title", "state", "round", "question", "due", "asked_by", "asked_on", "sent_on",
	"answer", "answered_by", "answered_on", "outcome", "closed_by", "closed_on",
)  # fmt: skip


@frappe.whitelist()
def of_card(scorecard: str) -> list[dict]:
	"""The questions and review requests of a scorecard that the user may see."""
	frappe.has_permission("PAR Unit Scorecard", doc=scorecard, throw=True)
	return frappe.get_list(
		"PAR Query",
		filters={"scorecard": scorecard},
		fields=list(FIELDS),
		order_by="creation",
		limit_page_length=0,
	)


@frappe.whitelist(methods=["POST"])
def ask(scorecard: str, code: str, question: str, kind: str = "Explanation", due: str | None = None) -> str:
	"""Put down a question on a row; it goes out when the scorecard is returned."""
	query = frappe.get_doc(
		doctype="PAR Query", scorecard=scorecard, code=code, question=question, kind=kind, due=due
	)
	return query.insert().name


@frappe.whitelist(methods=["POST"])
def answer(query: str, text: str) -> str:
	"""Answer a question; returns its state."""
	return _change(query, answer=text)


@frappe.whitelist(methods=["POST"])
def request_review(scorecard: str, code: str, reason: str) -> str:
	"""Ask for a row to be reviewed, in the campaign's window."""
	query = frappe.get_doc(doctype="PAR Query", scorecard=scorecard, code=code, question=reason, kind=REVIEW)
	return query.insert().name


@frappe.whitelist(methods=["POST"])
def decide(query: str, outcome: str) -> str:
	"""Write down what the appraisers made of an answer or a review request; closes it."""
	return _change(query, outcome=outcome)


@frappe.whitelist(methods=["POST"])
def take_away(query: str) -> None:
	"""Delete a question that is not sent yet, or a review request nobody has begun on."""
	doc = frappe.get_doc("PAR Query", query)
	doc.check_permission("delete")
	doc.delete()


def _change(name: str, **values) -> str:
	doc = frappe.get_doc("PAR Query", name)
	doc.check_permission("write")
	doc.update(values)
	return doc.save().state
