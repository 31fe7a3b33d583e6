"""The rule and demands of one criterion: from the template's columns, or guessed from its answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from par_campaign.exchange.criteria import columns
from par_campaign.exchange.criteria.answers import Answer
from par_campaign.exchange.criteria.guess import Question, settle_seams
from par_campaign.exchange.criteria.leaf import LeafReader
from par_campaign.exchange.criteria.rows import Item
from par_campaign.exchange.xlsx.cells import address
from par_campaign.exchange.xlsx.errors import Fault
from par_campaign.exchange.xlsx.headings import FoundTable
from par_campaign.exchange.xlsx.values import number_of, rate_of, text_of
from par_campaign.scoring import labels, ruletext
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import Criterion, EvidenceDemand, Heading, Rule, RuleKind, ScoreType

Choice = TypeVar("Choice", bound=Enum)
Read = TypeVar("Read")  # what a line is read as

_BONUS = re.compile(r"điểm (thưởng|cộng)\b", re.IGNORECASE)
_DEDUCTION = re.compile(r"điểm trừ\b|trừ điểm", re.IGNORECASE)


class ItemReader:
	"""Makes criteria of items; faults and remarks go to the table, open questions are kept."""

	def __init__(self, table: FoundTable, decided: Mapping[str, str], items: Sequence[Item]):
		self._table = table
		self._decided = decided
		self._titles = {item.code: item.title for item in items}
		self.questions: list[Question] = []
		self.notes: set[tuple[int, str]] = set()  # row and text of what turned out to be no answer

	def read(self, item: Item, is_leaf: bool) -> Criterion:
		"""The criterion of an item."""
		source = item.source
		may_not_apply = self._flag(item, "may_not_apply")
		auto = source.read("auto", text_of, "")
		title, rule = self._rule(item) if is_leaf else (item.title, None)
		external = rule is not None and rule.kind is RuleKind.EXTERNAL
		default = EvidenceDemand.NONE if external or not is_leaf else EvidenceDemand.EITHER
		if "demand" not in self._table.header.columns:
			demand = default
		else:
			demand = self._choice(item, "demand", EvidenceDemand) or EvidenceDemand.NONE
		if not is_leaf:
			self._refuse_answers(item)
		if "rule" not in self._table.header.columns:
			title = " ".join(title.split())  # lines of a narrow column in print
		row = Heading(
			code=item.code,
			title=title,
			maximum=item.maximum,
			score_type=self._score_type(item),
			demand=demand,
			may_not_apply=True if may_not_apply is None else may_not_apply,
			auto=columns.LATE_DAYS if auto in (columns.LATE_DAYS_WORD, columns.LATE_DAYS) else auto,
		)
		return row.with_rule(rule)

	def _refuse_answers(self, item: Item) -> None:
		"""Under a row that has numbered rows below it only guidance may stand."""
		message = _("The row stands under {0}, which has numbered rows below it").format(item.code)
		for answer in item.answers:
			if answer.pays:
				self._answer_fault(answer, message)
			else:
				self._keep_as_note(item, answer)

	def _keep_as_note(self, item: Item, line: Answer) -> None:
		self.notes.add((line.row, line.label))
		if line.row != item.source.number or line.column == "title":
			item.notes.append(line.text.strip())

	def _answer_fault(self, answer: Answer, message: str) -> None:
		column = self._table.header.columns[answer.column]
		self._table.fault(Fault(self._table.sheet.name, address(answer.row, column), message))

	def _score_type(self, item: Item) -> ScoreType:
		if stated := self._choice(item, "score_type", ScoreType):
			return stated
		parts = item.code.split(".")
		above = [self._titles.get(".".join(parts[:n]), "") for n in range(1, len(parts) + 1)]
		headings = "\n".join([item.section, *above])
		for pattern, kind in ((_DEDUCTION, ScoreType.DEDUCTION), (_BONUS, ScoreType.BONUS)):
			if pattern.search(headings):
				item.source.remark("title", _("{0} is taken for {1}").format(item.code, labels.word(kind)))
				return kind
		return ScoreType.NORMAL

	def _choice(self, item: Item, key: str, kind: type[Choice]) -> Choice | None:
		text = item.source.read(key, text_of, "")
		if not text:
			return None
		found = labels.choice(kind, text)
		if found is None:
			item.source.fault(key, _("The cell must hold one of: {0}").format(", ".join(labels.words(kind))))
		return found

	def _flag(self, item: Item, key: str) -> bool | None:
		text = item.source.read(key, text_of, "")
		found = labels.flag(text) if text else None
		if text and found is None:
			item.source.fault(key, _("The cell must hold {0} or {1}").format(YES_WORD, NO_WORD))
		return found

	def _rule(self, item: Item) -> tuple[str, Rule]:
		"""Title and rule of a leaf."""
		kind = self._choice(item, "rule", RuleKind)
		title, rule = self._guessed(item) if kind is None else (item.title, self._stated(item, kind))
		if not rule.tiers:
			return title, rule
		tiers, questions = settle_seams(item.code, item.source.number, rule.tiers, self._decided)
		self.questions += questions
		return title, replace(rule, tiers=tiers)

	def _guessed(self, item: Item) -> tuple[str, Rule]:
		leaf = LeafReader(item, self._decided).read()
		self.questions += leaf.questions
		for line in leaf.notes:
			self._keep_as_note(item, line)
		for answer, message in leaf.faulty:
			self._answer_fault(answer, message)
		return leaf.title, leaf.rule

	def _stated(self, item: Item, kind: RuleKind) -> Rule:
		"""The rule as the template's columns say."""
		source = item.source
		text = "\n".join(
			[source.read("answers", text_of, ""), *(_line(answer) for answer in item.answers)]
		).strip()
		tiered = kind in (RuleKind.TIERS, RuleKind.FORMULA)
		return Rule(
			kind=kind,
			step=source.read("step", number_of, None),
			options=self._lines(item, "answers", ruletext.parse_options, text)
			if kind is RuleKind.CHOICE
			else (),
			tiers=self._lines(item, "answers", ruletext.parse_tiers, text) if tiered else (),
			full=source.read("full", rate_of, None),
			floor=source.read("floor", rate_of, None),
			per_occurrence=source.read("per_occurrence", number_of, None),
			formula=source.read("formula", text_of, ""),
			inputs=self._lines(item, "inputs", ruletext.parse_inputs, source.read("inputs", text_of, "")),
			scale=source.read("scale", number_of, None),
			source=source.read("source", text_of, ""),
		)

	@staticmethod
	def _lines(item: Item, key: str, parse: Callable[[str], tuple[Read, ...]], text: str) -> tuple[Read, ...]:
		try:
			return parse(text)
		except ruletext.RuleTextError as error:
			item.source.fault(key, str(error))
			return ()


def _line(answer: Answer) -> str:
	points = "tỷ lệ" if answer.by_rate else answer.points
	return answer.label if points is None else f"{answer.label}: {points}"
