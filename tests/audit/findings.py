"""Findings of a tool against the reasons that dev/audit/accepted.toml gives for some of them."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

try:
	import tomllib
except ModuleNotFoundError:  # Python 3.10
	import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = ROOT / "dev" / "audit" / "accepted.toml"
APP = "par_campaign/"
LIMIT = 300  # seconds for one tool


@dataclass(frozen=True)
class Finding:
	tool: str
	rule: str
	path: str
	line: int
	code: str
	message: str = ""

	def __str__(self) -> str:
		return f"{self.path}:{self.line}: {self.rule}: {self.code.strip()}\n    {self.message}"


@dataclass(frozen=True)
class Reason:
	tool: str
	rule: str
	path: str
	reason: str
	code: str = ""

	def covers(self, finding: Finding) -> bool:
		"""Whether this is the finding meant: the file, and where it is said the text of the line."""
		same = (self.tool, self.rule) == (finding.tool, finding.rule)
		return same and fnmatch(finding.path, self.path) and self.code in finding.code


def reasons(tool: str | None = None) -> list[Reason]:
	listed = [Reason(**entry) for entry in tomllib.loads(ACCEPTED.read_text())["accepted"]]
	return [reason for reason in listed if tool in (None, reason.tool)]


def unaccounted(findings: Iterable[Finding], accepted: list[Reason]) -> list[str]:
	"""What a test complains of: findings without a reason, and reasons for what is found no more."""
	findings = list(findings)
	new = [str(f) for f in findings if not any(reason.covers(f) for reason in accepted)]
	stale = [
		f"found no more, so take it out of the list: {reason}"
		for reason in accepted
		if not any(reason.covers(f) for f in findings)
	]
	return new + stale


def tool(name: str) -> str:
	"""The command of a tool; `./test audit` installs them."""
	folder = os.environ.get("PAR_AUDIT_TOOLS")
	found = shutil.which(name, path=folder) if folder else shutil.which(name)
	if not found:
		pytest.skip(f"{name} is not installed here: use ./test audit")
	return found


def run(name: str, *words: object) -> subprocess.CompletedProcess:
	# its own environment's folder first: semgrep starts its engine by name
	folder = os.environ.get("PAR_AUDIT_TOOLS", "")
	env = {**os.environ, "PATH": os.pathsep.join([folder, os.environ["PATH"]]).strip(os.pathsep)}
	command = [tool(name), *(str(word) for word in words)]
	return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=LIMIT)


def line_of(path: str, number: int) -> str:
	return (ROOT / path).read_text(encoding="utf-8").splitlines()[number - 1]
