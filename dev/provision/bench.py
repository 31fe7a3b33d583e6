"""A bench (Frappe's working folder): its layout, Frappe's clone, Python, Node and built assets.

The same layout as `bench init` makes, so that `bench` itself works in it. It is made here and not by
bench, because bench refuses to run as root, as one is in a container, and because two of Frappe's
dependencies are declared by GitHub address: where GitHub is out of reach they come from PyPI and npm.
"""

import json
import re
import shutil
import threading
from pathlib import Path

from . import database, redis, settings, system
from .stamps import digest, digest_tree, forget, fresh, locked, mark
from .ui import NoFrappe, Problem, output, run, say, with_path

GITHUB_PROBE = "https://github.com/frappe/gunicorn"

# Frappe's fork of gunicorn branches off this release, and its fork of air-datepicker is this one.
GUNICORN = "gunicorn>=21.2,<22"
AIR_DATEPICKER_LOCK = """air-datepicker@2.2.3:
  version "2.2.3"
  resolved "https://registry.yarnpkg.com/air-datepicker/-/air-datepicker-2.2.3.tgz#9dbb6bc6bc8c9d9db380475091370dad82c2f787"
  integrity sha512-8cBl1TvpF1nucRFwrhtLbFQ7pRTmqSRuzBCUIvM/8RrCM0OJDvptN0CNwDlRheEoZc1vCM+3/s94DHZ5y4eoAQ==
"""

# What tests import beyond the app's own [test] extra: Frappe's test runner and its developers' tools.
TEST_REQUIREMENTS = [
	"pytest>=7.4",
	"coverage>=7.4",
	"hypothesis~=6.77.0",
	"freezegun~=1.2.2",
	"responses==0.23.1",
	"Faker~=18.10.1",
	"unittest-xml-reporting~=3.2.0",
	"setuptools>=64",
	"wheel",
]

PIP = [settings.PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]

STYLES = (".css", ".scss", ".sass", ".less", ".styl")

# For people who use bench in this folder; `./demo` and `./test` start their own processes.
PROCFILE = """redis_cache: redis-server config/redis_cache.conf
redis_queue: redis-server config/redis_queue.conf
web: bench serve --port 8000
socketio: node apps/frappe/socketio.js
schedule: bench schedule
worker: bench worker
"""


def tools() -> Path:
	return settings.STATE / "node_modules" / ".bin"


def environment(**extra: str) -> dict[str, str]:
	"""What every command in the bench runs with; settings of another virtual environment are dropped."""
	env = with_path(settings.ENV / "bin", tools())
	for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
		env.pop(name, None)
	return {"GIT_TERMINAL_PROMPT": "0", **env, **extra}


def prepare(*more_packages: list, assets: bool = True) -> None:
	"""The bench, its servers and the app in it; seconds when all is there.

	`assets=False` leaves the app's own bundles as they are, for work that shows no desk.

	Raises NoFrappe where the machine or its network cannot give a bench, and Problem where the
	checkout itself is at fault (a bundle that does not compile).
	"""
	try:
		system.need(system.BASE, system.PRINTING, *more_packages)
		with locked("bench"):
			database.start()
			if not (settings.FRAPPE.is_dir() and settings.PYTHON.exists()):
				say(f"Making a bench in {settings.BENCH} (once, some minutes)")
			lay_out()
			clone_frappe()
			redis.ensure()
			steps = Step(install_python), Step(install_node)
			for step in steps:
				step.join()
	except NoFrappe:
		raise
	except Problem as problem:
		raise NoFrappe(str(problem), problem.advice, problem.detail) from None
	with locked("bench"):
		link_checkout()
		build_assets(of_app=assets)


class Step(threading.Thread):
	"""pip and yarn mostly wait for the network, so they wait together; errors surface at `join`."""

	def __init__(self, work):
		super().__init__(daemon=True)
		self.work, self.error = work, None
		self.start()

	def run(self) -> None:
		try:
			self.work()
		except Exception as error:
			self.error = error

	def join(self, timeout=None) -> None:
		super().join(timeout)
		if self.error:
			raise self.error


