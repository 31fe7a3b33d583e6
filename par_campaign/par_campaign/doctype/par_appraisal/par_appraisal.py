import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.our_document import OurDocument


class PARAppraisal(OurDocument):
	"""The record of one appraisal round of a scorecard. Written when the round closes, never after."""

	def before_insert(self):
		card = self.flags.closing
		if not card:
			frappe.throw(
				_("Appraisal records are written when an appraisal is closed on its scorecard."),
				frappe.PermissionError,
			)
		self.campaign, self.unit, self.round = card.campaign, card.unit, card.round
		self.closed_by, self.closed_on = frappe.session.user, now_datetime()
		self.self_index, self.index_score = card.self_index, card.index_score
		self.set_scores(card)

	def set_scores(self, card):
		"""Copy every row's score with what stood before: the previous round's, or the unit's own."""
		before = self.previous_round()
		self.index_before = before.index_score if before else card.self_index
		old = {row.code: row.score for row in before.changes} if before else {}
		for line in card.lines:
			self.append(
				"changes",
				{
					"code": line.code,
					"title": line.title,
					"self_score": line.self_score,
					"score_before": old.get(line.code, line.self_score),
					"claim": line.appraised_claim,
					"score": line.appraised_score,
					"note": line.appraisal_note,
					"appraised_by": line.appraised_by,
					"appraised_on": line.appraised_on,
					"trace": line.trace,
				},
			)

	def previous_round(self):
		name = frappe.get_all(
			"PAR Appraisal",
			filters={"scorecard": self.scorecard, "docstatus": 1, "round": ("<", self.round)},
			pluck="name",
			order_by="round desc",
			limit=1,
		)
		return frappe.get_doc("PAR Appraisal", name[0]) if name else None

	def validate(self):
		if not self.is_new() and self.docstatus.is_draft():
			frappe.throw(_("Appraisal records are not edited."), frappe.PermissionError)

	def before_cancel(self):
		frappe.throw(
			_("Appraisal records stay as they are. Reopen the scorecard's appraisal for another round."),
			frappe.PermissionError,
		)

	def on_trash(self):
		if not self.docstatus.is_draft():
			frappe.throw(_("Appraisal records are not deleted."), frappe.PermissionError)
