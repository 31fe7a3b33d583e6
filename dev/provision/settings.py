"""Where things are. Everything that a user may set comes from the environment, once, here."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = "par_campaign"

BENCH = Path(os.environ.get("PAR_BENCH") or Path.home() / "par-bench").expanduser().resolve()
FRAPPE_REPO = os.environ.get("FRAPPE_REPO") or "https://github.com/frappe/frappe"
FRAPPE_BRANCH = os.environ.get("FRAPPE_BRANCH") or "version-15"

DEMO_SITE = os.environ.get("PAR_DEMO_SITE") or "par-demo.localhost"
TEST_SITE = os.environ.get("PAR_TEST_SITE") or "par-test.localhost"

APPS = BENCH / "apps"
SITES = BENCH / "sites"
CONFIG = BENCH / "config"
LOGS = BENCH / "logs"
STATE = BENCH / ".par"  # stamps, process lists and our own tools; bench itself ignores it
ENV = BENCH / "env"
PYTHON = ENV / "bin" / "python"
FRAPPE = APPS / "frappe"
CHECKOUT_LINK = APPS / APP

# Services of this machine listen here unless the user asks otherwise: a demo is no public server.
BIND = os.environ.get("PAR_BIND") or "127.0.0.1"


def flag(name: str) -> bool:
	return os.environ.get(name, "").strip().lower() not in ("", "0", "no", "false")
