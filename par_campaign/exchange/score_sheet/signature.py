"""Marking a score sheet as made by this site for one state of one scorecard."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

_PURPOSE = "par_campaign score sheet 1"  # keeps the key's other uses apart


@dataclass(frozen=True)
class Stamp:
	"""Whose sheet it is. `version` is any text that changes whenever the scorecard changes."""

	scorecard: str
	version: str


def sign(stamp: Stamp, key: bytes) -> str:
	"""HMAC-SHA256 of the stamp, hexadecimal. `key` is the site's secret and is not in the workbook."""
	content = json.dumps([_PURPOSE, stamp.scorecard, stamp.version], ensure_ascii=True)
	return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def is_signed(stamp: Stamp, signature: str, key: bytes) -> bool:
	"""Whether this site signed that stamp."""
	return hmac.compare_digest(sign(stamp, key).encode(), signature.encode("utf-8", "replace"))
