from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import flt, getdate

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.permissions import roles
from par_campaign.results import store
from par_campaign.saying import bold, say
from par_campaign.scoring.decimals import comma
from par_campaign.states import SETTLED


class Given(NamedTuple):
	"""A value for a unit, the document it stands in, and who entered it."""

	value: float
	source: str
	person: str


class PARExternalResult(OurDocument):
	"""Values of a survey or an index for the external rows of scorecards, with their source."""

	def validate(self):
		self.require_other_units()
		self.check_rows()
		self.check_units()

	def before_submit(self):
		# a draft may stand empty, to be filled from a workbook
		if not self.external_values:
			frappe.throw(_("Values: enter the units' values, or bring them in from Excel."))

	def on_submit(self):
		self.require_unpublished()
		self.apply(self.given())

	def before_update_after_submit(self):
		self.require_other_units()  # such a save comes here without `validate`

	def before_cancel(self):
		self.require_other_units()

	def on_trash(self):
		self.require_other_units()

	def on_cancel(self):
		self.require_unpublished()
		others = self.values_of_others()
		self.apply({row.unit: others.get(row.unit) for row in self.external_values})

	def require_other_units(self):
		"""Nobody touches a document that holds their own unit's value, or held it until now."""
		stored = frappe.get_all(
			"PAR External Value",
			{"parenttype": self.doctype, "parent": self.name},
			pluck="unit",
			order_by="idx",
		)
		for unit in {*stored, *(row.unit for row in self.external_values)}:
			roles.require_unmixed(unit, None, _("enter external values"))

	def require_unpublished(self):
		state = frappe.db.get_value("PAR Campaign", self.campaign, "workflow_state")
		if state in SETTLED:
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
					say(_("Values, row {0}: unit {1} stands twice. Remove one."), row.idx, bold(row.unit))
				)
			seen.add(row.unit)
			if row.value is None or not isfinite(flt(row.value)) or flt(row.value) < 0:
				frappe.throw(say(_("Values, row {0}: Value must be 0 or more."), row.idx))

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
			for name, criteria_set in store.criteria_sets(set(sets.values())).items()
		}
		for row in self.external_values:
			leaf = leaves.get(sets.get(row.unit) or "", {}).get(self.criterion_code)
			if not leaf or leaf.rule.kind.value != "External":
				frappe.throw(
					say(
						_("Values, row {0}: {1} has no external row {2} in this campaign."),
						row.idx,
						bold(row.unit),
						bold(self.criterion_code),
					)
				)
			most = leaf.rule.scale or leaf.maximum
			if flt(row.value) > float(most):
				frappe.throw(
					say(
						_("Values, row {0}: {1} is more than the maximum {2}."),
						row.idx,
						_shown(flt(row.value)),
						comma(most),
					)
				)

	def given(self) -> dict[str, Given]:
		"""What this document says of each unit."""
		text = f"{self.source}, {self.document_number}, {_day(self.document_date)} ({self.name})"
		return {row.unit: Given(row.value, text, self.modified_by) for row in self.external_values}

	def values_of_others(self) -> dict[str, Given]:
		"""What other submitted documents say of the same row: where several name a unit, the latest."""
		names = frappe.get_all(
			"PAR External Result",
			filters={
				"campaign": self.campaign,
				"criterion_code": self.criterion_code,
				"docstatus": 1,
				"name": ("!=", self.name),
			},
			pluck="name",
			order_by="modified",
		)
		values: dict[str, Given] = {}
		for name in names:  # one or two: a survey and its supplement
			values.update(frappe.get_doc(self.doctype, name).given())
		return values

	def apply(self, values: Mapping[str, Given | None]):
		"""Write the values into the scorecards and recompute only those, leaving a trace on each."""
		names = frappe.get_all(
			"PAR Unit Scorecard",
			filters={"campaign": self.campaign, "unit": ("in", list(values))},
			pluck="name",
			order_by="name",
		)
		for name in names:
			card = frappe.get_doc("PAR Unit Scorecard", name)
			self.write(card, values[card.unit])

	def write(self, card, given: Given | None):
		line = next(line for line in card.lines if line.code == self.criterion_code)
		before = line.external_value if line.has_external else None
		value, text, person = given or (None, None, None)
		if (before, line.external_source) == (value, text):
			return
		line.has_external, line.external_value = int(given is not None), value
		line.external_source, line.external_by = text, person
		card.flags.external_update = True
		# the user may manage results without being an appraiser of every unit; the values come from
		# this submitted document, and nothing else on the scorecard changes
		card.save(ignore_permissions=True)
		card.add_comment(
			"Info",
			str(
				say(
					_("{0}, {1}: row {2} from {3} to {4}"),
					self.name,
					self.source,
					self.criterion_code,
					_shown(before),
					_shown(value),
				)
			),
		)


def _shown(value: float | None) -> str:
	return "–" if value is None else comma(store.decimal(value))


def _day(date) -> str:
	return getdate(date).strftime("%d/%m/%Y") if date else "–"
