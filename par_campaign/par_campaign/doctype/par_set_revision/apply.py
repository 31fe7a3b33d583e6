"""Putting a corrected criteria set into force in a campaign that is under way.

The old set, the rounds appraised by it and the numbers from before stay on record; the scorecards of the
group go over to the new set and are worked out anew, in one transaction.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_campaign import launch
from par_campaign.par_campaign.doctype.par_set_revision import aftermath, scorecards
from par_campaign.permissions import roles
from par_campaign.results import store
from par_campaign.saying import bold, say
from par_campaign.states import UNDER_WAY

IN_REQUEST_AT_MOST = 30  # scorecards; more are moved by a background job


@frappe.whitelist()
def campaigns_for(criteria_set: str) -> list[dict]:
	"""Campaigns under way whose group uses an earlier version of this set, with what would change."""
	doc = frappe.get_doc("PAR Criteria Set", criteria_set)
	doc.check_permission("read")
	earlier = _earlier_versions(doc)
	found = []
	for name in frappe.get_list(
		"PAR Campaign",
		{"workflow_state": ("in", UNDER_WAY)},
		pluck="name",
		order_by="year desc, name",
	):
		campaign = frappe.get_cached_doc("PAR Campaign", name)
		for row in campaign.groups:
			if row.criteria_set in earlier:
				found.append(_outlook(campaign, row, criteria_set))
	return found


def _outlook(campaign, row, criteria_set: str) -> dict:
	added, removed, changed = differences(row.criteria_set, criteria_set)
	filters = {"campaign": campaign.name, "unit_group": row.unit_group}
	return {
		"campaign": campaign.name,
		"title": campaign.title,
		"unit_group": row.unit_group,
		"scorecards": frappe.db.count("PAR Unit Scorecard", filters),
		"added": added,
		"removed": removed,
		"changed": changed,
	}


def _earlier_versions(doc) -> set[str]:
	names, previous = set(), doc.previous_version
	while previous and previous not in names:
		names.add(previous)
		previous = frappe.db.get_value("PAR Criteria Set", previous, "previous_version")
	return names


def differences(old_set: str, new_set: str) -> tuple[list[str], list[str], list[str]]:
	"""Scored rows of the new set that are added, gone, and changed in title, maximum, rule or demand."""
	old = {leaf.code: leaf for leaf in store.criteria_set(old_set).leaves()}
	new = {leaf.code: leaf for leaf in store.criteria_set(new_set).leaves()}
	added = [code for code in new if code not in old]
	removed = [code for code in old if code not in new]
	return added, removed, [code for code in new if code in old and new[code] != old[code]]


@frappe.whitelist(methods=["POST"])
def put_into_force(campaign: str, criteria_set: str, reason: str) -> str | None:
	"""Let a group's scorecards go over to a revision of their set; the record's name, or nothing while it
	is being done in the background."""
	doc = frappe.get_doc("PAR Campaign", campaign)
	doc.check_permission("write")
	row = _check(doc, criteria_set, reason)
	names = _card_names(campaign, row.unit_group)
	if len(names) <= IN_REQUEST_AT_MOST:
		return run(campaign, criteria_set, reason)
	frappe.enqueue(
		run_and_tell,
		queue="long",
		job_id=f"par_set_revision::{campaign}::{criteria_set}",
		deduplicate=True,
		enqueue_after_commit=True,
		campaign=campaign,
		criteria_set=criteria_set,
		reason=reason,
	)
	return None


def _check(campaign, criteria_set: str, reason: str):
	if not (reason or "").strip():
		frappe.throw(_("Reason is missing. Say what was wrong in the set, and who decided."))
	if campaign.workflow_state not in UNDER_WAY:
		frappe.throw(
			_("A set is revised while its campaign is under way. Take published results back first.")
		)
	doc = frappe.get_doc("PAR Criteria Set", criteria_set)
	earlier = _earlier_versions(doc)
	row = next((row for row in campaign.groups if row.criteria_set in earlier), None)
	if not row or row.unit_group != doc.unit_group:
		frappe.throw(
			say(_("{0} is not a revision of a set this campaign uses."), bold(doc.title)),
			title=_("Not a Revision"),
		)
	roles.require_unmixed_in([row.unit_group], _("put a revision into force"))
	return row


def _card_names(campaign: str, unit_group: str) -> list[str]:
	filters = {"campaign": campaign, "unit_group": unit_group}
	return frappe.get_all("PAR Unit Scorecard", filters, pluck="name", order_by="name")


def run(campaign: str, criteria_set: str, reason: str) -> str:
	"""Move the scorecards and write the record; all or nothing, as one transaction."""
	doc = frappe.get_doc("PAR Campaign", campaign, for_update=True)
	row = _check(doc, criteria_set, reason)
	old_set = row.criteria_set
	added, removed, changed = differences(old_set, criteria_set)
	row.criteria_set = criteria_set
	doc.flags.set_revision = True
	doc.save()
	launch.lock_criteria_sets(doc)
	moved = [
		scorecards.move(frappe.get_doc("PAR Unit Scorecard", name, for_update=True), criteria_set)
		for name in _card_names(campaign, row.unit_group)
	]
	changes = [change for of_card in moved for change in of_card]
	aftermath.let_go(campaign, row.unit_group, removed)
	record = frappe.new_doc("PAR Set Revision")
	record.update(
		{
			"campaign": campaign,
			"unit_group": row.unit_group,
			"old_set": old_set,
			"new_set": criteria_set,
			"reason": reason.strip(),
			"applied_by": frappe.session.user,
			"applied_on": now_datetime(),
			"added": ", ".join(added),
			"removed": ", ".join(removed),
			"changed": ", ".join(changed),
			"to_look_at": ", ".join(aftermath.to_look_at(changes)),
			"changes": changes,
		}
	)
	record.flags.applying = True
	record.insert(ignore_permissions=True)  # nobody writes revisions but this step
	return record.name


def run_and_tell(campaign: str, criteria_set: str, reason: str) -> None:
	"""`run` as a background job: whoever asked for it is told how it ended."""
	from par_campaign.notices.send import Notice, send

	try:
		record = run(campaign, criteria_set, reason)
	except Exception:
		frappe.db.rollback()
		error = frappe.log_error(title=f"PAR set revision of {campaign}")
		text = _("The revision could not be put into force; nothing was changed. Error log: {0}")
		send([Notice((frappe.session.user,), "PAR Campaign", campaign, lambda _l: text.format(error.name))])
		return
	text = _("The revision is in force: {0}")
	send([Notice((frappe.session.user,), "PAR Set Revision", record, lambda _l: text.format(record))])
