"""Rooms whose modules register what they hold by being imported. No Frappe here, and nothing of ours."""

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module


def define(room: str, path: Iterable[str]) -> None:
	"""Import every module of a room, given by its name and `__path__`; once in a process."""
	_define(room, tuple(path))


@cache
def _define(room: str, path: tuple[str, ...]) -> None:
	for module in pkgutil.iter_modules(path):
		import_module(f"{room}.{module.name}")
