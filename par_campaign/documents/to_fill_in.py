"""Workbooks to be filled in and brought back: criteria sets, external values, a unit's score sheet."""

import hashlib
from io import BytesIO

import frappe
from frappe.utils.password import get_encryption_key

from par_campaign.documents.file import File, named
from par_campaign.documents.makers import writes
from par_campaign.exchange import external_values
from par_campaign.exchange.criteria import workbook as criteria_workbook
from par_campaign.exchange.score_sheet import workbook as score_sheet_workbook
from par_campaign.exchange.score_sheet.workbook import Stamp
from par_campaign.printing.kinds import workbooks as kinds
from par_campaign.results import store


@writes(kinds.CriteriaWorkbook, "xlsx")
def criteria_xlsx(filters, extension: str) -> File:
	"""The set as the own template; an empty set gives an empty template."""
	doc = frappe.get_doc("PAR Criteria Set", filters.criteria_set)
	doc.check_permission("read")
	out = BytesIO()
	criteria_workbook.write(store.criteria_set_of(doc), out, guidance=store.guidance(doc.name))
	return named("bo-tieu-chi", doc.name, extension, out.getvalue())


def units_of(campaign: str) -> dict[str, str]:
	"""The campaign's units, code to name, in the order of the table."""
	rows = frappe.get_all(
		"PAR Unit Scorecard", {"campaign": campaign}, ["unit", "unit_name"], order_by="unit_group, unit"
	)
	return {row.unit: row.unit_name for row in rows}


@writes(kinds.ExternalValues, "xlsx")
def external_xlsx(filters, extension: str) -> File:
	"""A table of the campaign's units to fill in."""
	doc = frappe.get_doc("PAR External Result", filters.external_result)
	doc.check_permission("read")
	out = BytesIO()
	external_values.write_template(units_of(doc.campaign), [doc.criterion_code], out)
	return named("ket-qua-ben-ngoai", doc.name, extension, out.getvalue())


def key() -> bytes:
	"""What sheets are signed with: derived from the site's own secret, so that another site's sheet is told apart."""
	return hashlib.sha256(f"par_campaign score sheet:{get_encryption_key()}".encode()).digest()


def stamp_of(card) -> Stamp:
	"""Which state of which scorecard a sheet was made of."""
	return Stamp(card.name, str(card.modified))


@writes(kinds.ScoreSheetWorkbook, "xlsx")
def score_sheet_xlsx(filters, extension: str) -> File:
	"""The score sheet to fill in offline."""
	card = frappe.get_doc("PAR Unit Scorecard", filters.scorecard)
	card.check_permission("read")
	out = BytesIO()
	score_sheet_workbook.write(
		store.card(card),
		store.criteria_set(card.criteria_set),
		out,
		stamp=stamp_of(card),
		key=key(),
		title=frappe.get_cached_value("PAR Campaign", card.campaign, "title"),
		evidence={line.code: line.evidence_count for line in card.lines},
		guidance=store.guidance(card.criteria_set),
	)
	return named("phieu-tu-cham", card.name, extension, out.getvalue())
