"""Criteria sets, rebuilt from the rows of a results workbook's criteria sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from par_campaign.exchange.results_workbook import inputs
from par_campaign.exchange.results_workbook.codec import Record
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CriteriaSet, Criterion, Rule


class SetBuilder:
	"""Puts sets together from the rows of the criteria sheet."""

	def __init__(self) -> None:
		self._sets: list[CriteriaSet] = []
		self._criteria: list[list[Criterion]] = []
		self._add_row: dict[str, Callable[[Record], None]] = {
			inputs.SET_ROW: self._add_set,
			inputs.CRITERION_ROW: self._add_criterion,
			inputs.OPTION_ROW: self._add_option,
			inputs.TIER_ROW: self._add_tier,
			inputs.INPUT_ROW: self._add_input,
		}

	def add(self, record: Record) -> None:
		"""Take in the next row."""
		add_row = self._add_row.get(record.text("kind"))
		if add_row is None:
			record.fault("kind", _("The cell must hold one of: {0}").format(", ".join(self._add_row)))
		elif add_row != self._add_set and (not self._sets or self._sets[-1].name != record.text("set")):
			record.fault("set", _("The row stands outside its criteria set"))
		else:
			add_row(record)

	def finish(self) -> list[CriteriaSet]:
		"""The sets with their rows."""
		pairs = zip(self._sets, self._criteria, strict=True)
		return [replace(criteria_set, criteria=tuple(rows)) for criteria_set, rows in pairs]

	def _add_set(self, record: Record) -> None:
		self._criteria.append([])
		self._sets.append(inputs.SET.read(record, criteria=()))

	def _add_criterion(self, record: Record) -> None:
		row = inputs.CRITERION.read(record)
		self._criteria[-1].append(row.with_rule(inputs.RULE.read(record) if record.text("rule") else None))

	def _extend(self, record: Record, longer: Callable[[Rule], Rule]) -> None:
		"""Add to the last criterion's rule."""
		rows = self._criteria[-1]
		last = rows[-1] if rows else None
		if last is None or last.rule is None:
			record.fault("kind", _("The row does not stand under a leaf with a rule"))
			return
		rows[-1] = replace(last, rule=longer(last.rule))

	def _add_option(self, record: Record) -> None:
		option = inputs.OPTION.read(record)
		self._extend(record, lambda rule: replace(rule, options=(*rule.options, option)))

	def _add_tier(self, record: Record) -> None:
		tier = inputs.TIER.read(record)
		self._extend(record, lambda rule: replace(rule, tiers=(*rule.tiers, tier)))

	def _add_input(self, record: Record) -> None:
		stated = (record.text("formula"), record.text("title"))
		self._extend(record, lambda rule: replace(rule, inputs=(*rule.inputs, stated)))
