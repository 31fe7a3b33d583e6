"""The first sheet of a results workbook: what it is, how to read it, how to check it.

It is for whoever is handed the file and knows neither the app nor the campaign. The sentences hold no
figures, so that a later version may word them otherwise and still agree with this sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from par_campaign.exchange.results_workbook import inputs, results
from par_campaign.exchange.xlsx.tables import Column, Entry, Table
from par_campaign.scoring.model import Campaign

GUIDE = "Hướng dẫn"

GUIDE_COLUMNS = (
	Column("topic", "Mục", 30, "bold", wording=True),
	Column("text", "Nội dung", 110, wording=True),
)

_WHAT = (
	(
		"Tệp này là gì",
		"Toàn bộ dữ liệu mà kết quả của đợt thi đua dựa vào, đủ để bất cứ ai tính lại điểm, chỉ số, thứ hạng và kết quả "
		"xét khen thưởng mà không cần vào phần mềm.",
	),
	(
		"Một con số từ đâu mà có",
		"Tìm đơn vị ở trang Xếp hạng, xem điểm từng lĩnh vực ở trang Ma trận, rồi lọc trang Điểm theo mã đơn vị: mỗi dòng "
		"ghi số liệu đơn vị khai, kết quả thẩm định, lý do, người chấm và phép tính ra điểm. Cách chấm của dòng ấy ở trang "
		"Bộ tiêu chí.",
	),
	(
		"Cách tính chỉ số",
		"Điểm đạt được chia cho điểm tối đa của phần áp dụng, nhân một trăm; cộng điểm thưởng, trừ điểm trừ trước hay sau "
		"phép chia ấy là theo bộ tiêu chí. Chỉ làm tròn một lần, ở chỉ số: hai chữ số thập phân, nửa làm tròn lên. Điểm "
		"từng dòng và các tổng giữ nguyên, ô chỉ hiện hai chữ số.",
	),
	(
		"Cách xếp hạng",
		"Theo chỉ số đã công bố, trong cụm và trong cả nhóm; chỉ số bằng nhau thì đồng hạng, trừ khi tiêu chí phụ ở trang "
		"Quy định phân định được. Hạng kế tiếp tính cả số đơn vị đồng hạng.",
	),
)
_CHECK = (
	(
		"Tự kiểm tra",
		"Trên máy có Python, trong thư mục mã nguồn của phần mềm PAR Campaign chạy: pip install . rồi: par-campaign recount "
		"TÊN-TỆP.xlsx --digest MÃ-IN-DƯỚI-BẢNG-XẾP-HẠNG. Lệnh tính lại mọi ô của mọi trang và nêu từng ô không khớp.",
	),
	(
		"Mã kiểm chứng",
		"Là dấu vân tay của toàn bộ dữ liệu và kết quả: sửa một con số, dù ở đâu, thì mã tính lại sẽ khác mã in dưới bảng "
		"xếp hạng. Hãy đối chiếu với mã trên giấy, không phải chỉ với mã ghi trong tệp này.",
	),
)

_SHEETS = (
	(inputs.INFO, "đợt thi đua, lần công bố, mã kiểm chứng"),
	(results.RANKING, "chỉ số, thứ hạng, xếp loại của từng đơn vị và diễn giải"),
	(results.MATRIX, "điểm từng lĩnh vực của từng đơn vị"),
	(results.AWARDS, "từng đơn vị trước từng chỉ tiêu khen thưởng, và lý do"),
	(inputs.PROPOSALS, "đề nghị khen thưởng, phiếu của Hội đồng, quyết định"),
	(inputs.POINTS, "từng dòng của từng đơn vị: khai, thẩm định, điểm, diễn giải"),
	(inputs.UNITS, "các đơn vị, nhóm, cụm, bộ tiêu chí áp dụng"),
	(inputs.CRITERIA, "các bộ tiêu chí với cách chấm, đáp án, mức, công thức"),
	(inputs.SETTINGS, "mức xếp loại, tiêu chí phụ, chỉ tiêu khen thưởng"),
	(inputs.EVIDENCE, "danh mục tài liệu kiểm chứng và mã băm của tệp"),
)
_PUBLISHED = (
	inputs.PUBLISHED_PROPOSALS,
	"đề nghị khen thưởng lúc công bố kết quả: mã kiểm chứng của lần công bố tính theo trang này",
)
_MARKS = "dấu của từng dòng, từng ô, để tìm ra ô bị sửa sau khi xuất"


def guide_table(campaign: Campaign, marks: str, published: bool) -> Table:
	"""The guide; `marks` is the name of the sheet of marks, `published` whether published proposals are there."""

	def records() -> Iterator[Sequence[Entry]]:
		yield from _WHAT
		yield from ((f"Trang {sheet}", text) for sheet, text in _SHEETS)
		if published:
			yield f"Trang {_PUBLISHED[0]}", _PUBLISHED[1]
		yield f"Trang {marks}", _MARKS
		yield from _CHECK

	return Table(GUIDE, "CÁCH ĐỌC VÀ KIỂM TRA TỆP NÀY", GUIDE_COLUMNS, records, campaign.title)
