"""The totals of scorecards, stored on them by the one evaluation, and known to be stale by what they were worked
out from.

`worked_out` holds them exactly, for all that ranks, selects or lists; the columns beside it are the same numbers for
Frappe's forms and lists. `worked_from` names everything a save of the scorecard does not see: the criteria set, the
campaign's classes and tie-breakers, and the program. Where it differs, the numbers are worked out anew before they are
shown. What was published rests on its own sealed data, and is compared with nothing that came later.
"""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import frappe

from par_campaign.results import store
from par_campaign.scoring import digest
from par_campaign.scoring.campaign import score_cards
from par_campaign.scoring.model import CardResult, LineResult, Sum
from par_campaign.scoring.program import fingerprint
from par_campaign.scoring.totals_text import areas_named, totals_of, totals_text
from par_campaign.states import UNDER_WAY

SCORECARD = "PAR Unit Scorecard"
CARD_FIELDS = (
	"self_earned",
	"self_bonus",
	"self_deduction",
	"self_index",
	"maximum",
	"provisional",
	"missing_evidence",
	"earned",
	"bonus",
	"deduction",
	"index_score",
	"band",
	"trace",
	"worked_out",
	"worked_from",
)
LINE_FIELDS = ("self_score", "self_trace", "appraised_score", "trace")
AREA_FIELDS = ("maximum", "self_score", "appraised_score", "percent")
FIELDS = ("name", "unit", "campaign", "criteria_set", "worked_out", "worked_from")


# --- what numbers are worked out from ------------------------------------------------------------


def basis(campaign: str, criteria_set: str) -> str:
	"""What a scorecard's numbers follow from beside its own rows (SHA-256, hex)."""
	doc = frappe.get_cached_doc("PAR Campaign", campaign)
	parts = [fingerprint(), _set_digest(criteria_set)]
	parts += [f"{band.label}={band.minimum}" for band in store.bands_of(doc)]
	parts += sorted(areas_named(store.tie_breakers_of(doc)))
	return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _set_digest(name: str) -> str:
	modified = frappe.get_cached_doc("PAR Criteria Set", name).modified
	return _digest_of_set(frappe.local.site, name, str(modified))


@lru_cache(maxsize=256)
def _digest_of_set(_site: str, name: str, _modified: str) -> str:
	content = digest.canonical_json(store.criteria_set(name))
	return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()


# --- writing ---------------------------------------------------------------------------------------


def text_of(campaign: str, result: CardResult) -> str:
	"""What `worked_out` holds of a result."""
	doc = frappe.get_cached_doc("PAR Campaign", campaign)
	return totals_text(result, areas_named(store.tie_breakers_of(doc)))


def columns_of(result: CardResult, appraised: bool) -> dict[str, Decimal | str | int | None]:
	"""The numbers as Frappe's forms and lists show them; those of the appraisal once there is one."""
	mine, counted = result.self_totals, result.totals
	return {
		"self_earned": mine.earned,
		"self_bonus": mine.bonus,
		"self_deduction": mine.deduction,
		"self_index": mine.index,
		"maximum": counted.maximum,
		"provisional": int(bool(result.missing_external)),
		"missing_evidence": ", ".join(result.missing_evidence),
		"earned": counted.earned if appraised else None,
		"bonus": counted.bonus if appraised else None,
		"deduction": counted.deduction if appraised else None,
		"index_score": counted.index if appraised else None,
		"band": result.band if appraised else None,
		"trace": counted.trace if appraised else None,
	}


def fields_of(campaign: str, criteria_set: str, result: CardResult, appraised: bool) -> dict:
	"""All that a scorecard stores of its result: `columns_of`, the exact totals, and what they were worked out from."""
	return columns_of(result, appraised) | {
		"worked_out": text_of(campaign, result),
		"worked_from": basis(campaign, criteria_set),
	}


def line_columns(result: LineResult, appraised: bool) -> dict[str, Decimal | str | None]:
	"""One row's points, and how they came about."""
	return {
		"self_score": result.self_points,
		"self_trace": result.self_trace,
		"appraised_score": result.points if appraised else None,
		"trace": result.trace if appraised else None,
	}


def area_columns(code: str, result: CardResult, appraised: bool) -> dict[str, Decimal | None]:
	"""One area's sums, for areas with normal rows; `percent` is of the area's maximum."""
	mine, counted = result.self_totals.rows[code], result.totals.rows[code]
	return {
		"maximum": counted.maximum,
		"self_score": mine.earned,
		"appraised_score": counted.earned if appraised else None,
		"percent": _percent(counted) if appraised else None,
	}


def _percent(row: Sum) -> Decimal | None:
	return row.earned / row.maximum * 100 if row.maximum else None


# --- reading ---------------------------------------------------------------------------------------


def of_campaign(campaign: str) -> dict[str, CardResult]:
	"""The totals of a campaign's scorecards by unit. No permission is checked here."""
	return {row.unit: result for row, result in _read({"campaign": campaign})}


def of_cards(names: Iterable[str]) -> dict[str, CardResult]:
	"""The totals of scorecards by name. Only for scorecards whose appraisal the user may see."""
	return {row.name: result for row, result in _read({"name": ("in", list(names) or [""])})}


def stored(filters: dict) -> list[frappe._dict]:
	"""Scorecards with what is stored of their totals."""
	return frappe.get_all(SCORECARD, filters=filters, fields=list(FIELDS), order_by="name")


def _read(filters: dict) -> list[tuple[frappe._dict, CardResult]]:
	rows = stored(filters)
	outdated = stale(rows)
	anew = {name: _anew(name) for name in sorted({row.campaign for row in outdated})}
	names = {row.name for row in outdated}
	return [
		(row, anew[row.campaign][row.unit] if row.name in names else totals_of(row.unit, row.worked_out))
		for row in rows
	]


def stale(rows: list[frappe._dict]) -> list[frappe._dict]:
	"""Those of `stored` whose totals were worked out from something else than holds now."""
	bases = {key: basis(*key) for key in {(row.campaign, row.criteria_set) for row in rows}}
	moving = _moving({row.campaign for row in rows})
	return [
		row
		for row in rows
		if not row.worked_out
		or (row.campaign in moving and row.worked_from != bases[row.campaign, row.criteria_set])
	]


def _moving(campaigns: set[str]) -> set[str]:
	return set(
		frappe.get_all(
			"PAR Campaign",
			{"name": ("in", list(campaigns) or [""]), "workflow_state": ("in", UNDER_WAY)},
			pluck="name",
			order_by="name",
		)
	)


def _anew(campaign: str) -> dict[str, CardResult]:
	"""What the totals of a whole campaign are, worked out from its rows."""
	return score_cards(store.campaign(campaign)).cards
