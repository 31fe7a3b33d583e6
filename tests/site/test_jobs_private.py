"""What is made in the background, and what is told meanwhile, is for who asked and for who may have it anyway.

Actors: the council's secretary, who has all score sheets made; a unit's head, who packs the unit's evidence; and
everybody else who listens to the realtime server: each desk hears the rooms of the site and of the lists it opens.
"""

import frappe
import pytest
import site_factories as f

from par_campaign.documents import evidence_files, jobs, makers

NAMES = ("Department A", "Department B", "Department C", "District D")


@pytest.fixture
def told(monkeypatch):
	"""Every event so far: name, message, room."""
	sent = []
	monkeypatch.setattr(frappe.realtime, "emit_via_redis", lambda *event: sent.append(event))
	return lambda: sent + [tuple(event) for event in getattr(frappe.local, "_realtime_log", [])]


def elsewhere(events: list, user: str) -> str:
	"""What others hear of it, as text."""
	return frappe.as_json([event for event in events if event[2] != f"user:{user}"])


def test_progress_of_a_bundle_is_told_to_who_asked_alone(appraising, told, monkeypatch):
	def rendered(documents) -> bytes:
		return b"%PDF-1.7\n" + "\n".join(document.title for document in documents).encode()

	monkeypatch.setitem(makers.JOINED, "pdf", rendered)
	for unit in ("TA", "TB"):
		f.appraise(appraising, unit)
	with f.as_user(f.SECRETARY):
		name = jobs.start("scorecards", appraising.name)
		jobs.make(name, "pdf")
	assert frappe.get_doc(jobs.DOCTYPE, name).status == "Ready"
	events = told()
	ours = [event for event in events if event[0] in ("progress", "par_document")]
	assert {event[0] for event in ours} == {"progress", "par_document"}
	assert {event[2] for event in ours} == {f"user:{f.SECRETARY}"}
	assert not any(name in elsewhere(events, f.SECRETARY) for name in NAMES)


def test_what_went_wrong_is_told_to_who_asked_alone(appraising, told, monkeypatch):
	def broken(documents) -> bytes:
		raise ValueError("the secret of Department B")

	monkeypatch.setitem(makers.JOINED, "pdf", broken)
	f.appraise(appraising)
	with f.as_user(f.SECRETARY):
		name = jobs.start("scorecards", appraising.name)
		jobs.make(name, "pdf")
	assert "Department B" in frappe.get_doc(jobs.DOCTYPE, name).error
	assert "Department B" not in elsewhere(told(), f.SECRETARY)
	for user in (f.HEAD_A, f.HEAD_B):
		with f.as_user(user), pytest.raises(frappe.PermissionError):
			jobs.status("scorecards", appraising.name)


def test_packed_evidence_is_its_makers_alone(campaign, told):
	with f.as_user(f.HEAD_A):
		scan = frappe.get_doc(
			doctype="File", file_name="plan.txt", content=f"plan {campaign.name}", is_private=1
		).insert()
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f"{campaign.name}-TA",
			title="Plan of Department A",
			file=scan.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()
		evidence_files.make_and_tell({"campaign": campaign.name})
		(file,) = frappe.get_all(
			"File", {"file_name": ("like", "minh-chung-%")}, pluck="name", order_by="name"
		)
	for user, may in ((f.HEAD_A, True), (f.STAFF_A, False), (f.HEAD_B, False), (f.LEAD, False)):
		with f.as_user(user):
			assert bool(frappe.has_permission("File", "read", file)) is may, user
	assert not any(name in elsewhere(told(), f.HEAD_A) for name in NAMES)
