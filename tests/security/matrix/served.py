"""The site as it is served: gunicorn with Frappe's application, and people who are logged in to it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import requests
from site_browser import PASSWORD

INBENCH = Path(__file__).resolve().parents[3] / "dev" / "inbench"
WAIT = 60  # seconds until the application answers


class Visitor:
	"""Somebody at the desk: one session, kept open."""

	def __init__(self, url: str, user: str):
		self.url, self.user = url, user
		self.session = requests.Session()
		self.asked = 0
		if user != "Guest":
			answer = self.post("login", usr=user, pwd=PASSWORD)
			assert answer.status_code == 200, f"{user}: {answer.text}"

	def post(self, method: str, /, **data) -> requests.Response:
		return self._send("POST", f"/api/method/{method}", json=data)

	def get(self, path: str, /, **data) -> requests.Response:
		return self._send("GET", path, params=data)

	def upload(self, name: str, content: bytes, **data) -> requests.Response:
		return self._send("POST", "/api/method/upload_file", data=data, files={"file": (name, content)})

	def _send(self, how: str, path: str, **more) -> requests.Response:
		self.asked += 1
		return self.session.request(how, self.url + path, timeout=120, allow_redirects=False, **more)


@contextmanager
def serving(site: str):
	"""Address of the served site: PAR_URL where one is up already, else gunicorn of our own."""
	if url := os.environ.get("PAR_URL"):
		yield url.rstrip("/")
		return
	port = _free_port()
	command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
	command += ["--worker-class", "gthread", "--threads", "2", "--timeout", "120"]
	# a connection that waits is not to be closed while the next question is on its way
	command += ["--keep-alive", "120"]
	command += ["--pythonpath", str(INBENCH), "par_wsgi:application"]
	# the tests' own folder is the sites folder by now, where Frappe wants to be started
	process = subprocess.Popen(command, env={**os.environ, "FRAPPE_SITE": site})
	try:
		url = f"http://127.0.0.1:{port}"
		_wait(url, process)
		yield url
	finally:
		process.terminate()
		process.wait(timeout=30)


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen) -> None:
	until = time.monotonic() + WAIT
	while time.monotonic() < until:
		assert process.poll() is None, f"gunicorn ended with exit {process.returncode}"
		try:
			if requests.get(f"{url}/api/method/ping", timeout=WAIT).status_code == 200:
				return
		except requests.ConnectionError:
			time.sleep(0.2)
	raise AssertionError(f"{url} did not answer in {WAIT} s")
