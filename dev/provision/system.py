"""System packages, on Debian and Ubuntu by apt; elsewhere it says plainly what is needed."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .ui import Problem, output, run, say, warn, with_path


def which(*names: str) -> str | None:
	path = with_path()["PATH"]
	return next((found for name in names if (found := shutil.which(name, path=path))), None)


def has_library(soname: str) -> bool:
	try:
		ctypes.CDLL(soname)
	except OSError:
		return False
	return True


def has_writer() -> bool:
	"""Whether LibreOffice is installed with its word processor; its parts are packages of their own."""
	office = which("soffice", "libreoffice")
	return bool(office) and (Path(office).resolve().parent / "libswlo.so").exists()


def has_serif() -> bool:
	"""A serif with the metrics of Times New Roman and all Vietnamese letters, as the documents need."""
	fonts = output(["fc-list", ":lang=vi", "family"]) or ""
	return any(name in fonts for name in ("Times New Roman", "Liberation Serif", "Tinos"))


def has_venv() -> bool:
	return output([sys.executable, "-c", "import ensurepip, venv"]) is not None


def node_version() -> tuple[int, ...]:
	found = re.match(r"v(\d+)\.(\d+)", output(["node", "--version"]) or "")
	return tuple(int(part) for part in found.groups()) if found else (0,)


def chromium() -> str | None:
	return which("chromium", "chromium-browser", "google-chrome")


# What is needed, how to see whether it is there, and what Debian and Ubuntu call it.
BASE = [
	("git", lambda: which("git"), ["git"]),
	("Python's venv", has_venv, ["python3-venv"]),
	("MariaDB", lambda: which("mariadbd", "mysqld") or remote_database(), ["mariadb-server"]),
	("the MariaDB client", lambda: which("mariadb", "mysql"), ["mariadb-client"]),
	("Redis", lambda: which("redis-server"), ["redis-server"]),
	("Node.js 18 or newer", lambda: node_version() >= (18,), ["nodejs"]),
	("npm", lambda: which("npm"), ["npm"]),
]
PRINTING = [
	(
		"Pango (for PDF)",
		lambda: has_library("libpango-1.0.so.0") and has_library("libpangoft2-1.0.so.0"),
		["libpango-1.0-0", "libpangoft2-1.0-0"],
	),
	("fontconfig", lambda: which("fc-list"), ["fontconfig"]),
	("a font with Times New Roman's metrics", has_serif, ["fonts-liberation2|fonts-liberation"]),
]
TESTING = [
	("poppler (reads PDF in tests)", lambda: which("pdftoppm"), ["poppler-utils"]),
	("qpdf (checks PDF in tests)", lambda: which("qpdf"), ["qpdf"]),
]
OFFICE = [
	(
		"LibreOffice Calc (a user of the workbooks in tests)",
		lambda: which("soffice", "libreoffice"),
		["libreoffice-calc-nogui|libreoffice-calc"],
	),
	(
		"LibreOffice Writer (opens the Word files in tests)",
		has_writer,
		["libreoffice-writer-nogui|libreoffice-writer"],
	),
]
BROWSER = [
	(
		"Chromium",
		lambda: os.environ.get("PAR_CHROMIUM") or chromium(),
		["chromium"],
	),
]


def remote_database() -> bool:
	"""True when the user points to a database server of their own."""
	return bool(os.environ.get("PAR_DB_HOST"))


def privileged() -> list[str] | None:
	"""The words before a command that needs root: none for root, sudo for others, None if impossible."""
	if os.geteuid() == 0:
		return []
	if not which("sudo"):
		return None
	if output(["sudo", "-n", "true"]) is not None:
		return ["sudo", "-n"]
	return ["sudo"] if sys.stdin.isatty() else None


def need(*groups: list) -> None:
	"""Installs what is missing of these groups, or says what the user has to install."""
	missing = [item for group in groups for item in group if not item[1]()]
	if not missing:
		return
	names = ", ".join(name for name, _, _ in missing)
	packages = [package for _, _, list_ in missing for package in list_]
	by_hand = f"Install {names} (on Debian or Ubuntu: {' '.join(packages)}) and run this again."
	if not which("apt-get"):
		raise Problem(f"missing on this system: {names}", by_hand)
	prefix = privileged()
	if prefix is None:
		raise Problem(f"missing: {names}; installing them needs root or sudo", by_hand)

	say(f"Installing system packages: {names}")
	quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1", "apt-get"]
	run("apt-get update", [*quiet, "update"], log="apt", advice="Check this machine's package sources.")
	packages = [first_known(package) for package in packages]
	run(
		f"apt-get install {' '.join(packages)}",
		[*quiet, "install", "-y", "--no-install-recommends", *packages],
		log="apt",
		advice=by_hand,
	)
	if still := [name for name, there, _ in missing if not there()]:
		raise Problem(
			f"this system's packages do not provide: {', '.join(still)}",
			"Install a suitable version by hand and run this again.",
		)


def wish(*groups: list) -> None:
	"""Like `need`, for what the tests can do without: they skip what needs it and say so."""
	try:
		need(*groups)
	except Problem as problem:
		warn(f"{problem} {problem.advice} The tests that need it are skipped.")


def first_known(alternatives: str) -> str:
	"""`a|b`: the first that this system's apt knows, for names that differ between releases."""
	names = alternatives.split("|")
	return next(
		(
			n
			for n in names
			if "Candidate: (none)" not in (output(["apt-cache", "policy", n]) or "Candidate: (none)")
		),
		names[-1],
	)


def start_service(name: str) -> bool:
	"""Starts a service of the system by whatever this machine has (systemd or a plain init script)."""
	prefix = privileged()
	if prefix is None:
		warn(f"cannot start {name}: that needs root or sudo")
		return False
	service = which("service") or "service"
	done = subprocess.run(
		[*prefix, service, name, "start"], stdin=subprocess.DEVNULL, capture_output=True, text=True
	)
	if done.returncode:
		warn(f"service {name} start: {(done.stderr or done.stdout).strip()}")
	return done.returncode == 0


def find_python(lowest: tuple[int, int], below: tuple[int, int]) -> str:
	"""A Python of the range that this Frappe declares, for the bench's environment."""
	wanted = [os.environ.get("PAR_PYTHON")] if os.environ.get("PAR_PYTHON") else []
	if not wanted:
		wanted = [
			sys.executable,
			"python3.12",
			"python3.11",
			"python3.10",
			"python3.13",
			"python3.14",
			"python3",
		]
	for name in wanted:
		found = output([name, "-c", "import sys, ensurepip, venv; print('%d %d' % sys.version_info[:2])"])
		if found and lowest <= tuple(int(part) for part in found.split()) < below:
			return name
	spell = f">= {lowest[0]}.{lowest[1]} and < {below[0]}.{below[1]}"
	raise Problem(
		f"no Python {spell} with venv was found, as this Frappe needs",
		"Install one (a package of your system, or `uv python install 3.12`) and name it in PAR_PYTHON.",
	)
