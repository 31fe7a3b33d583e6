"""What holds for a whole criteria set: the template's second sheet, key beside label and value."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from par_campaign.exchange.criteria import columns
from par_campaign.exchange.xlsx.cells import Cell, Row
from par_campaign.exchange.xlsx.errors import Fault
from par_campaign.exchange.xlsx.headings import FoundTable
from par_campaign.exchange.xlsx.safe import SafeWorkbook
from par_campaign.exchange.xlsx.values import CellError, fold, number_of, text_of
from par_campaign.scoring import labels
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import BonusPosition, CriteriaSet, NotApplicableMode

Choice = TypeVar("Choice", bound=Enum)
Read = TypeVar("Read")  # what a cell is read as


def read_settings(book: SafeWorkbook, table: FoundTable) -> tuple[CriteriaSet, frozenset[str]]:
	"""A set without rows, with the settings of the workbook's second sheet or the defaults; and which it states.

	An annex has no such sheet: it says nothing of what was set on the form.
	"""
	entry = book.find(columns.SETTINGS_SHEET)
	cells = _value_cells(list(book.rows(entry))) if entry else {}
	reader = _SettingsReader(table, cells)
	settings = CriteriaSet(
		name="",
		title=reader.read("title", text_of, ""),
		criteria=(),
		bonus_position=reader.choice("bonus_position", BonusPosition, BonusPosition.AFTER),
		not_applicable=reader.choice("not_applicable", NotApplicableMode, NotApplicableMode.RESCALE),
		bonus_cap=reader.read("bonus_cap", number_of, None),
		deduction_cap=reader.read("deduction_cap", number_of, None),
	)
	return settings, frozenset(columns.SETTINGS if entry else ())


def _value_cells(rows: list[Row]) -> dict[str, Cell]:
	"""The cell to the right of each known label."""
	keys = {fold(label): key for key, label in columns.SETTINGS.items()}
	found = {}
	for row in rows:
		for label, value in zip(row.cells, row.cells[1:], strict=False):
			key = keys.get(fold(label.value)) if isinstance(label.value, str) else None
			if key and value.column == label.column + 1:
				found[key] = value
	return found


class _SettingsReader:
	def __init__(self, table: FoundTable, cells: dict[str, Cell]):
		self._table = table
		self._cells = cells

	def read(self, key: str, reader: Callable[[Cell | None], Read], blank: Read) -> Read:
		"""The value by a reader of `values`; blank, and a fault, where it cannot be read."""
		try:
			return reader(self._cells.get(key))
		except CellError as error:
			self._fault(key, str(error))
			return blank

	def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
		"""One of a kind's words, the default for an empty cell."""
		text = self.read(key, text_of, "")
		found = labels.choice(kind, text) if text else default
		if found is None:
			self._fault(key, _("The cell must hold one of: {0}").format(", ".join(labels.words(kind))))
		return found or default

	def _fault(self, key: str, message: str) -> None:
		self._table.fault(Fault(columns.SETTINGS_SHEET, self._cells[key].address, message))
