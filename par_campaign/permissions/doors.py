"""Whether the doors we shut are still ours to shut.

The last installed app wins an `override_whitelisted_methods`, and how Frappe honours our hooks may change with its
version. Where that has happened, whatever names something of ours is refused to everybody but administrators; all
else goes its way.
"""

from functools import lru_cache

import frappe
from frappe import _

from par_campaign.permissions import ours, pins, roles
from par_campaign.saying import say

# How Frappe comes to ask our hooks at all, and the order of doors by which the gate reads a request
RESTS_ON = (
	"frappe.api.handle",
	"frappe.api.v1.handle_rpc_call",
	"frappe.api.v2.handle_rpc_call",
	"frappe.app.application",
	"frappe.auth.validate_auth",
	"frappe.handler.execute_cmd",
	"frappe.model.db_query.DatabaseQuery.get_permission_query_conditions",
	"frappe.permissions.has_controller_permissions",
)


@lru_cache
def overrides() -> dict[str, str]:
	"""Frappe's functions we stand in for, and by what."""
	return frappe.get_hooks("override_whitelisted_methods", app_name="par_campaign")


def taken() -> list[str]:
	"""Functions for which another app, installed later, stands in instead of us."""
	found = frappe.get_hooks("override_whitelisted_methods")
	return sorted(path for path, by in overrides().items() if found.get(path, [None])[-1] != by[-1])


def keep_shut() -> None:
	"""Before a request: refuse what names something of ours where a door is no longer ours."""
	changed = [path for path in RESTS_ON if not pins.holds(path)]
	lost = _called() & set(taken()) if _called() & overrides().keys() else set()
	if not changed and not lost:
		return
	if not _names_ours() or roles.is_administrator():
		return
	frappe.throw(
		say(
			_("{0} is not guarded on this site. An administrator must look at the Error Log."),
			", ".join(changed or sorted(lost)),
		),
		frappe.PermissionError,
		title=_("Update Needed"),
	)


def _called() -> set[str]:
	"""What the request may call: the parts of its path, and `cmd`."""
	return {*frappe.request.path.split("/"), str(frappe.form_dict.get("cmd"))}


def _names_ours() -> bool:
	return ours.mentioned_in([frappe.request.path, *frappe.form_dict.values()])


def tell_what_is_open() -> None:
	"""After migrate: tell an administrator, in the Error Log and where migrate was called."""
	for message in _warnings():
		frappe.log_error(_("PAR Campaign is not guarded"), message)
		print(f"PAR Campaign: {message}")


def _warnings() -> list[str]:
	return [
		*(_("Another app stands in for {0}.").format(path) for path in taken()),
		*(_("Frappe's {0} is not the one PAR Campaign knows.").format(path) for path in pins.broken()),
	]
