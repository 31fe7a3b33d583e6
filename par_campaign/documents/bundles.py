"""Many documents in one file: the award dossier, the score sheets of all units, the letters."""

from collections.abc import Iterator

import frappe
from frappe import _

from par_campaign.documents import awards, letters, particulars, sources, units
from par_campaign.documents.award_data import AwardData, award_data_of
from par_campaign.documents.makers import Bundle, bundles
from par_campaign.printing.content import Document
from par_campaign.printing.kinds import awards as kinds
from par_campaign.printing.kinds.lists import AllScoreSheets


@bundles(kinds.Dossier)
def dossier(filters) -> Bundle:
	"""Hồ sơ khen thưởng: submission with its lists, minutes, draft decision, budget, and for each unit proposed its
	summary and score sheet."""
	data = award_data_of(filters)
	makers = [awards.submission]
	if particulars.latest_meeting(data.doc.name):
		makers.append(awards.minutes)
	if data.chosen:
		makers.append(awards.decision)
	if data.chosen or data.proposed:
		makers.append(awards.budget)
	return Bundle("ho-so-khen-thuong", len(makers) + 2 * len(data.proposed), _dossier(data, makers))


def _dossier(data: AwardData, makers) -> Iterator[Document]:
	for maker in makers:
		yield maker(data)
	yield from units.summaries(data)
	yield from _sheets(data, [row.unit for row in data.proposed])


@bundles(AllScoreSheets)
def scorecards(filters) -> Bundle:
	"""Phiếu điểm of all units of the campaign, or of one group."""
	data = award_data_of(filters)
	names = [card.unit for card in data.model.cards if filters.unit_group in (None, "", card.group)]
	if not names:
		frappe.throw(_("There are no scorecards to print."))
	return Bundle("phieu-diem", len(names), _sheets(data, names))


def _sheets(data: AwardData, names: list[str]) -> Iterator[Document]:
	evidence = sources.evidence_of(f"{data.doc.name}-{unit}" for unit in names)
	for unit in names:
		yield units.score_sheet(data.doc, data.model, data.results, unit, evidence[f"{data.doc.name}-{unit}"])


@bundles(kinds.Regret)
def regrets(filters) -> Bundle:
	"""Letters to all units that were considered and not chosen, or to the unit of the filters."""
	data = award_data_of(filters)
	found = letters.regrets(data, filters.unit)
	return Bundle("thong-bao-ket-qua-xet-khen-thuong", len(found), iter(found))
