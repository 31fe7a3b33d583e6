import frappe
from frappe import _

from par_campaign.notices import steps
from par_campaign.par_campaign.doctype.par_campaign import checks, launch, publish, vote_rules
from par_campaign.par_campaign.workflow.guard import GuardedWorkflow
from par_campaign.permissions import roles
from par_campaign.permissions.roles import is_provincial
from par_campaign.results import upkeep
from par_campaign.saying import bold, say
from par_campaign.states import SETTLED, UNDER_WAY, CampaignState

# What the results follow from. It stands still from publication on; a correction opens it again.
DECISIVE_TABLES = ("groups", "bands", "tie_breakers", "award_quotas")
DECISIVE_FIELDS = ("year", "vote_base")
SYSTEM_FIELDS = ("published_version", "published_result", "published_on")
ORIGIN_FIELDS = ("carried_from", "carry_over_note")


class PARCampaign(GuardedWorkflow):
	first_state = CampaignState.DRAFT

	def validate(self):
		self.keep_system_fields()
		checks.check_all(self)
		self.guard_groups()
		self.guard_published()
		self.guard_rules()
		vote_rules.keep(self)
		self.guard_state()

	def on_update(self):
		if self.workflow_state in UNDER_WAY and self.changed_rules():
			upkeep.refresh(self.name)
		if not self.state_changes:
			return
		if self.workflow_state == CampaignState.LAUNCHED:
			launch.lock_criteria_sets(self)
			launch.start(self)
		elif self.workflow_state == CampaignState.PUBLISHED:
			publish.publish(self)
		elif self.workflow_state == CampaignState.CLOSED:
			publish.close_without_award(self)
		steps.on_campaign_step(self)

	def on_trash(self):
		if self.workflow_state != CampaignState.DRAFT:
			frappe.throw(say(_("Campaign {0} has been launched, so it cannot be deleted."), bold(self.title)))

	def keep_system_fields(self):
		before = self.get_doc_before_save()
		for field in (*SYSTEM_FIELDS, *(() if self.flags.carry_over else ORIGIN_FIELDS)):
			self.set(field, before.get(field) if before else None)

	def check_transition(self, old: str, new: str) -> None:
		if new == CampaignState.LAUNCHED:
			launch.check_launchable(self)
		elif (old, new) == (CampaignState.PUBLISHED, CampaignState.APPRAISING):
			publish.check_correction(self)
		elif new == CampaignState.PUBLISHED:
			publish.check_publishable(self)
		elif new == CampaignState.CLOSED:
			publish.check_closable(self)

	def guard_groups(self):
		"""After the launch, groups may be added but not taken away; another set is given by a revision only."""
		before = self.get_doc_before_save()
		if not before or self.state_before == CampaignState.DRAFT or self.flags.set_revision:
			return
		now = {(row.unit_group, row.criteria_set) for row in self.groups}
		for row in before.groups:
			if (row.unit_group, row.criteria_set) not in now:
				frappe.throw(
					say(
						_("Unit Groups: {0} is part of the launched campaign and keeps its criteria set."),
						bold(row.unit_group),
					)
				)

	def changed_rules(self) -> list[str]:
		"""Fields that the results follow from and that this save changes."""
		changed = [table for table in DECISIVE_TABLES if checks.rows_changed(self, table)]
		return changed + [field for field in DECISIVE_FIELDS if self.has_value_changed(field)]

	def guard_rules(self):
		"""Once claims are known, the rules of ranking are changed by nobody who belongs to a unit ranked by them."""
		if self.state_before == CampaignState.DRAFT or self.flags.set_revision or not self.changed_rules():
			return  # who puts a revision into force is checked there, for its group
		groups = [row.unit_group for row in self.groups]
		roles.require_unmixed_in(groups, _("change the rules of a campaign under way"))

	def guard_published(self):
		if self.state_before not in SETTLED:
			return
		if changed := self.changed_rules():
			frappe.throw(
				say(
					_("{0}: the results are published. Take them back for correction first."),
					", ".join(_(self.meta.get_label(field)) for field in changed),
				)
			)

	@frappe.whitelist(methods=["POST"])
	def make_missing_scorecards(self) -> int:
		"""Give a scorecard to every unit that has none yet; returns how many were missing."""
		self.check_permission("write")
		if self.workflow_state not in UNDER_WAY:
			frappe.throw(_("Scorecards are made while the campaign is launched and not yet published."))
		return launch.start(self)

	@frappe.whitelist(methods=["POST"])
	def work_out_again(self) -> int:
		"""Bring every stored number to what follows from the rows; returns how many scorecards that moved."""
		self.check_permission("write")
		if self.workflow_state not in UNDER_WAY:
			frappe.throw(
				_("Numbers are worked out again while the campaign is launched and not yet published.")
			)
		return upkeep.work_out_again(self.name)

	@frappe.whitelist()
	def coverage(self) -> list[dict]:
		"""How far each group is: units, scorecards, handed in, appraised, awarded and missing.

		Nothing to units: how far the others are is not theirs to know.
		"""
		frappe.has_permission(self.doctype, doc=self.name, throw=True)
		if not is_provincial():
			return []
		return launch.coverage(self)
