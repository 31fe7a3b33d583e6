"""The commands behind `./demo`, `./test` and `dev/par`."""

import argparse
import os
import subprocess
import sys
import time

from . import bench, database, redis, serve, settings, sites, system
from .stamps import locked
from .ui import NoFrappe, Problem, say


def prepare(*extra_packages: list) -> None:
	"""The bench, its servers and the app in it; seconds when all is there."""
	os.environ.setdefault("PATH", os.defpath)
	system.need(system.BASE, system.PRINTING, *extra_packages)
	with locked("bench"):
		database.start()
		bench.ensure()


def cmd_bench(options) -> int:
	prepare()
	say(f"The bench in {settings.BENCH} is ready.")
	return 0


def cmd_site(options) -> int:
	prepare()
	with locked(options.name):
		sites.ensure(options.name, options.purpose)
	say(f"{options.name} is ready (Administrator / {sites.config(options.name).get('admin_password')}).")
	return 0


def cmd_drop(options) -> int:
	database.start()
	redis.ensure()
	with locked(options.name):
		sites.drop(options.name)
	return 0


def cmd_serve(options) -> int:
	"""In the foreground until Ctrl-C; what a developer looks at while working."""
	prepare()
	server = serve.Server(
		options.name, options.port or serve.pick_port(), name=options.name, worker=True, scheduler=False, own_queue=False
	)
	server.start()
	say(f"{options.name}: {server.url} (Ctrl-C stops it)")
	try:
		while True:
			time.sleep(1)
			server.check()
	finally:
		server.stop()


def cmd_frappe(options) -> int:
	return subprocess.call(bench.frappe(*options.words), cwd=settings.SITES, env=bench.environment())


def cmd_python(options) -> int:
	return subprocess.call([settings.PYTHON, *options.words], cwd=settings.SITES, env=bench.environment())


def parser() -> argparse.ArgumentParser:
	top = argparse.ArgumentParser(prog="dev/par", description=__doc__)
	commands = top.add_subparsers(required=True, metavar="COMMAND")

	def add(name: str, work, text: str):
		sub = commands.add_parser(name, help=text, description=text)
		sub.set_defaults(work=work)
		return sub

	add("bench", cmd_bench, "set up the bench and start its database and Redis")
	one = add("site", cmd_site, "make a site, or bring it up to this checkout")
	one.add_argument("name")
	one.add_argument("--purpose", choices=["develop", "test", "demo"], default="develop")
	one = add("serve", cmd_serve, "serve a site until Ctrl-C")
	one.add_argument("name")
	one.add_argument("--port", type=int)
	one = add("drop", cmd_drop, "drop a site that this tool made")
	one.add_argument("name")
	one = add("frappe", cmd_frappe, "run Frappe's command line, as `bench` would: --site S migrate")
	one.set_defaults(words=[])
	one = add("python", cmd_python, "run the bench's Python in the sites folder")
	one.set_defaults(words=[])
	return top


def main(argv: list[str] | None = None) -> int:
	argv = sys.argv[1:] if argv is None else argv
	passed_on = argv[:1] in (["frappe"], ["python"])  # their options are not ours to read
	options = parser().parse_args(argv[:1] if passed_on else argv)
	if passed_on:
		options.words = argv[1:]
	try:
		return options.work(options)
	except Problem as problem:
		kind = "No Frappe here" if isinstance(problem, NoFrappe) else "Failed"
		print(f"\n{kind}: {problem}", file=sys.stderr)
		if problem.advice:
			print(f"What to do: {problem.advice}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("\nStopped.", file=sys.stderr)
		return 130
