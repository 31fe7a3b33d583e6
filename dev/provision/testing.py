"""`./test`: every test, part by part, each part with the tool it is written for.

A part is a folder of tests/. `site` needs a Frappe site (and takes along the tests beside the doctypes), as
`security` does, `browser` a served one and Chromium, `desk` Node alone (eslint, prettier, and the models of the
desk's screens); all others are plain pytest without Frappe.
"""

import json
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import audit, bench, pure, redis, serve, settings, sites, system
from .demo import load
from .stamps import digest, locked
from .ui import NoFrappe, Problem, output, say
from .ui import run as run_quietly

TESTS = settings.ROOT / "tests"
BROWSER_SITE = os.environ.get("PAR_BROWSER_SITE") or "par-browser.localhost"
ON_SITE = {
	"site": (TESTS / "site", settings.ROOT / settings.APP),
	"security": (TESTS / "security",),
	"attack": (TESTS / "attack",),
}
NEED_FRAPPE = (*ON_SITE, "browser")
DESK = "desk"  # the desk's JavaScript without a desk
DESK_TOOLS = settings.ROOT / "dev" / "desk"
SLOW = "slow"  # no folder: the tests marked so, of every part; only by name
COVERAGE = "coverage"  # no folder: the parts in Python, with what they run of the app; only by name
SUMMARY = "\n=== summary ==="
# Two parts run at a time, each with a test site of its own; the longest first, so that none is left over at the end.
SECOND_SITE = "{}-2.{}".format(*settings.TEST_SITE.split(".", 1))
TEST_SITES = (settings.TEST_SITE, SECOND_SITE)
LONGEST = ("site", "security", "exchange", "printing", "attack", "scoring", "audit")
BROWSER_LIMIT = 20 * 60  # seconds for one file of browser tests
NO_TESTS = 5  # pytest's exit code when it found none


def known_parts() -> list[str]:
	"""Folders with tests in them (tests/data has none); those that need Frappe count even when empty."""
	folders = sorted({path.parent.name for path in TESTS.glob("*/test_*.py")})
	first = [name for name in ("scoring", "exchange", "printing") if name in folders]
	return [*first, *(f for f in folders if f not in first and f not in NEED_FRAPPE), DESK, *NEED_FRAPPE]


def run(words: list[str]) -> int:
	"""Run the parts named, or all. `browser/flow` stands for one file of the browser tests."""
	parts = [word.partition("/")[0] for word in words]
	known = [*known_parts(), SLOW, COVERAGE]
	if unknown := [part for part in parts if part not in known]:
		raise Problem(f"no such part: {', '.join(unknown)}", f"The parts are {', '.join(known)}.")
	parts = [part for part in known if part in (parts or known_parts())]
	python, reason = None, ""
	try:
		more = [system.TESTING, system.BROWSER] if "browser" in parts else [system.TESTING]
		bench.prepare(*more, assets="browser" in parts)
		python = settings.PYTHON
	except NoFrappe as problem:
		reason = str(problem)
		say(f"\nNo Frappe here, so only the parts without it can run.\n{problem.report()}\n")
		python = pure.ensure()
	if "exchange" in parts:
		system.wish(system.OFFICE)

	if len(parts) > 1 and not reason:
		results = side_by_side(parts, words)
	else:
		results = [run_one(part, python, reason, words) for part in parts]
	say(SUMMARY)
	for part, outcome, detail in results:
		say(f"{part:<10} {outcome:<8} {detail}")
	return 1 if any(outcome == "FAILED" for _, outcome, _ in results) else 0


def run_one(part: str, python: Path, reason: str, words: list[str]) -> tuple[str, str, str]:
	"""One part, in this process and before one's eyes; `reason` says why there is no Frappe."""
	say(f"\n=== {part} ===")
	required = settings.flag("PAR_REQUIRE_SITE")
	if part in (*NEED_FRAPPE, SLOW, COVERAGE) and reason:
		return part, "FAILED" if required else "skipped", f"no Frappe: {reason}"
	try:
		return part, *run_part(part, python, required, names_of(part, words))
	except Problem as problem:
		say(problem.report())
		return part, "FAILED", str(problem)


def side_by_side(parts: list[str], words: list[str]) -> list[tuple[str, str, str]]:
	"""Each part in a process of its own, as many at a time as there are test sites: the longest first.

	A part is told whole when it ends, so that parts do not talk into each other. The browser's comes last and alone:
	a part that begins brings bench and sites up to date, and a page that is just then loaded misses what it asks for.
	"""
	free: queue.Queue[str] = queue.Queue()
	for name in TEST_SITES:
		free.put(name)

	def run_beside(part: str) -> tuple[str, str, str]:
		site = free.get()
		say(f"  {part} begins")
		try:
			return part, *in_own_process(part, words, site)
		finally:
			free.put(site)

	beside = [part for part in parts if part != "browser"]
	ordered = sorted(beside, key=lambda part: LONGEST.index(part) if part in LONGEST else len(LONGEST))
	with ThreadPoolExecutor(len(TEST_SITES)) as pool:
		results = {result[0]: result for result in pool.map(run_beside, ordered)}
	if "browser" in parts:
		results["browser"] = run_beside("browser")
	return [results[part] for part in parts]


