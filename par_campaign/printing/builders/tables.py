"""Pieces that several documents share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol, TypeVar

from par_campaign.printing.content import Align, Paragraph, Row, RowStyle, Span
from par_campaign.printing.spans import roman


class Placed(Protocol):
	"""A row that belongs to a unit group and perhaps a cluster."""

	@property
	def group(self) -> str: ...

	@property
	def cluster(self) -> str: ...


Item = TypeVar("Item", bound=Placed)


def sections(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
	"""Runs of rows of one group and cluster, with the title of the run: "I. SỞ, BAN, NGÀNH - CỤM 1"."""
	for number, ((group, cluster), run) in enumerate(groupby(items, key=lambda i: (i.group, i.cluster)), 1):
		title = " - ".join(part for part in (group, cluster) if part)
		yield (f"{roman(number)}. {title}" if title else ""), list(run)


def group_row(title: str) -> Row:
	"""A row over the whole table that opens a part of it."""
	return Row((title,), RowStyle.GROUP)


def remark(label: str, text: str) -> Paragraph:
	"""A remark under a table."""
	return Paragraph(
		(Span(label, italic=True), Span(text, italic=True)), Align.LEFT, indent=False, small=True
	)


def digest_line(digest: str) -> tuple[Paragraph, ...]:
	"""The results' digest, by which anybody can check them; nothing while there is none."""
	return (remark("Mã kiểm chứng kết quả (SHA-256): ", digest),) if digest else ()
