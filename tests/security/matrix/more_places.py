"""The other documents: what hangs on a scorecard or a campaign, and the province's master data."""

import frappe
import site_factories as f

from matrix import people
from matrix.places import AT_ONCE, CAMPAIGN, CARD, EVIDENCE, GROUP, UNIT, Maker, window
from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.par_campaign.doctype.par_set_revision.apply import put_into_force
from par_campaign.par_campaign.doctype.par_task import api as tasks

QUERY, TASK, EXTERNAL, DOCUMENT = "PAR Query", "PAR Task", "PAR External Result", "PAR Document"
FINDING, REFUSAL = "PAR File Finding", "PAR Gate Refusal"
PUBLISHED, REVISION, NOTICE = "PAR Published Result", "PAR Set Revision", "PAR Notice"
SET, GROUPS, LEVEL, SALARY = "PAR Criteria Set", "PAR Unit Group", "PAR Award Level", "PAR Base Salary"
OWN_NAMES = {GROUPS: "Matrix group", LEVEL: "Matrix level", SALARY: "2099-01-01"}


class MoreMaker(Maker):
	def queries(self) -> None:
		card = self.card("Asked", "Under Appraisal")
		self.put(QUERY, "Not sent", self.question(card, "1.1.3"), card)
		card = self.card("Returned with questions", "Under Appraisal")
		self.put(QUERY, "Sent", self.question(card, "1.1.3"), card)
		self.put(QUERY, "Answered", self.question(card, "1.1.1"), card)
		f.step(card, f.LEAD, "Returned")
		with f.as_user(people.OWN["Unit User"]):
			queries.answer(self.places[QUERY]["Answered"].name, "See the plan")
		card = self.card("Reviewed", "Appraised", units_see_appraisal=AT_ONCE, **window())
		self.put(QUERY, "Review asked", self.review(card, "1.1.3"), card)
		self.put(QUERY, "Review decided", self.review(card, "1.1.1"), card)
		with f.as_user(f.LEAD):
			queries.decide(self.places[QUERY]["Review decided"].name, "It stands")

	@staticmethod
	def question(card, code: str) -> str:
		with f.as_user(f.APPRAISER):
			return queries.ask(card.name, code, "Which decision is it?")

	@staticmethod
	def review(card, code: str) -> str:
		with f.as_user(people.OWN["Unit Head"]):
			return queries.request_review(card.name, code, "It was in time")

	def tasks(self) -> None:
		for state, of_card in (("Open", "Draft"), ("At rest", "Submitted")):
			card = self.card(f"Task {state}", "Draft", "Launched")
			with f.as_user(people.OWN["Unit Head"]):
				name = tasks.share_out(
					card.name, ["1.1.3"], "Lead", "2099-06-20", person=people.OWN["Unit User"]
				)
			self.put(TASK, state, name, card)
			if of_card == "Submitted":
				f.step(card, people.OWN["Unit Head"], of_card)

	def external(self) -> None:
		for state in ("Draft", "Entered"):
			card = self.card(f"External {state}", "Submitted")
			doc = frappe.get_doc(
				doctype=EXTERNAL,
				campaign=card.campaign,
				criterion_code="3.1",
				source="SIPAS",
				document_number="9/BC",
				document_date="2090-12-01",
				external_values=[{"unit": UNIT, "value": 80}],
			).insert()
			if state == "Entered":
				doc.submit()
			self.put(EXTERNAL, state, doc.name, card)

	def papers(self) -> None:
		card = self.card("Papers", "Submitted")
		kinds = {
			"Of the unit": ("Summary of Achievements", UNIT),
			"Of the campaign": ("Council Minutes", None),
		}
		for state, (kind, unit) in kinds.items():
			doc = frappe.get_doc(doctype=DOCUMENT, campaign=card.campaign, kind=kind, unit=unit).insert()
			self.put(DOCUMENT, state, doc.name, card)
		notice = frappe.get_doc(
			doctype=NOTICE,
			campaign=card.campaign,
			scorecard=card.name,
			unit=UNIT,
			kind="Reminder",
			recipients=1,
		).insert()
		self.put(NOTICE, "Sent", notice.name, card)

	def finding(self) -> None:
		evidence = self.places[EVIDENCE]["Submitted"]
		doc = frappe.get_doc(
			doctype=FINDING,
			kind="Missing or changed",
			campaign=evidence.campaign,
			unit=UNIT,
			evidence=evidence.name,
		).insert()
		self.put(FINDING, "Open", doc.name, frappe.get_doc(CARD, evidence.card))

	def refusal(self) -> None:
		doc = frappe.get_doc(doctype=REFUSAL, kind="Page", asked_name="matrix", times=1).insert()
		self.put(REFUSAL, "Noted", doc.name)

	def results(self) -> None:
		name = self.places[CAMPAIGN]["Results Published"].name
		self.put(PUBLISHED, "In force", frappe.db.get_value(CAMPAIGN, name, "published_result"))
		card = self.card("Revised", "Draft", "Launched")
		revised = frappe.get_doc(SET, frappe.get_doc(SET, self.set.name).make_revision("A wrong rule"))
		next(
			row for row in revised.criteria if row.code == "4.1"
		).per_occurrence = 2  # so that a score changes
		revised.save()
		self.put(REVISION, "In force", put_into_force(card.campaign, revised.name, "A wrong rule"), card)

	def master_data(self) -> None:
		self.put(SET, "Open", f.make_criteria_set(GROUP, year=2091).name)
		self.put(SET, "Locked", self.set.name)
		self.put("PAR Unit", "In use", UNIT)
		for doctype, name in OWN_NAMES.items():
			self.put(doctype, "Not in use", name)
		frappe.get_doc(
			doctype=GROUPS, group_name=OWN_NAMES[GROUPS], clusters=[{"cluster_name": "One"}]
		).insert()
		rates = [{"valid_from": "2090-01-01", "coefficient": 1}]
		frappe.get_doc(doctype=LEVEL, level_name=OWN_NAMES[LEVEL], precedence=9, rates=rates).insert()
		frappe.get_doc(doctype=SALARY, valid_from=OWN_NAMES[SALARY], amount=3000000, source="Test").insert()
		divisions = [{"division_name": "Office"}]
		frappe.get_doc("PAR Unit", UNIT).update({"divisions": divisions}).save()


def remove() -> None:
	"""What belongs to no campaign, and so is not taken away with one."""
	for doctype, name in OWN_NAMES.items():
		frappe.delete_doc_if_exists(doctype, name, force=True)
	sets = frappe.get_all(SET, {"title": ("like", "Test set%")}, pluck="name", order_by="name")
	frappe.db.delete("PAR Criterion", {"parent": ("in", sets)})
	frappe.db.delete(SET, {"name": ("in", sets)})
	frappe.db.delete(REFUSAL)
	frappe.db.delete("PAR Unit Division", {"parent": UNIT})
	frappe.clear_document_cache("PAR Unit", UNIT)
	frappe.db.commit()


def make() -> dict:
	"""Make and commit everything that the tables ask about."""
	remove()
	maker = MoreMaker()
	for part in (
		"scorecards",
		"campaigns",
		"proposals",
		"queries",
		"tasks",
		"external",
		"papers",
		"finding",
		"refusal",
		"results",
	):
		getattr(maker, part)()
	maker.master_data()
	frappe.db.commit()
	return maker.finished()
