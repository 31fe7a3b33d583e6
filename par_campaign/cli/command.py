"""`par-campaign`: rank a table, recount a results workbook, print it. No Frappe needed.

Exit codes: 0 all is well · 1 the recount does not agree · 2 the input cannot be used, with the
reason on one line of stderr. PAR_LANG (or the locale) beginning with "vi" gives Vietnamese messages
and a decimal comma; JSON is the same in every language.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from par_campaign.scoring import messages
from par_campaign.scoring.decimals import format_vi
from par_campaign.scoring.messages import _
from par_campaign.scoring.table import (
	NUMBERS,
	Place,
	Record,
	TableError,
	Value,
	columns_of,
	rank_table,
	read_csv,
)

if TYPE_CHECKING:
	from par_campaign.exchange.results_workbook.recount import Difference, Recount
	from par_campaign.exchange.xlsx.cells import Cell, Row

OK, DISAGREES, UNUSABLE = 0, 1, 2
LANGUAGE_SETTINGS = ("PAR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
DIGITS_SHOWN = Context(prec=15)
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


Run = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


class Unusable(Exception):
	"""Input that nothing can be done with; the message is the reason."""


def main(argv: Sequence[str] | None = None) -> int:
	"""Run a command and return its exit code."""
	_use_utf8()
	with _language():
		arguments = _parser().parse_args(argv)
		try:
			run: Run = arguments.run
			return run(arguments)
		except BrokenPipeError:  # whoever read our output has seen enough
			sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - stays open for the flush at exit
			return OK
		except Unusable as error:
			return _refuse(arguments.file, str(error))
		except OSError as error:
			return _refuse(arguments.file, error.strerror or str(error))


def _refuse(file: str, reason: str) -> int:
	print(" ".join(f"par-campaign: {file}: {reason}".split()), file=sys.stderr)
	return UNUSABLE


def _use_utf8() -> None:
	"""Vietnamese names must come out whatever the terminal's locale says."""
	for stream in (sys.stdout, sys.stderr):
		if hasattr(stream, "reconfigure"):
			stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def speaks_vietnamese(environment: Mapping[str, str] = os.environ) -> bool:
	"""Whether the first language setting that is there asks for Vietnamese."""
	settings = (environment.get(name, "") for name in LANGUAGE_SETTINGS)
	return next(filter(None, settings), "").lower().startswith("vi")


@contextlib.contextmanager
def _language() -> Iterator[None]:
	if speaks_vietnamese():
		catalogue = messages.vietnamese_catalogue()
		messages.set_translator(messages.by_catalogue(catalogue))
	try:
		yield
	finally:
		messages.set_translator(None)


