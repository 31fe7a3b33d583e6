"""Danh mục tài liệu minh chứng of a unit, by area and criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from par_campaign.printing.builders.tables import group_row, remark
from par_campaign.printing.content import Align, Block, Cell, Column, Document, Row, RowStyle, Table
from par_campaign.printing.forms import in_sentence
from par_campaign.printing.inputs import Paper
from par_campaign.scoring.model import CriteriaSet, Criterion
from par_campaign.states import EvidenceState

NONE = "Chưa có tài liệu minh chứng"
_STATES = {
	EvidenceState.ACCEPTED: "Chấp nhận",
	EvidenceState.REJECTED: "Không chấp nhận",
	"": "Chưa thẩm định",
}

_C = Align.CENTER
COLUMNS = (
	Column("STT", 11, _C),
	Column("Số, ký hiệu", 32),
	Column("Ngày ban hành", 22, _C),
	Column("Cơ quan ban hành", 38),
	Column("Tên, trích yếu tài liệu", 77),
	Column("Kết quả thẩm định", 30),
	Column("Ghi chú", 42),
)


@dataclass(frozen=True)
class Evidence:
	"""A document a unit shows for one or more leaves."""

	codes: tuple[str, ...]
	title: str
	number: str = ""
	issued: date | None = None
	issuer: str = ""
	state: str = ""  # Accepted, Rejected, empty while not looked at
	reason: str = ""  # of a rejection
	supplementary: bool = False  # handed in after being asked for it
	reference: str = ""  # where the file lies, its name


def evidence_document(
	paper: Paper,
	campaign_title: str,
	unit_name: str,
	criteria: CriteriaSet,
	items: Sequence[Evidence],
	*,
	missing: Sequence[str] = (),
	name: str = "danh-muc-tai-lieu-minh-chung",
) -> Document:
	"""The list of a unit's documents. `missing`: codes of leaves whose demand is not met."""
	return Document(
		**paper.frame("Danh mục", None),
		kind="Danh mục",
		subject=f"Tài liệu minh chứng của {unit_name}\ntrong {in_sentence(campaign_title)}",
		body=evidence_blocks(criteria, items, missing=missing),
		name=name,
		landscape=True,
	)


def evidence_blocks(
	criteria: CriteriaSet, items: Sequence[Evidence], *, missing: Sequence[str] = ()
) -> tuple[Block, ...]:
	"""The table and its sum. A document of several leaves is told once, then pointed to."""
	numbers = {id(item): number for number, item in enumerate(_ordered(criteria, items), 1)}
	table = Table(COLUMNS, tuple(_rows(criteria, items, set(missing), numbers)), size=12)
	accepted = sum(item.state == EvidenceState.ACCEPTED for item in items)
	rejected = sum(item.state == EvidenceState.REJECTED for item in items)
	text = f"{len(items)} tài liệu; chấp nhận {accepted}, không chấp nhận {rejected}"
	lacking = f"; {len(set(missing))} tiêu chí thành phần chưa có tài liệu minh chứng" if missing else ""
	return (table, remark("Tổng số: ", f"{text}{lacking}."))


def _ordered(criteria: CriteriaSet, items: Sequence[Evidence]) -> list[Evidence]:
	"""Documents in the order in which the criteria first name them; those of no known leaf last."""
	place = {row.code: number for number, row in enumerate(criteria.criteria)}
	return sorted(
		items, key=lambda item: min((place.get(c, len(place)) for c in item.codes), default=len(place))
	)


def _rows(
	criteria: CriteriaSet, items: Sequence[Evidence], missing: set[str], numbers: Mapping[int, int]
) -> Iterator[Row]:
	shown: set[int] = set()
	ordered = _ordered(criteria, items)
	known = {row.code for row in criteria.criteria}
	named = {code for item in items for code in item.codes} | missing
	for row in _with_parents(criteria, named):
		yield _title_row(row)
		for item in (item for item in ordered if row.code in item.codes):
			yield _item_row(item, numbers[id(item)], again=id(item) in shown)
			shown.add(id(item))
		if row.code in missing:
			yield Row(("", Cell(NONE, len(COLUMNS) - 1)), RowStyle.DETAIL)
	strays = [item for item in ordered if not set(item.codes) & known]
	if strays:
		yield group_row("Tài liệu khác")
		yield from (_item_row(item, numbers[id(item)], again=False) for item in strays)


def _with_parents(criteria: CriteriaSet, named: set[str]) -> Iterator[Criterion]:
	"""The rows that documents are named for, with the areas and criteria above them."""
	wanted = {code.rsplit(".", depth)[0] for code in named for depth in range(code.count(".") + 1)}
	return (row for row in criteria.criteria if row.code in wanted)


def _title_row(row: Criterion) -> Row:
	title = row.title if row.parent else row.title.upper()
	return group_row(f"{row.code}. {title}")


def _item_row(item: Evidence, number: int, again: bool) -> Row:
	if again:
		return Row((str(number), Cell(f"Đã nêu ở trên (STT {number}): {item.title}", len(COLUMNS) - 1)))
	notes = ["Bổ sung"] if item.supplementary else []
	return Row(
		(
			str(number),
			item.number,
			f"{item.issued:%d/%m/%Y}" if item.issued else "",
			item.issuer,
			item.title,
			_state(item),
			"; ".join(part for part in (*notes, item.reference) if part),
		)
	)


def _state(item: Evidence) -> str:
	word = _STATES.get(item.state, item.state)
	return f"{word}: {item.reason}" if item.reason else word
