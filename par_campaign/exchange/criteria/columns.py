"""The criteria workbook: its own template, and the columns of a decision's annex."""

from __future__ import annotations

from par_campaign.exchange.xlsx.headings import Heading
from par_campaign.exchange.xlsx.tables import Column

SHEET, SETTINGS_SHEET = "Bộ tiêu chí", "Thiết lập"

TEMPLATE = (
	Column("code", "STT", 8),
	Column("title", "Lĩnh vực / Tiêu chí / Tiêu chí thành phần", 60, "input text"),
	Column("maximum", "Điểm tối đa", 9, "input number"),
	Column("score_type", "Loại điểm", 14, "input text"),
	Column("rule", "Cách chấm", 18, "input text"),
	Column("answers", "Đáp án hoặc mức, mỗi dòng một mức", 40, "input text"),
	Column("step", "Bước điểm", 8, "input number"),
	Column("full", "Đạt tối đa từ (%)", 9, "input number"),
	Column("floor", "Tối thiểu (%)", 9, "input number"),
	Column("per_occurrence", "Điểm mỗi lần", 9, "input number"),
	Column("formula", "Công thức", 24, "input text"),
	Column("inputs", "Số liệu của công thức", 36, "input text"),
	Column("scale", "Thang điểm nguồn", 9, "input number"),
	Column("source", "Nguồn kết quả", 18, "input text"),
	Column("demand", "Yêu cầu minh chứng", 22, "input text"),
	Column("may_not_apply", "Có thể không áp dụng", 10, "input text"),
	Column("auto", "Tự động", 12, "input text"),
	Column("guidance", "Ghi chú, hướng dẫn", 50, "input text"),
)

# Headings as annexes and the template write them, folded. The first that matches takes the column.
HEADINGS = (
	Heading("code", r"(số )?(stt|tt|thứ tự)|stt/.*", required=True),
	Heading("title", r"(?!.*điểm tối đa).*(tiêu chí|nội dung|lĩnh vực).*", required=True),
	Heading("maximum", r"(thang )?điểm (tối đa|chuẩn)( .*)?|thang điểm|điểm|số điểm", required=True),
	Heading("score_type", r"loại điểm"),
	Heading("rule", r"cách chấm( điểm)?"),
	Heading(
		"answers",
		r"đáp án.*|nội dung (chấm|đánh giá)( điểm)?|(các )?mức( độ)? (đánh giá|đạt|điểm)( được)?|chi tiết.*",
	),
	Heading("points", r"điểm|số điểm|mức điểm|điểm (thành phần|chi tiết)"),
	Heading("step", r"bước điểm"),
	Heading("full", r"đạt tối đa từ.*"),
	Heading("floor", r"tối thiểu.*"),
	Heading("per_occurrence", r"điểm mỗi lần"),
	Heading("formula", r"công thức"),
	Heading("inputs", r"số liệu.*"),
	Heading("scale", r"thang điểm nguồn"),
	Heading("source", r"nguồn( kết quả)?"),
	Heading("demand", r"yêu cầu (minh chứng|tài liệu.*)"),
	Heading("may_not_apply", r"có thể không áp dụng"),
	Heading("auto", r"tự động"),
	Heading("survey", r"(điểm )?(điều tra|khảo sát)( xhh| xã hội học)?.*"),
	Heading("guidance", r".*hướng dẫn.*|.*cách (tính|đánh giá).*|cách thức.*"),
	Heading("note", r"ghi chú.*|tài liệu kiểm chứng.*|minh chứng.*"),
)

# Settings of the whole set: key and label on the template's second sheet.
SETTINGS = {
	"title": "Tên bộ tiêu chí",
	"bonus_position": "Cộng, trừ điểm",
	"not_applicable": "Không áp dụng thì",
	"bonus_cap": "Trần điểm thưởng",
	"deduction_cap": "Trần điểm trừ",
}

LATE_DAYS = "Late days"
LATE_DAYS_WORD = "Số ngày nộp muộn"