def in_own_process(part: str, words: list[str], site: str) -> tuple[str, str]:
	"""Run one part by this very command; pass on what it said when it ends, and tell how by its own summary."""
	wanted = [word for word in words if word.partition("/")[0] == part] or [part]
	done = subprocess.run(
		[sys.executable, settings.ROOT / "dev" / "par", "test", *wanted],
		env={**os.environ, "PAR_TEST_SITE": site},
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
		errors="replace",
	)
	text, _, summary = done.stdout.rpartition(SUMMARY)
	say(text or summary)
	told = [line.split(maxsplit=2) for line in summary.splitlines() if line.startswith(f"{part} ")]
	if not text or not told or len(told[-1]) < 3:
		return "FAILED", f"ended without a summary (exit {done.returncode})"
	_, outcome, detail = told[-1]
	return ("FAILED" if done.returncode else outcome), detail


def names_of(part: str, words: list[str]) -> list[str]:
	"""Files of a part that were asked for by name; none means all."""
	return [word.partition("/")[2] for word in words if word.startswith(f"{part}/")]


def run_part(part: str, python: Path, required: bool, names: list[str]) -> tuple[str, str]:
	if names and part != "browser":
		raise Problem(f"files can be chosen of `browser` only, not of `{part}`", "Call pytest for others.")
	if part == "browser":
		code, last = browser(names)
	elif part in ON_SITE:
		code, last = site(*ON_SITE[part])
	elif part == DESK:
		code, last = desk()
	elif part == SLOW:
		code, last = slow(python)
	elif part == COVERAGE:
		code, last = coverage(python)
	else:
		more = {"PAR_AUDIT_TOOLS": str(audit.ensure())} if part == "audit" else {}
		command = [python, "-m", "pytest", TESTS / part]
		code, last = follow(command, cwd=settings.ROOT, env=bench.environment(**more))
	if code == NO_TESTS:
		return ("FAILED" if required else "no tests"), last
	return ("FAILED" if code else "passed"), last


def pure_folders() -> list[Path]:
	return [TESTS / part for part in known_parts() if part not in (*NEED_FRAPPE, DESK)]


def slow(python: Path) -> tuple[int, str]:
	"""The tests marked slow, first those without a site."""
	command = [python, "-m", "pytest", "-m", SLOW, *pure_folders()]
	code, last = follow(command, cwd=settings.ROOT, env=bench.environment())
	more, last_on_site = site("-m", SLOW, *(folder for folders in ON_SITE.values() for folder in folders))
	return code or more, f"{last}; on a site {last_on_site}"


def coverage(python: Path) -> tuple[int, str]:
	"""Which lines of each room the tests in Python run; what a served site runs is not seen."""
	data = settings.ROOT / "out" / "coverage"
	shutil.rmtree(data, ignore_errors=True)
	data.mkdir(parents=True)
	env = bench.environment(COVERAGE_FILE=str(data / "lines"), PAR_AUDIT_TOOLS=str(audit.ensure()))
	measured = [python, "-m", "coverage", "run", "-p", "--source", settings.ROOT / settings.APP]
	codes = [follow([*measured, "-m", "pytest", *pure_folders()], cwd=settings.ROOT, env=env)[0]]
	with locked(settings.TEST_SITE), redis.temporary() as jobs:
		sites.ensure(settings.TEST_SITE, "test")
		command, on_site = site_pytest([*ON_SITE["site"], *ON_SITE["security"]], jobs)
		codes.append(follow([*measured, *command[1:]], cwd=settings.ROOT, env={**on_site, **env})[0])
	follow([python, "-m", "coverage", "combine", "--quiet", data], cwd=settings.ROOT, env=env)
	code, total = follow([python, "-m", "coverage", "report", "--precision", "1"], cwd=settings.ROOT, env=env)
	return max(*codes, code), total


def site(*words: Path | str) -> tuple[int, str]:
	with locked(settings.TEST_SITE):
		sites.ensure(settings.TEST_SITE, "test")
		with redis.temporary() as jobs:
			command, env = site_pytest([*words], jobs)
			return follow(command, cwd=settings.ROOT, env=env)


def site_pytest(words: list, jobs: str) -> tuple[list, dict]:
	inbench = settings.ROOT / "dev" / "inbench"
	env = bench.environment(
		PYTHONPATH=str(inbench),
		PAR_BENCH=str(settings.BENCH),
		PAR_TEST_SITE=settings.TEST_SITE,
		FRAPPE_REDIS_QUEUE=jobs,
	)
	return [settings.PYTHON, "-m", "pytest", "-p", "pytest_par", *words], env


