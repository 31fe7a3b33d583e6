"""What a person does in Excel, for the browser tests: `workbook.py edit IN OUT EDITS` and `annex OUT`.

EDITS is JSON: {"1.1.3/Đơn vị tự chấm": 4} types into the row that begins with 1.1.3, under the heading
that begins so; {"B7": "x"} types into a cell.
"""

import json
import re
import sys

from openpyxl import Workbook, load_workbook

HEADING_ROWS = 12
ANNEX = (
	("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"),
	("1", "CHỈ ĐẠO, ĐIỀU HÀNH", 3),
	("1.1", "Ban hành kế hoạch", 1),
	(None, "Đúng hạn: 1", None),
	(None, "Trễ hạn: 0", None),
	("1.2", "Mức độ hoàn thành kế hoạch", 2),
	(None, "Trên 90 %: 2", None),
	(None, "Từ 70 % - 90 %: 1", None),
	(None, "Từ 0 % - 70 %: 0", None),
	("2", "CẢI CÁCH THỂ CHẾ", 5),
	("2.1", "Văn bản quy phạm pháp luật", "5 điểm rưỡi"),
)


def edit(source: str, target: str, edits: dict[str, object]) -> None:
	book = load_workbook(source)
	sheet = book.worksheets[0]
	for place, value in edits.items():
		sheet[place if re.fullmatch(r"[A-Z]+\d+", place) else find(sheet, *place.split("/"))] = value
	book.save(target)


def find(sheet, first: str, heading: str) -> str:
	"""Address of the cell in the row that begins with `first` under the heading that begins with `heading`."""
	column = next(
		cell.column_letter
		for row in sheet.iter_rows(max_row=HEADING_ROWS)
		for cell in row
		if isinstance(cell.value, str) and cell.value.startswith(heading)
	)
	row = next(row[0].row for row in sheet.iter_rows(min_row=2) if str(row[0].value) == first)
	return f"{column}{row}"


def annex(target: str) -> None:
	"""The annex of a decision with bands that touch and a maximum that is no number."""
	book = Workbook()
	for row in ANNEX:
		book.active.append(row)
	book.save(target)


if __name__ == "__main__":
	_program, task, *words = sys.argv
	if task == "edit":
		edit(*words[:2], json.loads(words[2]))
	else:
		annex(*words)
