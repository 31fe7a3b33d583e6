import frappe
from frappe import _

from par_campaign.par_campaign.doctype.par_task.follow import follow as follow_in_plan
from par_campaign.par_campaign.doctype.par_unit_scorecard import (
	completeness,
	departure,
	freeze,
	numbers,
	rows,
	transitions,
)
from par_campaign.par_campaign.workflow.guard import GuardedWorkflow
from par_campaign.permissions import appraisers, deadlines, roles, secrecy
from par_campaign.results import store
from par_campaign.saying import bold, say
from par_campaign.states import ScorecardState


class PARUnitScorecard(GuardedWorkflow):
	"""A unit's scorecard in a campaign. Its name is campaign and unit, so there is never a second one."""

	first_state = ScorecardState.DRAFT
	disqualified_reason: str | None

	def before_insert(self):
		rows.start_scorecard(self)

	def validate(self):
		if (
			self.flags.set_revision
		):  # par_set_revision/scorecards.py has put the rows right; nothing else changes
			return self.recompute()
		freeze.keep_system_fields(self)
		freeze.guard_rows(self)
		freeze.guard_unit_part(self)
		freeze.guard_appraisal_part(self)
		freeze.guard_management_part(self)
		if self.state_before == ScorecardState.RETURNED:
			rows.mark_answers(self)
		rows.stamp_appraisers(self)
		self.recompute()
		self.guard_state()
		if self.state_changes:
			self.recompute()  # a step may fill rows in: days late, the first appraised claims

	def recompute(self):
		if freeze.is_published(self):
			numbers.keep(self)
		else:
			numbers.recompute(self)

	def check_transition(self, old: str, new: str) -> None:
		transitions.check(self, old, new)

	def on_update(self):
		if self.state_changes:
			transitions.follow_up(self, self.state_before, self.workflow_state)
		follow_in_plan(self, self.state_before)

	def on_trash(self):
		freeze.require_unpublished(self)
		if self.workflow_state != ScorecardState.DRAFT or any(line.self_claim for line in self.lines):
			frappe.throw(
				say(
					_("The scorecard of {0} has been filled in, so it cannot be deleted."),
					bold(self.unit_name),
				)
			)

	def apply_fieldlevel_read_permissions(self):
		"""Let a unit read the appraised part from when its campaign says so (it stands on level 1)."""
		if secrecy.is_hidden(self):
			super().apply_fieldlevel_read_permissions()

	def as_dict(self, *args, **kwargs):
		values = super().as_dict(*args, **kwargs)
		return secrecy.strip(self, values) if secrecy.is_hidden(self) else values

	def before_print(self, settings=None):
		"""A print format may name any field, and Frappe prints what it names."""
		if secrecy.is_hidden(self):
			secrecy.empty(self)

	def save_version(self):
		if self.get_doc_before_save() and not self.flags.ignore_version:
			secrecy.save_history(self)

	def auto_codes(self) -> set[str]:
		"""Rows whose claim the system states itself."""
		leaves = store.criteria_set(self.criteria_set).leaves()
		return {leaf.code for leaf in leaves if leaf.auto}

	def onload(self):
		self.set_onload("deadline", deadlines.hand_in_deadline(self))
		self.set_onload("hand_in_closed", deadlines.is_closed_now(self))
		self.set_onload("can_appraise", appraisers.may_appraise(self))
		self.set_onload("own_unit", roles.belongs_to(self.unit))
		self.set_onload("appraisal_visible", not secrecy.is_hidden(self))

	@frappe.whitelist(methods=["POST"])
	def extend_deadline(self, until: str, reason: str) -> None:
		"""Give this unit, and no other, a later hand-in time with the reason for it."""
		self.check_permission("write")
		self.extended_deadline = until
		self.extension_reason = reason
		self.save()

	@frappe.whitelist(methods=["POST"])
	def extend_answer(self, until: str) -> None:
		"""Give the unit until then to answer a returned scorecard; opens it again where it had closed."""
		self.check_permission("write")
		if self.workflow_state != ScorecardState.RETURNED:
			frappe.throw(_("The scorecard is not returned to the unit, so there is no answer to wait for."))
		self.return_due = until
		self.save()

	@frappe.whitelist(methods=["POST"])
	def take_out(self, reason: str, successor: str | None = None) -> None:
		"""Take a dissolved or merged unit out of the campaign; its scorecard stays on record."""
		self.check_permission("write")
		departure.take_out(self, reason, successor)

	@frappe.whitelist(methods=["POST"])
	def put_back(self) -> None:
		"""Undo `take_out`: the unit goes on where it stood."""
		self.check_permission("write")
		departure.put_back(self)

	@frappe.whitelist()
	def gaps(self) -> list[dict]:
		"""What keeps the unit from handing in, row by row: code, field and what to do."""
		# by name: the document may be what the client sent, with somebody else's name on it
		frappe.has_permission(self.doctype, doc=self.name, throw=True)
		return completeness.hand_in_gaps(self) + completeness.answer_gaps(self)

	@frappe.whitelist(methods=["POST"])
	def disqualify(self, reason: str) -> None:
		"""Take the unit out of the running: it keeps its index but gets no rank and no award."""
		self.check_permission("write")
		self.disqualified = 1
		self.disqualified_reason = reason
		self.save()

	@frappe.whitelist(methods=["POST"])
	def requalify(self) -> None:
		"""Put the unit back in the running."""
		self.check_permission("write")
		self.disqualified = 0
		self.disqualified_reason = None
		self.save()
