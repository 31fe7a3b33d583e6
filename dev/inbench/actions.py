"""What has to run in the bench's Python: each action takes its values as JSON on stdin.

Started in the sites folder, as every Frappe process is.
"""

import json
import sys
from pathlib import Path

import frappe

APP = "par_campaign"


def create(site: str, language: str, scheduler: bool) -> None:
	"""`new-site` on the database made beforehand, and what the set-up wizard would ask; no app yet."""
	from frappe.installer import _new_site

	values = json.loads(Path(site, "site_config.json").read_text())
	frappe.init(site=site, new_site=True)
	# force: the folder with site_config.json is there already, and with setup_db=False nothing is dropped
	_new_site(
		values["db_name"],
		site,
		admin_password=values["admin_password"],
		install_apps=[],
		db_type="mariadb",
		setup_db=False,
		force=True,
	)
	finish_wizard(site, language, scheduler)


def finish_wizard(site: str, language: str, scheduler: bool) -> None:
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
	from frappe.utils.scheduler import toggle_scheduler

	connect(site)
	name = frappe.db.get_value("Language", language, "language_name")
	frappe.db.set_single_value("System Settings", "setup_complete", 0)
	setup_complete(
		{
			"language": name,
			"lang": name,
			"country": "Vietnam",
			"timezone": "Asia/Ho_Chi_Minh",
			"currency": "VND",
			"enable_telemetry": 0,
		}
	)
	settings = frappe.get_doc("System Settings")
	settings.language = language
	settings.time_zone = "Asia/Ho_Chi_Minh"
	settings.enable_onboarding = 0
	settings.disable_system_update_notification = 1
	settings.disable_change_log_notification = 1
	settings.flags.ignore_mandatory = True
	settings.save()
	# saving the settings copies only changed fields to the defaults, which parts of the desk read
	frappe.db.set_default("setup_complete", 1)
	toggle_scheduler(scheduler)
	frappe.db.commit()
	frappe.clear_cache()


def update(site: str) -> None:
	"""Installs the app, or migrates the site to what the app's files say today."""
	from frappe.installer import install_app
	from frappe.migrate import SiteMigration

	connect(site)
	if APP in frappe.get_installed_apps():
		frappe.destroy()
		SiteMigration(skip_failing=False, skip_search_index=True).run(site=site)
	else:
		# force: an earlier attempt that failed half-way has left its Module Defs behind
		install_app(APP, force=bool(frappe.db.exists("Module Def", {"app_name": APP})))
		frappe.db.commit()


def load_demo(site: str, result: str, running: bool = False) -> None:
	"""The sample campaign; its users go to a file, because Frappe prints what it likes.

	`running`: also this year's campaign in mid-work.
	"""
	connect(site)
	users = frappe.get_attr(f"{APP}.demo.load")()
	if running:
		frappe.get_attr(f"{APP}.demo.load_running")()
	frappe.db.commit()
	Path(result).write_text(json.dumps(users or [], default=str))


def connect(site: str) -> None:
	frappe.init(site=site, force=True)
	frappe.connect()


if __name__ == "__main__":
	sys.path.pop(0)  # this file's folder: its modules must not hide anybody's
	action = {"create": create, "update": update, "load_demo": load_demo}[sys.argv[1]]
	action(**json.load(sys.stdin))
