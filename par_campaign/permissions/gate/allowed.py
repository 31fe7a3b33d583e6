"""The list of what may be asked for: the app's own (`allowed.json`), and what an administrator has added."""

import json
from functools import lru_cache
from pathlib import Path

import frappe

from par_campaign.permissions.gate.asked import KINDS, Asked

LIST = Path(__file__).with_name("allowed.json")
SETTINGS = "PAR Gate Settings"


@lru_cache
def shipped() -> frozenset[Asked]:
	"""What the desk needs for users of this app, as it comes with it."""
	groups = json.loads(LIST.read_text(encoding="utf-8"))["groups"]
	return frozenset(Asked(kind, name) for group in groups for kind in KINDS for name in group.get(kind, ()))


def added() -> frozenset[Asked]:
	"""What an administrator has added on this site."""
	rows = frappe.get_cached_doc(SETTINGS).names
	return frozenset(Asked(row.kind, row.asked_name) for row in rows)


def unlisted(asked: list[Asked]) -> list[Asked]:
	"""Those that are on neither list."""
	missing = [each for each in asked if each not in shipped()]
	return [each for each in missing if each not in added()] if missing else []
