"""One truth for numbers: form, lists, reports, papers and workbooks say the same of a unit, whatever has been changed."""

import io
import json

import frappe
import pytest
import site_factories as f
from pypdf import PdfReader

from par_campaign import documents
from par_campaign.audit import stored_numbers
from par_campaign.exchange.results_workbook.recount import recount
from par_campaign.par_campaign.doctype.par_campaign import desk
from par_campaign.par_campaign.doctype.par_unit_scorecard import sheet
from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
from par_campaign.par_campaign.report.par_heat_map import par_heat_map
from par_campaign.par_campaign.report.par_rankings import par_rankings
from par_campaign.par_campaign.report.par_self_versus_appraised import par_self_versus_appraised
from par_campaign.results import explanation, in_force, payload, seen, store, stored_totals, upkeep
from par_campaign.scoring import program, totals_text
from par_campaign.scoring.campaign import evaluate, score_cards
from par_campaign.scoring.decimals import comma, format_vi

CARD = "PAR Unit Scorecard"
UNITS = ("TA", "TB", "TC", "TD")
HEADS = {unit: f.email(f"head.{unit[-1].lower()}") for unit in UNITS}


@pytest.fixture
def appraised(appraising):
	"""Every unit appraised with points of its own; nothing is shown to the units before publication."""
	f.set_campaign(appraising, units_see_appraisal="When results are published")
	for number, unit in enumerate(UNITS):
		f.appraise(appraising, unit, claims={"1.1.3": str(number + 1)})
	return appraising


