"""Fixtures shared by the site tests."""

import frappe
import pytest
import site_factories as factories
from site_browser import remove_left_over

from par_campaign.testing import state


@pytest.fixture(scope="session")
def base(par_site):
	"""Groups, units and accounts, kept on the test site."""
	frappe.set_user("Administrator")
	remove_left_over()
	factories.make_base()
	frappe.db.commit()  # the tests' own writes are rolled back, these stay


@pytest.fixture
def campaign(base, par_clean_slate):
	"""A launched campaign with a draft scorecard for each unit; made once, and put back after each test."""
	return frappe.get_doc("PAR Campaign", state.kept() or state.keep(factories.launch().name))


@pytest.fixture
def appraising(campaign):
	"""The same, under appraisal."""
	return factories.begin_appraisal(campaign)


@pytest.fixture
def behind_the_gate(base, monkeypatch):
	"""Requests pass the gate, as those of a user with one role of another app do: what stands behind it is tested."""
	from par_campaign.permissions.gate import door

	monkeypatch.setattr(door, "is_held", lambda user: False)
