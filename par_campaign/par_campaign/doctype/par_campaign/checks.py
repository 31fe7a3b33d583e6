"""What a campaign must hold at every save."""

import frappe
from frappe import _
from frappe.utils import get_datetime

from par_campaign.par_campaign.doctype.par_campaign import council
from par_campaign.permissions import deadlines
from par_campaign.results import store
from par_campaign.saying import bold, say
from par_campaign.states import CampaignState

DATES_IN_ORDER = ("self_scoring_from", "self_scoring_deadline", "supplement_deadline", "appraisal_deadline")
ROW_META = frozenset({"modified", "modified_by", "creation", "owner", "idx", "name", "docstatus"})


def check_all(campaign) -> None:
	"""Every check; raises at the first fault, naming row and field."""
	check_year(campaign)
	check_dates(campaign)
	check_notices(campaign)
	check_groups(campaign)
	check_bands(campaign)
	council.check(campaign)
	check_quotas(campaign)
	check_tie_breakers(campaign)


def rows_changed(doc, table: str) -> bool:
	"""Whether a child table's content differs from what is stored."""
	before = doc.get_doc_before_save()
	return bool(before) and _contents(before, table) != _contents(doc, table)


def _contents(doc, table: str) -> list[dict]:
	fields = [df.fieldname for df in frappe.get_meta(doc.meta.get_options(table)).fields]
	fields = [f for f in fields if f not in ROW_META]
	return [{f: row.get(f) or None for f in fields} for row in doc.get(table)]


def check_year(campaign) -> None:
	if not 2000 <= (campaign.year or 0) <= 2100:
		frappe.throw(say(_("Year: {0} is not a year. Give four digits, e.g. 2023."), campaign.year))


def check_dates(campaign) -> None:
	previous = None
	for field in DATES_IN_ORDER:
		value = campaign.get(field)
		if not value:
			continue
		if previous and get_datetime(value) < get_datetime(campaign.get(previous)):
			frappe.throw(
				say(
					_("{0} comes before {1}. Correct one of the two."),
					bold(_(campaign.meta.get_label(field))),
					bold(_(campaign.meta.get_label(previous))),
				)
			)
		previous = field
	start, end = campaign.review_from, campaign.review_until
	if start and end and get_datetime(end) < get_datetime(start):
		frappe.throw(_("Review on Request: the time ends before it begins. Correct one of the two."))


def check_notices(campaign) -> None:
	try:
		days = deadlines.remind_days(campaign.remind_days)
	except ValueError:
		frappe.throw(
			say(
				_("Remind Days before: {0} cannot be read. Write days from 1 to 366, e.g. 7, 3, 1."),
				bold(campaign.remind_days),
			)
		)
	campaign.remind_days = ", ".join(str(day) for day in reversed(days))


def check_groups(campaign) -> None:
	sets = {row.criteria_set for row in campaign.groups}
	group_of = dict(
		frappe.get_all(
			"PAR Criteria Set",
			filters={"name": ("in", sets)},
			fields=["name", "unit_group"],
			as_list=True,
			order_by="name",
		)
	)
	seen = set()
	for row in campaign.groups:
		if row.unit_group in seen:
			council.row_fault(
				"Unit Groups", row, _("group {0} stands twice. Remove one.").format(row.unit_group)
			)
		seen.add(row.unit_group)
		if group_of.get(row.criteria_set, row.unit_group) != row.unit_group:
			council.row_fault(
				"Unit Groups",
				row,
				_("criteria set {0} belongs to group {1}, not to {2}. Choose a set of this group.").format(
					row.criteria_set, group_of[row.criteria_set], row.unit_group
				),
			)


def check_bands(campaign) -> None:
	labels, minimums = set(), set()
	for row in campaign.bands:
		if row.label in labels or row.minimum in minimums:
			council.row_fault(
				"Classes", row, _("class or limit {0} stands twice. Remove one.").format(row.label)
			)
		labels.add(row.label)
		minimums.add(row.minimum)


def check_quotas(campaign) -> None:
	groups = {row.unit_group for row in campaign.groups}
	bands = {row.label for row in campaign.bands}
	clusters = clusters_of(groups)
	seen = set()
	for row in campaign.award_quotas:
		if row.unit_group not in groups:
			council.row_fault(
				"Award Quotas", row, _("group {0} is not in this campaign.").format(row.unit_group)
			)
		if row.cluster and row.per_cluster:
			council.row_fault("Award Quotas", row, _("name one cluster or tick In Each Cluster, not both."))
		if row.cluster and row.cluster not in clusters.get(row.unit_group, ()):
			council.row_fault(
				"Award Quotas", row, _("{0} has no cluster {1}.").format(row.unit_group, row.cluster)
			)
		if row.minimum_band and row.minimum_band not in bands:
			council.row_fault(
				"Award Quotas", row, _("class {0} is not among the classes above.").format(row.minimum_band)
			)
		key = (row.award_level, row.unit_group, row.cluster or "", row.per_cluster)
		if key in seen:
			council.row_fault("Award Quotas", row, _("this award and scope stand twice. Add the numbers up."))
		seen.add(key)
	_check_overlap(campaign)


def _check_overlap(campaign) -> None:
	"""A cluster named beside "in each cluster" would have two quotas for the same award."""
	each = {(row.award_level, row.unit_group): row.idx for row in campaign.award_quotas if row.per_cluster}
	for row in campaign.award_quotas:
		if row.cluster and (at := each.get((row.award_level, row.unit_group))):
			message = _("row {0} gives this award in each cluster already. Name every cluster, or none.")
			council.row_fault("Award Quotas", row, message.format(at))


def clusters_of(groups: set[str]) -> dict[str, set[str]]:
	clusters: dict[str, set[str]] = {}
	rows = frappe.get_all(
		"PAR Unit Cluster",
		filters={"parent": ("in", groups), "parenttype": "PAR Unit Group"},
		fields=["parent", "cluster_name"],
		order_by="idx",
	)
	for row in rows:
		clusters.setdefault(row.parent, set()).add(row.cluster_name)
	return clusters


def check_tie_breakers(campaign) -> None:
	for row in campaign.tie_breakers:
		if row.kind == "Higher in area" and not (row.area or "").strip():
			council.row_fault("Tie-breakers", row, _("Area Code is missing. Say which area, e.g. 3."))
	_check_areas(campaign)


def _check_areas(campaign) -> None:
	"""A tie-breaker on rows that no set has would never separate anybody, without a word."""
	rows = [row for row in campaign.tie_breakers if row.kind == "Higher in area"]
	names = {row.criteria_set for row in campaign.groups if row.criteria_set}
	if not rows or not names:
		return
	sets = store.criteria_sets(names).values()
	known = {code for criteria_set in sets for code in criteria_set.below}
	for row in rows:
		if row.area.strip() not in known:
			message = _("no criteria set of the campaign has an area or criterion {0}.")
			council.row_fault("Tie-breakers", row, message.format(row.area))


def require_unlaunched(table: str, field: str, name: str) -> None:
	"""Refuse to rename what launched campaigns name: their published results know it by this name."""
	parents = frappe.get_all(
		table, filters={field: name, "parenttype": "PAR Campaign"}, pluck="parent", order_by="parent"
	)
	launched = frappe.get_all(
		"PAR Campaign",
		filters={"name": ("in", parents), "workflow_state": ("!=", CampaignState.DRAFT)},
		pluck="title",
		order_by="year desc, name",
	)
	if launched:
		frappe.throw(
			say(
				_("{0} is part of launched campaigns, so it keeps its name: {1}. Make a new one instead."),
				bold(name),
				", ".join(launched),
			)
		)
