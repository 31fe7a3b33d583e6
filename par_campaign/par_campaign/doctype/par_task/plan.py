"""The rules of a unit's own plan: whom rows may be given to, which rows, and what they still lack.

A plan is the unit's inner affair: it shares the rows of its scorecard out while it holds it, and stands
still from hand-in on.
"""

import frappe
from frappe import _

from par_campaign.notices import recipients
from par_campaign.par_campaign.doctype.par_unit_scorecard import completeness
from par_campaign.saying import bold, say
from par_campaign.states import HELD_BY_UNIT, ScorecardState, TaskState

CARD = "PAR Unit Scorecard"


# --- people ------------------------------------------------------------------------------------


def people_of(unit: str) -> list[str]:
	"""Enabled accounts that work on the unit's scorecard, heads and users."""
	users = recipients.unit_people([unit]).get(unit, [])
	return frappe.get_all("User", {"name": ("in", users), "enabled": 1}, pluck="name", order_by="full_name")


def division_head(unit: str, division: str | None) -> str | None:
	"""Account of the division's head, if the unit has named one."""
	rows = frappe.get_cached_doc("PAR Unit", unit).divisions
	return next((row.head_user for row in rows if row.division_name == division and row.head_user), None)


# --- rows ----------------------------------------------------------------------------------------


def rows_to_fill(card) -> dict[str, str]:
	"""Rows a unit has to fill in itself, with their titles; the system states the others."""
	auto = card.auto_codes()
	return {
		line.code: line.title
		for line in card.lines
		if line.rule not in completeness.SYSTEM_RULES and line.code not in auto
	}


def gaps(card) -> dict[str, str]:
	"""What keeps each row from being handed in, in a few words."""
	found: dict[str, list[str]] = {}
	for gap in completeness.hand_in_gaps(card) + _unanswered(card):
		found.setdefault(gap["code"], []).append(gap["what"])
	return {code: " ".join(texts) for code, texts in found.items()}


def _unanswered(card) -> list[dict]:
	return completeness.answer_gaps(card) if card.workflow_state == ScorecardState.RETURNED else []


def lacking(card) -> dict[str, str]:
	"""What each row lacks: what keeps it from being handed in, else the evidence it demands."""
	unproved = {code: _("no evidence yet.") for code in (card.missing_evidence or "").split(", ") if code}
	return unproved | gaps(card)


def taken(scorecard: str, but: str | None = None) -> dict[str, str]:
	"""Rows that another open task of the scorecard holds, with that task's name."""
	task, row = frappe.qb.DocType("PAR Task"), frappe.qb.DocType("PAR Task Row")
	query = (
		frappe.qb.from_(row)
		.join(task)
		.on((row.parent == task.name) & (row.parenttype == "PAR Task"))
		.select(row.code, task.name)
		.where((task.scorecard == scorecard) & (task.state != TaskState.DONE) & (task.name != (but or "")))
		.orderby(row.code)
	)
	return dict(query.run())


# --- when it stands still ---------------------------------------------------------------------------


def is_frozen(card) -> bool:
	"""Whether the unit no longer holds the scorecard, so that its plan is history."""
	return bool(card.taken_out) or card.workflow_state not in HELD_BY_UNIT


def require_open(card) -> None:
	"""Refuse a change of the plan once the scorecard is out of the unit's hands."""
	if card.taken_out:
		frappe.throw(
			say(
				_("{0} has been taken out of the campaign, so its plan no longer changes."),
				bold(card.unit_name),
			),
			title=_("Out of the Campaign"),
		)
	if is_frozen(card):
		frappe.throw(
			say(
				_("The scorecard of {0} is handed in ({1}), so its plan no longer changes."),
				bold(card.unit_name),
				_(card.workflow_state),
			),
			title=_("Handed In"),
		)
