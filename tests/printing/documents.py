"""Documents with everything the decree speaks of, for tests of their pages."""

from __future__ import annotations

from dataclasses import replace

from small_campaign import PAPER

from par_campaign.printing.content import (
	Align,
	Annex,
	Article,
	Block,
	Column,
	Document,
	Heading,
	Paragraph,
	Row,
	Table,
)

SENTENCE = (
	"Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ "
	"người dân và doanh nghiệp. "
)
TITLE = "Về việc đề nghị khen thưởng phong trào thi đua đẩy mạnh cải cách hành chính"
COLUMNS = (Column("STT", 8, Align.CENTER), Column("Tên đơn vị", 60), Column("Chỉ số (%)", 20, Align.RIGHT))


def table(rows: int) -> Table:
	"""A table of so many units."""
	return Table(COLUMNS, tuple(Row((str(n), f"Đơn vị số {n}", "99,95")) for n in range(1, rows + 1)))


def document(body: tuple[Block, ...] = (), **changes) -> Document:
	"""A Tờ trình with everything."""
	fields = {
		**replace(PAPER, bases=("Luật Thi đua, khen thưởng", "Căn cứ Nghị định số 98/2023/NĐ-CP;")).frame(
			"Tờ trình", "TTr"
		),
		"kind": "Tờ trình",
		"subject": TITLE,
		"addressees": ("Chủ tịch Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh"),
		"body": body
		or (
			Heading("I. Kết quả"),
			Paragraph(SENTENCE * 4),
			Paragraph(SENTENCE * 2),
			Article(1, SENTENCE),
			Paragraph("Kính trình xem xét, quyết định./."),
		),
	}
	return Document(**{**fields, **changes})


def annexes(count: int, **changes) -> tuple[Annex, ...]:
	"""So many annexes, each with a table over more than one page."""
	return tuple(Annex(f"Danh sách {n}", (table(60),), **changes) for n in range(1, count + 1))
