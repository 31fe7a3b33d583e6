"""The audit trail: every change with who, when, from, to and why; traces that stay; removals that show."""

import frappe
import pytest
import site_factories as f
from frappe.desk.form.utils import update_comment

from par_campaign.audit.entry import Scope
from par_campaign.audit.trail import own_units, trail
from par_campaign.par_campaign.doctype.par_campaign import checks, par_campaign
from par_campaign.par_campaign.report.par_audit_trail import par_audit_trail as report
from par_campaign.permissions.watched import KINDS, WATCHED

CARD, PROPOSAL, EXTERNAL = "PAR Unit Scorecard", "PAR Award Proposal", "PAR External Result"


@pytest.fixture
def history(monkeypatch):
	"""Frappe keeps no history in its own tests; here it does."""
	monkeypatch.setitem(frappe.flags, "in_test", False)


def told(campaign, **asked) -> list:
	if user := asked.pop("user", None):
		asked["users"] = (user,)
	return trail(Scope(campaign.name, **asked))[0]


def found(entries: list, kind: str, **values) -> list:
	return [
		entry
		for entry in entries
		if entry.kind == kind and all(getattr(entry, field) == value for field, value in values.items())
	]


def one(entries: list, kind: str, **values):
	matching = found(entries, kind, **values)
	assert len(matching) == 1, (kind, values, matching or [e for e in entries if e.kind == kind])
	return matching[0]


def survey(campaign, **values):
	with f.as_user(f.LEAD):
		doc = frappe.get_doc(
			doctype=EXTERNAL,
			campaign=campaign.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": unit, "value": value} for unit, value in values.items()],
		).insert()
		doc.submit()
	return doc


def give_unit(user: str, unit: str = "TA"):
	return frappe.get_doc(
		doctype="User Permission",
		user=user,
		allow="PAR Unit",
		for_value=unit,
		apply_to_all_doctypes=0,
		applicable_for=CARD,
	).insert()


# --- what is told ------------------------------------------------------------------------------------


def test_scores_deadlines_and_the_running_of_a_unit(appraising, history):
	with f.as_user(f.MANAGER):
		f.card_of(appraising).extend_deadline("2099-12-31 18:00:00", "Flood")
	card = f.hand_in(appraising)
	f.step(card, f.LEAD, "Under Appraisal")
	with f.as_user(f.LEAD):
		card.reload()
		f.line(card, "1.1.3").update({"appraised_claim": "1", "appraisal_note": "Not shown"})
		card.save()
	f.step(card, f.LEAD, "Returned", return_note="Explain 1.1.3", return_due="2099-01-01 08:00:00")
	with f.as_user(f.LEAD):
		f.card_of(appraising).disqualify("False evidence")
	entries = told(appraising, unit="TA")
	assert all(entry.unit == "TA" and entry.name == card.name for entry in entries if entry.doctype == CARD)
	extended = one(entries, "Deadline", who=f.MANAGER)
	assert extended.why == "Flood" and "2099" in extended.new and not extended.old
	claimed = one(entries, "Claim", what="1.1.3 Leadership shown: Claim")
	assert (claimed.who, claimed.new) == (f.HEAD_A, "5")
	changed = one(entries, "Score", what="1.1.3 Leadership shown: Appraised Claim", old="5")
	assert (changed.who, changed.new, changed.why) == (f.LEAD, "1", "Not shown")
	scored = one(entries, "Score", what="1.1.3 Leadership shown: Appraised Score", why="Not shown")
	assert scored.old.startswith("5") and scored.new.startswith("1")
	assert found(entries, "Score", what=frappe.get_meta(CARD).get_label("index_score"), who=f.LEAD)
	returned = one(entries, "State", new="Returned")
	assert (returned.old, returned.why, returned.who) == ("Under Appraisal", "Explain 1.1.3", f.LEAD)
	out = one(entries, "In the running")
	assert (out.old, out.new, out.why) == ("No", "Yes", "False evidence")
	assert not told(appraising, unit="TB", kind="Score")


