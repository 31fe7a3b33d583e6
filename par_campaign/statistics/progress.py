"""How far a unit has come with its scorecard, in one word that a reader can act on."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import Enum

from par_campaign.scoring.decimals import HUNDRED, exactly, round2
from par_campaign.states import APPRAISAL_CLOSED, ScorecardState


class Progress(str, Enum):
	"""In the order in which a unit passes through them; the last three need somebody to act."""

	NOT_BEGUN = "Not begun"
	IN_WORK = "In work"
	HANDED_IN = "Handed in"
	UNDER_APPRAISAL = "Being appraised"
	RETURNED = "Returned for supplement"
	APPRAISED = "Appraisal closed"
	OVERDUE = "Overdue"
	NO_SCORECARD = "No scorecard"
	OUT = "Out of the campaign"


def progress_of(state: str, *, begun: bool, due: datetime | None, now: datetime) -> Progress:
	"""The progress of a scorecard in a workflow state. `begun`: whether the unit has entered anything.

	`due` is the moment the unit is waited for, to hand in or to answer; it counts only while the unit
	holds the scorecard.
	"""
	if state in APPRAISAL_CLOSED:
		return Progress.APPRAISED
	if state == ScorecardState.SUBMITTED:
		return Progress.HANDED_IN
	if state == ScorecardState.UNDER_APPRAISAL:
		return Progress.UNDER_APPRAISAL
	if due and now > due:
		return Progress.OVERDUE
	if state == ScorecardState.RETURNED:
		return Progress.RETURNED
	return Progress.IN_WORK if begun else Progress.NOT_BEGUN


@exactly
def percent(part: int, whole: int) -> Decimal:
	"""Share in %, two decimals; 100 where there is nothing to do."""
	return round2(HUNDRED * part / whole) if whole else HUNDRED


def days_left(due: datetime | None, now: datetime) -> int | None:
	"""Whole days until `due`, a begun day not counted; negative once it has passed (a begun day counted)."""
	return (due - now).days if due else None


def tally(found: Iterable[Progress]) -> dict[Progress, int]:
	"""How many units stand at each progress, in the order of `Progress`, without zeros."""
	found = list(found)
	return {progress: found.count(progress) for progress in Progress if progress in found}
