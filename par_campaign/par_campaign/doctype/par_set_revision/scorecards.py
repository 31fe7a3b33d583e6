"""A scorecard goes over to a revised criteria set: rows that stand keep what was entered on them.

What cannot stay (a row that is gone, a claim the new rule does not allow) is taken off the scorecard and
kept in the revision's record with the numbers from before and after.
"""

from collections.abc import Sequence

from frappe.utils import flt

from par_campaign.par_campaign.doctype.par_unit_scorecard import freeze, rows
from par_campaign.results import store
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.model import Leaf, RuleKind

CLAIMS = ("self_claim", "appraised_claim")


def move(card, new_set: str) -> list[dict]:
	"""Give the scorecard the rows of the new set and save it; returns what changed on it."""
	before = {line.code: _kept(line) for line in card.lines}
	indexes = (card.self_index, card.index_score)
	leaves = store.criteria_set(new_set).leaves()
	dropped = _put_rows(card, new_set, leaves)
	card.flags.set_revision = True
	# the campaign's manager has decided on the revision; units and appraisers need not each have
	# given leave, and nothing but what the new set says changes
	card.save(ignore_permissions=True)
	return list(_changes(card, before, dropped, indexes))


def _kept(line) -> dict:
	return {
		"old_claim": line.self_claim,
		"old_appraised_claim": line.appraised_claim,
		"old_explanation": line.explanation,
		"old_note": line.appraisal_note,
		"old_self_score": line.self_score,
		"old_score": line.appraised_score,
	}


def _put_rows(card, new_set: str, leaves: Sequence[Leaf]) -> set[str]:
	"""The rows of the new set in its order; returns those whose claims do not fit it."""
	old = {line.code: line for line in card.lines}
	card.criteria_set = new_set
	rows.fill_rows(card)
	fresh = {line.code: line for line in card.lines}
	lines = [_follow(old.get(leaf.code), fresh[leaf.code]) for leaf in leaves]
	card.set("lines", lines)
	for number, line in enumerate(card.lines, 1):
		line.idx = number
	areas = {leaf.code.partition(".")[0] for leaf in leaves}
	card.set("areas", [area for area in card.areas if area.code in areas])
	return {leaf.code for leaf in leaves if leaf.code in old and not _fit(old[leaf.code], leaf)}


def _follow(line, fresh):
	"""The row that stands, with the facts of the new set; the fresh one where there was none."""
	if line is None:
		return fresh
	for field in freeze.ROW_FIELDS:
		line.set(field, fresh.get(field))
	return line


def _fit(line, leaf: Leaf) -> bool:
	"""Take off a row what the new rule does not allow; whether all of it could stay."""
	fits = True
	for field in CLAIMS:
		try:
			line.set(field, canonical(leaf, line.get(field)))
		except ClaimError:
			line.set(field, None)
			fits = False
	if leaf.rule.kind is not RuleKind.EXTERNAL and line.has_external:
		line.has_external, line.external_value = 0, None
		fits = False
	for field in ("applicable", "appraised_applicable"):
		if not line.get(field) and not leaf.may_not_apply:
			line.set(field, 1)
			fits = False
	if not fits:
		line.is_appraised = 0  # to be looked at again
	return fits


def _changes(card, before: dict, dropped: set[str], indexes: tuple):
	now = {line.code: line for line in card.lines}
	for code, kept in before.items():
		if code not in now:
			yield _change(card, code, "Removed", kept, None)
		elif code in dropped:
			yield _change(card, code, "Claim does not fit", kept, now[code])
		elif _moved(
			(kept["old_self_score"], kept["old_score"]), (now[code].self_score, now[code].appraised_score)
		):
			yield _change(card, code, "Changed", kept, now[code])
	for code in now:
		if code not in before:
			yield _change(card, code, "Added", {}, now[code])
	if _moved(indexes, (card.self_index, card.index_score)):
		kept = {"old_self_score": indexes[0], "old_score": indexes[1]}
		new = {"new_self_score": card.self_index, "new_score": card.index_score}
		yield {**_of(card), "code": None, "change": "Index", **kept, **new}


def _moved(old: tuple, new: tuple) -> bool:
	"""Whether a score differs as it is stored: an empty one is 0 by then, and four places are kept."""
	return [flt(value, 4) for value in old] != [flt(value, 4) for value in new]


def _change(card, code: str, change: str, kept: dict, line) -> dict:
	new = {"new_self_score": line.self_score, "new_score": line.appraised_score} if line else {}
	return {**_of(card), "code": code, "change": change, **kept, **new}


def _of(card) -> dict:
	return {"scorecard": card.name, "unit_name": card.unit_name}
