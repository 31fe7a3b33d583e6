"""A plain list as a workbook: what the desk's reports hand out to be worked with in Excel.

Unlike the results workbook it carries no marks: nobody recounts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from openpyxl.workbook import Workbook

from par_campaign.exchange.xlsx import styling
from par_campaign.exchange.xlsx.book import SheetWriter
from par_campaign.exchange.xlsx.tables import Table


def write(tables: Iterable[Table], out: BinaryIO) -> None:
	"""Write each table as a sheet, in memory that does not grow with it; users' text stays text."""
	book = Workbook(write_only=True)
	styles = None
	for table in tables:
		sheet = book.create_sheet(table.sheet)
		styles = styles or styling.register(book, sheet)
		writer = SheetWriter(table, sheet, styles)
		for values in table.rows():
			writer.row(values)
		writer.finish()
	book.save(out)