def pytest_by_hand(words: list[str]) -> int:
	bench.prepare(assets=False)
	with locked(settings.TEST_SITE):
		sites.ensure(settings.TEST_SITE, "test")
		with redis.temporary() as jobs:
			command, env = site_pytest(words, jobs)
			return subprocess.call([str(word) for word in command], env=env)


def browser(names: list[str]) -> tuple[int, str]:
	"""A new site each time, because what is clicked through stays clicked."""
	files = sorted(path for path in (TESTS / "browser").glob("*.test.*js"))
	if unknown := set(names) - {path.name.partition(".")[0] for path in files}:
		raise Problem(f"no such file in tests/browser: {', '.join(sorted(unknown))}", "Name it as flow.")
	files = [path for path in files if not names or path.name.partition(".")[0] in names]
	if not files:
		return NO_TESTS, "no *.test.js or *.test.mjs in tests/browser"
	install_playwright()
	with locked(BROWSER_SITE), redis.temporary() as jobs:
		if sites.folder(BROWSER_SITE).exists():
			sites.drop(BROWSER_SITE)
		sites.ensure(BROWSER_SITE, "browser")
		users = load(BROWSER_SITE)
		server = serve.Server(BROWSER_SITE, redis.free_port(18000), name="browser", queue=jobs)
		server.start()
		try:
			env = bench.environment(
				PAR_URL=server.url,
				PAR_SITE=BROWSER_SITE,
				PAR_ADMIN_PASSWORD=sites.config(BROWSER_SITE)["admin_password"],
				PAR_USERS=json.dumps(users),
				PAR_CHROMIUM=os.environ.get("PAR_CHROMIUM") or system.chromium() or "",
			)
			return node_tests(files, env)
		finally:
			server.stop()


def node_tests(files: list[Path], env: dict) -> tuple[int, str]:
	"""File after file: they share one site, and Node would run them at the same time."""
	command = ["node", "--test", "--test-reporter=spec"]
	if "--test-force-exit" in (output(["node", "--help"], env=env) or ""):
		command.append("--test-force-exit")  # a failed test that leaves its browser open must not hang us
	failed = []
	for path in files:
		say(f"--- {path.name}")
		code, _ = follow([*command, path], cwd=path.parent, env=env, limit=BROWSER_LIMIT)
		if code:
			failed.append(path.name)
	passed = len(files) - len(failed)
	detail = f"{passed} of {len(files)} files passed" + (f"; failed: {', '.join(failed)}" if failed else "")
	return (1 if failed else 0), detail


def desk() -> tuple[int, str]:
	"""eslint, prettier and the models' tests; all three tell what they find, whichever fails."""
	install(DESK_TOOLS, "eslint and prettier")
	tools = DESK_TOOLS / "node_modules" / ".bin"
	checks = {
		"eslint": [tools / "eslint", "--config", DESK_TOOLS / "eslint.config.mjs", "."],
		"prettier": [tools / "prettier", "--check", "--log-level", "warn", "."],
		"models": ["node", "--test", *sorted((TESTS / DESK).glob("*.test.mjs"))],
	}
	env = bench.environment()
	failed = [name for name, command in checks.items() if follow(command, cwd=settings.ROOT, env=env)[0]]
	return (1 if failed else 0), f"failed: {', '.join(failed)}" if failed else f"{', '.join(checks)} passed"


def install_playwright() -> None:
	install(TESTS / "browser", "playwright-core", PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD="1")


def install(folder: Path, what: str, **more: str) -> None:
	"""The packages of a package.json, as its lock file names them; installed anew only when that changes."""
	state = digest([(folder / name).read_bytes() for name in ("package.json", "package-lock.json")])
	stamp = folder / "node_modules" / ".par-stamp"
	if stamp.exists() and stamp.read_text() == state:
		return
	run_quietly(
		f"installing {what}",
		["npm", "ci", "--no-audit", "--no-fund"],
		log=folder.name,
		cwd=folder,
		env=bench.environment(**more),
		advice="Check that the npm registry can be reached.",
	)
	stamp.write_text(state)


def follow(command: list, *, cwd: Path, env: dict, limit: float = 3600) -> tuple[int, str]:
	"""Passes a test tool's output on as it comes, and keeps its closing line for the summary.

	A tool that goes on for longer than `limit` seconds is stuck, and is ended.
	"""
	last = ""
	process = subprocess.Popen(
		[str(word) for word in command],
		cwd=cwd,
		env={**env, "PYTHONUNBUFFERED": "1"},
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
		errors="replace",
	)
	alarm = threading.Timer(limit, process.terminate)
	alarm.start()
	try:
		for line in process.stdout:
			sys.stdout.write(line)
			sys.stdout.flush()
			if line.strip():
				last = line
		return process.wait(), re.sub(r"\x1b\[[0-9;]*m", "", last).strip(" =\n")
	except BaseException:
		process.terminate()
		process.wait()
		raise
	finally:
		alarm.cancel()
