"""How cells and pages look: NĐ 30/2020/NĐ-CP, Phụ lục I (A4, margins, Times New Roman, page number)."""

from __future__ import annotations

from typing import TypeAlias

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

AnySheet: TypeAlias = Worksheet | WriteOnlyWorksheet

FONT = "Times New Roman"
_A4 = 9
_MM = 1 / 25.4  # page margins are in inches

_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="E7E6E6")
_INPUT = PatternFill("solid", fgColor="FFF9E5")
_WRAP = Alignment(vertical="top", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="top")

POINTS_FORMAT = "0.00"
_TEXT_FORMAT = "@"

# name: font, alignment, border, fill, number format, unlocked
_LOOKS: dict[str, tuple[Font, Alignment, Border | None, PatternFill | None, str, bool]] = {
	"plain": (Font(FONT, 12), Alignment(vertical="top"), None, None, "General", False),
	"title": (Font(FONT, 14, bold=True), Alignment(vertical="top"), None, None, "General", False),
	"subtitle": (Font(FONT, 13, italic=True), Alignment(vertical="top"), None, None, "General", False),
	"key": (Font(FONT, 9, color="808080"), Alignment(), None, None, "General", False),
	"head": (Font(FONT, 12, bold=True), _CENTRE, _BOX, _GREY, "General", False),
	"text": (Font(FONT, 12), _WRAP, _BOX, None, _TEXT_FORMAT, False),
	"bold": (Font(FONT, 12, bold=True), _WRAP, _BOX, None, _TEXT_FORMAT, False),
	"centre": (Font(FONT, 12), _CENTRE, _BOX, None, "General", False),
	"number": (Font(FONT, 12), _RIGHT, _BOX, None, "General", False),
	"points": (Font(FONT, 12), _RIGHT, _BOX, None, POINTS_FORMAT, False),
	"bold points": (Font(FONT, 12, bold=True), _RIGHT, _BOX, None, POINTS_FORMAT, False),
	"input text": (Font(FONT, 12), _WRAP, _BOX, _INPUT, _TEXT_FORMAT, True),
	"input number": (Font(FONT, 12), _RIGHT, _BOX, _INPUT, "General", True),
	"input centre": (Font(FONT, 12), _CENTRE, _BOX, _INPUT, "General", True),
}


def register(book: Workbook, sheet: AnySheet) -> dict[str, StyleArray]:
	"""Enter the styles into the workbook; the result is set as `cell._style`, which costs nothing a cell."""
	return {name: _style(sheet, *parts) for name, parts in _LOOKS.items()}


def _style(
	sheet: AnySheet,
	font: Font,
	alignment: Alignment,
	border: Border | None,
	fill: PatternFill | None,
	number_format: str,
	unlocked: bool,
) -> StyleArray:
	cell = WriteOnlyCell(sheet)
	cell.font, cell.alignment, cell.number_format = font, alignment, number_format
	if border:
		cell.border = border
	if fill:
		cell.fill = fill
	if unlocked:
		cell.protection = Protection(locked=False)
	return cell._style


def set_up_page(sheet: AnySheet, repeated_rows: str, portrait: bool = False) -> None:
	"""A4 with the margins of NĐ 30, one page wide, header rows on each page, page number from page 2."""
	sheet.page_setup.paperSize = _A4
	sheet.page_setup.orientation = "portrait" if portrait else "landscape"
	sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
	sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
	margins = sheet.page_margins
	margins.top, margins.bottom = 20 * _MM, 20 * _MM
	margins.left, margins.right = 30 * _MM, 15 * _MM
	margins.header, margins.footer = 10 * _MM, 10 * _MM
	sheet.HeaderFooter.differentFirst = True
	number = sheet.oddHeader.center
	number.text, number.font, number.size = "&P", f"{FONT},Regular", 13
	sheet.print_title_rows = repeated_rows
	sheet.print_options.horizontalCentered = True
