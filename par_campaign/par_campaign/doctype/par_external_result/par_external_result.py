import frappe
from frappe import _
from frappe.model.document import Document

from par_campaign import access, bridge


class PARExternalResult(Document):
	"""Values of a survey or an index for the external rows of scorecards, with their source."""

	def validate(self):
		self.check_rows()
		self.check_units()

	def on_submit(self):
		self.require_unpublished()
		self.apply({row.unit: row.value for row in self.external_values})

	def on_cancel(self):
		self.require_unpublished()
		self.apply({row.unit: None for row in self.external_values})

	def require_unpublished(self):
		state = frappe.db.get_value("PAR Campaign", self.campaign, "workflow_state")
		if state in access.PUBLISHED_STATES:
			frappe.throw(
				_(
					"The results of the campaign are published. Take them back for correction, then enter the values."
				)
			)

	def check_rows(self):
		seen = set()
		for row in self.external_values:
			if row.unit in seen:
				frappe.throw(
					_("Values, row {0}: unit {1} stands twice. Remove one.").format(
						row.idx, frappe.bold(row.unit)
					)
				)
			seen.add(row.unit)
			if row.value is None or row.value < 0:
				frappe.throw(_("Values, row {0}: Value must be 0 or more.").format(row.idx))

	def check_units(self):
		"""Every unit has a scorecard in which this row exists and takes an external value within limits."""
		sets = dict(
			frappe.get_all(
				"PAR Unit Scorecard",
				filters={"campaign": self.campaign},
				fields=["unit", "criteria_set"],
				as_list=True,
				order_by="unit",
			)
		)
		leaves = {
			name: {leaf.code: leaf for leaf in criteria_set.leaves()}
			for name, criteria_set in bridge.criteria_sets(set(sets.values())).items()
		}
		for row in self.external_values:
			leaf = leaves.get(sets.get(row.unit), {}).get(self.criterion_code)
			if not leaf or leaf.rule.kind.value != "External":
				frappe.throw(
					_("Values, row {0}: {1} has no external row {2} in this campaign.").format(
						row.idx, frappe.bold(row.unit), frappe.bold(self.criterion_code)
					)
				)
			most = leaf.rule.scale or leaf.maximum
			if row.value > float(most):
				frappe.throw(
					_("Values, row {0}: {1} is more than the maximum {2}.").format(row.idx, row.value, most)
				)

	def apply(self, values: dict[str, float | None]):
		"""Write the values into the scorecards and recompute only those, leaving a trace on each."""
		names = frappe.get_all(
			"PAR Unit Scorecard",
			filters={"campaign": self.campaign, "unit": ("in", list(values))},
			pluck="name",
			order_by="name",
		)
		for name in names:
			card = frappe.get_doc("PAR Unit Scorecard", name)
			line = next(line for line in card.lines if line.code == self.criterion_code)
			before = line.external_value if line.has_external else None
			value = values[card.unit]
			line.has_external, line.external_value = int(value is not None), value
			card.flags.external_update = True
			# the user may manage results without being an appraiser of every unit; the values come from
			# this submitted document, and nothing else on the scorecard changes
			card.save(ignore_permissions=True)
			card.add_comment(
				"Info",
				_("{0}, {1}: row {2} from {3} to {4}").format(
					self.name, self.source, self.criterion_code, _or_dash(before), _or_dash(value)
				),
			)


def _or_dash(value) -> str:
	return "–" if value is None else str(value)
