"""Progress lines, quiet runs with a log, and one kind of error that says what to do."""

import os
import re
import shlex
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import settings


class Problem(Exception):
	"""Something failed: in one line, what to do about it, and perhaps the end of a log."""

	def __init__(self, what: str, advice: str = "", detail: str = ""):
		super().__init__(what)
		self.advice, self.detail = advice, detail

	def report(self) -> str:
		lines = [str(self), self.detail, f"What to do: {self.advice}" if self.advice else ""]
		return "\n".join(line for line in lines if line)


class NoFrappe(Problem):
	"""A Frappe site cannot be had here at all, so only the parts without Frappe can run."""


_lock = threading.Lock()


def say(text: str = "") -> None:
	with _lock:
		print(text, flush=True)


def warn(text: str) -> None:
	with _lock:
		print(f"! {text}", file=sys.stderr, flush=True)


def tail(path: Path, start: int = 0, lines: int = 25) -> str:
	"""The last lines that a log got since it was `start` bytes long, progress bars left out."""
	try:
		text = path.read_bytes()[start:].decode(errors="replace")
	except OSError:
		return ""
	kept = [line for line in text.splitlines() if not re.search(r"\] +\d+%$", line)]
	return "\n".join(kept[-lines:])


def reason_in(log: str) -> str:
	"""The line that tells most: a compiler's first error, else the last line."""
	lines = [line.strip() for line in log.splitlines() if line.strip()]
	return next((line for line in lines if " ERROR: " in line), lines[-1] if lines else "no output")


def run(
	title: str,
	command: list,
	*,
	log: str,
	cwd=None,
	env=None,
	advice: str = "",
	stdin: str = "",
	shown: int = 25,
) -> None:
	"""Runs a long command with its output in a log file; on failure shows the end of that file."""
	settings.LOGS.mkdir(parents=True, exist_ok=True)
	path = settings.LOGS / f"par-{log}.log"
	say(f"  {title} …")
	started = time.monotonic()
	before = path.stat().st_size if path.exists() else 0
	with path.open("a") as out:
		out.write(f"\n$ {shlex.join(str(c) for c in command)}\n")
		out.flush()
		done = subprocess.run(
			[str(c) for c in command],
			cwd=cwd,
			env=env,
			input=stdin,
			text=True,
			stdout=out,
			stderr=subprocess.STDOUT,
		)
	if done.returncode:
		end = tail(path, before, shown)
		reason = reason_in(end)
		raise Problem(f"{title}: failed ({reason})", advice, f"The end of {path}:\n\n{end}\n")
	if (took := time.monotonic() - started) >= 1:
		say(f"  {title}: done in {took:.0f} s")


def output(command: list, *, env=None, timeout: float | None = 60, stdin: str = "") -> str | None:
	"""What a short command prints, or None when it is missing, fails or hangs."""
	try:
		done = subprocess.run(
			[str(c) for c in command], env=env, input=stdin, capture_output=True, text=True, timeout=timeout
		)
	except (OSError, subprocess.TimeoutExpired):
		return None
	return done.stdout.strip() if done.returncode == 0 else None


def with_path(*first: Path) -> dict[str, str]:
	"""This environment with folders put before PATH, and those of system commands after it."""
	known = os.environ.get("PATH", os.defpath)
	return {
		**os.environ,
		"PATH": os.pathsep.join([*(str(path) for path in first), known, "/usr/sbin", "/sbin"]),
	}
