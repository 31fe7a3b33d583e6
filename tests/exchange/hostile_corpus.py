"""Workbooks made to harm: each with what a reader must do with it. Thrown at every reader by the tests
and by `dev/fuzz_workbooks.py`.

An attack is a maker of bytes and a word of the refusal, or None where the file is harmless and read.
Sizes are kept below the limits on purpose, so that what is tested is not the limit on size.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable

from xlsx_makers import (
	CONTENT_TYPES,
	MAIN,
	OFFICE,
	packed,
	parts,
	relationships,
	shared,
	styles,
	text_cell,
	worksheet,
)

Attack = tuple[Callable[[], bytes], str | None]

LONG = ("Có: 1 " + "kế hoạch cải cách hành chính " * 1_100)[:32_700]
HEADINGS = ("STT", "Tiêu chí", "Điểm tối đa", "Hướng dẫn")
HEAD = f'<row r="1">{"".join(text_cell(f"{letter}1", text) for letter, text in zip("ABCD", HEADINGS, strict=True))}</row>'
ONE = f'<row r="2">{text_cell("A2", "1")}{text_cell("B2", "Lĩnh vực")}<c r="C2"><v>1</v></c></row>'


def table(rows: str = ONE, **options: str | bytes) -> bytes:
	"""A workbook with the heading of a criteria table above these rows."""
	return packed(parts(HEAD + rows, **options)).getvalue()


def with_parts(**replaced: str | bytes) -> bytes:
	"""The harmless table with parts put in or replaced."""
	return packed(parts(HEAD + ONE) | replaced).getvalue()


def again_and_again(text: str) -> bytes:
	"""A long text that is stored once and stands in 50 000 cells."""
	rows = "".join(
		f'<row r="{r}"><c r="A{r}" t="s"><v>1</v></c><c r="B{r}" t="s"><v>0</v></c>'
		f'<c r="C{r}"><v>1</v></c><c r="D{r}" t="s"><v>0</v></c></row>'
		for r in range(2, 19_000)
	)
	return table(rows, **{"xl/sharedStrings.xml": shared(text, "")})


def rows_of(column: str, text: str, first: str = ONE) -> bytes:
	"""The text in every row that is allowed."""
	rows = "".join(f'<row r="{r}">{text_cell(f"{column}{r}", text)}</row>' for r in range(3, 20_000))
	return table(first + rows)


def numbered() -> bytes:
	"""As many numbered rows as rows are allowed."""
	rows = (
		f'<row r="{r}">{text_cell(f"A{r}", f"{r % 900 + 1}.{r // 900 + 1}")}{text_cell(f"B{r}", "x")}</row>'
		for r in range(2, 20_000)
	)
	return table("".join(rows))


def marks(text: str) -> bytes:
	"""A cell with this text, two hundred times."""
	rows = "".join(
		f'<row r="{r}">{text_cell(f"A{r}", str(r))}<c r="B{r}" t="s"><v>0</v></c></row>'
		for r in range(2, 150)
	)
	return table(rows, **{"xl/sharedStrings.xml": shared(text)})


def overlapping_merges() -> bytes:
	rows = (f'<row r="{r}">{text_cell(f"A{r}", "1")}{text_cell(f"Z{r}", "1")}</row>' for r in range(2, 2_000))
	areas = (f'<mergeCell ref="A{r}:Z20000"/>' for r in range(2, 2_000))
	return table("".join(rows), after="<mergeCells>" + "".join(areas) + "</mergeCells>")


def book(after: str = "", sheets: str = '<sheet name="Trang" sheetId="1" r:id="r1"/>') -> str:
	return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{after}</workbook>'


def doubled(name: str) -> bytes:
	"""A second part whose name differs from workbook.xml only in how it is written."""
	out = io.BytesIO()
	with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
		warnings.simplefilter("ignore")
		for part, content in parts(HEAD + ONE).items():
			archive.writestr(part, content)
		archive.writestr(name, "<x/>")
	return out.getvalue()


def symlink() -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		for part, content in parts(HEAD + ONE).items():
			archive.writestr(part, content)
		link = zipfile.ZipInfo("xl/sharedStrings.xml")
		link.create_system, link.external_attr = 3, 0o120777 << 16
		archive.writestr(link, "/etc/passwd")
	return out.getvalue()


def renamed_inside() -> bytes:
	"""The part's own header says another name than the table of contents."""
	content = bytearray(table())
	at = content.find(b"xl/workbook.xml")
	content[at : at + 15] = b"xl/workbooX.xml"
	return bytes(content)