class _Parser(argparse.ArgumentParser):
	"""Says what is wrong with a command on one line, as everything else that is refused."""

	def error(self, message: str) -> NoReturn:
		self.exit(UNUSABLE, f"{self.prog}: {' '.join(message.split())}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
	parser = _Parser(
		prog="par-campaign", description=_("Rank units, recount published results, print dossiers.")
	)
	commands = parser.add_subparsers(required=True, metavar="COMMAND")
	rank = _command(commands, "rank", _rank, _("rank a table of units and points"))
	rank.add_argument(
		"file", metavar="TABLE", help=_("CSV in UTF-8 or xlsx: unit, group, cluster, earned, …")
	)
	rank.add_argument("--by", choices=("group", "cluster"), default="cluster", help=_("scope of the ranks"))
	rank.add_argument("--json", action="store_true", help=_("print JSON"))
	recount = _command(commands, "recount", _recount, _("recompute a results workbook and compare"))
	recount.add_argument("file", metavar="WORKBOOK", help=_("results workbook exported by the app"))
	recount.add_argument("--digest", default="", help=_("the digest printed with the published ranking"))
	recount.add_argument("--json", action="store_true", help=_("print JSON"))
	dossier = _command(commands, "print", _print, _("print ranking and award dossier of a workbook as PDF"))
	dossier.add_argument("file", metavar="WORKBOOK", help=_("results workbook exported by the app"))
	dossier.add_argument("--out", required=True, metavar="DIR", help=_("directory for the PDF files"))
	return parser


def _command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
	parser = commands.add_parser(name, help=text, description=text)
	parser.set_defaults(run=run)
	return parser


# --- rank ---------------------------------------------------------------------------------------


def _rank(arguments: argparse.Namespace) -> int:
	try:
		places = rank_table(_records(Path(arguments.file)), arguments.by)
	except TableError as error:
		raise Unusable(str(error)) from error
	_write(_as_json(places, arguments.by) if arguments.json else _as_text(places, arguments.by))
	return OK


def _write(text: str) -> None:
	print(text)
	sys.stdout.flush()  # a closed pipe shows here, where it is caught


def _rank_of(place: Place, by: str) -> int | None:
	return place.row.group_rank if by == "group" else place.row.rank


def _as_text(places: Sequence[Place], by: str) -> str:
	"""A line a unit, separated by tabs: rank, unit, group, cluster, index."""
	lines = []
	for place in places:
		row = place.row
		index = format_vi(row.index) if speaks_vietnamese() else format(row.index, "f")
		cells = (str(_rank_of(place, by)), row.unit, row.group, row.cluster, index)
		lines.append("\t".join(_printable(cell) for cell in cells))
	return "\n".join(lines)


def _printable(text: str) -> str:
	"""Without characters that would act on the terminal."""
	return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _as_json(places: Sequence[Place], by: str) -> str:
	return "[\n" + ",\n".join(_json_row(place, by) for place in places) + "\n]"


def _json_row(place: Place, by: str) -> str:
	row = place.row
	shown = {
		"rank": _rank_of(place, by),
		"unit": row.unit,
		"group": row.group,
		"cluster": row.cluster,
		"work": place.work,
	}
	# the index is written from the Decimal: a JSON number with its two decimals, never by way of a float
	return f'{json.dumps(shown, ensure_ascii=False)[:-1]}, "index": {row.index:f}}}'


def _records(path: Path) -> Iterator[tuple[int, Record]]:
	with path.open("rb") as file:
		start = file.read(4)
	if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") or start in (ZIP_MAGIC, OLE_MAGIC):
		yield from _sheet_records(path)
	else:
		yield from read_csv(path.read_bytes())


def _sheet_records(path: Path) -> Iterator[tuple[int, Record]]:
	"""Rows of the workbook's only sheet, by the same safe reader the desk uses."""
	from par_campaign.exchange.xlsx.errors import WorkbookError
	from par_campaign.exchange.xlsx.safe import only_sheet, open_workbook

	try:
		with open_workbook(path) as book:
			rows = book.load(only_sheet(book)).rows
	except WorkbookError as error:
		raise Unusable(str(error.faults[0])) from error
	if not rows:
		raise TableError(_("the file is empty"))
	head, *rest = rows
	columns = _sheet_columns(head)
	for row in rest:
		cells = {columns[cell.column - 1]: cell for cell in row.cells if cell.column - 1 in columns}
		record = {name: _value(row.number, name, cell) for name, cell in cells.items()}
		if any(value not in (None, "") for value in record.values()):
			yield row.number, record


def _sheet_columns(head: Row) -> dict[int, str]:
	texts = [""] * head.cells[-1].column
	for cell in head.cells:
		texts[cell.column - 1] = str(cell.value or "")
	return columns_of(texts, head.number)


def _value(row: int, name: str, cell: Cell) -> Value:
	from par_campaign.exchange.xlsx.values import CellError, number_of, text_of

	try:
		return _as_shown(number_of(cell)) if name in NUMBERS else text_of(cell)
	except CellError as error:
		raise TableError(str(error), row, name) from error


def _as_shown(number: Decimal | None) -> Decimal | None:
	"""A sum that a spreadsheet worked out, with the 15 digits it shows: 94.565, not 94.56499999999999."""
	return None if number is None else DIGITS_SHOWN.plus(number)


# --- recount and print --------------------------------------------------------------------------


def _recount(arguments: argparse.Namespace) -> int:
	from par_campaign.exchange.results_workbook.recount import examine
	from par_campaign.exchange.xlsx.errors import WorkbookError

	_require_file(arguments.file)
	try:
		recount = examine(arguments.file, arguments.digest)
	except WorkbookError as error:
		raise Unusable(str(error.faults[0])) from error
	if arguments.json:
		found = {"agrees": not recount.differences, **asdict(recount)}
		_write(json.dumps(found, ensure_ascii=False, indent="\t"))
	else:
		_write("\n".join(map(_difference, recount.differences) if recount.differences else _agreed(recount)))
	return DISAGREES if recount.differences else OK


def _agreed(recount: Recount) -> Iterator[str]:
	"""That all agrees, and what to hold against the paper: the digest, and awards decided since."""
	yield _("The recount agrees with the workbook.")
	yield _("Digest: {0}. It must be the one printed under the ranking.").format(
		recount.published or recount.digest
	)
	if recount.published not in ("", recount.digest):
		yield _(
			"Awards have gone on since the results were published: hold votes and decisions against their own papers."
		)


def _require_file(file: str) -> None:
	"""Fail with the system's own reason where the file cannot be opened."""
	with open(file, "rb"):
		pass


def _difference(difference: Difference) -> str:
	place = "!".join(filter(None, (difference.sheet, difference.cell)))
	values = ""
	if difference.stated or difference.computed:
		values = _("stated {0}, recounted {1}").format(difference.stated or "–", difference.computed or "–")
	return "\t".join(_printable(part) for part in (place, difference.what, values))


def _print(arguments: argparse.Namespace) -> int:
	from par_campaign.exchange.xlsx.errors import WorkbookError

	try:
		from par_campaign.cli.papers import print_workbook
		from par_campaign.printing.errors import PrintError
	except (ImportError, OSError) as error:  # OSError: WeasyPrint without the system's pango
		raise Unusable(_("printing is not available: {0}").format(error)) from error
	_require_file(arguments.file)
	try:
		written = print_workbook(arguments.file, arguments.out)
	except WorkbookError as error:
		raise Unusable(str(error.faults[0])) from error
	except PrintError as error:
		raise Unusable(str(error)) from error
	_write("\n".join(str(path) for path in written))
	return OK
