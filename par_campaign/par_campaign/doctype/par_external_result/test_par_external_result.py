import frappe

from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARExternalResult(PARTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = f.launch()

	def make(self, values: dict[str, float], code: str = "3.1"):
		return frappe.get_doc(
			doctype="PAR External Result",
			campaign=self.campaign.name,
			criterion_code=code,
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert()

	def external(self, unit: str):
		line = f.line(f.card_of(self.campaign, unit), "3.1")
		return line.external_value if line.has_external else None

	def test_values_reach_the_units_named_and_no_others(self):
		self.make({"TA": 87.35}).submit()
		self.assertEqual((self.external("TA"), self.external("TB")), (87.35, None))
		self.assertEqual(f.line(f.card_of(self.campaign), "3.1").self_score, 8.735)

	def test_cancelling_takes_them_back(self):
		result = self.make({"TA": 87.35})
		result.submit()
		result.cancel()
		self.assertIsNone(self.external("TA"))

	def test_cancelling_leaves_what_another_document_says(self):
		survey = self.make({"TA": 80, "TB": 70})
		survey.submit()
		supplement = self.make({"TA": 90})
		supplement.submit()
		self.assertEqual((self.external("TA"), self.external("TB")), (90, 70))
		survey.cancel()
		self.assertEqual((self.external("TA"), self.external("TB")), (90, None))
		supplement.cancel()
		self.assertIsNone(self.external("TA"))

	def test_cancelling_the_later_document_gives_the_earlier_value_back(self):
		self.make({"TA": 80}).submit()
		supplement = self.make({"TA": 90})
		supplement.submit()
		supplement.cancel()
		self.assertEqual(self.external("TA"), 80)

	def test_what_is_no_number_is_refused(self):
		for value in (float("nan"), float("inf")):
			with self.refused(frappe.ValidationError, "Values, row 1", "0 or more"):
				self.make({"TA": value})

	def test_each_value_leaves_a_trace_on_its_scorecard(self):
		result = self.make({"TA": 87.35})
		result.submit()
		comments = frappe.get_all(
			"Comment",
			{"reference_name": f.card_of(self.campaign).name, "comment_type": "Info"},
			pluck="content",
		)
		self.assertTrue(any(result.name in text and "87,35" in text for text in comments))

	def test_wrong_rows_are_named(self):
		with self.refused(frappe.ValidationError, "Values, row 2", "TA", "no external row 1.1.1"):
			result = self.make({"TB": 1})
			result.set("external_values", [{"unit": "TB", "value": 1}, {"unit": "TA", "value": 1}])
			result.criterion_code = "1.1.1"
			result.external_values = result.external_values[::-1]
			result.external_values[0].idx, result.external_values[1].idx = 2, 1
			result.save()
		for value, said in ((100.5, "more than the maximum"), (-1, "0 or more")):
			with self.refused(frappe.ValidationError, "Values, row 1", said):
				self.make({"TA": value})

	def test_a_unit_that_stands_twice_is_named(self):
		result = self.make({"TA": 80})
		result.append("external_values", {"unit": "TA", "value": 81})
		with self.refused(frappe.ValidationError, "row 2", "TA stands twice"):
			result.save()

	def test_units_do_not_read_it(self):
		result = self.make({"TA": 80, "TB": 70})
		with f.as_user(f.HEAD_A):
			self.assertFalse(frappe.has_permission("PAR External Result", "read", result))
