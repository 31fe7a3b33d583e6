import frappe
from frappe import _
from frappe.utils import format_date, getdate, now_datetime, nowdate

from par_campaign.datetime_text import datetime_text
from par_campaign.par_campaign.doctype.par_task import assignment, plan
from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import deadlines, roles
from par_campaign.saying import bold, lines, link, say
from par_campaign.states import TaskState

# Who may change what: the unit's head all of it, a division's head whom it is passed on to besides,
# the person what comes of it.
WORK_FIELDS = ("state", "notes")
PLAN_FIELDS = ("title", "division", "due_date")
SYSTEM_FIELDS = ("scorecard", "campaign", "unit", "progress", "done_on", "reminded_for", "late_told_for")


class PARTask(OurDocument):
	"""Rows of a unit's scorecard, given to a division or a person of the unit until a day."""

	state: str | None
	person: str | None

	def validate(self):
		self.keep_system_fields()
		self.card = frappe.get_doc("PAR Unit Scorecard", self.scorecard)
		self.campaign, self.unit = self.card.campaign, self.card.unit
		self.guard_changes()
		self.set_rows()
		self.set_division()
		self.set_person()
		self.check_due_date()
		self.set_state()

	def on_update(self):
		assignment.follow(self)

	def on_trash(self):
		card = frappe.get_doc("PAR Unit Scorecard", self.scorecard)
		self.require_head(_("delete it"))
		plan.require_open(card)

	# --- who may do what ----------------------------------------------------------------------

	def keep_system_fields(self):
		"""Take back what only the app itself sets: `read_only` binds the form, not a request."""
		before = self.get_doc_before_save()
		for field in SYSTEM_FIELDS:
			if before:
				self.set(field, before.get(field))
			elif field != "scorecard":
				self.set(field, None)

	def guard_changes(self):
		plan.require_open(self.card)
		before = self.get_doc_before_save()
		if not before:
			return self.require_head(_("share rows out"))
		if self.differs(before, PLAN_FIELDS) or _codes(self) != _codes(before):
			self.require_head(_("change what it says"))
		if self.differs(before, ("person",)) and not self.is_led_by(before):
			self.require_head(_("give it to somebody else"))
		at_work = (before.person, self.person)
		if (
			self.differs(before, WORK_FIELDS)
			and frappe.session.user not in at_work
			and not self.is_led_by(before)
		):
			self.require_head(_("say how far it is"))

	def differs(self, before, fields: tuple[str, ...]) -> bool:
		return any(str(self.get(field) or "") != str(before.get(field) or "") for field in fields)

	def is_led_by(self, before) -> bool:
		"""Whether the user heads the division that has the task: they may pass it on."""
		return frappe.session.user == plan.division_head(before.unit, before.division)

	def require_head(self, action: str):
		if not roles.is_head(self.unit):
			frappe.throw(
				say(_("Task {0}: only the head of the unit can {1}."), bold(self.title), action),
				frappe.PermissionError,
			)

	# --- what it says ---------------------------------------------------------------------------

	def set_rows(self):
		"""Rows are those the unit fills in itself, each in one open task only."""
		titles, seen = plan.rows_to_fill(self.card), set()
		taken = plan.taken(self.scorecard, self.name) if self.state != TaskState.DONE else {}
		self.lacking = plan.lacking(self.card)
		for row in self.rows:
			row.code = (row.code or "").strip().rstrip(".")
			if row.code not in titles:
				self.refuse_row(row, say(_("{0} is not a row this unit fills in."), bold(row.code)))
			if row.code in seen:
				self.refuse_row(row, say(_("{0} stands twice. Remove one."), bold(row.code)))
			if row.code in taken:
				self.refuse_row(
					row,
					say(
						_("{0} is already in open task {1}. Finish or change that one."),
						bold(row.code),
						link("PAR Task", taken[row.code]),
					),
				)
			seen.add(row.code)
			row.title, row.gap = titles[row.code], self.lacking.get(row.code)
		self.progress = progress_of(self.rows)

	def refuse_row(self, row, message: str):
		frappe.throw(say(_("Rows, row {0}: {1}"), row.idx, message))

	def set_division(self):
		names = [row.division_name for row in frappe.get_cached_doc("PAR Unit", self.unit).divisions]
		if self.division and self.division not in names:
			frappe.throw(
				say(
					_("Division {0} is not one of the unit's: {1}."),
					bold(self.division),
					", ".join(names) or _("(none)"),
				)
			)

	def set_person(self):
		self.person = self.person or plan.division_head(self.unit, self.division)
		if not self.person:
			frappe.throw(_("Person is missing. Choose somebody of the unit, or a division that has a head."))
		before = self.get_doc_before_save()
		if before and before.person == self.person:
			return  # who has left the unit since is for its head to replace, not a fault of this save
		if self.person not in plan.people_of(self.unit):
			frappe.throw(
				say(
					_("Person {0} does not work on the scorecard of {1}. Choose somebody of the unit."),
					bold(self.person),
					bold(self.card.unit_name),
				)
			)

	def check_due_date(self):
		before = self.get_doc_before_save()
		if before and getdate(before.due_date) == getdate(self.due_date):
			return
		if getdate(self.due_date) < getdate(nowdate()):
			frappe.throw(
				say(_("Due: {0} has passed already. Choose a later day."), format_date(self.due_date))
			)
		deadline = deadlines.due_of(self.card, deadlines.hand_in_deadline(self.card))
		if deadline and deadline >= now_datetime() and getdate(self.due_date) > deadline.date():
			frappe.throw(
				say(
					_("Due: {0} is after the unit hands in ({1}). Choose an earlier day."),
					format_date(self.due_date),
					datetime_text(deadline),
				)
			)

	def set_state(self):
		"""Late by the calendar, done only with nothing missing that hand-in wants."""
		before = self.get_doc_before_save()
		was = before.state if before else TaskState.OPEN
		if self.state == TaskState.DONE:
			if was != TaskState.DONE:
				self.require_complete()
				self.done_on = now_datetime()
			return
		self.done_on = None
		self.state = state_by_day(self.state, was, self.due_date)

	def require_complete(self):
		missing = plan.gaps(self.card)
		texts = [
			say("{0} {1}: {2}", bold(row.code), row.title, missing[row.code])
			for row in self.rows
			if row.code in missing
		]
		if texts:
			frappe.throw(lines(texts), title=_("Not Done Yet"))


def _codes(task) -> list[str]:
	return sorted((row.code or "").strip().rstrip(".") for row in task.rows)


def state_by_day(state: str | None, was: str, due_date) -> str:
	"""The state an unfinished task has on this day: Late past its due date, else Open or Doing."""
	if getdate(due_date) < getdate(nowdate()):
		return TaskState.LATE
	if state in (TaskState.OPEN, TaskState.DOING):
		return state
	return TaskState.DOING if was in (TaskState.DOING, TaskState.LATE, TaskState.DONE) else TaskState.OPEN


def progress_of(rows) -> float:
	"""Percent of the rows with nothing missing."""
	return 100 * sum(not row.gap for row in rows) / len(rows) if rows else 0
