"""A campaign with its results, for award documents of the province: evaluated once for a dossier of many."""

from dataclasses import dataclass
from functools import cached_property

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from par_campaign.documents import particulars, sources
from par_campaign.documents.file import campaign_of
from par_campaign.permissions import roles
from par_campaign.printing import money
from par_campaign.printing.builders import ProposalRow, proposal_rows
from par_campaign.printing.errors import PrintError
from par_campaign.printing.kinds import Kind
from par_campaign.results import in_force
from par_campaign.results.proposals import proposals_of
from par_campaign.saying import say
from par_campaign.scoring.awards import passes_vote
from par_campaign.scoring.model import Campaign, Results
from par_campaign.states import CHOSEN, WITHOUT_AWARD


@dataclass(frozen=True)
class AwardData:
	"""The campaign's document, its scoring model and what follows from it."""

	doc: Document
	model: Campaign
	results: Results

	@cached_property
	def rows(self) -> tuple[ProposalRow, ...]:
		"""Every unit that is proposed or stands a chance, by award level."""
		citations = {key: row.citation or "" for key, row in proposals_of(self.model.name).items()}
		return proposal_rows(self.model, self.results, citations)

	@cached_property
	def chosen(self) -> tuple[ProposalRow, ...]:
		"""Those the council has voted for."""
		return tuple(row for row in self.rows if row.state in CHOSEN)

	@cached_property
	def not_turned_down(self) -> tuple[ProposalRow, ...]:
		"""Those nobody has turned down: chosen, certain by the quotas, or waiting for the council."""
		return tuple(row for row in self.rows if not self._turned_down(row))

	@cached_property
	def proposed(self) -> tuple[ProposalRow, ...]:
		"""Those to be rewarded as things stand."""
		return tuple(row for row in self.not_turned_down if not row.open)

	@cached_property
	def voted_down(self) -> tuple[ProposalRow, ...]:
		"""Those who have not reached the share of the council's votes."""
		return tuple(row for row in self.rows if self._fails_the_vote(row))

	def _turned_down(self, row: ProposalRow) -> bool:
		return row.state in WITHOUT_AWARD or self._fails_the_vote(row)

	def _fails_the_vote(self, row: ProposalRow) -> bool:
		if row.state in (*WITHOUT_AWARD, *CHOSEN) or row.vote is None:
			return False
		needed = [
			quota.threshold
			for quota in self.model.quotas
			if quota.level == row.level and quota.group == row.group and quota.cluster in ("", row.cluster)
		]
		return not all(passes_vote(row.vote, threshold, self.model.vote_base) for threshold in needed)


def award_data_of(filters) -> AwardData:
	"""The campaign of the filters with its results. Provincial staff who may print award proposals only."""
	doc = campaign_of(filters)
	roles.require_provincial()
	frappe.has_permission("PAR Award Proposal", "print", throw=True)
	model, results, _waiting = in_force.worked_out(doc.name)
	return AwardData(doc, model, results)


def budget_of(data: AwardData, rows, kind: type[Kind]) -> money.Budget:
	"""Award money for the rows on the day of the document; refuses where no amount is known for it."""
	own = particulars.of(kind, data.doc)
	day = getdate(own.document_date) if own.document_date else getdate()
	try:
		return money.budget((row.level for row in rows), day, sources.award_rates(), sources.base_salaries())
	except PrintError as error:
		frappe.throw(
			say(
				_("{0} Enter it under PAR Base Salary or on the award level, or print without money."), error
			),
			title=_("Award Money"),
		)
