"""Frappe's application with static files, bound to the one site that FRAPPE_SITE names.

Frappe takes the site from the host name; a demo is visited as localhost or by an address, and setting
a default site for the whole bench would change what other sites of the bench answer to.

Static files do not go through `frappe.app.application_with_statics`: that is meant for a developer's own
machine and, in Frappe 15, lets `/files/../..` climb out of the public folder to site_config.json.
Werkzeug's own middleware, used here, does not.
"""

import os

import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware

SITE = os.environ["FRAPPE_SITE"]

# What a browser would run as a page of ours if somebody uploaded it; nginx's rule for a bench says the same.
ACTIVE = (".htm", ".html", ".svg", ".xml")

frappe.app._site = SITE
static = SharedDataMiddleware(
	frappe.app.application,
	{"/assets": os.path.abspath("assets"), "/files": os.path.abspath(os.path.join(SITE, "public", "files"))},
)


def application(environ, start_response):
	path = environ.get("PATH_INFO", "").lower()
	if not (path.startswith("/files/") and path.endswith(ACTIVE)):
		return static(environ, start_response)

	def as_download(status, headers, exc_info=None):
		return start_response(status, [*headers, ("Content-Disposition", "attachment")], exc_info)

	return static(environ, as_download)
