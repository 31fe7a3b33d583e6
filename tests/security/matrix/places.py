"""The documents that are asked about: one of the unit in every state, made by the app's own steps.

What a step demands besides the right person (scores, a reason, a decision's number) is there already, so that
nothing but the person decides whether it works.
"""

from typing import NamedTuple

import frappe
import site_factories as f
from frappe.utils import add_days, now_datetime

from matrix import people

CARD, CAMPAIGN, EVIDENCE = "PAR Unit Scorecard", "PAR Campaign", "PAR Evidence Item"
APPRAISAL, PROPOSAL = "PAR Appraisal", "PAR Award Proposal"
# alone in its group, so that a campaign over the group has one scorecard
UNIT, GROUP = "TD", f.DISTRICTS
YEAR = 2090
# the scorecards whose evidence is asked about, by their titles
EVIDENCE_OF = ("Draft", "Submitted", "Under Appraisal", "Returned", "Appraised", "Taken out", "Published")
AREAS = "1"  # what the council gives its appraisers
SECRET = "Known to the appraisers alone"
LATER, AT_ONCE = "When results are published", "When appraised"
COUNCIL = (
	{"user": f.LEAD, "member_name": "Lead", "position": "Chair"},
	{"user": f.APPRAISER, "member_name": "Appraiser", "areas": AREAS},
	{"user": people.OWN["Appraiser"], "member_name": "Appraiser of the unit", "areas": AREAS},
	{"user": people.OWN["Appraisal Lead"], "member_name": "Lead of the unit"},
)


def window() -> dict:
	"""Values of a campaign that takes requests for a review now."""
	now = now_datetime()
	return {"review_from": add_days(now, -1), "review_until": add_days(now, 1)}


class Place(NamedTuple):
	"""A document, and the scorecard and campaign it belongs to."""

	doctype: str
	name: str
	card: str = ""
	campaign: str = ""
	file: str = ""
	values: str = ""  # all of it as JSON, as a form would send it
	table: str = ""  # its first child table
	level: str = ""  # the award there is in its campaign

	def complete(self, level: str) -> "Place":
		"""With all that a request needs, so that it can be made where there is no connection."""
		tables = frappe.get_meta(self.doctype).get_table_fields()
		return self._replace(
			values=self.doc().as_json(), table=tables[0].options if tables else "", level=level
		)

	def doc(self):
		return frappe.get_doc(self.doctype, self.name)


Places = dict[str, dict[str, Place]]  # by doctype and state


