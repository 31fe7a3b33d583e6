"""Plain text is kept as typed; what a browser would take for markup is refused, in every text field there is."""

import json

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

from par_campaign.par_campaign.our_document import OurDocument
from par_campaign.patches.v0_1 import part_markup
from par_campaign.permissions import plain_text
from par_campaign.saying import plain

try:
	from re import _parser as regex  # Python 3.11 and later
except ImportError:
	import sre_parse as regex

KEPT = (
	"0,8 <= b/a < 1",
	"Sở A & Sở B",
	"a < b, x<1, <=, <>, << và <ơ",
	"&lt;b&gt; &amp; &nbsp;",
	"\"Ngoặc kép\", 'ngoặc đơn' và “ngoặc cong”",
	"a > b; b -> c; =>",
	"Đã xong 🎉 👩‍💻",
	'{"a": "0 < 1"}',
	"  hai  dấu cách\tvà dấu tab",
)
REFUSED = (
	"<img src=x onerror=alert(1)>",
	'"<img src=x onerror=alert(1)>"',
	'{"a": "<svg/onload=alert(1)>"}',
	"a<b",
	"</td>",
	"<!--",
	"<?xml",
	"<IMG SRC=x OnErRoR=alert(1)//",
	"<a" * 100_000,
)


def doctypes() -> list[str]:
	return frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name")


def text_fields() -> list:
	metas = [frappe.get_meta(doctype) for doctype in doctypes()]
	return [df for meta in metas for df in meta.fields if plain_text.is_plain(df)]


# --- the rule itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_text_is_no_markup(text):
	assert not plain_text.fault_of(text)
	assert plain_text.parted(text) == text


@pytest.mark.parametrize("text", REFUSED)
def test_markup_is_named_and_can_be_mended(text):
	fault = plain_text.fault_of(text)
	assert "space" in fault and len(fault) < 200
	mended = plain_text.parted(text)
	assert not plain_text.fault_of(mended)
	assert mended.replace("< ", "<") == text
	assert plain_text.parted(mended) == mended


def test_the_check_looks_at_no_character_twice():
	kinds = {str(kind) for kind, _ in regex.parse(plain_text.TAG.pattern)}
	assert kinds == {"LITERAL", "IN"}  # no repetition, so nothing to go back over


def test_half_a_character_is_refused():
	assert plain_text.fault_of("a\ud800b")


# --- every field of every doctype ------------------------------------------------------------------------


def test_every_document_of_ours_has_the_base_class(base):
	others = [d for d in doctypes() if not issubclass(_class(d), OurDocument)]
	assert doctypes() and not others


def _class(doctype: str) -> type:
	return type(frappe.new_doc(doctype))


def test_every_kind_of_field_is_plain_rich_or_no_text(base):
	"""A new kind of field must be put among those that are checked, cleaned or hold no text."""
	other = {
		*("Link", "Dynamic Link", "Select", "Table", "HTML", "Check", "Int", "Float", "Percent", "Currency"),
		*("Date", "Datetime", "Time", "Section Break", "Column Break", "Tab Break", "Button"),
	}
	known = {*plain_text.PLAIN, *plain_text.RICH, *plain_text.UNSHOWN, *other}
	used = {df.fieldtype for doctype in doctypes() for df in frappe.get_meta(doctype).fields}
	assert used <= known


def test_every_text_field_refuses_markup_and_keeps_text(base):
	fields = text_fields()
	assert len(fields) > 150
	for df in fields:
		_refuses_markup(df)
		if df.fieldtype not in plain_text.ADDRESSES:
			_keeps_text(df)


def _refuses_markup(df) -> None:
	for text in REFUSED:
		doc = frappe.new_doc(df.parent)
		doc.set(df.fieldname, text)
		with pytest.raises(frappe.ValidationError, match="reads as markup") as error:
			plain_text.check(doc)
		assert frappe._(df.label) in plain(str(error.value)), df.parent


