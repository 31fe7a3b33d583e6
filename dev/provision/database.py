"""MariaDB: starts the local server if it is down, makes and drops the databases of our own sites.

Databases and users are made through the local socket, as root may without a password, so no
administrator's credential is read, set or stored. Another server is used only when the user names
it with PAR_DB_HOST, PAR_DB_PORT, PAR_DB_ROOT_USER and PAR_DB_ROOT_PASSWORD.
"""

import os
import re
import secrets
import subprocess
import time

from . import system
from .ui import Problem, output, say

ADVICE = (
	"If the local root log-in by socket is not available, name an account that may create databases: "
	"PAR_DB_ROOT_USER, PAR_DB_ROOT_PASSWORD and, for another server, PAR_DB_HOST, PAR_DB_PORT."
)


def client() -> str:
	return system.which("mariadb", "mysql") or "mariadb"


def by_password() -> bool:
	return bool(os.environ.get("PAR_DB_HOST") or os.environ.get("PAR_DB_ROOT_USER"))


def admin(sql: str) -> list[list[str]]:
	"""Runs statements as the server's administrator; the statements go by stdin, never by arguments."""
	env = dict(os.environ)
	if by_password():
		command = [client(), "--user", os.environ.get("PAR_DB_ROOT_USER") or "root"]
		if host := os.environ.get("PAR_DB_HOST"):
			command += ["--protocol=tcp", "--host", host, "--port", os.environ.get("PAR_DB_PORT") or "3306"]
		env["MYSQL_PWD"] = os.environ.get("PAR_DB_ROOT_PASSWORD", "")
	else:
		prefix = system.privileged()
		if prefix is None:
			raise Problem("the database needs root or sudo for its local log-in", ADVICE)
		command = [*prefix, client(), "--protocol=socket", "--user=root"]
	done = subprocess.run(
		[*command, "--batch", "--skip-column-names"], input=sql, env=env, capture_output=True, text=True
	)
	if done.returncode:
		raise Problem(f"MariaDB refused: {done.stderr.strip()}", ADVICE)
	return [line.split("\t") for line in done.stdout.splitlines()]


def answers() -> bool:
	"""Whether a server listens. `mariadb-admin ping` succeeds even where it may not log in."""
	ping = [system.which("mariadb-admin", "mysqladmin") or "mariadb-admin", "ping", "--connect-timeout=5"]
	if host := os.environ.get("PAR_DB_HOST"):
		ping += ["--protocol=tcp", "--host", host, "--port", os.environ.get("PAR_DB_PORT") or "3306"]
	return output(ping) is not None


def start() -> None:
	if not answers():
		if os.environ.get("PAR_DB_HOST"):
			raise Problem(f"no database server answers at {os.environ['PAR_DB_HOST']}", ADVICE)
		say("  starting MariaDB …")
		system.start_service("mariadb")
		for _ in range(60):
			if answers():
				break
			time.sleep(0.5)
		else:
			raise Problem(
				"MariaDB did not start",
				"Try `service mariadb start` and look into /var/log/mysql or `journalctl -u mariadb`.",
			)
	version = admin("select version()")[0][0]
	if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < (10, 6):
		raise Problem(f"MariaDB {version} is too old", "Frappe 15 needs MariaDB 10.6 or newer.")


def create() -> dict:
	"""A new database with a user of its own, and the part of site_config.json that opens it."""
	# A random name: it can't collide with anybody's site, so nothing existing is ever overwritten.
	name, password = f"par_{secrets.token_hex(6)}", secrets.token_urlsafe(18)
	local = not os.environ.get("PAR_DB_HOST")
	login = f"'{name}'@'{'localhost' if local else '%'}'"
	admin(
		f"create database `{name}` character set utf8mb4 collate utf8mb4_unicode_ci;\n"
		f"create user {login} identified by '{password}';\n"
		f"grant all privileges on `{name}`.* to {login};\n"
	)
	where = {"db_name": name, "db_password": password, "db_type": "mariadb"}
	if local:
		where["db_socket"] = admin("select @@socket")[0][0]
	else:
		where["db_host"] = os.environ["PAR_DB_HOST"]
		where["db_port"] = int(os.environ.get("PAR_DB_PORT") or 3306)
	return where


def drop(name: str) -> None:
	"""Drops a database that `create` made, and refuses any other."""
	if not re.fullmatch(r"par_[0-9a-f]{12}", name):
		raise Problem(f"database {name} was not made by this tool", "Drop that site with bench.")
	admin(
		f"drop database if exists `{name}`;\n"
		f"drop user if exists '{name}'@'localhost';\ndrop user if exists '{name}'@'%';\n"
	)
