"""A criteria set as a workbook: the own template, or the annex of a decision."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import frappe
from frappe import _

from par_campaign.exchange.criteria import workbook as criteria_workbook
from par_campaign.exchange.criteria.workbook import Preview
from par_campaign.permissions.arguments import parsed
from par_campaign.results import store
from par_campaign.scoring.decimals import trim
from par_campaign.scoring.model import CriteriaSet, ScoreType
from par_campaign.uploads import upload

HEAD_FIELDS = ("bonus_position", "not_applicable", "bonus_cap", "deduction_cap")


def _read(file_url: str, decided: str | dict | None) -> Preview:
	path = upload.path_of(file_url)
	with upload.refusals():
		found = criteria_workbook.preview(path, parsed(decided, dict))
	return replace(found, faults=found.faults + upload.markup_faults(_texts(found)))


def _texts(found: Preview) -> Iterator[tuple[str, object]]:
	"""What would be stored, each with the cell its row begins in."""
	cells = {row.code: row.cell for row in found.rows if row.code}
	for criterion in found.criteria_set.criteria:
		row = store.criterion_row(criterion, found.guidance.get(criterion.code))
		yield from ((cells.get(criterion.code, ""), value) for value in row.values())


@frappe.whitelist(methods=["POST"])
def preview(criteria_set: str, file_url: str, decided: str | dict | None = None) -> dict:
	"""What was understood of a criteria workbook, row by row, with faults and open questions."""
	frappe.get_doc("PAR Criteria Set", criteria_set).check_permission("write")
	found = _read(file_url, decided)
	return {
		"columns": [_("Cell"), _("Kind"), _("No."), _("Criterion"), _("Maximum"), _("Rule")],
		"rows": [
			[
				row.cell,
				_kind(row.kind),
				row.code,
				row.title,
				trim(row.maximum) if row.maximum is not None else "",
				row.rule,
			]
			for row in found.rows
		],
		"count": len(found.criteria_set.criteria),
		"summary": _summary(found.criteria_set),
		"faults": upload.as_rows(found.faults),
		"remarks": upload.as_rows(found.remarks),
		"questions": [
			{
				"key": q.key,
				"text": f"{q.code}: {q.text}" if q.code else q.text,
				"choices": list(q.choices),
				"values": list(q.values),
			}
			for q in found.questions
		],
		"ready": found.ready,
	}


def _kind(kind: str) -> str:
	"""What the reader took a row for, in words."""
	return {
		"section": _("Section"),
		"area": _("Area"),
		"criterion": _("Criterion"),
		"leaf": _("Scored Row"),
		"answer": _("Answer", context="PAR Criterion"),
		"note": _("Note"),
		"total": _("Total"),
	}.get(kind, "")


def _summary(criteria_set: CriteriaSet) -> str:
	leaves = criteria_set.leaves()
	normal = sum(leaf.maximum for leaf in leaves if leaf.score_type is ScoreType.NORMAL)
	text = _("{0} scored rows, {1} points without bonus and deduction")
	return text.format(len(leaves), trim(Decimal(normal)))


@frappe.whitelist(methods=["POST"])
def apply(criteria_set: str, file_url: str, decided: str | dict | None = None) -> int:
	"""Put the workbook's criteria in the place of the set's; returns how many rows."""
	doc = frappe.get_doc("PAR Criteria Set", criteria_set, for_update=True)
	doc.check_permission("write")
	found = _read(file_url, decided)
	upload.require_none(found.faults)
	if found.questions:
		frappe.throw(_("Answer the open questions first."))
	for field in found.settings.intersection(HEAD_FIELDS):
		doc.set(field, store.stored(getattr(found.criteria_set, field)))
	doc.set("criteria", [])
	for criterion in found.criteria_set.criteria:
		doc.append("criteria", store.criterion_row(criterion, found.guidance.get(criterion.code)))
	doc.save()
	return len(doc.criteria)
