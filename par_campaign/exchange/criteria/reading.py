"""Reading a criteria set from a workbook, own template or annex, and saying what was understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from par_campaign.exchange.criteria import columns
from par_campaign.exchange.criteria.guess import Question
from par_campaign.exchange.criteria.numbering import AREAS, PARTS
from par_campaign.exchange.criteria.rows import LETTERS, Item, RowSorter, RowView
from par_campaign.exchange.criteria.rules import ItemReader
from par_campaign.exchange.criteria.settings import read_settings
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.headings import FoundTable, find_header
from par_campaign.exchange.xlsx.package import Source
from par_campaign.exchange.xlsx.safe import SafeWorkbook, hidden_content, open_workbook
from par_campaign.scoring import validate
from par_campaign.scoring.decimals import trim
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import CriteriaSet, Leaf, RuleKind, ScoreType
from par_campaign.scoring.rules import describe_rule

SHEET = "sheet"  # key of the question which sheet is meant

# The template's column for a field as PAR Criterion (and `validate`) names it.
_COLUMN_OF_FIELD = {
	"options_text": "answers",
	"full_rate": "full",
	"floor_rate": "floor",
	"inputs_text": "inputs",
	"external_source": "source",
	"external_scale": "scale",
	"auto_claim": "auto",
}


@dataclass(frozen=True)
class Preview:
	"""What was understood. To be imported only when `ready`."""

	criteria_set: CriteriaSet
	guidance: dict[str, str]  # notes of the annex by code
	rows: tuple[RowView, ...]
	faults: tuple[Fault, ...] = ()
	remarks: tuple[Fault, ...] = ()  # to be looked at, no obstacle
	questions: tuple[Question, ...] = ()
	settings: frozenset[str] = frozenset()  # fields of the set itself that the workbook states

	@property
	def ready(self) -> bool:
		"""Nothing is wrong and nothing is left to be decided."""
		return not self.faults and not self.questions


def preview(source: Source, decided: Mapping[str, str] | None = None, name: str = "") -> Preview:
	"""Read a criteria workbook by path or from a seekable binary file.

	`decided` answers earlier questions: `Question.key` to one of `Question.values`. `name` is given to
	the set. WorkbookError if the file is unsafe or holds no criteria table; everything else is in the
	preview, each with its cell.
	"""
	decided = decided or {}
	with open_workbook(source) as book:
		tables = _tables(book)
		table = tables[0] if len(tables) == 1 else _chosen(tables, decided)
		if table is None:
			return Preview(CriteriaSet(name, "", ()), {}, (), questions=(_which_sheet(tables),))
		head, stated = read_settings(book, table)
		shown = _PreviewMaker(table, decided).make(replace(head, name=name))
		return replace(shown, settings=stated)


def _tables(book: SafeWorkbook) -> list[FoundTable]:
	"""A table for each visible sheet that has one; at least one."""
	found = []
	for entry in book.sheets:
		if entry.name == columns.SETTINGS_SHEET or entry.state != "visible":
			continue
		sheet = book.load(entry)
		if header := find_header(sheet, columns.HEADINGS):
			found.append(FoundTable(sheet, header))
	if not found:
		message = _("No sheet has a table of criteria with the columns STT, Tiêu chí and Điểm tối đa")
		raise refuse(message)
	return found


def _chosen(tables: list[FoundTable], decided: Mapping[str, str]) -> FoundTable | None:
	"""A decision often has an annex for each group of units in one workbook."""
	return next((table for table in tables if table.sheet.name == decided.get(SHEET)), None)


def _which_sheet(tables: list[FoundTable]) -> Question:
	names = tuple(table.sheet.name for table in tables)
	text = _("Several sheets have a table of criteria. Which one is this set?")
	return Question(SHEET, 0, "", text, names, names)


@dataclass
class _PreviewMaker:
	table: FoundTable
	decided: Mapping[str, str]

	def make(self, settings: CriteriaSet) -> Preview:
		"""Sort the rows, read the leaves' rules, look for contradictions."""
		sorter = RowSorter(self.table, self.decided)
		sorter.sort()
		parents = {item.code.rpartition(".")[0] for item in sorter.items}
		reader = ItemReader(self.table, self.decided, sorter.items)
		criteria = tuple(reader.read(item, is_leaf=item.code not in parents) for item in sorter.items)
		criteria_set = replace(settings, criteria=criteria)
		items = {item.code: item for item in sorter.items}
		unread = {item.code for item in sorter.items if item.maximum is None and self._is_faulty(item)}
		self._contradictions(criteria_set, items, reader.questions, unread)
		if not unread:
			self._totals(criteria_set, sorter)
		self.table.remarks += hidden_content(self.table.sheet)
		return Preview(
			criteria_set,
			{code: "\n".join(item.notes) for code, item in items.items() if item.notes},
			tuple(self._view(view, criteria_set, reader.notes) for view in sorter.views),
			tuple(self.table.faults),
			tuple(self.table.remarks),
			(*_about_letters(sorter), *reader.questions),
		)

	def _is_faulty(self, item: Item) -> bool:
		"""Whether the item's points stand in a cell that could not be read."""
		place = item.source.address("maximum")
		return any(fault.cell == place for fault in self.table.faults)

	def _contradictions(
		self,
		criteria_set: CriteriaSet,
		items: Mapping[str, Item],
		questions: list[Question],
		unread: Collection[str],
	) -> None:
		"""What `validate` finds, with the cell.

		A seam that is asked about is not a fault too, nor is a sum to which an unread cell belongs.
		"""
		asked = {question.code for question in questions}
		unsure = {"options_text": asked, "maximum": {above for code in unread for above in _and_above(code)}}
		for fault in validate.faults(criteria_set):
			if fault.code in unsure.get(fault.field, ()):
				continue
			item = items.get(fault.code)
			column = _COLUMN_OF_FIELD.get(fault.field, fault.field)
			message = f"{fault.code} {fault.message}".strip()
			if item is None:
				self.table.fault(Fault(self.table.sheet.name, "", message))
			elif fault.severity == "error":
				item.source.fault(self._column(column), message)
			else:
				item.source.remark(self._column(column), message)

	def _column(self, key: str) -> str:
		return key if key in self.table.header.columns else "title"

	def _totals(self, criteria_set: CriteriaSet, sorter: RowSorter) -> None:
		"""A total row must be the sum of the normal leaves, or of those with bonus, or of all."""
		leaves = criteria_set.leaves()
		for row, stated, area in sorter.totals:
			counted = [c for c in leaves if c.code.partition(".")[0] == area] if area else leaves
			normal = _sum(c for c in counted if c.score_type is ScoreType.NORMAL)
			with_bonus = _sum(c for c in counted if c.score_type is not ScoreType.DEDUCTION)
			if stated not in (normal, with_bonus, _sum(counted)):
				message = _("The total is {0}, but the rows add up to {1}")
				row.fault("maximum", message.format(trim(stated), trim(normal or _sum(counted))))

	@staticmethod
	def _view(view: RowView, criteria_set: CriteriaSet, notes: Collection[tuple[int, str]]) -> RowView:
		"""The row with its kind and its rule in words."""
		if view.kind == "answer" and (view.row, view.title) in notes:
			return replace(view, kind="note")
		criterion = (
			next((c for c in criteria_set.criteria if c.code == view.code), None) if view.code else None
		)
		if criterion is None:
			return view
		if criterion.rule is None:
			return replace(view, kind="criterion" if criterion.parent else "area")
		rule = describe_rule(criterion) if _is_complete(criterion) else ""
		return replace(view, kind="leaf", title=criterion.title, rule=rule)


def _and_above(code: str) -> Iterator[str]:
	"""The code and those of the rows above it."""
	while code:
		yield code
		code = code.rpartition(".")[0]


def _about_letters(sorter: RowSorter) -> tuple[Question, ...]:
	"""The question what the letters of the first column are, if it is open."""
	if not sorter.asks:
		return ()
	text = _("Numbers begin anew under each of the letters A, B … What are the letters?")
	words = (_("Areas"), _("Parts of the set; the numbers below the first are areas"))
	return (Question(LETTERS, 0, "", text, words, (AREAS, PARTS)),)


def _sum(leaves: Iterable[Leaf]) -> Decimal:
	return sum((leaf.maximum for leaf in leaves), Decimal(0))


def _is_complete(leaf: Leaf) -> bool:
	"""Whether a rule can be put in words: its numbers are there."""
	return bool(leaf.maximum) and (
		leaf.rule.kind is not RuleKind.COUNT or leaf.rule.per_occurrence is not None
	)
