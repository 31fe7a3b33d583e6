"""What is wrong in a criteria set, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
	"""Something wrong in a row. `severity` "error" forbids use, "warning" asks for a look."""

	code: str
	field: str  # as the row's field is named in PAR Criterion
	message: str
	severity: str = "error"
