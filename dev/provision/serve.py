"""Serves a site: Frappe under gunicorn, live updates (socket.io), background worker, scheduler.

`front.js` joins gunicorn and socket.io on one port, as nginx does where bench runs in production.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import bench, redis, settings
from .ui import Problem, tail, warn

HERE = Path(__file__).resolve().parent


class Server:
	"""The processes of one served site; each leads its own session, so that none outlives `stop`."""

	def __init__(self, site: str, port: int, *, name: str, scheduler: bool = False, queue: str = ""):
		self.site, self.port, self.name = site, port, name
		self.scheduler, self.queue = scheduler, queue
		self.processes: dict[str, subprocess.Popen] = {}
		self.folder: Path | None = None

	@property
	def url(self) -> str:
		return f"http://localhost:{self.port}"

	def start(self) -> None:
		try:
			self._start()
			self._wait()
		except BaseException:
			self.stop()
			raise

	def _start(self) -> None:
		web = redis.free_port(self.port + 1)
		# By port, the realtime server would listen on every address of this machine.
		self.folder = Path(tempfile.mkdtemp(prefix="par-"))
		live = self.folder / "socketio"
		env = bench.environment(FRAPPE_SITE=self.site, FRAPPE_BENCH_ROOT=str(settings.BENCH))
		if self.queue:
			env["FRAPPE_REDIS_QUEUE"] = self.queue
		gunicorn = [settings.PYTHON, "-m", "gunicorn", "--bind", f"127.0.0.1:{web}", "--workers", "2"]
		gunicorn += ["--worker-class", "gthread", "--threads", "4", "--timeout", "120", "--preload"]
		self._spawn(
			"web", [*gunicorn, "--pythonpath", settings.ROOT / "dev" / "inbench", "par_wsgi:application"], env
		)
		self._spawn(
			"socketio", ["node", settings.FRAPPE / "socketio.js"], {**env, "FRAPPE_SOCKETIO_UDS": str(live)}
		)
		self._spawn("front", ["node", HERE / "front.js", settings.BIND, self.port, web, live], env)
		self._spawn("worker", bench.frappe("worker", "--quiet"), env)
		if self.scheduler:
			self._spawn("schedule", bench.frappe("schedule"), env)

	def _spawn(self, role: str, command: list, env: dict) -> None:
		with self.log(role).open("w") as out:
			self.processes[role] = subprocess.Popen(
				[str(word) for word in command],
				cwd=settings.SITES,
				env=env,
				stdin=subprocess.DEVNULL,
				stdout=out,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)

	def log(self, role: str) -> Path:
		return settings.LOGS / f"par-{self.name}-{role}.log"

	def _wait(self) -> None:
		"""Until the log-in page comes; a page that fails is a failure, not a reason to wait on."""
		until = time.monotonic() + 90
		while time.monotonic() < until:
			self.check()
			try:
				with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login", timeout=30) as answer:
					if answer.status == 200:
						return
			except urllib.error.HTTPError as error:
				if error.code != 502:
					raise Problem(
						f"{self.site} answers with error {error.code}",
						f"See {self.log('web')}.",
						tail(self.log("web")),
					) from None
			except OSError:
				pass
			time.sleep(0.3)
		raise Problem(f"{self.site} did not answer on port {self.port}", f"See {self.log('web')}.")

	def check(self) -> None:
		for role, process in self.processes.items():
			if process.poll() is not None:
				raise Problem(
					f"{role} of {self.site} ended (exit {process.returncode})",
					f"See {self.log(role)}.",
					tail(self.log(role)),
				)

	def stop(self) -> None:
		for process in reversed(list(self.processes.values())):
			end(process.pid)
		for process in self.processes.values():
			try:
				process.wait(timeout=10)
			except subprocess.TimeoutExpired:
				end(process.pid, signal.SIGKILL)
		self.processes.clear()
		if self.folder:
			shutil.rmtree(self.folder, ignore_errors=True)

	def remember(self) -> None:
		"""Writes down what runs, with the start times that tell our processes from later ones."""
		state = [[process.pid, started(process.pid)] for process in self.processes.values()]
		path(self.name).write_text(
			json.dumps({"url": self.url, "site": self.site, "processes": state, "folder": str(self.folder)})
		)


def path(name: str) -> Path:
	return settings.STATE / f"{name}.running.json"


def started(pid: int) -> str:
	"""When a process began, in the kernel's ticks; empty if there is none. A pid alone may be reused."""
	try:
		return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
	except (OSError, IndexError):
		return ""


def stop_remembered(name: str) -> bool:
	try:
		state = json.loads(path(name).read_text())
	except (OSError, ValueError):
		return False
	ours = [pid for pid, begun in state["processes"] if begun and started(pid) == begun]
	for sign in (signal.SIGTERM, signal.SIGKILL):
		for pid in ours:
			end(pid, sign)
		for _ in range(50):
			ours = [pid for pid in ours if started(pid)]
			if not ours:
				break
			time.sleep(0.2)
	shutil.rmtree(state["folder"], ignore_errors=True)
	path(name).unlink(missing_ok=True)
	return True


def end(pid: int, sign: int = signal.SIGTERM) -> None:
	try:
		os.killpg(pid, sign)
	except ProcessLookupError:
		pass
	except PermissionError:
		warn(f"process {pid} is not ours to stop")


def pick_port() -> int:
	"""PAR_PORT if set, which must be free; else the first free one from 8000 on."""
	if wanted := os.environ.get("PAR_PORT"):
		if not wanted.isdigit() or redis.free_port(int(wanted)) != int(wanted):
			raise Problem(f"port {wanted} is in use or is no port", "Choose another in PAR_PORT.")
		return int(wanted)
	return redis.free_port(8000)
