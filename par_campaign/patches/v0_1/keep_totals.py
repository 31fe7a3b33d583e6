"""Totals are stored exactly, and beside each published version its totals without the rows.

Scorecards of campaigns under way are worked out anew at the end of every migration; those of published results get
the totals that follow from the sealed data, and no other number of theirs is touched.
"""

import frappe

from par_campaign.permissions.sealed import SealBroken
from par_campaign.results import in_force, payload, stored_totals
from par_campaign.results.upkeep import campaigns_in
from par_campaign.scoring import totals_text
from par_campaign.scoring.campaign import score_cards
from par_campaign.states import SETTLED

RESULT = "PAR Published Result"


def execute() -> None:
	frappe.clear_cache(doctype=stored_totals.SCORECARD)
	for version in frappe.get_all(
		RESULT, fields=["name", "payload_sha256", "totals_sha256"], order_by="name"
	):
		if not version.totals_sha256:
			_of_version(version)
	for name in campaigns_in(SETTLED):
		_of_scorecards(name)


def _of_version(version) -> None:
	try:
		model = payload.read(version)
	except SealBroken:  # the nightly check tells of it, and the ranking says so when it is asked for
		print(f"{version.name}: its data cannot be read, so its totals are not kept beside it")
		return
	text = totals_text.counted_text(model, score_cards(model).cards)
	frappe.db.set_value(RESULT, version.name, payload.keep_totals(text), update_modified=False)


def _of_scorecards(campaign: str) -> None:
	version = in_force.version_in_force(campaign)
	if not (version and version.totals_sha256):
		return
	_model, results = payload.read_totals(version)
	rows = stored_totals.stored({"campaign": campaign})
	updates = {
		row.name: {
			"worked_out": stored_totals.text_of(campaign, results[row.unit]),
			"worked_from": stored_totals.basis(campaign, row.criteria_set),
		}
		for row in rows
		if row.unit in results
	}
	if updates:
		frappe.db.bulk_update(stored_totals.SCORECARD, updates, update_modified=False)
