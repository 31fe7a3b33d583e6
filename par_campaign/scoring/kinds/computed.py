"""Formula: a percentage from numbers the unit states, then bands or a proportion."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from par_campaign.scoring import formula
from par_campaign.scoring.decimals import HUNDRED, comma, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Scoring
from par_campaign.scoring.kinds.numbers import clear_number, clear_text
from par_campaign.scoring.kinds.proportional import (
	by_proportion,
	faults_of_proportion,
	proportion_in,
	proportion_text,
)
from par_campaign.scoring.kinds.tiers import by_tiers, faults_of_tiers, tiers_in, tiers_text
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, Rule, RuleKind
from par_campaign.scoring.ruletext import NAME


class Computed(KindOfRule):
	"""The numbers by their names, e.g. "a=87; b=92"."""

	kind, word = RuleKind.FORMULA, "Theo công thức"
	has_inputs, is_typed = True, False

	def read(self, leaf: Leaf, text: str) -> str:
		values = read_inputs(leaf, text)
		formula_rate(leaf, values)  # the rate is checked with the numbers
		return "; ".join(f"{name}={clear_text(values[name])}" for name, _label in leaf.rule.inputs)

	def scored(self, leaf: Leaf, text: str) -> Scoring:
		# the numbers are read, and checked, where they are worked out: once
		return self.score(leaf, text)

	def score(self, leaf: Leaf, text: str) -> Scoring:
		values = read_inputs(leaf, text)
		rate = formula_rate(leaf, values)
		points, trace = by_tiers(leaf, rate) if leaf.rule.tiers else by_proportion(leaf, rate)
		return points, f"{_worked(leaf.rule, values)} = {trim(rate)} % → {trace}"

	def describe(self, leaf: Leaf, most: str) -> str:
		rule = leaf.rule
		rest = tiers_text(leaf, most) if rule.tiers else proportion_text(leaf, most)
		return f"{rule.formula} ({'; '.join(f'{name}: {label}' for name, label in rule.inputs)}) → {rest}"

	def faults(self, leaf: Leaf) -> list[Fault]:
		known = {name for name, _label in leaf.rule.inputs}
		found = list(_faults_of_inputs(leaf))
		try:
			needed = formula.names(leaf.rule.formula)
		except formula.FormulaError as error:
			return [*found, Fault(leaf.code, "formula", str(error))]
		if unknown := sorted(needed - known):
			# a row's formula uses its own numbers only, so rows cannot depend on each other in a circle
			message = _("uses {0}, which is not among the numbers the unit states.")
			found.append(Fault(leaf.code, "formula", message.format(", ".join(unknown))))
		if unused := sorted(known - needed):
			message = _("{0} is stated but not used in the formula.").format(", ".join(unused))
			found.append(Fault(leaf.code, "inputs_text", message))
		return found + (faults_of_tiers(leaf) if leaf.rule.tiers else faults_of_proportion(leaf))

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		return tiers_in(leaf, claim) if leaf.rule.tiers else proportion_in(leaf, claim)


def read_inputs(leaf: Leaf, text: str) -> dict[str, Decimal]:
	"""The numbers of a formula claim by name. Raises `ClaimError`."""
	labels = dict(leaf.rule.inputs)
	values: dict[str, Decimal] = {}
	for part in filter(None, (part.strip() for part in text.split(";"))):
		name, equals, number = part.partition("=")
		name = name.strip()
		if not equals or name not in labels or name in values:
			raise ClaimError(
				leaf.code,
				_("{0} cannot be read. Write {1}.").format(part, "; ".join(f"{known}=…" for known in labels)),
			)
		values[name] = clear_number(leaf, number)
		if values[name] < 0:
			raise ClaimError(leaf.code, _("{0} is less than 0.").format(part))
	if missing := [label for name, label in labels.items() if name not in values]:
		raise ClaimError(leaf.code, _("These numbers are missing: {0}.").format("; ".join(missing)))
	return values


def formula_rate(leaf: Leaf, values: Mapping[str, Decimal]) -> Decimal:
	"""The percentage of a formula; refuses one outside 0 to 100, which only wrong numbers give."""
	try:
		rate = formula.evaluate(leaf.rule.formula, values)
	except formula.FormulaError as error:
		raise ClaimError(leaf.code, str(error)) from error
	if not 0 <= rate <= HUNDRED:
		raise ClaimError(
			leaf.code,
			_(
				"The numbers give {0} %, which is not from 0 to 100. Check the numbers and the formula."
			).format(trim(rate)),
		)
	return rate


def _worked(rule: Rule, values: Mapping[str, Decimal]) -> str:
	"""What was stated, then the formula with the numbers in it."""
	stated = "; ".join(f"{label} = {comma(values[name])}" for name, label in rule.inputs)
	return f"{stated}: {formula.filled_in(rule.formula, values)}"


def _faults_of_inputs(leaf: Leaf) -> Iterator[Fault]:
	for name, count in Counter(name for name, _label in leaf.rule.inputs).items():
		if count > 1:
			yield Fault(leaf.code, "inputs_text", _("the name {0} stands twice.").format(name))
		if not NAME.fullmatch(name) or name in formula.FUNCTIONS:
			yield Fault(leaf.code, "inputs_text", _("{0} cannot be the name of a number.").format(name))
