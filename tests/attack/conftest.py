"""Tests in this folder need a Frappe site: all that is so in common is in tests/on_site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "on_site"))

from site_plugin import *  # noqa: F403
