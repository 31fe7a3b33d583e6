"""What Excel lets a unit type into a claim's cell: the leaf's own limits."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from par_campaign.exchange.score_sheet.columns import LeafRow
from par_campaign.scoring import kinds
from par_campaign.scoring.kinds import Limit


def limit_of(row: LeafRow, cell: str) -> tuple[DataValidation, str] | None:
	"""Validation of the claim cell and what to tell who breaks it; None where there is nothing to limit.

	A Choice's list is made with its answers (see `writing`).
	"""
	if row.input_name:
		return _between("decimal", "0", None), f"{row.input_label}: số từ 0 trở lên"
	limit = kinds.of(row.leaf).limit(row.leaf, cell)
	return (_validation(limit), limit.message) if limit else None


def _validation(limit: Limit) -> DataValidation:
	if limit.least is not None:
		return _between(limit.kind, limit.least, limit.most)
	return DataValidation(limit.kind, formula1=limit.formula)


def _between(kind: str, least: str, most: str | None) -> DataValidation:
	if most is None:
		return DataValidation(kind, operator="greaterThanOrEqual", formula1=least)
	return DataValidation(kind, operator="between", formula1=least, formula2=most)
