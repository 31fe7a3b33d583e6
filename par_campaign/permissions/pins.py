"""Frappe's functions that guards of ours stand for or rest on, each pinned to the source it was written against.

A guard is right for the function somebody has read. Where Frappe's is another one, the guard refuses what is the
app's to everybody but administrators, and leaves the rest to Frappe. `dev/pins.py` prints the new pins.
"""

import hashlib
import importlib
import inspect
import json
import textwrap
from functools import lru_cache
from pathlib import Path

import frappe
from frappe import _

from par_campaign.saying import say

TABLE = Path(__file__).with_name("pins.json")


@lru_cache
def table() -> dict[str, list[str]]:
	"""Known SHA-256 sums by function: several where versions of Frappe differ and the guard is right for each."""
	return json.loads(TABLE.read_text(encoding="utf-8"))


def digest_of(source: str) -> str:
	"""SHA-256 of a source text, whatever its indentation, empty lines and lines of comment."""
	lines = (line.rstrip() for line in textwrap.dedent(source).splitlines())
	return hashlib.sha256(
		"\n".join(line for line in lines if line and not line.lstrip().startswith("#")).encode()
	).hexdigest()


def found(path: str) -> str:
	"""SHA-256 of the function as this site's Frappe has it; empty where it is gone."""
	try:
		return digest_of(inspect.getsource(inspect.unwrap(function(path))))
	except (AttributeError, ImportError, OSError, TypeError):
		return ""


def function(path: str):
	"""A function of a module, or a method of a class in one. (`frappe.get_attr` knows no classes, and needs a site.)"""
	home, name = path.rsplit(".", 1)
	if home.rsplit(".", 1)[1][0].isupper():
		return getattr(function(home), name)
	return getattr(importlib.import_module(home), name)


@lru_cache
def holds(path: str) -> bool:
	"""Whether Frappe's function is one the guards were written against."""
	return found(path) in table().get(path, ())


def broken() -> list[str]:
	"""The functions that changed."""
	return [path for path in table() if not holds(path)]


def require(*paths: str) -> None:
	"""Refuse where one of the functions changed, except to administrators, who have to see what they mend."""
	changed = [path for path in paths if not holds(path)]
	if changed and "System Manager" not in frappe.get_roles():
		frappe.throw(
			say(
				_(
					"Frappe has changed and PAR Campaign does not know yet how to guard this ({0}). An administrator must update PAR Campaign."
				),
				", ".join(changed),
			),
			frappe.PermissionError,
			title=_("Update Needed"),
		)
