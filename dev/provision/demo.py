"""`./demo`: everything set up, the sample campaign loaded, the desk served, a log-in for each role."""

import json
import time

from . import bench, pure, serve, settings, sites
from .stamps import locked
from .ui import NoFrappe, say, warn

NAME = "demo"


def run(detach: bool) -> int:
	try:
		bench.prepare()
	except NoFrappe as problem:
		return without_desk(problem)
	site = settings.DEMO_SITE
	with locked(site):
		serve.stop_remembered(NAME)
		sites.ensure(site, "demo")
		users = load(site, running=True)
	server = serve.Server(site, serve.pick_port(), name=NAME, scheduler=True)
	say("  starting the servers …")
	server.start()
	announce(server, users)
	if detach:
		server.remember()
		say("The servers run in the background; `./demo --stop` stops them.")
		return 0
	say("Ctrl-C stops the servers.")
	try:
		while True:
			time.sleep(1)
			server.check()
	finally:
		server.stop()


def load(site: str, running: bool = False) -> list[dict]:
	"""The sample campaign, and one in mid-work if `running`; loading again changes nothing."""
	result = settings.STATE / f"users-{site}.json"
	result.unlink(missing_ok=True)
	result.touch(mode=0o600)
	sites.inside("loading the sample campaign", "load_demo", site=site, result=str(result), running=running)
	return json.loads(result.read_text())


def announce(server: serve.Server, users: list[dict]) -> None:
	rows = [("Administrator", "Administrator", sites.config(server.site).get("admin_password", ""))]
	rows += [(str(u.get("role")), str(u.get("user")), str(u.get("password"))) for u in users]
	widths = [max(len(row[i]) for row in [*rows, ("Role", "Log-in", "Password")]) for i in range(3)]
	say(f"\nThe desk: {server.url}\n")
	for row in [("Role", "Log-in", "Password"), *rows]:
		say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
	say()


def stop() -> int:
	say("The demo is stopped." if serve.stop_remembered(NAME) else "No demo was running in the background.")
	return 0


def without_desk(problem: NoFrappe) -> int:
	"""What the sample campaign can show without Frappe, by the command line that outsiders verify with."""
	python = pure.ensure()
	pure.show_sample(python)
	line = "=" * 100
	warn(f"\n{line}\nTHE DESK DID NOT START: {problem}\n{line}")
	say(problem.report())
	return 1 if settings.flag("PAR_REQUIRE_SITE") else 0
