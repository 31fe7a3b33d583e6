"""Files that must not be opened, or only within bounds."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from xlsx_makers import (
	CONTENT_TYPES,
	MAIN,
	OFFICE,
	packed,
	parts,
	relationships,
	shared,
	text_cell,
	workbook,
	worksheet,
)

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.errors import WorkbookError
from par_campaign.exchange.xlsx.limits import UPLOAD
from par_campaign.exchange.xlsx.safe import open_workbook


def read_all(source, bounds=UPLOAD):
	with open_workbook(source, bounds) as book:
		return [book.load(entry) for entry in book.sheets]


def refused(source, *words, bounds=UPLOAD):
	"""The file is refused, and the message has these words."""
	with pytest.raises(WorkbookError) as caught:
		read_all(source, bounds)
	message = str(caught.value)
	for word in words:
		assert word in message, message
	return caught.value.faults


def test_an_honest_workbook_is_read():
	(sheet,) = read_all(workbook('<row r="1"><c r="A1"><v>1.5</v></c></row>'))
	assert str(sheet.rows[0].cells[0].value) == "1.5"


@pytest.mark.parametrize(
	("content", "word"),
	[
		(b"", "not an .xlsx"),
		(b"STT;Diem\n1;2\n", "not an .xlsx"),
		(b"PK\x03\x04 and nothing more", "not a readable"),
		(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
	],
)
def test_other_kinds_of_file_are_named(content, word):
	refused(io.BytesIO(content), word)


def test_documents_of_other_programs_are_named():
	refused(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument")
	refused(packed({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w/>"}), "Word")
	refused(packed({"a.txt": "x"}), "not an .xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
	bomb = packed(parts(**{"xl/worksheets/sheet1.xml": b" " * (50 * limits.MIB)}))
	tracemalloc.start()
	refused(bomb, "unpacks to more than")
	peak = tracemalloc.get_traced_memory()[1]
	tracemalloc.stop()
	assert peak < 5 * limits.MIB


def test_many_members_that_are_each_below_the_ratio_are_refused_together():
	noise = bytes(range(256)) * 16
	filler = (noise + b" " * 60_000) * 200
	made = parts(**{f"xl/media/{i}.bin": filler for i in range(10)})
	refused(packed(made), "Unpacked")


def test_a_wrong_stated_size_does_not_unpack_more_than_stated():
	"""The table of contents says 10 bytes for a part of a megabyte."""
	content = packed(parts(**{"xl/worksheets/sheet1.xml": worksheet("<row/>" * 200_000)})).getvalue()
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		stated = archive.getinfo("xl/worksheets/sheet1.xml").file_size
	forged = content.replace(struct.pack("<L", stated), struct.pack("<L", 10))
	refused(io.BytesIO(forged), "damaged")


def test_overlapping_members_are_refused():
	content = bytearray(packed(parts(**{"xl/media/a.bin": b"ab" * 40_000}), zipfile.ZIP_STORED).getvalue())
	end = content.rfind(b"PK\x05\x06")
	count, size, start = struct.unpack_from("<HLL", content, end + 10)
	directory = bytes(content[start : start + size])
	last = directory.rfind(b"PK\x01\x02")
	copies = b"".join(directory[last:].replace(b"media/a", b"media/%d" % i) for i in range(3))
	forged = content[: start + size] + copies + content[end:]
	new_end = forged.rfind(b"PK\x05\x06")
	struct.pack_into("<HHL", forged, new_end + 8, count + 3, count + 3, size + len(copies))
	refused(io.BytesIO(forged), "overlap")


def test_a_huge_table_of_contents_is_not_read():
	content = bytearray(packed(parts()).getvalue())
	struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 500_000_000)
	refused(io.BytesIO(content), "parts")


def test_too_many_members_are_refused():
	refused(packed(parts(**{f"x/{i}": "" for i in range(UPLOAD.members)})), "parts")


def test_a_file_too_large_is_refused_unread():
	refused(workbook(), "larger than", bounds=replace(UPLOAD, file_bytes=100))


def test_an_encrypted_member_is_refused():
	content = bytearray(workbook().getvalue())
	at = 0
	while (at := content.find(b"PK\x01\x02", at)) >= 0:
		content[at + 8] |= 1
		at += 4
	refused(io.BytesIO(content), "password")


@pytest.mark.parametrize("name", ["../evil.xml", "/abs.xml", "xl\\a.xml"])
def test_odd_names_are_refused(name):
	refused(packed(parts(**{name: "x"})), "damaged")


def test_a_part_that_is_there_twice_is_refused():
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
		for name, content in parts().items():
			archive.writestr(name, content)
		archive.writestr("xl/workbook.xml", "<other/>")
	refused(out, "twice")


@pytest.mark.parametrize(
	("part", "word"),
	[
		("xl/vbaProject.bin", "macros"),
		("xl/macrosheets/sheet1.xml", "macros"),
		("xl/other/vbaproject.bin", "macros"),
		("xl/externalLinks/externalLink1.xml", "links"),
		("xl/connections.xml", "links"),
		("xl/embeddings/oleObject1.bin", "embedded"),
		("xl/activeX/activeX1.xml", "embedded"),
	],
)
def test_active_parts_are_refused(part, word):
	refused(packed(parts(**{part: "x"})), word)


@pytest.mark.parametrize(
	("kind", "word"), [("vbaProject", "macros"), ("externalLink", "links"), ("oleObject", "embedded")]
)
def test_active_relations_are_refused_whatever_the_part_is_called(kind, word):
	made = parts(**{"xl/worksheets/_rels/sheet1.xml.rels": relationships(("r1", kind, "../harmless.xml"))})
	refused(packed(made), word)


def test_a_link_outside_is_refused_but_a_hyperlink_may_stay():
	name = "xl/worksheets/_rels/sheet1.xml.rels"
	outside = relationships(("r1", "image", "http://example.org/a.png"), mode="External")
	refused(packed(parts(**{name: outside})), "links")
	click = relationships(("r1", "hyperlink", "http://example.org/"), mode="External")
	assert read_all(packed(parts(**{name: click})))


def test_a_macro_content_type_is_refused():
	types = CONTENT_TYPES.replace("sheet.main", "sheet.macroEnabled.main")
	refused(packed(parts(**{"[Content_Types].xml": types})), "macros")


@pytest.mark.parametrize("formula", ["cmd|'/c calc'!A0", "[1]Sheet1!A1", "'[\\\\host\\a.xlsx]S'!A1"])
def test_formulas_that_call_outside_are_refused_with_their_cell(formula):
	data = f'<row r="2"><c r="B2"><f>{formula}</f><v>1</v></c></row>'
	(fault,) = refused(workbook(data), "another program or file")
	assert (fault.sheet, fault.cell) == ("Trang", "B2")


def lol(levels: int = 9) -> tuple[str, str]:
	"""Billion laughs: the declaration and its use."""
	entities = '<!ENTITY l0 "lol">' + "".join(
		f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, levels + 1)
	)
	return f"<?xml version='1.0'?><!DOCTYPE a [{entities}]>", f"&l{levels};"


PARTS = [
	"xl/worksheets/sheet1.xml",
	"xl/workbook.xml",
	"xl/sharedStrings.xml",
	"xl/styles.xml",
	"_rels/.rels",
	"[Content_Types].xml",
]


@pytest.mark.parametrize("part", PARTS)
def test_entities_are_refused_in_every_part(part):
	declaration, use = lol()
	made = parts(**{"xl/sharedStrings.xml": shared("a"), "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'})
	made[part] = declaration + made[part] + use
	started = time.monotonic()
	refused(packed(made), "entities")
	assert time.monotonic() - started < 2


@pytest.mark.parametrize("part", PARTS)
def test_a_document_type_alone_is_refused(part):
	made = parts(**{"xl/sharedStrings.xml": shared("a"), "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'})
	made[part] = '<!DOCTYPE a SYSTEM "file:///etc/passwd">' + made[part]
	refused(packed(made), "document type")


def test_deep_nesting_is_refused():
	refused(workbook("<a>" * 5000 + "</a>" * 5000), "nested")


def test_an_endless_tag_is_refused_in_time():
	data = f'<row r="1" x="{"a" * 30_000_000}">'
	made = parts(**{"xl/worksheets/sheet1.xml": worksheet(data)})
	started = time.monotonic()
	refused(packed(made, zipfile.ZIP_STORED), "endless", bounds=replace(UPLOAD, file_bytes=100 * limits.MIB))
	assert time.monotonic() - started < 5


def test_broken_xml_is_refused():
	refused(workbook("<row r='1'><c></row>"), "not XML")
	refused(packed(parts(**{"xl/workbook.xml": b"\xff\xfe\x00"})), "not XML")
	refused(packed(parts(**{"xl/workbook.xml": '<?xml version="1.0" encoding="klingon"?><a/>'})), "not XML")


def test_a_workbook_without_sheets_or_parts_is_refused():
	refused(packed(parts(**{"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'})), "no sheets")
	made = parts()
	del made["xl/worksheets/sheet1.xml"]
	refused(packed(made), "missing")


def test_two_sheets_of_one_name_are_refused():
	sheets = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in ((1, "Điểm"), (2, "điểm")))
	made = parts(
		**{
			"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
			"xl/_rels/workbook.xml.rels": relationships(
				("r1", "worksheet", "a.xml"), ("r2", "worksheet", "b.xml")
			),
			"xl/a.xml": worksheet(""),
			"xl/b.xml": worksheet(""),
		}
	)
	refused(packed(made), "twice")


def test_shared_texts_have_a_limit():
	data = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
	many = packed(parts(data, **{"xl/sharedStrings.xml": shared(*["a"] * 30)}))
	refused(many, "more text", bounds=replace(UPLOAD, strings=20))
	refused(many, "more text", bounds=replace(UPLOAD, string_chars=20))
	long = shared("a" * (limits.CELL_TEXT + 1))
	refused(packed(parts(data, **{"xl/sharedStrings.xml": long})), "longer than a cell")
	pieces = f'<sst xmlns="{MAIN}"><si>{"<r><t>" + "a" * 20_000 + "</t></r>"}{"<r><t>" + "a" * 20_000 + "</t></r>"}</si></sst>'
	refused(packed(parts(data, **{"xl/sharedStrings.xml": pieces})), "longer than a cell")


def test_prefixed_elements_are_understood():
	"""Some writers put every element in a prefix."""
	data = (
		f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
		"</x:sheetData></x:worksheet>"
	)
	(sheet,) = read_all(packed(parts(**{"xl/worksheets/sheet1.xml": data})))
	assert sheet.rows[0].cells[0].value == 7


def test_text_cells_and_long_texts():
	(sheet,) = read_all(workbook(f'<row r="1">{text_cell("A1", "Kế hoạch_x000D_số")}</row>'))
	assert sheet.rows[0].cells[0].value == "Kế hoạch\rsố"
	refused(workbook(f'<row r="1">{text_cell("A1", "a" * 40_000)}</row>'), "longer than a cell")
