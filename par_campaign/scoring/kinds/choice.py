"""Choice: one of listed answers, each with its points."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from par_campaign.scoring.decimals import trim
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.kinds import KindOfRule, Scoring
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Leaf, Option, RuleKind

MOST_SAID = 500  # characters of a wrong answer that are said again


class Choice(KindOfRule):
	"""The answer's label, or its number from 1."""

	kind, word, is_word, may_be_long = RuleKind.CHOICE, "Chọn đáp án", True, True

	def read(self, leaf: Leaf, text: str) -> str:
		return find_option(leaf, text).label

	def score(self, leaf: Leaf, text: str) -> Scoring:
		option = find_option(leaf, text)
		return option.points, f"“{option.label}” → {trim(option.points)}"

	def describe(self, leaf: Leaf, most: str) -> str:
		return " · ".join(f"{option.label}: {trim(option.points)}" for option in leaf.rule.options)

	def faults(self, leaf: Leaf) -> list[Fault]:
		options = leaf.rule.options
		if len(options) < 2:
			return [Fault(leaf.code, "options_text", _("a Choice needs at least two answers."))]
		found = [
			Fault(leaf.code, "options_text", _("an answer has no text."))
			for option in options
			if not option.label.strip()
		]
		for label, count in Counter(" ".join(o.label.casefold().split()) for o in options).items():
			if count > 1:
				found.append(Fault(leaf.code, "options_text", _("answer {0} stands twice.").format(label)))
		return found + faults_of_points(leaf, [option.points for option in options])

	def points_in(self, leaf: Leaf, claim: str, answers: tuple[str, str]) -> str:
		labels, points = answers
		return f"SUMPRODUCT(({labels}={claim})*{points})"  # unlike MATCH, takes * and ? as they are


def find_option(leaf: Leaf, text: str) -> Option:
	"""The answer meant by a label (case and spaces do not matter) or by its number from 1. Raises `ClaimError`."""
	wanted = _fold(text)
	for option in leaf.rule.options:
		if _fold(option.label) == wanted:
			return option
	if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= len(leaf.rule.options):
		return leaf.rule.options[int(text) - 1]
	labels = "; ".join(option.label for option in leaf.rule.options)
	raise ClaimError(leaf.code, _("{0} is not one of the answers: {1}.").format(text[:MOST_SAID], labels))


def _fold(text: str) -> str:
	return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def faults_of_points(leaf: Leaf, points: Iterable[Decimal]) -> list[Fault]:
	"""Points of answers or bands that no claim may earn, and a maximum that none gives."""
	points = list(points)
	found = [
		Fault(
			leaf.code,
			"options_text",
			_("{0} points are not between 0 and the maximum {1}.").format(trim(p), trim(leaf.maximum)),
		)
		for p in points
		if not 0 <= p <= leaf.maximum
	]
	if points and max(points) < leaf.maximum:
		message = _("no answer or band gives the maximum {0}.").format(trim(leaf.maximum))
		found.append(Fault(leaf.code, "options_text", message, "warning"))
	return found
