"""What is wrong with a workbook, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
	"""One thing wrong. `sheet` and `cell` are empty where the fault is of the file or the sheet."""

	sheet: str
	cell: str
	message: str

	def __str__(self) -> str:
		place = "!".join(part for part in (self.sheet, self.cell) if part)
		return f"{place}: {self.message}" if place else self.message


class WorkbookError(Exception):
	"""A workbook that is not taken in, with every fault found before giving up (at least one)."""

	def __init__(self, faults: Iterable[Fault]):
		self.faults = list(faults)
		super().__init__("\n".join(str(fault) for fault in self.faults))


def refuse(message: str, sheet: str = "", cell: str = "") -> WorkbookError:
	"""A WorkbookError of a single fault, to be raised by the caller."""
	return WorkbookError([Fault(sheet, cell, message)])
