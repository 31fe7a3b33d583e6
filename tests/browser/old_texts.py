"""Plants old texts: `dev/par python tests/browser/old_texts.py SITE CAMPAIGN TEXT`, or `… restore SITE NAMES`.

A document of every kind for the campaign, and the text in each field that people type in, written past every
check, as it could stand in a database from before there were any. Prints the documents as JSON on the last line.
"""

import json
import sys

import frappe

from par_campaign.permissions import plain_text

# what documents are found or worked out by
KEYS = (
	*(
		"code",
		"codes",
		"unit_code",
		"unit",
		"cluster",
		"cluster_name",
		"criterion_code",
		"areas",
		"area",
		"rule",
	),
	*(
		"score_type",
		"demand",
		"options_text",
		"formula",
		"inputs_text",
		"remind_days",
		"notice_key",
		"digest",
	),
	*(
		"sha256",
		"self_claim",
		"appraised_claim",
		"claim",
		"old_claim",
		"old_appraised_claim",
		"label",
		"band",
	),
	*("minimum_band", "file", "document_file", "plan_file", "group_name", "level_name", "cluster", "email"),
)


def main(site: str, campaign: str, text: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	units = unit_values()
	made = {doctype: make(doctype, values) for doctype, values in documents(campaign).items()}
	plant(campaign, text)
	frappe.db.commit()
	found = {doctype: newest(doctype, campaign) for doctype in parents() if doctype not in made}
	shown = {doctype: name for doctype, name in (found | made).items() if name}
	print(json.dumps({"documents": shown, "units": json.dumps(units)}))


def unit_values() -> dict[str, dict]:
	fields = [df.fieldname for df in frappe.get_meta("PAR Unit").fields if plain_text.is_plain(df)]
	rows = frappe.get_all("PAR Unit", fields=["name", *fields], order_by="name")
	return {row.pop("name"): row for row in rows}


def documents(campaign: str) -> dict[str, dict]:
	card = frappe.get_all(
		"PAR Unit Scorecard", {"campaign": campaign}, ["name", "unit", "unit_group"], order_by="name"
	)[0]
	of_card = {"campaign": campaign, "scorecard": card.name, "unit": card.unit}
	level = frappe.get_all("PAR Award Level", pluck="name", order_by="name", limit=1)[0]
	return {
		"PAR Evidence Item": {**of_card, "status": "Pending", "criteria": [{"code": "1.1.1"}]},
		"PAR Query": {**of_card, "code": "1.1.3", "kind": "Explanation", "state": "Open"},
		"PAR Task": {**of_card, "state": "Open", "due_date": "2030-01-31", "rows": [{"code": "1.1.3"}]},
		"PAR Award Proposal": {**of_card, "award_level": level, "workflow_state": "Draft", "votes": [{}]},
		"PAR External Result": {
			"campaign": campaign,
			"criterion_code": "1.1.3",
			"external_values": [{"unit": card.unit}],
		},
		"PAR Document": {"campaign": campaign, "kind": "Report"},
		"PAR Appraisal": {**of_card, "round": 1, "changes": [{"code": "1.1.3"}]},
		"PAR Set Revision": {
			"campaign": campaign,
			"unit_group": card.unit_group,
			"changes": [{"code": "1.1.3"}],
		},
	}


def make(doctype: str, values: dict) -> str:
	doc = frappe.get_doc(doctype=doctype, owner="Administrator", **values)
	doc.name = f"cũ-{frappe.generate_hash(length=6)}"
	doc.set_user_and_timestamp()
	doc.db_insert()
	for row in doc.get_all_children():
		row.update({"parent": doc.name, "parenttype": doctype, "name": frappe.generate_hash(length=10)})
		row.db_insert()
	return doc.name


def parents() -> list[str]:
	return frappe.get_all(
		"DocType", {"module": "PAR Campaign", "istable": 0, "issingle": 0}, pluck="name", order_by="name"
	)


def newest(doctype: str, campaign: str) -> str | None:
	if doctype == "PAR Campaign":
		return campaign
	filters = {"campaign": campaign} if frappe.get_meta(doctype).has_field("campaign") else {}
	return next(iter(frappe.get_all(doctype, filters, pluck="name", order_by="creation desc", limit=1)), None)


def plant(campaign: str, text: str) -> None:
	"""In everything that belongs to the campaign, and in the names of its units."""
	for doctype in parents():
		names = (
			frappe.get_all(doctype, belonging(doctype, campaign), pluck="name")
			if belonging(doctype, campaign)
			else []
		)
		if not names:
			continue
		meta = frappe.get_meta(doctype)
		fill(meta, text, "name", names)
		for df in meta.get_table_fields():
			fill(frappe.get_meta(df.options), text, "parent", names)


def belonging(doctype: str, campaign: str) -> dict | None:
	if doctype == "PAR Campaign":
		return {"name": campaign}
	if doctype == "PAR Unit":
		units = frappe.get_all("PAR Unit Scorecard", {"campaign": campaign}, pluck="unit", order_by="name")
		return {"name": ("in", units)}
	return {"campaign": campaign} if frappe.get_meta(doctype).has_field("campaign") else None


def fill(meta, text: str, key: str, names: list[str]) -> None:
	fields = [df for df in meta.fields if plain_text.is_plain(df) and df.fieldname not in KEYS]
	table = frappe.qb.DocType(meta.name)
	query = frappe.qb.update(table).where(table[key].isin(names))
	for df in fields:
		query = query.set(table[df.fieldname], text)
	if fields:
		query.run()


def restore(site: str, names: str) -> None:
	"""Units keep their names for the tests that follow."""
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	for unit, values in json.loads(names).items():
		frappe.db.set_value("PAR Unit", unit, values)
	frappe.db.commit()


if __name__ == "__main__":
	restore(*sys.argv[2:]) if sys.argv[1] == "restore" else main(*sys.argv[1:])
