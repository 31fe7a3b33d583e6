"""A unit that is dissolved or merged in mid-campaign leaves it; what it entered stays on record.

It is out of the running from then on (`disqualified` carries the reason, so that ranking, awards,
documents and the recount need to know nothing more), gets no reminders and is not waited for.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.par_campaign.doctype.par_task import follow as plan
from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze
from par_campaign.saying import bold, say
from par_campaign.states import NOT_YET_APPRAISED, ScorecardState

MAY_LEAVE = (*NOT_YET_APPRAISED, ScorecardState.APPRAISED)  # no award is being decided


def take_out(card, reason: str, successor: str | None) -> None:
	"""Take the scorecard out, with the reason and the unit that carries on, if there is one."""
	freeze.require_manager(card, _("take a unit out of the campaign"))
	if not (reason or "").strip():
		frappe.throw(
			_("Reason is missing. Say why the unit leaves the campaign, with the decision's number.")
		)
	if card.taken_out:
		frappe.throw(say(_("{0} has been taken out already."), bold(card.unit_name)))
	if card.workflow_state not in MAY_LEAVE:
		frappe.throw(
			say(
				_("The award of {0} is being decided: its scorecard is {1}. Decide the proposal first."),
				bold(card.unit_name),
				_(card.workflow_state),
			)
		)
	card.flags.departure = True
	card.taken_out, card.taken_out_on = 1, now_datetime()
	card.successor_unit = _successor(card, successor)
	card.disqualified, card.disqualified_reason = 1, _text(card, reason.strip())
	card.save()


def _successor(card, successor: str | None) -> str | None:
	if not successor:
		return None
	if successor == card.unit or not frappe.db.exists("PAR Unit", successor):
		frappe.throw(
			say(_("Merged into: {0} is not another unit. Choose the unit that carries on."), successor)
		)
	return successor


def _text(card, reason: str) -> str:
	if not card.successor_unit:
		return _("Out of the campaign: {0}").format(reason)
	name = frappe.db.get_value("PAR Unit", card.successor_unit, "unit_name")
	return _("Out of the campaign, merged into {0}: {1}").format(name, reason)


def put_back(card) -> None:
	"""Put a unit back that was taken out by mistake."""
	freeze.require_manager(card, _("put a unit back into the campaign"))
	if not card.taken_out:
		frappe.throw(say(_("{0} has not been taken out."), bold(card.unit_name)))
	card.flags.departure = True
	for field in freeze.DEPARTURE_FIELDS:
		card.set(field, None)
	card.disqualified, card.disqualified_reason = 0, None
	card.save()
	plan.resume(card)
