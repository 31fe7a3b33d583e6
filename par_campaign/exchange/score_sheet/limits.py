"""What Excel lets a unit type into a claim's cell: the leaf's own limits."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from par_campaign.exchange.score_sheet.columns import LeafRow
from par_campaign.scoring.decimals import plain, trim
from par_campaign.scoring.labels import NO, YES
from par_campaign.scoring.model import Leaf, RuleKind

MOST_OCCURRENCES = 1_000_000  # as `claims` has it


def limit_of(row: LeafRow, cell: str) -> tuple[DataValidation, str] | None:
	"""Validation of the claim cell and what to tell who breaks it; None where there is nothing to limit.

	A Choice's list is made with its answers (see `scoresheet_write`).
	"""
	if row.input_name:
		return _between("decimal", "0", None), f"{row.input_label}: số từ 0 trở lên"
	kind = row.leaf.rule.kind
	if kind is RuleKind.DIRECT:
		return _direct(row.leaf, cell)
	if kind is RuleKind.YES_NO:
		return DataValidation("list", formula1=f'"{YES},{NO}"'), f"Chọn {YES} hoặc {NO}"
	if kind in (RuleKind.TIERS, RuleKind.PROPORTIONAL):
		return _between("decimal", "0", "100"), "Tỷ lệ phần trăm từ 0 đến 100, ví dụ 94,57"
	if kind is RuleKind.COUNT:
		return _between("whole", "0", str(MOST_OCCURRENCES)), "Số lần, số nguyên từ 0 trở lên"
	return None


def _between(kind: str, least: str, most: str | None) -> DataValidation:
	if most is None:
		return DataValidation(kind, operator="greaterThanOrEqual", formula1=least)
	return DataValidation(kind, operator="between", formula1=least, formula2=most)


def _direct(leaf: Leaf, cell: str) -> tuple[DataValidation, str]:
	step, most = leaf.rule.step, leaf.maximum
	if not step:
		return _between("decimal", "0", plain(most)), f"Điểm từ 0 đến {trim(most)}"
	# Compared in hundredths rounded to whole numbers: MOD of binary fractions is not exact.
	units = f"ROUND({cell}*100,6)"
	steps = f"MOD({units},{plain(step * 100)})=0"
	rule = DataValidation("custom", formula1=f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={plain(most)},{steps})")
	return rule, f"Điểm từ 0 đến {trim(most)}, bước {trim(step)}"
