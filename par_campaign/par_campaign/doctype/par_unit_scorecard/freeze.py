"""Who may change which part of a scorecard, and when. Holds on every way of saving it."""

import frappe
from frappe import _

from par_campaign.permissions import appraisers, deadlines, roles
from par_campaign.saying import bold, say
from par_campaign.states import HELD_BY_UNIT, SETTLED, ScorecardState

APPRAISED_FIELDS = ("appraised_claim", "appraised_applicable", "appraisal_note")
# what an appraiser sends: the score, and that a row is accepted as it stands
APPRAISER_FIELDS = (*APPRAISED_FIELDS, "is_appraised")
UNIT_FIELDS = ("self_claim", "explanation", "applicable")
# facts about the row itself: they come from the criteria set, whatever a client sends
ROW_FIELDS = ("code", "title", "maximum", "rule", "rule_help", "score_type", "demand")
ROW_SYSTEM_FIELDS = (
	"evidence_count",
	"answered",
	"appraised_by",
	"appraised_on",
	"has_external",
	"external_value",
	"external_source",
	"external_by",
)
SYSTEM_FIELDS = (
	"unit_name",
	"unit_group",
	"cluster",
	"criteria_set",
	"submitted_by",
	"submitted_on",
	"answered_by",
	"answered_on",
	"late_days",
	"round",
	"appraisal_started_by",
	"appraised_on",
	"award_proposal",
	"award_level",
	"closed_on",
	"supplement_late_days",
	"taken_out",
	"taken_out_on",
	"successor_unit",
)
# set by taking a unit out of the campaign and putting it back (departure.py), and not otherwise
DEPARTURE_FIELDS = ("taken_out", "taken_out_on", "successor_unit")


def is_published(card) -> bool:
	"""Whether the campaign's results are out, so that no number of this scorecard may move."""
	return frappe.db.get_value("PAR Campaign", card.campaign, "workflow_state") in SETTLED


def require_unpublished(card) -> None:
	"""Refuse what would make a scorecard differ from its published results."""
	if is_published(card):
		frappe.throw(_("The results are published. Take them back for correction first."))


def require_in_campaign(card) -> None:
	"""Refuse what would change the scorecard of a unit that has left the campaign: it stays as it was."""
	if card.taken_out:
		frappe.throw(
			say(
				_("{0} has been taken out of the campaign: {1}"),
				bold(card.unit_name),
				card.disqualified_reason,
			),
			title=_("Out of the Campaign"),
		)


def keep_system_fields(card) -> None:
	"""Take back what only the app itself may set: `read_only` binds the form, not a request."""
	before = card.get_doc_before_save()
	if not before:
		return
	for field in SYSTEM_FIELDS:
		if not (card.flags.departure and field in DEPARTURE_FIELDS):
			card.set(field, before.get(field))


def guard_rows(card) -> None:
	"""Rows are those of the criteria set: none added, none removed."""
	before = card.get_doc_before_save()
	if not before:
		return
	old = {line.code: line for line in before.lines}
	if [line.code for line in card.lines] != list(old):
		frappe.throw(
			_(
				"Score Sheet: rows cannot be added, removed or moved. Reload the page and enter your values again."
			),
			title=_("Rows Changed"),
		)
	for line in card.lines:
		for field in ROW_FIELDS + (() if card.flags.external_update else ROW_SYSTEM_FIELDS):
			line.set(field, old[line.code].get(field))


def changed_rows(card, fields: tuple[str, ...]) -> list:
	"""Rows in which one of the fields differs from what is stored."""
	before = card.get_doc_before_save()
	if not before:
		return []
	old = {line.code: line for line in before.lines}
	return [
		line
		for line in card.lines
		if any((line.get(f) or None) != (old[line.code].get(f) or None) for f in fields)
	]


def _rows_text(lines: list) -> str:
	return bold(", ".join(line.code for line in lines))


def guard_unit_part(card) -> None:
	"""Claims, explanations and what applies are the unit's, while it holds the scorecard."""
	changed = changed_rows(card, UNIT_FIELDS)
	if not changed:
		return
	require_unpublished(card)  # a unit that is disqualified may still hold its scorecard
	if card.state_before not in HELD_BY_UNIT:
		frappe.throw(
			say(
				_("Row {0}: the scorecard is handed in, so claims and explanations can no longer change."),
				_rows_text(changed),
			),
			title=_("Handed In"),
		)
	require_in_campaign(card)
	if not roles.works_for(card.unit):
		frappe.throw(
			say(
				_("Row {0}: only {1} itself enters its claims and explanations."),
				_rows_text(changed),
				bold(card.unit_name),
			),
			frappe.PermissionError,
		)
	if card.state_before == ScorecardState.RETURNED:
		deadlines.require_answer_open(card)  # what stands then is what the appraisers go on with


def guard_appraisal_part(card) -> None:
	"""Appraised scores are the campaign's appraisers', in their areas, while they appraise."""
	changed = changed_rows(card, APPRAISER_FIELDS)
	if not changed:
		return
	if card.state_before != ScorecardState.UNDER_APPRAISAL or is_published(card):
		frappe.throw(
			say(
				_("Row {0}: appraised scores change only while the scorecard is under appraisal."),
				_rows_text(changed),
			),
			title=_("Not under Appraisal"),
		)
	appraisers.require_appraiser(card)
	outside = [line for line in changed if not appraisers.appraises_row(card, line.code)]
	if outside:
		frappe.throw(
			say(_("Row {0}: this is not among the areas the council gave you."), _rows_text(outside)),
			frappe.PermissionError,
		)


def guard_management_part(card) -> None:
	"""Extensions, disqualification and the request to the unit, each by those who may."""
	if card.is_new():
		return
	if card.has_value_changed("extended_deadline") or card.has_value_changed("extension_reason"):
		require_manager(card, _("extend the deadline"))
		require_held(card)
		if card.extended_deadline and not (card.extension_reason or "").strip():
			frappe.throw(_("Reason for Extension is missing. Say why the unit gets more time."))
		open_again(card)
	if card.has_value_changed("disqualified") or card.has_value_changed("disqualified_reason"):
		require_manager(card, _("take a unit out of the running"))
		require_unpublished(card)
		if card.disqualified and not (card.disqualified_reason or "").strip():
			frappe.throw(_("Reason is missing. Say why the unit is out of the running."))
	if card.has_value_changed("remark"):
		require_manager(card, _("write a remark"))
	if card.has_value_changed("return_note") or card.has_value_changed("return_due"):
		appraisers.require_appraiser(card)
		open_again(card)


def require_held(card) -> None:
	"""Refuse more time for what has been handed in."""
	if card.state_before not in HELD_BY_UNIT:
		frappe.throw(
			say(
				_("The scorecard of {0} is handed in, so there is no deadline to extend."),
				bold(card.unit_name),
			),
			title=_("Handed In"),
		)


def open_again(card) -> None:
	"""A later deadline opens what had closed, at once and not only at the next run of the clock."""
	due = deadlines.due_of(card, deadlines.hand_in_deadline(card))
	if card.closed_on and not deadlines.is_closed(card, due):
		card.closed_on = None


def require_manager(card, action: str) -> None:
	"""Raise unless the user manages the campaign or leads its appraisal, and has no part in the unit."""
	managers = {roles.MANAGER, roles.LEAD}
	if frappe.session.user != "Administrator" and not managers & set(frappe.get_roles()):
		frappe.throw(
			say(_("Only {0} or {1} can {2}."), _(roles.MANAGER), _(roles.LEAD), action),
			frappe.PermissionError,
		)
	roles.require_unmixed(card.unit, card.unit_name, action)
