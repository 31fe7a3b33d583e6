"""What the conftest of each folder that needs a Frappe site does; see docs/developers/bench.md.

Loads dev/inbench/pytest_par.py where `./test` has not already done so. Without Frappe such a folder is left
out, and the closing lines of pytest say so.
"""

import importlib.util
import sys
from pathlib import Path

HAS_FRAPPE = importlib.util.find_spec("frappe") is not None
if not HAS_FRAPPE:
	collect_ignore_glob = ["*"]


def pytest_configure(config):
	if not HAS_FRAPPE or config.pluginmanager.has_plugin("pytest_par"):
		return
	sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dev" / "inbench"))
	import pytest_par

	config.pluginmanager.register(pytest_par, "pytest_par")


def pytest_terminal_summary(terminalreporter):
	if not HAS_FRAPPE:
		terminalreporter.write_line("Left out, as they need Frappe: tests/site, tests/security (use ./test)")


if HAS_FRAPPE:
	from site_browser import live  # noqa: F401 (fixture)
	from site_fixtures import appraising, base, behind_the_gate, campaign  # noqa: F401 (fixtures)
