"""What the clock brings about: reminders, the close at each unit's own deadline, and its undoing.

Runs every quarter of an hour. Each notice is written down as a PAR Notice whose key carries the
deadline it is for, so it is never sent twice, and an extension starts a new count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from par_campaign.datetime_text import datetime_text
from par_campaign.notices import recipients
from par_campaign.notices.send import Notice, send
from par_campaign.permissions import deadlines
from par_campaign.saying import bold, say
from par_campaign.states import HELD_BY_UNIT, UNDER_WAY, ScorecardState


@dataclass(frozen=True)
class Due:
	"""A notice that is to be sent now."""

	card: frappe._dict
	kind: str
	days: int = 0

	@property
	def key(self) -> str:
		return "|".join((self.card.name, self.kind, self.card.due.isoformat(), str(self.days)))


def run() -> None:
	"""Remind, close and open again by the site's clock."""
	now = now_datetime()  # the moment of the deadline itself still counts
	cards = cards_with_unit()
	closing = [card for card in cards if card.due < now and card.closes and not card.closed_on]
	opening = [card for card in cards if card.closed_on and (card.due >= now or not card.closes)]
	_mark(closing, now)
	_mark(opening, None)
	due = [Due(card, "Opened again") for card in opening]
	due += [Due(card, "Closed" if card.closes else "Deadline passed") for card in cards if card.due < now]
	due += [Due(card, "Reminder", days) for card in cards if (days := reminder(card, now))]
	announce(due, now)


def cards_with_unit() -> list[frappe._dict]:
	"""Scorecards that wait for their unit and have a deadline, with all that the steps need: one query."""
	card, campaign = frappe.qb.DocType("PAR Unit Scorecard"), frappe.qb.DocType("PAR Campaign")
	rows = (
		frappe.qb.from_(card)
		.join(campaign)
		.on(card.campaign == campaign.name)
		.select(
			card.name,
			card.campaign,
			card.unit,
			card.unit_name,
			card.workflow_state,
			card.extended_deadline,
			card.return_due,
			card.closed_on,
			card.missing_count,
			campaign.self_scoring_deadline,
			campaign.late_hand_in,
			campaign.remind_days,
			campaign.notify_by_email,
		)
		.where(card.workflow_state.isin(HELD_BY_UNIT) & (card.taken_out == 0))
		.where(campaign.workflow_state.isin(UNDER_WAY))
		.orderby(card.name)
		.run(as_dict=True)
	)
	for row in rows:
		row.due = deadlines.due_of(row, row.self_scoring_deadline)
		row.closes = row.late_hand_in == deadlines.REFUSE
	return [row for row in rows if row.due]


def reminder(card, now: datetime) -> int:
	"""Days before the deadline whose reminder is on by now; 0 for none. Missed ones are not made up for."""
	if card.due < now:
		return 0
	on = [days for days in deadlines.remind_days(card.remind_days) if card.due - timedelta(days=days) <= now]
	return min(on, default=0)


def _mark(cards: list, closed_on: datetime | None) -> None:
	if not cards:
		return
	table = frappe.qb.DocType("PAR Unit Scorecard")
	# `modified` stays: whoever has the form open may go on working
	query = frappe.qb.update(table).set(table.closed_on, closed_on)
	query.where(table.name.isin([card.name for card in cards])).run()


def announce(due: list[Due], now: datetime) -> int:
	"""Send what has not been sent and write it down; returns how many notices are new."""
	fresh = _unsent(due)
	if not fresh:
		return 0
	people = recipients.unit_people(entry.card.unit for entry in fresh)
	managers = _managers(fresh)
	notices = [_notice(entry, people, managers) for entry in fresh]
	reached = send(notices)
	_write_down(fresh, reached, now)
	return len(fresh)


def _unsent(due: list[Due]) -> list[Due]:
	if not due:
		return []
	sent = set(
		frappe.get_all(
			"PAR Notice",
			filters={"notice_key": ("in", [entry.key for entry in due])},
			pluck="notice_key",
			order_by="notice_key",
		)
	)
	return [entry for entry in due if entry.key not in sent]


def _managers(due: list[Due]) -> dict[str, list[str]]:
	"""By campaign, who is told that an answer did not come: the council waits for it."""
	late = {entry.card.campaign for entry in due if entry.card.workflow_state == ScorecardState.RETURNED}
	return {campaign: recipients.council(campaign) for campaign in sorted(late)}


def _notice(entry: Due, people: dict, managers: dict) -> Notice:
	card = entry.card
	users = list(people.get(card.unit, ()))
	if card.workflow_state == ScorecardState.RETURNED and entry.kind in ("Closed", "Deadline passed"):
		users += managers.get(card.campaign, ())
	return Notice(
		tuple(dict.fromkeys(users)),
		"PAR Unit Scorecard",
		card.name,
		lambda language: TEXTS[entry.kind](entry, language),
		bool(card.notify_by_email),
	)


def _write_down(due: list[Due], reached: dict[str, int], now: datetime) -> None:
	fields = [
		"name", "creation", "modified", "owner", "modified_by", "campaign", "scorecard", "unit", "kind", "due",
		"sent_on", "recipients", "notice_key",
	]  # fmt: skip
	user = frappe.session.user
	values = [
		(
			frappe.generate_hash(length=10), now, now, user, user, entry.card.campaign, entry.card.name,
			entry.card.unit, entry.kind, entry.card.due, now, reached.get(entry.card.name, 0), entry.key,
		)
		for entry in due
	]  # fmt: skip
	frappe.db.bulk_insert("PAR Notice", fields, values, ignore_duplicates=True)


# --- what is said ------------------------------------------------------------------------------


def _names(entry: Due) -> tuple[str, str]:
	return bold(entry.card.unit_name), datetime_text(entry.card.due)


def _remind(entry: Due, language: str | None) -> str:
	name, due = _names(entry)
	if entry.card.workflow_state == ScorecardState.RETURNED:
		return say(_("{0}: answer the appraisers and hand in again by {1}.", language), name, due)
	if entry.card.missing_count:
		return say(
			_("{0}: hand in the scorecard by {1}. {2} rows are not claimed yet.", language),
			name,
			due,
			entry.card.missing_count,
		)
	return say(_("{0}: hand in the scorecard by {1}.", language), name, due)


def _passed(entry: Due, language: str | None) -> str:
	if entry.card.workflow_state == ScorecardState.RETURNED:
		return say(
			_("{0}: the answer was due on {1}. It is still taken, and recorded as late.", language),
			*_names(entry),
		)
	return say(
		_("{0}: the scorecard was due on {1}. It is still taken, and recorded as late.", language),
		*_names(entry),
	)


def _closed(entry: Due, language: str | None) -> str:
	if entry.card.workflow_state == ScorecardState.RETURNED:
		return say(
			_("{0}: the time to answer ended on {1}. The appraisers go on with what there is.", language),
			*_names(entry),
		)
	return say(
		_("{0}: the time to hand in ended on {1}. An extension opens it again.", language), *_names(entry)
	)


def _opened(entry: Due, language: str | None) -> str:
	return say(_("{0}: hand-in is open again until {1}.", language), *_names(entry))


TEXTS: dict[str, Callable[[Due, str | None], str]] = {
	"Reminder": _remind,
	"Deadline passed": _passed,
	"Closed": _closed,
	"Opened again": _opened,
}
