"""Reports that are worked out for whoever asks, each time anew: that none is stored is seen to by permissions/reports.py."""

import threading
from collections.abc import Callable
from functools import wraps

from frappe.core.doctype.report import report as frappes

from par_campaign.permissions.plain_text import parted


def live(name: str) -> Callable:
	"""Decorates `execute` of the script report `name`, so that it stays a live one.

	Frappe 15 starts a timer with every run which, after 15 seconds, makes the report a prepared one for
	the whole site. A run that raises leaves that timer behind, so one refused reader would be enough to have
	everybody asked to prepare what is never stored, until the next hour's `keep_live`.
	"""

	def decorate(execute: Callable) -> Callable:
		@wraps(execute)
		def executed(filters=None):
			_stop_timers(name)
			return _labelled(*execute(filters))

		return executed

	return decorate


def _labelled(columns: list[dict], rows: list, *more) -> tuple:
	"""The report with what Frappe and its charts write as HTML, heads of columns and legends, set apart from markup."""
	for column in columns:
		column["label"] = parted(column.get("label") or "")
	if len(more) > 1 and more[1]:
		data = more[1]["data"]
		data["labels"] = [parted(str(label)) for label in data["labels"]]
		for dataset in data["datasets"]:
			dataset["name"] = parted(dataset.get("name") or "")
	return columns, rows, *more


def _stop_timers(name: str) -> None:
	prepare = getattr(frappes, "enable_prepared_report", None)
	for thread in threading.enumerate():
		if (
			isinstance(thread, threading.Timer)
			and thread.function is prepare
			and thread.kwargs.get("report") == name
		):
			thread.cancel()
