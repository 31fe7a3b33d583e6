"""Whom a notice goes to, each asked for many units at once."""

from collections.abc import Iterable

import frappe

from par_campaign.permissions import appraisers, roles


def unit_people(units: Iterable[str]) -> dict[str, list[str]]:
	"""Users who work on the scorecard of each unit: its heads and its other users."""
	permission, role = frappe.qb.DocType("User Permission"), frappe.qb.DocType("Has Role")
	query = (
		frappe.qb.from_(permission)
		.join(role)
		.on((role.parent == permission.user) & (role.parenttype == "User"))
		.select(permission.for_value, permission.user)
		.distinct()
		.where(permission.allow == "PAR Unit")
		.where(permission.for_value.isin(sorted(set(units)) or [""]))
		.where(role.role.isin(sorted(roles.UNIT_ROLES)))
		.orderby(permission.for_value)
		.orderby(permission.user)
	)
	people: dict[str, list[str]] = {}
	for unit, user in query.run():
		people.setdefault(unit, []).append(user)
	return people


def council(campaign: str, unit: str = "") -> list[str]:
	"""The campaign's appraisers, without those of the unit: they have no part in its appraisal."""
	members = frappe.get_cached_doc("PAR Campaign", campaign).council
	users = [row.user for row in members if row.user and row.appraises and appraisers.is_sitting(row)]
	return [user for user in users if not (unit and roles.belongs_to(unit, user))]


def with_role(role: str) -> list[str]:
	"""Enabled users with a role."""
	has, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(has)
		.join(user)
		.on((has.parent == user.name) & (has.parenttype == "User"))
		.select(user.name)
		.where((has.role == role) & (user.enabled == 1) & user.name.notin(["Administrator", "Guest"]))
		.orderby(user.name)
	)
	return [row[0] for row in query.run()]