def test_rules_dates_and_council_of_a_campaign(appraising, history):
	f.set_campaign(
		appraising,
		self_scoring_deadline="2099-06-30 17:00:00",
		council=f.council_with(appraising, f.APPRAISER, areas="2"),
	)
	with f.as_user(f.MANAGER):
		appraising.reload()
		appraising.bands[0].minimum = 85
		appraising.award_quotas[0].places = 2
		appraising.append("tie_breakers", {"kind": "Fewer deductions"})
		appraising.remove(appraising.council[2])
		appraising.save()
	entries = told(appraising)
	assert {entry.who for entry in entries if entry.doctype == "PAR Campaign"} == {f.MANAGER}
	assert one(entries, "Deadline").what == "Hand in by"
	areas = one(entries, "Council", new="2")
	assert areas.what.startswith("Appraiser ") and areas.what.endswith(": Areas")
	gone = next(entry for entry in found(entries, "Council") if "Appraiser of A" in entry.what)
	assert gone.old and not gone.new
	assert one(entries, "Class").new == "85" and one(entries, "Quota").new == "2"
	assert "Fewer deductions" in one(entries, "Tie-breaker").what
	with_states = [(entry.old, entry.new) for entry in found(told(appraising), "State")]
	assert with_states == []  # launched before the history began


def test_external_values_with_their_source(appraising, history):
	doc = survey(appraising, TA=80)
	with f.as_user(f.LEAD):
		doc.cancel()
	entries = told(appraising, kind="External value")
	taken, given = found(entries, "External value", doctype=CARD)  # the newest first
	assert (given.new, taken.old) == ("80", "80") and "3.1" in given.what
	assert given.who == taken.who == f.LEAD
	assert {(e.old, e.new) for e in found(entries, "External value", what="Status")} == {
		("Draft", "Submitted"),
		("Submitted", "Cancelled"),
	}


def test_votes_awards_and_publication(appraising, history):
	for unit in ("TA", "TB", "TC", "TD"):
		f.appraise(appraising, unit, {} if unit == "TA" else {"1.1.3": "3"})
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype=PROPOSAL, campaign=appraising.name, scorecard=f"{appraising.name}-TA", award_level=flag
		).insert()
	f.step(proposal, f.SECRETARY, "Council")
	with f.as_user(f.SECRETARY):
		proposal.fill_council()
		for row in proposal.votes:
			row.vote = row.vote or "For"
		proposal.meeting_date = "2023-12-20"
		proposal.save()
	f.step(proposal, f.SECRETARY, "Submitted to Chairman")
	f.step(appraising, f.MANAGER, "Results Published")
	decision = {"decision_number": "7/QĐ", "decision_date": "2023-12-28", "signatory": "X"}
	f.step(proposal, f.CHAIRMAN, "Awarded", docstatus=1, **decision)
	f.step(appraising, f.MANAGER, "Appraising", correction_reason="Misprint")
	f.step(appraising, f.MANAGER, "Results Published")
	entries = told(appraising)
	assert one(entries, "Award", what="Made").new == flag
	states = [(e.old, e.new) for e in found(entries, "Award", who=f.CHAIRMAN) if e.old]
	assert ("Submitted to Chairman", "Awarded") in states
	voted = one(entries, "Vote", what=f"Lead {f.LEAD}: Vote")
	assert (voted.new, voted.who, voted.unit) == ("For", f.SECRETARY, "TA")
	versions = [
		(e.new[:4] != "", e.why) for e in found(entries, "Publication", doctype="PAR Published Result")
	]
	assert versions == [(True, "Misprint"), (True, "")]
	assert one(entries, "State", new="Appraising", old="Results Published").why == "Misprint"
	assert len(found(entries, "Score", doctype=CARD, unit="TA", what="Appraisal closed, round 1: index")) == 1


