"""What can go wrong while printing, in words for the user."""


class PrintError(Exception):
	"""A document cannot be printed; the message says why and what to do."""
