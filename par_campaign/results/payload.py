"""The data a version's results follow from, sealed as JSON beside the database: all of it, and the totals alone.

It holds every unit's claims and every vote, so it is no field: whoever may list a document may ask about its
fields. And a field ends at the largest packet the database server takes, which some 540 units fill. Units never
get it; of the ways to it, only `read` is ours, and its callers check who asks.
"""

import frappe
from frappe import _

from par_campaign.permissions import sealed
from par_campaign.saying import bold, say
from par_campaign.scoring import digest, totals_text
from par_campaign.scoring.model import Campaign, CardResult

PLACE = {"folder": "par_results", "suffix": ".json"}
PLACE_OF_TOTALS = {"folder": "par_results", "suffix": ".totals.json"}


def keep(text: str) -> dict:
	"""Seal the canonical JSON of a campaign; returns the fields by which a version names it."""
	content = text.encode(errors="surrogatepass")
	return {"payload_sha256": sealed.seal(content, **PLACE), "payload_size": len(content)}


def keep_totals(text: str) -> dict:
	"""Seal the text of `totals_text.counted_text`; returns the field by which a version names it."""
	return {"totals_sha256": sealed.seal(text.encode(errors="surrogatepass"), **PLACE_OF_TOTALS)}


def read_totals(version) -> tuple[Campaign, dict[str, CardResult]]:
	"""The campaign without its rows, and the totals of its units by unit, as published in a version (anything with
	its name and totals_sha256)."""
	return totals_text.counted_of(_sealed(version, version.totals_sha256, PLACE_OF_TOTALS))


def read(version) -> Campaign:
	"""The campaign as it was published in a version (anything with its name and payload_sha256).

	A request asks more than once, so the last one read is held for as long as it lasts.
	"""
	held = getattr(frappe.local, "par_payload", None)
	if not held or held[0] != version.payload_sha256:
		held = (version.payload_sha256, digest.campaign_from_json(text_of(version)))
		frappe.local.par_payload = held
	return held[1]


def text_of(version) -> str:
	"""The sealed JSON of the whole data, checked against its hash."""
	return _sealed(version, version.payload_sha256, PLACE)


def _sealed(version, sha256: str | None, place: dict) -> str:
	try:
		content = sealed.read(sha256 or "", **place)
	except sealed.SealBroken:
		frappe.clear_last_message()  # it does not say whose file it is
		frappe.throw(
			say(
				_(
					"The data behind {0} is missing or has been changed on the disk. An administrator must bring private/files/{1} back from the backup."
				),
				bold(version.name),
				PLACE["folder"],
			),
			sealed.SealBroken,
			title=_("File Changed"),
		)
	return content.decode(errors="surrogatepass")