def test_evidence_and_revision_and_membership(appraising, history):
	card = f.card_of(appraising)
	with f.as_user(f.HEAD_A):
		item = frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			reference="Archive",
			criteria=[{"code": "1.1.1"}],
		).insert()
	f.hand_in(appraising)
	with f.as_user(f.LEAD):
		frappe.get_doc(item.doctype, item.name).update(
			{"status": "Rejected", "status_reason": "Unsigned"}
		).save()
	permission = give_unit(f.SECRETARY)
	permission.delete()
	entries = told(appraising)
	rejected = one(entries, "Evidence", who=f.LEAD)
	assert (rejected.old, rejected.new, rejected.why) == ("Pending", "Rejected", "Unsigned")
	gone = next(entry for entry in found(entries, "Membership", old="TA") if f.SECRETARY in entry.what)
	assert gone.removed
	assert found(entries, "Membership", new="TA") and not found(entries, "Membership", new="TB", unit="TA")


# --- what narrows it, and who is marked --------------------------------------------------------------


def test_filters_narrow_by_person_kind_and_period(appraising, history):
	with f.as_user(f.MANAGER):
		f.card_of(appraising).extend_deadline("2099-12-31 18:00:00", "Flood")
	f.hand_in(appraising)
	today = frappe.utils.nowdate()
	assert {entry.who for entry in told(appraising, user=f.MANAGER)} == {f.MANAGER}
	assert {entry.kind for entry in told(appraising, kind="Claim")} == {"Claim"}
	assert told(appraising, begin=today, end=today)
	yesterday = frappe.utils.add_days(today, -1)
	assert not [e for e in told(appraising, end=yesterday) if e.kind != "Membership"]
	assert not told(appraising, begin=frappe.utils.add_days(today, 1))


def test_acts_of_people_of_a_unit_concerned_are_marked(appraising, history):
	give_unit(f.MANAGER)
	f.set_campaign(appraising, self_scoring_deadline="2099-06-30 17:00:00")
	f.hand_in(appraising)
	entries = told(appraising)
	marks = dict(zip(map(id, entries), own_units(entries), strict=True))
	assert marks[id(one(entries, "Deadline", doctype="PAR Campaign"))] == "Own unit concerned"
	assert not any(marks[id(entry)] for entry in entries if entry.who == f.HEAD_A)


def queries_of(monkeypatch, ask) -> int:
	count = 0
	run = frappe.db.sql

	def counted(*arguments, **values):
		nonlocal count
		count += 1
		return run(*arguments, **values)

	monkeypatch.setattr(frappe.db, "sql", counted)
	ask()
	monkeypatch.setattr(frappe.db, "sql", run)
	return count


def test_number_of_queries_does_not_grow(appraising, history, monkeypatch):
	f.hand_in(appraising, "TA")
	ask = lambda: report.execute({"campaign": appraising.name})  # noqa: E731
	ask()
	few = queries_of(monkeypatch, ask)
	for unit in ("TB", "TC", "TD"):
		f.hand_in(appraising, unit)
	assert queries_of(monkeypatch, ask) <= few <= 60


# --- the report --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
	"user", [f.HEAD_A, f.STAFF_A, f.HOMELESS, f.APPRAISER, f.LEAD, f.SECRETARY, f.CHAIRMAN, f.MANAGER]
)
def test_only_the_auditor_opens_it(appraising, user):
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		report.execute({"campaign": appraising.name})
	with f.as_user(user):
		assert not frappe.get_doc("Report", "PAR Audit Trail").is_permitted()


def test_auditor_reads_rows_with_names(appraising, history):
	with f.as_user(f.MANAGER):
		f.card_of(appraising).extend_deadline("2099-12-31 18:00:00", "Flood")
	with f.as_user(f.AUDITOR):
		columns, rows, message, _chart, summary = report.execute(
			{"campaign": appraising.name, "kind": "Deadline"}
		)
		assert report.execute({}) == (columns, []) and report.execute() == (columns, [])
	fields = {column["fieldname"] for column in columns}
	assert fields <= set(rows[0])
	row = next(row for row in rows if row["why"] == "Flood")
	assert (row["unit_name"], row["user"], row["kind"]) == ("Department A", f.MANAGER, "Deadline")
	assert (row["document_type"], row["document"]) == (CARD, f"{appraising.name}-TA")
	assert message is None and summary[0]["value"] == len(rows)


