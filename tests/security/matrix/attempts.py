"""The actions of the tables: the request the desk sends for each, and how one sees that it worked.

A look shows in the answer. A change shows in the database, and in nothing else.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import frappe
from requests import Response

from matrix import people
from matrix.places import CARD, EVIDENCE, PROPOSAL, SECRET, UNIT, Place
from matrix.served import Visitor

Send = Callable[[Visitor, Place], Response]


class Attempt(NamedTuple):
	"""How something is asked for. Without `worked` it is a look, which `shown` finds in the answer."""

	send: Send
	shown: Callable[[Response, Place], bool] | None = None
	worked: Callable[[Place], bool] | None = None


# --- looking ---------------------------------------------------------------------------------------


def _names(answer: Response, place: Place) -> bool:
	return place.name in answer.text


def _read(visitor: Visitor, place: Place) -> Response:
	return visitor.get("/api/method/frappe.desk.form.load.getdoc", doctype=place.doctype, name=place.name)


def _is_read(answer: Response, place: Place) -> bool:
	return any(doc["name"] == place.name for doc in answer.json().get("docs", ()))


def _list(visitor: Visitor, place: Place) -> Response:
	return visitor.post("frappe.desk.reportview.get", **_query(place))


def _query(place: Place) -> dict:
	return {
		"doctype": place.doctype,
		"fields": json.dumps([f"`tab{place.doctype}`.`name`"]),
		"filters": json.dumps([[place.doctype, "name", "=", place.name]]),
	}


def _export(visitor: Visitor, place: Place) -> Response:
	return visitor.post(
		"frappe.desk.reportview.export_query", **_query(place), file_format_type="CSV", title="Export"
	)


def _print(visitor: Visitor, place: Place) -> Response:
	return visitor.post("frappe.www.printview.get_html_and_style", doc=place.doctype, name=place.name)


def _is_printed(answer: Response, place: Place) -> bool:
	return bool((answer.json().get("message") or {}).get("html"))


def _rows(visitor: Visitor, place: Place) -> Response:
	"""The rows of the document's first table, asked for by themselves."""
	return visitor.post(
		"frappe.client.get_list",
		doctype=place.table,
		parent=place.doctype,
		filters=json.dumps({"parent": place.name}),
		fields=json.dumps(["name"]),
	)


def _has_rows(answer: Response, place: Place) -> bool:
	return bool(answer.json().get("message"))


def _open_file(visitor: Visitor, place: Place) -> Response:
	return visitor.get(place.file)


def _is_file(answer: Response, place: Place) -> bool:
	return answer.text.startswith("Evidence of")


def _holds_secret(answer: Response, place: Place) -> bool:
	return SECRET in answer.text


# --- what Frappe hangs on any document --------------------------------------------------------------


def _share(visitor: Visitor, place: Place) -> Response:
	return visitor.post(
		"frappe.share.add", doctype=place.doctype, name=place.name, user=people.NOBODY, read=1
	)


def _assign(visitor: Visitor, place: Place) -> Response:
	return _assign_to(visitor, place, visitor.user)


def _assign_to_stranger(visitor: Visitor, place: Place) -> Response:
	return _assign_to(visitor, place, people.NOBODY)


def _assign_to(visitor: Visitor, place: Place, user: str) -> Response:
	return visitor.post(
		"frappe.desk.form.assign_to.add",
		doctype=place.doctype,
		name=place.name,
		assign_to=json.dumps([user]),
		description="Look at this",
	)


def _comment(visitor: Visitor, place: Place) -> Response:
	return visitor.post(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=place.doctype,
		reference_name=place.name,
		content="A remark",
		comment_email=visitor.user,
		comment_by=visitor.user,
	)


def _attach(visitor: Visitor, place: Place) -> Response:
	return visitor.upload(
		"note.txt",
		b"A note",
		doctype=place.doctype,
		docname=place.name,
		is_private="1",
		folder="Home/Attachments",
	)


