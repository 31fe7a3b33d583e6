"""Bảng tính kinh phí khen thưởng: what the budget office is asked for."""

from __future__ import annotations

from par_campaign.printing.builders.tables import remark
from par_campaign.printing.content import (
	Align,
	Block,
	Cell,
	Column,
	Document,
	Paragraph,
	Row,
	RowStyle,
	Table,
)
from par_campaign.printing.forms import day_text, in_sentence, thousands
from par_campaign.printing.inputs import Paper
from par_campaign.printing.money import Budget, MoneyLine
from par_campaign.printing.words import money_words
from par_campaign.scoring.decimals import format_vi

_C, _R = Align.CENTER, Align.RIGHT
COLUMNS = (
	Column("STT", 7, _C),
	Column("Hình thức khen thưởng", 32),
	Column("Số lượng", 10, _C),
	Column("Hệ số", 9, _C),
	Column("Lương cơ sở (đồng)", 17, _R),
	Column("Tiền thưởng (đồng)", 17, _R),
	Column("Thành tiền (đồng)", 18, _R),
)


def budget_document(paper: Paper, title: str, budget: Budget) -> Document:
	"""The money of a campaign's awards as a document of its own; `title` is the campaign's."""
	return Document(
		**paper.frame("Bảng tính", None),
		kind="Bảng tính",
		subject=f"Kinh phí khen thưởng\n{in_sentence(title)}",
		body=budget_blocks(budget),
		name="bang-tinh-kinh-phi-khen-thuong",
	)


def budget_blocks(budget: Budget) -> tuple[Block, ...]:
	"""The table, its total in words, and what it rests on, as part of a body."""
	rows = [_row(number, line) for number, line in enumerate(budget.lines, 1)]
	rows.append(Row((Cell("Tổng cộng", 6, _C), thousands(budget.total)), RowStyle.TOTAL))
	return (
		Table(COLUMNS, tuple(rows)),
		Paragraph(f"Tổng kinh phí: {thousands(budget.total)} đồng (bằng chữ: {money_words(budget.total)})."),
		*_grounds(budget),
	)


def _row(number: int, line: MoneyLine) -> Row:
	return Row(
		(
			str(number),
			line.level if line.confirmed else f"{line.level} (*)",
			str(line.units),
			format_vi(line.coefficient, None),
			thousands(line.base_salary),
			thousands(line.amount),
			thousands(line.total),
		)
	)


def _grounds(budget: Budget) -> tuple[Paragraph, ...]:
	sources = "; ".join(dict.fromkeys(source for line in budget.lines for source in line.sources))
	at = f"mức lương cơ sở và hệ số áp dụng tại {day_text(budget.day)}"
	return (remark("Ghi chú: ", f"{at}{f' theo {sources}' if sources else ''}."), *unconfirmed(budget))


def unconfirmed(budget: Budget) -> tuple[Paragraph, ...]:
	"""What stands under any list of amounts while a coefficient has not been confirmed."""
	return () if budget.confirmed else (remark("(*) ", "Hệ số chưa được cơ quan có thẩm quyền xác nhận."),)
