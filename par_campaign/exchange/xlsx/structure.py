"""The inside of an xlsx file apart from its cells: sheets, relations, number formats, texts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.errors import refuse
from par_campaign.exchange.xlsx.package import Package, active_content
from par_campaign.exchange.xlsx.xmlstream import Elements, attribute, read
from par_campaign.scoring.messages import _

# Number formats that Excel knows by number only (ECMA-376 part 1, 18.8.30, with the East Asian ones).
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_FORMATS = frozenset([9, 10])

# Formats in which a cell shows what it holds, as a results workbook is written; a format like \"99,95\" shows
# the reader another number than the recount reads.
_OPEN_FORMATS = frozenset(["general", "@", "0.00"])
_OPEN_NUMBERS = frozenset([0, 2, 49])

# Relations to what is laid over the cells.
_OVERLAYS = frozenset(["drawing", "vmldrawing"])

# What a relation's type may not end with, and what that would bring in.
_ACTIVE_RELATIONS = {
	"vbaproject": "macros",
	"xlmacrosheet": "macros",
	"attachedtoolbars": "macros",
	"externallink": "links to other files",
	"externallinkpath": "links to other files",
	"connections": "links to other files",
	"oleobject": "embedded objects",
	"package": "embedded objects",
	"control": "embedded objects",
}

# A relation that leads outside the file is harmless only where it waits for a click.
_HARMLESS_OUTSIDE = "hyperlink"


@dataclass(frozen=True)
class SheetEntry:
	"""A worksheet as the workbook lists it. `state` is visible, hidden or veryHidden."""

	name: str
	state: str
	part: str


@dataclass(frozen=True)
class Structure:
	"""All that is needed to understand cells."""

	sheets: tuple[SheetEntry, ...]
	strings: tuple[str, ...]
	formats: tuple[str, ...]  # by style number: "", "date" or "percent"
	date1904: bool  # day 0 of serial dates is 1904-01-01 (old Macintosh files)
	disguises: tuple[bool, ...] = ()  # by style number: whether the format may show something else
	overlays: tuple[tuple[str, str], ...] = ()  # kind and part of what may lie over cells
	by_rule: bool = False  # whether cells may change their number format by a rule


def read_structure(package: Package) -> Structure:
	"""Read everything but the worksheets. WorkbookError if the file is damaged or carries active content."""
	_check_content_types(package)
	overlays = []
	for name in package.names():
		if name.endswith(".rels"):
			found = _relations(package, name).values()
			overlays += [(relation.kind, relation.target) for relation in found if relation.kind in _OVERLAYS]
	main = _main_part(package)
	relations = _relations(package, _relations_of(main))
	workbook = _Workbook()
	read(main, package.small(main), workbook)
	sheets = _sheet_entries(package, workbook, relations, main)
	styles, strings = _Styles(), _Strings(package.bounds.strings, package.bounds.string_chars)
	for handler, kind in ((styles, "styles"), (strings, "sharedstrings")):
		part = next((r.target for r in relations.values() if r.kind == kind), "")
		if package.has(part):
			read(part, package.chunks(part) if kind == "sharedstrings" else package.small(part), handler)
	return Structure(
		sheets,
		tuple(strings.texts),
		tuple(styles.formats()),
		workbook.date1904,
		tuple(styles.disguises()),
		tuple(overlays),
		styles.by_rule,
	)


class _Anchors(Elements):
	"""Whether a drawing places anything; LibreOffice writes an empty one for every sheet."""

	def __init__(self) -> None:
		super().__init__()
		self.found = False

	def start(self, name: str, attributes: dict[str, str]) -> None:
		self.found |= name.endswith("Anchor")


def is_covered(package: Package, structure: Structure) -> bool:
	"""Whether pictures, shapes or comments lie over cells, or rules change their number formats."""
	return structure.by_rule or any(
		kind != "drawing" or _places_anything(package, part) for kind, part in structure.overlays
	)


def _places_anything(package: Package, part: str) -> bool:
	anchors = _Anchors()
	if package.has(part):
		read(part, package.small(part), anchors)
	return anchors.found


@dataclass(frozen=True)
class _Relation:
	kind: str  # last word of its type, lower case
	target: str  # part name, without leading slash


class _Relations(Elements):
	def __init__(self, base: str):
		super().__init__()
		self.base = base
		self.found: dict[str, _Relation] = {}

	def start(self, name: str, attributes: dict[str, str]) -> None:
		if name != "Relationship":
			return
		kind = attributes.get("Type", "").rpartition("/")[2].lower()
		if kind in _ACTIVE_RELATIONS:
			raise refuse(active_content(_ACTIVE_RELATIONS[kind]))
		if attributes.get("TargetMode", "").lower() == "external":
			if kind != _HARMLESS_OUTSIDE:
				raise refuse(active_content("links to other files"))
			return
		identity = attributes.get("Id", "")
		if identity in self.found:
			raise refuse(_("The workbook is damaged: a relation is there twice"))
		self.found[identity] = _Relation(kind, _resolve(self.base, attributes.get("Target", "")))


def _resolve(base: str, target: str) -> str:
	if target.startswith("/"):
		return posixpath.normpath(target).lstrip("/")
	return posixpath.normpath(posixpath.join(base, target))


def _relations_of(part: str) -> str:
	folder, name = posixpath.split(part)
	return posixpath.join(folder, "_rels", name + ".rels")


def _relations(package: Package, name: str) -> dict[str, _Relation]:
	base = posixpath.dirname(posixpath.dirname(name))
	handler = _Relations(base)
	read(name, package.small(name), handler)
	return handler.found


def _main_part(package: Package) -> str:
	for relation in _relations(package, "_rels/.rels").values():
		if relation.kind == "officedocument":
			return relation.target
	raise refuse(_("The workbook is damaged: part {0} is missing").format("workbook.xml"))


class _ContentTypes(Elements):
	def start(self, name: str, attributes: dict[str, str]) -> None:
		kind = attributes.get("ContentType", "").lower()
		if "sheet.binary" in kind:
			raise refuse(_("The file is a binary .xlsb workbook: save it as .xlsx"))
		if "macroenabled" in kind or "vbaproject" in kind or "macrosheet" in kind:
			raise refuse(active_content("macros"))


def _check_content_types(package: Package) -> None:
	name = "[content_types].xml"
	read(name, package.small(name), _ContentTypes())


class _Workbook(Elements):
	def __init__(self) -> None:
		super().__init__()
		self.sheets: list[tuple[str, str, str]] = []
		self.date1904 = False

	def start(self, name: str, attributes: dict[str, str]) -> None:
		if name == "workbookPr":
			self.date1904 = attributes.get("date1904", "0").lower() in ("1", "true", "on")
		elif name in ("externalReference", "oleSize", "ddeLink"):
			raise refuse(active_content("links to other files"))
		elif name == "sheet" and self.path[-2:-1] == ["sheets"]:
			state = attributes.get("state", "visible")
			self.sheets.append((attributes.get("name", ""), state, attribute(attributes, "id")))


def _sheet_entries(
	package: Package, workbook: _Workbook, relations: dict[str, _Relation], main: str
) -> tuple[SheetEntry, ...]:
	if not workbook.sheets:
		raise refuse(_("The workbook has no sheets"))
	if len(workbook.sheets) > package.bounds.sheets:
		raise refuse(_("The workbook has more than {0} sheets").format(package.bounds.sheets))
	entries = []
	for name, state, identity in workbook.sheets:
		relation = relations.get(identity)
		if relation is None or not package.has(relation.target):
			raise refuse(_("The workbook is damaged: part {0} is missing").format(main), name)
		if relation.kind == "worksheet":  # a chart sheet has no cells
			entries.append(SheetEntry(name, state, relation.target))
	for what in ([e.name.casefold() for e in entries], [e.part.lower() for e in entries]):
		if len(set(what)) != len(what):
			raise refuse(_("The workbook is damaged: a sheet is there twice"))
	return tuple(entries)


_LITERAL_IN_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def _kind_of_format(code: str) -> str:
	"""What a number format makes of a number: "date", "percent" or "" (a number)."""
	code = _LITERAL_IN_FORMAT.sub("", code[:255])
	if "%" in code:
		return "percent"
	return "date" if re.search(r"[dmyhs]", code, re.IGNORECASE) else ""


class _Styles(Elements):
	def __init__(self) -> None:
		super().__init__()
		self.custom: dict[str, str] = {}
		self.used: list[str] = []
		self.by_rule = False

	def start(self, name: str, attributes: dict[str, str]) -> None:
		if name == "numFmt" and "dxf" in self.path:
			self.by_rule |= attributes.get("formatCode", "").strip().lower() not in _OPEN_FORMATS
		elif name == "numFmt":
			self.custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
		elif name == "xf" and self.path[-2:-1] == ["cellXfs"]:
			self.used.append(attributes.get("numFmtId", "0"))

	def formats(self) -> list[str]:
		"""Kind of every cell style, in order."""
		return [self._kind(number) for number in self.used]

	def disguises(self) -> list[bool]:
		"""Whether a cell of each style may show something else than it holds."""
		return [not self._is_open(number) for number in self.used]

	def _is_open(self, number: str) -> bool:
		if number in self.custom:
			return self.custom[number].strip().lower() in _OPEN_FORMATS
		return number.isdecimal() and len(number) < 6 and int(number) in _OPEN_NUMBERS

	def _kind(self, number: str) -> str:
		if number in self.custom:
			return _kind_of_format(self.custom[number])
		code = int(number) if number.isdecimal() and len(number) < 6 else 0
		if code in _DATE_FORMATS:
			return "date"
		return "percent" if code in _PERCENT_FORMATS else ""


class _Strings(Elements):
	"""The shared texts. Phonetic hints (rPh) are no part of a text."""

	def __init__(self, most: int, most_chars: int):
		super().__init__()
		self.texts: list[str] = []
		self.parts: list[str] = []
		self.room = limits.CELL_TEXT
		self.most = most
		self.chars_left = most_chars

	def start(self, name: str, attributes: dict[str, str]) -> None:
		if name == "si":
			self.parts = []
			self.room = limits.CELL_TEXT
		elif name == "t" and "rPh" not in self.path:
			self.gather(self.room)

	def end(self, name: str) -> None:
		if name == "t" and self.text is not None:
			self.parts.append(self.gathered())
			self.room -= len(self.parts[-1])
		elif name == "si":
			self._add("".join(self.parts))

	def _add(self, text: str) -> None:
		self.chars_left -= len(text)
		if self.chars_left < 0 or len(self.texts) >= self.most:
			raise refuse(_("The workbook has more text than can be read"))
		self.texts.append(text)
