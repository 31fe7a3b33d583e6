"""Workbooks made by hand for the tests: raw parts, so that any damage can be put in."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
	f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
	f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/></Types>'
)


def relationships(*items: tuple[str, str, str], mode: str = "") -> str:
	"""A .rels part of (id, last word of the type, target)."""
	outside = f' TargetMode="{mode}"' if mode else ""
	rows = "".join(
		f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'
		for i, kind, target in items
	)
	return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def parts(
	sheet_data: str = "", after: str = "", before: str = "", **more: str | bytes
) -> dict[str, str | bytes]:
	"""The parts of a workbook with one sheet "Trang" holding `sheet_data`; `more` replaces or adds parts."""
	made: dict[str, str | bytes] = {
		"[Content_Types].xml": CONTENT_TYPES,
		"_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml": (
			f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
			'<sheet name="Trang" sheetId="1" r:id="r1"/></sheets></workbook>'
		),
		"xl/_rels/workbook.xml.rels": relationships(
			("r1", "worksheet", "worksheets/sheet1.xml"),
			("r2", "styles", "styles.xml"),
			("r3", "sharedStrings", "sharedStrings.xml"),
		),
		"xl/worksheets/sheet1.xml": worksheet(sheet_data, after, before),
	}
	return made | more


def worksheet(sheet_data: str, after: str = "", before: str = "") -> str:
	"""A worksheet part."""
	return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>'


def styles(*codes: str) -> str:
	"""A styles part whose cell style n shows numbers by codes[n]."""
	formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{c}"/>' for i, c in enumerate(codes))
	used = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
	return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def shared(*texts: str) -> str:
	"""A shared strings part."""
	return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'


def packed(made: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
	"""The parts as a file."""
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", compression) as archive:
		for name, content in made.items():
			archive.writestr(name, content)
	out.seek(0)
	return out


def workbook(sheet_data: str = "", **options: str | bytes) -> io.BytesIO:
	"""A file with one sheet; options as in `parts`."""
	return packed(parts(sheet_data, **options))


def text_cell(reference: str, text: str) -> str:
	"""A cell with inline text (given as XML)."""
	return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
