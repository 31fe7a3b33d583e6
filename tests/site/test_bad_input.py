"""Bad input gets one clear message that names row and field, and nothing is half-saved."""

import frappe
import pytest
import site_factories as f


def refused(function, *words: str) -> str:
	"""Run, expect a refusal, and return its message, which must hold the words."""
	with pytest.raises(frappe.ValidationError) as error:
		function()
	message = str(error.value)
	for word in words:
		assert word in message, message
	return message


@pytest.mark.parametrize(
	"code, claim",
	[
		("1.1.3", "5,01"),
		("1.1.3", "-1"),
		("1.1.3", "abc"),
		("1.1.3", "NaN"),
		("1.1.1", "perhaps"),
		("1.1.2", "Some day"),
		("2.1.1", "101"),
		("4.1", "1.5"),
	],
)
def test_wrong_claim_names_row_and_field_and_saves_nothing(campaign, code, claim):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		f.line(card, "1.1.3").self_claim = "1"
		f.line(card, code).self_claim = claim
		refused(card.save, code, "Claim")
	assert not f.line(f.card_of(campaign), "1.1.3").self_claim


def test_all_wrong_claims_are_named_at_once(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.STAFF_A):
		f.line(card, "1.1.3").self_claim = "9"
		f.line(card, "2.1.1").self_claim = "abc"
		refused(card.save, "1.1.3", "2.1.1")


def test_missing_explanation_and_claims_are_named_at_hand_in(campaign):
	card = f.card_of(campaign)

	def hand_in():
		with f.as_user(f.HEAD_A):
			f.fill(card, {**f.FULL_CLAIMS, "2.1.2": ""})
			f.line(card, "1.1.2").explanation = ""
			card.workflow_state = "Submitted"
			card.save()

	refused(hand_in, "1.1.2", "Explanation", "2.1.2", "Claim")
	stored = f.card_of(campaign)
	assert stored.workflow_state == "Draft" and not f.line(stored, "1.1.3").self_claim


def test_row_struck_out_needs_a_reason_and_takes_its_maximum_with_it(campaign):
	card = f.card_of(campaign)
	with f.as_user(f.HEAD_A):
		f.fill(card)
		f.line(card, "2.1.2").applicable, f.line(card, "2.1.2").explanation = 0, ""
		card.workflow_state = "Submitted"
		refused(card.save, "2.1.2", "Explanation")
		f.fill(card.reload())
		f.line(card, "2.1.2").applicable, f.line(card, "2.1.2").explanation = 0, "No procedures here"
		card.workflow_state = "Submitted"
		card.save()
	assert card.maximum == 30


def test_missing_evidence_is_flagged_and_not_granted_by_itself(appraising):
	card = f.hand_in(appraising)
	assert card.missing_evidence == "1.1.1"
	f.step(card, f.LEAD, "Under Appraisal")
	assert not f.line(card, "1.1.1").appraised_claim
	assert f.line(card, "1.1.3").appraised_claim == "5"
	refused(lambda: f.step(card, f.LEAD, "Appraised"), "1.1.1")


def test_changed_score_needs_a_reason(appraising):
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		f.line(card, "1.1.3").appraised_claim = "1"
		refused(card.save, "1.1.3", "Reason")


def test_second_scorecard_of_a_unit_is_refused(campaign):
	with pytest.raises(frappe.DuplicateEntryError, match=r"Department A.*already has scorecard"):
		frappe.get_doc(doctype="PAR Unit Scorecard", campaign=campaign.name, unit="TA").insert()


def test_launch_without_criteria_or_plan_lists_what_is_missing(base):
	campaign = f.make_campaign(plan_number=None)
	campaign.groups = []
	campaign.award_quotas = []
	campaign.save()
	refused(lambda: f.launch(campaign), "Plan No.", "Unit Groups")
	assert frappe.db.get_value("PAR Campaign", campaign.name, "workflow_state") == "Draft"
	assert not frappe.db.count("PAR Unit Scorecard", {"campaign": campaign.name})


def test_faulty_criteria_set_is_refused_with_every_fault(base):
	rows = [dict(row) for row in f.CRITERIA]
	rows[0]["maximum"] = 11  # its rows add up to 10
	rows[6]["options_text"] = "from 80 %: 10\nfrom 60 % to under 80 %: 5\nunder 50 %: 0"
	rows[6], rows[8] = rows[6], rows[8]
	rows[7]["floor_rate"] = 120
	tiers = next(row for row in rows if row["code"] == "2.1.2")
	tiers["options_text"] = "from 80 %: 10\nfrom 60 % to under 80 %: 5\nunder 50 %: 0"
	refused(lambda: f.make_criteria_set(rows=rows), "1", "2.1.1", "2.1.2")


@pytest.mark.parametrize(
	"change, words",
	[
		({"self_scoring_from": "2100-01-01 00:00:00"}, ("Hand in by",)),
		({"year": 23}, ("Year",)),
	],
)
def test_campaign_dates_and_year(base, change, words):
	refused(lambda: f.make_campaign(**change), *words)


def test_quota_of_a_cluster_the_group_does_not_have(base):
	campaign = f.make_campaign()
	campaign.award_quotas[0].cluster = "Nowhere"
	refused(campaign.save, "Award Quotas, row 1", "Nowhere")


def test_unit_of_a_cluster_its_group_does_not_have(base):
	unit = frappe.get_doc("PAR Unit", "TD")
	unit.cluster = "Cluster 9"
	refused(unit.save, "Cluster 9", "Cluster 1, Cluster 2")


def test_unit_code_with_a_slash(base):
	refused(
		frappe.get_doc(doctype="PAR Unit", unit_code="A/B", unit_name="x", unit_group=f.GROUP).insert, "A/B"
	)


def test_external_value_above_the_scale(appraising):
	doc = frappe.get_doc(
		doctype="PAR External Result",
		campaign=appraising.name,
		criterion_code="3.1",
		source="SIPAS",
		document_number="1",
		document_date="2023-11-01",
		external_values=[{"unit": "TA", "value": 101}],
	)
	refused(doc.insert, "row 1", "100")


def test_evidence_needs_a_file_or_a_reference_and_a_known_row(campaign):
	card = f.card_of(campaign)

	def evidence(**values):
		with f.as_user(f.STAFF_A):
			return frappe.get_doc(
				doctype="PAR Evidence Item", scorecard=card.name, title="Plan", **values
			).insert()

	refused(lambda: evidence(criteria=[{"code": "1.1.1"}]), "File")
	refused(lambda: evidence(reference="x", criteria=[{"code": "9.9"}]), "9.9")
	evidence(reference="Plan 12/KH-SNV", criteria=[{"code": "1.1.1"}])
	assert f.line(f.card_of(campaign), "1.1.1").evidence_count == 1
	assert f.card_of(campaign).missing_evidence == ""


def test_anothers_evidence_is_refused(campaign):
	with f.as_user(f.STAFF_B), pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f.card_of(campaign, "TA").name,
			title="x",
			reference="x",
			criteria=[{"code": "1.1.1"}],
		).insert()