def test_script_of_the_report_offers_every_kind():
	from pathlib import Path

	script = Path(report.__file__).with_suffix(".js").read_text(encoding="utf-8")
	assert all(f'"{kind}"' in script for kind in KINDS)


# --- nothing passes by -------------------------------------------------------------------------------


@pytest.mark.parametrize("doctype", WATCHED)
def test_watched_fields_are_there_and_kept(base, doctype):
	watched = WATCHED[doctype]
	meta = frappe.get_meta(CARD if doctype == "PAR Appraisal" else doctype)
	assert meta.track_changes
	fields = {*watched.fields, *watched.why, *(why for text in watched.why.values() for why in text.split())}
	assert all(meta.has_field(field) for field in fields - {"docstatus"}), fields
	for table, rows in watched.tables.items():
		child = frappe.get_meta(meta.get_options(table))
		names = {*rows.fields, *rows.named_by, *rows.why.split()}
		assert all(child.has_field(field) for field in names), names


def test_what_results_follow_from_is_watched(base):
	campaign = WATCHED["PAR Campaign"]
	assert set(par_campaign.DECISIVE_TABLES) | {"council"} == set(campaign.tables)
	assert {*par_campaign.DECISIVE_FIELDS, *checks.DATES_IN_ORDER} <= set(campaign.fields)
	for table, rows in campaign.tables.items():
		child = frappe.get_meta(frappe.get_meta("PAR Campaign").get_options(table))
		known = {df.fieldname for df in child.fields if df.fieldtype not in frappe.model.no_value_fields}
		assert known - set(rows.fields) <= {"agency"}, table
	rule = frappe.get_meta("PAR Criterion")
	known = {df.fieldname for df in rule.fields if df.fieldtype not in frappe.model.no_value_fields}
	assert known - set(WATCHED["PAR Criteria Set"].tables["criteria"].fields) == {"guidance"}


# --- traces stay -------------------------------------------------------------------------------------


def info_of(card: str) -> str:
	return frappe.get_all("Comment", {"reference_name": card, "comment_type": "Info"}, pluck="name")[0]


def test_author_does_not_rewrite_the_apps_own_notes(appraising):
	survey(appraising, TA=80)
	note = info_of(f"{appraising.name}-TA")
	assert frappe.db.get_value("Comment", note, "owner") == f.LEAD
	with f.as_user(f.LEAD), pytest.raises(frappe.PermissionError, match="stays as it is"):
		update_comment(note, "nothing happened")
	for values in (
		{"content": "x"},
		{"comment_type": "Comment"},
		{"reference_name": f"{appraising.name}-TB"},
	):
		with pytest.raises(frappe.PermissionError):  # nor does an administrator, by a save
			frappe.get_doc("Comment", note).update(values).save()
	with f.as_user(f.LEAD), pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Comment", note, ignore_permissions=True)
	assert "80" in frappe.db.get_value("Comment", note, "content")


def test_ones_own_comment_stays_ones_own_and_its_change_shows(appraising, history):
	card = f.card_of(appraising)
	with f.as_user(f.LEAD):
		comment = card.add_comment("Comment", "Looks fine")
		update_comment(comment.name, "Looks odd")
		comment.reload()
		for values in (
			{"comment_type": "Info"},
			{"comment_email": f.MANAGER},
			{"reference_name": f"{appraising.name}-TB"},
		):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("Comment", comment.name).update(values).save(ignore_permissions=True)
	changed = one(told(appraising, unit="TA"), "Comment")
	assert ("fine" in changed.old, "odd" in changed.new, changed.who) == (True, True, f.LEAD)
	frappe.delete_doc("Comment", comment.name)
	assert "Looks odd" in one(told(appraising), "Removal", name=card.name).old


