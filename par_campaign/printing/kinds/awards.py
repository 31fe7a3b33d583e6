"""The papers by which awards are proposed and given."""

from par_campaign.printing.kinds import PAPER, Audience, Kind, Place


class AwardPaper(Kind):
	"""A paper of the award dossier."""

	places = {Place.CAMPAIGN: Audience.PROVINCE, Place.AWARDS: Audience.PROVINCE}


class Submission(AwardPaper):
	"""Tờ trình đề nghị khen thưởng."""

	key, label, order = "submission", "Submission for Awards", 30
	asks = (*PAPER, "addressees", "recipients", "with_money")


class Minutes(AwardPaper):
	"""Biên bản họp of the council."""

	key, label, order = "minutes", "Council Minutes", 31
	asks = (
		"document_number",
		"council_name",
		"purpose",
		"meeting_begin",
		"meeting_end",
		"venue",
		"reports",
		"discussion",
		"conclusions",
		"recipients",
	)


class Decision(AwardPaper):
	"""Quyết định khen thưởng."""

	key, label, order = "decision", "Award Decision", 32
	asks = (
		*PAPER,
		"issuer",
		"symbol",
		"authority",
		"proposed_by",
		"executors",
		"with_money",
		"fund",
		"recipients",
	)


class Budget(AwardPaper):
	"""Dự toán kinh phí khen thưởng."""

	key, label, order = "budget", "Award Budget", 33
	asks = (*PAPER, "recipients")


class Regret(AwardPaper):
	"""Thông báo to units that were considered and not chosen: one PDF, or a ZIP of Word files."""

	key, label, order = "regret", "Letter to Units Not Chosen", 34
	formats = ("pdf", "zip")
	asks = (*PAPER, "decision_reference", "contact", "recipients")


class Dossier(AwardPaper):
	"""Hồ sơ khen thưởng: all papers together."""

	key, label, order = "dossier", "Award Dossier", 35
	formats = ("pdf", "zip")
	in_background = True


class ProposalSheet(Kind):
	"""Phiếu đề nghị khen thưởng of one proposal."""

	key, label, order = "proposal", "Proposal Sheet", 1
	audience = Audience.ALL
	places = {Place.PROPOSAL: Audience.ALL}