def lay_out() -> None:
	for folder in ("apps", "sites/assets", "config/pids", "logs", ".par"):
		(settings.BENCH / folder).mkdir(parents=True, exist_ok=True)
	listed = settings.SITES / "apps.txt"
	apps = listed.read_text().split() if listed.exists() else []
	if wanted := [app for app in ("frappe", settings.APP) if app not in apps]:
		listed.write_text("\n".join([*apps, *wanted]) + "\n")
	common = settings.SITES / "common_site_config.json"
	config = json.loads(common.read_text()) if common.exists() else {}
	defaults = {
		"background_workers": 1,
		"file_watcher_port": 6787,
		"socketio_port": 9000,
		"webserver_port": 8000,
	}
	if missing := {key: value for key, value in defaults.items() if key not in config}:
		common.write_text(json.dumps({**config, **missing}, indent=1, sort_keys=True) + "\n")
	procfile = settings.BENCH / "Procfile"
	if not procfile.exists():
		procfile.write_text(PROCFILE)


def clone_frappe() -> None:
	if (settings.FRAPPE / "frappe" / "__init__.py").exists():
		return
	source = settings.FRAPPE_REPO
	if Path(source).expanduser().is_dir():
		source = Path(source).expanduser().resolve().as_uri()  # --depth needs an address, not a path
	partial = settings.APPS / ".frappe-partial"
	shutil.rmtree(partial, ignore_errors=True)
	try:
		run(
			f"cloning Frappe ({settings.FRAPPE_BRANCH}) from {settings.FRAPPE_REPO}",
			[
				"git",
				"clone",
				"--quiet",
				"--depth",
				"1",
				"--branch",
				settings.FRAPPE_BRANCH,
				"--origin",
				"upstream",
				source,
				partial,
			],
			log="clone",
			env=environment(),
		)
	except Problem as problem:
		problem.advice = (
			"Check the network, or name a copy of Frappe that can be reached in FRAPPE_REPO "
			"(and its branch in FRAPPE_BRANCH)."
		)
		raise
	shutil.rmtree(settings.FRAPPE, ignore_errors=True)
	partial.rename(settings.FRAPPE)


_github: bool | None = None


def github() -> bool:
	global _github
	if _github is None:
		_github = (
			output(["git", "ls-remote", "--heads", GITHUB_PROBE], env=environment(), timeout=20) is not None
		)
		if not _github:
			say("  GitHub is out of reach: gunicorn comes from PyPI and air-datepicker from npm instead")
	return _github


def python_range() -> tuple[tuple[int, int], tuple[int, int]]:
	"""The versions that this clone of Frappe declares, read where it declares them."""
	text = (settings.FRAPPE / "pyproject.toml").read_text()
	declared = re.search(r'requires-python\s*=\s*"([^"]+)"', text)
	bounds = dict(re.findall(r"(>=|<)\s*(\d+\.\d+)", declared.group(1) if declared else ""))

	def pair(sign: str, default: str) -> tuple[int, int]:
		major, minor = bounds.get(sign, default).split(".")
		return int(major), int(minor)

	return pair(">=", "3.10"), pair("<", "4.0")


