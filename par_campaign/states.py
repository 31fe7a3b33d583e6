"""The states of our documents, as they are stored; a doctype's options and workflow name the same ones.

Whether something is in a state is asked by these names, and by the groups below each of them. No Frappe here: the
rooms that know none ask by the same names.
"""

from enum import Enum


class State(str, Enum):
	"""A state is its stored text: it goes into filters, SQL, JSON and sentences, and equals what is read back."""

	__str__ = str.__str__

	def __format__(self, how: str) -> str:
		return format(self.value, how)


# --- campaigns ---------------------------------------------------------------------------------


class CampaignState(State):
	"""How far a campaign is."""

	DRAFT = "Draft"
	LAUNCHED = "Launched"
	APPRAISING = "Appraising"
	PUBLISHED = "Results Published"
	CLOSED = "Closed"


# units hand in and are appraised: numbers move
UNDER_WAY = (CampaignState.LAUNCHED, CampaignState.APPRAISING)
# results are out: no number moves
SETTLED = (CampaignState.PUBLISHED, CampaignState.CLOSED)


# --- scorecards --------------------------------------------------------------------------------


class ScorecardState(State):
	"""With whom a unit's scorecard is, and what has come of it."""

	DRAFT = "Draft"
	SUBMITTED = "Submitted"
	UNDER_APPRAISAL = "Under Appraisal"
	RETURNED = "Returned"
	APPRAISED = "Appraised"
	PROPOSED = "Proposed"
	AWARDED = "Awarded"
	NOT_AWARDED = "Not Awarded"


# the unit holds the scorecard: to fill it in, or to answer
HELD_BY_UNIT = (ScorecardState.DRAFT, ScorecardState.RETURNED)
# the unit has handed it in and is not asked for anything
WITH_APPRAISERS = (ScorecardState.SUBMITTED, ScorecardState.UNDER_APPRAISAL)
# the appraisers have begun and not closed; meanwhile they may ask the unit
BEING_APPRAISED = (ScorecardState.UNDER_APPRAISAL, ScorecardState.RETURNED)
# the appraisal is not closed: publishing waits for these
NOT_YET_APPRAISED = (*HELD_BY_UNIT, *WITH_APPRAISERS)
# the appraisal is closed: from here on the unit may read what the appraisers gave, by the campaign's choice
APPRAISAL_CLOSED = (
	ScorecardState.APPRAISED,
	ScorecardState.PROPOSED,
	ScorecardState.AWARDED,
	ScorecardState.NOT_AWARDED,
)


# --- award proposals ---------------------------------------------------------------------------


class ProposalState(State):
	"""Who has an award proposal before them, and what was decided on it."""

	DRAFT = "Draft"
	COUNCIL = "Council"
	SUBMITTED = "Submitted to Chairman"
	AWARDED = "Awarded"
	REJECTED = "Rejected"
	REVOKED = "Revoked"


# the council's vote is not over
BEFORE_CHAIRMAN = (ProposalState.DRAFT, ProposalState.COUNCIL)
# council or chairman has not come to an end
UNDECIDED = (*BEFORE_CHAIRMAN, ProposalState.SUBMITTED)
# the chairman has decided
DECIDED = (ProposalState.AWARDED, ProposalState.REJECTED, ProposalState.REVOKED)
# the council has voted for the proposal: it holds a place of its quota
CHOSEN = (ProposalState.SUBMITTED, ProposalState.AWARDED)
# there is an award, or there may be one yet
LIVE = (*UNDECIDED, ProposalState.AWARDED)
# it has ended, and the unit has no award by it
WITHOUT_AWARD = (ProposalState.REJECTED, ProposalState.REVOKED)
# the award was given, though it may have been taken back since: the unit knows of it
ONCE_AWARDED = (ProposalState.AWARDED, ProposalState.REVOKED)


# --- others ------------------------------------------------------------------------------------


class QueryState(State):
	"""What has become of a question or a request for a review."""

	OPEN = "Open"
	ANSWERED = "Answered"
	CLOSED = "Closed"


class TaskState(State):
	"""What has become of a task of a unit's own plan."""

	OPEN = "Open"
	DOING = "Doing"
	LATE = "Late"
	DONE = "Done"


class EvidenceState(State):
	"""What the appraisers say of a document that shows a row."""

	PENDING = "Pending"
	ACCEPTED = "Accepted"
	REJECTED = "Rejected"


class DocumentState(State):
	"""How far a document is that is made in the background."""

	WAITING = "Waiting"
	BEING_MADE = "Being Made"
	READY = "Ready"
	FAILED = "Failed"
