"""Deadlines of a scorecard, by the server's clock in the site's time zone.

Each unit has its own: the campaign's hand-in date or its extension, and, while the scorecard is
returned, the date the appraisers gave. Where the campaign refuses what is late, hand-in closes at
that moment by itself; `closed_on` only shows it, the clock decides.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from par_campaign.datetime_text import datetime_text
from par_campaign.saying import say
from par_campaign.states import HELD_BY_UNIT, ScorecardState

REFUSE = "Refuse"


def due_of(card, campaign_deadline) -> datetime | None:
	"""The moment that counts in the state the scorecard is in; None where there is none."""
	returned = card.workflow_state == ScorecardState.RETURNED
	value = card.return_due if returned else card.extended_deadline or campaign_deadline
	return get_datetime(value) if value else None


def hand_in_deadline(card) -> datetime | None:
	"""Hand-in time of this unit: its extension, or the campaign's date."""
	value = card.extended_deadline or frappe.db.get_value(
		"PAR Campaign", card.campaign, "self_scoring_deadline"
	)
	return get_datetime(value) if value else None


def days_late(due: datetime | None, at: datetime) -> int:
	"""Whole days after the deadline, a begun day counted; 0 when in time or without deadline."""
	if not due or at <= due:
		return 0
	return (at - due).days + 1


def refuses_late(card) -> bool:
	"""Whether the campaign takes nothing after the deadline."""
	return frappe.db.get_value("PAR Campaign", card.campaign, "late_hand_in") == REFUSE


def is_closed(card, due: datetime | None) -> bool:
	"""Whether the deadline has passed in a campaign that refuses what is late."""
	return bool(due and now_datetime() > due and refuses_late(card))


def is_closed_now(card) -> bool:
	"""Whether the unit can no longer hand in what it holds."""
	return card.workflow_state in HELD_BY_UNIT and is_closed(card, due_of(card, hand_in_deadline(card)))


def require_open(card) -> None:
	"""Refuse the first hand-in after this unit's deadline where the campaign refuses it."""
	due = hand_in_deadline(card)
	if due and is_closed(card, due):
		frappe.throw(
			say(_("The time to hand in ended on {0}. Ask for an extension."), datetime_text(due)),
			title=_("Hand-in Closed"),
		)


def require_answer_open(card) -> None:
	"""Refuse an answer after the date the appraisers gave where the campaign refuses what is late."""
	due = get_datetime(card.return_due) if card.return_due else None
	if due and is_closed(card, due):
		frappe.throw(
			say(
				_("The time to answer ended on {0}. Ask the appraisers for a later date."), datetime_text(due)
			),
			title=_("Time to Answer Ended"),
		)


def remind_days(text: str | None) -> list[int]:
	"""Days before the deadline, from "7, 3, 1". Raises `ValueError` for anything else."""
	days = sorted({int(part) for part in (text or "").replace(";", ",").split(",") if part.strip()})
	if days and not 1 <= days[0] <= days[-1] <= 366:
		raise ValueError(text)
	return days
