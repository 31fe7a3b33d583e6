import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARCampaign(PARTestCase):
	def test_the_year_is_in_the_name(self):
		self.assertRegex(f.make_campaign().name, r"^PAR-2023-\d{2}$")

	def test_dates_out_of_order_are_both_named(self):
		with self.refused(frappe.ValidationError, "Self-scoring", "comes before"):
			f.make_campaign(
				self_scoring_from="2023-11-01 00:00:00", self_scoring_deadline="2023-10-01 00:00:00"
			)

	def test_rows_that_contradict_each_other_are_named_with_table_and_row(self):
		campaign = f.make_campaign()
		faults = (
			("groups", campaign.groups[0].as_dict(no_nulls=True), "Unit Groups, row 3"),
			("bands", {"label": "Good", "minimum": 50}, "Classes, row 3"),
			("council", {"member_name": "Nobody", "appraises": 1}, "Council, row 4"),
			("tie_breakers", {"kind": "Higher in area"}, "Tie-breakers, row 1"),
			("award_quotas", self.quota(cluster="Cluster 9"), "Award Quotas, row 3"),
		)
		for table, row, place in faults:
			campaign.reload().append(table, {k: v for k, v in row.items() if k not in ("name", "idx")})
			with self.refused(frappe.ValidationError, place):
				campaign.save()

	def quota(self, **values) -> dict:
		level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=1)[0]
		return {"award_level": level, "unit_group": f.DISTRICTS, "places": 1, **values}

	def test_a_launch_makes_one_scorecard_for_every_unit(self):
		campaign = f.launch()
		cards = frappe.get_all(
			"PAR Unit Scorecard", {"campaign": campaign.name}, pluck="unit", order_by="unit"
		)
		self.assertEqual(cards, ["TA", "TB", "TC", "TD"])
		self.assertEqual(campaign.make_missing_scorecards(), 0)

	def test_a_launch_without_a_plan_says_all_that_is_missing(self):
		campaign = f.make_campaign(plan_number=None, self_scoring_deadline=None)
		with self.refused(frappe.ValidationError, "Plan No. is missing", "Hand in by is missing"):
			f.launch(campaign)
		self.assertEqual(campaign.reload().workflow_state, "Draft")
		self.assertFalse(frappe.db.exists("PAR Unit Scorecard", {"campaign": campaign.name}))

	def test_a_launched_campaign_keeps_its_groups_and_is_not_deleted(self):
		campaign = f.launch()
		campaign.reload().set("groups", campaign.groups[:1])
		with self.refused(frappe.ValidationError, f.DISTRICTS, "keeps its criteria set"):
			campaign.save()
		with self.refused(frappe.ValidationError, "has been launched"):
			frappe.delete_doc("PAR Campaign", campaign.name)

	def test_results_are_not_published_while_a_unit_is_not_appraised(self):
		campaign = f.begin_appraisal(f.launch())
		with f.as_user(f.MANAGER):
			campaign.reload().workflow_state = "Results Published"
			with self.refused(frappe.ValidationError, "Department A", "District D", "not appraised"):
				campaign.save()

	def test_only_the_manager_launches(self):
		campaign = f.make_campaign()
		with f.as_user(f.LEAD):
			campaign.reload().workflow_state = "Launched"
			with self.refused(frappe.PermissionError):
				campaign.save()
