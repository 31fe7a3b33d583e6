"""The geometry of tables, for both renderers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from par_campaign.printing.content import Column


@dataclass(frozen=True)
class Head:
	"""A head cell over `columns` columns and `rows` rows, beginning at column `start`."""

	title: str
	start: int
	columns: int = 1
	rows: int = 1


def shares(columns: Sequence[Column]) -> list[float]:
	"""Widths in percent of the table."""
	total = sum(column.width for column in columns)
	return [round(column.width * 100 / total, 3) for column in columns]


def head_rows(columns: Sequence[Column]) -> list[list[Head]]:
	"""One row of heads, or two where columns are grouped under a common head."""
	if not any(column.group for column in columns):
		return [[Head(column.title, place) for place, column in enumerate(columns)]]
	upper, lower = [], []
	for group, members in groupby(enumerate(columns), lambda pair: pair[1].group):
		found = list(members)
		if group:
			upper.append(Head(group, found[0][0], len(found)))
			lower += [Head(column.title, place) for place, column in found]
		else:
			upper += [Head(column.title, place, rows=2) for place, column in found]
	return [upper, lower]