def install_python() -> None:
	"""One resolution for Frappe's pins and the app's ranges together, so neither undoes the other."""
	if not settings.PYTHON.exists():
		python = system.find_python(*python_range())
		run("making the Python environment", [python, "-m", "venv", "--clear", settings.ENV], log="python")
		forget("python")
	declared = (
		(settings.FRAPPE / "pyproject.toml").read_bytes(),
		(settings.ROOT / "pyproject.toml").read_bytes(),
	)
	state = digest([*declared, *TEST_REQUIREMENTS, str(settings.ENV)])
	if fresh("python", state):
		return
	advice = (
		"Check that PyPI can be reached. If a package had to be compiled, install gcc and python3-dev "
		"(Debian: build-essential python3-dev) and run this again."
	)
	run(
		"installing build tools",
		[*PIP, "install", "--quiet", "flit_core>=3.4,<4", "setuptools>=64", "wheel"],
		log="python",
		env=environment(),
		advice=advice,
	)
	run(
		"installing Frappe",
		[*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", settings.FRAPPE],
		log="python",
		env=environment(),
		advice=advice,
	)
	link_checkout()
	wanted = [*requires("frappe"), *requires(settings.APP), *TEST_REQUIREMENTS]
	if any("git+https://github.com" in line for line in wanted) and not github():
		wanted = [GUNICORN if line.startswith("gunicorn") and "git+" in line else line for line in wanted]
	listing = settings.STATE / "requirements.txt"
	listing.write_text("\n".join(wanted) + "\n")
	run(
		"installing Python packages",
		[*PIP, "install", "-r", listing],
		log="python",
		env=environment(),
		advice=advice,
	)
	mark("python", state)


def requires(package: str) -> list[str]:
	"""What an installed package declares to need, extras aside (but [test] of the app)."""
	code = (
		"import importlib.metadata as m, sys\n"
		"for line in m.requires(sys.argv[1]) or []:\n"
		"    need, _, marker = line.partition(';')\n"
		"    if 'extra' not in marker or 'test' in marker: print(need.strip() + (';' + marker if marker and 'extra' not in marker else ''))\n"
	)
	listed = output([settings.PYTHON, "-c", code, package], env=environment())
	if listed is None:
		raise Problem(f"cannot read what {package} requires", f"Remove {settings.ENV} and run this again.")
	return listed.splitlines()


def install_node() -> None:
	yarn = tools() / "yarn"
	if not system.which("yarn") and not yarn.exists():
		run(
			"installing yarn 1",
			["npm", "install", "--no-audit", "--no-fund", "--prefix", settings.STATE, "yarn@1"],
			log="node",
			env=environment(),
			advice="Check that the npm registry can be reached.",
		)
	package, lock = settings.FRAPPE / "package.json", settings.FRAPPE / "yarn.lock"
	state = digest([package.read_bytes(), lock.read_bytes()])
	modules = settings.FRAPPE / "node_modules"
	if fresh("node", state) and modules.is_dir():
		return
	if (
		modules.is_dir()
		and not (settings.STATE / "node.stamp").exists()
		and (settings.SITES / "assets" / "assets.json").exists()
	):
		mark("node", state)  # a bench that somebody made with bench itself
		return
	where = settings.FRAPPE
	options: list = []
	if "github:" in package.read_text() and not github():
		where = registry_manifest(package.read_text(), lock.read_text())
		options = ["--modules-folder", modules]
	run(
		"installing Node packages",
		["yarn", "install", "--frozen-lockfile", "--non-interactive", *options],
		log="node",
		cwd=where,
		env=environment(),
		advice="Check that the npm registry can be reached.",
	)
	if options:
		write_seconds(modules / "air-datepicker" / "dist" / "js" / "datepicker.min.js")
	mark("node", state)


def write_seconds(script: Path) -> None:
	"""The date picker from npm knows no seconds and would leave "17:00:ss" in each field of date and time;
	Frappe's fork writes them."""
	minutes = re.compile(r'case/ii/\.test\((\w)\):\1=(\w)\(\1,(\w)\("ii"\),\w+\.fullMinutes\);')
	seconds = r'case/ss/.test(\1):\1=\2(\1,\3("ss"),"00");\g<0>'
	script.write_text(minutes.sub(seconds, script.read_text(), count=1))


def registry_manifest(package: str, lock: str) -> Path:
	"""Frappe's package.json and yarn.lock with air-datepicker from npm, beside the untouched clone."""
	folder = settings.STATE / "node-without-github"
	folder.mkdir(parents=True, exist_ok=True)
	package = package.replace('"air-datepicker": "github:frappe/air-datepicker"', '"air-datepicker": "2.2.3"')
	lock, changed = re.subn(
		r'"air-datepicker@github:frappe/air-datepicker":\n  version "2\.2\.3"\n  resolved "[^"]+"\n',
		AIR_DATEPICKER_LOCK,
		lock,
	)
	if not changed or "github:" in package:
		raise Problem(
			"this Frappe declares Node packages from GitHub that npm is not known to carry",
			"Run this once with GitHub in reach.",
		)
	(folder / "package.json").write_text(package)
	(folder / "yarn.lock").write_text(lock)
	return folder


def link_checkout() -> None:
	"""The app in this bench is the checkout that runs this command, whatever it was before."""
	link, root = settings.CHECKOUT_LINK, settings.ROOT
	if link.is_symlink():
		if link.resolve() != root:
			say(f"  the bench now uses the app in {root}")
			link.unlink()
			link.symlink_to(root)
	elif link.exists():
		if link.resolve() != root:
			raise Problem(
				f"{link} is a folder of its own, not this checkout",
				"Run the command from there, or move that folder away, or set PAR_BENCH to another folder.",
			)
	else:
		link.symlink_to(root)
	state = digest([(root / "pyproject.toml").read_bytes(), str(root)])
	script = settings.ENV / "bin" / "par-campaign"
	if fresh("app", state) and script.exists() and imported_from() == root / settings.APP:
		return
	run(
		"installing the app into the bench",
		[*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--force-reinstall", "-e", root],
		log="python",
		env=environment(),
	)
	if (found := imported_from()) != root / settings.APP:
		raise Problem(
			f"the bench imports {settings.APP} from {found}, not from {root}",
			f"Remove {settings.ENV} and run this again.",
		)
	mark("app", state)


def imported_from() -> Path | None:
	code = f"import importlib.util as u; s = u.find_spec('{settings.APP}'); print(s.origin if s and s.origin else '')"
	found = output(
		[settings.PYTHON, "-c", f"import sys; sys.path[:] = [p for p in sys.path if p]; {code}"],
		env=environment(),
	)
	return Path(found).resolve().parent if found else None


def build_assets(of_app: bool) -> None:
	"""Frappe's bundles once, the app's whenever its public folder changed."""
	assets = settings.SITES / "assets"
	for app in ("frappe", settings.APP):
		public, link = settings.APPS / app / app / "public", assets / app
		if not public.is_dir() or (link.exists() and link.resolve() == public.resolve()):
			continue
		if link.is_symlink():
			link.unlink()
		if not link.exists():
			link.symlink_to(public.resolve())
	if not built("frappe"):
		frappe_build("building Frappe's assets", "frappe")
		verify_datepicker()
	if not of_app:
		return
	public = settings.ROOT / settings.APP / "public"
	state = digest([digest_tree(public, skip=("dist",)), str(settings.ROOT)])
	if not (fresh("assets", state) and built(settings.APP)):
		frappe_build("building the app's assets", settings.APP)
		mark("assets", state)


def built(app: str) -> bool:
	"""Whether every bundle of an app is listed and the file listed is there.

	Entries of bundles that were renamed stay in the list for good, so the sources decide.
	"""
	try:
		listed = json.loads((settings.SITES / "assets" / "assets.json").read_text())
	except (OSError, ValueError):
		return False
	public = settings.APPS / app / app / "public"
	for source in public.rglob("*.bundle.*"):
		if "dist" in source.parts or "node_modules" in source.parts:
			continue
		name = source.stem + (".css" if source.suffix in STYLES else source.suffix)
		if name not in listed or not (settings.SITES / listed[name].lstrip("/")).exists():
			return False
	return True


def frappe_build(title: str, app: str) -> None:
	run(
		title,
		[settings.PYTHON, "-m", "frappe.utils.bench_helper", "frappe", "build", "--app", app, "--production"],
		log="assets",
		cwd=settings.SITES,
		env=environment(),
		advice="A bundle that does not compile stops the build; the error names its file.",
		shown=70,
	)


def verify_datepicker() -> None:
	"""Date fields are dead without it, and a build would not notice: look for its code in the bundle."""
	folder = settings.SITES / "assets" / "frappe" / "dist" / "js"
	for bundle in folder.glob("controls.bundle.*.js"):
		if "datepicker--cell" in bundle.read_text(errors="replace"):
			return
	raise Problem(
		"Frappe's desk was built without its date picker",
		f"Remove {settings.FRAPPE}/node_modules and run this again.",
	)


def frappe(*words: str, site: str | None = None) -> list:
	"""Frappe's own command line, as bench calls it; to be run in the sites folder."""
	chosen = ["--site", site] if site else []
	return [settings.PYTHON, "-m", "frappe.utils.bench_helper", "frappe", *chosen, *words]
