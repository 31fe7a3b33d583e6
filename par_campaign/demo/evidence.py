"""Made-up evidence: one report of the unit that shows every row which asks for a document."""

import frappe

WANTS_DOCUMENT = ("Evidence", "Evidence and explanation", "Evidence or explanation")
TITLE = "Báo cáo kết quả công tác cải cách hành chính năm {year} (tài liệu mẫu)"


def add_report(card) -> None:
	"""Add the report for the claimed rows of a scorecard, as the session's user."""
	codes = [line.code for line in card.lines if line.demand in WANTS_DOCUMENT and line.self_claim]
	if not codes:
		return
	year = frappe.get_cached_value("PAR Campaign", card.campaign, "year")
	frappe.get_doc(
		doctype="PAR Evidence Item",
		scorecard=card.name,
		title=TITLE.format(year=year),
		document_number=f"99/BC-{card.unit}",
		document_date=f"{year}-01-15",
		issuer=card.unit_name,
		reference="Hệ thống quản lý văn bản của tỉnh (mẫu)",
		criteria=[{"code": code} for code in codes],
	).insert()
	card.reload()
