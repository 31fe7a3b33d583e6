"""What tests on a site share: one base class for Frappe 15 and 16, and data to start from.

Only for sites that allow tests: the groups, units and accounts of `factories` stay on them.
"""

import frappe
from frappe.cache_manager import (
	clear_defaults_cache,
	doctype_cache_keys,
	global_cache_keys,
	user_cache_keys,
)

try:
	from frappe.tests import IntegrationTestCase
except ImportError:  # Frappe 15
	from frappe.tests.utils import FrappeTestCase as IntegrationTestCase

from par_campaign.testing import factories, state

__all__ = ["IntegrationTestCase", "PARTestCase", "undo"]


# What apps and doctypes are does not come from a test's rows. Where a test does change a doctype, Frappe itself
# drops what it keeps of it on the rollback (clear_doctype_cache); to read it all anew costs a third of the run.
KEPT = {"app_hooks", "app_modules", "installed_app_modules", "module_app", "module_installed_app"}
KEPT |= {"doctype_meta", "doctype_form_meta", "table_columns", "linked_doctypes"}


def undo() -> None:
	"""Roll back, to the state kept if there is one, and drop what the caches learnt from rows that are no more."""
	if not state.go_back():
		frappe.db.rollback()
	frappe.local.cache = {}
	frappe.local.role_permissions = {}
	frappe.db.value_cache.clear()
	frappe.cache.delete_keys("document_cache::")
	frappe.cache.delete_value(list({*user_cache_keys, *global_cache_keys, *doctype_cache_keys} - KEPT))
	clear_defaults_cache()


class PARTestCase(IntegrationTestCase):
	"""Each test starts as Administrator from the same units and accounts, and leaves nothing behind."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.set_user("Administrator")
		factories.make_base()
		frappe.db.commit()  # each test is rolled back by itself, these stay

	def setUp(self):
		frappe.set_user("Administrator")
		frappe.local.lang = "en"  # messages are compared in their source language
		frappe.local.message_log = []
		self.addCleanup(undo)
		self.addCleanup(frappe.set_user, "Administrator")

	def refused(self, error: type[Exception], *words: str):
		"""Context manager: this error is raised, and its message holds each of the words."""
		return _Refused(self, error, words)


class _Refused:
	def __init__(self, case: PARTestCase, error: type[Exception], words: tuple[str, ...]):
		self._case, self._error, self._words = case, error, words

	def __enter__(self):
		return self

	def __exit__(self, kind, raised, _traceback) -> bool:
		self._case.assertIsInstance(raised, self._error, f"not refused by {self._error.__name__}")
		message = frappe.utils.strip_html(str(raised))
		for word in self._words:
			self._case.assertIn(word, message)
		return True
