"""Which program worked a number out: a stored one made by another is known by this, and worked out anew."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> str:
	"""SHA-256 (hex) of the source of this room: another text may give another number."""
	found = hashlib.sha256()
	for path in sorted(Path(__file__).parent.rglob("*.py")):
		found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
	return found.hexdigest()