def test_removed_traces_show_and_what_shows_them_stays(appraising, history):
	survey(appraising, TA=80)
	card = f.card_of(appraising)
	frappe.delete_doc("Comment", info_of(card.name))  # by an administrator
	version = frappe.get_all(
		"Version", {"ref_doctype": CARD, "docname": ("like", f"{card.name}%")}, pluck="name"
	)
	version += frappe.get_all(
		"Version", {"ref_doctype": "PAR Appraisal", "docname": f"{card.name}-R1"}, pluck="name"
	)
	frappe.delete_doc("Version", version[0])
	entries = found(told(appraising), "Removal")
	assert {entry.what for entry in entries} == {"Deleted: Comment", "Deleted: Version"}
	assert {entry.unit for entry in entries} == {"TA"} and len(
		told(appraising, unit="TA", kind="Removal")
	) == 2
	for name in frappe.get_all(
		"Deleted Document", {"deleted_doctype": ("in", ("Comment", "Version"))}, pluck="name"
	):
		if appraising.name in frappe.db.get_value("Deleted Document", name, "data"):
			with pytest.raises(frappe.PermissionError):
				frappe.delete_doc("Deleted Document", name)
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("Deleted Document", name).update({"deleted_name": "x"}).save()


def test_history_is_neither_changed_nor_deleted_below_a_system_manager(appraising, history):
	f.set_campaign(appraising, self_scoring_deadline="2099-06-30 17:00:00")
	version = frappe.get_all("Version", {"docname": appraising.name}, pluck="name")[0]
	with f.as_user(f.MANAGER), pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Version", version, ignore_permissions=True)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Version", version).update({"data": "{}"}).save(ignore_permissions=True)


def test_a_deleted_proposal_keeps_its_history(appraising, history):
	f.appraise(appraising)
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype=PROPOSAL, campaign=appraising.name, scorecard=f"{appraising.name}-TA", award_level=flag
		).insert()
	f.step(proposal, f.SECRETARY, "Council")
	f.step(proposal, f.SECRETARY, "Draft")
	with f.as_user(f.SECRETARY):
		frappe.delete_doc(PROPOSAL, proposal.name)
	entries = found(told(appraising), "Removal", who=f.SECRETARY)
	whats = [entry.what for entry in entries]
	assert whats.count("Deleted: PAR Award Proposal") == 1 and whats.count("Deleted: Version") >= 2
	assert any("Council" in entry.old for entry in entries)


# --- breaks in the history ---------------------------------------------------------------------------


def breaks(campaign) -> set[tuple[str, str]]:
	return {(entry.old, entry.new) for entry in found(told(campaign), "Break in history")}


def test_what_happens_in_the_app_leaves_no_break(base, history):
	campaign = f.begin_appraisal(f.launch())
	f.appraise(campaign)
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype=PROPOSAL, campaign=campaign.name, scorecard=f"{campaign.name}-TA", award_level=flag
		).insert()
	f.step(proposal, f.SECRETARY, "Council")
	with f.as_user(f.SECRETARY):
		proposal.fill_council()
		proposal.votes[0].vote = "For"
		proposal.save()
		proposal.votes[0].vote = "Against"
		proposal.save()
	assert not breaks(campaign)


def test_changes_and_removals_in_the_database_show_as_breaks(base, history):
	campaign = f.begin_appraisal(f.launch())
	card = f.appraise(campaign)
	frappe.db.set_value("PAR Scorecard Line", f.line(card, "1.1.3").name, "appraised_claim", "4")
	assert breaks(campaign) == {("5", "4")}
	states = [
		name
		for name, data in frappe.get_all("Version", {"docname": card.name}, ["name", "data"], as_list=True)
		if '"Submitted","Under Appraisal"' in data
	]
	frappe.db.delete("Version", {"name": states[0]})
	assert breaks(campaign) == {("5", "4"), ("Submitted", "Under Appraisal")}
