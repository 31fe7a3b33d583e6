"""The states of our documents, as they are stored; a doctype's options and workflow name the same ones.

Plain strings, because they go into filters, SQL and JSON as they are.
"""


class TaskState:
	"""What has become of a task of a unit's own plan."""

	OPEN = "Open"
	DOING = "Doing"
	LATE = "Late"
	DONE = "Done"
