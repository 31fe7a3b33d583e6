"""What a unit or an appraiser claims on a leaf: text, read by the leaf's rule.

Direct "1,5" · Yes/No "Yes" · Choice the answer's label or its number · Tiers and Proportional a
percentage "94,57" · Count "3" · Formula "a=87; b=92". The canonical text is what is stored.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from par_campaign.scoring import formula
from par_campaign.scoring.decimals import CENT, HUNDRED, NumberError, comma, exactly, plain, to_decimal, trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, Option, RuleKind

YES = {"yes", "có", "co", "1", "true", "x"}
NO = {"no", "không", "khong", "0", "false"}
LONGEST = 500
# "1.234 hồ sơ" may be 1234 or 1,234: refused where a number is not bound to be small
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


@exactly
def canonical(leaf: Leaf, text: str | None) -> str | None:
	"""The stored form of a claim, None for an empty one. Raises `ClaimError`."""
	text = cleaned(leaf, text)
	return None if text is None else _READERS[leaf.rule.kind](leaf, text)


def cleaned(leaf: Leaf, text: str | None) -> str | None:
	"""A claim's text without what surrounds it, None for an empty one. Raises `ClaimError`."""
	text = unicodedata.normalize("NFC", text or "").strip()
	if not text:
		return None
	# an answer's own label may be as long as the set makes it
	if len(text) > LONGEST and leaf.rule.kind is not RuleKind.CHOICE:
		raise ClaimError(leaf.code, _("The claim is longer than {0} characters.").format(LONGEST))
	return text


def _number(leaf: Leaf, text: str) -> Decimal:
	try:
		return to_decimal(text)
	except NumberError as error:
		raise ClaimError(leaf.code, str(error)) from error


def _clear_number(leaf: Leaf, text: str) -> Decimal:
	"""A number that cannot be read in two ways."""
	if THOUSANDS.fullmatch(text.strip()):
		message = _("{0} can be read in two ways. Write it without a sign for thousands, decimals as 1,2340.")
		raise ClaimError(leaf.code, message.format(text.strip()))
	return _number(leaf, text)


def _clear_text(value: Decimal) -> str:
	"""The stored text that `_clear_number` takes for the same number."""
	text = plain(value)
	return f"{text}0" if THOUSANDS.fullmatch(text) else text


def _direct(leaf: Leaf, text: str) -> str:
	value = _number(leaf, text)
	if not 0 <= value <= leaf.maximum:
		raise ClaimError(
			leaf.code, _("{0} is not between 0 and {1}.").format(comma(value), comma(leaf.maximum))
		)
	if value % CENT:
		raise ClaimError(leaf.code, _("{0} has more than two decimals.").format(text))
	step = leaf.rule.step
	if step and value % step:
		raise ClaimError(leaf.code, _("{0} is not in steps of {1}.").format(comma(value), comma(step)))
	return plain(value)


def _yes_no(leaf: Leaf, text: str) -> str:
	if text.casefold() in YES:
		return "Yes"
	if text.casefold() in NO:
		return "No"
	raise ClaimError(leaf.code, _("{0} is neither Yes nor No.").format(text))


def find_option(leaf: Leaf, text: str) -> Option:
	"""The answer meant by a label (case and spaces do not matter) or by its number from 1. Raises `ClaimError`."""
	wanted = _fold(text)
	for option in leaf.rule.options:
		if _fold(option.label) == wanted:
			return option
	if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= len(leaf.rule.options):
		return leaf.rule.options[int(text) - 1]
	labels = "; ".join(option.label for option in leaf.rule.options)
	raise ClaimError(leaf.code, _("{0} is not one of the answers: {1}.").format(text[:LONGEST], labels))


def _fold(text: str) -> str:
	return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _choice(leaf: Leaf, text: str) -> str:
	return find_option(leaf, text).label


def _percentage(leaf: Leaf, text: str) -> str:
	value = _number(leaf, text.removesuffix("%"))
	if not 0 <= value <= HUNDRED:
		raise ClaimError(leaf.code, _("{0} is not a percentage from 0 to 100.").format(comma(value)))
	return plain(value)


def _count(leaf: Leaf, text: str) -> str:
	value = _clear_number(leaf, text)
	if value < 0 or value != value.to_integral_value() or value > 1_000_000:
		raise ClaimError(leaf.code, _("{0} is not a whole number of occurrences.").format(text))
	return plain(value)


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
		values[name] = _clear_number(leaf, number)
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


def _formula(leaf: Leaf, text: str) -> str:
	values = read_inputs(leaf, text)
	formula_rate(leaf, values)  # the rate is checked with the numbers
	return "; ".join(f"{name}={_clear_text(values[name])}" for name, _label in leaf.rule.inputs)


def _external(leaf: Leaf, text: str) -> str:
	raise ClaimError(
		leaf.code, _("This row is filled in from {0}, not by hand.").format(leaf.rule.source or "…")
	)


_READERS = {
	RuleKind.DIRECT: _direct,
	RuleKind.YES_NO: _yes_no,
	RuleKind.CHOICE: _choice,
	RuleKind.TIERS: _percentage,
	RuleKind.PROPORTIONAL: _percentage,
	RuleKind.COUNT: _count,
	RuleKind.FORMULA: _formula,
	RuleKind.EXTERNAL: _external,
}


def readable(leaf: Leaf, text: str) -> str:
	"""A canonical claim as a Vietnamese reader writes it, e.g. "94,57 %"."""
	kind = leaf.rule.kind
	if kind in (RuleKind.TIERS, RuleKind.PROPORTIONAL):
		return f"{trim(Decimal(text))} %"
	if kind in (RuleKind.DIRECT, RuleKind.COUNT):
		return comma(Decimal(text))
	if kind is RuleKind.YES_NO:
		yes, no = _("Yes", "PAR Scorecard Line"), _("No", "PAR Scorecard Line")
		return yes if text == "Yes" else no
	return text
