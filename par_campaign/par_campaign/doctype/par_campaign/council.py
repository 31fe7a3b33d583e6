"""The campaign's council: each member one row, told apart by the account or, without one, by the name."""

import unicodedata

import frappe
from frappe import _

from par_campaign.saying import say


def check(campaign) -> None:
	"""Raise at the first row that is wrong. What stands from before is not asked again."""
	_check_accounts(campaign)
	before = campaign.get_doc_before_save()
	if before and _stated(before) == _stated(campaign):
		return
	_check_names(campaign)
	_check_nameless_accounts(campaign)
	if before:
		_keep_voters(campaign, before)


def row_fault(table: str, row, message: str) -> None:
	"""Refuse a row of a table, which is named."""
	frappe.throw(say(_("{0}, row {1}: {2}"), _(table), row.idx, message))


def spelled(text: str | None) -> str:
	"""A name or an address without what spelling may differ in: capitals, spaces, how accents are coded."""
	return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def member_of(vote, council: list):
	"""The council's row a vote is of: by the account, or by the name or address where none is given.
	None where no row fits, or several do."""
	if vote.user:
		found = [row for row in council if spelled(row.user) == spelled(vote.user)]
	else:
		name = spelled(vote.member_name)
		found = [row for row in council if name and name in (spelled(row.user), spelled(row.member_name))]
	return found[0] if len(found) == 1 else None


def _stated(campaign) -> list[tuple]:
	return [(row.name, row.user or None, row.member_name) for row in campaign.council]


def _check_accounts(campaign) -> None:
	users = set()
	for row in campaign.council:
		if row.user and row.user in users:
			row_fault("Council", row, say(_("{0} stands twice. Remove one."), row.user))
		users.add(row.user)
		if row.appraises and not row.user:
			row_fault("Council", row, _("who appraises needs a user. Choose one, or clear Appraises."))


def _check_names(campaign) -> None:
	"""A second row of the same name could vote a second time, or where the first one is recused."""
	seen = set()
	for row in campaign.council:
		name = spelled(row.member_name)
		if name in seen:
			row_fault(
				"Council",
				row,
				say(
					_("the name {0} stands twice. Remove one, or add what tells the two apart."),
					row.member_name,
				),
			)
		seen.add(name)


def _check_nameless_accounts(campaign) -> None:
	"""Who has an account stands with it: recusal goes by the account."""
	rows = [row for row in campaign.council if not row.user and row.member_name]
	accounts = _accounts([row.member_name.strip() for row in rows])
	for row in rows:
		if account := accounts.get(spelled(row.member_name)):
			row_fault(
				"Council",
				row,
				_(
					"{0} has the account {1}. Choose it as User, or add to the name what tells the two apart."
				).format(row.member_name, account),
			)


def _accounts(names: list[str]) -> dict[str, str]:
	"""Enabled accounts by the address and the full name they may be meant by, among these names."""
	if not names:
		return {}
	rows = frappe.get_all(
		"User",
		filters={"enabled": 1, "user_type": "System User"},
		or_filters={"name": ("in", names), "full_name": ("in", names)},
		fields=["name", "full_name"],
		order_by="name",
	)
	return {spelled(text): row.name for row in rows for text in (row.full_name, row.name)}


def _keep_voters(campaign, before) -> None:
	"""Who has voted stays on the council under the same name and account: the votes go by them."""
	users = {spelled(row.user) for row in campaign.council if row.user}
	names = {spelled(row.member_name) for row in campaign.council}
	voted = _voted(campaign.name)
	for row in before.council:
		stays = spelled(row.user) in users if row.user else spelled(row.member_name) in names
		if not stays and ((row.user and spelled(row.user) in voted) or spelled(row.member_name) in voted):
			row_fault(
				"Council",
				row,
				say(_("{0} has voted already. Keep the row, and enter Left on."), row.member_name),
			)


def _voted(campaign: str) -> set[str]:
	"""Accounts and names by which votes stand on the campaign's proposals."""
	vote, proposal = frappe.qb.DocType("PAR Council Vote"), frappe.qb.DocType("PAR Award Proposal")
	query = (
		frappe.qb.from_(vote)
		.join(proposal)
		.on((proposal.name == vote.parent) & (vote.parenttype == "PAR Award Proposal"))
		.select(vote.user, vote.member_name)
		.distinct()
		.where((proposal.campaign == campaign) & vote.vote.isnotnull() & (vote.vote != ""))
	)
	return {spelled(text) for row in query.run() for text in row if text}
