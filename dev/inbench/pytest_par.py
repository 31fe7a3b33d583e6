"""pytest on a real Frappe site: connects once, and undoes what each test wrote.

`./test` and `dev/par pytest` load it with `-p`; tests/on_site does when pytest is called plainly.
It serves the tests in tests/site, tests/security and those beside the doctypes. The site is PAR_TEST_SITE of
the bench PAR_BENCH and must allow tests, so that a site in use is never written to.
"""

import os
import sys
import unittest
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_SITE = (*(ROOT / "tests" / name for name in ("site", "security", "attack")), ROOT / "par_campaign")
SITE = os.environ.get("PAR_TEST_SITE") or "par-test.localhost"
SITES = Path(os.environ.get("PAR_BENCH") or Path.home() / "par-bench").expanduser().resolve() / "sites"


def needs_site(item) -> bool:
	path = Path(item.path)
	return any(folder in path.parents for folder in ON_SITE)


@pytest.fixture(scope="session", autouse=True)
def par_site(request):
	"""The connection, open before any class-wide set-up of a FrappeTestCase runs."""
	if not any(needs_site(item) for item in request.session.items):
		yield None
		return
	import frappe

	if not (SITES / SITE / "site_config.json").exists():
		pytest.exit(f"There is no site {SITE} in {SITES}; `dev/par pytest` makes one.", returncode=4)
	before = os.getcwd()
	os.chdir(SITES)  # Frappe finds its logs by a path relative to the sites folder
	frappe.init(site=SITE, sites_path=str(SITES), force=True)
	if not frappe.conf.allow_tests:
		pytest.exit(f"{SITE} does not allow tests (allow_tests in its site_config.json).", returncode=4)
	frappe.connect()
	frappe.flags.in_test = True
	frappe.flags.print_messages = False
	frappe.clear_cache()
	yield SITE
	frappe.db.rollback()
	frappe.clear_cache()
	frappe.destroy()
	os.chdir(before)


def forget_state() -> None:
	"""Roll back the state that tests share, before something that does not start from it."""
	if "frappe" in sys.modules:
		from par_campaign.testing import state, undo

		if state.forget():
			undo()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
	if "campaign" not in getattr(item, "fixturenames", ()):
		forget_state()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef):
	if fixturedef.scope != "function":
		forget_state()  # what lasts longer than a test may commit


@pytest.fixture(autouse=True)
def par_clean_slate(request, par_site):
	"""Each test starts as Administrator and leaves nothing behind that it did not commit."""
	if not needs_site(request.node):
		yield
		return
	import frappe

	frappe.set_user("Administrator")
	frappe.local.message_log = []
	frappe.flags.in_test = True
	yield
	frappe.set_user("Administrator")
	if request.cls and issubclass(request.cls, unittest.TestCase):
		return  # such a class cleans up after itself (par_campaign.testing.PARTestCase)
	from par_campaign.testing import undo

	undo()
