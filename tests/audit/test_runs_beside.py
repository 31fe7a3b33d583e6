"""Test runs beside each other do not meet: each has a Redis of its own."""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dev"))
from provision import redis, settings

TIMES = 5


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server here")
def test_two_runs_that_begin_at_once_have_two_servers(tmp_path, monkeypatch):
	monkeypatch.setattr(settings, "CONFIG", tmp_path)
	both = Barrier(2, timeout=60)

	def port_of_one() -> str:
		both.wait()
		with redis.temporary() as url:
			both.wait()  # the other has its own by now, and still answers
			return url

	with ThreadPoolExecutor(2) as pool:
		for _ in range(TIMES):
			first, second = (run.result() for run in [pool.submit(port_of_one) for _ in range(2)])
			assert first != second
