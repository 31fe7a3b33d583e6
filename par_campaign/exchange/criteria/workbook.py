"""Criteria sets as workbooks: `preview` reads the own template or a decision's annex, `write` exports.

What `write` makes, `preview` reads back as the same set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from par_campaign.exchange.criteria import columns
from par_campaign.exchange.criteria.guess import LOWER, UPPER, Question
from par_campaign.exchange.criteria.reading import Preview, preview
from par_campaign.exchange.criteria.rows import RowView
from par_campaign.exchange.xlsx import styling
from par_campaign.exchange.xlsx.book import set_value
from par_campaign.exchange.xlsx.cells import address, column_letters
from par_campaign.exchange.xlsx.tables import Entry, physical_row
from par_campaign.scoring import labels, ruletext
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.model import CriteriaSet, Criterion, EvidenceDemand, Rule, RuleKind, ScoreType

__all__ = ["LOWER", "UPPER", "Preview", "Question", "RowView", "preview", "write"]

_HEADING_ROW = 3
_ROWS_FOR_MORE = 200  # rows below the last one in which the lists of words still work
_LISTS = {
	"score_type": labels.words(ScoreType),
	"rule": labels.words(RuleKind),
	"demand": labels.words(EvidenceDemand),
	"may_not_apply": [YES_WORD, NO_WORD],
	"auto": [columns.LATE_DAYS_WORD],
}


def write(criteria_set: CriteriaSet, out: BinaryIO, *, guidance: Mapping[str, str] | None = None) -> None:
	"""Write a set as the own template. `guidance` holds notes by code. An empty set gives an empty template."""
	book = Workbook()
	sheet = book.active
	sheet.title = columns.SHEET
	styles = styling.register(book, sheet)
	records = list(_records(criteria_set, guidance or {}))
	set_value(sheet.cell(1, 1), f"BỘ TIÊU CHÍ: {criteria_set.title}".rstrip(": "))
	sheet.cell(1, 1)._style = styles["title"]
	for at, column in enumerate(columns.TEMPLATE, 1):
		sheet.column_dimensions[column_letters(at)].width = column.width
		set_value(sheet.cell(_HEADING_ROW, at), column.label)
		sheet.cell(_HEADING_ROW, at)._style = styles["head"]
	for number, (record, style) in enumerate(records, _HEADING_ROW + 1):
		for at, value in enumerate(physical_row(record, columns.TEMPLATE)[: len(columns.TEMPLATE)], 1):
			cell = sheet.cell(number, at)
			cell._style = styles[style or columns.TEMPLATE[at - 1].style]
			set_value(cell, value)
	_finish(book, styles, criteria_set, _HEADING_ROW + len(records))
	book.save(out)


def _records(criteria_set: CriteriaSet, guidance: Mapping[str, str]) -> Iterator[tuple[list[Entry], str]]:
	rules = {leaf.code: leaf.rule for leaf in criteria_set.leaves()}
	for criterion in criteria_set.criteria:
		fields = _fields(criterion, rules.get(criterion.code))
		fields["guidance"] = guidance.get(criterion.code, "")
		style = "" if criterion.parent else "bold"
		yield [fields.get(column.key) for column in columns.TEMPLATE], style


def _fields(criterion: Criterion, rule: Rule | None) -> dict[str, Entry]:
	fields: dict[str, Entry] = {
		"code": criterion.code,
		"title": criterion.title,
		"maximum": criterion.stated_maximum,
		"score_type": labels.word(criterion.score_type),
		"demand": labels.word(criterion.demand),
		"may_not_apply": labels.flag_word(criterion.may_not_apply),
		"auto": columns.LATE_DAYS_WORD if criterion.auto == columns.LATE_DAYS else criterion.auto,
	}
	if rule is None:
		return fields
	answers = ruletext.format_options(rule.options) if rule.options else ruletext.format_tiers(rule.tiers)
	return fields | {
		"rule": labels.word(rule.kind),
		"answers": answers,
		"step": rule.step,
		"full": rule.full,
		"floor": rule.floor,
		"per_occurrence": rule.per_occurrence,
		"formula": rule.formula,
		"inputs": ruletext.format_inputs(rule.inputs),
		"scale": rule.scale,
		"source": rule.source,
	}


def _finish(book: Workbook, styles: dict[str, StyleArray], criteria_set: CriteriaSet, last_row: int) -> None:
	sheet = book[columns.SHEET]
	sheet.freeze_panes = address(_HEADING_ROW + 1, 3)
	styling.set_up_page(sheet, f"{_HEADING_ROW}:{_HEADING_ROW}")
	for at, column in enumerate(columns.TEMPLATE, 1):
		if choices := _LISTS.get(column.key):
			letters = column_letters(at)
			rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
			rule.add(f"{letters}{_HEADING_ROW + 1}:{letters}{last_row + _ROWS_FOR_MORE}")
			sheet.add_data_validation(rule)
	_write_settings(book, styles, criteria_set)


def _write_settings(book: Workbook, styles: dict[str, StyleArray], criteria_set: CriteriaSet) -> None:
	sheet = book.create_sheet(columns.SETTINGS_SHEET)
	sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 60
	values: dict[str, Entry] = {
		"title": criteria_set.title,
		"bonus_position": labels.word(criteria_set.bonus_position),
		"not_applicable": labels.word(criteria_set.not_applicable),
		"bonus_cap": criteria_set.bonus_cap,
		"deduction_cap": criteria_set.deduction_cap,
	}
	for number, (key, label) in enumerate(columns.SETTINGS.items(), 1):
		value = physical_row([values[key]], columns.TEMPLATE[:1])[0]
		for at, content, style in ((1, label, "bold"), (2, value, "input text")):
			cell = sheet.cell(number, at)
			cell._style = styles[style]
			set_value(cell, content)
	styling.set_up_page(sheet, "1:1", portrait=True)
