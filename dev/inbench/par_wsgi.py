"""Frappe's application with its static files, bound to the one site that FRAPPE_SITE names.

Frappe takes the site from the host name; a demo is visited as localhost or by an address, and setting
a default site for the whole bench would change what other sites of the bench answer to.
"""

import os

import frappe.app

frappe.app._site = os.environ["FRAPPE_SITE"]
application = frappe.app.application_with_statics()
