"""Workbooks to be filled in and brought back. They are offered where they come back (`par_campaign/uploads`)."""

from par_campaign.printing.kinds import Audience, Kind


class ScoreSheetWorkbook(Kind):
	"""A scorecard to be filled in outside the desk."""

	key, label = "score_sheet", "Score Sheet Workbook"
	formats = ("xlsx",)
	audience = Audience.ALL


class CriteriaWorkbook(Kind):
	"""A criteria set."""

	key, label = "criteria", "Criteria Workbook"
	formats = ("xlsx",)
	audience = Audience.ALL


class ExternalValues(Kind):
	"""The values of a survey or index, unit by unit."""

	key, label = "external", "External Values Workbook"
	formats = ("xlsx",)
