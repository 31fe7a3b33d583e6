"""Lists and workbooks of a whole campaign."""

from par_campaign.printing.kinds import Audience, Kind, Place


class Ranking(Kind):
	"""Bảng tổng hợp kết quả thẩm định và xếp hạng. As a workbook it is the report, which units see once published."""

	key, label, order = "ranking", "Ranking", 20
	audience = Audience.ALL
	formats = ("pdf", "docx", "xlsx")
	places = {Place.CAMPAIGN: Audience.PROVINCE}


class ProposalList(Kind):
	"""Danh sách đề nghị khen thưởng."""

	key, label, order = "awards", "List of Proposals", 21
	formats = ("pdf", "docx", "xlsx")
	places = {Place.CAMPAIGN: Audience.PROVINCE}


class AllScoreSheets(Kind):
	"""Phiếu điểm of all units, or of one group."""

	key, label, order = "scorecards", "All Score Sheets", 50
	formats = ("pdf", "zip")
	places = {Place.CAMPAIGN: Audience.PROVINCE}
	further = ("unit_group",)
	in_background = True


class Consolidated(Kind):
	"""The whole campaign as one workbook, which is also what a recount reads."""

	key, label, order = "consolidated", "Consolidated Workbook", 51
	formats = ("xlsx",)
	places = {Place.CAMPAIGN: Audience.PROVINCE}
	in_background = True


class Results(Kind):
	"""The results workbook of a published version, or of today."""

	key, label = "results", "Results Workbook"
	formats = ("xlsx",)
