"""Sends requests through the whole application, on the real site, and lets none of them last.

What a request would have committed is compared with what is stored, and then rolled back. So every request meets
the same site, and one that failed fails again when it is sent alone.
"""

import base64
import hashlib
import os
import re
import signal
import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import frappe
import frappe.app
from frappe.cache_manager import clear_user_cache
from frappe.database import get_db
from frappe.database.database import Database
from site_browser import Browser, away
from verdict import NOISE, unit_of
from walk import Request
from werkzeug.test import Client, EnvironBuilder

WRITE = re.compile(
	r"\s*(?:insert(?:\s+ignore)?\s+into|replace\s+into|update|delete\s+from)\s+`?([^`\s(]+(?: [^`(]+)?)`?",
	re.I,
)
SCHEMA = re.compile(r"\s*(?:alter|drop|create|truncate|rename|grant|load)\s", re.I)
LIMIT = 60  # seconds for one request; a server that works on one for longer is a server that stands still
CHANGEABLE = ("logs", "locks", "touched_tables.json", "indexes")  # of the site's folder, by Frappe itself


class TooLong(BaseException):
	"""No `except Exception` on the way may take it for its own."""


@dataclass
class Change:
	table: str
	key: tuple
	before: dict | None
	after: dict | None
	units: frozenset = frozenset()  # whose it was and is, found out while the request is under way

	@property
	def fields(self) -> set[str]:
		before, after = self.before or {}, self.after or {}
		return {name for name in {**before, **after} if before.get(name) != after.get(name)}

	def __str__(self) -> str:
		before, after = self.before or {}, self.after or {}
		told = {name: (str(before.get(name))[:80], str(after.get(name))[:80]) for name in sorted(self.fields)}
		return f"{self.table} {self.key}: {told}"


@dataclass
class Answer:
	status: int = 0
	headers: str = ""
	body: bytes = b""
	frames: list = field(default_factory=list)  # of the traceback, where something was raised
	error: str = ""
	changes: list[Change] = field(default_factory=list)
	schema: list[str] = field(default_factory=list)
	on_disk: list[str] = field(default_factory=list)


