"""Any report of the desk as a document: columns and rows as the reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from par_campaign.printing.builders.tables import remark
from par_campaign.printing.content import Align, Block, Column, Document, Row, RowStyle, Table
from par_campaign.printing.inputs import Paper
from par_campaign.scoring.decimals import format_vi

Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class ReportColumn:
	"""A column of a report. `places`: decimals of its numbers, None for as many as needed (up to two)."""

	title: str
	width: float = 10
	align: Align = Align.LEFT
	places: int | None = 2


def report_document(
	paper: Paper,
	title: str,
	columns: Sequence[ReportColumn | str],
	rows: Iterable[Sequence[Value]],
	*,
	subtitle: str = "",
	notes: Sequence[str] = (),
	landscape: bool = True,
	kind: str = "Biểu tổng hợp",
	numbered: bool = True,
	total: Sequence[Value] | None = None,
	name: str = "bieu-tong-hop",
) -> Document:
	"""A report under the office's head: `title` and `subtitle` (its filters), the table, notes, signature.

	`numbered` puts a column STT in front; `total` is a closing row in bold.
	"""
	return Document(
		**paper.frame(kind, None),
		kind=kind,
		subject="\n".join(part for part in (title, subtitle) if part),
		body=report_blocks(columns, rows, notes=notes, numbered=numbered, total=total),
		name=name,
		landscape=landscape,
	)


def report_blocks(
	columns: Sequence[ReportColumn | str],
	rows: Iterable[Sequence[Value]],
	*,
	notes: Sequence[str] = (),
	numbered: bool = True,
	total: Sequence[Value] | None = None,
) -> tuple[Block, ...]:
	"""The table and its notes, as the body of a document or of an annex."""
	wanted = [column if isinstance(column, ReportColumn) else ReportColumn(column) for column in columns]
	body = [
		Row(_cells(wanted, values, str(number) if numbered else None))
		for number, values in enumerate(rows, 1)
	]
	if total is not None:
		body.append(Row(_cells(wanted, total, "" if numbered else None), RowStyle.TOTAL))
	heads = [Column(column.title, column.width, column.align) for column in wanted]
	if numbered:
		share = sum(column.width for column in heads) * 0.06
		heads.insert(0, Column("STT", share, Align.CENTER))
	size = 12 if len(heads) <= 9 else 11
	return (Table(tuple(heads), tuple(body), size=size), *(remark("", note) for note in notes))


def _cells(columns: Sequence[ReportColumn], values: Sequence[Value], number: str | None) -> tuple[str, ...]:
	if len(values) != len(columns):
		raise ValueError(f"a row has {len(values)} values for {len(columns)} columns: {values!r}")
	cells = tuple(shown(value, column.places) for column, value in zip(columns, values, strict=True))
	return cells if number is None else (number, *cells)


def shown(value: Value, places: int | None = 2) -> str:
	"""A value for Vietnamese readers: 99,95 · 05/02/2025 · Có."""
	if value is None:
		return ""
	if isinstance(value, bool):
		return "Có" if value else "Không"
	if isinstance(value, datetime):
		return f"{value:%d/%m/%Y %H:%M}"
	if isinstance(value, date):
		return f"{value:%d/%m/%Y}"
	if isinstance(value, float):
		return format_vi(Decimal(repr(value)), places)
	return format_vi(value, places) if isinstance(value, Decimal) else str(value)
