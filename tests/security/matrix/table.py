"""Reading the tables: every row, with what it stands for written out."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from matrix import people

FOLDER = Path(__file__).parent / "tables"
KEYS = ("state", "whose", "action")
WHOSE = ("own", "other")
ANSWERS = ("yes", "no", "kept")
NOTHING = "-"
REST = "*"


class Cell(NamedTuple):
	"""One attempt of one person, and what must come of it."""

	doctype: str
	state: str
	whose: str
	action: str
	role: str
	expected: str
	at: str  # file and line, to be found again

	def __str__(self) -> str:
		return f"{self.at}: {self.role} of {self.whose} unit, {self.state}, {self.action}"


def doctypes() -> list[str]:
	"""The doctypes that have a table."""
	return sorted(path.stem for path in FOLDER.glob("*.csv"))


def cells(doctype: str, states: list[str]) -> list[Cell]:
	"""All cells of a table; raises where a row contradicts another or something is left open."""
	rows = list(_rows(doctype))
	actions = list(dict.fromkeys(row["action"] for row in rows))
	return [cell for action in actions for cell in _cells(doctype, action, rows, states)]


def actions(doctype: str) -> set[str]:
	"""The actions of a table."""
	return {row["action"] for row in _rows(doctype)}


def _rows(doctype: str) -> Iterator[dict]:
	lines = (FOLDER / f"{doctype}.csv").read_text().splitlines()
	kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
	reader = csv.DictReader((line for _number, line in kept), skipinitialspace=True)
	for (number, _line), row in zip(kept[1:], reader, strict=True):
		yield {key.strip(): value.strip() for key, value in row.items()} | {"at": f"{doctype}.csv:{number}"}


def _cells(doctype: str, action: str, rows: list[dict], states: list[str]) -> Iterator[Cell]:
	mine = [row for row in rows if row["action"] == action]
	for whose in WHOSE:
		about = [row for row in mine if row["whose"] in (whose, REST)]
		by_state = _by_state(about, states)
		for state in states:
			if state not in by_state:
				raise ValueError(f"{doctype}: {action}, {whose}: {state} is left open")
			row = by_state[state]
			for role, answer in row.items():
				if role in (*KEYS, "at") or answer == NOTHING or not people.has(whose, role):
					continue
				if answer not in ANSWERS:
					raise ValueError(f"{row['at']}: {answer} is no answer")
				yield Cell(doctype, state, whose, action, role, answer, row["at"])


def _by_state(rows: list[dict], states: list[str]) -> dict[str, dict]:
	found: dict[str, dict] = {}
	for row in rows:
		if row["state"] == REST:
			continue
		for state in (part.strip() for part in row["state"].split("/")):
			if state not in states:
				raise ValueError(f"{row['at']}: there is no state {state}")
			if state in found:
				raise ValueError(f"{row['at']}: {state} stands in {found[state]['at']} already")
			found[state] = row
	rest = [row for row in rows if row["state"] == REST]
	if len(rest) > 1:
		raise ValueError(f"{rest[1]['at']}: a second row for all other states")
	return {**{state: row for row in rest for state in states}, **found}


def telling(all_cells: list[Cell]) -> list[Cell]:
	"""The cells in which state or unit can make a difference; of all others one stands for the rest."""
	groups: dict[tuple, list[Cell]] = {}
	for cell in all_cells:
		groups.setdefault((cell.action, cell.role), []).append(cell)
	chosen: set[Cell] = set()
	for group in groups.values():
		differ = len({cell.expected for cell in group}) > 1
		chosen.update(group if differ else group[:1])
	return [cell for cell in all_cells if cell in chosen]
