"""What differs between two criteria sets, row by row: for whoever takes over last year's for this year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from par_campaign.scoring.decimals import comma
from par_campaign.scoring.model import CriteriaSet, Criterion, Rule
from par_campaign.scoring.ruletext import format_inputs, format_options, format_tiers

_NUMBERS = ("step", "full", "floor", "per_occurrence", "scale")


class ChangeKind(str, Enum):
	"""What became of a row."""

	ADDED = "Added"
	REMOVED = "Removed"
	CHANGED = "Changed"


class Part(str, Enum):
	"""The part of a row that changed, by the label of its field."""

	TITLE = "Criterion"
	MAXIMUM = "Maximum"
	TYPE = "Points"
	RULE = "Rule"
	DEMAND = "Must Show"
	STRIKE = "May Not Apply"


@dataclass(frozen=True)
class RowChange:
	"""A row of either set that the other has not, or has otherwise."""

	kind: ChangeKind
	code: str
	title: str
	parts: tuple[tuple[Part, str, str], ...] = ()  # what, before, after


def changes(before: CriteriaSet, after: CriteriaSet) -> list[RowChange]:
	"""Rows added, changed (in the new set's order) and removed. A row is known by its number."""
	old = {row.code: row for row in before.criteria}
	new = {row.code: row for row in after.criteria}
	found = []
	for code, row in new.items():
		if code not in old:
			found.append(RowChange(ChangeKind.ADDED, code, row.title))
		elif parts := tuple(_parts(old[code], row)):
			found.append(RowChange(ChangeKind.CHANGED, code, row.title, parts))
	gone = [RowChange(ChangeKind.REMOVED, row.code, row.title) for row in old.values() if row.code not in new]
	return found + gone


def _parts(old: Criterion, new: Criterion) -> Iterator[tuple[Part, str, str]]:
	pairs = (
		(Part.TITLE, old.title, new.title),
		(Part.MAXIMUM, _number(old.stated_maximum), _number(new.stated_maximum)),
		(Part.TYPE, old.score_type.value, new.score_type.value),
		(Part.RULE, rule_text(old.rule), rule_text(new.rule)),
		(Part.DEMAND, old.demand.value, new.demand.value),
		(Part.STRIKE, str(int(old.may_not_apply)), str(int(new.may_not_apply))),
	)
	return (pair for pair in pairs if pair[1] != pair[2])


def rule_text(rule: Rule | None) -> str:
	"""A rule with all its parameters as one text: equal texts are equal rules."""
	if not rule:
		return ""
	numbers = (
		f"{name} {_number(getattr(rule, name))}" for name in _NUMBERS if getattr(rule, name) is not None
	)
	texts = (
		format_options(rule.options),
		format_tiers(rule.tiers),
		rule.formula,
		format_inputs(rule.inputs),
		rule.source,
	)
	parts = (" | ".join(text.splitlines()) for text in texts if text)
	return "; ".join((rule.kind.value, *numbers, *parts))


def _number(value: Decimal | None) -> str:
	return "" if value is None else comma(value)
