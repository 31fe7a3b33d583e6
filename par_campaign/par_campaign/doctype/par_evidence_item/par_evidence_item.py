import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_task.follow import follow as follow_in_plan
from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze, numbers
from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import appraisers, deadlines, roles
from par_campaign.permissions.files import address, store
from par_campaign.permissions.files.attach import take_attachments
from par_campaign.saying import bold, say
from par_campaign.states import HELD_BY_UNIT, WITH_APPRAISERS, EvidenceState, ScorecardState

REVIEW_FIELDS = ("status", "status_reason")
UNIT_FIELDS = ("title", "document_number", "document_date", "issuer", "file", "reference")


class PAREvidenceItem(OurDocument):
	"""One document that shows one or more rows of a scorecard."""

	def validate(self):
		# locked: a hand-in at the same moment waits, or has been and is seen
		self.card = frappe.get_doc("PAR Unit Scorecard", self.scorecard, for_update=True)
		self.campaign, self.unit = self.card.campaign, self.card.unit
		self.guard_unit_part()
		self.guard_review()
		take_attachments(self)
		self.check_content()
		self.set_rows()
		self.set_digest()

	def on_update(self):
		self.refresh_scorecard()

	def on_trash(self):
		self.card = frappe.get_doc("PAR Unit Scorecard", self.scorecard, for_update=True)
		self.require_unit()

	def after_delete(self):
		self.refresh_scorecard()

	# --- who may do what ------------------------------------------------------------------

	def require_unit(self):
		"""Evidence is the unit's, while it holds the scorecard."""
		if self.card.workflow_state not in HELD_BY_UNIT:
			frappe.throw(
				say(
					_("The scorecard of {0} is handed in, so its evidence can no longer change."),
					bold(self.card.unit_name),
				),
				title=_("Handed In"),
			)
		freeze.require_in_campaign(self.card)
		if not roles.works_for(self.card.unit):
			frappe.throw(
				say(_("Only {0} itself enters its evidence."), bold(self.card.unit_name)),
				frappe.PermissionError,
			)
		if self.card.workflow_state == ScorecardState.RETURNED:
			deadlines.require_answer_open(self.card)

	def guard_unit_part(self):
		if self.is_new():
			self.require_unit()
			self.supplementary = int(self.card.workflow_state == ScorecardState.RETURNED)
			self.status, self.status_reason = EvidenceState.PENDING, None
			return
		before = self.get_doc_before_save()
		self.supplementary = before.supplementary
		codes = sorted(row.code for row in self.criteria)
		changed = any(str(self.get(f) or "") != str(before.get(f) or "") for f in UNIT_FIELDS)
		if changed or codes != sorted(row.code for row in before.criteria):
			self.require_unit()
			self.status, self.status_reason = EvidenceState.PENDING, None

	def guard_review(self):
		before = self.get_doc_before_save()
		if not before:
			return
		if all((self.get(f) or "") == (before.get(f) or "") for f in REVIEW_FIELDS):
			self.reviewed_by, self.reviewed_on = before.reviewed_by, before.reviewed_on
			return
		if self.status == EvidenceState.PENDING and self.card.workflow_state in HELD_BY_UNIT:
			self.reviewed_by = self.reviewed_on = None
			return
		appraisers.require_appraiser(self.card)
		if self.card.workflow_state not in WITH_APPRAISERS:
			frappe.throw(_("Evidence is reviewed while its scorecard is under appraisal."))
		if self.status == EvidenceState.REJECTED and not (self.status_reason or "").strip():
			frappe.throw(_("Reason is missing. Say why the document is not accepted."))
		self.reviewed_by, self.reviewed_on = frappe.session.user, now_datetime()

	# --- what it says -----------------------------------------------------------------------

	def check_content(self):
		if not self.file and not (self.reference or "").strip():
			frappe.throw(_("File: attach the document, or say in Reference where it can be found."))
		# an address elsewhere could change after hand-in, or run in the browser of whoever opens it
		if self.file and not store.is_stored(self.file) and self.has_value_changed("file"):
			frappe.throw(_("File: attach the document itself. Addresses elsewhere go into Reference."))

	def set_rows(self):
		lines = {line.code: line for line in self.card.lines}
		before = self.get_doc_before_save()
		gone = {row.code for row in before.criteria} - set(lines) if before else set()  # by a revised set
		seen = set()
		for row in self.criteria:
			row.code = (row.code or "").strip()
			if row.code not in lines and row.code not in gone:
				frappe.throw(
					say(
						_("Rows It Shows, row {0}: {1} is not a scored row of this scorecard."),
						row.idx,
						bold(row.code),
					)
				)
			if row.code in seen:
				frappe.throw(say(_("Rows It Shows, row {0}: {1} stands twice."), row.idx, bold(row.code)))
			seen.add(row.code)
			row.title = lines[row.code].title if row.code in lines else row.title
		self.codes = ", ".join(row.code for row in self.criteria)

	def set_digest(self):
		"""SHA-256 and name of the file, so that the same file is known again and a changed one noticed."""
		before = self.get_doc_before_save()
		if before and before.file == self.file:
			self.sha256, self.same_file, self.file_name = before.sha256, before.same_file, before.file_name
			return
		self.sha256, self.same_file, self.file_name = store.digest_of(self.file), None, None
		if self.sha256:
			self.file_name = self.file_doc().file_name
			self.same_file = self.find_same_file()

	def file_doc(self):
		"""The File behind the attachment, which the user may read."""
		if file := address.readable_record(self.file):
			return file
		frappe.throw(say(_("File: {0} was not found. Attach the document again."), bold(self.file)))

	def find_same_file(self) -> str | None:
		# within the unit only: other units' documents are not its business
		same = frappe.get_all(
			"PAR Evidence Item",
			filters={"sha256": self.sha256, "unit": self.unit, "name": ("!=", self.name or "")},
			fields=["name", "title"],
			order_by="creation",
			limit=5,
		)
		return ", ".join(f"{row.title} ({row.name})" for row in same) or None

	def refresh_scorecard(self):
		"""Let the scorecard count its evidence anew."""
		card = frappe.get_doc("PAR Unit Scorecard", self.scorecard)
		numbers.store_evidence_counts(card)
		follow_in_plan(card)