def _keeps_text(df) -> None:
	for text in KEPT:
		doc = frappe.new_doc(df.parent)
		doc.set(df.fieldname, text)
		plain_text.check(doc)
		doc._sanitize_content()
		assert doc.get(df.fieldname) == text, (df.parent, df.fieldname)


@pytest.mark.parametrize(
	"address", ['/files/x" onerror="alert(1)', "javascript:alert(1)", "data:text/html,x", "/files/a'b.pdf"]
)
def test_an_address_leaves_no_attribute_and_runs_nothing(base, address):
	doc = frappe.new_doc("PAR Campaign")
	doc.plan_file = address
	with pytest.raises(frappe.ValidationError, match="no address of a file"):
		plain_text.check(doc)


@pytest.mark.parametrize(
	"address", ["/private/files/Kế hoạch số 1 (bản cuối).pdf", "https://a.example/x?y=1&z=2"]
)
def test_an_address_of_a_file_is_one(base, address):
	assert not plain_text.address_fault(address)


@pytest.mark.parametrize("value", [{"a": 1}, ["a"]])
def test_what_is_no_text_is_refused(base, value):
	doc = frappe.new_doc("PAR Unit")
	doc.unit_name = value
	with pytest.raises(frappe.ValidationError, match="Text is expected"):
		plain_text.check(doc)


def test_a_number_becomes_the_text_it_reads_as(base):
	doc = frappe.new_doc("PAR Unit")
	doc.unit_name = 0.5
	plain_text.check(doc)
	assert doc.unit_name == "0.5"


# --- what is stored ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", KEPT)
def test_text_is_stored_as_it_was_typed(campaign, text):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		f.line(card, "1.1.3").explanation = text
		card.save()
		item = frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			reference=text,
			criteria=[{"code": "1.1.1"}],
		).insert()
	name = f.line(card, "1.1.3").name
	assert frappe.db.get_value("PAR Scorecard Line", name, "explanation") == text
	assert frappe.db.get_value("PAR Evidence Item", item.name, "reference") == text


