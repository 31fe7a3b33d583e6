"""Markup in what people write is refused on every way in: Frappe's grids and reports show text as it stands.

A staff member of unit C, its head, the appraisal lead and the campaign manager, by plain requests. The first
attack is valid JSON, which Frappe's sanitiser lets pass as it is.
"""

import json

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

ATTACKS = (
	'"<img src=x onerror=alert(1)>"',
	"<img src=x onerror=alert(1)>",
	"<script>alert(1)</script>",
	"<svg/onload=alert(1)>",
	'<a href="javascript:alert(1)">a</a>',
	"<IMG SRC=x OnErRoR=alert(1)//",
)


def refused(answer, field: str) -> None:
	"""Whether the user is told which field, and no markup comes back in the message."""
	assert answer.status_code == 417, answer.text
	message = json.loads(json.loads(answer.json["_server_messages"])[0])["message"]
	assert field in message and "markup" in message and "<img" not in message.lower()


def explained(live, text: str):
	"""The unit's head saves an explanation by the form; the answer and the row's name."""
	card = json.loads(json.dumps(frappe.get_doc(SCORECARD, f"{live}-TC").as_dict(), default=str))
	row = next(row for row in card["lines"] if row["code"] == "1.1.3")
	row["self_claim"], row["explanation"] = "1", text
	answer = Browser(f.HEAD_C).post("frappe.desk.form.save.savedocs", doc=json.dumps(card), action="Save")
	return answer, row["name"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_explanations_hold_no_markup(live, attack):
	answer, row = explained(live, attack)
	refused(answer, "(1.1.3), Explanation")
	assert not frappe.db.get_value("PAR Scorecard Line", row, "explanation")


def test_half_a_million_open_tags_are_refused_as_one(live):
	answer, _row = explained(live, "<a" * 250_000)
	refused(answer, "(1.1.3), Explanation")
	assert len(answer.text) < 10_000


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("field", ["title", "issuer", "document_number", "reference"])
def test_evidence_holds_no_markup(live, attack, field):
	values = {"title": "Plan", "reference": "Shelf", field: attack}
	answer = Browser(f.HEAD_C).add_evidence(f"{live}-TC", **values)
	refused(answer, frappe.get_meta("PAR Evidence Item").get_label(field))
	assert not frappe.db.exists("PAR Evidence Item", {"scorecard": f"{live}-TC"})


@pytest.mark.parametrize("attack", ATTACKS)
def test_questions_hold_no_markup(live, attack):
	api = "par_campaign.par_campaign.doctype.par_query.api"
	asked = Browser(f.LEAD).post(f"{api}.ask", scorecard=f"{live}-TA", code="1.1.3", question=attack)
	refused(asked, "Question")
	assert not frappe.db.exists("PAR Query", {"scorecard": f"{live}-TA"})


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_of_units_hold_no_markup(live, attack):
	refused(Browser(f.MANAGER).put("PAR Unit", "TD", unit_name=f"D {attack}"), "Unit Name")
	refused(Browser(f.MANAGER).put("PAR Unit", "TD", short_name=f"D {attack}"), "Short Name")
	assert frappe.db.get_value("PAR Unit", "TD", "unit_name") == "District D"


def test_saving_a_scorecard_is_told_to_nobody_but_its_readers(live, monkeypatch):
	"""Whoever may read any scorecard may subscribe to the doctype, and heard who saved which one when."""
	told = []
	monkeypatch.setattr(
		"frappe.realtime.emit_via_redis", lambda event, message, room: told.append((event, room))
	)
	answer, _row = explained(live, "By plan 12/KH-UBND")
	assert answer.status_code == 200, answer.text
	rooms = {room for _event, room in told}
	assert f"doc:{SCORECARD}/{live}-TC" in rooms
	assert not [room for room in rooms if room.startswith("doctype:PAR ") or room == "all"]