class Rig:
	def __init__(self, actors):
		self.site = frappe.local.site
		self.folder = Path(frappe.get_site_path()).resolve()
		self.actors = {actor.user: replace(actor, sid=_log_in(actor.user)) for actor in actors}
		self.keys = {actor.user: _keys(actor.user) for actor in actors if actor.user != "Guest"}
		frappe.db.commit()
		self.stored = _second_connection()
		self.tables: dict[str, dict] = {}
		self.disk = self._on_disk()
		self.bytes = {path: _sha256(path) for path in self.disk}
		self.client = Client(frappe.app.application, use_cookies=False)
		self.answer, self.dirty = Answer(), set()

	def close(self) -> None:
		self.stored.close()
		for path in set(self._on_disk()) - set(self.disk):
			path.unlink()

	# --- one request ---------------------------------------------------------------------------------

	def send(self, request: Request) -> Answer:
		self.answer, self.dirty = Answer(), set()
		try:
			with _time_limit():
				response = self.client.open(self._environ(request), buffered=True)
			self.answer.status, self.answer.body = response.status_code, response.get_data()
			self.answer.headers = str(response.headers)
		except TooLong:
			self._raised(f"no answer in {LIMIT} seconds")
		except Exception:
			self._raised("raised out of the application")
		self._compare_disk()
		return self.answer

	def _raised(self, what: str) -> None:
		self.answer.status = 599
		self.note_error()
		self.answer.error = f"{what}: {self.answer.error}"
		frappe.destroy()

	def _environ(self, request: Request):
		data = dict(request.form)
		if request.upload:
			data["file"] = (BytesIO(request.upload[0]), request.upload[1])
		sent = {"json": request.json} if request.json is not None else {"data": data} if data else {}
		return EnvironBuilder(
			path=request.path,
			method=request.method,
			query_string=request.query or None,
			headers={**self._host(), **_wish(request), **self._log_in_of(request)},
			**sent,
		).get_environ()

	def _host(self) -> dict:
		return {"Host": self.site, "X-Frappe-Site-Name": self.site}

	def _log_in_of(self, request: Request) -> dict:
		"""Each actor comes by cookie, by token and by Basic, as the number decides."""
		user = request.actor.user
		if user == "Guest":
			return {}
		key = self.keys[user]
		if request.number % 7 == 3:
			return {"Authorization": f"token {key}"}
		if request.number % 7 == 5:
			return {"Authorization": f"Basic {base64.b64encode(key.encode()).decode()}"}
		return {"Cookie": f"sid={self.actors[user].sid}"}

	# --- what stands in for Frappe's own while it is at work ---------------------------------------------

	@contextmanager
	def at_work(self):
		"""The application with nothing lasting. Statements, commits and errors pass through the rig."""
		rig, sql, handle, process = (
			self,
			Database.sql,
			frappe.app.handle_exception,
			frappe.app.process_response,
		)

		def watched_sql(db, query, *arguments, **options):
			rig.watch(db, str(query))
			return sql(db, query, *arguments, **options)

		def watched_error(error):
			rig.note_error()
			return handle(error)

		def roll_back(response):
			rig.finish()
			return process(response)

		with (
			patch.object(Database, "sql", watched_sql),
			patch.object(Database, "commit", lambda db: rig.judge(db)),
			patch.object(frappe.app, "handle_exception", watched_error),
			patch.object(frappe.app, "process_response", roll_back),
			away(),
		):
			yield self

	def watch(self, db, query: str) -> None:
		if db is self.stored:
			return
		if SCHEMA.match(query):
			self.answer.schema.append(query[:200])
			raise frappe.PermissionError("no request of the attack may change the schema")
		if (found := WRITE.match(query)) and found.group(1).strip() not in NOISE:
			self.dirty.add(found.group(1).strip())

	def judge(self, db) -> None:
		"""In place of a commit: what it would have made to last."""
		tables, self.dirty = self.dirty, set()
		for table in sorted(tables):
			before, after = self._stored(table), _rows(db, table)
			changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
			self.answer.changes += [_change(table, key, before.get(key), after.get(key)) for key in changed]

	def finish(self) -> None:
		if not getattr(frappe.local, "db", None):
			return
		wrote = bool(self.answer.changes or self.dirty)
		frappe.db.rollback()
		if wrote:
			frappe.cache.delete_keys("document_cache::")
			clear_user_cache()

	def note_error(self) -> None:
		kind, error, trace = sys.exc_info()
		self.answer.frames = [
			(frame.filename, frame.name, frame.lineno) for frame in traceback.extract_tb(trace)
		]
		self.answer.error = f"{kind.__name__}: {str(error)[:300]}"

	# --- what is stored ----------------------------------------------------------------------------------

	def _stored(self, table: str) -> dict:
		if table not in self.tables:
			self.tables[table] = _rows(self.stored, table)
		return self.tables[table]

	def _on_disk(self) -> dict[Path, tuple]:
		found = {}
		for folder, folders, files in os.walk(self.folder):
			folders[:] = [name for name in folders if name not in CHANGEABLE]
			for name in files:
				if name not in CHANGEABLE:
					path = Path(folder, name)
					state = path.stat()
					found[path] = (state.st_size, state.st_mtime_ns, state.st_ino)
		return found

	def _compare_disk(self) -> None:
		"""Files that were there are as they were; new ones lie among the files and nowhere else."""
		now = self._on_disk()
		touched = [path for path, state in self.disk.items() if now.get(path) != state]
		gone = [f"changed or gone: {path}" for path in touched if _sha256(path) != self.bytes[path]]
		strange = [f"new: {path}" for path in set(now) - set(self.disk) if "files" not in path.parts]
		self.answer.on_disk = gone + strange
		if touched:
			self.disk |= {path: state for path, state in now.items() if path in self.disk}


def _change(table: str, key: tuple, before: dict | None, after: dict | None) -> Change:
	units = frozenset(unit_of(table, row) for row in (before, after) if row)
	return Change(table, key, before, after, units)


def _sha256(path: Path) -> str:
	return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _rows(db, table: str) -> dict[tuple, dict]:
	rows = db.sql(f"select * from `{table}`", as_dict=True)
	return {_key(row): row for row in rows}


def _key(row: dict) -> tuple:
	if "name" in row and "fieldname" not in row:
		return (row["name"],)
	return tuple(str(row.get(name)) for name in ("doctype", "field", "name", "fieldname") if name in row)


def _second_connection():
	"""Sees what is committed, while a request's own connection sees what it has written."""
	conf = frappe.conf
	return get_db(
		socket=conf.db_socket,
		host=conf.db_host,
		port=conf.db_port,
		user=conf.db_name,
		password=conf.db_password,
		cur_db_name=conf.db_name,
	)


def _wish(request: Request) -> dict:
	"""Programs want JSON, browsers a page; what is refused is worded for either."""
	return {"Accept": "application/json"} if request.method != "GET" and request.number % 5 else {}


def _log_in(user: str) -> str:
	return "" if user == "Guest" else Browser(user).client.get_cookie("sid", domain=frappe.local.site).value


def _keys(user: str) -> str:
	"""An API key and its secret for the account."""
	doc = frappe.get_doc("User", user)
	doc.api_key, doc.api_secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	secret = doc.api_secret
	doc.save()
	return f"{doc.api_key}:{secret}"


@contextmanager
def _time_limit():
	def ring(number, frame):
		raise TooLong

	before = signal.signal(signal.SIGALRM, ring)
	signal.alarm(LIMIT)
	try:
		yield
	finally:
		signal.alarm(0)
		signal.signal(signal.SIGALRM, before)
