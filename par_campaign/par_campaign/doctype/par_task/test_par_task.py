import frappe
from frappe.utils import add_days, nowdate

from par_campaign.par_campaign.doctype.par_task.par_task import progress_of, state_by_day
from par_campaign.testing import PARTestCase
from par_campaign.testing import factories as f


class TestPARTask(PARTestCase):
	def setUp(self):
		super().setUp()
		self.card = f.card_of(f.launch())

	def make(self, *codes: str, **values):
		task = {"title": "Numbers", "person": f.STAFF_A, "due_date": "2099-06-20"} | values
		rows = [{"code": code} for code in codes]
		return frappe.get_doc(doctype="PAR Task", scorecard=self.card.name, rows=rows, **task)

	def test_unit_campaign_and_titles_come_from_the_scorecard(self):
		with f.as_user(f.HEAD_A):
			task = self.make("1.1.3.", state="Open").insert()
		self.assertEqual((task.unit, task.campaign), ("TA", self.card.campaign))
		self.assertEqual((task.rows[0].code, task.rows[0].title), ("1.1.3", "Leadership shown"))

	def test_it_begins_unfinished_whatever_is_sent(self):
		with f.as_user(f.HEAD_A), self.refused(frappe.ValidationError, "1.1.3", "enter what you claim"):
			self.make("1.1.3", state="Done").insert()
		with f.as_user(f.HEAD_A):
			task = self.make("1.1.3", progress=100, done_on="2020-01-01").insert()
		self.assertEqual((task.progress, task.done_on), (0, None))

	def test_rows_are_named_where_they_are_wrong(self):
		with f.as_user(f.HEAD_A), self.refused(frappe.ValidationError, "row 2", "3.1", "fills in"):
			self.make("1.1.3", "3.1").insert()

	def test_only_a_head_makes_and_deletes(self):
		with f.as_user(f.STAFF_A), self.refused(frappe.PermissionError):
			self.make("1.1.3").insert()
		with f.as_user(f.HEAD_A):
			task = self.make("1.1.3").insert()
			frappe.delete_doc("PAR Task", task.name)
		self.assertFalse(frappe.db.exists("PAR Task", task.name))
		self.assertFalse(frappe.db.exists("ToDo", {"reference_name": task.name, "status": "Open"}))

	def test_state_by_the_day(self):
		yesterday, tomorrow = add_days(nowdate(), -1), add_days(nowdate(), 1)
		for state, was, due, expected in (
			("Open", "Open", tomorrow, "Open"),
			("Doing", "Open", nowdate(), "Doing"),
			("Doing", "Doing", yesterday, "Late"),
			("Late", "Open", tomorrow, "Open"),
			("Late", "Late", tomorrow, "Doing"),
		):
			with self.subTest(state=state, was=was, due=due):
				self.assertEqual(state_by_day(state, was, due), expected)

	def test_progress_counts_rows_with_nothing_missing(self):
		rows = [frappe._dict(gap=gap) for gap in ("", "claim", None, "explain")]
		self.assertEqual(progress_of(rows), 50)
		self.assertEqual(progress_of([]), 0)
