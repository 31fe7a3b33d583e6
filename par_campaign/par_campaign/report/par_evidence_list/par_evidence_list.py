"""PAR Evidence List: danh mục tài liệu minh chứng, by unit, area and criterion, and what is still missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import frappe
from frappe import _

from par_campaign.par_campaign.report import scorecards
from par_campaign.par_campaign.report.live import live
from par_campaign.results import seen, store
from par_campaign.scoring.model import CriteriaSet, Criterion
from par_campaign.states import EvidenceState

ITEM_FIELDS = (
	"name",
	"scorecard",
	"title",
	"document_number",
	"document_date",
	"issuer",
	"file",
	"file_name",
	"reference",
	"status",
	"status_reason",
	"supplementary",
)


@live("PAR Evidence List")
def execute(filters: Mapping | None = None):
	"""Columns, rows, message, chart (none) and summary of the report."""
	filters = frappe._dict(filters or {})
	if not filters.campaign:
		return get_columns(), []
	rows = get_rows(filters)
	message = None if rows else _("No documents yet.")
	return get_columns(), rows, message, None, get_summary(rows)


def get_rows(filters) -> list[dict]:
	"""A tree: unit, area, criterion, and below each scored row its documents or what it still lacks."""
	cards = scorecards.readable(filters)
	results = seen.totals_of(cards)
	items = _items([card.name for card in cards], filters)
	sets = store.criteria_sets({card.criteria_set for card in cards})
	rows: list[dict] = []
	for card in cards:
		missing = [] if filters.status else results[card.name].missing_evidence
		body = list(_card_rows(missing, sets[card.criteria_set], items.get(card.name, []), filters.area))
		if body:
			rows.append(_heading(0, "", card.unit_name, unit=card.unit, scorecard=card.name))
			rows += body
	return rows


def _items(names: list[str], filters) -> dict[str, list[frappe._dict]]:
	"""Documents by scorecard, each with the codes of the rows it shows; only those the user may read."""
	wanted = {"scorecard": ("in", names)}
	if filters.status:
		wanted["status"] = filters.status
	items = frappe.get_list(
		"PAR Evidence Item",
		filters=wanted,
		fields=list(ITEM_FIELDS),
		order_by="document_date, document_number, creation",
		limit_page_length=0,
	)
	codes: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"PAR Evidence Criterion",
		filters={"parent": ("in", [item.name for item in items]), "parenttype": "PAR Evidence Item"},
		fields=["parent", "code"],
		order_by="parent, idx",
	):
		codes.setdefault(row.parent, []).append(row.code)
	found: dict[str, list[frappe._dict]] = {}
	for item in items:
		item.shows = codes.get(item.name, [])
		found.setdefault(item.scorecard, []).append(item)
	return found


def _card_rows(
	missing: Collection[str], criteria_set: CriteriaSet, items: list[frappe._dict], area: str | None
) -> Iterator[dict]:
	named = {code for item in items for code in item.shows} | set(missing)
	leaves = {leaf.code for leaf in criteria_set.leaves()}
	for row in with_parents(criteria_set, named, area):
		yield _heading(row.code.count(".") + 1, row.code, row.title)
		if row.code not in leaves:
			continue
		depth = row.code.count(".") + 2
		yield from (_item_row(depth, item, row.code) for item in items if row.code in item.shows)
		if row.code in missing:
			yield _missing_row(depth, row)


def with_parents(criteria_set: CriteriaSet, codes: Iterable[str], area: str | None) -> Iterator[Criterion]:
	"""The rows named and those above them, in the set's order, of one area only if asked."""
	wanted = {code.rsplit(".", up)[0] for code in codes for up in range(code.count(".") + 1)}
	return (
		row for row in criteria_set.criteria if row.code in wanted and (not area or row.area == area.strip())
	)


def _heading(indent: int, code: str, title: str, **values) -> dict:
	return {"indent": indent, "code": code, "title": title, "is_heading": 1, **values}


def _item_row(indent: int, item, code: str) -> dict:
	return {
		"indent": indent,
		"code": "",
		"row": code,
		"title": item.title,
		"document_number": item.document_number,
		"document_date": item.document_date,
		"issuer": item.issuer,
		"file": item.file or item.reference,
		"file_name": item.file_name,
		"status": _(item.status or EvidenceState.PENDING),
		"status_reason": item.status_reason,
		"supplementary": item.supplementary,
		"evidence": item.name,
	}


def _missing_row(indent: int, row: Criterion) -> dict:
	text = _("Still missing: {0}").format(_(row.demand.value))
	return {"indent": indent, "code": "", "row": row.code, "title": text, "is_missing": 1}


def get_columns() -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Area, Criterion, Document"), "fieldtype": "Data", "width": 430},
		{"fieldname": "code", "label": _("No."), "fieldtype": "Data", "width": 75, "align": "left"},
		{"fieldname": "document_number", "label": _("Document No."), "fieldtype": "Data", "width": 130},
		{"fieldname": "document_date", "label": _("Document Date"), "fieldtype": "Date", "width": 120},
		{"fieldname": "issuer", "label": _("Issuer"), "fieldtype": "Data", "width": 170},
		{"fieldname": "file", "label": _("File or Reference"), "fieldtype": "Data", "width": 170},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "status_reason", "label": _("Reason"), "fieldtype": "Data", "width": 180},
		{"fieldname": "supplementary", "label": _("Supplementary"), "fieldtype": "Check", "width": 90},
		{
			"fieldname": "evidence",
			"label": _("Evidence"),
			"fieldtype": "Link",
			"options": "PAR Evidence Item",
			"width": 115,
		},
	]


def get_summary(rows: list[dict]) -> list[dict]:
	"""Documents are counted once, however many rows they show."""
	documents = {row["evidence"]: row["status"] for row in rows if row.get("evidence")}
	missing = sum(bool(row.get("is_missing")) for row in rows)
	if not documents and not missing:
		return []
	statuses = list(documents.values())
	return [
		{"label": _("Documents"), "value": len(documents), "datatype": "Int"},
		{"label": _("Accepted"), "value": statuses.count(_(EvidenceState.ACCEPTED)), "datatype": "Int"},
		{"label": _("Rejected"), "value": statuses.count(_(EvidenceState.REJECTED)), "datatype": "Int"},
		{
			"label": _("Rows still Lacking"),
			"value": missing,
			"datatype": "Int",
			"indicator": "red" if missing else "green",
		},
	]
