"""Draft of the Quyết định khen thưởng."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from par_campaign.printing.builders.award_list import ProposalRow
from par_campaign.printing.builders.budget import unconfirmed
from par_campaign.printing.builders.tables import group_row
from par_campaign.printing.content import (
	Align,
	Annex,
	Article,
	Block,
	Cell,
	Column,
	Document,
	Paragraph,
	Row,
	RowStyle,
	Table,
)
from par_campaign.printing.forms import count, in_sentence, thousands
from par_campaign.printing.inputs import Paper
from par_campaign.printing.money import Budget, MoneyLine
from par_campaign.printing.words import money_words


def decision_document(
	paper: Paper,
	title: str,
	rows: Sequence[ProposalRow],
	*,
	authority: str,
	proposed_by: str,
	executors: Sequence[str],
	budget: Budget | None = None,
	fund: str = "Quỹ thi đua, khen thưởng",
) -> Document:
	"""The decision for the units in `rows`; `title` is the campaign's.

	`authority`: who decides ("Chủ tịch Ủy ban nhân dân tỉnh …"); `proposed_by`: the last of the bases
	("Giám đốc Sở Nội vụ tại Tờ trình số …"); `executors`: who carries it out; `fund`: what pays.
	"""
	paper = replace(paper, bases=(*paper.bases, f"Theo đề nghị của {proposed_by}"))
	articles = tuple(_articles(title, rows, executors, budget, fund))
	last = sum(isinstance(block, Article) for block in articles)
	frame = paper.frame("Quyết định", "QĐ")
	frame["recipients"] = paper.recipients or (f"Như Điều {last}",)
	return Document(
		**frame,
		kind="Quyết định",
		subject=f"Về việc khen thưởng tập thể có thành tích\ntrong {in_sentence(title)}",
		authority=authority,
		enacting="QUYẾT ĐỊNH:",
		body=articles,
		annexes=(Annex("Danh sách tập thể được khen thưởng", _list(rows, budget)),),
		name="du-thao-quyet-dinh-khen-thuong",
	)


def _articles(
	title: str, rows: Sequence[ProposalRow], executors: Sequence[str], budget: Budget | None, fund: str
) -> Iterator[Block]:
	yield Article(
		1,
		f"Khen thưởng {count(len(rows))} tập thể có thành tích trong {in_sentence(title)}"
		" (có danh sách tại Phụ lục kèm theo), gồm:",
	)
	yield from _levels(rows)
	number = 2
	if budget is not None:
		yield Article(number, _money(budget, fund))
		number += 1
	yield Article(number, "Quyết định này có hiệu lực kể từ ngày ký.")
	who = ", ".join(
		[*executors, "thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể có tên tại Điều 1"]
	)
	yield Article(number + 1, f"{who} chịu trách nhiệm thi hành Quyết định này./.")


def _levels(rows: Sequence[ProposalRow]) -> Iterator[Paragraph]:
	levels = list(dict.fromkeys(row.level for row in rows))
	for place, level in enumerate(levels, 1):
		number = sum(row.level == level for row in rows)
		end = "." if place == len(levels) else ";"
		yield Paragraph(f"Tặng {level} cho {count(number)} tập thể{end}", mark="-")


def _money(budget: Budget, fund: str) -> str:
	parts = "; ".join(f"{line.level}: {thousands(line.amount)} đồng/tập thể" for line in budget.lines)
	return (
		f"Mức tiền thưởng kèm theo: {parts}. Tổng số tiền thưởng là {thousands(budget.total)} đồng"
		f" (bằng chữ: {money_words(budget.total)}), trích từ {fund}."
	)


def _list(rows: Sequence[ProposalRow], budget: Budget | None) -> tuple[Block, ...]:
	columns = [Column("STT", 7, Align.CENTER), Column("Tên tập thể", 45), Column("Nhóm, cụm", 28)]
	if budget is not None:
		columns.append(Column("Tiền thưởng (đồng)", 20, Align.RIGHT))
	amounts = {line.level: _amount(line) for line in budget.lines} if budget else {}
	body = list(_rows(rows, amounts))
	if budget is None:
		return (Table(tuple(columns), tuple(body)),)
	body.append(Row((Cell("Tổng cộng", 3, Align.CENTER), thousands(budget.total)), RowStyle.TOTAL))
	return (Table(tuple(columns), tuple(body)), *unconfirmed(budget))


def _amount(line: MoneyLine) -> str:
	return thousands(line.amount) if line.confirmed else f"{thousands(line.amount)} (*)"


def _rows(rows: Sequence[ProposalRow], amounts: dict[str, str]) -> Iterator[Row]:
	for level in dict.fromkeys(row.level for row in rows):
		yield group_row(level)
		for number, row in enumerate((row for row in rows if row.level == level), 1):
			place = ", ".join(part for part in (row.group, row.cluster) if part)
			money = (amounts[level],) if amounts else ()
			yield Row((str(number), row.unit_name, place, *money))
