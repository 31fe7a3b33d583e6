"""What documents are drawn from, read in few queries whatever the number of units.

Permission is the makers' business; what a unit may see of its own scorecard is `results.seen`'s.
"""

from collections.abc import Iterable
from dataclasses import replace

import frappe

from par_campaign.printing.builders import Evidence
from par_campaign.printing.money import AwardRate, BaseSalary
from par_campaign.results import seen, store
from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.model import Campaign, Results
from par_campaign.states import EvidenceState


def alone(card) -> tuple[Campaign, Results]:
	"""A campaign of nothing but this scorecard, with its results, as the session's user may see it.

	It gives no rank that means anything, and no digest: both are of all units together.
	"""
	doc = frappe.get_cached_doc("PAR Campaign", card.campaign)
	campaign = Campaign(
		name=doc.name,
		title=doc.title,
		year=doc.year,
		criteria_sets=(store.criteria_set(card.criteria_set),),
		cards=(seen.card_of(card),),
		bands=store.bands_of(doc),
	)
	return campaign, replace(evaluate(campaign), digest="")


# --- evidence ---------------------------------------------------------------------------------------


def evidence_of(scorecards: Iterable[str]) -> dict[str, list[Evidence]]:
	"""The documents of scorecards by scorecard, in two queries."""
	names = list(scorecards)
	items = frappe.get_all(
		"PAR Evidence Item",
		filters={"scorecard": ("in", names)},
		fields=[
			"name",
			"scorecard",
			"title",
			"document_number",
			"document_date",
			"issuer",
			"status",
			"status_reason",
			"supplementary",
			"reference",
			"file",
		],
		order_by="scorecard, creation",
	)
	codes: dict[str, list[str]] = {item.name: [] for item in items}
	for row in frappe.get_all(
		"PAR Evidence Criterion",
		filters={"parent": ("in", list(codes)), "parenttype": "PAR Evidence Item"},
		fields=["parent", "code"],
		order_by="parent, idx",
	):
		codes[row.parent].append(row.code)
	found: dict[str, list[Evidence]] = {name: [] for name in names}
	for item in items:
		found[item.scorecard].append(_evidence(item, tuple(codes[item.name])))
	return found


def _evidence(item, codes: tuple[str, ...]) -> Evidence:
	return Evidence(
		codes=codes,
		title=item.title or "",
		number=item.document_number or "",
		issued=item.document_date,
		issuer=item.issuer or "",
		state="" if item.status == EvidenceState.PENDING else item.status or "",
		reason=(item.status_reason or "") if item.status == EvidenceState.REJECTED else "",
		supplementary=bool(item.supplementary),
		reference=item.reference or (item.file or "").rpartition("/")[2],
	)


def by_leaf(items: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
	"""Documents by leaf, each named in a line."""
	found: dict[str, tuple[str, ...]] = {}
	for item in items:
		for code in item.codes:
			found[code] = (*found.get(code, ()), _named(item))
	return found


def _named(item: Evidence) -> str:
	day = f" ngày {item.issued:%d/%m/%Y}" if item.issued else ""
	number = f"{item.number}{day}: " if item.number else ""
	return f"{number}{item.title}{' (không chấp nhận)' if item.state == EvidenceState.REJECTED else ''}"


# --- money --------------------------------------------------------------------------------------------


def base_salaries() -> list[BaseSalary]:
	"""Base salaries with the days from which they hold."""
	rows = frappe.get_all("PAR Base Salary", fields=["valid_from", "amount", "source"], order_by="valid_from")
	return [BaseSalary(row.valid_from, store.decimal(row.amount), row.source or "") for row in rows]


def award_rates() -> list[AwardRate]:
	"""Coefficients of the award levels with the days from which they hold."""
	rows = frappe.get_all(
		"PAR Award Rate",
		filters={"parenttype": "PAR Award Level"},
		fields=["parent", "valid_from", "coefficient", "source", "confirmed"],
		order_by="parent, valid_from",
	)
	return [
		AwardRate(
			row.parent, row.valid_from, store.decimal(row.coefficient), row.source or "", bool(row.confirmed)
		)
		for row in rows
	]
