"""One line of the audit, and what narrows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frappe.utils import getdate


@dataclass
class Entry:
	"""Somebody changed something. `unit` is empty for what falls on all units."""

	when: datetime
	who: str
	kind: str
	doctype: str
	name: str
	what: str
	old: str = ""
	new: str = ""
	why: str = ""
	unit: str = ""
	removed: bool = False


@dataclass(frozen=True)
class Scope:
	"""What the reader asks for. Only the campaign must be given."""

	campaign: str
	unit: str = ""
	users: tuple[str, ...] = ()  # empty: of everybody
	kind: str = ""
	begin: str = ""
	end: str = ""

	def of(self, table, who, when):
		"""Criterion: by these users, in this period. `who` and `when` are fields of the table."""
		criterion = table.name.isnotnull()
		if self.users:
			criterion &= who.isin(self.users)
		if self.begin:
			criterion &= when >= getdate(self.begin)
		if self.end:
			criterion &= when < getdate(self.end) + timedelta(days=1)
		return criterion

	@property
	def is_whole(self) -> bool:
		"""Whether all that happened to these documents is asked for."""
		return not (self.users or self.begin or self.end)

	def holds(self, entry: Entry) -> bool:
		"""Whether an entry is asked for; the same for what was read without these conditions."""
		return bool(
			entry.when
			and (not self.unit or entry.unit == self.unit)
			and (not self.users or entry.who in self.users)
			and (not self.kind or entry.kind == self.kind)
			and (not self.begin or entry.when.date() >= getdate(self.begin))
			and (not self.end or entry.when.date() <= getdate(self.end))
		)
