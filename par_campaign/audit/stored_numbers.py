"""The nightly check: whether the numbers that are shown are still those that follow from what they rest on."""

import frappe
from frappe import _

from par_campaign.notices import recipients
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import roles
from par_campaign.results import in_force, payload, store, upkeep
from par_campaign.saying import lines, say
from par_campaign.scoring.campaign import evaluate, score_cards
from par_campaign.states import SETTLED, UNDER_WAY

NAMED = 5  # units named in one notice


def run() -> None:
	"""Every campaign that has been launched: what differs is told to the leads and the campaign's managers."""
	for name in upkeep.campaigns_in(UNDER_WAY):
		model = store.campaign(name)
		_tell(name, upkeep.differences(model, score_cards(model).cards))
	for name in upkeep.campaigns_in(SETTLED):
		_tell(name, published_differences(name))


def published_differences(campaign: str) -> list[dict]:
	"""The same for published results, whose inputs are the sealed ones."""
	version = in_force.version_in_force(campaign)
	if version is None:
		return []
	model = payload.read(version)
	results = evaluate(model)
	found = upkeep.differences(model, results.cards)
	if results.digest != version.digest:
		found.append({"text": say(_("{0}: the digest is not the one that was published."), version.name)})
	return found


def _tell(campaign: str, differences: list[dict]) -> None:
	if not differences:
		return
	title = frappe.db.get_value("PAR Campaign", campaign, "title")
	readers = {*recipients.with_role(roles.LEAD), *recipients.with_role(roles.MANAGER)}

	def text(language: str | None) -> str:
		return lines(
			[
				say(_("{0}: stored numbers differ from what follows from the rows.", language), title),
				*(difference["text"] for difference in differences[:NAMED]),
			]
		)

	send([Notice(tuple(sorted(readers)), "PAR Campaign", campaign, text)])