class Maker:
	"""Makes all places; everything is of campaigns, which the tests on a site take away again."""

	def __init__(self):
		self.set = f.make_criteria_set(GROUP, year=YEAR)
		self.level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=1)[0]
		self.places: Places = {}

	def put(self, doctype: str, state: str, name: str, card=None, file: str = "") -> None:
		campaign = card.campaign if card else name
		self.places.setdefault(doctype, {})[state] = Place(
			doctype, name, card.name if card else "", campaign, file
		)

	def campaign(self, title: str, stage: str = "Appraising", **values):
		"""A campaign over the unit's group in a stage up to appraisal."""
		doc = frappe.get_doc(
			doctype=CAMPAIGN,
			title=f"Matrix: {title}",
			year=YEAR,
			plan_number="55/KH-CCHC",
			plan_date="2090-02-24",
			self_scoring_deadline="2099-12-31 17:00:00",
			units_see_appraisal=LATER,
			groups=[{"unit_group": GROUP, "criteria_set": self.set.name}],
			bands=[{"label": "Good", "minimum": 0}],
			council=COUNCIL,
			award_quotas=[{"award_level": self.level, "unit_group": GROUP, "places": 1}],
		)
		doc.update(values)
		doc.insert()
		if stage != "Draft":
			f.launch(doc)
		if stage == "Appraising":
			f.begin_appraisal(doc)
		return doc

	# --- scorecards ------------------------------------------------------------------------------

	def card(self, title: str, state: str, stage: str = "Appraising", **values):
		"""The unit's scorecard in a state up to the end of its appraisal, with evidence."""
		campaign = self.campaign(title, stage, **values)
		with f.as_user(people.OWN["Unit User"]):
			card = f.fill(f.card_of(campaign, UNIT))
			card.save()
			self.evidence(title, card)
		if state == "Draft":
			return card.reload()
		f.hand_in(campaign, UNIT)
		if state == "Submitted":
			return card.reload()
		f.step(card, f.LEAD, "Under Appraisal")
		with f.as_user(f.LEAD):
			for row in card.lines:
				if row.rule != "External" and row.code != "5.1":
					row.appraised_claim, row.appraisal_note = row.self_claim, SECRET
			card.return_note = "Explain row 1.1.2"
			card.save()
		return card if state == "Under Appraisal" else f.step(card, f.LEAD, state)

	def evidence(self, title: str, card) -> None:
		"""One document with a file, which shows a row of the first area."""
		file = frappe.get_doc(
			doctype="File",
			file_name=f"{frappe.scrub(title)}.txt",
			content=f"Evidence of {title}",
			is_private=1,
		).insert()
		item = frappe.get_doc(
			doctype=EVIDENCE,
			scorecard=card.name,
			title="Plan",
			file=file.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()
		if title in EVIDENCE_OF:
			self.put(EVIDENCE, title, item.name, card, item.file)

	def scorecards(self) -> None:
		for state, stage in (
			("Draft", "Launched"),
			("Submitted", "Appraising"),
			("Under Appraisal", "Appraising"),
			("Returned", "Appraising"),
			("Appraised", "Appraising"),
		):
			card = self.card(state, state, stage)
			self.put(CARD, state, card.name, card)
		self.put(APPRAISAL, "Not shown", f"{card.name}-R1", card)
		card = self.card("Appraised and shown", "Appraised", units_see_appraisal=AT_ONCE, **window())
		self.put(CARD, "Appraised and shown", card.name, card)
		self.put(APPRAISAL, "Shown", f"{card.name}-R1", card)
		card = self.card("Disqualified", "Under Appraisal")
		with f.as_user(f.LEAD):
			card.disqualify("False evidence")
		self.put(CARD, "Disqualified", card.name, card)
		card = self.card("Taken out", "Draft", "Launched")
		with f.as_user(f.LEAD):
			card.take_out("Merged")
		self.put(CARD, "Taken out", card.name, card)

	# --- campaigns and awards ----------------------------------------------------------------------

	def campaigns(self) -> None:
		for stage in ("Draft", "Launched"):
			self.put(CAMPAIGN, stage, self.campaign(f"Campaign {stage}", stage).name)
		card = self.card("Ready", "Appraised")
		self.put(CAMPAIGN, "Appraising", card.campaign)
		card = self.published("Published")
		self.put(CARD, "Appraised and published", card.name, card)
		self.put(CAMPAIGN, "Results Published", card.campaign)
		self.put(APPRAISAL, "Published", f"{card.name}-R1", card)
		# the reason is there, so that a correction is refused for nothing but the person
		frappe.db.set_value(CAMPAIGN, card.campaign, "correction_reason", "A sum was wrong")
		card = self.published("Closed")
		f.step(frappe.get_doc(CAMPAIGN, card.campaign), f.MANAGER, "Closed")
		self.put(CAMPAIGN, "Closed", card.campaign)
		self.put(CARD, "Not Awarded", card.name, card)

	def published(self, title: str):
		"""The unit's scorecard; its results are published."""
		card = self.card(title, "Appraised")
		f.step(frappe.get_doc(CAMPAIGN, card.campaign), f.MANAGER, "Results Published")
		return card.reload()

	def proposals(self) -> None:
		for state in ("Draft", "Council", "Submitted to Chairman", "Awarded", "Rejected", "Revoked"):
			card = self.published(f"Proposal {state}")
			proposal = self.proposal(card, state)
			self.put(PROPOSAL, state, proposal.name, card)
			if state in ("Draft", "Awarded"):
				self.put(CARD, {"Draft": "Proposed"}.get(state, state), card.name, card)

	def proposal(self, card, state: str):
		"""An award proposal for the unit, taken through its steps to a state."""
		with f.as_user(f.SECRETARY):
			doc = frappe.get_doc(
				doctype=PROPOSAL, campaign=card.campaign, scorecard=card.name, award_level=self.level
			).insert()
			if state != "Draft":
				f.step(doc, f.SECRETARY, "Council")
				doc.fill_council()
				for row in doc.votes:
					row.vote = row.vote or "For"
				doc.meeting_date = "2090-12-20"
				doc.save()
		# whatever a later step asks for is entered
		doc.db_set(
			{
				"decision_number": "01/QĐ-UBND",
				"decision_date": "2091-01-05",
				"signatory": "Chair",
				"rejection_reason": "Not enough",
				"revocation_reason": "False evidence",
			}
		)
		if state in ("Draft", "Council"):
			return doc
		f.step(doc, f.SECRETARY, "Submitted to Chairman")
		for step, user in self.decisions(state):
			with f.as_user(user):
				frappe.model.workflow.apply_workflow(doc.reload(), step)
		return doc

	def finished(self) -> Places:
		"""The places, each with what its form would send."""
		return {
			doctype: {state: place.complete(self.level) for state, place in states.items()}
			for doctype, states in self.places.items()
		}

	@staticmethod
	def decisions(state: str) -> list[tuple[str, str]]:
		steps = {"Awarded": ["Award"], "Rejected": ["Reject"], "Revoked": ["Award", "Revoke Award"]}
		return [(step, f.CHAIRMAN) for step in steps.get(state, [])]
