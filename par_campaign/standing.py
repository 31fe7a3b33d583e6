"""Which data results rest on: what was published for as long as it is published, else what stands now.

Publishing fixes scorecards, rules, quotas and ranks. What council and chairman decide afterwards is added
to them: it settles who holds a place, and moves no number.
"""

from dataclasses import replace

import frappe

from par_campaign import access, bridge
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign, Results


def version_in_force(campaign: str):
	"""The published version (name, version, digest, payload) that holds now; None before the results are
	published and while they are taken back for correction. No permission is checked here."""
	state, name = frappe.db.get_value("PAR Campaign", campaign, ["workflow_state", "published_result"])
	if state not in access.PUBLISHED_STATES or not name:
		return None
	return frappe.db.get_value(
		"PAR Published Result", name, ["name", "version", "digest", "payload"], as_dict=True
	)


def campaign(name: str) -> Campaign:
	"""The campaign its results follow from, with the award proposals as they stand today."""
	return _joined(name, version_in_force(name))


def evaluated(name: str) -> tuple[Campaign, Results]:
	"""The campaign and its results. While they are published their digest is the published one: it is on
	paper, and proposals that are decided later do not change it."""
	version = version_in_force(name)
	model = _joined(name, version)
	results = evaluate(model)
	return model, replace(results, digest=version.digest) if version else results


def _joined(name: str, version) -> Campaign:
	if version is None:
		return bridge.campaign(name)
	return replace(digest.campaign_from_json(version.payload), proposals=bridge.proposals(name))
