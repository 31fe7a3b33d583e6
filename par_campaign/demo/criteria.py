"""The sample criteria set: the eight areas of the campaign, 100 points, bonus and deduction outside.

Areas are those of the 2023 campaign; criteria, maxima and rules are made up in the manner of
published sets, so that every rule is met with once. Not any province's official set.
"""

from typing import Any

Rule = tuple[str, dict[str, Any]]  # kind, and its parameters by field

# code, title, maximum (None for rows that are summed), rule, rule text or parameters, what must be shown
YES: Rule = ("Yes/No", {})
CRITERIA: tuple[tuple[str, str, float | None, Rule | None, str | None], ...] = (
	("1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", 15, None, None),
	("1.1", "Kế hoạch cải cách hành chính năm", 6, None, None),
	(
		"1.1.1",
		"Ban hành kế hoạch CCHC năm",
		1.5,
		("Choice", {"options_text": "Trong tháng 12 năm trước: 1,5\nTrong tháng 01: 1\nSau tháng 01: 0"}),
		"Evidence",
	),
	(
		"1.1.2",
		"Mức độ hoàn thành kế hoạch CCHC",
		3,
		("Proportional", {"full_rate": 100, "floor_rate": 70}),
		"Evidence and explanation",
	),
	(
		"1.1.3",
		"Báo cáo CCHC định kỳ đủ số lượng, đúng hạn",
		1.5,
		("Choice", {"options_text": "Đủ và đúng hạn: 1,5\nĐủ, có báo cáo trễ hạn: 0,75\nThiếu báo cáo: 0"}),
		"Evidence or explanation",
	),
	("1.2", "Kiểm tra công tác cải cách hành chính", 4, None, None),
	(
		"1.2.1",
		"Tỷ lệ đơn vị trực thuộc được kiểm tra trong năm",
		2,
		("Tiers", {"options_text": "từ 30 %: 2\ntừ 20 % đến dưới 30 %: 1\ndưới 20 %: 0"}),
		"Evidence",
	),
	(
		"1.2.2",
		"Xử lý các vấn đề phát hiện qua kiểm tra",
		2,
		("Proportional", {"full_rate": 100, "floor_rate": 50}),
		"Evidence or explanation",
	),
	("1.3", "Tuyên truyền, sáng kiến cải cách hành chính", 5, None, None),
	("1.3.1", "Thực hiện kế hoạch tuyên truyền CCHC", 2, ("Direct", {}), "Evidence or explanation"),
	(
		"1.3.2",
		"Sáng kiến, giải pháp mới trong CCHC được công nhận",
		3,
		("Count", {"per_occurrence": 1.5}),
		"Evidence",
	),
	("2", "CẢI CÁCH THỂ CHẾ", 10, None, None),
	("2.1", "Xây dựng và rà soát văn bản quy phạm pháp luật", 6, None, None),
	(
		"2.1.1",
		"Tham mưu ban hành VBQPPL đúng tiến độ chương trình",
		3,
		("Proportional", {"full_rate": 100, "floor_rate": 60}),
		"Evidence",
	),
	("2.1.2", "Rà soát, hệ thống hóa VBQPPL", 3, ("Direct", {}), "Evidence or explanation"),
	("2.2", "Theo dõi thi hành pháp luật", 4, None, None),
	("2.2.1", "Ban hành kế hoạch theo dõi thi hành pháp luật", 1, YES, "Evidence"),
	(
		"2.2.2",
		"Thực hiện các hoạt động theo dõi thi hành pháp luật",
		3,
		("Direct", {}),
		"Evidence or explanation",
	),
	("3", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", 20, None, None),
	("3.1", "Kiểm soát, công bố, công khai thủ tục hành chính", 7, None, None),
	("3.1.1", "Ban hành kế hoạch kiểm soát TTHC", 1, YES, "Evidence"),
	("3.1.2", "TTHC được công khai đầy đủ, đúng quy định", 3, ("Direct", {}), "Evidence or explanation"),
	("3.1.3", "Đơn giản hóa TTHC, rút ngắn thời gian giải quyết", 3, ("Direct", {"step": 0.25}), "Evidence"),
	("3.2", "Giải quyết thủ tục hành chính", 13, None, None),
	(
		"3.2.1",
		"Hồ sơ TTHC được giải quyết đúng hạn",
		6,
		(
			"Formula",
			{
				"formula": "100 * a / b",
				"inputs_text": "a: Số hồ sơ giải quyết đúng hạn\nb: Số hồ sơ đã giải quyết",
				"options_text": "từ 95 %: 6\ntừ 80 % đến dưới 95 %: tỷ lệ\ndưới 80 %: 0",
			},
		),
		"Evidence",
	),
	(
		"3.2.2",
		"Xin lỗi người dân, tổ chức khi trễ hạn",
		2,
		("Choice", {"options_text": "Không có hồ sơ trễ hạn: 2\nCó xin lỗi đầy đủ: 1\nKhông xin lỗi: 0"}),
		"Explanation",
	),
	(
		"3.2.3",
		"Xử lý phản ánh, kiến nghị về quy định hành chính",
		2,
		("Proportional", {"full_rate": 100, "floor_rate": 50}),
		"Evidence or explanation",
	),
	("3.2.4", "Thực hiện cơ chế một cửa, một cửa liên thông", 3, ("Direct", {}), "Evidence or explanation"),
	("4", "CẢI CÁCH TỔ CHỨC BỘ MÁY HÀNH CHÍNH NHÀ NƯỚC", 8, None, None),
	("4.1", "Sắp xếp tổ chức bộ máy, sử dụng biên chế", 5, None, None),
	("4.1.1", "Thực hiện quy định về tổ chức bộ máy", 2, ("Direct", {}), "Evidence or explanation"),
	("4.1.2", "Sử dụng biên chế không vượt số được giao", 1, YES, "Evidence"),
	(
		"4.1.3",
		"Bố trí số lượng lãnh đạo đúng quy định",
		2,
		("Choice", {"options_text": "Đúng quy định: 2\nCó nơi chưa đúng: 1\nVượt quy định: 0"}),
		"Evidence",
	),
	("4.2", "Phân cấp quản lý", 3, None, None),
	("4.2.1", "Thực hiện các quy định về phân cấp quản lý", 3, ("Direct", {}), "Evidence or explanation"),
	("5", "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ", 12, None, None),
	("5.1", "Quản lý cán bộ, công chức, viên chức", 8, None, None),
	(
		"5.1.1",
		"Thực hiện cơ cấu công chức, viên chức theo vị trí việc làm",
		3,
		("Proportional", {"full_rate": 100, "floor_rate": 60}),
		"Evidence",
	),
	("5.1.2", "Tuyển dụng, bổ nhiệm đúng quy định", 2, YES, "Evidence"),
	("5.1.3", "Đánh giá, xếp loại công chức, viên chức", 3, ("Direct", {}), "Evidence or explanation"),
	("5.2", "Kỷ luật, kỷ cương hành chính; đào tạo, bồi dưỡng", 4, None, None),
	(
		"5.2.1",
		"Chấp hành kỷ luật, kỷ cương hành chính",
		2,
		(
			"Choice",
			{
				"options_text": "Không có vi phạm: 2\nCó công chức bị khiển trách: 1\nCó công chức bị kỷ luật từ cảnh cáo: 0"
			},
		),
		"Explanation",
	),
	(
		"5.2.2",
		"Hoàn thành kế hoạch đào tạo, bồi dưỡng",
		2,
		("Tiers", {"options_text": "từ 100 %: 2\ntừ 80 % đến dưới 100 %: 1\ndưới 80 %: 0"}),
		"Evidence",
	),
	("6", "CẢI CÁCH TÀI CHÍNH CÔNG", 8, None, None),
	("6.1", "Quản lý, sử dụng kinh phí và tài sản công", 8, None, None),
	(
		"6.1.1",
		"Giải ngân kế hoạch vốn đầu tư công",
		3,
		("Proportional", {"full_rate": 95, "floor_rate": 50}),
		"Evidence",
	),
	("6.1.2", "Thực hiện cơ chế tự chủ, quy chế chi tiêu nội bộ", 2, YES, "Evidence"),
	("6.1.3", "Thực hiện kiến nghị sau thanh tra, kiểm toán", 3, ("Direct", {}), "Evidence or explanation"),
	("7", "XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ", 17, None, None),
	("7.1", "Ứng dụng công nghệ thông tin", 8, None, None),
	(
		"7.1.1",
		"Văn bản trao đổi dưới dạng điện tử có ký số",
		3,
		("Proportional", {"full_rate": 98, "floor_rate": 70}),
		"Evidence",
	),
	(
		"7.1.2",
		"Lập, xử lý hồ sơ công việc trên môi trường mạng",
		3,
		("Tiers", {"options_text": "từ 90 %: 3\ntừ 80 % đến dưới 90 %: tỷ lệ\ndưới 80 %: 0"}),
		"Evidence",
	),
	("7.1.3", "Bảo đảm an toàn thông tin theo cấp độ", 2, YES, "Evidence"),
	("7.2", "Cung cấp dịch vụ công trực tuyến", 9, None, None),
	(
		"7.2.1",
		"Hồ sơ TTHC tiếp nhận trực tuyến",
		3,
		(
			"Formula",
			{
				"formula": "100 * a / b",
				"inputs_text": "a: Số hồ sơ tiếp nhận trực tuyến\nb: Tổng số hồ sơ tiếp nhận",
				"full_rate": 80,
				"floor_rate": 30,
			},
		),
		"Evidence",
	),
	("7.2.2", "Số hóa hồ sơ, kết quả giải quyết TTHC", 3, ("Direct", {}), "Evidence or explanation"),
	(
		"7.2.3",
		"Áp dụng hệ thống quản lý chất lượng TCVN ISO 9001:2015",
		3,
		(
			"Choice",
			{
				"options_text": "Công bố và duy trì đúng quy định: 3\nCông bố nhưng duy trì chưa đầy đủ: 1,5\nChưa công bố: 0"
			},
		),
		"Evidence",
	),
	(
		"8",
		"TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH ĐẾN NGƯỜI DÂN, TỔ CHỨC VÀ PHÁT TRIỂN KINH TẾ - XÃ HỘI",
		10,
		None,
		None,
	),
	(
		"8.1",
		"Mức độ hài lòng của người dân, tổ chức",
		6,
		("External", {"external_source": "Khảo sát SIPAS", "external_scale": 100}),
		"None",
	),
	(
		"8.2",
		"Chỉ số năng lực cạnh tranh cấp sở, ngành, địa phương (DDCI)",
		4,
		("External", {"external_source": "DDCI"}),
		"None",
	),
	("9", "ĐIỂM THƯỞNG", None, None, None),
	(
		"9.1",
		"Mô hình, sáng kiến CCHC được Trung ương ghi nhận, nhân rộng",
		3,
		("Count", {"per_occurrence": 1}),
		"Evidence",
	),
	("9.2", "Thực hiện nhiệm vụ CCHC thí điểm được giao thêm", 2, ("Direct", {}), "Evidence"),
	("10", "ĐIỂM TRỪ", None, None, None),
	("10.1", "Nộp phiếu tự đánh giá trễ hạn (số ngày)", 2, ("Count", {"per_occurrence": 0.5}), "None"),
	(
		"10.2",
		"Báo cáo không trung thực, che giấu vi phạm",
		2,
		("Count", {"per_occurrence": 1}),
		"Explanation",
	),
)
BONUS_AREA, DEDUCTION_AREA = "9", "10"
LATE_ROW = "10.1"


def rows() -> list[dict]:
	"""The set as rows of PAR Criteria Set."""
	return [_row(*criterion) for criterion in CRITERIA]


def _row(code: str, title: str, maximum, rule, demand) -> dict:
	area = code.partition(".")[0]
	score_type = {BONUS_AREA: "Bonus", DEDUCTION_AREA: "Deduction"}.get(area, "Normal")
	kind, parameters = rule or (None, {})
	return {
		"code": code,
		"title": title,
		"maximum": maximum,
		"score_type": score_type,
		"rule": kind,
		"demand": demand or "None",
		"may_not_apply": int(score_type == "Normal"),
		"auto_claim": "Late days" if code == LATE_ROW else None,
		**parameters,
	}
