"""What stands in for a whitelisted function of Frappe's, by `override_whitelisted_methods`.

For everything that is not the app's it is as if it were not there: Frappe's function gets the request's fields
as it would have got them, from the same log-ins and HTTP methods. (What overrides gets every field of the form
as a keyword, `cmd` among them, where Frappe would have passed on only those the function names.)
"""

from collections.abc import Callable

import frappe

from par_campaign.permissions import ours, pins

GUARDS: dict[str, Callable] = {}


def instead_of(path: str) -> Callable:
	"""Decorates the guard of Frappe's function `path`.

	The guard is given `frappes`, which runs Frappe's function as the request asks (keywords replace fields of the
	request), and the request's fields.
	"""
	frappes_own = pins.function(path)

	def decorate(guard: Callable) -> Callable:
		def endpoint(**fields):
			if ours.mentioned_in(fields.values()):
				pins.require(path)
			return guard(
				lambda **changes: frappe.call(frappes_own, **(fields | changes)), frappe._dict(fields)
			)

		endpoint.__name__, endpoint.__qualname__ = guard.__name__, guard.__qualname__
		endpoint.__module__, endpoint.__doc__ = guard.__module__, guard.__doc__
		GUARDS[path] = _whitelisted_as(frappes_own, endpoint)
		return GUARDS[path]

	return decorate


def _whitelisted_as(frappes_own: Callable, endpoint: Callable) -> Callable:
	return frappe.whitelist(
		allow_guest=frappes_own in frappe.guest_methods,
		xss_safe=frappes_own in frappe.xss_safe_methods,
		methods=frappe.allowed_http_methods_for_whitelisted_func[frappes_own],
	)(endpoint)
