"""What semgrep finds by dev/audit/rules/python.yml, and what it leaves. Never imported."""

import importlib

import frappe
import requests


def sql(name, text):
	# ruleid: sql-text
	frappe.db.sql(f"select * from tabUser where name = {name}")
	# ruleid: sql-text
	frappe.db.sql("select 1")
	# ruleid: sql-text
	frappe.db.multisql({"mariadb": "select 1"})
	user = frappe.qb.DocType("User")
	# ok: sql-text
	return frappe.qb.from_(user).select(user.name).where(user.name == name).run()


def permissions(doc):
	# ruleid: ignored-permissions
	doc.insert(ignore_permissions=True)
	# ruleid: ignored-permissions
	doc.flags.ignore_permissions = True
	# ruleid: ignored-permissions
	frappe.get_list("User", ignore_permissions=1)
	# ok: ignored-permissions
	doc.insert()


def session(doc):
	# ruleid: other-user
	frappe.set_user("Administrator")
	# ruleid: commit
	frappe.db.commit()
	# ok: commit
	frappe.db.savepoint("here")


# ruleid: open-to-guests
@frappe.whitelist(allow_guest=True)
def open_to_all() -> None: ...


# ok: open-to-guests
@frappe.whitelist()
def closed() -> None: ...


# ruleid: untyped-request
@frappe.whitelist()
def one_untyped(name: str, other): ...


# ruleid: untyped-request
@frappe.whitelist(methods=["POST"])
def untyped_with_default(name: str, other=None): ...


# ok: untyped-request
@frappe.whitelist()
def typed(name: str, other: str | None = None, rows: list = ()) -> dict: ...


class Controller:
	# ok: untyped-request
	@frappe.whitelist()
	def typed_method(self, name: str) -> None: ...

	# ruleid: untyped-request
	@frappe.whitelist()
	def untyped_method(self, name) -> None: ...


def text(name):
	# ruleid: code-from-text
	frappe.safe_eval(name)
	# ruleid: code-from-text
	frappe.render_template(name, {})
	# ruleid: code-from-text
	frappe.get_attr(name)
	# ruleid: code-from-text
	importlib.import_module(name)
	# ok: code-from-text
	return frappe.get_attr("par_campaign.demo.load")


def address(url):
	# ruleid: address-of-a-request
	return requests.get(url, timeout=5)
