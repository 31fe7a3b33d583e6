"""Where a very long body may be cut, so that its pages need not all be in memory at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from par_campaign.printing.content import Block, Paragraph, Table

ROWS = 400  # some thirty pages; a body with fewer rows is laid out in one go


def segments(body: Sequence[Block], rows: int = ROWS) -> Iterator[tuple[Block, ...]]:
	"""Runs of blocks that each begin a page. One run, unless the tables are very long.

	A cut follows a table and its remarks, never the last table: so the signature always has a table
	or text of its run before it.
	"""
	run: list[Block] = []
	counted = 0
	last = max((place for place, block in enumerate(body) if isinstance(block, Table)), default=-1)
	for place, block in enumerate(body):
		if counted >= rows and place <= last and not _belongs_above(block):
			yield tuple(run)
			run, counted = [], 0
		run.append(block)
		counted += len(block.rows) if isinstance(block, Table) else 0
	yield tuple(run)


def _belongs_above(block: Block) -> bool:
	return isinstance(block, Paragraph) and block.small
