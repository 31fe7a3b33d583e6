"""Which of the texts around a leaf are its answers, where an annex may write them.

Beneath it in rows of their own; beside it in a column of answers or of guidance, all in one cell or
in rows beside a title merged down; or in the title's own cell, on the lines below it. A line that
states no points is guidance, or is asked about where its neighbours do state some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from par_campaign.exchange.criteria.answers import Answer, read_lines
from par_campaign.exchange.criteria.guess import Question, guess_rule, is_each, read_tiers
from par_campaign.exchange.criteria.rows import BESIDE, Item
from par_campaign.exchange.xlsx.values import number_of, text_of
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Rule, RuleKind

GUIDANCE, ZERO = "guidance", "zero"
ALL_OR_NOTHING, FREE = "all", "free"
_SHOWN = 60  # characters of a text from the file in a message


@dataclass
class ReadLeaf:
	"""What was read of a leaf. `notes` are lines that turned out to be guidance, `faulty` cannot be paid."""

	title: str
	rule: Rule = field(default_factory=lambda: Rule(RuleKind.DIRECT))
	questions: list[Question] = field(default_factory=list)
	notes: list[Answer] = field(default_factory=list)
	faulty: list[tuple[Answer, str]] = field(default_factory=list)


class LeafReader:
	"""Reads one leaf of an annex; remarks go to the table by the item's row."""

	def __init__(self, item: Item, decided: Mapping[str, str]):
		self._item = item
		self._source = item.source
		self._decided = decided
		self._leaf = ReadLeaf(item.title)

	def read(self) -> ReadLeaf:
		"""The leaf with its rule, and what has to be asked about it."""
		paying = self._settle(self._lines())
		self._leaf.rule = self._single(paying) if len(paying) == 1 else self._guess(paying)
		return self._leaf

	def _guess(self, answers: list[Answer]) -> Rule:
		survey = self._source.own("survey")
		marked = survey is not None and survey.value is not None
		texts = [*self._item.notes, *(note.label for note in self._leaf.notes)]
		rule = guess_rule(self._leaf.title, "\n".join(texts), marked, self._item.maximum, answers)
		if rule.kind is RuleKind.CHOICE:
			message = _(
				"Points by rate need a band of percentages before them, like “70 % - dưới 90 %: tỷ lệ”"
			)
			self._leaf.faulty += [(answer, message) for answer in answers if answer.by_rate]
		return rule

	# --- where the answers are ------------------------------------------------------------------

	def _lines(self) -> list[Answer]:
		"""The lines of the first place that holds any with points."""
		beneath = self._item.answers
		column = beneath[0].column if beneath else "title"
		if column in BESIDE:
			found = [*self._first_beside(column), *beneath]
		else:
			found = [*self._cell("answers"), *beneath]
		if any(line.pays for line in found):
			return found
		if lines := self._below_title():
			return [*lines, *found]
		beside = self._cell("guidance")
		if any(line.pays for line in beside):
			self._source.remark(
				"guidance", _("The rule of {0} is read from this cell").format(self._item.code)
			)
			# Its other lines are kept as guidance with the whole cell.
			return [*found, *(line for line in beside if line.pays)]
		return found

	def _cell(self, key: str) -> list[Answer]:
		"""The lines of a cell in the leaf's own row."""
		if self._source.own(key) is None:
			return []
		return read_lines(self._source.number, self._source.read(key, text_of, ""), key)

	def _first_beside(self, column: str) -> list[Answer]:
		"""The leaf's own row holds its first answer where the title is merged down beside its answers."""
		lines = self._cell(column)
		if column == "guidance":
			self._item.notes.clear()  # these texts are answers, each with its own row
		if len(lines) == 1 and not lines[0].pays:
			points = self._source.read("points", number_of, None) if self._source.own("points") else None
			return [replace(lines[0], points=self._item.maximum if points is None else points)]
		return lines

	def _below_title(self) -> list[Answer]:
		"""Answers on the lower lines of the title's cell; the title is what stands above the first."""
		title, *rest = self._leaf.title.split("\n")
		lines = [line for text in rest for line in read_lines(self._source.number, text)]
		first = next((at for at, line in enumerate(lines) if line.pays), None)
		if first is None:
			return []
		self._leaf.title = " ".join([title, *(line.text.strip() for line in lines[:first])])
		return lines[first:]

	# --- what cannot be read in one way only ----------------------------------------------------

	def _settle(self, lines: list[Answer]) -> list[Answer]:
		"""The lines that pay; the others are guidance, or become answers of 0 points if so decided."""
		silent = [line for line in lines if not line.pays]
		unclear = [line for line in silent if not line.is_guidance]
		if len(silent) == len(lines) or not unclear:
			if silent and len(silent) == len(lines):
				message = _("Rows under {0} state no points: they are taken for guidance")
				self._source.remark("title", message.format(self._item.code))
			self._leaf.notes += silent
			return [line for line in lines if line.pays]
		choice = self._decision(
			"silent", self._about(unclear), (_("Guidance"), _("Answers of 0 points")), (GUIDANCE, ZERO)
		)
		if choice != ZERO:
			self._leaf.notes += silent
			return [line for line in lines if line.pays]
		self._leaf.notes += [line for line in silent if line.is_guidance]
		return [
			replace(line, points=Decimal(0)) if line in unclear else line
			for line in lines
			if line.pays or line in unclear
		]

	@staticmethod
	def _about(unclear: list[Answer]) -> str:
		texts = " · ".join(f"“{line.label[:_SHOWN]}”" for line in unclear)
		return _("Row {0} states no points: {1}. What is it?").format(unclear[0].row, texts)

	def _single(self, paying: list[Answer]) -> Rule:
		"""A lone answer of all points says nothing of the rest: a band and "each" do, else it is asked."""
		(answer,) = paying
		if is_each(answer) or read_tiers(paying) or answer.points != self._item.maximum:
			return self._guess(paying)
		text = _("“{0}” is the only answer. What does a unit get that does not meet it?").format(
			answer.label[:_SHOWN]
		)
		words = (_("No points"), _("Some of the points, as appraised"))
		choice = self._decision("single", text, words, (ALL_OR_NOTHING, FREE))
		self._leaf.notes.append(answer)
		return Rule(RuleKind.DIRECT if choice == FREE else RuleKind.YES_NO)

	def _decision(self, what: str, text: str, words: tuple[str, ...], values: tuple[str, ...]) -> str:
		"""What was decided; empty, and a question, where nothing was."""
		key = f"{self._item.code}@{what}"
		choice = self._decided.get(key)
		if choice in values:
			return choice
		self._leaf.questions.append(Question(key, self._source.number, self._item.code, text, words, values))
		return ""
