"""State changes are checked on every way in, not only by the workflow buttons.

Frappe checks self-approval in `apply_workflow` alone; a plain save, REST, Data Import or bulk edit
with a new state passes by it. `GuardedWorkflow` puts the checks in the controller, where every way
leads. Roles and allowed transitions stay with Frappe's workflow, which administrators may edit.
"""

import frappe
from frappe import _
from frappe.model.workflow import get_workflow_name

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.saying import say


class GuardedWorkflow(OurDocument):
	"""Base of the documents that run a workflow on `workflow_state`."""

	workflow_state: str
	first_state: str
	submitted_states: tuple[str, ...] = ()
	cancelled_states: tuple[str, ...] = ()

	@property
	def state_before(self) -> str:
		"""The state that stands in the database; the first state for a new document."""
		before = self.get_doc_before_save()
		return (before.workflow_state if before else None) or self.first_state

	@property
	def state_changes(self) -> bool:
		"""Whether this save moves the document to another state."""
		return self.state_before != (self.workflow_state or self.first_state)

	def guard_state(self) -> None:
		"""Check a change of state; call it in `validate` and `before_cancel`."""
		self.workflow_state = self.workflow_state or self.first_state
		if not self.state_changes:
			return
		if not get_workflow_name(self.doctype):
			frappe.throw(
				say(
					_(
						"The workflow of {0} is switched off, so its state cannot change. Ask an administrator."
					),
					_(self.doctype),
				),
				frappe.PermissionError,
			)
		self.check_transition(self.state_before, self.workflow_state)

	def check_transition(self, old: str, new: str) -> None:
		"""What must hold for this change; raises where it does not. For subclasses."""

	def before_submit(self) -> None:
		# `doc.submit()` without a state would let Frappe pick the first state of docstatus 1
		self._require_state(self.submitted_states, _("submitted"))

	def before_cancel(self) -> None:
		self._require_state(self.cancelled_states, _("cancelled"))
		self.guard_state()

	def _require_state(self, states: tuple[str, ...], what: str) -> None:
		if self.workflow_state not in states:
			frappe.throw(
				say(_("{0} {1} can only be {2} by its workflow buttons."), _(self.doctype), self.name, what),
				frappe.PermissionError,
			)
