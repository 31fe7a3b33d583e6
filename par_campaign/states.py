"""The states of our documents, as they are stored; a doctype's options and workflow name the same ones.

Plain strings, because they go into filters, SQL and JSON as they are.
"""


class CampaignState:
	"""How far a campaign is."""

	DRAFT = "Draft"
	LAUNCHED = "Launched"
	APPRAISING = "Appraising"
	PUBLISHED = "Results Published"
	CLOSED = "Closed"

	UNDER_WAY = (LAUNCHED, APPRAISING)  # units hand in and are appraised: numbers move
	SETTLED = (PUBLISHED, CLOSED)  # results are out: no number moves


class TaskState:
	"""What has become of a task of a unit's own plan."""

	OPEN = "Open"
	DOING = "Doing"
	LATE = "Late"
	DONE = "Done"
