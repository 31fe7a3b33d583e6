"""The data a version's results follow from, sealed as one JSON file beside the database.

It holds every unit's claims and every vote, so it is no field: whoever may list a document may ask about its
fields. And a field ends at the largest packet the database server takes, which some 540 units fill. Units never
get it; of the ways to it, only `read` is ours, and its callers check who asks.
"""

import frappe
from frappe import _

from par_campaign.permissions import sealed
from par_campaign.saying import bold, say
from par_campaign.scoring import digest
from par_campaign.scoring.model import Campaign

PLACE = {"folder": "par_results", "suffix": ".json"}


def keep(text: str) -> dict:
	"""Seal the canonical JSON of a campaign; returns the fields by which a version names it."""
	content = text.encode(errors="surrogatepass")
	return {"payload_sha256": sealed.seal(content, **PLACE), "payload_size": len(content)}


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
	"""The sealed JSON, checked against its hash."""
	try:
		content = sealed.read(version.payload_sha256 or "", **PLACE)
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
