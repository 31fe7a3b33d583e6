"""Papers of one unit."""

from par_campaign.printing.kinds import PAPER, Audience, Kind, Place


class ScoreSheet(Kind):
	"""Phiếu điểm."""

	key, label, order = "scorecard", "Score Sheet", 10
	audience = Audience.ALL
	places = {Place.SCORECARD: Audience.ALL, Place.PROPOSAL: Audience.ALL}


class EvidenceList(Kind):
	"""Danh mục tài liệu minh chứng; as a workbook with links to the files."""

	key, label, order = "evidence", "List of Evidence", 11
	audience = Audience.ALL
	formats = ("pdf", "docx", "xlsx")
	places = {Place.SCORECARD: Audience.ALL}


class Summary(Kind):
	"""Báo cáo tóm tắt thành tích."""

	key, label, order = "summary", "Summary of Achievements", 12
	audience = Audience.ALL
	places = {Place.SCORECARD: Audience.ALL, Place.PROPOSAL: Audience.ALL}
	asks = (
		*PAPER,
		"issuer_parent",
		"award_level",
		"features",
		"achievements",
		"earlier_awards",
		"recipients",
	)
	of_unit = of_unit_only = True
