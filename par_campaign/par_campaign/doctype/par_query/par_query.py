import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from par_campaign.datetime_text import datetime_text
from par_campaign.notices import steps
from par_campaign.par_campaign.doctype.par_query.ledger import QUESTIONS, REVIEW
from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze
from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import appraisers, deadlines, roles, secrecy
from par_campaign.saying import bold, say
from par_campaign.states import BEING_APPRAISED, QueryState, ScorecardState

SYSTEM_FIELDS = (
	"campaign", "unit", "title", "round", "state", "asked_by", "asked_on", "sent_on", "answered_by",
	"answered_on", "closed_by", "closed_on",
)  # fmt: skip


class PARQuery(OurDocument):
	"""One question of the appraisers on a row, or one request of the unit to review it."""

	code: str

	@property
	def card(self):
		if not self.flags.card:
			self.flags.card = frappe.get_doc("PAR Unit Scorecard", self.scorecard)
		return self.flags.card

	def before_insert(self):
		for field in (*SYSTEM_FIELDS, "answer", "outcome"):
			self.set(field, None)
		self.campaign, self.unit, self.round = self.card.campaign, self.card.unit, self.card.round
		self.set_row()
		if self.kind == REVIEW:
			self.check_review_request()
		else:
			self.check_question()
			if self.card.workflow_state == ScorecardState.RETURNED:
				self.sent_on = now_datetime()
		self.state = QueryState.OPEN
		self.asked_by, self.asked_on = frappe.session.user, now_datetime()

	def validate(self):
		if not (self.question or "").strip():
			frappe.throw(say(_("Question or Reason is missing. Say what is asked about row {0}."), self.code))
		before = self.get_doc_before_save()
		if not before:
			return
		for field in SYSTEM_FIELDS:
			self.set(field, before.get(field))
		if self.has_value_changed("question") or self.has_value_changed("due"):
			self.guard_question()
		if self.has_value_changed("answer"):
			self.set_answer()
		if self.has_value_changed("outcome"):
			self.set_outcome()

	def after_insert(self):
		steps.on_query(self)

	def on_update(self):
		if self.get_doc_before_save() and self.has_value_changed("state") and self.state == QueryState.CLOSED:
			steps.on_query(self)

	def on_trash(self):
		if self.kind == REVIEW:
			roles.require_head(self.unit, self.card.unit_name)
			if self.card.workflow_state != ScorecardState.APPRAISED or self.state != QueryState.OPEN:
				frappe.throw(_("The request is being dealt with, so it can no longer be taken back."))
			return
		appraisers.require_appraiser(self.card)
		if self.sent_on:
			frappe.throw(_("The question has been sent to the unit, so it stays on record."))

	# --- asking -------------------------------------------------------------------------------

	def set_row(self):
		self.code = (self.code or "").strip().rstrip(".")
		line = next((line for line in self.card.lines if line.code == self.code), None)
		if not line:
			frappe.throw(say(_("No.: {0} is not a scored row of this scorecard."), bold(self.code)))
		self.title = line.title

	def check_question(self):
		appraisers.require_appraiser(self.card)
		if not appraisers.appraises_row(self.card, self.code):
			frappe.throw(
				say(_("Row {0}: this is not among the areas the council gave you."), bold(self.code)),
				frappe.PermissionError,
			)
		if self.card.workflow_state not in BEING_APPRAISED:
			frappe.throw(_("Questions are asked while the scorecard is under appraisal."))
		if self.due and get_datetime(self.due) <= now_datetime():
			frappe.throw(_("Answer by: this time has passed already. Give the unit time to answer."))

	def check_review_request(self):
		"""The unit asks, in the campaign's window, about scores it may see."""
		roles.require_head(self.unit, self.card.unit_name)
		self.due = None
		if self.card.workflow_state != ScorecardState.APPRAISED or not secrecy.may_see_appraisal(
			self.campaign, self.scorecard
		):
			frappe.throw(_("A review is asked for once the scorecard is appraised and its scores are shown."))
		campaign = frappe.db.get_value(
			"PAR Campaign", self.campaign, ["review_from", "review_until"], as_dict=True
		)
		_require_window(campaign)
		if frappe.db.exists(
			"PAR Query",
			{"scorecard": self.scorecard, "code": self.code, "kind": REVIEW, "state": QueryState.OPEN},
		):
			frappe.throw(say(_("Row {0}: a review has been asked for already."), bold(self.code)))

	def require_unit(self, action: str):
		if not roles.works_for(self.card.unit):
			frappe.throw(
				say(_("Only {0} itself can {1}."), bold(self.card.unit_name), action),
				frappe.PermissionError,
			)

	def guard_question(self):
		if self.kind == REVIEW:
			frappe.throw(_("A request stays as it was made. Take it back and make another."))
		self.check_question()
		if self.state != QueryState.OPEN or (self.sent_on and self.has_value_changed("question")):
			frappe.throw(_("The question has been sent to the unit. Ask another one."))

	# --- answering ------------------------------------------------------------------------------

	def set_answer(self):
		if self.kind not in QUESTIONS:
			frappe.throw(_("A review request is answered by its outcome."))
		self.require_unit(_("answer the question"))
		if (
			self.card.workflow_state != ScorecardState.RETURNED
			or not self.sent_on
			or self.state == QueryState.CLOSED
		):
			frappe.throw(_("Questions are answered while the scorecard is returned to the unit."))
		deadlines.require_answer_open(self.card)
		answered = bool((self.answer or "").strip())
		self.state = QueryState.ANSWERED if answered else QueryState.OPEN
		self.answered_by = frappe.session.user if answered else None
		self.answered_on = now_datetime() if answered else None

	def set_outcome(self):
		appraisers.require_appraiser(self.card)
		if not appraisers.appraises_row(self.card, self.code):
			frappe.throw(
				say(_("Row {0}: this is not among the areas the council gave you."), bold(self.code)),
				frappe.PermissionError,
			)
		states = [ScorecardState.UNDER_APPRAISAL]
		if self.kind == REVIEW:
			states.append(ScorecardState.APPRAISED)
		if self.card.workflow_state not in states or (freeze.is_published(self.card) and self.kind != REVIEW):
			frappe.throw(_("The outcome is written down while the scorecard is with the appraisers."))
		if not (self.outcome or "").strip():
			frappe.throw(_("Outcome is missing. Say what the appraisers made of it."))
		self.state = QueryState.CLOSED
		self.closed_by, self.closed_on = frappe.session.user, now_datetime()


def _require_window(campaign) -> None:
	now = now_datetime()
	start = get_datetime(campaign.review_from) if campaign.review_from else None
	end = get_datetime(campaign.review_until) if campaign.review_until else None
	if not start and not end:
		frappe.throw(_("This campaign has no time in which a review can be asked for."))
	if start and now < start:
		frappe.throw(say(_("A review can be asked for from {0} on."), datetime_text(start)))
	if end and now > end:
		frappe.throw(say(_("The time to ask for a review ended on {0}."), datetime_text(end)))
