"""A criteria set as the annex of a decision has it, as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import openpyxl

HEAD = ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa")
WIDE = (*HEAD, "Điểm đánh giá", None, None, "Điểm đạt được", "Chỉ số", "Ghi chú")
WIDE_2 = (None, None, None, "Điều tra XHH", "Tự đánh giá", "Sở Nội vụ đánh giá")

WHOLE = (
	("Phụ lục I",),
	("BỘ TIÊU CHÍ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CỦA CÁC SỞ, BAN, NGÀNH",),
	("(Kèm theo Quyết định số 1880/QĐ-UBND ngày 10/12/2013)",),
	(),
	WIDE,
	WIDE_2,
	tuple(f"({n})" for n in range(1, 10)),
	("I", "CÔNG TÁC CHỈ ĐẠO,\nĐIỀU HÀNH CCHC", 5),
	("1.1", "Kế hoạch cải cách hành chính năm", "3,0"),
	("1.1.1", "Ban hành kế hoạch kịp thời", 1),
	(None, "- Ban hành kịp thời (trong tháng 12): 1 điểm;"),
	(None, "- Ban hành không kịp thời: 0,5 điểm;"),
	(None, "- Không ban hành: 0 điểm."),
	("1.1.2", "Mức độ thực hiện kế hoạch", 2),
	(None, "- Hoàn thành trên 90% kế hoạch: 2"),
	(None, "- Hoàn thành từ 70% - 90% kế hoạch: 1"),
	(None, "- Hoàn thành dưới 70% kế hoạch: 0"),
	("1.2", "Tổng hợp, báo cáo định kỳ", 2),
	(None, "Đủ số lượng: 2"),
	(None, "Thiếu: 0"),
	("II", "CẢI CÁCH THỂ CHẾ", 4),
	WIDE,
	WIDE_2,
	("2.1", "Xử lý văn bản sau rà soát", 2),
	(None, "Tính tỷ lệ % giữa số văn bản đã xử lý so với tổng số văn bản phải xử lý"),
	(None, "Đạt 100%: 2"),
	(None, "Từ 80% - dưới 100% thì điểm đánh giá được tính theo công thức: (Tỷ lệ % x điểm tối đa)/100%"),
	(None, "Dưới 80%: 0"),
	("2.2", "Mức độ hài lòng của người dân", 2, "x"),
	(None, "TỔNG CỘNG", 9),
	(),
	("Ghi chú: Điểm đánh giá làm tròn đến hai chữ số thập phân.",),
	(None, None, None, None, None, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
	(None, "Nơi nhận:\n- Như trên;\n- Lưu: VT."),
)


def merged_as_in_print(sheet) -> None:
	for top in (5, 22):
		sheet.merge_cells(f"D{top}:F{top}")
		for letter in "ABCGHI":
			sheet.merge_cells(f"{letter}{top}:{letter}{top + 1}")
	for row in (1, 2, 3, 32):
		sheet.merge_cells(f"A{row}:I{row}")


def annex(rows: Iterable[tuple] = WHOLE, edit: Callable | None = merged_as_in_print) -> io.BytesIO:
	"""A workbook of these rows on the sheet "Phụ lục I"."""
	book = openpyxl.Workbook()
	sheet = book.active
	sheet.title = "Phụ lục I"
	for row in rows:
		sheet.append(row)
	if edit:
		edit(sheet)
	out = io.BytesIO()
	book.save(out)
	return out