def second_end() -> bytes:
	content = table()
	return content[:-2] + struct.pack("<H", 22) + content[-22:]


def encoded(name: str, text: str) -> bytes:
	declared = f'<?xml version="1.0" encoding="{name}"?>{text}'
	return with_parts(**{"xl/worksheets/sheet1.xml": declared.encode(name)})


def cell(inside: str) -> bytes:
	return table(f'{ONE}<row r="3">{inside}</row>')


def numbered_attributes(pattern: str, count: int) -> str:
	return " ".join(pattern.format(i) for i in range(count))


SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'

CORPUS: dict[str, Attack] = {
	# one text in many cells, and texts that are slow to look at
	"one long text in 50 000 cells": (lambda: again_and_again(LONG), "more text"),
	"one text of spaces in 50 000 cells": (lambda: again_and_again(f"a{' ' * 32_000}b"), "more text"),
	"one text of lines in 50 000 cells": (lambda: again_and_again("x: 1\n" * 6_000), "more text"),
	"one text in an old encoding in 50 000 cells": (
		lambda: again_and_again("Së Néi vô " * 3_000),
		"more text",
	),
	"20 000 rows of lines": (lambda: rows_of("B", "&#10;".join("a" * 40)), "lines|table"),
	"20 000 answers": (lambda: rows_of("B", "Từ 70% - 90%: 1"), None),
	"20 000 numbered rows": (numbered, "numbered rows|table"),
	"20 000 sections": (lambda: rows_of("A", "A"), "numbered rows|table"),
	"marks upon marks": (lambda: marks("a" + "\u0301\u0323" * 16_000), None),
	"a word of 30 000 letters": (lambda: marks("ủ" * 30_000), None),
	"a text merged over the whole sheet": (
		lambda: table(
			f'<row r="2">{text_cell("A2", "1")}{text_cell("B2", LONG)}</row>'
			+ "".join(f'<row r="{r}"><c r="C{r}"><v>1</v></c></row>' for r in range(3, 19_000)),
			after='<mergeCells><mergeCell ref="B2:B1048576"/></mergeCells>',
		),
		"more text",
	),
	"merges that overlap": (overlapping_merges, "filled cells"),
	# XML
	"UTF-16 with a document type": (lambda: encoded("utf-16", DOCTYPE + worksheet(HEAD)), "document type"),
	"UTF-16": (lambda: encoded("utf-16", worksheet(HEAD + ONE)), None),
	"UTF-7": (lambda: with_parts(**{SHEET: b'<?xml version="1.0" encoding="UTF-7"?><x/>'}), "not XML"),
	"EBCDIC": (lambda: encoded("cp037", worksheet("")), "not XML"),
	"20 000 namespaces": (
		lambda: with_parts(
			**{SHEET: f'<worksheet xmlns="{MAIN}" ' + numbered_attributes("xmlns:a{0}='x{0}'", 20_000) + "/>"}
		),
		"table",
	),
	"60 000 attributes": (lambda: cell('<c r="A3" ' + numbered_attributes("a{0}='1'", 60_000) + "/>"), None),
	"runs in runs": (
		lambda: cell(f'<c r="A3" t="inlineStr"><is>{"<r>" * 5_000}{"</r>" * 5_000}</is></c>'),
		"deeply",
	),
	"a half character": (lambda: cell(text_cell("B3", "&#xD800;")), "not XML"),
	"an inclusion": (
		lambda: cell(
			'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
		),
		None,
	),
	"a style sheet": (
		lambda: with_parts(**{SHEET: f'<?xml-stylesheet href="file:///etc/passwd"?>{worksheet(HEAD + ONE)}'}),
		None,
	),
	"a document type in custom XML, which is not read": (
		lambda: with_parts(**{"customXml/item1.xml": f"{DOCTYPE}<x/>"}),
		None,
	),
	"5 000 formats of brackets": (
		lambda: table(
			**{
				"xl/styles.xml": styles(*["[" * 250] * 5_000),
			}
		),
		None,
	),
	# the zip
	"a part twice in capitals": (lambda: doubled("XL/WORKBOOK.XML"), "twice"),
	"a part twice in look-alike letters": (lambda: doubled("xl/wor\u212aboo\u212a.xml"), "twice"),
	"a part that is called otherwise inside": (renamed_inside, "cannot be unpacked"),
	"a second end in the comment": (second_end, "not a readable"),
	"a symbolic link": (symlink, "not XML|twice"),
	"a path of Windows": (lambda: doubled("C:\\Windows\\x.xml"), "damaged"),
	"a workbook behind another": (lambda: packed(parts("")).getvalue() + table(), None),
	# relations
	"a sheet outside the file": (
		lambda: with_parts(
			**{"xl/_rels/workbook.xml.rels": relationships(("r1", "worksheet", "../../../../etc/passwd"))}
		),
		"missing",
	),
	"a sheet by address": (
		lambda: with_parts(
			**{"xl/_rels/workbook.xml.rels": relationships(("r1", "worksheet", "file:///etc/passwd"))}
		),
		"missing",
	),
	"relations that are the workbook": (
		lambda: with_parts(**{"_rels/.rels": relationships(("r1", "officeDocument", "_rels/.rels"))}),
		"missing",
	),
	"one sheet ninety times": (
		lambda: with_parts(
			**{
				"xl/workbook.xml": book(
					sheets="".join(f'<sheet name="T{i}" sheetId="{i}" r:id="r1"/>' for i in range(1, 91))
				)
			}
		),
		"twice",
	),
	"a pivot cache fed from outside": (
		lambda: with_parts(
			**{
				"xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relationships(
					("r1", "externalLinkPath", "file:///etc/passwd"), mode="External"
				)
			}
		),
		"links",
	),
	"50 000 defined names that call a program": (
		lambda: with_parts(
			**{
				"xl/workbook.xml": book(
					"<definedNames>"
					+ "".join(
						f"<definedName name=\"n{i}\">cmd|'/C calc'!A0</definedName>" for i in range(50_000)
					)
					+ "</definedNames>"
				)
			}
		),
		None,
	),
	# other kinds of file
	".xlsb": (
		lambda: with_parts(
			**{
				"[Content_Types].xml": CONTENT_TYPES.replace(
					"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
					"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
				)
			}
		),
		"xlsb",
	),
	# cells
	"a formula that calls a program": (
		lambda: cell("<c r=\"A3\"><f>cmd|' /C calc'!A0</f><v>1</v></c>"),
		"calls another",
	),
	"an array over the whole sheet": (
		lambda: cell('<c r="D3"><f t="array" ref="A3:XFD1048576">1</f><v>1</v></c>'),
		None,
	),
	"dates that are none": (
		lambda: table(
			'<row r="2"><c r="A2" s="0"><v>1e308</v></c><c r="B2" t="d"><v>9999-99-99</v></c>'
			'<c r="C2" s="0"><v>-5</v></c></row>',
			**{"xl/styles.xml": styles("dd/mm/yyyy")},
		),
		None,
	),
	"errors and truths": (
		lambda: cell(
			'<c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="b"><v>7</v></c>'
		),
		None,
	),
	"digits of other scripts": (lambda: cell(text_cell("A3", "١.١") + text_cell("C3", "５")), None),
	"letters written from right to left": (lambda: cell(text_cell("B3", "\u202eabc\u202c")), None),
	"a NUL spelt out": (lambda: cell(text_cell("B3", "a_x0000_b_xD800_")), None),
}
