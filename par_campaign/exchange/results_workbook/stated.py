"""What a results workbook states, rebuilt as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from par_campaign.exchange.results_workbook import inputs
from par_campaign.exchange.results_workbook.codec import Record, RecordReader
from par_campaign.exchange.results_workbook.stated_sets import SetBuilder
from par_campaign.exchange.xlsx.errors import Fault, refuse
from par_campaign.exchange.xlsx.safe import SafeWorkbook
from par_campaign.scoring.campaign import with_proposals
from par_campaign.scoring.kinds.yes_no import YES_WORD
from par_campaign.scoring.labels import choice
from par_campaign.scoring.messages import _
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CriteriaSet,
	Line,
	Proposal,
	Quota,
	Results,
	TieBreaker,
	Vote,
	VoteBase,
)


@dataclass(frozen=True)
class Stated:
	"""A results workbook's inputs and digest. With `faults` the campaign is what could be read."""

	campaign: Campaign
	digest: str
	meta: dict[str, str] = field(default_factory=dict)
	evidence: tuple[dict[str, str], ...] = ()
	unit_sheets: bool = False
	published: tuple[Proposal, ...] | None = None  # proposals when the results were published
	faults: tuple[Fault, ...] = ()


def published_digest(stated: Stated, results: Results) -> str:
	"""The digest of the published version the workbook rests on; "" where it rests on none."""
	if stated.published is None:
		return ""
	return with_proposals(stated.campaign, results, stated.published).digest


class StatedReader:
	"""Reads the input sheets of an opened results workbook."""

	def __init__(self, book: SafeWorkbook):
		self._book = book
		self._faults: list[Fault] = []

	def read(self) -> Stated:
		"""All inputs. WorkbookError if it is no results workbook or of an unknown format version."""
		info = self._info()
		bands, breakers, quotas = self._settings()
		campaign = Campaign(
			name=info["name"],
			title=info["title"],
			year=int(info["year"]),
			criteria_sets=tuple(self._criteria_sets()),
			cards=tuple(self._cards()),
			bands=bands,
			tie_breakers=breakers,
			quotas=quotas,
			vote_base=self._vote_base(info["vote_base"]),
			proposals=tuple(self._proposals(inputs.PROPOSALS)),
		)
		meta = {key[len(inputs.META) :]: text for key, text in info.items() if key.startswith(inputs.META)}
		return Stated(
			campaign=campaign,
			digest=info["digest"],
			meta=meta,
			evidence=tuple(self._evidence()),
			unit_sheets=info["unit_sheets"] == YES_WORD,
			published=self._published(),
			faults=tuple(self._faults),
		)

	def _records(self, sheet: str) -> Iterable[Record]:
		entry = self._book.find(sheet)
		if entry is None:
			raise refuse(_("The workbook is not a results workbook: the sheet {0} is missing").format(sheet))
		return RecordReader(sheet, _COLUMNS[sheet], self._book.rows(entry), self._faults)

	def _info(self) -> dict[str, str]:
		info = dict.fromkeys(("name", "title", "year", "vote_base", "unit_sheets", "digest"), "")
		info["year"] = "0"
		version = 0
		for record in self._records(inputs.INFO):
			key = record.text("key")
			if key == "format":
				version = record.integer("value")
			elif key == "year":
				info[key] = str(record.integer("value"))
			else:
				info[key] = record.text("value")
		if version != inputs.FORMAT_VERSION:
			message = _("The workbook has format version {0}, this program reads version {1}")
			raise refuse(message.format(version, inputs.FORMAT_VERSION), inputs.INFO)
		return info

	def _vote_base(self, text: str) -> VoteBase:
		found = choice(VoteBase, text)
		if found is None:
			self._faults.append(Fault(inputs.INFO, "", _("The vote base {0} is not known").format(text)))
		return found or VoteBase.PRESENT

	def _settings(self) -> tuple[tuple[Band, ...], tuple[TieBreaker, ...], tuple[Quota, ...]]:
		bands: list[Band] = []
		breakers: list[TieBreaker] = []
		quotas: list[Quota] = []
		for record in self._records(inputs.SETTINGS):
			kind = record.text("kind")
			if kind == inputs.BAND_ROW:
				bands.append(inputs.BAND.read(record))
			elif kind == inputs.TIE_BREAKER_ROW:
				breakers.append(inputs.TIE_BREAKER.read(record))
			elif kind == inputs.QUOTA_ROW:
				quotas.append(inputs.QUOTA.read(record))
			else:
				record.fault("kind", _("The cell must hold one of: {0}").format(", ".join(_SETTINGS)))
		return tuple(bands), tuple(breakers), tuple(quotas)

	def _criteria_sets(self) -> list[CriteriaSet]:
		builder = SetBuilder()
		for record in self._records(inputs.CRITERIA):
			builder.add(record)
		return builder.finish()

	def _cards(self) -> list[Card]:
		lines: dict[str, list[Line]] = {}
		cards: list[Card] = []
		for record in self._records(inputs.UNITS):
			cards.append(inputs.CARD.read(record))
			if cards[-1].unit in lines:
				record.fault("unit", _("The unit {0} is there twice").format(cards[-1].unit))
			lines[cards[-1].unit] = []
		for record in self._records(inputs.POINTS):
			unit = record.text("unit")
			if unit not in lines:
				record.fault("unit", _("The unit {0} is not in the list of units").format(unit))
			elif record.flag("line") and record.filled("code"):
				lines[unit].append(inputs.LINE.read(record))
		return [replace(card, lines=tuple(lines[card.unit])) for card in cards]

	def _proposals(self, sheet: str) -> list[Proposal]:
		return [_proposal(record) for record in self._records(sheet)]

	def _published(self) -> tuple[Proposal, ...] | None:
		if self._book.find(inputs.PUBLISHED_PROPOSALS) is None:
			return None
		return tuple(self._proposals(inputs.PUBLISHED_PROPOSALS))

	def _evidence(self) -> list[dict[str, str]]:
		if self._book.find(inputs.EVIDENCE) is None:
			return []
		keys = [column.key for column in inputs.EVIDENCE_COLUMNS]
		return [{key: record.text(key) for key in keys} for record in self._records(inputs.EVIDENCE)]


_COLUMNS = {
	inputs.INFO: inputs.INFO_COLUMNS,
	inputs.SETTINGS: inputs.SETTINGS_COLUMNS,
	inputs.CRITERIA: inputs.CRITERIA_COLUMNS,
	inputs.UNITS: inputs.UNIT_COLUMNS,
	inputs.POINTS: inputs.POINTS_COLUMNS,
	inputs.PROPOSALS: inputs.PROPOSAL_COLUMNS,
	inputs.PUBLISHED_PROPOSALS: inputs.PROPOSAL_COLUMNS,
	inputs.EVIDENCE: inputs.EVIDENCE_COLUMNS,
}
_SETTINGS = (inputs.BAND_ROW, inputs.TIE_BREAKER_ROW, inputs.QUOTA_ROW)


def _proposal(record: Record) -> Proposal:
	return inputs.PROPOSAL.read(record, vote=_vote(record))


def _vote(record: Record) -> Vote | None:
	counts = [record.optional_integer(key) for key in ("members", "present", "in_favour")]
	members, present, _in_favour = counts
	if counts == [None] * len(counts):
		return None
	if members is None or present is None or None in counts:
		record.fault("members", _("A vote needs members, present and in favour"))
	elif not 0 <= present <= members:
		record.fault("present", _("More members are present than there are"))
	else:
		return inputs.VOTE.read(record)
	return None
