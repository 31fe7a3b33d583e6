"""Remembers what was done for which input, so that a second run takes seconds."""

import fcntl
import hashlib
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

from . import settings
from .ui import say


def digest(parts: Iterable[str | bytes]) -> str:
	h = hashlib.sha256()
	for part in parts:
		h.update(part if isinstance(part, bytes) else part.encode())
		h.update(b"\0")
	return h.hexdigest()


def digest_tree(folder: Path, suffixes: tuple[str, ...] = (), skip: tuple[str, ...] = ()) -> str:
	"""A digest of names and contents of the files under a folder; unreadable or absent means empty."""
	skip = ("__pycache__", "node_modules", *skip)
	parts: list[str | bytes] = []
	for path in sorted(folder.rglob("*")):
		rel = path.relative_to(folder)
		if any(part in skip for part in rel.parts) or not path.is_file():
			continue
		if suffixes and path.suffix not in suffixes:
			continue
		parts += [rel.as_posix(), path.read_bytes()]
	return digest(parts)


def fresh(name: str, value: str) -> bool:
	path = settings.STATE / f"{name}.stamp"
	return path.exists() and path.read_text() == value


def mark(name: str, value: str) -> None:
	settings.STATE.mkdir(parents=True, exist_ok=True)
	(settings.STATE / f"{name}.stamp").write_text(value)


def forget(name: str) -> None:
	(settings.STATE / f"{name}.stamp").unlink(missing_ok=True)


@contextmanager
def locked(name: str):
	"""Two commands at once would tread on each other: the second waits and says so."""
	settings.STATE.mkdir(parents=True, exist_ok=True)
	with (settings.STATE / f"{name}.lock").open("w") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except OSError:
			say(f"  another command is using {name}; waiting for it …")
			fcntl.flock(handle, fcntl.LOCK_EX)
		yield
