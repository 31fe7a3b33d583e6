"""What a request hands to the app's own functions as JSON: read once, and refused with one clear message."""

from types import NoneType
from typing import NoReturn, TypeVar

import frappe
from frappe import _

SCALAR = (str, int, float, bool, NoneType)
Kind = TypeVar("Kind", bound=list | dict)


def parsed(value: object, kind: type[Kind], items: type | tuple[type, ...] = SCALAR) -> Kind:
	"""A list or dict out of an argument, given as such or as JSON; `items` is what its elements or values may be.

	Nothing given is an empty one. Raises a ValidationError for anything else, broken JSON included.
	"""
	if isinstance(value, str):
		value = _read(value)
	if value is None:
		return kind()
	if isinstance(value, kind) and all(isinstance(one, items) for one in _items(value)):
		return value
	refuse()


def records(value: object, kind: type[Kind]) -> Kind:
	"""The same where each item is a row of plain values."""
	found = parsed(value, kind, dict)
	for one in _items(found):
		parsed(one, dict)
	return found


def _read(text: str):
	try:
		return frappe.parse_json(text) if text.strip() else None
	except (ValueError, RecursionError):
		refuse()


def _items(value: list | dict):
	return value.values() if isinstance(value, dict) else value


def refuse() -> NoReturn:
	"""The one message for a request that no form of ours would send."""
	frappe.throw(
		_("The request cannot be read. Load the page again; if it happens again, tell an administrator."),
		title=_("Wrong Request"),
	)