def survey(campaign, values: dict[str, float]):
	"""Values of the survey for units, in force."""
	with f.as_user(f.LEAD):
		doc = frappe.get_doc(
			doctype="PAR External Result",
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert()
		doc.submit()
	return doc


def from_rows(campaign) -> dict[str, tuple]:
	"""Self-scored index, index and class of each unit, worked out from the rows here and now."""
	results = evaluate(in_force.campaign(campaign.name)[0])
	return {
		unit: (result.self_totals.index, result.totals.index, result.band)
		for unit, result in results.cards.items()
	}


def text_of(kind: str, **filters) -> str:
	documents.download(kind, filters, "pdf")
	pages = PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages
	return " ".join(" ".join(page.extract_text() for page in pages).split())


def require_one_truth(campaign) -> dict[str, tuple]:
	"""Every place that shows numbers to provincial staff says what follows from the rows."""
	truth = from_rows(campaign)
	decimal = store.decimal
	with f.as_user(f.LEAD):
		names = {unit: f"{campaign.name}-{unit}" for unit in truth}
		form = {unit: sheet.load(name)["numbers"] for unit, name in names.items()}
		assert truth == {
			unit: (decimal(n["self_index"]), decimal(n["index"]), n["band"]) for unit, n in form.items()
		}
		listed = frappe.get_list(
			CARD, {"campaign": campaign.name}, ["unit", "self_index", "index_score", "band"], order_by="unit"
		)
		assert truth == {
			row.unit: (decimal(row.self_index), decimal(row.index_score), row.band or "") for row in listed
		}
		ranking = par_rankings.get_rows(frappe._dict(campaign=campaign.name))
		assert truth == {
			row["unit"]: (decimal(row["self_index"]), decimal(row["index_score"]), row["band"])
			for row in ranking
		}
		awards = par_award_proposals.get_rows(frappe._dict(campaign=campaign.name, show_all=1))
		assert awards and all(
			(decimal(row["index_score"]), row["band"]) == truth[row["unit"]][1:] for row in awards
		)
		compared, _titles, _areas = par_self_versus_appraised.get_rows(frappe._dict(campaign=campaign.name))
		assert {
			row["unit"]: (decimal(row["self_index"]), decimal(row["index_score"])) for row in compared
		} == {unit: values[:2] for unit, values in truth.items()}
		for score, place in (("Self-scored", 0), ("Appraised", 1)):
			rows, _titles = par_heat_map.get_rows(frappe._dict(campaign=campaign.name, score=score))
			assert {row["unit"]: decimal(row["index"]) for row in rows if "unit" in row} == {
				unit: values[place] for unit, values in truth.items()
			}
		for unit, (_self, index, band) in truth.items():
			why = " ".join(explanation.why(names[unit])["index"])
			assert format_vi(index) in why and band in why
		paper = text_of("ranking", campaign=campaign.name)
		card = text_of("scorecard", scorecard=names["TA"])
		for _self, index, _band in truth.values():
			assert format_vi(index) in paper
		assert format_vi(truth["TA"][1]) in card and truth["TA"][2] in card
		documents.download("results", {"campaign": campaign.name}, "xlsx")
		workbook = frappe.local.response.filecontent
	assert recount(io.BytesIO(workbook)) == []
	# ranking and selection over stored totals are those over the rows
	_model, stored, _waiting = in_force.ranked(campaign.name)
	_model, worked_out, _waiting = in_force.worked_out(campaign.name)
	assert (stored.ranking, stored.awards) == (worked_out.ranking, worked_out.awards)
	return truth


# --- each setting in turn --------------------------------------------------------------------------


def change_bands(campaign):
	f.set_campaign(campaign, bands=[{"label": "Excellent", "minimum": 99}, {"label": "Fair", "minimum": 0}])


def change_tie_breakers(campaign):
	f.set_campaign(campaign, tie_breakers=[{"kind": "Higher in area", "area": "1.1"}])


def change_quotas(campaign):
	campaign.reload()
	rows = [
		row.as_dict(no_nulls=True) | {"places": 2, "minimum_band": "Excellent"}
		for row in campaign.award_quotas
	]
	f.set_campaign(campaign, award_quotas=rows)


def change_vote_base(campaign):
	f.set_campaign(campaign, vote_base="All members")


def change_external_values(campaign):
	survey(campaign, {"TA": 83, "TB": 50.5, "TC": 99, "TD": 0})


def take_external_values_back(campaign):
	doc = survey(campaign, {"TA": 83})
	with f.as_user(f.LEAD):
		doc.cancel()


def change_who_is_in_the_running(campaign):
	with f.as_user(f.MANAGER):
		f.card_of(campaign, "TB").disqualify("False report")


def change_the_program(campaign):
	"""Another program reads what this one has stored."""
	frappe.db.set_value(CARD, {"campaign": campaign.name}, {"worked_from": "another", "band": "?"})
	upkeep.refresh_all()


CHANGES = [
	change_bands,
	change_tie_breakers,
	change_quotas,
	change_vote_base,
	change_external_values,
	take_external_values_back,
	change_who_is_in_the_running,
	change_the_program,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_setting_is_shown_everywhere(appraised, change):
	require_one_truth(appraised)
	change(appraised)
	require_one_truth(appraised)


def test_a_class_edited_while_appraising_is_the_same_before_and_after_publication(appraised):
	"""The published row and the printed sheet said Good, the scorecard and the head's form Excellent."""
	f.set_campaign(appraised, bands=[{"label": "Excellent", "minimum": 99}, {"label": "Good", "minimum": 0}])
	before = require_one_truth(appraised)
	f.step(appraised, f.MANAGER, "Results Published")
	assert before == require_one_truth(appraised)
	rows = frappe.get_all(
		"PAR Published Row", {"parent": f"{appraised.name}-V1"}, ["unit", "band"], order_by="idx"
	)
	assert {row.unit: row.band for row in rows} == {unit: values[2] for unit, values in before.items()}
	with f.as_user(HEADS["TA"]):
		assert sheet.load(f"{appraised.name}-TA")["numbers"]["band"] == before["TA"][2] == "Good"


# --- what is stored ------------------------------------------------------------------------------------


def test_stale_totals_are_never_shown(appraised):
	"""The classes of a campaign changed past its controller: what is stored no longer rests on them."""
	frappe.db.set_value("PAR Class Band", {"parent": appraised.name, "label": "Excellent"}, "minimum", 99)
	frappe.clear_document_cache("PAR Campaign", appraised.name)
	with f.as_user(f.LEAD):
		rows = par_rankings.get_rows(frappe._dict(campaign=appraised.name))
	assert (
		{row["band"] for row in rows} == {values[2] for values in from_rows(appraised).values()} == {"Good"}
	)


def test_another_program_is_another_basis(appraised, monkeypatch):
	card = f"{appraised.name}-TA"
	assert frappe.db.get_value(CARD, card, "worked_from") == stored_totals.basis(
		appraised.name, frappe.db.get_value(CARD, card, "criteria_set")
	)
	monkeypatch.setattr(stored_totals, "fingerprint", lambda: "another")
	assert len(stored_totals.stale(stored_totals.stored({"campaign": appraised.name}))) == len(UNITS)
	assert len(program.fingerprint()) == 64


@pytest.mark.parametrize(
	("doctype", "field", "value"),
	[
		(CARD, "index_score", 99.5),
		(CARD, "band", "Excellent!"),
		(CARD, "worked_out", None),
		(CARD, "self_index", 1),
		("PAR Scorecard Line", "appraised_score", 7),
		("PAR Scorecard Line", "self_score", 7),
		("PAR Scorecard Area", "percent", 7),
	],
)
def test_publishing_refuses_what_does_not_follow_from_the_rows(appraised, doctype, field, value):
	name = f"{appraised.name}-TB"
	row = name if doctype == CARD else frappe.db.get_value(doctype, {"parent": name}, "name", order_by="idx")
	frappe.db.set_value(doctype, row, field, value)
	frappe.clear_document_cache(CARD, name)
	with f.as_user(f.MANAGER):
		asked = desk.before_publishing(appraised.name)
		assert [gap["name"] for gap in asked["missing"]] == [name]
	frappe.db.savepoint("unpublished")
	with pytest.raises(frappe.ValidationError, match="Work Out Again"):
		f.step(appraised, f.MANAGER, "Results Published")
	frappe.db.rollback(save_point="unpublished")  # as every refused request is
	with f.as_user(f.MANAGER):
		appraised.reload()
		assert appraised.work_out_again() == 1
		assert appraised.work_out_again() == 0
	require_one_truth(appraised)
	f.step(appraised, f.MANAGER, "Results Published")


def test_only_who_may_write_the_campaign_works_numbers_out_again(appraised):
	for user in (f.AUDITOR, HEADS["TA"], f.CHAIRMAN):
		with f.as_user(user), pytest.raises(frappe.PermissionError):
			frappe.get_doc("PAR Campaign", appraised.name).work_out_again()


def test_a_client_cannot_send_totals(appraising):
	with f.as_user(HEADS["TA"]):
		card = f.fill(f.card_of(appraising, "TA"))
		card.worked_out, card.worked_from, card.self_index = '{"band": "Excellent"}', "x", 100
		card.save()
	stored = frappe.db.get_value(CARD, card.name, ["worked_out", "worked_from"], as_dict=True)
	result = score_cards(store.campaign(appraising.name)).cards["TA"]
	assert stored.worked_out == stored_totals.text_of(appraising.name, result)
	assert stored.worked_from == stored_totals.basis(appraising.name, card.criteria_set)


def test_stored_totals_leave_no_line_in_the_history(appraising, monkeypatch):
	monkeypatch.setitem(frappe.flags, "in_test", False)  # Frappe keeps no history in tests
	f.appraise(appraising, "TA", claims={"1.1.3": "2"})
	versions = frappe.get_all(
		"Version", {"docname": ("like", f"{appraising.name}-TA%")}, pluck="data", order_by="creation"
	)
	assert any("index_score" in text for text in versions)
	assert not any("worked_" in text for text in versions)


def test_the_nightly_check_tells_the_leads(appraised):
	frappe.db.delete("Notification Log")
	stored_numbers.run()
	assert not frappe.get_all("Notification Log", order_by="creation")
	frappe.db.set_value(CARD, f"{appraised.name}-TB", "index_score", 99.5)
	stored_numbers.run()
	told = frappe.get_all(
		"Notification Log", {"document_name": appraised.name}, "for_user", order_by="creation"
	)
	assert {f.LEAD, f.MANAGER} <= {row.for_user for row in told}


def test_the_nightly_check_looks_at_published_results_too(appraised):
	f.step(appraised, f.MANAGER, "Results Published")
	assert stored_numbers.published_differences(appraised.name) == []
	frappe.db.set_value(CARD, f"{appraised.name}-TB", "index_score", 99.5)
	(found,) = stored_numbers.published_differences(appraised.name)
	assert found["name"] == f"{appraised.name}-TB"


def test_published_totals_are_those_of_the_sealed_data(appraised):
	f.step(appraised, f.MANAGER, "Results Published")
	version = in_force.version_in_force(appraised.name)
	model = payload.read(version)
	bare, results = payload.read_totals(version)
	assert bare == totals_text.without_rows(model)
	assert {unit: result.totals.index for unit, result in results.items()} == {
		unit: result.totals.index for unit, result in evaluate(model).cards.items()
	}
	assert "self_claim" not in json.dumps(
		frappe.get_doc("PAR Published Result", version.name).as_dict(), default=str
	)


# --- what a unit may see --------------------------------------------------------------------------------


def test_a_value_that_has_come_in_stays_hidden_with_the_appraisal(appraised):
	"""The head's form showed an index with the survey in it, the sheet the head signs one without."""
	name = f"{appraised.name}-TA"
	with f.as_user(HEADS["TA"]):
		before = sheet.load(name)["numbers"]
	survey(appraised, {"TA": 83})
	with f.as_user(HEADS["TA"]):
		numbers = sheet.load(name)["numbers"]
		paper = text_of("scorecard", scorecard=name)
		why = " ".join(explanation.why(name)["index"] + explanation.why_row(name, "3.1"))
		rows, _titles = par_heat_map.get_rows(frappe._dict(campaign=appraised.name, score="Self-scored"))
		listed = frappe.get_list(CARD, {"name": name}, ["*"])[0]
		document = json.dumps(f.card_of(appraised).as_dict(), default=str)
		loaded = frappe.get_doc(CARD, name)
		loaded.apply_fieldlevel_read_permissions()
	assert numbers["self_index"] == before["self_index"]
	assert numbers["lines"]["3.1"]["self"] is None
	shown = format_vi(store.decimal(before["self_index"]))
	assert shown in paper and shown in why
	assert [row["index"] for row in rows] == [before["self_index"]]
	for said in (
		paper,
		why,
		document,
		json.dumps(loaded.as_dict(), default=str),
		json.dumps(listed, default=str),
	):
		assert "8,3" not in said and "8.3" not in said and "SIPAS: 83" not in said
	assert not {"self_index", "worked_out", "index_score"} & set(document_fields(document))
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	with f.as_user(HEADS["TA"]):
		numbers = sheet.load(name)["numbers"]
		assert numbers["lines"]["3.1"]["self"] == 8.3
		assert format_vi(store.decimal(numbers["index"])) in text_of("scorecard", scorecard=name)


def document_fields(text: str) -> list[str]:
	return list(json.loads(text))


def test_nothing_of_permission_level_1_reaches_what_a_unit_sees(appraised):
	"""Each field of the appraised part with a value of its own: none is in the model, and none moves a number."""
	survey(appraised, {"TA": 83})
	card = f.card_of(appraised)
	before = seen.as_claimed(card)
	for doctype, rows in ((card.doctype, [card]), ("PAR Scorecard Line", card.lines)):
		for df in frappe.get_meta(doctype).fields:
			if df.permlevel:
				for row in rows:
					row.set(df.fieldname, 1 if df.fieldtype in ("Check", "Float", "Int") else "SECRET")
	assert seen.as_claimed(card) == before
	assert "SECRET" not in repr(before) and not before.appraised


def test_staff_and_units_read_the_same_model_once_it_is_shown(appraised):
	survey(appraised, {"TA": 83})
	f.step(appraised, f.MANAGER, "Results Published")
	card = f.card_of(appraised)
	models = []
	for user in (f.LEAD, HEADS["TA"], f.AUDITOR):
		with f.as_user(user):
			models.append(seen.card_of(card))
	assert models == [models[0]] * 3


# --- two indexes for one unit ------------------------------------------------------------------------------


def test_rounds_say_why_the_index_has_moved_since(appraised):
	"""The rounds said 90,00, the reasons 99,95, and nothing that the first was before the survey came in."""
	name = f"{appraised.name}-TA"
	with f.as_user(f.AUDITOR):
		(record,) = sheet.rounds(name)
		assert record.since == []
	frappe.db.set_value("PAR Appraisal", record.name, "closed_on", "2023-11-01 08:00:00")
	survey(appraised, {"TA": 83})
	with f.as_user(f.AUDITOR):
		(record,) = sheet.rounds(name)
	now = from_rows(appraised)["TA"][1]
	assert comma(store.decimal(record.index_score)) != comma(now)
	told = " ".join(record.since)
	assert format_vi(store.decimal(record.index_score)) in told and format_vi(now) in told
	assert "SIPAS, 9/BC (3.1)" in told
