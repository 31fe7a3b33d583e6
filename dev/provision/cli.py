"""The commands behind `./demo`, `./test` and `dev/par`."""

import argparse
import signal
import subprocess
import sys
import time

from . import bench, database, demo, redis, serve, settings, sites, testing
from .stamps import locked
from .ui import Problem, say


def cmd_demo(options) -> int:
	return demo.stop() if options.stop else demo.run(detach=options.detach)


def cmd_test(options) -> int:
	return testing.run(options.parts)


def cmd_bench(options) -> int:
	bench.prepare()
	say(f"The bench in {settings.BENCH} is ready.")
	return 0


def cmd_site(options) -> int:
	bench.prepare(assets=False)
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
	bench.prepare()
	server = serve.Server(options.name, options.port or serve.pick_port(), name=options.name)
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


def cmd_pytest(options) -> int:
	return testing.pytest_by_hand(options.words)


def cmd_stop(options) -> int:
	demo.stop()
	redis.stop()
	say("The bench's Redis servers are stopped. MariaDB belongs to this machine and stays up.")
	return 0


def cmd_python(options) -> int:
	return subprocess.call([settings.PYTHON, *options.words], cwd=settings.SITES, env=bench.environment())


def interrupted(number, frame):
	raise KeyboardInterrupt


def parser() -> argparse.ArgumentParser:
	top = argparse.ArgumentParser(prog="dev/par", description=__doc__)
	commands = top.add_subparsers(required=True, metavar="COMMAND")

	def add(name: str, work, text: str):
		sub = commands.add_parser(name, help=text, description=text)
		sub.set_defaults(work=work)
		return sub

	one = add("demo", cmd_demo, "set up everything, load the sample campaign and serve the desk")
	one.add_argument("--detach", action="store_true", help="leave the servers running in the background")
	one.add_argument("--stop", action="store_true", help="stop the servers that --detach left running")
	one = add("test", cmd_test, "set up what is missing and run the tests")
	one.add_argument(
		"parts", nargs="*", metavar="PART", help=f"of {', '.join(testing.known_parts())}; default all"
	)
	add("bench", cmd_bench, "set up the bench and start its database and Redis")
	one = add("site", cmd_site, "make a site, or bring it up to this checkout")
	one.add_argument("name")
	one.add_argument("--purpose", choices=["develop", "test", "demo"], default="develop")
	one = add("serve", cmd_serve, "serve a site until Ctrl-C")
	one.add_argument("name")
	one.add_argument("--port", type=int)
	one = add("drop", cmd_drop, "drop a site that this tool made")
	one.add_argument("name")
	one = add("pytest", cmd_pytest, "run pytest by hand, on the test site: tests/site -k name")
	one.set_defaults(words=[])
	add("stop", cmd_stop, "stop the demo and the bench's Redis")
	one = add("frappe", cmd_frappe, "run Frappe's command line, as `bench` would: --site S migrate")
	one.set_defaults(words=[])
	one = add("python", cmd_python, "run the bench's Python in the sites folder")
	one.set_defaults(words=[])
	return top


def main(argv: list[str] | None = None) -> int:
	argv = sys.argv[1:] if argv is None else argv
	passed_on = argv[:1] in (["frappe"], ["python"], ["pytest"])  # their options are not ours to read
	options = parser().parse_args(argv[:1] if passed_on else argv)
	if passed_on:
		options.words = argv[1:]
	signal.signal(signal.SIGTERM, interrupted)  # so that what we started is stopped then, too
	try:
		return options.work(options)
	except OSError as error:
		print(f"\nFailed: {error}", file=sys.stderr)
		return 1
	except Problem as problem:
		print(f"\nFailed: {problem.report()}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("\nStopped.", file=sys.stderr)
		return 130
