"""Walking a table: every cell asked of the served site, and what came otherwise."""

import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from requests import Response

from matrix import people, table
from matrix.attempts import Attempt, attempt
from matrix.places import Place, Places
from matrix.served import Visitor
from matrix.trace import Trace

REFUSED = (401, 403, 404, 409, 417)
BATCH = 200  # cells
AT_ONCE = 4  # visitors who ask at the same time


class Asking(NamedTuple):
	"""A cell with all that is needed to ask it."""

	cell: table.Cell
	how: Attempt
	place: Place
	visitor: Visitor

	@property
	def is_look(self) -> bool:
		return not self.how.worked

	def is_doubtful(self, outcome: str) -> bool:
		"""Whether the answer may be due to others asking: it failed, or does not show what should be there."""
		return outcome not in ("yes", "no") or (
			self.is_look and (self.cell.expected, outcome) == ("yes", "no")
		)

	def send(self) -> Response:
		return self.how.send(self.visitor, self.place)

	def outcome(self, answer: Response) -> str:
		"""What the answer alone says; "?" where the database has to be asked."""
		if answer.status_code in REFUSED:
			return "no"
		if answer.status_code >= 400:
			return f"error {answer.status_code}"
		if not self.is_look:
			return "?"
		return "yes" if self.how.shown(answer, self.place) else "no"


class Walk:
	"""The served site, its visitors, what is asked about, and how it was before."""

	def __init__(self, url: str, places: Places):
		self.url, self.places = url, places
		self.visitors: dict[str, Visitor] = {}
		self.trace = Trace()

	def cells(self, doctype: str) -> list[table.Cell]:
		return table.cells(doctype, list(self.places[doctype]))

	def through(self, cells: list[table.Cell]) -> list[str]:
		"""Ask every cell; a sentence for each that is off."""
		outcomes: dict[table.Cell, str] = {}
		for number in range(0, len(cells), BATCH):
			outcomes |= self.batch([self.asking(cell) for cell in cells[number : number + BATCH]])
		return [
			f"{cell}: {outcome}, not {cell.expected}"
			for cell, outcome in outcomes.items()
			if outcome != cell.expected
		]

	def asking(self, cell: table.Cell) -> Asking:
		how, place = attempt(cell.doctype, cell.action), self.places[cell.doctype][cell.state]
		return Asking(cell, how, place, self.visitor(people.account(cell.whose, cell.role)))

	def batch(self, askings: list[Asking]) -> dict[table.Cell, str]:
		"""Outcomes by cell. What looks, and what should be refused, is asked by several people at once and the
		database compared for all of them. Where anything differs, each is asked again by itself; so is what
		failed, as two who write at once may have stood in each other's way."""
		together = [asking for asking in askings if asking.is_look or asking.cell.expected == "no"]
		outcomes = self.at_once(together)
		doubtful = [asking for asking in together if asking.is_doubtful(outcomes[asking.cell])]
		if changed := self.trace.changed():
			self.trace.put_back(changed)
			doubtful = [asking for asking in together if not asking.is_look]
		for asking in (*doubtful, *(one for one in askings if one.cell not in outcomes)):
			outcomes[asking.cell] = self.alone(asking)
		return outcomes

	def at_once(self, askings: list[Asking]) -> dict[table.Cell, str]:
		"""What the answers say, each visitor asking one thing after the other."""
		by_visitor: dict[str, list[Asking]] = {}
		for asking in askings:
			by_visitor.setdefault(asking.visitor.user, []).append(asking)
		with ThreadPoolExecutor(AT_ONCE) as pool:
			found = pool.map(_ask_in_turn, by_visitor.values())
		return {cell: outcome for outcomes in found for cell, outcome in outcomes}

	def alone(self, asking: Asking) -> str:
		"""What the database says of an attempt; it is as before afterwards."""
		answer = asking.send()
		said, changed = asking.outcome(answer), self.trace.changed()
		if not changed:
			return "no" if said == "?" else said
		try:
			if said != "?":
				return f"answered with {answer.status_code}, but changed {sorted(changed)}"
			return "yes" if asking.how.worked(asking.place) else "kept"
		finally:
			self.trace.put_back(changed)

	def visitor(self, user: str) -> Visitor:
		if user not in self.visitors:
			self.visitors[user] = Visitor(self.url, user)
		return self.visitors[user]


def _ask_in_turn(askings: Iterable[Asking]) -> list[tuple[table.Cell, str]]:
	return [(asking.cell, asking.outcome(asking.send())) for asking in askings]


def report(doctype: str, cells: list[table.Cell], faults: list[str], begun: float) -> str:
	"""One line: how many cells, how many of each answer, how many were off."""
	counts = Counter(cell.expected for cell in cells)
	parts = ", ".join(f"{counts[answer]} {answer}" for answer in table.ANSWERS if counts[answer])
	took = time.monotonic() - begun
	return f"{doctype}: {len(cells)} cells ({parts}), {len(faults)} off, {took:.0f} s"
