"""Seconds and memory of a step of a benchmark, each in a process of its own so that its peak is its own."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

# Gets everything ready, and gives what is to be measured; that may return a function which looks at what was made.
Step = Callable[[argparse.Namespace, Path], Callable[[], object]]


def _measure(step: Step, arguments: argparse.Namespace, path: Path, answers: multiprocessing.Queue) -> None:
	run = step(arguments, path)
	before = _peak()
	started = time.perf_counter()
	made = run()
	took, peak = time.perf_counter() - started, _peak()
	told = made() if callable(made) else made
	# a whole result would fill the pipe, and the child wait for a reader that waits for the child
	told = told if isinstance(told, str) else ""
	answers.put({"seconds": round(took, 2), "mib_more": peak - before, "mib": peak, "told": told})


def _peak() -> int:
	return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(name: str, step: Step, arguments: argparse.Namespace, path: Path) -> dict:
	"""Seconds of a step, its process's peak memory and by how much the step raised it (MiB), and what it told."""
	context = multiprocessing.get_context("spawn")
	answers = context.Queue()
	process = context.Process(target=_measure, args=(step, arguments, path, answers))
	process.start()
	process.join()
	if process.exitcode:
		raise SystemExit(f"step {name} failed")
	return {"step": name, **answers.get()}