def test_row_and_field_are_named(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		line = f.line(card, "1.1.3")
		line.explanation = "Because <img src=x>"
		with pytest.raises(frappe.ValidationError) as error:
			card.save()
	message = str(error.value)
	assert f"row {line.idx} (1.1.3), Explanation" in message
	assert "&lt;img" in message and "<img" not in message


def old_text(card) -> str:
	"""A text with a tag, as the database may hold from before the check."""
	text = "Old <b>text</b> & a < b"
	frappe.db.set_value("PAR Scorecard Line", f.line(card, "1.1.3").name, "explanation", text)
	card.reload()
	return text


def test_a_text_stored_before_does_not_stand_in_the_way(campaign):
	card = f.card_of(campaign)
	text = old_text(card)
	with f.as_user(f.STAFF_A):
		f.line(card, "2.1.2").explanation = "New"
		card.save()
	name = f.line(card, "1.1.3").name
	assert frappe.db.get_value("PAR Scorecard Line", name, "explanation") == text


def test_changing_it_asks_for_plain_text(campaign):
	card = f.card_of(campaign)
	text = old_text(card)
	with f.as_user(f.STAFF_A), pytest.raises(frappe.ValidationError, match="reads as markup"):
		f.line(card, "1.1.3").explanation = text + "!"
		card.save()


def test_values_written_past_a_save_are_checked_too(campaign):
	card = f.card_of(campaign)
	with pytest.raises(frappe.ValidationError, match="reads as markup"):
		card.db_set("remark", "<b>")
	with pytest.raises(frappe.ValidationError, match="reads as markup"):
		card.db_set({"remark": "<b>"})


# --- every way in ---------------------------------------------------------------------------------------------

HOSTILE = '"<img src=x onerror=alert(1)>"'


def refused(answer) -> None:
	assert answer.status_code == 417, (answer.status_code, answer.text[:300])
	assert "markup" in answer.text and "Traceback" not in json.dumps(answer.json.get("_server_messages"))


def test_no_request_brings_markup_in(live):
	"""REST, the form, a single value, several documents at once, and our own methods."""
	card = json.loads(json.dumps(frappe.get_doc(SCORECARD, f"{live}-TC").as_dict(), default=str))
	row = next(row for row in card["lines"] if row["code"] == "1.1.3")
	row["explanation"] = HOSTILE
	head, lead, manager = Browser(f.HEAD_C), Browser(f.LEAD), Browser(f.MANAGER)
	refused(head.put(SCORECARD, card["name"], lines=card["lines"]))
	refused(head.post("frappe.client.save", doc=card))
	refused(head.post("frappe.desk.form.save.savedocs", doc=json.dumps(card), action="Save"))
	one = {"doctype": "PAR Unit", "name": "TD", "fieldname": "unit_name", "value": HOSTILE}
	refused(manager.post("frappe.client.set_value", **one))
	api = "par_campaign.par_campaign.doctype"
	refused(lead.post(f"{api}.par_query.api.ask", scorecard=f"{live}-TA", code="1.1.3", question=HOSTILE))
	shared = {"codes": ["1.1.3"], "title": HOSTILE, "due_date": "2031-01-31", "person": f.HEAD_C}
	refused(head.post(f"{api}.par_task.api.share_out", scorecard=f"{live}-TC", **shared))
	refused(
		manager.post(f"{api}.par_campaign.carry_over.carry_over", campaign=live, year=2032, title=HOSTILE)
	)
	assert not frappe.db.get_value("PAR Scorecard Line", row["name"], "explanation")


def test_several_documents_at_once(live):
	answer = Browser(f.MANAGER).post(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype="PAR Unit",
		docnames=json.dumps(["TD"]),
		action="update",
		data=json.dumps({"unit_name": HOSTILE}),
	)
	assert answer.status_code == 200 and answer.json["message"] == ["TD"], answer.text  # those that failed
	assert frappe.db.get_value("PAR Unit", "TD", "unit_name") == "District D"


# --- telling those who have it open, and nobody else ------------------------------------------------------------


def test_a_save_tells_readers_of_the_document_only(campaign):
	card = f.card_of(campaign)
	frappe.local._realtime_log = []
	with f.as_user(f.STAFF_A):
		f.line(card, "1.1.3").explanation = "New"
		card.save()
	events = [(event, room) for event, _message, room in frappe.local._realtime_log]
	assert ("doc_update", f"doc:{SCORECARD}/{card.name}") in events
	assert not [room for event, room in events if event == "list_update" or room.startswith("doctype:")]


def test_no_class_of_ours_tells_lists(base):
	others = [d for d in doctypes() if _class(d).notify_update is not OurDocument.notify_update]
	assert not others


# --- what was stored before -------------------------------------------------------------------------------------


def test_the_patch_parts_markup_and_says_so(campaign):
	card = f.card_of(campaign)
	old_text(card)
	frappe.db.set_value("PAR Unit", "TA", "unit_name", "Department A & <i>")
	for _again in range(2):
		part_markup.execute()
	line = f.line(card, "1.1.3").name
	assert frappe.db.get_value("PAR Scorecard Line", line, "explanation") == "Old < b>text< /b> & a < b"
	assert frappe.db.get_value("PAR Unit", "TA", "unit_name") == "Department A & < i>"
	remarks = frappe.get_all(
		"Comment",
		{"reference_name": ("in", [card.name, "TA"])},
		["reference_name", "content"],
		order_by="name",
	)
	told = [row.reference_name for row in remarks if "read as markup" in row.content]
	assert sorted(told) == sorted([card.name, "TA"])


def test_print_formats_of_frappe_get_it_escaped(campaign):
	card = f.card_of(campaign)
	old_text(card)
	shown = f.line(card, "1.1.3").get_formatted("explanation")
	assert shown == "Old &lt;b&gt;text&lt;/b&gt; &amp; a &lt; b"
	html = frappe.get_print(SCORECARD, card.name, print_format="Standard")
	assert "<b>text</b>" not in html