def _kept_in(doctype: str, by_doctype: str, by_name: str) -> Callable[[Place], bool]:
	def worked(place: Place) -> bool:
		return bool(frappe.db.exists(doctype, {by_doctype: place.doctype, by_name: place.name}))

	return worked


def _more_files(place: Place) -> bool:
	attached = {
		"attached_to_doctype": place.doctype,
		"attached_to_name": place.name,
		"file_name": ("like", "note%"),
	}
	return bool(frappe.db.exists("File", attached))


# --- changing -----------------------------------------------------------------------------------------


def _save(change: Callable[[dict], None], action: str = "Save") -> Send:
	"""Save the document as the form does, with something changed in it."""

	def send(visitor: Visitor, place: Place) -> Response:
		values = json.loads(place.values)
		change(values)
		return visitor.post("frappe.desk.form.save.savedocs", doc=json.dumps(values), action=action)

	return send


def writing(field: str, value) -> Attempt:
	"""A field of the document is written."""
	return Attempt(
		_save(lambda values: values.update({field: value})),
		worked=lambda place: frappe.db.get_value(place.doctype, place.name, field) == value,
	)


def writing_row(table: str, code: str, **fields) -> Attempt:
	"""Fields of one row are written."""

	def change(values: dict) -> None:
		next(row for row in values[table] if row["code"] == code).update(fields)

	def worked(place: Place) -> bool:
		row = next(row for row in place.doc().get(table) if row.code == code)
		return all(row.get(field) == value for field, value in fields.items())

	return Attempt(_save(change), worked=worked)


def calling(method: str, worked: Callable[[Place], bool], **arguments) -> Attempt:
	"""A button that calls a method of the document."""

	def send(visitor: Visitor, place: Place) -> Response:
		return visitor.post(
			"run_doc_method", dt=place.doctype, dn=place.name, method=method, args=json.dumps(arguments)
		)

	return Attempt(send, worked=worked)


def is_now(field: str, value) -> Callable[[Place], bool]:
	"""Whether the document's field has this value."""

	def worked(place: Place) -> bool:
		now = frappe.db.get_value(place.doctype, place.name, field)
		return (str(now) if isinstance(value, str) else now) == value

	return worked


def creating(doctype: str, values: Callable[[Place], dict], found: Callable[[Place], dict]) -> Attempt:
	"""A new document is saved by the form."""

	def send(visitor: Visitor, place: Place) -> Response:
		doc = {"doctype": doctype, "__islocal": 1, "docstatus": 0, "name": "new-one-1", **values(place)}
		return visitor.post("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save")

	return Attempt(send, worked=lambda place: bool(frappe.db.exists(doctype, found(place))))


