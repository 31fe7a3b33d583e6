"""A state of the database that several tests start from: made once, and gone back to after each of them.

It is a savepoint in a transaction that is never committed. A test that commits, rolls back or opens another
connection ends it, and the next test makes it anew.
"""

import frappe

SAVEPOINT = "par_test_state"
QUEUES = ("before_commit", "after_commit", "before_rollback", "after_rollback")

_state: "State | None" = None


class State:
	"""What stands at the savepoint; `value` is what the tests need to find it again."""

	def __init__(self, value: str):
		self.value = value
		self.connection = _connection()
		self.writes = frappe.db.transaction_writes
		self.events = list(getattr(frappe.local, "_realtime_log", ()))
		self.waiting = {queue: tuple(getattr(frappe.db, queue)._functions) for queue in QUEUES}
		frappe.db.savepoint(SAVEPOINT)

	def go_back(self) -> bool:
		"""Undo what a test did since; False where the savepoint is no more."""
		if _connection() != self.connection:
			return False
		self._run_new("before_rollback")
		try:
			frappe.db.rollback(save_point=SAVEPOINT)
		except frappe.db.OperationalError:  # "SAVEPOINT does not exist"
			return False
		self._run_new("after_rollback")
		for queue, functions in self.waiting.items():
			getattr(frappe.db, queue).reset()
			for function in functions:
				getattr(frappe.db, queue).add(function)
		if hasattr(frappe.local, "_realtime_log"):
			frappe.local._realtime_log[:] = self.events
		frappe.db.transaction_writes = self.writes
		return True

	def _run_new(self, queue: str) -> None:
		"""What the test asked to be called on a rollback: the queues know nothing of savepoints."""
		for function in tuple(getattr(frappe.db, queue)._functions)[len(self.waiting[queue]) :]:
			function()


def _connection() -> int | None:
	"""The server's number of the connection; the connection itself would be kept open by being kept."""
	return frappe.db._conn.thread_id() if frappe.db._conn else None


def keep(value: str) -> str:
	"""Let what stands now be the state that tests start from."""
	global _state
	_state = State(value)
	return value


def kept() -> str | None:
	"""The value the state was kept under, gone back to, if one still stands."""
	return _state.value if go_back() and _state else None


def go_back() -> bool:
	"""Undo to the state kept; False where there is none (any more)."""
	global _state
	if _state and not _state.go_back():
		_state = None
	return _state is not None


def forget() -> bool:
	"""Keep no state any longer; whether there was one, which the caller then rolls back."""
	global _state
	had, _state = _state is not None, None
	return had
