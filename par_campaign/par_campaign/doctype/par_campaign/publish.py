"""Publishing: fix the results with a digest, as a numbered version that nothing overwrites."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_campaign import launch
from par_campaign.par_campaign.doctype.par_set_revision import aftermath
from par_campaign.permissions.evidence_check import require_whole_evidence
from par_campaign.results import payload, store, upkeep
from par_campaign.saying import bold, lines, say
from par_campaign.scoring import digest, totals_text
from par_campaign.scoring.campaign import evaluate
from par_campaign.states import NOT_YET_APPRAISED, UNDECIDED, ScorecardState

NAMED = 5  # units named in one refusal


def check_publishable(campaign) -> None:
	"""Every unit has a scorecard, every scorecard still in the running is appraised, and the files of the evidence
	are what was handed in."""
	if missing := missing_to_publish(campaign):
		frappe.throw(lines(gap["text"] for gap in missing), title=_("Not Ready to Publish"))
	require_whole_evidence(campaign.name)  # last: it reads every file


def missing_to_publish(campaign) -> list[dict]:
	"""What keeps the results from being published: a sentence each, and the document it is about."""
	missing = [
		{
			"text": say(_("{0} has no scorecard."), bold(unit.unit_name)),
			"doctype": "PAR Unit",
			"name": unit.name,
		}
		for unit in launch.units_without_scorecard(campaign)
	]
	open_cards = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign.name, "workflow_state": ("in", NOT_YET_APPRAISED), "disqualified": 0},
		fields=["name", "unit_name", "workflow_state"],
		order_by="unit_name",
	)
	text = _(
		"{0}: rows {1} have no appraised score since the criteria set was revised. Reopen the appraisal."
	)
	missing += [
		{
			"text": say(text, bold(card["unit_name"]), ", ".join(card["codes"])),
			"doctype": "PAR Unit Scorecard",
			"name": card["name"],
		}
		for card in aftermath.without_score(campaign.name)
	]
	text = _("{0} is not appraised yet: {1}.")
	return missing + [
		{
			"text": say(text, bold(card.unit_name), _(card.workflow_state)),
			"doctype": "PAR Unit Scorecard",
			"name": card.name,
		}
		for card in open_cards
	]


def check_correction(campaign) -> None:
	"""Published results are taken back only with a reason of their own, not the last correction's."""
	used = frappe.db.get_value("PAR Published Result", campaign.published_result, "correction_reason")
	reason = (campaign.correction_reason or "").strip()
	if not reason or reason == (used or "").strip():
		frappe.throw(
			_(
				"Reason for Correction is missing. Say why published results are taken back; they stay on record."
			)
		)


def check_closable(campaign) -> None:
	"""No proposal may be left undecided."""
	if open_proposals := undecided(campaign):
		names = ", ".join(proposal.unit_name for proposal in open_proposals)
		frappe.throw(
			say(_("Award proposals are still undecided: {0}."), bold(names)),
			title=_("Not Ready to Close"),
		)


def undecided(campaign) -> list[frappe._dict]:
	"""Proposals on which neither council nor chairman has come to an end."""
	return frappe.get_all(
		"PAR Award Proposal",
		filters={"campaign": campaign.name, "workflow_state": ("in", UNDECIDED), "docstatus": 0},
		fields=["name", "unit_name", "workflow_state"],
		order_by="unit_name",
	)


def publish(campaign) -> None:
	"""Write the next version of the results and note it on the campaign."""
	frappe.clear_document_cache(campaign.doctype, campaign.name)  # quotas may have come with this very save
	model = store.campaign(campaign.name)
	results = evaluate(model)
	require_stored(upkeep.differences(model, results.cards))
	version = (campaign.published_version or 0) + 1
	remarks = remarks_of(campaign.name)
	result = frappe.new_doc("PAR Published Result")
	result.update(
		{
			"campaign": campaign.name,
			"version": version,
			"published_on": now_datetime(),
			"published_by": frappe.session.user,
			"digest": results.digest,
			"correction_reason": campaign.correction_reason if version > 1 else None,
			"provisional": int(any(row.provisional for row in results.ranking)),
			"rows": [_row(row, results, remarks.get(row.unit)) for row in results.ranking],
			**payload.keep(digest.canonical_json(model)),
			**payload.keep_totals(totals_text.counted_text(model, results.cards)),
		}
	)
	result.flags.publishing = True
	result.insert(ignore_permissions=True)  # nobody may write published results but this step
	_supersede(campaign.name, version)
	campaign.db_set(
		{"published_version": version, "published_result": result.name, "published_on": result.published_on}
	)


def require_stored(differences: list[dict]) -> None:
	"""Refuse to publish while a scorecard shows other numbers than follow from its rows: somebody has read them."""
	if differences:
		frappe.throw(lines(told(differences)), title=_("Numbers Differ"))


def told(differences: list[dict]) -> list[str]:
	"""What is to be done about stored numbers that differ, and the first of them."""
	hint = _(
		"Stored numbers differ from what follows from the rows. Choose Work Out Again in the menu, then publish."
	)
	return [hint, *(difference["text"] for difference in differences[:NAMED])]


def remarks_of(campaign: str) -> dict[str, str]:
	"""Remarks printed beside units in the ranking."""
	rows = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign, "remark": ("is", "set")},
		fields=["unit", "remark"],
		order_by="unit",
	)
	return {row.unit: row.remark for row in rows}


def _row(row, results, remark: str | None) -> dict:
	return {
		"unit": row.unit,
		"unit_name": row.unit_name,
		"unit_group": row.group,
		"cluster": row.cluster,
		"rank": row.rank,
		"group_rank": row.group_rank,
		"self_index": float(results.cards[row.unit].self_totals.index),
		"index_score": float(row.index),
		"band": row.band,
		"disqualified": row.disqualified,
		"remark": remark,
		"trace": row.trace,
	}


def _supersede(campaign: str, version: int) -> None:
	table = frappe.qb.DocType("PAR Published Result")
	query = frappe.qb.update(table).set(table.superseded, 1)
	query.where((table.campaign == campaign) & (table.version < version)).run()


def close_without_award(campaign) -> None:
	"""Scorecards without an award reach their end with the campaign."""
	names = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign.name, "workflow_state": ScorecardState.APPRAISED},
		pluck="name",
		order_by="name",
	)
	for name in names:
		card = frappe.get_doc("PAR Unit Scorecard", name)
		card.workflow_state = ScorecardState.NOT_AWARDED
		card.save()
