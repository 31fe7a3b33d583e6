"""The bench's own Redis servers, on ports of their own, without persistence."""

import json
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from urllib.parse import urlparse

from . import settings, system
from .ui import Problem, say

# role -> (first port to try, as bench numbers them; extra configuration)
ROLES = {
	"redis_cache": (13000, ["maxmemory 256mb", "maxmemory-policy allkeys-lru"]),
	"redis_queue": (11000, []),
}


def free_port(first: int) -> int:
	"""The first port from `first` on that nobody listens on."""
	for port in range(first, min(first + 2000, 65535)):
		with socket.socket() as probe:
			probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				probe.bind(("127.0.0.1", port))
			except OSError:
				continue
			return port
	raise Problem(f"no free port from {first} on")


def ask(port: int, *words: str) -> str | None:
	"""One Redis command by plain socket; the raw reply, or None when no Redis answers."""
	request = f"*{len(words)}\r\n" + "".join(f"${len(w)}\r\n{w}\r\n" for w in words)
	try:
		with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
			link.sendall(request.encode())
			return link.recv(4096).decode(errors="replace")
	except OSError:
		return None


def is_ours(port: int) -> bool:
	"""Whether the Redis on this port is this bench's: it works in this bench's config folder."""
	return str(settings.CONFIG) in (ask(port, "CONFIG", "GET", "dir") or "")


def write_config(role: str, port: int, extra: list[str]) -> str:
	path = settings.CONFIG / f"{role}.conf"
	if path.exists() and f"port {port}\n" in path.read_text():
		return str(path)
	lines = [
		"bind 127.0.0.1",
		f"port {port}",
		f"dir {settings.CONFIG}",
		f"pidfile {settings.CONFIG}/pids/{role}.pid",
		f"logfile {settings.LOGS}/{role}.log",
		f"dbfilename {role}.rdb",
		'save ""',
		"appendonly no",
		*extra,
	]
	path.write_text("\n".join(lines) + "\n")
	return str(path)


def start(role: str, port: int, extra: list[str]) -> None:
	process = _spawn(write_config(role, port, extra), "--daemonize", "no")
	if not _answers(process, port):
		raise Problem(f"{role} did not start on port {port}", f"See the logs in {settings.LOGS}.")


def _spawn(*words: str) -> subprocess.Popen:
	return subprocess.Popen(
		[binary(), *words],
		stdin=subprocess.DEVNULL,
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
		start_new_session=True,
		cwd=settings.CONFIG,
	)


def binary() -> str:
	return system.which("redis-server") or "redis-server"


def _answers(process: subprocess.Popen, port: int) -> bool:
	"""Whether it is this process that answers on this port, once one does."""
	for _ in range(100):
		if told := ask(port, "INFO", "server"):
			return f"process_id:{process.pid}\r\n" in told
		if process.poll() is not None:
			return False
		time.sleep(0.1)
	return False


def ensure() -> None:
	"""Both servers up. Ports are chosen at the first set-up and kept in common_site_config.json."""
	path = settings.SITES / "common_site_config.json"
	config = json.loads(path.read_text()) if path.exists() else {}
	before = dict(config)
	for role, (first, extra) in ROLES.items():
		port = urlparse(config.get(role, "")).port
		if port and ask(port, "PING"):
			if is_ours(port) or not (settings.CONFIG / f"{role}.conf").exists():
				continue
			port = None  # somebody else has taken our port meanwhile
		if not port or free_port(port) != port:
			port = free_port(first)
		config[role] = f"redis://127.0.0.1:{port}"
		say(f"  starting {role} on port {port} …")
		start(role, port, extra)
	config.setdefault("redis_socketio", config["redis_queue"])
	if config != before:
		temporary = path.with_suffix(f".{os.getpid()}")
		temporary.write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")
		temporary.replace(path)


@contextmanager
def temporary():
	"""A queue of its own for one test run, so that no job of it meets the worker of a running demo."""
	process, port = _on_a_free_port()
	try:
		yield f"redis://127.0.0.1:{port}"
	finally:
		process.terminate()
		process.wait()


def _on_a_free_port() -> tuple[subprocess.Popen, int]:
	"""Redis on a port that was free; another run may take that port first, and then the next one is tried."""
	for _ in range(20):
		port = free_port(23000)
		process = _spawn("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
		if _answers(process, port):
			return process, port
		process.kill()
		process.wait()
	raise Problem("the test's redis did not start", f"See the ports from 23000 on, and {settings.LOGS}.")


def stop() -> None:
	path = settings.SITES / "common_site_config.json"
	config = json.loads(path.read_text()) if path.exists() else {}
	for role in ROLES:
		port = urlparse(config.get(role, "")).port
		if port and is_ours(port):
			ask(port, "SHUTDOWN", "NOSAVE")
