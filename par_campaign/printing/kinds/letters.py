"""Letters to units, and of units."""

from par_campaign.printing.kinds import PAPER, Audience, Kind, Place


class Assignment(Kind):
	"""Công văn giao chỉ tiêu: of the province to a group of units, whose criteria are the same, or of a unit to its
	divisions."""

	key, label, order = "assignment", "Assignment Letter", 40
	audience = Audience.ALL
	places = {Place.CAMPAIGN: Audience.PROVINCE, Place.SCORECARD: Audience.UNITS}
	asks = (*PAPER, "addressees", "report_by", "contact", "recipients")
	further = ("unit_group",)
	of_unit = True


class Reminder(Kind):
	"""Công văn đôn đốc."""

	key, label, order = "reminder", "Reminder Letter", 41
	places = {Place.CAMPAIGN: Audience.PROVINCE}
	asks = (*PAPER, "addressees", "contact", "recipients")
