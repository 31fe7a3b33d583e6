"""The parts without Frappe: a small environment of their own, and the sample campaign by command line."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from . import settings, system
from .stamps import digest
from .ui import Problem, run, say, warn

SAMPLE = settings.ROOT / "dev" / "sample" / "results.xlsx"
PUBLISHED = settings.ROOT / settings.APP / "demo" / "published_2020.csv"


def ensure() -> Path:
	"""A Python with `pip install .[test]` of this checkout, kept in the user's cache."""
	try:
		system.need(system.PRINTING, system.TESTING)
	except Problem as problem:
		warn(f"{problem} {problem.advice}")
	cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "par-campaign"
	venv = cache / f"venv-{digest([str(settings.ROOT)])[:12]}"
	python, stamp = venv / "bin" / "python", venv / "pyproject.digest"
	state = digest([(settings.ROOT / "pyproject.toml").read_bytes()])
	if python.exists() and stamp.exists() and stamp.read_text() == state:
		return python
	venv.parent.mkdir(parents=True, exist_ok=True)
	run(
		"making a Python environment without Frappe",
		[sys.executable, "-m", "venv", "--clear", venv],
		log="pure",
	)
	run(
		"installing the app with its test tools",
		[
			python,
			"-m",
			"pip",
			"--disable-pip-version-check",
			"install",
			"--quiet",
			"-e",
			f"{settings.ROOT}[test]",
		],
		log="pure",
		advice="Check that PyPI can be reached.",
	)
	stamp.write_text(state)
	return python


def show_sample(python: Path) -> None:
	"""Ranks the sample campaign, recounts it and prints its award dossier."""
	tool = python.with_name("par-campaign")
	out = settings.ROOT / "out" / "demo"
	out.mkdir(parents=True, exist_ok=True)
	for title, wanted, words in [
		("The ranking", PUBLISHED, ["rank", ranking_table(out / "ranking.csv")]),
		("The recount", SAMPLE, ["recount", SAMPLE]),
		(f"The award dossier, as PDF in {out}", SAMPLE, ["print", SAMPLE, "--out", out]),
	]:
		say(f"\n{title}:")
		if not wanted.exists():
			warn(f"the sample {wanted.relative_to(settings.ROOT)} is missing")
			continue
		if code := subprocess.call([str(word) for word in [tool, *words]], cwd=settings.ROOT):
			raise Problem(f"par-campaign {words[0]} ended with {code}")


def ranking_table(path: Path) -> Path:
	"""The published totals of the sample in the columns that `par-campaign rank` takes."""
	if PUBLISHED.exists():
		with (
			PUBLISHED.open(encoding="utf-8", newline="") as source,
			path.open("w", encoding="utf-8", newline="") as target,
		):
			writer = csv.writer(target)
			writer.writerow(["unit", "group", "earned"])
			writer.writerows([row["unit"], row["group"], row["score"]] for row in csv.DictReader(source))
	return path
