"""The sites of this bench: made, brought up to the state of the checkout, served with these settings."""

import json
import secrets
import shutil
from pathlib import Path

from . import bench, database, settings
from .stamps import digest, digest_tree, forget, fresh, mark
from .ui import Problem, run, say

# Files whose change asks for a migrate; pictures and bundles do not.
SCHEMA = (".py", ".json", ".txt", ".csv", ".po", ".html", ".js", ".css", ".svg", ".xlsx")

ACTIONS = settings.ROOT / "dev" / "inbench" / "actions.py"


def folder(site: str) -> Path:
	return settings.SITES / site


def config(site: str) -> dict:
	try:
		return json.loads((folder(site) / "site_config.json").read_text())
	except (OSError, ValueError):
		return {}


def write_config(site: str, values: dict) -> None:
	path = folder(site) / "site_config.json"
	path.parent.mkdir(parents=True, exist_ok=True)
	path.touch(mode=0o600)
	path.write_text(json.dumps(values, indent=1, sort_keys=True) + "\n")


def code_state() -> str:
	return digest([digest_tree(settings.ROOT / settings.APP, SCHEMA, skip=("dist",)), str(settings.ROOT)])


def ensure(site: str, purpose: str) -> None:
	"""A site with the app in the state of this checkout; `purpose` is demo, test, browser or develop."""
	if settings.flag("PAR_FRESH_SITE") and folder(site).exists():
		drop(site)
	if folder(site).exists() and not (folder(site) / ".par-complete").exists():
		if not config(site).get("par_made"):
			update(site)  # somebody else's making: use it, never drop it
			return
		say(f"  {site} was left half made; making it again")
		drop(site)
	if not folder(site).exists():
		create(site, purpose)
	update(site)


def create(site: str, purpose: str) -> None:
	values = {
		**database.create(),
		"par_made": purpose,  # says that this tool made the site and may drop it
		"admin_password": "admin" if purpose != "demo" else secrets.token_urlsafe(9),
		"mute_emails": 1,
		"skip_setup_wizard": 1,
	}
	if purpose != "demo":
		values["allow_tests"] = True
	if purpose == "develop":
		values["developer_mode"] = 1
	write_config(site, values)
	# Tests of the desk see what staff see; tests of the code compare with the English source texts.
	language = "vi" if purpose in ("demo", "browser") else "en"
	inside(f"making the site {site}", "create", site=site, language=language, scheduler=purpose == "demo")
	(folder(site) / ".par-complete").touch()


def update(site: str) -> None:
	state = code_state()
	if fresh(f"site-{site}", state):
		return
	inside(f"bringing the app on {site} up to date", "update", site=site)
	mark(f"site-{site}", state)


def drop(site: str) -> None:
	"""Drops a site that this tool made, database and files; refuses any other."""
	values = config(site)
	if not values.get("par_made"):
		raise Problem(f"{site} was not made by this tool", f"Drop it with `bench drop-site {site}`.")
	say(f"  dropping the site {site} …")
	if name := values.get("db_name"):
		database.drop(name)
	shutil.rmtree(folder(site))
	forget(f"site-{site}")


def inside(title: str, action: str, **values) -> None:
	"""Runs one action of actions.py in the bench's Python, with its values on stdin."""
	run(
		title,
		[settings.PYTHON, ACTIONS, action],
		log=f"site-{values['site']}",
		cwd=settings.SITES,
		env=bench.environment(),
		stdin=json.dumps(values),
		advice=f"`PAR_FRESH_SITE=1` makes the site anew. The bench is in {settings.BENCH}.",
	)
