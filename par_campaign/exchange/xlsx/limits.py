"""How much of a workbook is read before it is refused. All limits are here, with their reasons.

The largest honest case known: a province of 600 units with 100 leaves each. Its results workbook
with a sheet a unit has about 130 000 rows and 2.5 million cells, 25 MB zipped, 300 MB of XML.
A file that is uploaded (criteria, score sheet, external results) has at most some thousand rows.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB

# Excel's own bounds: a file beyond them is not a workbook.
SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384
CELL_TEXT = 32_767

# Bytes given to the XML parser at a time. Also the grain in which the limits below are checked.
CHUNK = 64 * KIB

# One tag with its attributes. An honest one has some hundred bytes; older expat versions parse a
# growing token anew with every chunk, so a token of many chunks costs quadratic time.
TOKEN = 1 * MIB

# Elements within elements. A worksheet has 8 levels (rich text in a cell), a theme some 15.
DEPTH = 64

# Below this size a member's ratio is not looked at: tiny repetitive parts compress very well.
RATIO_FROM = 1 * MIB

# Bytes of the zip's table of contents per member: 46 fixed, the rest is the name and extras.
DIRECTORY_ENTRY = 400

# Numbered rows of a criteria set. A set of 600 leaves has some 900.
CRITERIA = 3_000

# Lines of text that are looked through for answers, in all cells of a criteria table together.
# A set of 600 leaves has some 3000.
ANSWER_LINES = 20_000

# Faults listed for one workbook. Nobody reads more, and each costs memory.
FAULTS = 500


@dataclass(frozen=True)
class Limits:
	"""Bounds for one kind of workbook. Sizes in bytes, the rest in pieces."""

	file_bytes: int  # as it lies on disk: what an upload may send
	members: int  # parts in the zip: two a sheet, and a few dozen
	total_bytes: int  # all parts unpacked: what parsing costs in time
	part_bytes: int  # a small part (relations, workbook, styles) that is read as a whole
	ratio: int  # unpacked / packed of one member; honest sheets have 10 to 60, deflate can do 1000
	sheets: int
	rows: int  # rows with something in them, per sheet; empty ones only count against SHEET_ROWS
	columns: int  # rightmost column with something in it
	cells: int  # cells with something in them, as often as they are read
	strings: int  # shared strings
	string_chars: int  # their characters together, which stay in memory
	cell_chars: int  # characters of all cells as they are read: one shared string may fill many cells
	merges: int  # merged areas per sheet


# A person's upload. 600 leaves with long explanations are below 1 MB.
UPLOAD = Limits(
	file_bytes=10 * MIB,
	members=500,
	total_bytes=100 * MIB,
	part_bytes=4 * MIB,
	ratio=250,
	sheets=100,
	rows=20_000,
	columns=300,
	cells=500_000,
	strings=200_000,
	string_chars=20_000_000,
	cell_chars=5_000_000,
	merges=20_000,
)

# The results workbook, given to the recount by whoever checks it: the largest honest case, doubled.
RESULTS = Limits(
	file_bytes=60 * MIB,
	members=3_000,
	total_bytes=600 * MIB,
	part_bytes=8 * MIB,
	ratio=250,
	sheets=1_200,
	rows=200_000,
	columns=500,
	cells=12_000_000,  # read twice: for what they state and for their marks
	strings=2_000_000,
	string_chars=200_000_000,
	cell_chars=1_200_000_000,  # as large as its XML, read twice
	merges=20_000,
)
