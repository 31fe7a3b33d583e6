"""A short run of the fuzzer (`dev/fuzz_workbooks.py`), and proof that it can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "dev"


@pytest.fixture(scope="module")
def fuzzer():
	if not (DEV / "fuzz_workbooks.py").exists():
		pytest.skip("dev/ is not part of this checkout")
	sys.path.insert(0, str(DEV))
	try:
		import fuzz_workbooks
	finally:
		sys.path.remove(str(DEV))
	return fuzz_workbooks


@pytest.mark.parametrize("count", [60, pytest.param(2500, marks=pytest.mark.slow)])
def test_damaged_workbooks_are_read_or_refused(fuzzer, count):
	outcomes = fuzzer.run(seed=1, count=count)
	assert outcomes["FAILED"] == 0
	assert min(outcomes["read"], outcomes["refused"]) > count / 7  # damage of both kinds was met


def test_every_reader_takes_the_corpus(fuzzer):
	outcomes = fuzzer.run_corpus()
	assert outcomes["FAILED"] == 0
	assert outcomes["read"] and outcomes["refused"]


def test_honest_workbooks_are_read(fuzzer):
	for kind, content in fuzzer.honest().items():
		fuzzer.READERS[kind](fuzzer.io.BytesIO(content))


def test_a_crash_a_silent_change_and_a_hang_count_as_failures(fuzzer, monkeypatch, capsys):
	def crash(source):
		raise KeyError("x")

	for kind in fuzzer.READERS:
		monkeypatch.setitem(fuzzer.READERS, kind, crash)
	assert fuzzer.run(seed=1, count=5)["FAILED"] == 5
	for kind in fuzzer.READERS:
		monkeypatch.setitem(fuzzer.READERS, kind, lambda source: None)
	monkeypatch.setattr(fuzzer, "SECONDS", -1.0)
	assert fuzzer.run(seed=1, count=5)["FAILED"] == 5
	assert "took" in capsys.readouterr().err


def test_the_same_seed_makes_the_same_file(fuzzer):
	workbooks = fuzzer.honest()
	assert fuzzer.run_case(7, workbooks)[1:] == fuzzer.run_case(7, workbooks)[1:]