def step(doctype: str, action: str) -> Attempt:
	"""A workflow's button."""
	nexts = {
		row.next_state
		for row in frappe.get_doc("Workflow", {"document_type": doctype, "is_active": 1}).transitions
		if row.action == action
	}

	def send(visitor: Visitor, place: Place) -> Response:
		doc = json.dumps({"doctype": place.doctype, "name": place.name})
		return visitor.post("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def worked(place: Place) -> bool:
		return frappe.db.get_value(place.doctype, place.name, "workflow_state") in nexts

	return Attempt(send, worked=worked)


def saving_as(doctype: str, state: str) -> Attempt:
	"""The same step by a plain save, in which the new state is simply written."""
	workflow = frappe.get_doc("Workflow", {"document_type": doctype, "is_active": 1})
	docstatus = next(int(row.doc_status) for row in workflow.states if row.state == state)
	how = _save(lambda values: values.update({"workflow_state": state}), ("Save", "Submit")[docstatus % 2])

	def cancel(visitor: Visitor, place: Place) -> Response:
		return visitor.post(
			"frappe.desk.form.save.cancel",
			doctype=place.doctype,
			name=place.name,
			workflow_state_fieldname="workflow_state",
			workflow_state=state,
		)

	return Attempt(cancel if docstatus == 2 else how, worked=is_now("workflow_state", state))


def _delete(visitor: Visitor, place: Place) -> Response:
	return visitor.post("frappe.client.delete", doctype=place.doctype, name=place.name)


def _is_gone(place: Place) -> bool:
	return not frappe.db.exists(place.doctype, place.name)


def _submit(visitor: Visitor, place: Place) -> Response:
	return _save(lambda values: None, "Submit")(visitor, place)


def _cancel(visitor: Visitor, place: Place) -> Response:
	return visitor.post("frappe.desk.form.save.cancel", doctype=place.doctype, name=place.name)


def _asking(function: str, doctype: str, **values) -> Attempt:
	"""What the score sheet asks of a row: a question, a review, or that somebody works on it."""
	module = frappe.scrub(doctype)
	path = f"par_campaign.par_campaign.doctype.{module}.api.{function}"
	field = "title" if "title" in values else "question"

	def send(visitor: Visitor, place: Place) -> Response:
		codes = {"codes": json.dumps(["1.1.3"])} if function == "share_out" else {"code": "1.1.3"}
		return visitor.post(path, scorecard=place.card, **codes, **values)

	def worked(place: Place) -> bool:
		return bool(frappe.db.exists(doctype, {"scorecard": place.card, field: "What is meant?"}))

	return Attempt(send, worked=worked)


def _value(place: Place, field: str):
	return json.loads(place.values)[field]


def _another_paper(place: Place) -> dict:
	if unit := _value(place, "unit"):
		return {"kind": "Assignment Letter", "unit": unit}
	return {"kind": "Award Budget"}


# --- by name --------------------------------------------------------------------------------------------

EVERYWHERE = {
	"read": Attempt(_read, shown=_is_read),
	"list": Attempt(_list, shown=_names),
	"rows": Attempt(_rows, shown=_has_rows),
	"print": Attempt(_print, shown=_is_printed),
	"export": Attempt(_export, shown=_names),
	"share": Attempt(_share, worked=_kept_in("DocShare", "share_doctype", "share_name")),
	"assign": Attempt(_assign, worked=_kept_in("ToDo", "reference_type", "reference_name")),
	"assign to a stranger": Attempt(
		_assign_to_stranger, worked=_kept_in("ToDo", "reference_type", "reference_name")
	),
	"comment": Attempt(
		_comment,
		worked=lambda place: bool(
			frappe.db.exists(
				"Comment",
				{
					"reference_doctype": place.doctype,
					"reference_name": place.name,
					"comment_type": "Comment",
					"content": ("like", "%A remark%"),
				},
			)
		),
	),
	"attach": Attempt(_attach, worked=_more_files),
	"delete": Attempt(_delete, worked=_is_gone),
	"submit": Attempt(_submit, worked=is_now("docstatus", 1)),
	"cancel": Attempt(_cancel, worked=is_now("docstatus", 2)),
}
OF_CARD = {
	"read appraised scores": Attempt(_read, shown=_holds_secret),
	"write explanation": writing_row("lines", "1.1.3", explanation="Rewritten"),
	"appraise a row of the own areas": writing_row(
		"lines", "1.1.3", appraised_claim="1", appraisal_note="Not shown"
	),
	"appraise a row of other areas": writing_row("lines", "2.1.1", appraised_claim="60"),
	"write remark": writing("remark", "A remark in the ranking"),
	"extend deadline": calling(
		"extend_deadline",
		is_now("extended_deadline", "2100-01-10 17:00:00"),
		until="2100-01-10 17:00:00",
		reason="Flood",
	),
	"extend answer": calling(
		"extend_answer", is_now("return_due", "2100-01-10 17:00:00"), until="2100-01-10 17:00:00"
	),
	"disqualify": calling(
		"disqualify", is_now("disqualified_reason", "Found out today"), reason="Found out today"
	),
	"requalify": calling("requalify", is_now("disqualified", 0)),
	"take out": calling("take_out", is_now("taken_out", 1), reason="Merged by decree"),
	"put back": calling("put_back", is_now("taken_out", 0)),
	"ask a question": _asking("ask", "PAR Query", question="What is meant?"),
	"ask for a review": _asking("request_review", "PAR Query", reason="What is meant?"),
	"share rows out": _asking(
		"share_out", "PAR Task", title="What is meant?", due_date="2099-06-20", person=people.OWN["Unit User"]
	),
	"create a second one": creating(
		CARD,
		lambda place: {"campaign": place.campaign, "unit": UNIT},
		lambda place: {"name": f"{place.name}-1"},
	),
	"propose an award": creating(
		PROPOSAL,
		lambda place: {
			"campaign": place.campaign,
			"scorecard": place.card,
			"award_level": place.level,
		},
		lambda place: {"scorecard": place.card, "docstatus": 0},
	),
	"enter evidence": creating(
		EVIDENCE,
		lambda place: {
			"scorecard": place.card,
			"title": "Another paper",
			"reference": "In the archive",
			"criteria": [{"doctype": "PAR Evidence Criterion", "code": "1.1.1"}],
		},
		lambda place: {"scorecard": place.card, "title": "Another paper"},
	),
}
OF_EVIDENCE = {
	"open file": Attempt(_open_file, shown=_is_file),
	"write title": writing("title", "Another title"),
	"review": writing("status", "Accepted"),
}
OF_PROPOSAL = {
	"write citation": writing("citation", "Worked well"),
	"write votes": Attempt(
		_save(lambda values: values.update({"meeting_date": "2090-12-21"})),
		worked=is_now("meeting_date", "2090-12-21"),
	),
}
OF_CAMPAIGN = {
	"write title": writing("title", "Another title"),
	"write quotas": Attempt(
		_save(lambda values: values["award_quotas"][0].update({"places": 2})),
		worked=lambda place: place.doc().award_quotas[0].places == 2,
	),
	"create": creating(
		"PAR Campaign",
		lambda place: {"title": "A new one", "year": 2089},
		lambda place: {"title": "A new one"},
	),
}
OF_APPRAISAL = {
	"write conclusion": writing("conclusion", "Otherwise"),
	"create": creating(
		"PAR Appraisal",
		lambda place: {"scorecard": place.card, "round": 2},
		lambda place: {"scorecard": place.card, "round": 2},
	),
}
OF_QUERY = {
	"write question": writing("question", "Which one, please?"),
	"answer": writing("answer", "See row 5 of the plan"),
	"write outcome": writing("outcome", "Accepted as explained"),
}
OF_TASK = {"write state": writing("state", "Doing"), "write title": writing("title", "Another title")}
OF_EXTERNAL = {
	"create": creating(
		"PAR External Result",
		lambda place: {
			"campaign": place.campaign,
			"criterion_code": "3.1",
			"source": "SIPAS",
			"document_number": "77/BC",
			"document_date": "2090-12-02",
			"external_values": [{"doctype": "PAR External Value", "unit": UNIT, "value": 70}],
		},
		lambda place: {"document_number": "77/BC"},
	),
	"write source": writing("source", "DDCI"),
}
OF_DOCUMENT = {
	"create another": creating(
		"PAR Document",
		lambda place: {"campaign": place.campaign, **_another_paper(place)},
		lambda place: {"campaign": place.campaign, "kind": _another_paper(place)["kind"]},
	),
	"write purpose": writing("purpose", "To decide on it"),
}
OF_PUBLISHED = {
	"create": creating(
		"PAR Published Result",
		lambda place: {"campaign": _value(place, "campaign"), "version": 9, "digest": "0"},
		lambda place: {"version": 9},
	),
	"write reason": writing("correction_reason", "Otherwise"),
}
OF_REVISION = {
	"create": creating(
		"PAR Set Revision",
		lambda place: {
			field: _value(place, field) for field in ("campaign", "unit_group", "old_set", "new_set")
		}
		| {"reason": "Once more"},
		lambda place: {"reason": "Once more"},
	),
	"write reason": writing("reason", "Otherwise"),
}
OF_NOTICE = {
	"create": creating(
		"PAR Notice",
		lambda place: {"campaign": place.campaign, "kind": "Closed", "recipients": 7},
		lambda place: {"recipients": 7},
	),
	"write recipients": writing("recipients", 5),
}
OF_SET = {
	"create": creating(
		"PAR Criteria Set",
		lambda place: {"title": "Test set of mine", "year": 2090, "unit_group": _value(place, "unit_group")},
		lambda place: {"title": "Test set of mine"},
	),
	"write title": writing("title", "Test set renamed"),
	"write maximum": writing_row("criteria", "4.1", maximum=3),
	"make revision": calling(
		"make_revision",
		lambda place: bool(frappe.db.exists("PAR Criteria Set", {"revision_reason": "A slip"})),
		reason="A slip",
	),
}
OF_UNIT = {
	"create": creating(
		"PAR Unit",
		lambda place: {"unit_code": "TZ", "unit_name": "Z", "unit_group": _value(place, "unit_group")},
		lambda place: {"name": "TZ"},
	),
	"write phone": writing("phone", "0240 123 456"),
}
OF_GROUP = {
	"create": creating(
		"PAR Unit Group", lambda place: {"group_name": "Matrix 2"}, lambda place: {"name": "Matrix 2"}
	),
	"write description": writing("description", "Another text"),
}
OF_LEVEL = {
	"create": creating(
		"PAR Award Level",
		lambda place: {"level_name": "Matrix 2", "precedence": 8},
		lambda place: {"name": "Matrix 2"},
	),
	"write short name": writing("short_name", "M"),
}
OF_SALARY = {
	"create": creating(
		"PAR Base Salary",
		lambda place: {"valid_from": "2098-01-01", "amount": 1, "source": "Test"},
		lambda place: {"name": "2098-01-01"},
	),
	"write source": writing("source", "Another decree"),
}
OF_FINDING = {
	"create": creating(
		"PAR File Finding",
		lambda place: {"kind": "Not the file handed in", "unit": UNIT},
		lambda place: {"kind": "Not the file handed in"},
	),
	"write digest": writing("digest", "0"),
}
OF_DOCTYPE = {
	"PAR File Finding": OF_FINDING,
	"PAR Query": OF_QUERY,
	"PAR Task": OF_TASK,
	"PAR External Result": OF_EXTERNAL,
	"PAR Document": OF_DOCUMENT,
	"PAR Published Result": OF_PUBLISHED,
	"PAR Set Revision": OF_REVISION,
	"PAR Notice": OF_NOTICE,
	"PAR Criteria Set": OF_SET,
	"PAR Unit": OF_UNIT,
	"PAR Unit Group": OF_GROUP,
	"PAR Award Level": OF_LEVEL,
	"PAR Base Salary": OF_SALARY,
	CARD: OF_CARD,
	EVIDENCE: OF_EVIDENCE,
	PROPOSAL: OF_PROPOSAL,
	"PAR Campaign": OF_CAMPAIGN,
	"PAR Appraisal": OF_APPRAISAL,
}
STEP = "step: "
SAVE_AS = "save as "


@cache
def attempt(doctype: str, action: str) -> Attempt:
	"""The attempt an action of a table stands for; raises where there is none."""
	if action.startswith(STEP):
		return step(doctype, action.removeprefix(STEP))
	if action.startswith(SAVE_AS):
		return saving_as(doctype, action.removeprefix(SAVE_AS))
	return OF_DOCTYPE.get(doctype, {}).get(action) or EVERYWHERE[action]
