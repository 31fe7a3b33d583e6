"""Markup in what people write: taken out on every way in, as Frappe's grids and reports show it as it stands."""

import json
import re

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

ATTACKS = (
	"<img src=x onerror=alert(1)>",
	"<script>alert(1)</script>",
	"<svg/onload=alert(1)>",
	'<a href="javascript:alert(1)">a</a>',
	"<IMG SRC=x OnErRoR=alert(1)//",
)
ACTIVE = ("<script", "onload=", "javascript:alert")


def harmless(value: str | None) -> bool:
	"""Whether it is there, and a browser that closes its last tag finds nothing to run."""
	assert value
	text = value.lower()
	return not any(mark in text for mark in ACTIVE) and not re.search(r"<img[^>]*onerror", text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_claims_and_explanations_hold_no_active_markup(live, attack):
	card = json.loads(json.dumps(frappe.get_doc(SCORECARD, f"{live}-TC").as_dict(), default=str))
	row = next(row for row in card["lines"] if row["code"] == "1.1.3")
	row["self_claim"], row["explanation"] = "1", f"Because {attack}"
	answer = Browser(f.HEAD_C).post("frappe.desk.form.save.savedocs", doc=json.dumps(card), action="Save")
	assert answer.status_code == 200, answer.text
	assert harmless(frappe.db.get_value("PAR Scorecard Line", row["name"], "explanation"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_evidence_holds_no_active_markup(live, attack):
	answer = Browser(f.HEAD_C).call(
		"POST",
		"/api/resource/PAR Evidence Item",
		scorecard=f"{live}-TC",
		title=f"Plan {attack}",
		issuer=f"Office {attack}",
		document_number=f"1 {attack}",
		reference=f"Shelf {attack}",
		criteria=[{"code": "1.1.1"}],
	)
	assert answer.status_code == 200, answer.text
	stored = frappe.get_doc("PAR Evidence Item", answer.json["data"]["name"])
	for field in ("title", "issuer", "document_number", "reference"):
		assert harmless(stored.get(field)), field


@pytest.mark.parametrize("attack", ATTACKS)
def test_questions_and_answers_hold_no_active_markup(live, attack):
	api = "par_campaign.par_campaign.doctype.par_query.api"
	asked = Browser(f.LEAD).post(f"{api}.ask", scorecard=f"{live}-TA", code="1.1.3", question=f"Why {attack}")
	assert asked.status_code == 200, asked.text
	name = asked.json["message"]
	try:
		assert harmless(frappe.db.get_value("PAR Query", name, "question"))
	finally:
		frappe.db.delete("PAR Query", {"name": name})
		frappe.db.commit()


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_of_units_hold_no_active_markup(live, attack):
	try:
		answer = Browser(f.MANAGER).put("PAR Unit", "TD", short_name=f"D {attack}", unit_name=f"D {attack}")
		assert answer.status_code == 200, answer.text
		unit = frappe.get_doc("PAR Unit", "TD")
		assert harmless(unit.unit_name) and harmless(unit.short_name)
	finally:
		frappe.db.set_value("PAR Unit", "TD", {"unit_name": "District D", "short_name": None})
		frappe.db.commit()
